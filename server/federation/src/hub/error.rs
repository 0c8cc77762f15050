//! Owns the errors that end a sign-in at the hub: for each the real code, status, texts, and
//! the OAuth error that the service receives if the person goes back to it.

use std::borrow::Cow;

use crate::protocol::{MalformedParams, OAuthError};
use crate::provider::PageError;
use crate::storage::StoreError;

/// Default title of the error page.
const NO_ACCESS: &str = "Accès impossible";
/// Default text of the error page.
const NO_ACCESS_TEXT: &str =
    "Nous n’arrivons pas à vous connecter à votre service en ligne pour l’instant.";
const EMAIL_REFUSED: &str = "Email non autorisé";

/// Why the hub cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HubError {
    #[error("{0}")]
    BadRequest(String),
    #[error("Cannot {method} {path}")]
    NotFound { method: String, path: String },
    #[error("{}", .0.error_description)]
    Rendered(OAuthError),
    #[error("session not found")]
    SessionNotFound,
    #[error("identity provider is disabled")]
    ProviderDisabled,
    #[error("identity provider was not found")]
    ProviderNotFound,
    #[error("{0}")]
    ProviderToken(String),
    #[error("{0}")]
    ProviderUserinfo(String),
    #[error("{0}")]
    ProviderIdToken(String),
    #[error("something went wrong")]
    ProviderUnreachable(#[source] crate::openid_client::UpstreamError),
    #[error("{error} ({description})")]
    ProviderRefused { error: String, description: String },
    #[error("csrf token is wrong")]
    CsrfWrong,
    #[error("csrf token is missing")]
    CsrfMissing,
    #[error("no identity provider for this domain")]
    NoProviderForDomain,
    #[error("{message}")]
    InvalidIdentity { message: String, ours: bool, support: Option<String> },
    #[error(
        "The user's roles are: []; the user is linked to the non-public organization: {label} \
         (SIRET: {siret})"
    )]
    NotPublic { label: String, siret: String },
    #[error("account is not active")]
    AccountInactive,
    #[error("email domain is not allowed for this service")]
    EmailNotAllowed { domains: Vec<String> },
    #[error("email domain is not allowed for this identity provider")]
    DomainNotAllowed,
    #[error("unexpected error")]
    Unexpected(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// An error together with the interaction that it ended, from which the person can go back
/// to the service.
#[derive(Debug)]
pub(crate) struct Stopped {
    pub(crate) error: HubError,
    pub(crate) interaction: Option<String>,
    pub(crate) parties: Box<Parties>,
}

/// Whom an error concerns, for the mail to the support.
#[derive(Debug, Default)]
pub(crate) struct Parties {
    /// The service's name.
    pub(crate) service: Option<String>,
    /// The identity provider's title.
    pub(crate) provider: Option<String>,
}

impl Stopped {
    /// Names whom the error concerns.
    pub(crate) fn between(self, service: String, provider: &str) -> Self {
        let (service, provider) = (Some(service), Some(provider.to_owned()));
        Self { parties: Box::new(Parties { service, provider }), ..self }
    }
}

impl HubError {
    /// Names the interaction that the error ended.
    pub(crate) fn at(self, interaction: &str) -> Stopped {
        Stopped { error: self, interaction: Some(interaction.to_owned()), parties: Box::default() }
    }

    /// ProConnect's code.
    pub(crate) fn code(&self) -> String {
        let code = match self {
            Self::BadRequest(_) => "Y000400",
            Self::NotFound { .. } => "Y000404",
            Self::Rendered(error) => {
                return format!("oidc-provider-rendered-error:{}", error.error);
            }
            Self::SessionNotFound => "oidc-provider-error:session-not-found",
            Self::ProviderDisabled => "Y020017",
            Self::ProviderNotFound => "Y020019",
            Self::ProviderToken(_) => "Y020026",
            Self::ProviderUserinfo(_) => "Y020027",
            Self::ProviderIdToken(_) => "Y020030",
            Self::ProviderUnreachable(_) => "Y020031",
            Self::ProviderRefused { .. } => "Y020032",
            Self::CsrfWrong => "Y470001",
            Self::CsrfMissing => "Y470002",
            Self::NoProviderForDomain => "Y500001",
            Self::InvalidIdentity { .. } => "Y500006",
            Self::NotPublic { .. } => "Y500015",
            Self::AccountInactive => "Y500024",
            Self::EmailNotAllowed { .. } => "Y500025",
            Self::DomainNotAllowed => "Y500027",
            Self::Unexpected(_) => "Y000500",
        };
        code.to_owned()
    }

    /// The code under which the partners' documentation still describes the error, or the
    /// name of the real system's exception, where that is known.
    pub(crate) fn alias(&self) -> Option<&'static str> {
        match self {
            Self::Rendered(error) if error.error == "invalid_redirect_uri" => Some("Y030031"),
            Self::Rendered(error)
                if error.error_description == "post_logout_redirect_uri not registered" =>
            {
                Some("Y030111")
            }
            Self::ProviderDisabled => Some("Y500017"),
            Self::InvalidIdentity { .. } => Some("CoreFcaInvalidIdentityException"),
            _ => None,
        }
    }

    /// The HTTP status.
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::ProviderUserinfo(_)
            | Self::ProviderUnreachable(_)
            | Self::ProviderRefused { .. } => 502,
            Self::ProviderNotFound
            | Self::ProviderIdToken(_)
            | Self::CsrfWrong
            | Self::CsrfMissing
            | Self::InvalidIdentity { ours: true, .. }
            | Self::Unexpected(_) => 500,
            _ => 400,
        }
    }

    /// Title of the error page.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "Page non trouvée",
            Self::ProviderDisabled => "Accès indisponible",
            Self::NotPublic { .. } | Self::EmailNotAllowed { .. } => EMAIL_REFUSED,
            _ => NO_ACCESS,
        }
    }

    /// Text of the error page.
    pub(crate) fn text(&self) -> Cow<'static, str> {
        let text = match self {
            Self::EmailNotAllowed { domains } => {
                return Cow::Owned(format!(
                    "Ce service n’accepte que les adresses email de ces domaines : {}.",
                    domains.join(", ")
                ));
            }
            Self::NotFound { .. } => "La page que vous cherchez n’existe pas ou n’existe plus.",
            Self::SessionNotFound => "Fermez cette page et essayez de vous reconnecter",
            Self::ProviderDisabled => {
                "Un incident technique est en cours. Merci de revenir plus tard."
            }
            Self::NoProviderForDomain => {
                "Votre adresse email ne correspond à aucun fournisseur d’identité. Créez un \
                 compte directement auprès du service."
            }
            Self::NotPublic { .. } => {
                "Ce service est réservé aux agents publics, et votre organisation n’est pas \
                 reconnue comme publique."
            }
            Self::AccountInactive => "Votre compte n’est plus actif.",
            _ => NO_ACCESS_TEXT,
        };
        Cow::Borrowed(text)
    }

    /// What the service is told when the person goes back to it; some errors offer no way
    /// back, because no service is known or none can be trusted.
    pub(crate) fn returned(&self) -> Option<OAuthError> {
        const TECHNICAL: &str =
            "authentication aborted due to a technical error on the authorization server";
        const CONFIGURATION: &str = "authentication aborted due to a configuration limitation";
        const IDENTITY: &str = "authentication aborted due to invalid identity";
        Some(match self {
            Self::BadRequest(_)
            | Self::NotFound { .. }
            | Self::Rendered(_)
            | Self::SessionNotFound
            | Self::Unexpected(_) => return None,
            Self::ProviderToken(_) | Self::ProviderRefused { .. } => {
                OAuthError::new("invalid_request", TECHNICAL)
            }
            Self::NotPublic { .. } | Self::AccountInactive => {
                OAuthError::new("access_denied", IDENTITY)
            }
            Self::EmailNotAllowed { .. } => OAuthError::new("access_denied", CONFIGURATION),
            _ => OAuthError::new("server_error", TECHNICAL),
        })
    }

    /// Whether to report the error helps more than to try again.
    pub(crate) fn is_for_support(&self) -> bool {
        matches!(self, Self::InvalidIdentity { .. })
    }

    /// Whom the page names, if not the federation's own support.
    pub(crate) fn support(&self) -> Option<&str> {
        match self {
            Self::InvalidIdentity { support, .. } => support.as_deref(),
            _ => None,
        }
    }
}

impl From<StoreError> for HubError {
    fn from(error: StoreError) -> Self {
        Self::Unexpected(Box::new(error))
    }
}

impl From<PageError> for HubError {
    fn from(error: PageError) -> Self {
        match error {
            PageError::Malformed(problems) => Self::BadRequest(problems.join(", ")),
            PageError::Untrusted(error) => Self::Rendered(error),
            other => Self::Unexpected(Box::new(other)),
        }
    }
}

impl From<MalformedParams> for HubError {
    fn from(error: MalformedParams) -> Self {
        Self::BadRequest(error.to_string())
    }
}

impl<E: Into<HubError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self { error: error.into(), interaction: None, parties: Box::default() }
    }
}
