//! Owns the role of a client of FranceConnect: a person is sent there to have their identity
//! confirmed, comes back with it, and is signed out there again.
//!
//! Invariant: an answer counts once, for the session that asked for it and the account that is
//! signed in there.

use serde::{Deserialize, Serialize};
use url::Url;

use super::identity::IdentityClaims;
use super::{Account, Idp, IdpSession};
use crate::openid_client::{OpenIdClient, Secrets, Testimony, UpstreamError};
use crate::protocol::{Acr, Params};
use crate::provider::PageError;
use crate::secret::{Token, equal, s256};
use crate::session::Session;
use crate::storage::StoredIdentity;

/// What the real ProConnect Identité asks for.
const SCOPE: &str = "birthcountry birthplace birthdate family_name gender given_name openid \
                     preferred_username";

/// Where FranceConnect answers.
pub(crate) const CALLBACK: &str = "/users/franceconnect/login/callback";
/// Where it leads after the sign-out.
pub(crate) const AFTER_LOGOUT: &str = "/users/franceconnect/logout/callback";

/// ProConnect Identité as a client of FranceConnect.
#[derive(Debug)]
pub(crate) struct FranceConnectClient {
    pub(crate) client: OpenIdClient,
    /// The whole address of [`AFTER_LOGOUT`].
    pub(crate) after_logout: String,
}

/// What a session remembers of somebody who is at FranceConnect.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Visit {
    state: Token,
    secrets: Secrets,
    /// Whose identity it is about.
    account: i64,
}

/// Why FranceConnect confirmed nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FranceConnectError {
    #[error("the answer belongs to no request of this session")]
    UnexpectedState,
    #[error("the answer comes from another issuer")]
    UnexpectedIssuer,
    /// The person gave up, or something went wrong there.
    #[error("FranceConnect refused")]
    Refused,
    #[error("the identity is confirmed at another level than the one asked for")]
    UnexpectedLevel,
    #[error("the identity lacks something")]
    Incomplete,
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
}

impl Idp {
    /// What FranceConnect said about a person.
    pub(crate) async fn identity(
        &self,
        account: &Account,
    ) -> Result<Option<StoredIdentity>, PageError> {
        Ok(self.store.identite_identity(account.id).await?)
    }

    /// Whether FranceConnect said something about a person.
    pub(crate) async fn has_identity(&self, account: &Account) -> Result<bool, PageError> {
        Ok(self.identity(account).await?.is_some())
    }

    /// Where the browser is sent; nowhere if FranceConnect cannot be reached.
    pub(crate) async fn visit_france_connect(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
    ) -> Result<Option<Url>, PageError> {
        let metadata = match self.france_connect.client.metadata().await {
            Ok(metadata) => metadata,
            Err(error) => {
                refused(&error.into());
                return Ok(None);
            }
        };
        let visit =
            Visit { state: Token::random(), secrets: Secrets::random(), account: account.id };
        let terms = &self.france_connect.client.terms;
        let mut url = metadata.authorization_endpoint;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &terms.client_id)
            .append_pair("redirect_uri", &terms.redirect_uri)
            .append_pair("scope", SCOPE)
            .append_pair("acr_values", Acr::Eidas1.as_str())
            .append_pair("state", visit.state.expose())
            .append_pair("nonce", visit.secrets.nonce.expose())
            .append_pair("code_challenge", &s256(visit.secrets.code_verifier.expose()))
            .append_pair("code_challenge_method", "S256");
        session.data.visit = Some(visit);
        self.sessions.save(session).await?;
        Ok(Some(url))
    }

    /// Takes FranceConnect's answer: where the browser signs out there, or nothing if the
    /// identity was not confirmed.
    pub(crate) async fn come_back(
        &self,
        session: &mut Session<IdpSession>,
        account: &Account,
        params: &Params,
    ) -> Result<Option<Url>, PageError> {
        let Some(visit) = session.data.visit.take() else {
            refused(&FranceConnectError::UnexpectedState);
            return Ok(None);
        };
        // Whatever comes of it, the same answer is worth nothing a second time.
        self.sessions.save(session).await?;
        let (claims, id_token) = match self.confirm(&visit, account, params).await {
            Ok(confirmed) => confirmed,
            Err(error) => {
                refused(&error);
                return Ok(None);
            }
        };
        let Some(identity) = claims.confirmed(self.clock.unix()) else {
            refused(&FranceConnectError::Incomplete);
            return Ok(None);
        };
        let names = (identity.first_given_name(), identity.name_in_use());
        self.store.confirm_identite_account(account.id, &identity, names).await?;
        let after = &self.france_connect.after_logout;
        let url = self.france_connect.client.end_session_url(&id_token, after).await;
        Ok(url.ok().flatten().or_else(|| Url::parse(after).ok()))
    }

    async fn confirm(
        &self,
        visit: &Visit,
        account: &Account,
        params: &Params,
    ) -> Result<(IdentityClaims, String), FranceConnectError> {
        let client = &self.france_connect.client;
        let state = params.get("state").unwrap_or_default();
        if !equal(state, visit.state.expose()) || visit.account != account.id {
            return Err(FranceConnectError::UnexpectedState);
        }
        let metadata = client.metadata().await?;
        // RFC 9207, as the hub does.
        let iss = params.get("iss");
        if iss.is_some_and(|iss| iss != metadata.issuer)
            || (iss.is_none() && metadata.authorization_response_iss_parameter_supported)
        {
            return Err(FranceConnectError::UnexpectedIssuer);
        }
        let code = params.non_empty("code").ok_or(FranceConnectError::Refused)?;
        let testimony = client.exchange(code, &visit.secrets).await?;
        if !is_of_level(&testimony) {
            return Err(FranceConnectError::UnexpectedLevel);
        }
        let claims = serde_json::Value::Object(client.userinfo(&testimony).await?);
        let claims = serde_json::from_value(claims).map_err(|_| FranceConnectError::Incomplete)?;
        Ok((claims, testimony.raw_id_token))
    }
}

/// Whether the level is the one asked for.
fn is_of_level(testimony: &Testimony) -> bool {
    let acr = testimony.claims.raw_acr.as_ref().and_then(serde_json::Value::as_str);
    acr == Some(Acr::Eidas1.as_str())
}

fn refused(error: &FranceConnectError) {
    tracing::info!(error = error as &dyn std::error::Error, "FranceConnect confirmed nothing");
}
