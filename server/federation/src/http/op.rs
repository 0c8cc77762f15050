//! Owns the back-channel endpoints of a provider, the same for all of them: discovery, keys,
//! token, userinfo, introspection, revocation.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::input::{authorization, bearer, form, header};
use crate::events::Event;
use crate::protocol::{MalformedParams, OAuthError};
use crate::provider::{Answer, Failure, Provider};

const INTROSPECTION_JWT: &str = "application/token-introspection+jwt";

/// The routes below the issuer.
pub(super) fn routes(provider: Arc<Provider>) -> Router {
    let endpoints = &provider.dialect().endpoints;
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route(endpoints.jwks, get(jwks))
        .route(endpoints.token, post(token))
        .route(endpoints.userinfo, get(userinfo).post(userinfo))
        .route(endpoints.introspection, post(introspection))
        .route(endpoints.revocation, post(revocation))
        .with_state(provider)
}

/// Why a back-channel request fails.
struct BackChannelError {
    failure: Failure,
    /// The scheme that the client should have used, if that is what is wrong.
    challenge: Option<String>,
}

impl<E: Into<Failure>> From<E> for BackChannelError {
    fn from(failure: E) -> Self {
        Self { failure: failure.into(), challenge: None }
    }
}

async fn discovery(State(provider): State<Arc<Provider>>) -> Response {
    ([(CACHE_CONTROL, "public, max-age=600")], Json(provider.discovery())).into_response()
}

async fn jwks(State(provider): State<Arc<Provider>>) -> Response {
    let headers = [
        (CACHE_CONTROL, "public, max-age=600"),
        (CONTENT_TYPE, "application/jwk-set+json; charset=utf-8"),
    ];
    (headers, Json(provider.jwks())).into_response()
}

async fn token(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    provider.record(Event::SpRequestedToken);
    let params = form(&headers, &body).map_err(malformed)?;
    let result = provider.token(&params, authorization(&headers)).await;
    Ok(Json(result.map_err(|failure| client_error(failure, &provider, &headers))?).into_response())
}

async fn userinfo(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
) -> Result<Response, BackChannelError> {
    provider.record(Event::SpRequestedUserinfo);
    match provider.userinfo(bearer(&headers)).await {
        Ok(Answer::Json(claims)) => Ok(Json(claims).into_response()),
        Ok(Answer::Jwt(token)) => {
            Ok(([(CONTENT_TYPE, "application/jwt; charset=utf-8")], token).into_response())
        }
        Err(Failure::Protocol(error)) => {
            let challenge = format!(
                "Bearer realm=\"{}\", error=\"{}\", error_description=\"{}\"",
                provider.issuer(),
                error.error,
                error.error_description
            );
            Err(BackChannelError { failure: error.into(), challenge: Some(challenge) })
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn introspection(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    let params = form(&headers, &body).map_err(malformed)?;
    let accepts_jwt = header(&headers, ACCEPT).is_some_and(|a| a.contains(INTROSPECTION_JWT));
    let result = provider.introspect(&params, authorization(&headers), accepts_jwt).await;
    match result.map_err(|failure| client_error(failure, &provider, &headers))? {
        Answer::Json(state) => Ok(Json(state).into_response()),
        Answer::Jwt(token) => {
            let content_type = format!("{INTROSPECTION_JWT}; charset=utf-8");
            Ok(([(CONTENT_TYPE, content_type)], token).into_response())
        }
    }
}

async fn revocation(
    State(provider): State<Arc<Provider>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    let params = form(&headers, &body).map_err(malformed)?;
    let result = provider.revoke(&params, authorization(&headers)).await;
    result.map_err(|failure| client_error(failure, &provider, &headers))?;
    Ok(StatusCode::OK.into_response())
}

fn malformed(error: MalformedParams) -> OAuthError {
    OAuthError::invalid_request(error.to_string())
}

/// A client that tried the `Authorization` header is told which realm refused it (RFC 6749 §5.2).
fn client_error(failure: Failure, provider: &Provider, headers: &HeaderMap) -> BackChannelError {
    let challenge = authorization(headers)
        .filter(|_| matches!(&failure, Failure::Protocol(e) if e.error == "invalid_client"))
        .map(|_| format!("Basic realm=\"{}\"", provider.issuer()));
    BackChannelError { failure, challenge }
}

impl axum::response::IntoResponse for BackChannelError {
    fn into_response(self) -> Response {
        let error = match self.failure {
            Failure::Protocol(error) => error,
            internal => {
                tracing::error!(error = &internal as &dyn std::error::Error, "request failed");
                let error = OAuthError::new("server_error", "oops! something went wrong");
                return (StatusCode::INTERNAL_SERVER_ERROR, Json(error)).into_response();
            }
        };
        let status = match error.error.as_ref() {
            "invalid_client" | "invalid_token" => StatusCode::UNAUTHORIZED,
            "insufficient_scope" => StatusCode::FORBIDDEN,
            _ => StatusCode::BAD_REQUEST,
        };
        tracing::info!(error = %error.error, reason = %error.error_description, "request refused");
        let challenge = self.challenge.map(|challenge| [(WWW_AUTHENTICATE, challenge)]);
        (status, challenge, Json(error)).into_response()
    }
}
