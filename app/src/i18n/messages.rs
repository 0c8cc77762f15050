//! The shape of the wording: one struct a page, one field a text.
//!
//! Invariant: no field is optional, so that a language is complete or does not compile.

use super::account::Account;
use super::protected::Protected;
use super::security::Security;
use super::session_end::SessionEnd;
use crate::routes::Page;
use crate::wire::ApiProblem;

/// All wording of one language.
#[derive(Debug)]
pub struct Messages {
    pub(crate) new_window: &'static str,
    pub(crate) header: Header,
    pub(crate) settings: Settings,
    pub(crate) connect: Connect,
    pub(crate) home: Home,
    pub(crate) sign_in: SignIn,
    pub(crate) account: Account,
    pub(crate) security: Security,
    pub(crate) sessions: Sessions,
    pub(crate) level: Level,
    pub(crate) protected: Protected,
    pub(crate) session_end: SessionEnd,
    pub(crate) api: Api,
}

impl Messages {
    /// The title of a page; nothing for a [`Page::Text`].
    pub(crate) fn title(&self, page: Page) -> &'static str {
        self.meta(page).map_or("", |meta| meta.title)
    }

    /// Title and description of a page; those of [`Page::Text`] are printed.
    pub(crate) const fn meta(&self, page: Page) -> Option<&Meta> {
        Some(match page {
            Page::Home => &self.home.meta,
            Page::SignIn => &self.sign_in.meta,
            Page::Account => &self.account.meta,
            Page::Identity => &self.account.identity.meta,
            Page::Organisation => &self.account.organisation.meta,
            Page::Security => &self.security.meta,
            Page::Sessions => &self.sessions.meta,
            Page::Protected => &self.protected.meta,
            Page::Text(_) => return None,
        })
    }
}

/// What every page has: its title and, in its document, a description for search engines.
#[derive(Debug)]
pub(crate) struct Meta {
    pub title: &'static str,
    #[cfg(feature = "ssr")]
    pub description: &'static str,
}

impl Meta {
    /// The browser's program has no use for the description, so it does not carry it.
    #[cfg_attr(not(feature = "ssr"), expect(unused_variables, reason = "only documents need it"))]
    pub(super) const fn new(title: &'static str, description: &'static str) -> Self {
        Self {
            title,
            #[cfg(feature = "ssr")]
            description,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Header {
    pub skip_links: &'static str,
    pub skip_to_content: &'static str,
    pub skip_to_footer: &'static str,
    pub navigation: &'static str,
    pub breadcrumb: &'static str,
    pub show_breadcrumb: &'static str,
    pub languages: &'static str,
    pub choose_language: &'static str,
    pub menu: &'static str,
    pub close: &'static str,
    pub sign_in: &'static str,
    pub sign_out: &'static str,
    pub signing_out: &'static str,
}

#[derive(Debug)]
pub(crate) struct Settings {
    pub title: &'static str,
    pub legend: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub system: &'static str,
    pub system_hint: &'static str,
    pub close: &'static str,
}

#[derive(Debug)]
pub(crate) struct Connect {
    pub login: &'static str,
    pub help: &'static str,
    pub help_title: &'static str,
}

#[derive(Debug)]
pub(crate) struct Home {
    pub meta: Meta,
    pub heading: &'static str,
    pub lead: &'static str,
    pub sign_in: &'static str,
    pub account: &'static str,
    pub points_heading: &'static str,
    pub points: [Point; 3],
}

#[derive(Debug)]
pub(crate) struct Point {
    pub title: &'static str,
    pub text: &'static str,
}

#[derive(Debug)]
pub(crate) struct SignIn {
    pub meta: Meta,
    pub heading: &'static str,
    pub who: &'static str,
    pub button_heading: &'static str,
    pub help_heading: &'static str,
    pub help: &'static str,
    pub already: &'static str,
    pub already_link: &'static str,
}

#[derive(Debug)]
pub(crate) struct Sessions {
    pub meta: Meta,
    pub lead: &'static str,
    pub loading: &'static str,
    pub needs_script: &'static str,
    pub anonymous: &'static str,
    pub failed_title: &'static str,
    pub current: &'static str,
    pub last_seen: &'static str,
    pub first_seen: &'static str,
    pub on: &'static str,
    pub unknown_device: &'static str,
    pub end: &'static str,
    pub end_question: &'static str,
    pub end_others: &'static str,
    pub end_others_question: &'static str,
    pub confirm: &'static str,
    pub cancel: &'static str,
    pub ending: &'static str,
    pub ended: &'static str,
    pub not_ended: &'static str,
    pub alone: &'static str,
}

#[derive(Debug)]
pub(crate) struct Level {
    pub declared: &'static str,
    pub declared_mfa: &'static str,
    pub checked: &'static str,
    pub checked_mfa: &'static str,
    pub substantial: &'static str,
    pub high: &'static str,
    pub manager: &'static str,
    pub other: &'static str,
    pub pwd: &'static str,
    pub mail: &'static str,
    pub otp: &'static str,
    pub pin: &'static str,
    pub pop: &'static str,
    pub hwk: &'static str,
    pub swk: &'static str,
    pub mfa: &'static str,
}

#[derive(Debug)]
pub(crate) struct Api {
    pub session_expired: &'static str,
    pub session_revoked: &'static str,
    pub signed_out: &'static str,
    pub ended_by_provider: &'static str,
    pub access_refused: &'static str,
    pub level_insufficient: &'static str,
    pub other_person: &'static str,
    pub provider_unavailable: &'static str,
    pub unavailable: &'static str,
    pub too_many_requests: &'static str,
    pub unreachable: &'static str,
    pub outdated: &'static str,
    pub internal: &'static str,
}

impl Api {
    /// What a problem means to the person.
    pub(crate) const fn text(&self, problem: ApiProblem) -> &'static str {
        match problem {
            ApiProblem::SignedOut => self.signed_out,
            ApiProblem::SessionExpired => self.session_expired,
            ApiProblem::SessionRevoked => self.session_revoked,
            ApiProblem::EndedByProvider => self.ended_by_provider,
            ApiProblem::AccessRefused => self.access_refused,
            ApiProblem::LevelInsufficient => self.level_insufficient,
            ApiProblem::OtherPerson => self.other_person,
            ApiProblem::ProviderUnavailable => self.provider_unavailable,
            ApiProblem::Unavailable => self.unavailable,
            ApiProblem::TooManyRequests => self.too_many_requests,
            ApiProblem::Unreachable => self.unreachable,
            ApiProblem::Outdated => self.outdated,
            ApiProblem::Unknown | ApiProblem::Internal => self.internal,
        }
    }
}
