//! Owns the federation's own service: with it developers try an account and see what any service
//! with all scopes would receive. It is a service like every other, but for its secret, which
//! is drawn at each start and never leaves the process.

use secrecy::SecretString;
use url::Url;

use crate::config::{Audience, Service};
use crate::protocol::{ScopeSet, SigningAlg};
use crate::secret::{ClientSecret, Token, random_hex};

/// Its `client_id`.
pub(crate) const CLIENT_ID: &str = "page-d-essai";
/// Where it takes answers, below the hub.
pub(crate) const CALLBACK: &str = "/essai/retour";

const SCOPES: &str = "openid given_name usual_name email uid siret siren phone idp_id idp_acr \
                      organizational_unit belonging_population chorusdt roles \
                      organization_label custom";
const CLAIMS: &str = r#"{"id_token":{"amr":{"essential":true},"acr":null}}"#;

/// Its registration.
pub(crate) fn service(hub: &Url) -> Service {
    let secret = ClientSecret::try_from(SecretString::from(random_hex()));
    Service {
        name: "Page d’essai".to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: secret.expect("64 characters are enough"),
        redirect_uris: vec![redirect_uri(hub)],
        post_logout_redirect_uris: vec![hub.to_string()],
        scopes: ScopeSet::parse(SCOPES),
        id_token_signed_response_alg: SigningAlg::RS256,
        userinfo_signed_response_alg: None,
        introspection_signed_response_alg: None,
        audience: Audience::Private,
        active: true,
        profile: None,
        email_domains: Vec::new(),
    }
}

/// Where it takes answers.
pub(crate) fn redirect_uri(hub: &Url) -> String {
    format!("{}{CALLBACK}", hub.as_str().trim_end_matches('/'))
}

/// The authorization request for an account. The trial page opens no session of its own, so
/// there is nothing that a forged answer could gain, and `state` is not kept.
pub(crate) fn authorization_url(issuer: &Url, hub: &Url, email: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("client_id", CLIENT_ID)
        .append_pair("redirect_uri", &redirect_uri(hub))
        .append_pair("response_type", "code")
        .append_pair("scope", SCOPES)
        .append_pair("claims", CLAIMS)
        .append_pair("state", Token::random().expose())
        .append_pair("nonce", Token::random().expose())
        .append_pair("login_hint", email);
    format!("{issuer}/authorize?{}", query.finish())
}
