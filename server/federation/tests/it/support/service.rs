//! A service: sends a browser to the federation, and redeems what it brings back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use url::Url;

use super::{Browser, Page, client};

/// The address that services register in the tests.
pub(crate) const CALLBACK: &str = "https://service.test/callback";
/// The address after a sign-out.
pub(crate) const AFTER_LOGOUT: &str = "https://service.test/out";

/// A service of the federation.
pub(crate) struct Service {
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// What a service receives at its callback.
#[derive(Debug)]
pub(crate) struct Callback(pub(crate) Vec<(String, String)>);

impl Callback {
    /// Reads a redirect to the service; anything else fails the test with the page it was.
    pub(crate) fn of(page: &Page) -> Self {
        let Some(location) = page.location().filter(|url| url.as_str().starts_with(CALLBACK))
        else {
            panic!("no callback but {} {}:\n{}", page.status, page.url, page.body)
        };
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        let text = location.fragment().or(location.query()).unwrap_or_default();
        Self(url::form_urlencoded::parse(text.as_bytes()).into_owned().collect())
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The code; an error fails the test.
    pub(crate) fn code(&self) -> String {
        assert_eq!(self.get("error"), "", "{self:?}");
        self.get("code").to_owned()
    }
}

impl Service {
    /// The address of an authorization request; later parameters replace earlier ones.
    pub(crate) fn authorize_url(&self, changes: &[(&str, &str)]) -> String {
        let mut params = vec![
            ("client_id", self.client_id.as_str()),
            ("redirect_uri", CALLBACK),
            ("response_type", "code"),
            (
                "scope",
                "openid given_name usual_name email uid siret idp_id roles organization_label",
            ),
            ("state", "a-state-of-at-least-thirty-two-characters"),
            ("nonce", "a-nonce-of-at-least-thirty-two-characters"),
        ];
        for change in changes {
            params.retain(|(name, _)| name != &change.0);
            params.push(*change);
        }
        let url = format!("{}/authorize", self.issuer);
        Url::parse_with_params(&url, params).expect("an address").into()
    }

    /// Posts a form to one of the issuer's endpoints.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let request = client().post(format!("{}{path}", self.issuer)).form(form);
        request.send().await.expect("the server answers")
    }

    /// Posts a form with the client's credentials.
    pub(crate) async fn post_authenticated(&self, path: &str, form: &[(&str, &str)]) -> Response {
        let mut form = form.to_vec();
        form.push(("client_id", &self.client_id));
        form.push(("client_secret", &self.client_secret));
        self.post(path, &form).await
    }

    /// Redeems a code.
    pub(crate) async fn redeem(&self, code: &str) -> Response {
        self.post_authenticated(
            "/token",
            &[("grant_type", "authorization_code"), ("code", code), ("redirect_uri", CALLBACK)],
        )
        .await
    }

    /// Redeems a code that must be good.
    pub(crate) async fn tokens(&self, callback: &Callback) -> Value {
        let response = self.redeem(&callback.code()).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.expect("JSON")
    }

    /// Asks for userinfo.
    pub(crate) async fn userinfo(&self, access_token: &str) -> Response {
        let request = client().get(format!("{}/userinfo", self.issuer)).bearer_auth(access_token);
        request.send().await.expect("the server answers")
    }

    /// The claims of a signed token, after verifying it with the published keys.
    pub(crate) async fn verified(&self, token: &str) -> Value {
        self.verify(token).await.expect("a valid signature")
    }

    /// Whether a token's signature is good.
    pub(crate) async fn verifies(&self, token: &str) -> bool {
        self.verify(token).await.is_ok()
    }

    async fn verify(&self, token: &str) -> jsonwebtoken::errors::Result<Value> {
        let response = client().get(format!("{}/jwks", self.issuer)).send().await.expect("keys");
        let keys: JwkSet = response.json().await.expect("keys");
        let header = jsonwebtoken::decode_header(token).expect("a token");
        let key = match header.kid.as_deref() {
            Some(kid) => DecodingKey::from_jwk(keys.find(kid).expect("published")).expect("a key"),
            None => DecodingKey::from_secret(self.client_secret.as_bytes()),
        };
        let mut validation = Validation::new(header.alg);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.set_audience(&[&self.client_id]);
        validation.set_issuer(&[&self.issuer]);
        jsonwebtoken::decode(token, &key, &validation).map(|data| data.claims)
    }

    /// Signs a person in at a demo administration and returns what the service receives.
    pub(crate) async fn sign_in(
        &self,
        browser: &Browser,
        email: &str,
        changes: &[(&str, &str)],
        claims: &[(&str, &str)],
    ) -> Page {
        let page = browser.open(&self.authorize_url(changes)).await;
        let form = browser.submit(&page, &[("email", email)]).await;
        browser.submit(&form, claims).await
    }
}

/// The claims of a token, not verified.
pub(crate) fn decode(token: &str) -> Value {
    let payload = token.split('.').nth(1).expect("a token");
    serde_json::from_slice(&base64url(payload)).expect("JSON")
}

/// The bytes of a part of a token.
pub(crate) fn base64url(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).expect("base64url")
}
