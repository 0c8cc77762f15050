//! English wording.

use super::messages::{
    Api, Connect, Header, Home, Level, Messages, Meta, Point, Sessions, Settings, SignIn,
};
use super::{account, protected, security, session_end};

pub(super) static MESSAGES: Messages = Messages {
    new_window: "new window",
    header: Header {
        skip_links: "Quick access",
        skip_to_content: "Content",
        skip_to_footer: "Footer",
        navigation: "Main menu",
        breadcrumb: "you are here:",
        show_breadcrumb: "Show the breadcrumb",
        languages: "Language",
        choose_language: "Choose a language",
        menu: "Menu",
        close: "Close",
        sign_in: "Sign in",
        sign_out: "Sign out",
        signing_out: "Signing out…",
    },
    settings: Settings {
        title: "Display settings",
        legend: "Choose a theme to change the look of the site.",
        light: "Light theme",
        dark: "Dark theme",
        system: "System",
        system_hint: "Uses the settings of your device",
        close: "Close",
    },
    connect: Connect {
        login: "Sign in with",
        help: "What is ProConnect?",
        help_title: "What is ProConnect? - new window",
    },
    home: Home {
        meta: Meta::new(
            "Home",
            "A space for professionals, entered with a professional email address \
                          thanks to ProConnect.",
        ),
        heading: "Your professional space",
        lead: "A professional email address is enough: ProConnect recognises you and your \
               organisation, without a new password.",
        sign_in: "Sign in",
        account: "Go to my account",
        points_heading: "Signing in made simple",
        points: [
            Point {
                title: "One account",
                text: "You use the account that your administration or company has already given \
                       you.",
            },
            Point {
                title: "Your organisation is recognised",
                text: "We receive its name and SIRET number along with your identity. You have \
                       nothing to type.",
            },
            Point {
                title: "Your data stays where it belongs",
                text: "We receive your name, professional contact details and organisation. Your \
                       password is never sent to us.",
            },
        ],
    },
    sign_in: SignIn {
        meta: Meta::new("Sign in", "Sign in to {service} with ProConnect."),
        heading: "Sign in to {service}",
        who: "This service is for professionals: civil servants and employees. Have your \
              professional email address at hand.",
        button_heading: "Sign in with ProConnect",
        help_heading: "Can’t sign in?",
        help: "Check that you are using your professional address, then try again. If it still \
               fails, ask the IT support of your organisation.",
        already: "You are already signed in.",
        already_link: "Go to my account",
    },
    account: account::EN,
    security: security::EN,
    sessions: Sessions {
        meta: Meta::new(
            "My sessions",
            "The browsers in which you are signed in to {service}, and how to end that.",
        ),
        lead: "These are the browsers in which you are signed in to this service.",
        loading: "Loading your sessions…",
        needs_script: "Your sessions do not appear? This page needs JavaScript. Turn it on in your \
                       browser, then reload the page.",
        anonymous: "Sign in to see your sessions. You will then come back here.",
        failed_title: "Your sessions cannot be displayed",
        current: "This is the session that you are using now.",
        last_seen: "Last activity",
        first_seen: "Signed in",
        on: " on ",
        unknown_device: "Unknown device",
        end: "End this session",
        end_question: "End the session ",
        end_others: "End all other sessions",
        end_others_question: "End all your sessions but this one?",
        confirm: "End",
        cancel: "Cancel",
        ending: "Ending…",
        ended: "Done. The device will have to sign in again.",
        not_ended: "The session goes on",
        alone: "You are signed in nowhere else.",
    },
    level: Level {
        declared: "Declared identity, one-step sign-in",
        declared_mfa: "Declared identity, two-step sign-in",
        checked: "Low, one-step sign-in",
        checked_mfa: "Low, two-step sign-in",
        substantial: "Substantial",
        high: "High",
        manager: "Certified manager of the organisation",
        other: "Other level",
        pwd: "password",
        mail: "code or link received by email",
        otp: "code of an authenticator app",
        pin: "PIN",
        pop: "passkey",
        hwk: "hardware key",
        swk: "software key",
        mfa: "several factors",
    },
    protected: protected::EN,
    session_end: session_end::EN,
    api: Api {
        session_expired: "Your session has ended. Sign in again to go on.",
        session_revoked: "You ended this session from another device. Sign in again to go on.",
        signed_out: "Your session is over. Sign in again to go on.",
        ended_by_provider: "ProConnect has ended your session. Sign in again to go on.",
        access_refused: "Your situation has changed and this service is no longer open to you. You \
                         have been signed out.",
        level_insufficient: "This needs a sign-in in two steps.",
        other_person: "Another person is now signed in in this browser.",
        provider_unavailable: "ProConnect did not answer. You have not been signed out.",
        unavailable: "The service is unavailable for the moment. You have not been signed out.",
        too_many_requests: "Too many requests in a short time. Wait a minute.",
        unreachable: "The service could not be reached. Check your internet connection.",
        outdated: "This page is out of date. Reload it.",
        internal: "Something unexpected went wrong.",
    },
};
