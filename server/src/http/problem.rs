//! The one place where a failure becomes an answer, and where it is logged.
//!
//! A person gets a page with a way on, a program gets `application/problem+json`; both get a stable
//! code and the request id, neither gets the cause, and nothing of the request is repeated.

use app::document::{AccessRule, Details, ProblemPage, REQUEST_ID};
use app::i18n::Locale;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::request_context::RequestId;
use crate::audit::{About, Event};
use crate::auth::access;
use crate::auth::attempt::{LoginAttempt, LoginRequest};
use crate::auth::error::{ExchangeError, LoginError, UserinfoError};
use crate::auth::return_to::ReturnTo;
use crate::auth::siret::Siret;
use crate::session::SessionError;
use crate::state::AppState;

/// The step of signing out that goes to ProConnect.
pub const SIGN_OUT_AT_PROVIDER: &str = app::routes::SIGN_OUT_THERE;

/// The sign-in that failed, as far as its page has to know: how to start it again, and what stays.
#[derive(Debug, Clone)]
pub struct Way {
    /// Where the sign-in leads.
    pub return_to: ReturnTo,
    /// Levels that it asks for.
    acr: Vec<String>,
    /// The organisation that it is for.
    siret_hint: Option<Siret>,
    /// Whether a session goes on as it was.
    session_kept: bool,
    /// The language that was asked for, if not that of the page it leads to.
    locale: Option<Locale>,
}

impl Way {
    /// To the home page.
    pub fn home() -> Self {
        Self {
            return_to: ReturnTo::home(),
            acr: Vec::new(),
            siret_hint: None,
            session_kept: false,
            locale: None,
        }
    }

    /// What was asked.
    pub fn of(request: &LoginRequest) -> Self {
        let return_to = request.return_to.clone().unwrap_or_else(ReturnTo::home);
        let siret_hint = request.siret_hint.clone();
        Self { return_to, acr: request.acr.clone(), siret_hint, ..Self::home() }
    }

    /// What was attempted.
    pub fn of_attempt(attempt: &LoginAttempt) -> Self {
        Self {
            return_to: attempt.return_to().clone(),
            acr: attempt.required_acr().to_vec(),
            session_kept: attempt.step_up_of().is_some(),
            ..Self::home()
        }
    }

    /// The link that starts it again.
    pub fn link(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("return_to", self.return_to.as_str());
        if !self.acr.is_empty() {
            query.append_pair("acr", &self.acr.join(" "));
        }
        if let Some(siret) = &self.siret_hint {
            query.append_pair("siret_hint", siret.as_str());
        }
        format!("/auth/login?{}", query.finish())
    }
}

impl Way {
    /// With the pages of problems in this language.
    #[must_use]
    pub fn in_locale(mut self, locale: Option<Locale>) -> Self {
        self.locale = locale;
        self
    }

    fn details(&self) -> Details {
        Details {
            retry: self.link(),
            levels: self.acr.clone(),
            session_kept: self.session_kept,
            ..Details::default()
        }
    }
}

