//! One row for each sentence of the specification of `/authorize`.

use secrecy::SecretString;

use super::*;
use crate::hub::{DIALECT, DOCUMENTED_DIALECT};
use crate::protocol::{ResponseMode, ScopeSet, SigningAlg};
use crate::secret::ClientSecret;

const BASE: &[(&str, &str)] = &[
    ("client_id", "rp"),
    ("redirect_uri", "https://rp.test/cb"),
    ("response_type", "code"),
    ("scope", "openid email"),
    ("state", "the-state"),
];

fn client() -> Client {
    let secret = SecretString::from("0123456789abcdef0123456789abcdef");
    Client {
        id: "rp".to_owned(),
        secret: ClientSecret::try_from(secret).expect("long enough"),
        redirect_uris: vec!["https://rp.test/cb".to_owned()],
        post_logout_redirect_uris: Vec::new(),
        allowed_scope: Some(ScopeSet::parse("openid email siret")),
        id_token_alg: SigningAlg::RS256,
        userinfo_alg: None,
        introspection_alg: None,
    }
}

/// Validates the base request with some parameters replaced, or removed by `None`.
fn run(changes: &[(&str, Option<&str>)]) -> Result<AuthorizationRequest, Refusal> {
    run_in(&DIALECT, changes)
}

fn run_in(
    dialect: &Dialect,
    changes: &[(&str, Option<&str>)],
) -> Result<AuthorizationRequest, Refusal> {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in BASE {
        if !changes.iter().any(|(changed, _)| changed == name) {
            query.append_pair(name, value);
        }
    }
    for (name, value) in changes {
        query.extend_pairs(value.map(|value| (name, value)));
    }
    let params = Params::parse(query.finish().as_bytes()).expect("well-formed");
    let client = client();
    let mut checklist = Checklist::default();
    validate(&params, dialect, &mut checklist, |id| (id == "rp").then(|| client.clone()))
}

#[test]
fn the_base_request_is_accepted() {
    let request = run(&[]).expect("accepted");

    assert_eq!(request.client_id, "rp");
    assert_eq!(request.scope.to_string(), "openid email");
    assert_eq!(request.reply_to.mode, ResponseMode::Query);
    assert_eq!(request.reply_to.state.as_deref(), Some("the-state"));
}

#[test]
fn malformed_parameters_stay_on_our_page() {
    let uri_rule = "redirect_uri must match /^https?:\\/\\/[^/].+$/ regular expression";
    let rows: &[(&str, Option<&str>, &str)] = &[
        ("client_id", None, "client_id must be a string"),
        ("response_type", None, "response_type must be a string"),
        ("state", None, "state must be a string"),
        ("scope", None, "scope must be a string"),
        ("scope", Some(""), "scope should not be empty"),
        ("redirect_uri", None, uri_rule),
        ("redirect_uri", Some(""), uri_rule),
        ("redirect_uri", Some("example.com"), uri_rule),
        ("redirect_uri", Some("https:///x"), uri_rule),
        ("redirect_uri", Some("javascript:alert(1)"), uri_rule),
        ("login_hint", Some("nobody"), "Le login_hint doit être une adresse email valide"),
        ("siret_hint", Some("123"), "Le siret_hint doit contenir 14 caractères"),
        ("nonce", Some("é"), "Le nonce doit être composé de caractères ASCII"),
        ("nonce", Some(""), "Le nonce doit être composé de caractères ASCII"),
    ];
    for (name, value, message) in rows {
        let refusal = run(&[(name, *value)]).expect_err(message);
        assert_eq!(refusal, Refusal::Malformed(vec![(*message).to_owned()]), "{name}={value:?}");
    }
}

#[test]
fn several_problems_are_reported_together() {
    let Err(Refusal::Malformed(problems)) = run(&[("state", None), ("scope", None)]) else {
        panic!("refused on our page")
    };

    assert_eq!(problems, ["state must be a string", "scope must be a string"]);
}

#[test]
fn a_repeated_required_parameter_stays_on_our_page() {
    let params = Params::parse(
        b"client_id=rp&client_id=rp&redirect_uri=https://rp.test/cb&response_type=code\
          &scope=openid&state=s",
    )
    .expect("well-formed");

    let refusal =
        validate(&params, &DIALECT, &mut Checklist::default(), |_| None).expect_err("refused");

    assert_eq!(refusal, Refusal::Malformed(vec!["client_id must be a string".to_owned()]));
}

#[test]
fn an_untrusted_client_or_address_stays_on_our_page() {
    let rows = [
        ("client_id", "other", "invalid_client", "client is invalid"),
        (
            "redirect_uri",
            "https://rp.test/cb/",
            "invalid_redirect_uri",
            "redirect_uri did not match any of the client's registered redirect_uris",
        ),
    ];
    for (name, value, error, description) in rows {
        let refusal = run(&[(name, Some(value))]).expect_err(error);
        assert_eq!(refusal, Refusal::Untrusted(OAuthError::new(error, description)), "{value}");
    }
}

