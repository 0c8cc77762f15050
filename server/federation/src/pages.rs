//! Owns the pages: for each template the values it shows. Text lives in the templates; escaping
//! is theirs, too.

mod demo;
pub(crate) mod developer;
mod franceconnect;
mod hub;
mod identite;
mod mail;

use askama::Template;
use axum::http::StatusCode;

use crate::protocol::AuthorizationResponse;
use crate::provider::PageError;

pub(crate) use demo::{DemoFormPage, DemoIndexPage, FormField, SignedOutOfPage};
pub(crate) use franceconnect::CitizensPage;
pub(crate) use hub::{
    AccessibilityPage, Choice, ChoicePage, CodeMail, CodeMailHtml, EmailCodePage, EmailPage,
    HubErrorPage, ReturnLink, SignedOutPage, TypedText,
};
pub(crate) use identite::{
    AccountInformationPage, Advice, AdvicePage, AdviceSettingsPage, AppChoicePage,
    AuthenticatorPage, AuthenticatorSettingsPage, ChangePasswordPage, ChooseContactPage,
    CodeByMail, CodeByMailHtml, ConfirmPage, ContactCodePage, FactorChoicePage,
    FactorChoiceSettingsPage, FactorReadyPage, FranceConnectPage, IdpHomePage, JoinPage,
    MagicLinkMail, MagicLinkMailHtml, MagicLinkPage, MagicLinkSentPage, ManageOrganisationsPage,
    Notice, PasskeyOffer, PasskeyPage, PasskeySettingsPage, PendingPage, PersonalInformationPage,
    RejectedPage, ResetMail, ResetMailHtml, ResetPasswordPage, RestrictedPage, Restriction,
    SecondFactorPage, SelectOrganisationPage, SettingsPage, SignInPage, SignUpPage, StartPage,
    SuggestionsPage, UncertifiedPage, VerifyEmailPage, WelcomeLeaderPage, WelcomePage,
};
pub(crate) use mail::{LetterHtml, LetterText, MailPage, MailRow, MailsPage, NoMailPage};

/// The form that carries an answer to a client by POST.
#[derive(Template)]
#[template(path = "form_post.html")]
pub(crate) struct FormPostPage<'a> {
    pub(crate) response: &'a AuthorizationResponse,
}

/// The error page of the demo administrations and of ProConnect Identité.
#[derive(Template)]
#[template(path = "error.html")]
pub(crate) struct PlainErrorPage {
    brand: &'static str,
    title: &'static str,
    text: &'static str,
    code: String,
    message: String,
    way_back: Option<ReturnLink>,
}

impl PlainErrorPage {
    /// The page and its status; what is not the person's fault is logged.
    pub(crate) fn new(brand: &'static str, error: &PageError) -> (StatusCode, Self) {
        if let PageError::Unexpected(source) = error {
            tracing::error!(error = source.as_ref(), "an identity provider failed");
        }
        let (status, title, text, code) = Self::wording(error);
        (status, Self { brand, title, text, code, message: error.to_string(), way_back: None })
    }

    /// Status, title, text and code.
    fn wording(error: &PageError) -> (StatusCode, &'static str, &'static str, String) {
        const FAILED: &str = "Une erreur est survenue.";
        match error {
            PageError::Malformed(_) => (
                StatusCode::BAD_REQUEST,
                FAILED,
                "La demande du service est incorrecte.",
                "invalid_request".to_owned(),
            ),
            PageError::Untrusted(error) => (
                StatusCode::BAD_REQUEST,
                "Erreur 400",
                "La demande du service est incorrecte.",
                error.error.to_string(),
            ),
            PageError::InteractionOver => (
                StatusCode::BAD_REQUEST,
                "Session expirée",
                "Fermez cette page et essayez de vous reconnecter depuis votre service.",
                "session_not_found".to_owned(),
            ),
            PageError::ForeignForm => (
                StatusCode::FORBIDDEN,
                FAILED,
                "Le formulaire a expiré. Revenez à la page précédente et recommencez.",
                "invalid_csrf_token".to_owned(),
            ),
            PageError::TooManyTries => (
                StatusCode::TOO_MANY_REQUESTS,
                "Accès temporairement limité.",
                "Vous avez fait trop de tentatives. Réessayez dans un quart d’heure environ.",
                "too_many_requests".to_owned(),
            ),
            PageError::LevelOutOfReach => (
                StatusCode::FORBIDDEN,
                "Erreur access_denied",
                "Le service demande un niveau d’authentification que votre compte ne permet pas \
                 d’atteindre.",
                "access_denied".to_owned(),
            ),
            PageError::MailNotSent => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Le courriel n’a pas pu être envoyé.",
                "Revenez à la page précédente et recommencez dans quelques instants.",
                "mail_not_sent".to_owned(),
            ),
            PageError::Forbidden => (
                StatusCode::FORBIDDEN,
                FAILED,
                "Cette page s’ouvre dans un navigateur.",
                "forbidden".to_owned(),
            ),
            PageError::Unprocessable => (
                StatusCode::UNPROCESSABLE_ENTITY,
                FAILED,
                "Cette demande ne peut pas aboutir. Revenez à la page précédente.",
                "unprocessable_entity".to_owned(),
            ),
            PageError::NotFound => (
                StatusCode::NOT_FOUND,
                "Page non trouvée",
                "La page que vous cherchez n’existe pas ou n’existe plus.",
                "not_found".to_owned(),
            ),
            PageError::Unexpected(_) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                FAILED,
                "Réessayez dans quelques instants.",
                "server_error".to_owned(),
            ),
        }
    }

    /// The same with a link to the service that waits.
    pub(crate) fn leading_back(self, way_back: Option<ReturnLink>) -> Self {
        Self { way_back, ..self }
    }
}
