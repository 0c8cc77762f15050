//! What the provider says of itself, compared with what is configured.

use chrono::DateTime;
use openidconnect::http::{Method, Request, header};
use openidconnect::{HttpRequest, HttpResponse};
use serde_json::Value;
use url::{Url, form_urlencoded};

use super::Report;
use crate::application::Parts;
use crate::auth::http_client::{BoundedClient, HttpError};
use crate::auth::settings::{RelyingParty, SigningAlg, UserinfoFormat};
use crate::config::Config;
use crate::metrics::Metrics;

/// Beyond this many seconds, tokens are refused.
const TOLERATED: i64 = 60;
/// A clock that is off by more is worth a look.
const NOTICED: i64 = 5;

const ENDPOINTS: [&str; 5] = [
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "end_session_endpoint",
];

pub(super) async fn check(
    report: &mut Report,
    config: &Config,
    settings: &RelyingParty,
    parts: &Parts,
) {
    registration(report, settings);
    let http = match BoundedClient::new(&config.provider.outbound(), Metrics::new().into()) {
        Ok(http) => http,
        Err(error) => {
            report.error(format!("OUTBOUND_CA_FILE: {:#}", anyhow::Error::new(error)));
            return;
        }
    };
    let Some(document) = discovery(report, settings, &http, parts).await else { return };
    let at_home = endpoints(report, settings, &document);
    algorithms(report, settings, &document);
    announced(report, settings, &document);
    if at_home {
        keys(report, settings, &http, &document).await;
        credentials(report, settings, &http, &document).await;
    }
}

/// What must have been registered, as it will be sent.
fn registration(report: &mut Report, settings: &RelyingParty) {
    report.ok(format!("redirect URI, to be registered exactly: {}", settings.redirect_uri));
    report.ok(format!(
        "post-logout redirect URI, to be registered exactly: {}",
        settings.post_logout_redirect_uri
    ));
    if settings.accepted_acr.is_empty() {
        report.attention("PROCONNECT_ACR is empty: a sign-in of any level is accepted");
    }
    if settings.client_secret.secret().len() < 32 {
        report.attention("PROCONNECT_CLIENT_SECRET is shorter than 32 characters");
    }
}

async fn discovery(
    report: &mut Report,
    settings: &RelyingParty,
    http: &BoundedClient,
    parts: &Parts,
) -> Option<Value> {
    let issuer = settings.issuer.as_str();
    let url = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let answer = match ask(http, get(&url)).await {
        Ok(answer) => answer,
        Err(error) => {
            report.error(format!("{url} cannot be read: {error}"));
            return None;
        }
    };
    let document: Option<Value> = serde_json::from_slice(answer.body()).ok();
    let Some(document) = document.filter(|_| answer.status().is_success()) else {
        report.error(format!("{url} is no discovery document (status {})", answer.status()));
        return None;
    };
    report.ok(format!("{url} answers"));
    report.expect(
        document["issuer"] == issuer,
        "the issuer there is PROCONNECT_ISSUER, byte for byte",
        format!("the issuer there is {}, and PROCONNECT_ISSUER is {issuer}", document["issuer"]),
    );
    clocks(report, &answer, parts.clock.now().timestamp());
    Some(document)
}

fn clocks(report: &mut Report, answer: &HttpResponse, now: i64) {
    let date = answer.headers().get(header::DATE).and_then(|date| date.to_str().ok());
    let Some(date) = date.and_then(|date| DateTime::parse_from_rfc2822(date).ok()) else {
        report.attention("the provider tells no time to compare the clock with");
        return;
    };
    let ahead = now - date.timestamp();
    let text = format!("this clock is {ahead} s ahead of the provider's");
    match ahead.abs() {
        0..=NOTICED => report.ok(text),
        ..=TOLERATED => report.attention(format!("{text}: synchronise it")),
        _ => report.error(format!("{text}: every sign-in would be refused")),
    }
}

/// Whether all of them are where the issuer is.
fn endpoints(report: &mut Report, settings: &RelyingParty, document: &Value) -> bool {
    let issuer = settings.issuer.url();
    let mut at_home = true;
    for name in ENDPOINTS {
        let Some(text) = document[name].as_str() else {
            if name == "end_session_endpoint" {
                report.attention("no end_session_endpoint: signing out ends at this service");
            } else {
                report.error(format!("discovery lacks {name}"));
                at_home = false;
            }
            continue;
        };
        let url: Option<Url> = text.parse().ok();
        let is_home =
            url.is_some_and(|url| url.host() == issuer.host() && url.scheme() == issuer.scheme());
        if !is_home {
            report.error(format!("{name} is {text}, outside of the issuer's host"));
            at_home = false;
        }
    }
    if at_home {
        report.ok("every endpoint is on the issuer's host");
    }
    at_home
}

