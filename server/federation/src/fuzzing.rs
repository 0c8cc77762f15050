//! Owns the entries through which hostile input reaches what reads it: one function a reader,
//! each with the properties that hold whatever comes. The tests feed them at random; the fuzz
//! targets feed them guided by coverage.
//!
//! Invariant: an entry takes bytes, never panics for a reason other than a broken property, and
//! keeps nothing.

use std::sync::LazyLock;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::JwkSet;
use secrecy::SecretString;

use crate::http::SessionCookie;
use crate::hub::DIALECT;
use crate::jose::{GeneratedKey, KeyPair, Verifier, verify};
use crate::protocol::{
    AuthorizationResponse, Checklist, ClaimsParameter, Client, OAuthError, Params, Refusal,
    ReplyTo, Requirement, TokenRequest, authenticate, post_logout_target, validate,
};
use crate::secret::ClientSecret;
use crate::spelling::{self, Spelling};
use crate::{Config, EmailAddress, ScopeSet, SigningAlg, Siret};

const ISSUER: &str = "https://auth.test/api/v2";
const REDIRECT_URI: &str = "https://rp.test/cb";
const AFTER_LOGOUT: &str = "https://rp.test/out";
const SECRET: &str = "0123456789abcdef0123456789abcdef";

static CLIENT: LazyLock<Client> = LazyLock::new(|| Client {
    id: "rp".to_owned(),
    secret: ClientSecret::try_from(SecretString::from(SECRET)).expect("long enough"),
    redirect_uris: vec![REDIRECT_URI.to_owned()],
    post_logout_redirect_uris: vec![AFTER_LOGOUT.to_owned()],
    allowed_scope: Some(ScopeSet::parse("openid email siret")),
    id_token_alg: SigningAlg::RS256,
    userinfo_alg: None,
    introspection_alg: None,
});

fn find_client(id: &str) -> Option<Client> {
    (id == CLIENT.id).then(|| CLIENT.clone())
}

/// A query of `/authorize` and `/session/end`: nobody is answered elsewhere than where the
/// client registered.
pub fn authorization_request(data: &[u8]) {
    let Ok(params) = Params::parse(data) else { return };
    let mut checklist = Checklist::default();
    match validate(&params, &DIALECT, &mut checklist, find_client) {
        Ok(request) => {
            assert!(request.scope.iter().all(|scope| CLIENT.may_request(scope)));
            answered(&request.reply_to);
        }
        Err(Refusal::Redirected(reply_to, _)) => answered(&reply_to),
        Err(Refusal::Malformed(_) | Refusal::Untrusted(_)) => {}
    }
    if let Ok(end) = post_logout_target(&params, Some(&CLIENT), &mut checklist) {
        assert!(end.target.is_none_or(|target| {
            target == AFTER_LOGOUT || target.starts_with(&format!("{AFTER_LOGOUT}?state="))
        }));
    }
}

fn answered(reply_to: &ReplyTo) {
    assert_eq!(reply_to.redirect_uri, REDIRECT_URI);
    let answer = AuthorizationResponse::error(reply_to, ISSUER, &OAuthError::login_required());
    if let Some(location) = answer.location() {
        assert!(location.starts_with(REDIRECT_URI), "{location}");
        assert!(HeaderValue::from_str(&location).is_ok(), "{location:?} is no header");
        let read = url::Url::parse(&location).expect("an address");
        assert_eq!(read.host_str(), Some("rp.test"));
    }
}

/// A body of `/token`: only the right secret authenticates a client.
pub fn token_request(data: &[u8]) {
    let Ok(params) = Params::parse(data) else { return };
    let mut checklist = Checklist::default();
    if authenticate(&params, None, &mut checklist, find_client).is_ok() {
        assert_eq!(params.get("client_secret"), Some(SECRET));
        assert_eq!(params.get("client_id"), Some(CLIENT.id.as_str()));
    }
    assert!(authenticate(&params, Some("Basic cnA6"), &mut checklist, find_client).is_err());
    let _ = TokenRequest::parse(&params);
}

/// The `claims` parameter: what is kept of it survives being stored.
pub fn claims_parameter(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(claims) = ClaimsParameter::parse(text) else { return };
    let _ = (Requirement::of(&claims), claims.single_acr(), claims.essential_acr());
    let stored = serde_json::to_string(&claims).expect("JSON");
    let restored: ClaimsParameter = serde_json::from_str(&stored).expect("what was stored");
    assert_eq!(restored, claims);
}

