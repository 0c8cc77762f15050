//! What a link into the gallery asks for. Whatever is absent or unknown counts as the usual.

use super::states::{FIRST, State, state_at};
use crate::i18n::Locale;

/// Widths to look at a page in, in CSS pixels: the narrowest phone, a tablet, a desk.
pub(crate) const WIDTHS: [u16; 3] = [320, 768, 1280];

/// A theme to look at a page in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The value of `data-fr-theme`, and in links.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// See the module.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Query {
    pub state: &'static State,
    /// None: both, side by side.
    pub theme: Option<Theme>,
    pub width: u16,
    pub locale: Locale,
}

impl Query {
    /// Reads the query of an address.
    pub(crate) fn parse(query: &str) -> Self {
        let value = |name: &str| {
            let mut pairs =
                query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
        };
        Self {
            state: state_at(value("etat")).unwrap_or(FIRST),
            theme: Theme::ALL.into_iter().find(|theme| theme.name() == value("theme")),
            width: WIDTHS
                .into_iter()
                .find(|width| width.to_string() == value("largeur"))
                .unwrap_or(1280),
            locale: Locale::ALL
                .into_iter()
                .find(|locale| locale.tag() == value("langue"))
                .unwrap_or_default(),
        }
    }

    /// The address of the state alone.
    pub(crate) fn state_href(self, theme: Theme) -> String {
        let Self { state, locale, .. } = self;
        format!("{}/{}?theme={}&langue={}", super::PATH, state.id, theme.name(), locale.tag())
    }

    /// The address of the gallery that shows this.
    pub(crate) fn href(self) -> String {
        let theme = self.theme.map_or("", Theme::name);
        format!(
            "{}?etat={}&theme={theme}&largeur={}&langue={}",
            super::PATH,
            self.state.id,
            self.width,
            self.locale.tag()
        )
    }
}
