//! English wording of the problems.

use super::{Common, ProblemPage, Text};

pub(super) static COMMON: Common = Common {
    retry: "Try again",
    home: "Back to the home page",
    code: "Code to give to support:",
    request: "Reference:",
};

pub(super) const fn text(kind: ProblemPage) -> &'static Text {
    match kind {
        ProblemPage::StateUnknown => &Text {
            title: "This sign-in attempt is no longer valid",
            lead: "It has expired, was used already, or was started in another browser.",
            advice: "Start signing in again. If you bookmarked the page, bookmark the home page \
                     of the service instead.",
        },
        ProblemPage::Cancelled => &Text {
            title: "Sign-in cancelled",
            lead: "You interrupted signing in with ProConnect. Nothing has been recorded.",
            advice: "You can start again whenever you like.",
        },
        ProblemPage::ProviderRefused => &Text {
            title: "ProConnect refused the sign-in",
            lead: "ProConnect could not sign you in to this service.",
            advice: "Start again. If it is refused again, give the code below to support.",
        },
        ProblemPage::ProviderUnavailable => &Text {
            title: "ProConnect is unavailable for the moment",
            lead: "We cannot reach ProConnect. Your data is not the cause.",
            advice: "Wait a few minutes, then start again.",
        },
        ProblemPage::AnswerInvalid => &Text {
            title: "Unexpected answer from ProConnect",
            lead: "The answer could not be verified. To be safe, we have discarded it.",
            advice: "Start signing in again. If it fails again, give the code below to support.",
        },
        ProblemPage::BadRequest => &Text {
            title: "Incorrect request",
            lead: "The address you followed is incomplete or wrong.",
            advice: "Go back to the home page, or start signing in again.",
        },
        ProblemPage::LevelInsufficient => &Text {
            title: "Sign-in level too low",
            lead: "This service asks for a safer sign-in than the one you have just made.",
            advice: "Start again with a second factor: code, app or passkey. If none is offered, \
                     ask your organisation.",
        },
        ProblemPage::Forbidden => &Text {
            title: "Request refused",
            lead: "This request comes from another site. To protect you, we have refused it.",
            advice: "Go back to the home page of the service.",
        },
        ProblemPage::TooManyRequests => &Text {
            title: "Too many requests",
            lead: "Too many requests have reached us in a short time.",
            advice: "Wait a minute, then start again.",
        },
        ProblemPage::ServiceUnavailable => &Text {
            title: "Service unavailable",
            lead: "The service is unavailable for the moment. We are sorry for the inconvenience.",
            advice: "You have not been signed out. Wait a few minutes, then start again.",
        },
        ProblemPage::Internal => &Text {
            title: "Unexpected error",
            lead: "The service has a problem. We are sorry for the inconvenience.",
            advice: "Try again in a moment. If it fails again, give the code below to support.",
        },
    }
}