/// An email address: what is accepted has one meaning, and is safe in a header; a suggestion
/// concerns the domain only, and calls for no further one.
pub fn email_address(data: &[u8]) {
    static SAMPLE: LazyLock<Config> =
        LazyLock::new(|| Config::parse(crate::SAMPLE).expect("the sample is valid"));
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(email) = EmailAddress::parse(text) else { return };
    let domain = email.domain();
    assert_eq!(email.canonical(), format!("{}@{domain}", email.local_part()).to_ascii_lowercase());
    assert_eq!(EmailAddress::parse(email.as_str()).as_ref(), Ok(&email));
    assert!(email.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
    if let Spelling::Doubtful(Some(meant)) = spelling::judge(&email, &SAMPLE) {
        assert_eq!(meant.local_part(), email.local_part());
        assert_eq!(spelling::judge(&meant, &SAMPLE), Spelling::Plausible);
    }
}

/// A SIRET: what is accepted is fourteen digits.
pub fn siret(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(siret) = Siret::parse(text) else { return };
    assert_eq!(siret.as_str().len(), 14);
    assert!(siret.as_str().starts_with(siret.siren()));
    assert_eq!(Siret::parse(siret.as_str()), Ok(siret));
}

/// A configuration file: it is read or refused.
pub fn configuration(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Err(error) = Config::parse(text) {
        assert!(!error.to_string().is_empty());
    }
}

/// A signed token, as it is and put together from three parts: without the key nobody makes one
/// that verifies.
pub fn signed_token(data: &[u8]) {
    static KEYS: LazyLock<JwkSet> = LazyLock::new(|| {
        let public = |alg| {
            let key = GeneratedKey::generate(alg).expect("a key");
            KeyPair::read(&key, "fuzzing").expect("a valid key").public().clone()
        };
        JwkSet { keys: vec![public(SigningAlg::RS256), public(SigningAlg::ES256)] }
    });
    let raw = String::from_utf8_lossy(data).into_owned();
    let parts: Vec<String> =
        data.splitn(3, |byte| *byte == 0xff).map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    for token in [raw, parts.join(".")] {
        for alg in [SigningAlg::RS256, SigningAlg::ES256, SigningAlg::HS256] {
            for verifier in [Verifier::Published(&KEYS), Verifier::Secret(&CLIENT.secret)] {
                assert!(verify(&token, alg, &verifier).is_err(), "{token}");
            }
        }
    }
}

/// A `Cookie` header: a value is found only under its own name.
pub fn cookie_header(data: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(data) else { return };
    let origin = url::Url::parse(ISSUER).expect("an address");
    let headers = HeaderMap::from_iter([(COOKIE, value)]);
    if let Some(found) = SessionCookie::new("pc_session_id", &origin).read(&headers) {
        let text = std::str::from_utf8(data).expect("only text is read");
        assert!(text.contains("pc_session_id") && text.contains(&found));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    macro_rules! entries {
        ($($entry:ident),+ $(,)?) => { [$((stringify!($entry), $entry as fn(&[u8]))),+] };
    }

    /// An entry, by the name of its fuzz target.
    type Entry = (&'static str, fn(&[u8]));

    const ENTRIES: [Entry; 8] = entries![
        authorization_request,
        token_request,
        claims_parameter,
        email_address,
        siret,
        configuration,
        signed_token,
        cookie_header,
    ];

    #[test]
    fn every_entry_has_a_fuzz_target() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest");
        let targets = std::fs::read_dir(folder.join("fuzz_targets")).expect("a folder").count();

        assert_eq!(targets, ENTRIES.len());
        for (name, _) in ENTRIES {
            let file = format!("fuzz_targets/{name}.rs");
            let target = std::fs::read_to_string(folder.join(&file)).expect(&file);
            assert!(target.contains(&format!("federation::fuzzing::{name}(data)")), "{file}");
            assert!(manifest.contains(&format!("path = \"{file}\"")), "{file}");
        }
    }

    /// A piece of what the readers know, so that random input gets beyond their first check.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        const KNOWN: [&str; 34] = [
            "client_id=rp",
            "&redirect_uri=https://rp.test/cb",
            "&response_type=",
            "code",
            "&scope=openid",
            "&state=",
            "&prompt=none",
            "&claims=",
            "{\"id_token\":{\"acr\":",
            "{\"essential\":true,\"values\":[",
            "null",
            "]}}}",
            "&code_challenge=",
            "&client_secret=",
            SECRET,
            "&grant_type=authorization_code",
            "&refresh_token=",
            "%0d%0a",
            "%00",
            "%",
            "&",
            "=",
            "a@b.fr",
            "@",
            ".",
            "21920023500014",
            "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
            "{\"alg\":\"none\"}",
            "pc_session_id=",
            "; ",
            "[hub]\n",
            "listen = \"127.0.0.1:0\"\n",
            "[[service]]\n",
            "&post_logout_redirect_uri=https://rp.test/out",
        ];
        prop_oneof![
            3 => prop::sample::select(&KNOWN[..]).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..8),
            1 => Just(vec![0xff]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn no_input_breaks_a_property(pieces in prop::collection::vec(piece(), 0..24)) {
            let data = pieces.concat();
            for (_, entry) in ENTRIES {
                entry(&data);
            }
        }
    }
}
