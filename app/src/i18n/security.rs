//! Wording of the page about the level of the sign-in.

use super::messages::Meta;

#[derive(Debug)]
pub(crate) struct Security {
    pub meta: Meta,
    pub lead: &'static str,
    pub card: &'static str,
    pub level: &'static str,
    pub methods: &'static str,
    pub provider: &'static str,
    pub signed_in_at: &'static str,
    pub one_step: &'static str,
    pub two_steps: &'static str,
    pub raise: &'static str,
    pub raise_text: &'static str,
    pub raise_button: &'static str,
    pub raised: &'static str,
    pub levels: &'static str,
    pub more: &'static str,
    pub more_text: &'static str,
}

pub(super) const FR: Security = Security {
    meta: Meta::new("Ma sécurité", "Le niveau de votre connexion, et comment le renforcer."),
    lead: "Le niveau de votre connexion, et comment le renforcer.",
    card: "Votre connexion",
    level: "Niveau de garantie",
    methods: "Moyens utilisés",
    provider: "Fournisseur d’identité",
    signed_in_at: "Depuis",
    one_step: "Une étape",
    two_steps: "Deux étapes",
    raise: "Renforcer votre connexion",
    raise_text: "Votre connexion s’est faite en une étape. Confirmez votre identité par un second \
                 moyen pour ouvrir les espaces protégés. Si vous y renoncez, votre session continue \
                 telle qu’elle est.",
    raise_button: "Confirmer mon identité",
    raised: "Votre identité est confirmée par un second moyen\u{a0}: les espaces protégés vous sont \
             ouverts.",
    levels: "Comprendre les niveaux de garantie",
    more: "Qui décide du niveau\u{a0}?",
    more_text: "Votre fournisseur d’identité\u{a0}: celui de votre organisation, ou ProConnect. Pour \
                un niveau plus élevé, demandez à votre organisation ce qu’elle propose, ou ajoutez \
                un second facteur à votre compte ProConnect.",
};

pub(super) const EN: Security = Security {
    meta: Meta::new("My security", "The level of your sign-in, and how to raise it."),
    lead: "The level of your sign-in, and how to raise it.",
    card: "Your sign-in",
    level: "Assurance level",
    methods: "Means used",
    provider: "Identity provider",
    signed_in_at: "Since",
    one_step: "One step",
    two_steps: "Two steps",
    raise: "Raise the level",
    raise_text: "You signed in in one step. Confirm your identity by a second means to open protected \
                 spaces. If you give up, your session goes on as it is.",
    raise_button: "Confirm my identity",
    raised: "Your identity is confirmed by a second means: protected spaces are open to you.",
    levels: "Understand assurance levels",
    more: "Who decides on the level?",
    more_text: "Your identity provider: that of your organisation, or ProConnect. For a higher level, \
                ask your organisation what it offers, or add a second factor to your ProConnect \
                account.",
};
