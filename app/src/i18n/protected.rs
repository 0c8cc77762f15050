//! Wording of the protected space.

use super::messages::Meta;

#[derive(Debug)]
pub(crate) struct Protected {
    pub meta: Meta,
    pub heading: &'static str,
    pub lead: &'static str,
    pub needs_script: &'static str,
    pub why_title: &'static str,
    pub why: &'static str,
    pub anonymous: &'static str,
    pub level: &'static str,
    pub raise: &'static str,
    pub raise_button: &'static str,
    pub loading: &'static str,
    pub opened: &'static str,
    pub note_heading: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub save: &'static str,
    pub saving: &'static str,
    pub saved: &'static str,
    pub not_saved: &'static str,
    pub failed_title: &'static str,
}

pub(super) const FR: Protected = Protected {
    meta: Meta::new("Espace protégé", "Une page réservée aux connexions en deux étapes."),
    heading: "Espace protégé",
    lead: "Cette page ne s’ouvre qu’après une connexion en deux étapes.",
    needs_script: "Rien ne s’affiche\u{a0}? Cette page a besoin de JavaScript. Activez-le dans \
                   votre navigateur, puis rechargez la page.",
    why_title: "Pourquoi une seconde étape\u{a0}?",
    why: "Un mot de passe peut être deviné ou dérobé. Avant d’ouvrir cet espace, ProConnect vous \
          demande aussi un second moyen\u{a0}: un code reçu par courriel, une application ou une \
          clé d’accès.",
    anonymous: "Connectez-vous pour y entrer. Vous reviendrez ensuite ici.",
    level: "Niveau de votre connexion actuelle\u{a0}:",
    raise: "Il vous reste à confirmer votre identité. Si vous y renoncez, votre session continue \
            telle qu’elle est.",
    raise_button: "Confirmer mon identité",
    loading: "Ouverture de l’espace protégé…",
    opened: "L’espace protégé est ouvert.",
    note_heading: "Bloc-notes",
    note: "Votre note",
    note_hint: "1\u{a0}000 caractères au plus. Elle est chiffrée, visible de vous seul, et effacée \
                à la fin de votre session.",
    save: "Enregistrer",
    saving: "Enregistrement…",
    saved: "Note enregistrée.",
    not_saved: "La note n’est pas enregistrée",
    failed_title: "L’espace protégé ne peut pas s’ouvrir",
};

pub(super) const EN: Protected = Protected {
    meta: Meta::new("Protected space", "A page for sign-ins in two steps only."),
    heading: "Protected space",
    lead: "This page opens only after a sign-in in two steps.",
    needs_script: "Nothing appears? This page needs JavaScript. Enable it in your browser, then \
                   reload the page.",
    why_title: "Why a second step?",
    why: "A password can be guessed or stolen. Before this space opens, ProConnect also asks for \
          a second means: a code by email, an app or a passkey.",
    anonymous: "Sign in to enter. You will then come back here.",
    level: "Level of your current sign-in:",
    raise: "It remains to confirm your identity. If you give up, your session goes on as it is.",
    raise_button: "Confirm my identity",
    loading: "Opening the protected space…",
    opened: "The protected space is open.",
    note_heading: "Notepad",
    note: "Your note",
    note_hint: "1,000 characters at most. It is encrypted, seen by you alone, and erased at the \
                end of your session.",
    save: "Save",
    saving: "Saving…",
    saved: "Note saved.",
    not_saved: "The note is not saved",
    failed_title: "The protected space cannot be opened",
};
