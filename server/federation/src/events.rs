//! Owns the events of a sign-in, under the names that the real federation logs. No event
//! carries personal data; a session is named by part of its identifier's hash.

use crate::secret::TokenHash;

/// A step of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    AuthorizeInitiated,
    ShowedIdpChoice,
    SsoInitiated,
    RedirectedToHintedIdp,
    RedirectedToHintedLogin,
    IdpChosen,
    IdpCalledBack,
    RequestedIdpToken,
    RequestedIdpUserinfo,
    Verified,
    IdpDisabled,
    SpRequestedToken,
    SpRequestedUserinfo,
    SpRequestedLogout,
    RequestedLogoutFromIdp,
    SessionTerminated,
}

impl Event {
    /// The name in the log.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::AuthorizeInitiated => "FC_AUTHORIZE_INITIATED",
            Self::ShowedIdpChoice => "FC_SHOWED_IDP_CHOICE",
            Self::SsoInitiated => "FC_SSO_INITIATED",
            Self::RedirectedToHintedIdp => "FC_REDIRECTED_TO_HINTED_IDP",
            Self::RedirectedToHintedLogin => "FC_REDIRECTED_TO_HINTED_LOGIN",
            Self::IdpChosen => "IDP_CHOSEN",
            Self::IdpCalledBack => "IDP_CALLEDBACK",
            Self::RequestedIdpToken => "FC_REQUESTED_IDP_TOKEN",
            Self::RequestedIdpUserinfo => "FC_REQUESTED_IDP_USERINFO",
            Self::Verified => "FC_VERIFIED",
            Self::IdpDisabled => "FC_IDP_DISABLED",
            Self::SpRequestedToken => "SP_REQUESTED_FC_TOKEN",
            Self::SpRequestedUserinfo => "SP_REQUESTED_FC_USERINFO",
            Self::SpRequestedLogout => "SP_REQUESTED_LOGOUT",
            Self::RequestedLogoutFromIdp => "FC_REQUESTED_LOGOUT_FROM_IDP",
            Self::SessionTerminated => "FC_SESSION_TERMINATED",
        }
    }

    /// Logs the event; `session` is unknown on the back channel.
    pub(crate) fn record(self, session: Option<&TokenHash>) {
        let session_id = session.map(TokenHash::short);
        tracing::info!(event = self.name(), session_id, "{}", self.name());
    }
}