fn algorithms(report: &mut Report, settings: &RelyingParty, document: &Value) {
    let id_token = Some(settings.id_token_alg);
    let userinfo = match settings.userinfo {
        UserinfoFormat::Json => None,
        UserinfoFormat::Signed(alg) => Some(alg),
    };
    let rows = [
        ("PROCONNECT_ID_TOKEN_ALG", "id_token_signing_alg_values_supported", id_token),
        ("PROCONNECT_USERINFO_ALG", "userinfo_signing_alg_values_supported", userinfo),
    ];
    for (variable, member, alg) in rows {
        let Some(alg) = alg else {
            report.ok(format!("{variable} is none: userinfo is read as JSON over TLS"));
            continue;
        };
        let name = alg.name();
        match names(document, member) {
            None => report.attention(format!("discovery does not say whether it signs {name}")),
            Some(known) => report.expect(
                known.contains(&name),
                format!("{variable} {name} is offered; the registration must name it, too"),
                format!("{variable} is {name}, and only {} are offered", known.join(", ")),
            ),
        }
    }
}

/// Lists of discovery that must hold what is configured.
fn announced(report: &mut Report, settings: &RelyingParty, document: &Value) {
    let texts = |values: &[String]| values.to_vec();
    let fixed = |value: &str| vec![value.to_owned()];
    let rows = [
        ("scopes_supported", texts(&settings.scopes), "PROCONNECT_SCOPES"),
        ("acr_values_supported", texts(&settings.accepted_acr), "PROCONNECT_ACR"),
        ("response_types_supported", fixed("code"), "the code flow"),
        ("code_challenge_methods_supported", fixed("S256"), "PKCE"),
        ("token_endpoint_auth_methods_supported", fixed("client_secret_post"), "the secret"),
    ];
    for (member, wanted, what) in rows {
        let Some(known) = names(document, member) else { continue };
        let unknown: Vec<_> =
            wanted.iter().map(String::as_str).filter(|value| !known.contains(value)).collect();
        if unknown.is_empty() {
            report.ok(format!("{what}: all in {member}"));
        } else {
            // Private values exist: the provider's last word is its answer.
            report.attention(format!("{what}: {} is not in {member}", unknown.join(", ")));
        }
    }
    if document["authorization_response_iss_parameter_supported"] != true {
        report.attention("answers do not name their issuer (RFC 9207)");
    }
}

async fn keys(
    report: &mut Report,
    settings: &RelyingParty,
    http: &BoundedClient,
    document: &Value,
) {
    let url = document["jwks_uri"].as_str().unwrap_or_default();
    let set: Option<Value> = match ask(http, get(url)).await {
        Ok(answer) => serde_json::from_slice(answer.body()).ok(),
        Err(_) => None,
    };
    let Some(set) = set else {
        report.error("the provider's keys cannot be read");
        return;
    };
    let kind = match settings.id_token_alg {
        SigningAlg::Rs256 => "RSA",
        SigningAlg::Es256 => "EC",
        SigningAlg::Hs256 => return,
    };
    let keys = set["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
    let usable = keys.iter().filter(|key| key["kty"] == kind && key["use"] != "enc").count();
    report.expect(
        usable > 0,
        format!("the provider publishes {usable} {kind} key(s) to verify with"),
        format!("the provider publishes no {kind} key to verify with"),
    );
}

/// A code that nobody gave is refused as such by whoever knows the client and its secret.
async fn credentials(
    report: &mut Report,
    settings: &RelyingParty,
    http: &BoundedClient,
    document: &Value,
) {
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "authorization_code")
        .append_pair("code", "check")
        .append_pair("redirect_uri", settings.redirect_uri.as_str())
        .append_pair("client_id", settings.client_id.as_str())
        .append_pair("client_secret", settings.client_secret.secret())
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(document["token_endpoint"].as_str().unwrap_or_default())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(form.into_bytes());
    let answer = ask(http, request.map_err(|_| HttpError::Broken)).await;
    let code = answer
        .ok()
        .and_then(|answer| serde_json::from_slice::<Value>(answer.body()).ok())
        .and_then(|body| body["error"].as_str().map(str::to_owned));
    match code.as_deref() {
        Some("invalid_grant") => report.ok("the provider knows the client and its secret"),
        Some("invalid_client") => {
            report.error("the provider refuses PROCONNECT_CLIENT_ID or PROCONNECT_CLIENT_SECRET");
        }
        _ => report.attention("whether the provider knows the client could not be found out"),
    }
}

fn names<'a>(document: &'a Value, member: &str) -> Option<Vec<&'a str>> {
    Some(document[member].as_array()?.iter().filter_map(Value::as_str).collect())
}

fn get(url: &str) -> Result<HttpRequest, HttpError> {
    let request = Request::builder().uri(url).header(header::ACCEPT, "application/json");
    request.body(Vec::new()).map_err(|_| HttpError::Broken)
}

async fn ask(
    http: &BoundedClient,
    request: Result<HttpRequest, HttpError>,
) -> Result<HttpResponse, HttpError> {
    http.send(request?).await
}
