//! The hub's error page: the one place where its errors become answers and are logged.

use axum::extract::{OriginalUri, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::HubState;
use crate::http::output::page;
use crate::hub::{HubError, Stopped};
use crate::pages::{HubErrorPage, ReturnLink};

/// An error on its way to the page.
pub(in crate::http) struct ErrorPage {
    stopped: Stopped,
    support: String,
}

impl ErrorPage {
    pub(super) fn new(stopped: Stopped, support: String) -> Self {
        Self { stopped, support }
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        let Stopped { error, interaction, parties } = self.stopped;
        let id = uuid::Uuid::new_v4().to_string();
        let code = error.code();
        let status =
            StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let HubError::Unexpected(source) = &error {
            tracing::error!(code, id, error = source.as_ref(), "the federation failed");
        } else {
            tracing::info!(code, id, "sign-in stopped");
        }
        let return_link = error
            .returned()
            .zip(interaction)
            .map(|(returned, interaction)| ReturnLink::new(super::PREFIX, &interaction, &returned));
        let support = error.support().map_or(self.support, str::to_owned);
        page(status, &HubErrorPage::new(&error, id, (&support, &parties), return_link))
    }
}

/// Unknown paths, and known ones with another method.
pub(super) async fn not_found(
    State(state): State<HubState>,
    method: Method,
    OriginalUri(uri): OriginalUri,
) -> ErrorPage {
    state.error(HubError::NotFound { method: method.to_string(), path: uri.path().to_owned() })
}
