//! Wording of components that no page uses yet. What a page begins to use needs no change here: the
//! browser's program carries what it shows.

use super::{Locale, use_locale};

/// Such wording of one language.
#[derive(Debug)]
pub(crate) struct Kit {
    pub france_connect: FranceConnect,
    pub password: Password,
    pub stepper: Stepper,
}

#[derive(Debug)]
pub(crate) struct FranceConnect {
    pub or: &'static str,
    pub what: &'static str,
    pub login: &'static str,
    pub help: &'static str,
    pub help_title: &'static str,
}

#[derive(Debug)]
pub(crate) struct Password {
    pub show: &'static str,
    pub show_password: &'static str,
}

#[derive(Debug)]
pub(crate) struct Stepper {
    /// `{step}` and `{of}` stand for the numbers.
    pub state: &'static str,
    pub next: &'static str,
}

/// The wording in the language of the component being rendered.
pub(crate) fn use_kit() -> &'static Kit {
    match use_locale() {
        Locale::Fr => &FR,
        Locale::En => &EN,
    }
}

static FR: Kit = Kit {
    france_connect: FranceConnect {
        or: "ou",
        what: "FranceConnect est la solution proposée par l’État pour sécuriser et simplifier la \
               connexion à vos services en ligne.",
        login: "S’identifier avec",
        help: "Qu’est-ce que FranceConnect\u{a0}?",
        help_title: "Qu’est-ce que FranceConnect\u{a0}? - nouvelle fenêtre",
    },
    password: Password { show: "Afficher", show_password: "Afficher le mot de passe" },
    stepper: Stepper { state: "Étape {step} sur {of}", next: "Étape suivante\u{a0}:" },
};

static EN: Kit = Kit {
    france_connect: FranceConnect {
        or: "or",
        what: "FranceConnect is what the State offers to make signing in to your online services \
               safer and simpler.",
        login: "Sign in with",
        help: "What is FranceConnect?",
        help_title: "What is FranceConnect? - new window",
    },
    password: Password { show: "Show", show_password: "Show the password" },
    stepper: Stepper { state: "Step {step} of {of}", next: "Next step:" },
};