/// Whether ProConnect would answer the same again, as long as its session is that of this person.
pub fn leads_to_another_account(error: &LoginError) -> bool {
    matches!(error, LoginError::Access(_) | LoginError::OtherPerson)
}

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
    pub fn login(state: &AppState, id: &RequestId, error: &LoginError, way: &Way) -> Self {
        let mut details = way.details();
        if let LoginError::Access(refusal) = error {
            details.refusal = Some((access_rule(refusal.rule), refusal.value.clone()));
        }
        if leads_to_another_account(error) {
            details.another_account = Some(SIGN_OUT_AT_PROVIDER.to_owned());
        }
        let problem = Self::detailed(state, Some(id), login_page(error), (way, &details));
        let causes = causes(error);
        state.metrics.sign_in_finished(error.code(), error.reason());
        state.audit.record(id.origin(), Event::SignIn, error.code(), About::default());
        if let LoginError::Access(refusal) = error {
            let rule = refusal.rule.code();
            tracing::info!(event = "access_refused", access.rule = rule, "somebody may not enter");
        } else if problem.status.is_server_error() {
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
        let way = Way { return_to: return_to.clone(), ..Way::home() };
        Self::page(state, Some(id), ProblemPage::ServiceUnavailable, &way)
    }

    /// Our session is over, ProConnect's perhaps not.
    pub fn sign_out_unfinished(state: &AppState, id: &RequestId) -> Self {
        tracing::warn!(
            logout.code = "logout.unfinished",
            "the provider was not reached to sign out"
        );
        let details = Details { retry: SIGN_OUT_AT_PROVIDER.to_owned(), ..Details::default() };
        Self::detailed(state, Some(id), ProblemPage::SignOutUnfinished, (&Way::home(), &details))
    }

    /// The session store does not answer, so that our session goes on; ProConnect's can still end.
    pub fn sign_out_failed(state: &AppState, id: &RequestId, error: &SessionError) -> Self {
        let code = ProblemPage::SignOutFailed.code();
        tracing::error!(logout.code = code, causes = causes(error), "the session store failed");
        let details = Details { retry: SIGN_OUT_AT_PROVIDER.to_owned(), ..Details::default() };
        Self::detailed(state, Some(id), ProblemPage::SignOutFailed, (&Way::home(), &details))
    }

    /// The request itself is wrong.
    pub fn bad_request(state: &AppState, id: &RequestId, code: &'static str) -> Self {
        tracing::info!(request.code = code, "bad request");
        Self::page(state, Some(id), ProblemPage::BadRequest, &Way::home())
    }

    /// A request of another site.
    pub fn forbidden(state: &AppState, request: &Request) -> Self {
        tracing::warn!("cross-site request refused");
        let id = request.extensions().get::<RequestId>();
        if let Some(id) = id {
            let code = ProblemPage::Forbidden.code();
            state.audit.record(id.origin(), Event::Refusal, code, About::default());
        }
        Self::page(state, id, ProblemPage::Forbidden, &Way::home())
            .json_if(wants_json(request.uri().path(), request.headers()))
    }

    /// A request too many.
    pub fn too_many(state: &AppState, request: &Request) -> Self {
        tracing::info!(request.code = "request.too_many", "an address asks too often");
        let id = request.extensions().get::<RequestId>();
        Self::page(state, id, ProblemPage::TooManyRequests, &Way::home())
            .json_if(wants_json(request.uri().path(), request.headers()))
    }

    /// A handler panicked.
    pub fn internal(state: &AppState) -> Self {
        Self::page(state, None, ProblemPage::Internal, &Way::home())
    }

    /// The same problem for a program.
    #[must_use]
    pub fn json_if(mut self, as_json: bool) -> Self {
        self.as_json = as_json;
        self
    }

    fn page(state: &AppState, id: Option<&RequestId>, page: ProblemPage, way: &Way) -> Self {
        Self::detailed(state, id, page, (way, &way.details()))
    }

    fn detailed(
        state: &AppState,
        id: Option<&RequestId>,
        page: ProblemPage,
        (way, details): (&Way, &Details),
    ) -> Self {
        let locale = way.locale.unwrap_or_else(|| locale_of(way.return_to.as_str()));
        Self {
            page,
            status: StatusCode::from_u16(page.status())
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            html: state.site.problem(page, locale, details),
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
    let html = state.site.not_found(locale_of(path));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (StatusCode::NOT_FOUND, headers, html).into_response()
}

/// The answer to a method that a route does not have.
pub async fn method_not_allowed(State(state): State<AppState>, request: Request) -> Response {
    let id = request.extensions().get::<RequestId>();
    let mut problem = Problem::page(&state, id, ProblemPage::BadRequest, &Way::home());
    problem.status = StatusCode::METHOD_NOT_ALLOWED;
    problem.json_if(wants_json(request.uri().path(), request.headers())).into_response()
}

fn access_rule(rule: access::AccessRule) -> AccessRule {
    match rule {
        access::AccessRule::Role => AccessRule::Role,
        access::AccessRule::EmailDomain => AccessRule::EmailDomain,
        access::AccessRule::Siret => AccessRule::Siret,
        access::AccessRule::IdentityProvider => AccessRule::IdentityProvider,
    }
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
        LoginError::OtherPerson => ProblemPage::OtherPerson,
        LoginError::Access(_) => ProblemPage::AccessRefused,
        LoginError::Provider(_)
        | LoginError::Exchange(ExchangeError::Http(_))
        | LoginError::Userinfo(UserinfoError::Http(_)) => ProblemPage::ProviderUnavailable,
        LoginError::IssuerMismatch
        | LoginError::Exchange(_)
        | LoginError::IdToken(_)
        | LoginError::Userinfo(_) => ProblemPage::AnswerInvalid,
    }
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
