//! Giving tokens back that nobody needs any more (RFC 7009).
//!
//! Invariant: nobody waits for it, and it never fails anything: tokens also end by themselves.

use std::sync::Arc;
use std::time::Duration;

use openidconnect::http::{Method, Request, StatusCode, header};
use url::form_urlencoded;

use super::exchange::Tokens;
use super::provider::{Provider, Ready};

/// For both tokens together.
const DEADLINE: Duration = Duration::from_secs(10);

/// Gives the tokens back, beside whatever goes on.
pub fn revoke_in_background(provider: &Arc<Provider>, tokens: Tokens) {
    let provider = Arc::clone(provider);
    tokio::spawn(async move {
        match tokio::time::timeout(DEADLINE, revoke(&provider, &tokens)).await {
            Ok(true) => tracing::info!(event = "tokens_revoked", "tokens given back"),
            Ok(false) => tracing::warn!(token.code = "revocation.failed", "tokens not given back"),
            Err(_) => tracing::warn!(token.code = "revocation.late", "tokens not given back"),
        }
    });
}

async fn revoke(provider: &Provider, tokens: &Tokens) -> bool {
    let Ok(ready) = provider.ready().await else { return false };
    let refresh = tokens.refresh_token.as_deref().map(|token| (token, "refresh_token"));
    let mut all_revoked = true;
    // The refresh token first: with it, others could be had.
    for (token, kind) in refresh.into_iter().chain([(tokens.access_token.as_str(), "access_token")])
    {
        all_revoked &= revoke_one(provider, &ready, token, kind).await;
    }
    all_revoked
}

async fn revoke_one(provider: &Provider, ready: &Ready, token: &str, kind: &str) -> bool {
    let Some(endpoint) = &ready.revocation_endpoint else { return true };
    let settings = provider.settings();
    let body = form_urlencoded::Serializer::new(String::new())
        .append_pair("token", token)
        .append_pair("token_type_hint", kind)
        .append_pair("client_id", settings.client_id.as_str())
        .append_pair("client_secret", settings.client_secret.secret())
        .finish();
    let request = Request::builder()
        .method(Method::POST)
        .uri(endpoint.as_str())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body.into_bytes());
    match request {
        Ok(request) => provider
            .http()
            .send(request)
            .await
            .is_ok_and(|response| response.status() == StatusCode::OK),
        Err(_) => false,
    }
}
