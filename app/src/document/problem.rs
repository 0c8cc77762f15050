//! The pages that say that a request of the server's own routes failed, and how to go on.
//!
//! Invariant: they need no program and no other request than the stylesheet; they show a stable code
//! and never a value that came with the request, but for a retry link that the server has validated.

mod en;
mod fr;

use leptos::prelude::*;

use super::{Document, Notice, plain};
use crate::components::PageHeading;
use crate::i18n::Locale;
use crate::routes::Page;

/// Where the server writes the request's id, escaped.
pub const REQUEST_ID: &str = "<!--request-id-->";

/// What went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemPage {
    /// The sign-in attempt is unknown, used or expired.
    StateUnknown,
    /// The person gave up at the provider (`access_denied`).
    Cancelled,
    /// The provider answered with another error.
    ProviderRefused,
    /// The provider does not answer.
    ProviderUnavailable,
    /// The provider's answer could not be verified.
    AnswerInvalid,
    /// The request makes no sense.
    BadRequest,
    /// The sign-in is below the level that was asked for.
    LevelInsufficient,
    /// The request came from another site.
    Forbidden,
    /// Too many requests in too little time.
    TooManyRequests,
    /// The session store does not answer.
    ServiceUnavailable,
    /// An unexpected failure.
    Internal,
}

/// The wording of one problem.
struct Text {
    title: &'static str,
    lead: &'static str,
    advice: &'static str,
}

impl ProblemPage {
    /// Every problem.
    pub const ALL: [Self; 11] = [
        Self::StateUnknown,
        Self::Cancelled,
        Self::ProviderRefused,
        Self::ProviderUnavailable,
        Self::AnswerInvalid,
        Self::BadRequest,
        Self::LevelInsufficient,
        Self::Forbidden,
        Self::TooManyRequests,
        Self::ServiceUnavailable,
        Self::Internal,
    ];

    /// The HTTP status to answer with, unless the server knows better.
    pub const fn status(self) -> u16 {
        match self {
            Self::StateUnknown | Self::Cancelled | Self::ProviderRefused | Self::BadRequest => 400,
            Self::LevelInsufficient | Self::Forbidden => 403,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::AnswerInvalid => 502,
            Self::ProviderUnavailable | Self::ServiceUnavailable => 503,
        }
    }

    /// The stable code that the page shows, for support.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StateUnknown => "login.state_unknown",
            Self::Cancelled => "login.cancelled",
            Self::ProviderRefused => "login.provider_refused",
            Self::ProviderUnavailable => "login.provider_unavailable",
            Self::AnswerInvalid => "login.answer_invalid",
            Self::BadRequest => "request.invalid",
            Self::LevelInsufficient => "login.level_insufficient",
            Self::Forbidden => "request.cross_site",
            Self::TooManyRequests => "request.too_many",
            Self::ServiceUnavailable => "service.unavailable",
            Self::Internal => "service.internal",
        }
    }

    const fn text(self, locale: Locale) -> &'static Text {
        match locale {
            Locale::Fr => fr::text(self),
            Locale::En => en::text(self),
        }
    }
}

/// The document of a problem. `retry` is a local path that the server has validated, such as
/// `/auth/login?return_to=%2Fcompte`.
pub fn problem(kind: ProblemPage, locale: Locale, retry: &str) -> Document {
    let text = kind.text(locale);
    let retry = retry.to_owned();
    let notice = Notice { locale, status: kind.status(), title: text.title, lead: text.lead };
    plain(&notice, move || view! { <Problem kind=kind locale=locale retry=retry/> })
}

#[component]
fn Problem(kind: ProblemPage, locale: Locale, retry: String) -> impl IntoView {
    let text = kind.text(locale);
    let common = match locale {
        Locale::Fr => &fr::COMMON,
        Locale::En => &en::COMMON,
    };
    view! {
        <div class="fr-container app-section app-narrow">
            <PageHeading text=text.title/>
            <p class="fr-text--lead">{text.lead}</p>
            <p>{text.advice}</p>
            <ul class="fr-btns-group fr-btns-group--inline-md">
                <li>
                    <a class="fr-btn" href=retry rel="external">
                        {common.retry}
                    </a>
                </li>
                <li>
                    <a class="fr-btn fr-btn--secondary" href=Page::Home.href(locale)>
                        {common.home}
                    </a>
                </li>
            </ul>
            <p class="fr-text--sm app-mention">
                {common.code}
                " "
                <code data-testid="problem-code">{kind.code()}</code>
                <br/>
                {common.request}
                " "
                <code data-testid="request-id" inner_html=REQUEST_ID></code>
            </p>
        </div>
    }
}

/// The wording that all problems share.
struct Common {
    retry: &'static str,
    home: &'static str,
    code: &'static str,
    request: &'static str,
}
