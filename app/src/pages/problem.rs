//! The pages that say that a request of the server's own routes failed, and how to go on.
//!
//! Invariant: they need no program and no other request than the stylesheet; they show a stable code
//! and, of what came with the request, only what the server has validated, escaped.
#![cfg_attr(
    not(feature = "ssr"),
    expect(dead_code, reason = "the gallery shows states, not statuses")
)]

mod en;
mod fr;

use leptos::prelude::*;

use crate::components::{ButtonKind, ButtonLink, ConnectButton, PageHeading};
use crate::i18n::{Locale, use_locale};
use crate::level;
use crate::live::live;
use crate::routes::Page;

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
    /// The person may not enter.
    AccessRefused,
    /// ProConnect could not be reached to sign out there.
    SignOutUnfinished,
    /// The session store could not be reached to sign out here.
    SignOutFailed,
    /// Another person came back than the one whose level was to be raised.
    OtherPerson,
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
    pub const ALL: [Self; 15] = [
        Self::StateUnknown,
        Self::Cancelled,
        Self::ProviderRefused,
        Self::ProviderUnavailable,
        Self::AnswerInvalid,
        Self::BadRequest,
        Self::LevelInsufficient,
        Self::OtherPerson,
        Self::AccessRefused,
        Self::SignOutUnfinished,
        Self::SignOutFailed,
        Self::Forbidden,
        Self::TooManyRequests,
        Self::ServiceUnavailable,
        Self::Internal,
    ];

    /// Whether signing in is the way on, rather than asking again for what failed.
    const fn is_about_signing_in(self) -> bool {
        matches!(
            self,
            Self::StateUnknown
                | Self::Cancelled
                | Self::ProviderRefused
                | Self::ProviderUnavailable
                | Self::AnswerInvalid
                | Self::LevelInsufficient
                | Self::OtherPerson
        )
    }

    /// The HTTP status to answer with, unless the server knows better.
    pub const fn status(self) -> u16 {
        match self {
            Self::StateUnknown | Self::Cancelled | Self::ProviderRefused | Self::BadRequest => 400,
            Self::LevelInsufficient | Self::OtherPerson | Self::AccessRefused | Self::Forbidden => {
                403
            }
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::AnswerInvalid => 502,
            Self::ProviderUnavailable
            | Self::SignOutUnfinished
            | Self::SignOutFailed
            | Self::ServiceUnavailable => 503,
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
            Self::OtherPerson => "login.other_person",
            Self::AccessRefused => "access.refused",
            Self::SignOutUnfinished => "logout.unfinished",
            Self::SignOutFailed => "logout.failed",
            Self::Forbidden => "request.cross_site",
            Self::TooManyRequests => "request.too_many",
            Self::ServiceUnavailable => "service.unavailable",
            Self::Internal => "service.internal",
        }
    }

    /// Its title and its first sentence.
    pub(crate) const fn heading(self, locale: Locale) -> (&'static str, &'static str) {
        let text = self.text(locale);
        (text.title, text.lead)
    }

    const fn text(self, locale: Locale) -> &'static Text {
        match locale {
            Locale::Fr => fr::text(self),
            Locale::En => en::text(self),
        }
    }
}

/// What a problem's page says beyond its kind, all of it validated by the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The local path that starts again, such as `/auth/login?return_to=%2Fcompte`.
    pub retry: String,
    /// Levels of which the sign-in asks for one, as values of `acr`.
    pub levels: Vec<String>,
    /// Whether a session goes on as it was before.
    pub session_kept: bool,
    /// The rule of access that does not hold, and what the person has instead.
    pub refusal: Option<(AccessRule, Option<String>)>,
    /// The local path that ends ProConnect's session, to come back as somebody else.
    pub another_account: Option<String>,
}

/// A kind of rule about who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessRule {
    /// About roles.
    Role,
    /// About the domain of the address.
    EmailDomain,
    /// About the organisation.
    Siret,
    /// About the identity provider.
    IdentityProvider,
}

impl AccessRule {
    const fn text(self, common: &Common) -> &'static str {
        match self {
            Self::Role => common.role,
            Self::EmailDomain => common.email_domain,
            Self::Siret => common.siret,
            Self::IdentityProvider => common.identity_provider,
        }
    }
}

/// The content of a problem's page.
#[component]
pub(crate) fn Problem(
    kind: ProblemPage,
    details: Details,
    /// The request's id, as HTML.
    request_id: &'static str,
) -> impl IntoView {
    let locale = use_locale();
    let text = kind.text(locale);
    let common = common(locale);
    // One button is the most useful.
    let retry_class =
        if details.another_account.is_some() { "fr-btn fr-btn--secondary" } else { "fr-btn" };
    let sign_in = kind.is_about_signing_in() && details.another_account.is_none();
    let retry = details.retry.clone();
    let button = sign_in.then(|| view! { <ConnectButton href=live(move || retry.clone())/> });
    let retry = (!sign_in).then(|| {
        view! {
            <li>
                <a class=retry_class href=details.retry rel="external">
                    {common.retry}
                </a>
            </li>
        }
    });
    view! {
        <div class="fr-container app-section app-narrow">
            <PageHeading text=text.title/>
            <p class="fr-text--lead">{text.lead}</p>
            {(kind == ProblemPage::LevelInsufficient).then(|| levels(locale, &details.levels))}
            {details.refusal.map(|(rule, value)| refusal(common, rule, value))}
            {details.session_kept.then_some(view! { <p>{common.session_kept}</p> })}
            <p>{text.advice}</p>
            {button}
            <ul class="fr-btns-group fr-btns-group--inline-md">
                {details.another_account.map(|href| {
                    view! {
                        <li>
                            <a class="fr-btn" href=href rel="external">
                                {common.another_account}
                            </a>
                        </li>
                    }
                })}
                {retry}
                <li>
                    <ButtonLink
                        kind=ButtonKind::Secondary
                        href=Page::Home.href(locale)
                        label=common.home
                    />
                </li>
            </ul>
            <p class="fr-text--sm app-mention">
                {common.code}
                " "
                <code data-testid="problem-code">{kind.code()}</code>
                <br/>
                {common.request}
                " "
                <code data-testid="request-id" inner_html=request_id></code>
            </p>
        </div>
    }
}

/// The levels that are asked for, in words, each with the value that support knows.
fn levels(locale: Locale, levels: &[String]) -> Option<impl IntoView + use<>> {
    let common = common(locale);
    let items: Vec<_> = levels
        .iter()
        .map(|acr| {
            let words = level::acr_in_words(&locale.messages().level, acr);
            view! { <li>{words}" "<code class="app-code">{acr.clone()}</code></li> }
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <p>{common.levels}</p>
            <ul>{items}</ul>
        }
    })
}

/// The rule that does not hold, and what the person has instead.
fn refusal(common: &Common, rule: AccessRule, value: Option<String>) -> impl IntoView + use<> {
    view! {
        <p>
            {rule.text(common)}
            " "
            <strong class="app-value" data-testid="refused-value">
                {value.unwrap_or_else(|| common.nothing.to_owned())}
            </strong>
        </p>
    }
}

const fn common(locale: Locale) -> &'static Common {
    match locale {
        Locale::Fr => &fr::COMMON,
        Locale::En => &en::COMMON,
    }
}

/// The wording that all problems share.
struct Common {
    role: &'static str,
    email_domain: &'static str,
    siret: &'static str,
    identity_provider: &'static str,
    nothing: &'static str,
    another_account: &'static str,
    levels: &'static str,
    session_kept: &'static str,
    retry: &'static str,
    home: &'static str,
    code: &'static str,
    request: &'static str,
}
