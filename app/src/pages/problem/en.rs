//! English wording of the problems.

use super::{Common, ProblemPage, Text};

pub(super) static COMMON: Common = Common {
    role: "It asks for a role that you do not have. Your roles, according to ProConnect:",
    email_domain: "It accepts certain email addresses only. The domain of yours:",
    siret: "It accepts certain organisations only. The SIRET of yours:",
    identity_provider: "It accepts certain identity providers only. Yours:",
    nothing: "not given",
    another_account: "Use another account",
    levels: "One of these levels is asked for:",
    session_kept: "Your current session goes on as it was.",
    retry: "Try again",
    home: "Back to the home page",
    code: "Code to give to support:",
    request: "Reference:",
};

pub(super) const fn text(kind: ProblemPage) -> &'static Text {
    match kind {
        ProblemPage::StateUnknown => &STATE_UNKNOWN,
        ProblemPage::Cancelled => &CANCELLED,
        ProblemPage::ProviderRefused => &PROVIDER_REFUSED,
        ProblemPage::ProviderUnavailable => &PROVIDER_UNAVAILABLE,
        ProblemPage::AnswerInvalid => &ANSWER_INVALID,
        ProblemPage::BadRequest => &BAD_REQUEST,
        ProblemPage::LevelInsufficient => &LEVEL_INSUFFICIENT,
        ProblemPage::AccessRefused => &ACCESS_REFUSED,
        ProblemPage::SignOutUnfinished => &SIGN_OUT_UNFINISHED,
        ProblemPage::SignOutFailed => &SIGN_OUT_FAILED,
        ProblemPage::OtherPerson => &OTHER_PERSON,
        ProblemPage::Forbidden => &FORBIDDEN,
        ProblemPage::TooManyRequests => &TOO_MANY_REQUESTS,
        ProblemPage::ServiceUnavailable => &SERVICE_UNAVAILABLE,
        ProblemPage::Internal => &INTERNAL,
    }
}

const STATE_UNKNOWN: Text = Text {
    title: "This sign-in attempt is no longer valid",
    lead: "It has expired, was used already, or was started in another browser.",
    advice: "Start signing in again. If you bookmarked the page, bookmark the home page \
             of the service instead.",
};

const CANCELLED: Text = Text {
    title: "Sign-in cancelled",
    lead: "You interrupted signing in with ProConnect. Nothing has been recorded.",
    advice: "You can start again whenever you like.",
};

const PROVIDER_REFUSED: Text = Text {
    title: "ProConnect refused the sign-in",
    lead: "ProConnect could not sign you in to this service.",
    advice: "Start again. If it is refused again, give the code below to support.",
};

const PROVIDER_UNAVAILABLE: Text = Text {
    title: "ProConnect is unavailable for the moment",
    lead: "We cannot reach ProConnect. Your data is not the cause.",
    advice: "Wait a few minutes, then start again.",
};

const ANSWER_INVALID: Text = Text {
    title: "Unexpected answer from ProConnect",
    lead: "The answer could not be verified. To be safe, we have discarded it.",
    advice: "Start signing in again. If it fails again, give the code below to support.",
};

const BAD_REQUEST: Text = Text {
    title: "Incorrect request",
    lead: "The address you followed is incomplete or wrong.",
    advice: "Go back to the home page, or start signing in again.",
};

const LEVEL_INSUFFICIENT: Text = Text {
    title: "Sign-in level too low",
    lead: "This service asks for a safer sign-in than the one you have just made.",
    advice: "Start again with a second factor: code, app or passkey. If none is offered, \
             ask your organisation.",
};

const ACCESS_REFUSED: Text = Text {
    title: "You have no access to this service",
    lead: "ProConnect recognised you, but this service is not open to you.",
    advice: "If you have another professional account, use it: you will first be signed \
             out of ProConnect. Otherwise give the code below to the service's support.",
};

const SIGN_OUT_UNFINISHED: Text = Text {
    title: "You are signed out of this service, not yet of ProConnect",
    lead: "Your session here is over, but ProConnect did not answer.",
    advice: "Try again in a moment. On a shared computer, close your browser, too.",
};

const SIGN_OUT_FAILED: Text = Text {
    title: "Signing out did not work",
    lead: "The service is unavailable for the moment: your session here is still open.",
    advice: "Try again: we will first end your ProConnect session, then this one. On a shared \
             computer, close your browser, too.",
};

const OTHER_PERSON: Text = Text {
    title: "You answered with another account",
    lead: "We asked you to confirm your identity, but another person signed in at \
           ProConnect.",
    advice: "Start again with the account of your session. To change accounts, sign out \
             first.",
};

const FORBIDDEN: Text = Text {
    title: "Request refused",
    lead: "This request comes from another site. To protect you, we have refused it.",
    advice: "Go back to the home page of the service.",
};

const TOO_MANY_REQUESTS: Text = Text {
    title: "Too many requests",
    lead: "Too many requests have reached us in a short time.",
    advice: "Wait a minute, then start again.",
};

const SERVICE_UNAVAILABLE: Text = Text {
    title: "Service unavailable",
    lead: "The service is unavailable for the moment. We are sorry for the inconvenience.",
    advice: "You have not been signed out. Wait a few minutes, then start again.",
};

const INTERNAL: Text = Text {
    title: "Unexpected error",
    lead: "The service has a problem. We are sorry for the inconvenience.",
    advice: "Try again in a moment. If it fails again, give the code below to support.",
};
