//! Owns the return from an identity provider: the attempt is taken out, the answer verified and
//! checked, and the person signed in under a new session identifier.

use serde_json::Value;

use super::claims::{Additions, service_claims};
use super::error::{HubError, Stopped};
use super::identity::Identity;
use super::sso::Login;
use super::upstream::{Attempt, Upstream};
use super::{Hub, HubSession, is_identite, occurrence};
use crate::config::{BuiltIn, IdentityProvider};
use crate::openid_client::{FetcherError, Testimony, UpstreamError, VerifiedIdToken};
use crate::protocol::{Acr, Params};
use crate::secret::Token;
use crate::session::Session;
use crate::storage::{SeenIdentity, StoreError};
use crate::trail::Event;

/// The level claims of an ID token in the forms that they must have.
#[derive(Debug)]
struct Levels {
    acr: Acr,
    /// As the provider wrote it.
    idp_acr: String,
    amr: Option<Vec<String>>,
}

impl Hub {
    /// Takes the answer of an identity provider. Returns the renewed session and the
    /// interaction that goes on.
    pub(crate) async fn come_back(
        &self,
        mut session: Session<HubSession>,
        params: &Params,
    ) -> Result<(Session<HubSession>, String), Stopped> {
        self.record(Event::IdpCalledBack, &session);
        let (interaction, attempt) = self.take_attempt(&session, params).await?;
        let request = self.request(&session, &interaction).await?;
        let login =
            self.sign_in(&session, params, &attempt, &interaction).await.map_err(|error| {
                self.stopped_at(error, &interaction, &request.client_id, &attempt.provider_uid)
            })?;

        self.sessions.renew(&mut session).await?;
        session.data.login = Some(login);
        session.data.typed = None;
        self.sessions.save(&session).await?;
        Ok((session, interaction))
    }

    async fn take_attempt(
        &self,
        session: &Session<HubSession>,
        params: &Params,
    ) -> Result<(String, Attempt), HubError> {
        let unexpected = || HubError::ProviderToken("unexpected state".to_owned());
        let state = params.non_empty("state").map(Token::presented).ok_or_else(unexpected)?;
        let own = &session.data.interactions;
        let stored = self.store.take_attempt(&state.hash(), own, self.clock.unix()).await?;
        let stored = stored.ok_or_else(unexpected)?;
        let attempt = serde_json::from_str(&stored.data).map_err(StoreError::from)?;
        Ok((stored.interaction_uid, attempt))
    }

    async fn sign_in(
        &self,
        session: &Session<HubSession>,
        params: &Params,
        attempt: &Attempt,
        interaction: &str,
    ) -> Result<Login, HubError> {
        let upstream = self.upstream(&attempt.provider_uid).ok_or(HubError::ProviderNotFound)?;
        let testimony = self.testimony(session, &upstream, params, attempt).await?;
        let levels = Levels::read(&testimony.claims, upstream.provider())?;

        let requested = occurrence(Event::RequestedIdpUserinfo, session);
        self.trail.record(requested.at_provider(&attempt.provider_uid));
        let claims = upstream.userinfo(&testimony).await.map_err(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "userinfo refused");
            HubError::ProviderUserinfo(error.to_string())
        })?;
        let identity = Identity::check(claims, upstream.provider())?;
        check_domain(&upstream, &identity)?;

        let provider_uid = &upstream.provider().uid;
        let new_sub = uuid::Uuid::new_v4().to_string();
        let now = self.clock.unix();
        let registered = self.directory.current();
        let seen = SeenIdentity {
            provider_uid,
            provider_sub: &identity.sub,
            email: &identity.email.canonical(),
            // Who moves from ProConnect Identité to a provider of their own keeps their account.
            joins: registered
                .built_in(BuiltIn::Identite)
                .next()
                .map(|identite| identite.uid.as_str())
                .filter(|uid| uid != provider_uid),
        };
        let account = self.store.account_of(&seen, &new_sub, now).await?;
        if !account.active {
            return Err(HubError::AccountInactive);
        }
        let organisation = registered.establishment(&identity.siret);
        let organisation = organisation.as_ref();
        let additions = Additions { idp_id: provider_uid, idp_acr: &levels.idp_acr, organisation };
        Ok(Login {
            interaction: interaction.to_owned(),
            provider_uid: provider_uid.clone(),
            sub: account.sub,
            email: identity.email.as_str().to_owned(),
            identite_code: is_identite(upstream.provider()) && levels.has_password_and_code(),
            acr: levels.acr,
            amr: levels.amr,
            email_verified: false,
            is_public: organisation.is_some_and(|o| !o.roles().is_empty()),
            siret: identity.siret.to_string(),
            organisation_label: organisation.map(crate::config::Organisation::label),
            claims: service_claims(&identity, &additions),
            id_token: testimony.raw_id_token,
        })
    }

    async fn testimony(
        &self,
        session: &Session<HubSession>,
        upstream: &Upstream,
        params: &Params,
        attempt: &Attempt,
    ) -> Result<Testimony, HubError> {
        let metadata = upstream.metadata().await.map_err(HubError::ProviderUnreachable)?;
        let invalid = |what: &str| HubError::ProviderToken(what.to_owned());
        // RFC 9207: another provider may not answer in this one's place.
        let iss = params.get("iss");
        if iss.is_some_and(|iss| iss != metadata.issuer)
            || (iss.is_none() && metadata.authorization_response_iss_parameter_supported)
        {
            return Err(invalid("unexpected iss (issuer) response parameter value"));
        }
        if let Some(error) = params.non_empty("error") {
            return Err(HubError::ProviderRefused {
                error: error.to_owned(),
                description: params.get("error_description").unwrap_or_default().to_owned(),
            });
        }
        let code =
            params.non_empty("code").ok_or_else(|| invalid("invalid response encountered"))?;

        let requested = occurrence(Event::RequestedIdpToken, session);
        self.trail.record(requested.at_provider(&attempt.provider_uid));
        upstream.exchange(code, &attempt.secrets).await.map_err(|error| {
            tracing::warn!(error = &error as &dyn std::error::Error, "sign-in refused");
            match error {
                UpstreamError::Fetch(FetcherError::Status(_)) => {
                    invalid("server responded with an error in the response body")
                }
                other => HubError::ProviderToken(other.to_string()),
            }
        })
    }
}