/// Changes to the base request as a query, the error and its description.
const REDIRECTED: &[(&str, &str, &str)] = &[
    ("response_type=", "invalid_request", "missing required parameter 'response_type'"),
    ("response_type=none", "unsupported_response_type", "unsupported response_type requested"),
    (
        "response_mode=web_message",
        "unsupported_response_mode",
        "unsupported response_mode requested",
    ),
    ("prompt=none+login", "invalid_request", "prompt none must only be used alone"),
    ("prompt=none+consent", "invalid_request", "prompt none must only be used alone"),
    ("prompt=select_account", "invalid_request", "unsupported prompt value requested"),
    ("prompt=select_organization", "invalid_request", "unsupported prompt value requested"),
    (
        "scope=email&claims={\"id_token\":{}}",
        "invalid_request",
        "openid scope must be requested when using the claims parameter",
    ),
    ("scope=openid+phone", "invalid_scope", "requested scope is not allowed"),
    (
        "code_challenge_method=S256",
        "invalid_request",
        "code_challenge must be provided with code_challenge_method",
    ),
    (
        "code_challenge=&code_challenge_method=S256",
        "invalid_request",
        "code_challenge must be provided with code_challenge_method",
    ),
    (
        "code_challenge=short&code_challenge_method=S256",
        "invalid_request",
        "code_challenge must be a string with a minimum length of 43 characters",
    ),
    (
        "code_challenge=ééééééééééééééééééééééééééééééééééééééééééé&code_challenge_method=S256",
        "invalid_request",
        "code_challenge contains invalid characters",
    ),
    (
        "code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "invalid_request",
        "plain code_challenge_method fallback disabled, code_challenge_method must be provided",
    ),
    (
        "code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code_challenge_method=",
        "invalid_request",
        "plain code_challenge_method fallback disabled, code_challenge_method must be provided",
    ),
    (
        "code_challenge=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&code_challenge_method=plain",
        "invalid_request",
        "not supported value of code_challenge_method",
    ),
    ("claims={", "invalid_request", "claims parameter should be a JSON object"),
];

#[test]
fn other_errors_go_back_to_the_client() {
    for (changes, error, description) in REDIRECTED {
        let pairs: Vec<_> = url::form_urlencoded::parse(changes.as_bytes()).into_owned().collect();
        let changes: Vec<_> =
            pairs.iter().map(|(name, value)| (name.as_str(), Some(value.as_str()))).collect();
        let Err(Refusal::Redirected(_, actual)) = run(&changes) else {
            panic!("{changes:?}: goes back to the client")
        };
        assert_eq!(actual, OAuthError::new(*error, *description), "{changes:?}");
    }
}

#[test]
fn implicit_response_types_are_refused_in_the_fragment() {
    for kind in ["id_token", "id_token token", "code id_token", "code token"] {
        let Err(Refusal::Redirected(reply_to, error)) = run(&[("response_type", Some(kind))])
        else {
            panic!("{kind}: goes back to the client")
        };
        assert_eq!(reply_to.mode, ResponseMode::Fragment, "{kind}");
        assert_eq!(error.error, "unsupported_response_type", "{kind}");
    }
}

#[test]
fn what_is_optional_or_unknown_is_accepted() {
    let rows: &[(&str, &str)] = &[
        ("unknown_parameter", "x"),
        ("scope", "openid inconnu"),
        ("prompt", "login consent"),
        ("prompt", "consent"),
        ("prompt", "none"),
        ("response_mode", "fragment"),
        ("state", ""),
        ("max_age", "0"),
        ("acr_values", r#"["eidas1"]"#),
        ("login_hint", "test@fia1.fr"),
    ];
    for (name, value) in rows {
        assert!(run(&[(name, Some(value))]).is_ok(), "{name}={value}");
    }
}

#[test]
fn unknown_scopes_are_dropped() {
    let request = run(&[("scope", Some("openid inconnu email"))]).expect("accepted");

    assert_eq!(request.scope.to_string(), "openid email");
}

#[test]
fn by_the_documentation_more_is_an_error() {
    let long = "a-text-of-at-least-thirty-two-characters";
    let exemplary = [("state", Some(long)), ("nonce", Some(long))];
    let rows = [
        (("nonce", Some(long)), None),
        (("state", Some("short")), Some("state must be longer than or equal to 32 characters")),
        (("nonce", Some("short")), Some("nonce must be longer than or equal to 32 characters")),
        (("nonce", None), Some("nonce must be a string")),
        (("sp_name", Some("x")), Some("property sp_name should not exist")),
        (("max_age", Some("0")), Some("property max_age should not exist")),
        (("idp_hint", Some("fia1")), None),
    ];
    for (change, expected) in rows {
        let mut changes: Vec<_> =
            exemplary.into_iter().filter(|(name, _)| *name != change.0).collect();
        changes.push(change);
        let documented = run_in(&DOCUMENTED_DIALECT, &changes).err();
        let problems = expected.map(|problem| Refusal::Malformed(vec![problem.to_owned()]));
        assert_eq!(documented, problems, "{change:?}");
        assert!(run(&changes).is_ok(), "{change:?} is fine with the real one");
    }
}
