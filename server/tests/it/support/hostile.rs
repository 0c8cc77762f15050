//! Answers that no provider gives, but somebody in its place might.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;

use super::provider::ScriptedProvider;

/// What an endpoint does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hostile {
    /// Accepts the request and says nothing.
    Silence,
    /// One byte of the body after the other, slowly and for ever.
    Drip,
    /// Chunks without end.
    Endless,
    /// A small body that unpacks to a large one.
    Bomb,
    /// 64 kB of headers.
    Headers,
    /// A document of 10 MB.
    Large,
    /// A redirect to the keys.
    Redirect,
    /// A web page, with status 200.
    Page,
    /// An error with `Retry-After`.
    Later(u16),
}

/// Lets an endpoint misbehave as the fault says.
pub(super) async fn instead(
    State(provider): State<ScriptedProvider>,
    request: Request,
    next: Next,
) -> Response {
    match provider.hostility(request.uri().path()) {
        Some(hostile) => hostile.answer().await,
        None => next.run(request).await,
    }
}

impl Hostile {
    async fn answer(self) -> Response {
        let json = [(header::CONTENT_TYPE, "application/json")];
        match self {
            Self::Silence => std::future::pending().await,
            Self::Drip => {
                let bytes = stream::unfold((), |()| async {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
                });
                (json, Body::from_stream(bytes)).into_response()
            }
            Self::Endless => {
                let chunk = Bytes::from(vec![b' '; 64 << 10]);
                let chunks = stream::repeat_with(move || Ok::<_, Infallible>(chunk.clone()));
                (json, Body::from_stream(chunks)).into_response()
            }
            Self::Bomb => {
                let packed = [(header::CONTENT_ENCODING, "gzip")];
                (json, packed, include_bytes!("bomb.json.gz").as_slice()).into_response()
            }
            Self::Headers => {
                let value = HeaderValue::try_from("x".repeat(8 << 10)).unwrap();
                let names = ["x-a", "x-b", "x-c", "x-d", "x-e", "x-f", "x-g", "x-h"];
                let mut response = (json, "{").into_response();
                for name in names {
                    response.headers_mut().insert(name, value.clone());
                }
                response
            }
            Self::Large => (json, vec![b' '; 10 << 20]).into_response(),
            Self::Redirect => {
                (StatusCode::FOUND, [(header::LOCATION, "/api/v2/jwks")]).into_response()
            }
            Self::Page => {
                ([(header::CONTENT_TYPE, "text/html")], "<html>Maintenance</html>").into_response()
            }
            Self::Later(status) => {
                (StatusCode::from_u16(status).unwrap(), [(header::RETRY_AFTER, "120")])
                    .into_response()
            }
        }
    }
}
