//! Owns the entries through which hostile input reaches what reads it: one function a reader, each with
//! the properties that hold whatever comes. The tests feed them at random; the fuzz targets feed them
//! guided by coverage.
//!
//! Invariant: an entry takes bytes, never panics for a reason other than a broken property, and keeps
//! nothing.

use std::collections::HashSet;
use std::path::Path;
use std::sync::LazyLock;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use clap::Parser as _;
use openidconnect::core::CoreJsonWebKeySet;
use openidconnect::{ClientId, ClientSecret, IssuerUrl, Nonce};
use url::Url;

use crate::auth::callback::{Answer, RawCallback};
use crate::auth::return_to::ReturnTo;
use crate::auth::settings::{RelyingParty, SigningAlg, UserinfoFormat};
use crate::auth::verify::{Expected, Typ, check};
use crate::config::{Config, ProviderChoice};
use crate::http::cookie_hygiene::only_ours;
use crate::http::cookies::{CookieNames, pairs};
use crate::sealing::{KeyRing, MasterKey, Purpose};

/// A name and its entry.
pub type Entry = (&'static str, fn(&[u8]));

/// All entries, by the names of their fuzz targets.
pub const ENTRIES: [Entry; 5] = [
    ("session_cookie", session_cookie),
    ("callback_query", callback_query),
    ("return_to", return_to),
    ("provider_token", provider_token),
    ("server_configuration", server_configuration),
];

static KEYS: LazyLock<KeyRing> = LazyLock::new(|| {
    KeyRing::new(vec![MasterKey::from_bytes([7; 32])]).expect("one key is a ring")
});

/// What browsers send as cookies: only ours pass, each once, and none opens that we did not seal.
pub fn session_cookie(data: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(data) else { return };
    let headers = HeaderMap::from_iter([(COOKIE, value)]);
    for secure in [false, true] {
        let names = CookieNames::new(secure);
        let Some(ours) = only_ours(&names, &headers) else { continue };
        let cleaned = HeaderMap::from_iter([(COOKIE, ours)]);
        let mut seen = HashSet::new();
        for (name, value) in pairs(&cleaned) {
            assert!(names.is_ours(name), "a foreign cookie passed");
            assert!(seen.insert(name), "a cookie passed twice");
            let sealed = URL_SAFE_NO_PAD.decode(value).unwrap_or_default();
            for purpose in [Purpose::LoginAttempt, Purpose::LogoutAttempt] {
                assert!(KEYS.open(purpose, &[], &sealed).is_err(), "a forged cookie was opened");
            }
        }
    }
}

/// The query of the callback: what is accepted has a state, and a code or an error.
pub fn callback_query(data: &[u8]) {
    let Ok(query) = std::str::from_utf8(data) else { return };
    let Ok(callback) = RawCallback::parse(query) else { return };
    assert!(!callback.state.is_empty(), "an answer without a state");
    assert!(callback.iss.as_deref() != Some(""), "an empty issuer");
    if let Answer::Code(code) = &callback.answer {
        assert!(!code.is_empty() && code.len() <= data.len(), "a code from nowhere");
    }
}

/// Where a sign-in leads: whatever is accepted is a path of this service, in one form, for every
/// parser.
pub fn return_to(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(path) = ReturnTo::parse(text) else { return };
    let accepted = path.as_str();
    assert!(accepted.starts_with('/') && !accepted.starts_with("//"), "{accepted}");
    assert!(HeaderValue::try_from(accepted).is_ok(), "{accepted}");
    assert!(!accepted.contains(['\\', '\r', '\n', '\t']), "{accepted}");
    let base = Url::parse("https://app.example.fr/x/y").expect("a constant");
    let target = base.join(accepted).expect("an accepted path joins");
    assert_eq!(target.origin(), base.origin(), "{accepted}");
    assert_eq!(ReturnTo::parse(accepted).as_ref(), Ok(&path), "accepted twice alike");
}

/// A token of the provider, its parts as given: nothing that its keys did not sign is believed.
pub fn provider_token(data: &[u8]) {
    let mut parts = data.splitn(4, |byte| *byte == 0);
    let kind = parts.next().and_then(|kind| kind.first()).copied().unwrap_or_default();
    let alg = [SigningAlg::Rs256, SigningAlg::Es256, SigningAlg::Hs256][usize::from(kind) % 3];
    let typ = if kind < 128 { Typ::Jwt } else { Typ::LogoutToken };
    let rest: Vec<_> = parts.map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    let nonce = Nonce::new("nonce".to_owned());
    let now = DateTime::<Utc>::from_timestamp(1_782_900_000, 0).expect("a constant");
    let raw = String::from_utf8_lossy(data);
    for compact in [rest.join(".").as_str(), raw.as_ref()] {
        for nonce in [Some(&nonce), None] {
            let expected = Expected { alg, nonce, typ };
            let outcome = check(&SETTINGS, &JWKS, compact, expected, now);
            assert!(outcome.is_err(), "a forged token was believed");
        }
    }
}

/// Keys whose private halves exist nowhere.
static JWKS: LazyLock<CoreJsonWebKeySet> = LazyLock::new(|| {
    let keys = serde_json::json!({ "keys": [
        { "kty": "RSA", "kid": "r", "use": "sig", "e": "AQAB", "n": "w".repeat(342) },
        { "kty": "EC", "kid": "e", "use": "sig", "crv": "P-256",
          "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
          "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" },
    ]});
    serde_json::from_value(keys).expect("a key set")
});

static SETTINGS: LazyLock<RelyingParty> = LazyLock::new(|| {
    let url = |text: &str| Url::parse(text).expect("a constant");
    RelyingParty {
        issuer: IssuerUrl::from_url(url("https://auth.example.fr/api/v2")),
        client_id: ClientId::new("client".to_owned()),
        client_secret: ClientSecret::new("a secret that no input holds, by chance".repeat(2)),
        id_token_alg: SigningAlg::Rs256,
        userinfo: UserinfoFormat::Json,
        scopes: Vec::new(),
        accepted_acr: Vec::new(),
        redirect_uri: url("https://app.example.fr/auth/callback"),
        post_logout_redirect_uri: url("https://app.example.fr/auth/logout/callback"),
    }
});

/// Options that take a value, in the order in which the input chooses them.
const OPTIONS: [&str; 20] = [
    "--app-public-url",
    "--app-listen",
    "--app-ops-listen",
    "--proconnect-issuer",
    "--proconnect-client-id",
    "--proconnect-client-secret",
    "--proconnect-id-token-alg",
    "--proconnect-userinfo-alg",
    "--proconnect-scopes",
    "--proconnect-acr",
    "--outbound-resolve",
    "--outbound-timeout",
    "--session-store",
    "--session-idle",
    "--session-absolute",
    "--trusted-proxies",
    "--limit-sign-ins",
    "--access-roles",
    "--access-email-domains",
    "--access-sirets",
];

/// The operator's configuration: it is refused with a reason, or everything derived from it works.
pub fn server_configuration(data: &[u8]) {
    let mut arguments = vec!["server".to_owned()];
    for line in data.split(|byte| *byte == b'\n') {
        let Some((option, value)) = line.split_first() else { continue };
        let name = OPTIONS[usize::from(*option) % OPTIONS.len()];
        arguments.push(format!("{name}={}", String::from_utf8_lossy(value)));
    }
    let Ok(config) = Config::try_parse_from(arguments) else { return };
    let lifetimes = config.session.lifetimes();
    assert!(lifetimes.idle > chrono::Duration::zero(), "a session that ends at once");
    let _rules = config.access.rules();
    let _location = config.session.location(Path::new("data"));
    let (_connections, _rates, _proxies) =
        (config.limits.connections(), config.limits.per_minute(), config.limits.proxies());
    assert!(config.provider.outbound().timeout <= std::time::Duration::from_secs(10));
    let Ok(public_url) = config.http.public_url() else { return };
    assert!(!public_url.origin().ends_with('/'), "{}", public_url.origin());
    if let Ok(ProviderChoice::Configured(settings)) = config.provider.choice(&public_url) {
        assert!(settings.redirect_uri.as_str().starts_with(&public_url.origin()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces of which hostile input is made.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        const KNOWN: [&str; 24] = [
            "app-session=",
            "__Host-app-session=",
            "__%48ost-app-session=",
            "app-login-0123abcd=",
            "; ",
            "\u{2000}",
            "code=c",
            "&state=s",
            "&iss=https://auth.example.fr/api/v2",
            "&error=access_denied",
            "%ff",
            "%",
            "/",
            "//",
            "/\\",
            "https://evil.example",
            "?x=1#y",
            "{\"alg\":\"RS256\",\"kid\":\"r\"}",
            "{\"alg\":\"HS256\"}",
            "{\"alg\":\"none\"}",
            "\0",
            "\n",
            "http://localhost:3000",
            "12h",
        ];
        prop_oneof![
            4 => prop::sample::select(&KNOWN[..]).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..8),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn no_input_breaks_a_property(pieces in prop::collection::vec(piece(), 0..16)) {
            let data = pieces.concat();
            for (_, entry) in ENTRIES {
                entry(&data);
            }
        }
    }
}
