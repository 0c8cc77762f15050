//! Owns the two places in which a second factor is set up: on the way to a service that asks for
//! one, and in the settings. Their pages differ in address, guard and frame.

use crate::idp::Rung;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Journey,
    Settings,
}

impl Place {
    /// What the addresses begin with.
    pub(super) fn base(self) -> &'static str {
        match self {
            Self::Journey => "/users",
            Self::Settings => "",
        }
    }

    /// What the pages ask for.
    pub(super) fn rung(self) -> Rung {
        match self {
            Self::Journey => Rung::Enrolment,
            Self::Settings => Rung::Settings,
        }
    }

    /// Where a second factor is chosen.
    pub(super) fn choice(self) -> &'static str {
        match self {
            Self::Journey => "/users/double-authentication-choice",
            Self::Settings => "/double-authentication",
        }
    }
}
