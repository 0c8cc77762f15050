//! English wording of documents.

use super::{Footer, LevelRow, Levels, Meta, NotFound, Printed, SignedOut, SiteMap};

pub(super) static PRINTED: Printed = Printed {
    tagline: "Your professional account, with ProConnect",
    home_link: "Home - {service}",
    footer: Footer {
        description: "{service} is an online service for professionals, civil servants and \
                      employees alike. You enter it with ProConnect.",
        not_compliant: "Accessibility: not compliant",
        partly_compliant: "Accessibility: partly compliant",
        fully_compliant: "Accessibility: fully compliant",
        support: "Contact support",
        other_language: "Version française",
        licence: "Unless stated otherwise, all content of this site is under the ",
        licence_name: "etalab-2.0 licence",
    },
    signed_out: SignedOut {
        meta: Meta::new("Signed out", "You are signed out of {service}."),
        heading: "You are signed out",
        text: "Your session with this service has ended.",
        advice: "On a shared computer, close your browser as well.",
        again: "Sign in again",
        home: "Back to the home page",
    },
    site_map: SiteMap {
        meta: Meta::new("Site map", "All pages of {service}."),
        service: "The service",
        account: "Your account",
        about: "About",
    },
    levels: Levels {
        meta: Meta::new(
            "Assurance levels",
            "How far an identity was verified, and by which means.",
        ),
        lead: "A level tells how far your identity and your tie to the organisation were verified, \
                  and by which means you signed in.",
        level: "Level",
        identity: "Identity and organisation",
        means: "What it takes",
        rows: [
            LevelRow {
                acr: "eidas0",
                name: "Declared",
                identity: "Stated by you, in whole or in part",
                means: "A password, or a link by email",
            },
            LevelRow {
                acr: "eidas0-mfa",
                name: "Declared, two steps",
                identity: "Stated by you, in whole or in part",
                means: "And a code by email, an app or a passkey",
            },
            LevelRow {
                acr: "eidas1",
                name: "Low",
                identity: "Checked by your organisation or by ProConnect",
                means: "A password, or a link by email",
            },
            LevelRow {
                acr: "eidas1-mfa",
                name: "Low, two steps",
                identity: "Checked by your organisation or by ProConnect",
                means: "And a code by email, an app or a passkey",
            },
            LevelRow {
                acr: "eidas2",
                name: "Substantial",
                identity: "Verified, and certified by an official source",
                means: "Two strong factors: password and app, or a passkey",
            },
            LevelRow {
                acr: "eidas3",
                name: "High",
                identity: "Verified, and certified by an official source",
                means: "A hardware device: smart card and PIN, or security key",
            },
        ],
        manager_heading: "Certified leaders",
        manager: "A service can also ask that the person be certified as a leader of the organisation: \
                  FranceConnect then confirms who they are, and official registers their position.",
    },
    not_found: NotFound {
        meta: Meta::new("Page not found", "The requested page does not exist."),
        code: "Error 404",
        lead: "The page you are looking for cannot be found. We are sorry for the inconvenience.",
        text: "If you typed the address, check that it is correct. The page may no longer be \
               available.",
        home: "Back to the home page",
    },
    accessibility: Meta::new("Accessibility", "The accessibility statement of {service}."),
    legal: Meta::new("Legal notice", "The publisher and the host of {service}."),
    personal_data: Meta::new(
        "Personal data",
        "The personal data that {service} receives, and what becomes of it.",
    ),
    cookies: Meta::new("Cookies", "What {service} keeps in your browser."),
};
