//! Owns the authorization request that the hub sends to an identity provider.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::config::{BuiltIn, IdentityProvider};
use crate::email::EmailAddress;
use crate::openid_client::{Metadata, Secrets};
use crate::protocol::{Acr, AuthorizationRequest};
use crate::secret::{Token, s256};

const SCOPE: &str = "openid uid given_name usual_name email siren siret organizational_unit \
                     belonging_population phone chorusdt";

/// Microsoft Entra ID refuses scopes that it does not know.
const ENTRA_SCOPE: &str = "openid email profile";

/// One attempt to sign in at a provider, from the redirect to the callback.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Attempt {
    pub(crate) provider_uid: String,
    #[serde(flatten)]
    pub(crate) secrets: Secrets,
}

impl Attempt {
    /// A new attempt with fresh secrets.
    pub(crate) fn new(provider_uid: &str) -> Self {
        Self { provider_uid: provider_uid.to_owned(), secrets: Secrets::random() }
    }
}

/// On whose behalf the hub asks.
#[derive(Debug)]
pub(crate) struct Asker<'a> {
    pub(crate) request: &'a AuthorizationRequest,
    pub(crate) service_name: &'a str,
    pub(crate) email: Option<&'a EmailAddress>,
    pub(crate) remember_me: bool,
}

/// The address that the browser is sent to.
pub(crate) fn authorization_url(
    provider: &IdentityProvider,
    metadata: &Metadata,
    redirect_uri: &str,
    asker: &Asker<'_>,
    secrets: (&Token, &Attempt),
) -> Url {
    let (state, attempt) = secrets;
    let level = Level::of(provider, asker);
    let mut url = metadata.authorization_endpoint.clone();
    let mut query = url.query_pairs_mut();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    };
    put("response_type", "code");
    put("client_id", &provider.client_id);
    put("redirect_uri", redirect_uri);
    put("scope", if provider.is_entra_id { ENTRA_SCOPE } else { SCOPE });
    put("state", state.expose());
    put("nonce", attempt.secrets.nonce.expose());
    put("code_challenge", &s256(attempt.secrets.code_verifier.expose()));
    put("code_challenge_method", "S256");
    put("login_hint", asker.email.map_or("", EmailAddress::as_str));
    put("siret_hint", asker.request.hint("siret_hint").unwrap_or_default());
    put("sp_id", &asker.request.client_id);
    put("sp_name", asker.service_name);
    put("remember_me", if asker.remember_me { "true" } else { "false" });
    put("acr_values", &level.voluntary());
    if !provider.is_entra_id {
        let claims = json!({ "id_token": { "amr": null, "acr": level.essential() } });
        put("claims", &claims.to_string());
    }
    drop(query);
    url
}

/// The level that is passed on to the provider.
#[derive(Debug, PartialEq, Eq)]
enum Level {
    Unasked,
    Voluntary(Vec<&'static str>),
    /// The service's own demand, reduced to known levels.
    Essential {
        levels: Vec<&'static str>,
        single: bool,
    },
}

impl Level {
    fn of(provider: &IdentityProvider, asker: &Asker<'_>) -> Self {
        let known = |names: Vec<&str>| {
            names.into_iter().filter_map(Acr::parse).map(Acr::as_str).collect::<Vec<_>>()
        };
        let request = asker.request;
        if let Some(demanded) = request.claims.essential_acr() {
            let forced = asker.email.is_some_and(|email| email.local_part().ends_with("+mfa"));
            let levels = known(demanded);
            return if (provider.mfa_compliant || forced) && !levels.is_empty() {
                Self::Essential { levels, single: request.claims.single_acr() }
            } else {
                Self::Unasked
            };
        }
        let preferred = known(request.acr_values.iter().map(String::as_str).collect());
        if !preferred.is_empty() {
            return Self::Voluntary(preferred);
        }
        if provider.built_in == Some(BuiltIn::Identite) {
            Self::Unasked
        } else {
            Self::Voluntary(vec![Acr::Eidas1.as_str()])
        }
    }

    fn voluntary(&self) -> String {
        match self {
            Self::Voluntary(levels) => levels.join(" "),
            Self::Unasked | Self::Essential { .. } => String::new(),
        }
    }

    fn essential(&self) -> Value {
        match self {
            Self::Essential { levels, single: true } => {
                json!({ "essential": true, "value": levels[0] })
            }
            Self::Essential { levels, single: false } => {
                json!({ "essential": true, "values": levels })
            }
            Self::Unasked | Self::Voluntary(_) => Value::Null,
        }
    }
}

#[cfg(test)]
mod tests;
