//! The one place where a failure becomes an answer, and where it is logged.
//!
//! A person gets a page with a way on, a program gets `application/problem+json`; both get a stable
//! code and the request id, neither gets the cause, and nothing of the request is repeated.

use app::document::{ProblemPage, REQUEST_ID};
use app::i18n::Locale;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::request_context::RequestId;
use crate::audit::{About, Event};
use crate::auth::error::{ExchangeError, LoginError, UserinfoError};
use crate::auth::return_to::ReturnTo;
use crate::session::SessionError;
use crate::state::AppState;

/// A failure on its way to the browser.
pub struct Problem {
    page: ProblemPage,
    status: StatusCode,
    html: String,
    request_id: String,
    as_json: bool,
}

impl Problem {
    /// A sign-in that failed; the page proposes to try again towards the same place.
    pub fn login(
        state: &AppState,
        id: &RequestId,
        error: &LoginError,
        return_to: &ReturnTo,
    ) -> Self {
        let problem = Self::page(state, Some(id), login_page(error), return_to);
        let causes = causes(error);
        state.metrics.sign_in_finished(error.code(), error.reason());
        state.audit.record(id.origin(), Event::SignIn, error.code(), About::default());
        if problem.status.is_server_error() {
            tracing::error!(login.code = error.code(), causes, "sign-in failed");
        } else {
            tracing::info!(login.code = error.code(), causes, "sign-in not completed");
        }
        problem
    }

    /// The session store does not answer. Nobody is signed out by that.
    pub fn store(
        state: &AppState,
        id: &RequestId,
        error: &SessionError,
        return_to: &ReturnTo,
    ) -> Self {
        tracing::error!(causes = causes(error), "the session store failed");
        Self::page(state, Some(id), ProblemPage::ServiceUnavailable, return_to)
    }

    /// The request itself is wrong.
    pub fn bad_request(state: &AppState, id: &RequestId, code: &'static str) -> Self {
        tracing::info!(request.code = code, "bad request");
        Self::page(state, Some(id), ProblemPage::BadRequest, &ReturnTo::home())
    }

    /// A request of another site.
    pub fn forbidden(state: &AppState, request: &Request) -> Self {
        tracing::warn!("cross-site request refused");
        let id = request.extensions().get::<RequestId>();
        if let Some(id) = id {
            let code = ProblemPage::Forbidden.code();
            state.audit.record(id.origin(), Event::Refusal, code, About::default());
        }
        Self::page(state, id, ProblemPage::Forbidden, &ReturnTo::home())
            .json_if(wants_json(request.uri().path(), request.headers()))
    }

    /// A request too many.
    pub fn too_many(state: &AppState, request: &Request) -> Self {
        tracing::info!(request.code = "request.too_many", "an address asks too often");
        let id = request.extensions().get::<RequestId>();
        Self::page(state, id, ProblemPage::TooManyRequests, &ReturnTo::home())
            .json_if(wants_json(request.uri().path(), request.headers()))
    }

    /// A handler panicked.
    pub fn internal(state: &AppState) -> Self {
        Self::page(state, None, ProblemPage::Internal, &ReturnTo::home())
    }

    /// The same problem for a program.
    #[must_use]
    pub fn json_if(mut self, as_json: bool) -> Self {
        self.as_json = as_json;
        self
    }

    fn page(
        state: &AppState,
        id: Option<&RequestId>,
        page: ProblemPage,
        return_to: &ReturnTo,
    ) -> Self {
        Self {
            page,
            status: StatusCode::from_u16(page.status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            html: state.site.problem(page, locale_of(return_to.as_str()), &retry_link(return_to)),
            request_id: id.map(|id| id.as_str().to_owned()).unwrap_or_default(),
            as_json: false,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (content_type, body) = if self.as_json {
            let body = serde_json::json!({
                "type": "about:blank",
                "status": self.status.as_u16(),
                "code": self.page.code(),
                "request_id": self.request_id,
            });
            ("application/problem+json", body.to_string())
        } else {
            ("text/html; charset=utf-8", self.html.replace(REQUEST_ID, &self.request_id))
        };
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

/// Whether the caller is our own program, which reads codes rather than pages.
pub fn wants_json(path: &str, headers: &HeaderMap) -> bool {
    let accepts = |value: &HeaderValue| value.as_bytes().starts_with(b"application/json");
    path.starts_with("/api/") || headers.get("accept").is_some_and(accepts)
}

/// The language of the page at this path.
pub fn locale_of(path: &str) -> Locale {
    Locale::of_path(path)
}

/// The page of an unknown address.
pub fn not_found(state: &AppState, path: &str) -> Response {
    let document = app::document::not_found(locale_of(path));
    let html = state.site.fill(&document);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::NOT_FOUND, headers, html).into_response()
}

/// The answer to a method that a route does not have.
pub async fn method_not_allowed(State(state): State<AppState>, request: Request) -> Response {
    let id = request.extensions().get::<RequestId>();
    let mut problem = Problem::page(&state, id, ProblemPage::BadRequest, &ReturnTo::home());
    problem.status = StatusCode::METHOD_NOT_ALLOWED;
    problem.json_if(wants_json(request.uri().path(), request.headers())).into_response()
}

fn login_page(error: &LoginError) -> ProblemPage {
    match error {
        LoginError::MalformedCallback => ProblemPage::BadRequest,
        LoginError::UnknownAttempt | LoginError::ExpiredAttempt | LoginError::UsedAttempt => {
            ProblemPage::StateUnknown
        }
        LoginError::Cancelled => ProblemPage::Cancelled,
        LoginError::Refused => ProblemPage::ProviderRefused,
        LoginError::LevelRefused | LoginError::LevelInsufficient => ProblemPage::LevelInsufficient,
        LoginError::Provider(_)
        | LoginError::Exchange(ExchangeError::Http(_))
        | LoginError::Userinfo(UserinfoError::Http(_)) => ProblemPage::ProviderUnavailable,
        LoginError::IssuerMismatch
        | LoginError::Exchange(_)
        | LoginError::IdToken(_)
        | LoginError::Userinfo(_) => ProblemPage::AnswerInvalid,
    }
}

fn retry_link(return_to: &ReturnTo) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", return_to.as_str());
    format!("/auth/login?{}", query.finish())
}

/// The messages of an error's sources: sentences about what failed, never its data.
pub fn causes(error: &dyn std::error::Error) -> String {
    let mut texts = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        texts.push(cause.to_string());
        source = cause.source();
    }
    texts.join(": ")
}
