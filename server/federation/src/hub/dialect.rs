//! Owns the hub's dialect: scopes, levels, prompts and the rules on authorization requests
//! whose breach is answered with a page `Y000400`.

use crate::email::EmailAddress;
use crate::protocol::{Acr, Dialect, Endpoints, ParameterRule, Params, is_http_uri};

/// The federation as services meet it.
pub(crate) static DIALECT: Dialect = FEDERATION;

/// The federation as its documentation describes it, which asks for more than it enforces.
pub(crate) static DOCUMENTED_DIALECT: Dialect = Dialect {
    parameter_rules: &[RULES, DOCUMENTED_RULES],
    only_known_parameters: true,
    ..FEDERATION
};

const FEDERATION: Dialect = Dialect {
    endpoints: Endpoints {
        authorization: "/authorize",
        token: "/token",
        userinfo: "/userinfo",
        jwks: "/jwks",
        end_session: "/session/end",
        introspection: "/token/introspection",
        revocation: "/token/revocation",
    },
    parameter_rules: &[RULES],
    only_known_parameters: false,
    scopes: &[
        ("openid", &["sub"]),
        ("amr", &["amr"]),
        ("uid", &["uid"]),
        ("given_name", &["given_name"]),
        ("email", &["email"]),
        ("phone", &["phone_number"]),
        ("organizational_unit", &["organizational_unit"]),
        ("siren", &["siren"]),
        ("siret", &["siret"]),
        ("usual_name", &["usual_name"]),
        ("belonging_population", &["belonging_population"]),
        ("chorusdt", &["chorusdt:matricule", "chorusdt:societe"]),
        ("idp_id", &["idp_id"]),
        ("idp_acr", &["idp_acr"]),
        ("roles", &["roles"]),
        ("organization_label", &["organization_label"]),
        ("groups", &["groups"]),
        ("custom", &["custom"]),
        ("lasuite_visio", &["lasuite_visio"]),
        ("lasuite_visio:rooms:create", &["lasuite_visio:rooms:create"]),
        ("lasuite_visio:rooms:list", &["lasuite_visio:rooms:list"]),
        ("lasuite_visio:rooms:retrieve", &["lasuite_visio:rooms:retrieve"]),
        ("lasuite_visio:rooms:update", &["lasuite_visio:rooms:update"]),
        ("lasuite_visio:rooms:delete", &["lasuite_visio:rooms:delete"]),
    ],
    further_claims: &["acr", "sid", "auth_time", "iss"],
    acr_values: &Acr::NAMES,
    prompts: &["login", "consent", "none"],
    hints: &["idp_hint", "siret_hint"],
};

const RULES: &[ParameterRule] = &[
    ParameterRule { name: "client_id", check: must_be_text },
    ParameterRule { name: "response_type", check: must_be_text },
    ParameterRule { name: "redirect_uri", check: must_be_http_uri },
    ParameterRule { name: "state", check: must_be_text },
    ParameterRule { name: "scope", check: must_be_text },
    ParameterRule { name: "scope", check: must_not_be_empty },
    ParameterRule { name: "nonce", check: must_be_ascii },
    ParameterRule { name: "login_hint", check: must_be_email },
    ParameterRule { name: "siret_hint", check: must_have_14_characters },
];

/// What the documentation asks for besides.
const DOCUMENTED_RULES: &[ParameterRule] = &[
    ParameterRule { name: "state", check: must_have_32_characters },
    ParameterRule { name: "nonce", check: must_be_text },
    ParameterRule { name: "nonce", check: must_have_32_characters },
];

fn must_be_text(name: &'static str, params: &Params) -> Option<String> {
    params.get(name).is_none().then(|| format!("{name} must be a string"))
}

fn must_not_be_empty(name: &'static str, params: &Params) -> Option<String> {
    (params.get(name) == Some("")).then(|| format!("{name} should not be empty"))
}

fn must_be_http_uri(name: &'static str, params: &Params) -> Option<String> {
    let valid = params.get(name).is_some_and(is_http_uri);
    (!valid).then(|| format!(r"{name} must match /^https?:\/\/[^/].+$/ regular expression"))
}

fn must_be_ascii(name: &'static str, params: &Params) -> Option<String> {
    optional(name, params, |text| text.is_ascii() && (1..=512).contains(&text.len()))
        .then(|| "Le nonce doit être composé de caractères ASCII".to_owned())
}

fn must_be_email(name: &'static str, params: &Params) -> Option<String> {
    optional(name, params, |text| EmailAddress::parse(text).is_ok())
        .then(|| "Le login_hint doit être une adresse email valide".to_owned())
}

fn must_have_14_characters(name: &'static str, params: &Params) -> Option<String> {
    optional(name, params, |text| text.chars().count() == 14)
        .then(|| "Le siret_hint doit contenir 14 caractères".to_owned())
}

fn must_have_32_characters(name: &'static str, params: &Params) -> Option<String> {
    optional(name, params, |text| text.chars().count() >= 32)
        .then(|| format!("{name} must be longer than or equal to 32 characters"))
}

/// Whether an optional parameter breaks its rule.
fn optional(name: &str, params: &Params, rule: impl Fn(&str) -> bool) -> bool {
    params.is_repeated(name) || params.get(name).is_some_and(|text| !rule(text))
}
