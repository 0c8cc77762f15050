//! Owns the ladder that every page of an account stands behind: who is signed in, whose address
//! is proven, whose browser is known. One pure function says what is missing first.

/// How long a proof of the address is good for, in seconds.
pub(crate) const VERIFIED_FOR: i64 = 90 * 24 * 3600;

/// What a page asks for. Each rung includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rung {
    /// Somebody is signed in.
    Connected,
    /// Their address is proven, and was not too long ago.
    Verified,
    /// Their browser is known.
    Browser,
}

/// Whether a browser is known to belong to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrowserTrust {
    Known,
    Unknown,
    /// Nobody asks.
    NotChecked,
}

/// Where somebody who is signed in stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// When the address was proven last, if ever.
    pub(crate) verified_at: Option<i64>,
    pub(crate) browser: BrowserTrust,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    SignIn,
    VerifyEmail(Occasion),
}

/// Why a code by email is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// The address was never proven.
    First,
    /// It was, but too long ago.
    Renewal,
    UnknownBrowser,
}

/// The first thing that keeps somebody from a rung; `None` of a standing is nobody.
pub(crate) fn obstacle(standing: Option<Standing>, rung: Rung, now: i64) -> Option<Obstacle> {
    let Some(Standing { verified_at, browser }) = standing else { return Some(Obstacle::SignIn) };
    if rung < Rung::Verified {
        return None;
    }
    let occasion = match verified_at {
        None => Some(Occasion::First),
        Some(at) if now - at > VERIFIED_FOR => Some(Occasion::Renewal),
        Some(_) if rung >= Rung::Browser && browser == BrowserTrust::Unknown => {
            Some(Occasion::UnknownBrowser)
        }
        Some(_) => None,
    };
    occasion.map(Obstacle::VerifyEmail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BrowserTrust::{Known, NotChecked, Unknown};
    use Rung::{Browser, Connected, Verified};

    #[test]
    fn the_ladder_is_climbed_rung_by_rung() {
        const NOW: i64 = 1_000_000_000;
        let email = |occasion| Some(Obstacle::VerifyEmail(occasion));
        let fresh = Some(NOW - VERIFIED_FOR);
        let stale = Some(NOW - VERIFIED_FOR - 1);
        let rows = [
            (None, Connected, Some(Obstacle::SignIn)),
            (None, Browser, Some(Obstacle::SignIn)),
            (Some((None, Unknown)), Connected, None),
            (Some((None, Known)), Verified, email(Occasion::First)),
            (Some((None, Unknown)), Browser, email(Occasion::First)),
            (Some((stale, Known)), Verified, email(Occasion::Renewal)),
            (Some((stale, Unknown)), Browser, email(Occasion::Renewal)),
            (Some((fresh, Unknown)), Verified, None),
            (Some((fresh, Unknown)), Browser, email(Occasion::UnknownBrowser)),
            (Some((fresh, NotChecked)), Browser, None),
            (Some((fresh, Known)), Browser, None),
        ];
        for (row, (standing, rung, expected)) in rows.into_iter().enumerate() {
            let standing = standing.map(|(verified_at, browser)| Standing { verified_at, browser });
            assert_eq!(obstacle(standing, rung, NOW), expected, "row {row}");
        }
    }
}
