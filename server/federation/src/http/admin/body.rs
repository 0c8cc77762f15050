//! Owns the reading of bodies: one JSON object, small, announced as JSON. The announcement also
//! keeps plain forms out, which any page could send.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;

use super::error::AdminError;
use crate::http::input::header;
use crate::registration::Object;

/// The body's object.
pub(super) struct JsonBody(pub(super) Object);

impl<S: Send + Sync> FromRequest<S> for JsonBody {
    type Rejection = AdminError;

    async fn from_request(request: Request, state: &S) -> Result<Self, AdminError> {
        let content_type = header(request.headers(), CONTENT_TYPE).unwrap_or_default();
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if !matches!(media_type, "application/json" | "application/merge-patch+json") {
            return Err(AdminError::NotJson);
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| AdminError::TooLarge)?;
        let object = serde_json::from_slice(&body);
        Ok(Self(object.map_err(|error| AdminError::Malformed(error.to_string()))?))
    }
}
