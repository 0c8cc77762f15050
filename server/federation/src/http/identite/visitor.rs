//! Owns what every page of a person starts with: who asks, from which browser, whether they may
//! be here, and whether a form is one of ours.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::REFERER;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::{IntoResponse as _, Response};
use url::Url;

use super::{IdpError, IdpState};
use crate::http::input::{authorization, form, header};
use crate::http::output::see_other;
use crate::idp::{Account, Browser, IdpSession, Obstacle, Occasion, Rung};
use crate::protocol::Params;
use crate::provider::PageError;
use crate::secret::equal;
use crate::session::Session;

/// Somebody who asks for a page.
pub(super) struct Visitor {
    state: IdpState,
    pub(super) session: Option<Session<IdpSession>>,
    pub(super) browser: Browser,
    /// The page to come back to after signing in.
    way_back: Option<String>,
}

/// A visitor who may see the page.
pub(super) struct Visit {
    pub(super) session: Session<IdpSession>,
    pub(super) account: Account,
    pub(super) browser: Browser,
}

impl FromRequestParts<IdpState> for Visitor {
    type Rejection = IdpError;

    async fn from_request_parts(parts: &mut Parts, state: &IdpState) -> Result<Self, IdpError> {
        if authorization(&parts.headers).is_some() {
            return Err(PageError::Forbidden.into());
        }
        Ok(Self {
            session: state.session(&parts.headers).await?,
            browser: state.browser(&parts.headers),
            way_back: way_back(parts, state.idp.provider.issuer()),
            state: state.clone(),
        })
    }
}

impl Visitor {
    /// Whoever stands on the rung; everybody else is led to where they reach it.
    pub(super) async fn on(self, rung: Rung) -> Result<Visit, IdpError> {
        let Self { state, session, browser, way_back } = self;
        let mut session = match session {
            Some(session) => session,
            None => state.idp.sessions.begin(IdpSession::default()).await?,
        };
        let obstacle = state.idp.obstacle(&session, &browser, rung).await?;
        let account = state.idp.signed_in(&session).await?;
        match (obstacle, account) {
            (None, Some(account)) => Ok(Visit { session, account, browser }),
            (Some(obstacle @ Obstacle::VerifyEmail(_)), _) => {
                Err(IdpError::Detour(Box::new(detour(obstacle))))
            }
            (obstacle, _) => {
                // What is asked for now leads back to the page.
                session.data.return_path = way_back;
                state.idp.sessions.save(&session).await?;
                let next = detour(obstacle.unwrap_or(Obstacle::SignIn));
                Err(IdpError::Detour(Box::new(state.cookie.set(&session, next))))
            }
        }
    }

    /// Whoever may add a second factor.
    pub(super) async fn adding_a_factor(self) -> Result<Visit, IdpError> {
        let rung = match &self.session {
            Some(session) => self.state.idp.rung_for_adding(session, &self.browser).await?,
            None => Rung::Settings,
        };
        self.on(rung).await
    }

    /// The session in which a form was made.
    pub(super) fn own_form(&mut self, params: &Params) -> Result<Session<IdpSession>, IdpError> {
        let Some(session) = self.session.take() else {
            return Err(IdpError::Detour(Box::new(detour(Obstacle::SignIn))));
        };
        own_form(&session, params)?;
        Ok(session)
    }

    /// The visitor's session, or a new one.
    pub(super) async fn any_session(&mut self) -> Result<Session<IdpSession>, IdpError> {
        match self.session.take() {
            Some(session) => Ok(session),
            None => Ok(self.state.idp.sessions.begin(IdpSession::default()).await?),
        }
    }
}

/// Checks that a form was made for this session. The real one answers 403.
pub(super) fn own_form(session: &Session<IdpSession>, params: &Params) -> Result<(), IdpError> {
    let token = params.get("_csrf").unwrap_or_default();
    if equal(token, &session.data.csrf) { Ok(()) } else { Err(PageError::ForeignForm.into()) }
}

/// The fields of a form.
pub(super) struct Posted(pub(super) Params);

impl FromRequest<IdpState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &IdpState) -> Result<Self, Response> {
        let headers: HeaderMap = request.headers().clone();
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(axum::response::IntoResponse::into_response)?;
        let params =
            form(&headers, &body).map_err(|error| IdpError::from(error).into_response())?;
        Ok(Self(params))
    }
}

/// Where an obstacle is overcome.
pub(super) fn detour(obstacle: Obstacle) -> Response {
    see_other(match obstacle {
        Obstacle::SignIn => "/users/start-sign-in",
        Obstacle::SignInAgain => "/users/start-sign-in?notification=login_required",
        Obstacle::SecondFactor => "/users/2fa-sign-in",
        Obstacle::SecondFactorForSettings => "/users/2fa-sign-in?notification=2fa_required",
        Obstacle::Enrol => "/users/double-authentication-choice",
        Obstacle::VerifyEmail(Occasion::First) => "/users/verify-email",
        Obstacle::VerifyEmail(Occasion::Renewal) => {
            "/users/verify-email?notification=email_verification_renewal"
        }
        Obstacle::VerifyEmail(Occasion::UnknownBrowser) => {
            "/users/verify-email?notification=browser_not_trusted"
        }
    })
}

/// The page that was asked for, or the one that a form was sent from: a form is never sent again.
/// What a script asked for is no page either.
fn way_back(parts: &Parts, origin: &str) -> Option<String> {
    if parts.method == Method::GET && !parts.uri.path().starts_with("/api/") {
        return own_path(parts.uri.path_and_query()?.as_str());
    }
    let referrer = Url::parse(header(&parts.headers, REFERER)?).ok()?;
    let same = referrer.origin() == Url::parse(origin).ok()?.origin();
    own_path(&referrer[url::Position::BeforePath..url::Position::AfterQuery]).filter(|_| same)
}

/// A path that cannot lead to another origin.
fn own_path(path: &str) -> Option<String> {
    let own =
        path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    own.then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(method: &str, uri: &str, referrer: Option<&str>) -> Parts {
        let mut request = axum::http::Request::builder().method(method).uri(uri);
        if let Some(referrer) = referrer {
            request = request.header(REFERER, referrer);
        }
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn people_come_back_to_pages_of_ours_only() {
        let rows = [
            ("GET", "/personal-information?a=b", None, Some("/personal-information?a=b")),
            ("GET", "//evil.test/", None, None),
            ("GET", "/\\evil.test", None, None),
            ("GET", "/", Some("https://evil.test/x"), Some("/")),
            ("POST", "/users/a", Some("http://localhost:3200/b?c#d"), Some("/b?c")),
            ("GET", "/api/a", Some("http://localhost:3200/b"), Some("/b")),
            ("GET", "/api/a", None, None),
            ("POST", "/users/a", Some("http://localhost:3100/b"), None),
            ("POST", "/users/a", Some("https://localhost:3200/b"), None),
            ("POST", "/users/a", Some("http://localhost:3200//evil.test"), None),
            ("POST", "/users/a", Some("http://evil.test/b"), None),
            ("POST", "/users/a", Some("nonsense"), None),
            ("POST", "/users/a", None, None),
        ];
        for (method, uri, referrer, expected) in rows {
            let found = way_back(&parts(method, uri, referrer), "http://localhost:3200");
            assert_eq!(found.as_deref(), expected, "{method} {uri} {referrer:?}");
        }
    }
}
