//! Owns the back-channel endpoints of a provider, the same for all of them: discovery, keys,
//! token, userinfo, introspection, revocation.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use super::input::{authorization, bearer, form, header};
use crate::protocol::{Checklist, Endpoints, MalformedParams, OAuthError};
use crate::provider::{Answer, Failure, Provider};
use crate::trail::{Endpoint, Event, Occurrence, Outcome};

const INTROSPECTION_JWT: &str = "application/token-introspection+jwt";

/// The provider that a request is for.
pub(super) struct Op(pub(super) Arc<Provider>);

/// A server with one provider.
impl<S: Sync> FromRequestParts<S> for Op
where
    Arc<Provider>: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, state: &S) -> Result<Self, Infallible> {
        Ok(Self(Arc::from_ref(state)))
    }
}

/// The routes below the issuer.
pub(super) fn routes<S>(endpoints: &'static Endpoints) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Op: FromRequestParts<S>,
{
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route(endpoints.jwks, get(jwks))
        .route(endpoints.token, post(token))
        .route(endpoints.userinfo, get(userinfo).post(userinfo))
        .route(endpoints.introspection, post(introspection))
        .route(endpoints.revocation, post(revocation))
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

async fn discovery(Op(provider): Op) -> Response {
    ([(CACHE_CONTROL, "public, max-age=600")], Json(provider.discovery())).into_response()
}

async fn jwks(Op(provider): Op) -> Result<Response, BackChannelError> {
    let headers = [
        (CACHE_CONTROL, "public, max-age=600"),
        (CONTENT_TYPE, "application/jwk-set+json; charset=utf-8"),
    ];
    Ok((headers, Json(provider.jwks().await?)).into_response())
}

async fn token(
    Op(provider): Op,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    let params = form(&headers, &body).map_err(malformed)?;
    record(&provider, Event::SpRequestedToken, params.non_empty("client_id"));
    let mut checklist = Checklist::default();
    let result = provider.token(&params, authorization(&headers), &mut checklist).await;
    report(&provider, (Endpoint::Token, params.non_empty("client_id")), checklist, &result);
    Ok(Json(result.map_err(|failure| client_error(failure, &provider, &headers))?).into_response())
}

async fn userinfo(Op(provider): Op, headers: HeaderMap) -> Result<Response, BackChannelError> {
    record(&provider, Event::SpRequestedUserinfo, None);
    let mut checklist = Checklist::default();
    let result = provider.userinfo(bearer(&headers), &mut checklist).await;
    report(&provider, (Endpoint::Userinfo, None), checklist, &result);
    match result {
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
    Op(provider): Op,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    let params = form(&headers, &body).map_err(malformed)?;
    let accepts_jwt = header(&headers, ACCEPT).is_some_and(|a| a.contains(INTROSPECTION_JWT));
    let mut checklist = Checklist::default();
    let result =
        provider.introspect(&params, authorization(&headers), accepts_jwt, &mut checklist).await;
    report(&provider, (Endpoint::Introspection, params.non_empty("client_id")), checklist, &result);
    match result.map_err(|failure| client_error(failure, &provider, &headers))? {
        Answer::Json(state) => Ok(Json(state).into_response()),
        Answer::Jwt(token) => {
            let content_type = format!("{INTROSPECTION_JWT}; charset=utf-8");
            Ok(([(CONTENT_TYPE, content_type)], token).into_response())
        }
    }
}

async fn revocation(
    Op(provider): Op,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, BackChannelError> {
    let params = form(&headers, &body).map_err(malformed)?;
    let mut checklist = Checklist::default();
    let result = provider.revoke(&params, authorization(&headers), &mut checklist).await;
    report(&provider, (Endpoint::Revocation, params.non_empty("client_id")), checklist, &result);
    result.map_err(|failure| client_error(failure, &provider, &headers))?;
    Ok(StatusCode::OK.into_response())
}

fn record(provider: &Provider, event: Event, client_id: Option<&str>) {
    if let Some(trail) = provider.trail() {
        let occurrence = Occurrence::of(event);
        trail.record(match client_id.filter(|id| provider.client(id).is_some()) {
            Some(known) => occurrence.for_service(known),
            None => occurrence,
        });
    }
}

fn report<T>(
    provider: &Provider,
    (endpoint, client_id): (Endpoint, Option<&str>),
    checklist: Checklist,
    result: &Result<T, Failure>,
) {
    let outcome = match result {
        Ok(_) => Outcome::Accepted,
        Err(Failure::Protocol(error)) => Outcome::refused(error),
        Err(_) => Outcome::Failed,
    };
    provider.report(endpoint, client_id, checklist, outcome);
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
