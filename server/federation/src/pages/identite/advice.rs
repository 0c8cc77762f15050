//! The questions that lead people to the second factor that suits them, and the answers.

use askama::Template;

/// A question or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    AskDevice,
    AskSoftware,
    AskSmartphone,
    UsePasskey,
    UseSoftware,
    UseSmartphone,
    /// Nothing can be done alone.
    AskForHelp,
}

impl Advice {
    /// Where it begins.
    pub(crate) const FIRST: Self = Self::AskDevice;

    const ALL: [Self; 7] = [
        Self::AskDevice,
        Self::AskSoftware,
        Self::AskSmartphone,
        Self::UsePasskey,
        Self::UseSoftware,
        Self::UseSmartphone,
        Self::AskForHelp,
    ];

    /// The step at the end of a path.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let mut others = Self::ALL.into_iter().filter(|step| *step != Self::FIRST);
        others.find(|step| step.path().strip_prefix('/') == Some(name))
    }

    /// The end of its address.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::AskDevice => "",
            Self::AskSoftware => "/can-install-software",
            Self::AskSmartphone => "/can-install-app-on-smartphone",
            Self::UsePasskey => "/passkey",
            Self::UseSoftware => "/totp-software",
            Self::UseSmartphone => "/totp-application",
            Self::AskForHelp => "/external-help",
        }
    }

    /// The field of the form, if it is a question.
    pub(crate) fn field(self) -> Option<&'static str> {
        match self {
            Self::AskDevice => Some("device-type"),
            Self::AskSoftware => Some("can-install-software"),
            Self::AskSmartphone => Some("can-install-app-on-smartphone"),
            _ => None,
        }
    }

    /// What follows from what was chosen.
    pub(crate) fn after(self, chosen: &str) -> Option<Self> {
        match (self, chosen) {
            (Self::AskDevice, "mac" | "windows-hello") => Some(Self::UsePasskey),
            (Self::AskDevice, "other") => Some(Self::AskSoftware),
            (Self::AskSoftware, "yes") => Some(Self::UseSoftware),
            (Self::AskSoftware, "no") => Some(Self::AskSmartphone),
            (Self::AskSmartphone, "yes") => Some(Self::UseSmartphone),
            (Self::AskSmartphone, "no") => Some(Self::AskForHelp),
            _ => None,
        }
    }

    fn question(self) -> &'static str {
        match self {
            Self::AskDevice => "Quel appareil utilisez-vous pour vous connecter ?",
            Self::AskSoftware => "Pouvez-vous installer un logiciel sur votre ordinateur ?",
            _ => "Pouvez-vous installer une application sur un smartphone ?",
        }
    }

    /// Values and labels.
    fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::AskDevice => &[
                ("mac", "Un Mac"),
                (
                    "windows-hello",
                    "Un ordinateur Windows avec Windows Hello (code PIN, visage ou empreinte)",
                ),
                ("other", "Un autre appareil, ou je ne sais pas"),
            ],
            _ => &[("yes", "Oui"), ("no", "Non")],
        }
    }
}

/// A step on the way to a service.
#[derive(Template)]
#[template(path = "identite/advice.html")]
pub(crate) struct AdvicePage<'a> {
    pub(crate) csrf: &'a str,
    /// What the addresses begin with.
    pub(crate) base: &'static str,
    pub(crate) step: Advice,
}

/// The same in the settings.
#[derive(Template)]
#[template(path = "identite/settings_advice.html")]
pub(crate) struct AdviceSettingsPage<'a> {
    /// Who is signed in.
    pub(crate) name: String,
    pub(crate) csrf: &'a str,
    /// What the addresses begin with.
    pub(crate) base: &'static str,
    pub(crate) step: Advice,
}

#[cfg(test)]
mod tests {
    use super::Advice::{
        AskDevice, AskForHelp, AskSmartphone, AskSoftware, UsePasskey, UseSmartphone, UseSoftware,
    };
    use super::*;

    #[test]
    fn answers_lead_to_what_a_person_can_use() {
        let rows = [
            (AskDevice, "mac", Some(UsePasskey)),
            (AskDevice, "windows-hello", Some(UsePasskey)),
            (AskDevice, "other", Some(AskSoftware)),
            (AskSoftware, "yes", Some(UseSoftware)),
            (AskSoftware, "no", Some(AskSmartphone)),
            (AskSmartphone, "yes", Some(UseSmartphone)),
            (AskSmartphone, "no", Some(AskForHelp)),
            (AskDevice, "", None),
            (AskSoftware, "mac", None),
            (UsePasskey, "yes", None),
        ];
        for (step, chosen, next) in rows {
            assert_eq!(step.after(chosen), next, "{step:?} {chosen}");
        }
    }

    #[test]
    fn every_step_has_an_address_and_every_question_its_choices() {
        for step in Advice::ALL {
            let named = step.path().strip_prefix('/').and_then(Advice::named);
            assert_eq!(named.unwrap_or(Advice::FIRST), step);
            let leads_on = step.choices().iter().all(|(value, _)| step.after(value).is_some());
            assert_eq!(leads_on, step.field().is_some(), "{step:?}");
        }
        assert_eq!(Advice::named(""), None);
    }
}
