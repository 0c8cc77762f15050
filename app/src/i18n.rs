//! Languages and wording. A text that is missing in one language does not compile.
//!
//! Invariant: the language of a page follows from its path alone, and never changes while the page
//! lives; changing it means going to another document.

mod account;
mod en;
mod fr;
mod kit;
mod messages;
mod printed;
mod protected;
mod security;
mod session_end;

use leptos::prelude::use_context;

pub(crate) use kit::use_kit;
pub(crate) use messages::Level;
pub use messages::Messages;
#[cfg(feature = "ssr")]
pub(crate) use messages::Meta;
pub(crate) use printed::Printed;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// French, at the root.
    #[default]
    Fr,
    /// English, under `/en`.
    En,
}

impl Locale {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The language that a path asks for.
    pub fn of_path(path: &str) -> Self {
        match path.strip_prefix(Self::En.base()) {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => Self::En,
            _ => Self::Fr,
        }
    }

    /// The path under which the language's pages live.
    pub const fn base(self) -> &'static str {
        match self {
            Self::Fr => "",
            Self::En => "/en",
        }
    }

    /// The value of `lang` attributes.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// What people call the language, in a word of two letters.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Fr => "FR",
            Self::En => "EN",
        }
    }

    /// What the language calls itself.
    pub(crate) const fn own_name(self) -> &'static str {
        match self {
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// Whose way to write dates and numbers is followed.
    #[cfg_attr(feature = "ssr", expect(dead_code, reason = "only browsers know regions"))]
    pub(crate) const fn region(self) -> &'static str {
        match self {
            Self::Fr => "fr-FR",
            Self::En => "en-GB",
        }
    }

    /// The language's wording.
    pub const fn messages(self) -> &'static Messages {
        match self {
            Self::Fr => &fr::MESSAGES,
            Self::En => &en::MESSAGES,
        }
    }
}

/// The language of the component being rendered.
pub fn use_locale() -> Locale {
    use_context().unwrap_or_default()
}

/// The wording of the document being rendered.
pub(crate) fn use_printed() -> &'static Printed {
    use_locale().printed()
}

/// The wording of the component being rendered.
pub fn use_messages() -> &'static Messages {
    use_locale().messages()
}
