//! Owns the events of a sign-in, under the names that the real federation logs. No event
//! carries personal data; a session is named by part of its identifier's hash.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

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
}

/// An event with what it happened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Occurrence {
    event: Event,
    session_id: Option<String>,
    browsing_session_id: Option<String>,
    client_id: Option<String>,
    provider_uid: Option<String>,
}

impl Occurrence {
    /// An event of which nothing more is known.
    pub(crate) fn of(event: Event) -> Self {
        Self {
            event,
            session_id: None,
            browsing_session_id: None,
            client_id: None,
            provider_uid: None,
        }
    }

    /// In the session with this short name, within a browser's longer visit.
    pub(crate) fn in_session(self, session_id: String, browsing_session_id: &str) -> Self {
        let browsing_session_id = Some(browsing_session_id.to_owned());
        Self { session_id: Some(session_id), browsing_session_id, ..self }
    }

    /// On behalf of this service.
    pub(crate) fn for_service(self, client_id: &str) -> Self {
        Self { client_id: Some(client_id.to_owned()), ..self }
    }

    /// At this identity provider.
    pub(crate) fn at_provider(self, uid: &str) -> Self {
        Self { provider_uid: Some(uid.to_owned()), ..self }
    }
}

/// An event at its time, in the form in which it is handed out.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Recorded {
    event: &'static str,
    #[serde(serialize_with = "iso")]
    time: DateTime<Utc>,
    session_id: Option<String>,
    browsing_session_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sp_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_id: Option<String>,
}

impl Recorded {
    pub(super) fn new(occurrence: Occurrence, time: DateTime<Utc>) -> Self {
        Self {
            event: occurrence.event.name(),
            time,
            session_id: occurrence.session_id,
            browsing_session_id: occurrence.browsing_session_id,
            sp_id: occurrence.client_id,
            idp_id: occurrence.provider_uid,
        }
    }

    /// The real federation's name for it.
    pub(crate) fn name(&self) -> &'static str {
        self.event
    }

    pub(crate) fn time(&self) -> DateTime<Utc> {
        self.time
    }

    /// The service's `client_id`.
    pub(crate) fn client_id(&self) -> Option<&str> {
        self.sp_id.as_deref()
    }

    /// The identity provider's uid.
    pub(crate) fn provider_uid(&self) -> Option<&str> {
        self.idp_id.as_deref()
    }

    /// The session's short name.
    pub(crate) fn session_id(&self) -> Option<&str> {
        self.session_id.as_deref()
    }
}

fn iso<S: Serializer>(time: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
}