impl Levels {
    /// Reads them; a missing level counts as `eidas1`.
    fn read(id_token: &VerifiedIdToken, provider: &IdentityProvider) -> Result<Self, HubError> {
        let malformed = |name: &str| HubError::ProviderIdToken(format!("{name} is malformed"));
        let acr = match &id_token.raw_acr {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name.as_str()),
            Some(_) => return Err(malformed("acr")),
        };
        let amr = texts(id_token.raw_amr.as_ref()).map_err(|()| malformed("amr"))?;
        let acrs = texts(id_token.raw_acrs.as_ref()).map_err(|()| malformed("acrs"))?;
        let acr =
            if provider.is_entra_id { level_of_entra(&acrs.unwrap_or_default()) } else { acr };
        let idp_acr = acr.unwrap_or(Acr::Eidas1.as_str()).to_owned();
        Ok(Self { acr: Acr::of_provider(acr), idp_acr, amr })
    }

    fn has_password_and_code(&self) -> bool {
        let has = |name| self.amr.iter().flatten().any(|method| method == name);
        has("pwd") && has("mail")
    }
}

/// A list of texts, or nothing.
fn texts(value: Option<&Value>) -> Result<Option<Vec<String>>, ()> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(several)) => {
            let texts = several.iter().map(|text| text.as_str().map(str::to_owned).ok_or(()));
            texts.collect::<Result<_, ()>>().map(Some)
        }
        Some(_) => Err(()),
    }
}

/// The highest of the levels that an administrator of Microsoft Entra ID calls `c1` to `c3`.
fn level_of_entra(acrs: &[String]) -> Option<&'static str> {
    let levels = [("c3", Acr::Eidas3), ("c2", Acr::Eidas2), ("c1", Acr::Eidas1)];
    let highest = levels.into_iter().find(|(name, _)| acrs.iter().any(|acr| acr == name));
    highest.map(|(_, level)| level.as_str())
}

/// The address should belong to one of the provider's domains; some providers insist.
fn check_domain(upstream: &Upstream, identity: &Identity) -> Result<(), HubError> {
    let provider = upstream.provider();
    let domain = identity.email.domain();
    let extra = provider.extra_accepted_domains.iter().any(|d| d.eq_ignore_ascii_case(&domain));
    if provider.has_domain(&domain) || extra || is_identite(provider) {
        return Ok(());
    }
    if provider.block_unlisted_domains {
        return Err(HubError::DomainNotAllowed);
    }
    tracing::warn!(provider = provider.uid, "the email's domain is not one of the provider's");
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn level_claims_must_have_the_right_form() {
        let rows = [
            ("both", json!("eidas2"), json!(["pwd"]), Some(Acr::Eidas2)),
            ("neither", Value::Null, Value::Null, Some(Acr::Eidas1)),
            ("unknown level", json!("inconnu"), Value::Null, Some(Acr::Eidas1)),
            ("level is a number", json!(2), Value::Null, None),
            ("methods are a text", json!("eidas2"), json!("pwd"), None),
            ("a method is a number", json!("eidas2"), json!([1]), None),
        ];
        let provider = provider(false);
        for (row, acr, amr, expected) in rows {
            let levels = Levels::read(&token(acr, amr, Value::Null), &provider);
            assert_eq!(levels.as_ref().ok().map(|levels| levels.acr), expected, "{row}");
            if let Err(error) = levels {
                assert_eq!(error.code(), "Y020030", "{row}");
            }
        }
    }

    #[test]
    fn entra_id_names_its_levels_in_a_list() {
        let rows = [
            ("one", json!(["c2"]), true, Some(Acr::Eidas2)),
            ("the highest wins", json!(["c1", "c3", "c2"]), true, Some(Acr::Eidas3)),
            ("something else", json!(["c4"]), true, Some(Acr::Eidas1)),
            ("none", Value::Null, true, Some(Acr::Eidas1)),
            ("no list", json!("c2"), true, None),
            ("a number in it", json!([2]), true, None),
            ("another provider's list means nothing", json!(["c2"]), false, Some(Acr::Eidas1)),
        ];
        for (row, acrs, is_entra_id, expected) in rows {
            let token = token(Value::Null, Value::Null, acrs);
            let levels = Levels::read(&token, &provider(is_entra_id));
            assert_eq!(levels.ok().map(|levels| levels.acr), expected, "{row}");
        }
    }

    fn token(acr: Value, amr: Value, acrs: Value) -> VerifiedIdToken {
        VerifiedIdToken {
            sub: "1".to_owned(),
            raw_acr: Some(acr),
            raw_amr: Some(amr),
            raw_acrs: Some(acrs),
        }
    }

    fn provider(is_entra_id: bool) -> IdentityProvider {
        let mut config = crate::Config::parse(crate::SAMPLE).expect("the sample parses");
        IdentityProvider { is_entra_id, ..config.identity_providers.remove(0) }
    }
}
