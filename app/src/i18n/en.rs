//! English wording.

use super::messages::{
    Account, Api, Article, Connect, Footer, Header, Home, Level, Messages, Meta, NotFound, Point,
    Section, Service, Sessions, Settings, SignIn, SignedOut,
};
use super::{protected, session_end};

pub(super) static MESSAGES: Messages = Messages {
    service: Service {
        name: "Espace agent",
        tagline: "Your professional account, with ProConnect",
    },
    header: Header {
        skip_links: "Quick access",
        skip_to_content: "Content",
        skip_to_footer: "Footer",
        home_link: "Home - Espace agent",
        navigation: "Main menu",
        home: "Home",
        account: "My account",
        protected: "Protected space",
        menu: "Menu",
        close: "Close",
        sign_in: "Sign in",
        sign_out: "Sign out",
        signing_out: "Signing out…",
    },
    footer: Footer {
        description: "Espace agent is an online service for professionals, civil servants and \
                      employees alike. You enter it with ProConnect.",
        new_window: "new window",
        accessibility: "Accessibility: not compliant",
        legal: "Legal notice",
        personal_data: "Personal data",
        cookies: "Cookies",
        other_language: "Version française",
        licence: "Unless stated otherwise, all content of this site is under the ",
        licence_name: "etalab-2.0 licence",
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
        meta: Meta::new("Sign in", "Sign in to Espace agent with ProConnect."),
        heading: "Sign in to Espace agent",
        who: "This service is for professionals: civil servants and employees. Have your \
              professional email address at hand.",
        button_heading: "Sign in with ProConnect",
        help_heading: "Can’t sign in?",
        help: "Check that you are using your professional address, then try again. If it still \
               fails, ask the IT support of your organisation.",
        already: "You are already signed in.",
        already_link: "Go to my account",
    },
    account: Account {
        meta: Meta::new(
            "My account",
            "Your identity, your organisation and the level of your sign-in.",
        ),
        heading: "My account",
        lead: "This is what ProConnect told us when you signed in.",
        loading: "Loading your information…",
        loaded: "Your information is displayed.",
        needs_script: "Your information does not appear? This page needs JavaScript. Turn it on in \
                       your browser, then reload the page.",
        anonymous_title: "You are not signed in",
        anonymous: "Sign in to see your account. You will then come back here.",
        failed_title: "Your information cannot be displayed",
        retry: "Try again",
        identity: "Identity",
        given_name: "Given name",
        usual_name: "Usual name",
        email: "Email address",
        phone: "Phone",
        organisation: "Organisation",
        organisation_label: "Name",
        siret: "SIRET",
        public_service: "Public service",
        public_service_yes: "Yes",
        public_service_no: "No",
        sign_in: "Sign-in",
        provider: "Identity provider",
        level: "Level of assurance",
        methods: "Means used",
        absent: "Not given",
        change: "Something is wrong? It is corrected by your organisation or in your ProConnect \
                 account, and updated here at your next sign-in.",
    },
    sessions: Sessions {
        meta: Meta::new(
            "My sessions",
            "The browsers in which you are signed in to Espace agent, and how to end that.",
        ),
        heading: "My sessions",
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
        link: "See where you are signed in",
        back: "Back to my account",
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
    signed_out: SignedOut {
        meta: Meta::new("Signed out", "You are signed out of Espace agent."),
        heading: "You are signed out",
        text: "Your session with this service has ended.",
        advice: "On a shared computer, close your browser as well.",
        again: "Sign in again",
        home: "Back to the home page",
    },
    not_found: NotFound {
        meta: Meta::new("Page not found", "The requested page does not exist."),
        heading: "Page not found",
        code: "Error 404",
        lead: "The page you are looking for cannot be found. We are sorry for the inconvenience.",
        text: "If you typed the address, check that it is correct. The page may no longer be \
               available.",
        home: "Back to the home page",
    },
    accessibility: Article {
        meta: Meta::new("Accessibility", "Accessibility statement of Espace agent."),
        sections: &[
            Section {
                heading: "Compliance status",
                paragraphs: &[
                    "Espace agent does not comply with the French accessibility reference (RGAA \
                     4.1): it has not been audited yet.",
                    "Automatic checks run at every change. They do not replace an audit.",
                ],
            },
            Section {
                heading: "Report a defect",
                paragraphs: &[
                    "If you cannot access some content or function, write to those in charge of \
                     the service: they will offer you another way.",
                    "Without a satisfactory answer, you can turn to the Défenseur des droits.",
                ],
            },
        ],
    },
    legal: Article {
        meta: Meta::new("Legal notice", "Publisher and host of Espace agent."),
        sections: &[
            Section {
                heading: "Publisher",
                paragraphs: &["This service is published by the organisation that operates it. \
                               Its name, address and publication director are on its \
                               institutional site."],
            },
            Section {
                heading: "Hosting",
                paragraphs: &["The service is hosted by the organisation that operates it, or by \
                               the provider it has chosen."],
            },
        ],
    },
    personal_data: Article {
        meta: Meta::new(
            "Personal data",
            "The personal data Espace agent receives, and what becomes of it.",
        ),
        sections: &[
            Section {
                heading: "What we receive",
                paragraphs: &["When you sign in, ProConnect sends us your given and usual names, \
                               your professional email address, your phone number if known, your \
                               organisation and the level of the sign-in."],
            },
            Section {
                heading: "What we do with it",
                paragraphs: &["This data serves to recognise you and to display your account. It \
                               is kept for the time of your session, then erased."],
            },
            Section {
                heading: "Your rights",
                paragraphs: &["You can ask the data protection officer of the organisation that \
                               operates the service for access, correction or erasure, and \
                               complain to the CNIL."],
            },
        ],
    },
    cookies: Article {
        meta: Meta::new("Cookies", "What Espace agent keeps in your browser."),
        sections: &[
            Section {
                heading: "No trackers",
                paragraphs: &["This site does not measure its audience and shows no advertising. \
                               It therefore has no consent to ask you for."],
            },
            Section {
                heading: "What the service needs",
                paragraphs: &[
                    "A session cookie while you are signed in, and a cookie of a few minutes \
                     while you are signing in.",
                    "Your choice of a light or dark theme, kept in your browser and never sent.",
                ],
            },
        ],
    },
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
