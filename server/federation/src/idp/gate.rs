//! Owns the ladder that every page of an account stands behind: who is signed in, whose address
//! is proven, who showed a second factor, whose browser is known, who signed in a moment ago. One
//! pure function says what is missing first.

/// How long a proof of the address is good for, in seconds.
pub(crate) const VERIFIED_FOR: i64 = 90 * 24 * 3600;

/// How long ago a sign-in may be for pages that change what opens the account, in seconds.
pub(crate) const RECENT_FOR: i64 = 15 * 60;

/// What a page asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rung {
    /// Somebody is signed in.
    Connected,
    /// Besides, their address is proven, and was not too long ago.
    Verified,
    /// Besides, they signed in a moment ago, and showed a second factor if they have one: enough to
    /// set up one that is asked for. Whoever opened the account with another person's address, or
    /// only knows a password, could leave a key of their own in it.
    Enrolment,
    /// All that a service asks for, and the browser is known.
    Browser,
    /// Besides, they signed in a moment ago, with a second factor if they have one.
    Settings,
}

/// One condition of a rung.
#[derive(Clone, Copy, Debug)]
enum Step {
    Verified,
    SecondFactor,
    KnownBrowser,
    Recent,
    StrongIfPossible,
}

impl Rung {
    /// What a rung asks of somebody who is signed in, in this order.
    fn steps(self) -> &'static [Step] {
        use Step::{KnownBrowser, Recent, SecondFactor, StrongIfPossible, Verified};
        match self {
            Self::Connected => &[],
            Self::Verified => &[Verified],
            Self::Enrolment => &[Verified, Recent, StrongIfPossible],
            Self::Browser => &[Verified, SecondFactor, KnownBrowser],
            Self::Settings => &[Verified, SecondFactor, KnownBrowser, Recent, StrongIfPossible],
        }
    }
}

/// Whether a browser is known to belong to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrowserTrust {
    Known,
    Unknown,
    /// Nobody asks.
    NotChecked,
}

/// What the service and the person's own setting ask for beyond the sign-in that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SecondFactor {
    NotNeeded,
    /// One of the factors that the person set up.
    Use,
    /// The person has to set one up.
    Enrol,
}

/// Where somebody who is signed in stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// When the address was proven last, if ever.
    pub(crate) verified_at: Option<i64>,
    /// When they signed in.
    pub(crate) auth_time: i64,
    pub(crate) browser: BrowserTrust,
    pub(crate) second_factor: SecondFactor,
    /// Whether the person has a second factor that they have not shown.
    pub(crate) could_be_stronger: bool,
}

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    SignIn,
    /// They signed in too long ago for this page.
    SignInAgain,
    VerifyEmail(Occasion),
    /// The service, or the person's own setting, asks for a second factor.
    SecondFactor,
    /// This page asks for it.
    SecondFactorForSettings,
    Enrol,
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
    let Some(standing) = standing else { return Some(Obstacle::SignIn) };
    rung.steps().iter().find_map(|step| missing(*step, &standing, now))
}

fn missing(step: Step, standing: &Standing, now: i64) -> Option<Obstacle> {
    match step {
        Step::Verified => match standing.verified_at {
            None => Some(Obstacle::VerifyEmail(Occasion::First)),
            Some(at) if now - at > VERIFIED_FOR => Some(Obstacle::VerifyEmail(Occasion::Renewal)),
            Some(_) => None,
        },
        Step::SecondFactor => match standing.second_factor {
            SecondFactor::NotNeeded => None,
            SecondFactor::Use => Some(Obstacle::SecondFactor),
            SecondFactor::Enrol => Some(Obstacle::Enrol),
        },
        Step::KnownBrowser => (standing.browser == BrowserTrust::Unknown)
            .then_some(Obstacle::VerifyEmail(Occasion::UnknownBrowser)),
        Step::Recent => (now - standing.auth_time > RECENT_FOR).then_some(Obstacle::SignInAgain),
        Step::StrongIfPossible => {
            standing.could_be_stronger.then_some(Obstacle::SecondFactorForSettings)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BrowserTrust::{Known, NotChecked, Unknown};
    use Rung::{Browser, Connected, Enrolment, Settings, Verified};

    const NOW: i64 = 1_000_000_000;
    const PROVEN: Option<i64> = Some(NOW - VERIFIED_FOR);
    const STALE: Option<i64> = Some(NOW - VERIFIED_FOR - 1);

    fn standing(verified_at: Option<i64>, browser: BrowserTrust) -> Standing {
        Standing {
            verified_at,
            auth_time: NOW - RECENT_FOR,
            browser,
            second_factor: SecondFactor::NotNeeded,
            could_be_stronger: false,
        }
    }

    #[test]
    fn nobody_stands_on_any_rung() {
        for rung in [Connected, Verified, Enrolment, Browser, Settings] {
            assert_eq!(obstacle(None, rung, NOW), Some(Obstacle::SignIn), "{rung:?}");
        }
    }

    #[test]
    fn address_and_browser_are_asked_for_rung_by_rung() {
        let email = |occasion| Some(Obstacle::VerifyEmail(occasion));
        let rows = [
            ((None, Unknown), Connected, None),
            ((None, Unknown), Enrolment, email(Occasion::First)),
            ((STALE, Known), Enrolment, email(Occasion::Renewal)),
            ((PROVEN, Unknown), Enrolment, None),
            ((None, Known), Verified, email(Occasion::First)),
            ((None, Unknown), Browser, email(Occasion::First)),
            ((STALE, Known), Verified, email(Occasion::Renewal)),
            ((STALE, Unknown), Browser, email(Occasion::Renewal)),
            ((PROVEN, Unknown), Verified, None),
            ((PROVEN, Unknown), Browser, email(Occasion::UnknownBrowser)),
            ((PROVEN, Unknown), Settings, email(Occasion::UnknownBrowser)),
            ((PROVEN, NotChecked), Browser, None),
            ((PROVEN, Known), Browser, None),
            ((PROVEN, Known), Settings, None),
        ];
        for (row, ((verified_at, browser), rung, expected)) in rows.into_iter().enumerate() {
            let found = obstacle(Some(standing(verified_at, browser)), rung, NOW);
            assert_eq!(found, expected, "row {row}");
        }
    }

    #[test]
    fn a_second_factor_comes_after_the_address_and_before_the_browser() {
        let rows = [
            (SecondFactor::Use, STALE, Obstacle::VerifyEmail(Occasion::Renewal)),
            (SecondFactor::Use, PROVEN, Obstacle::SecondFactor),
            (SecondFactor::Enrol, PROVEN, Obstacle::Enrol),
            (SecondFactor::NotNeeded, PROVEN, Obstacle::VerifyEmail(Occasion::UnknownBrowser)),
        ];
        for (second_factor, verified_at, expected) in rows {
            let standing = Standing { second_factor, ..standing(verified_at, Unknown) };
            for rung in [Browser, Settings] {
                let found = obstacle(Some(standing), rung, NOW);
                assert_eq!(found, Some(expected), "{second_factor:?} {rung:?}");
            }
            // What is asked for is set up here.
            let proven = Standing { verified_at: PROVEN, ..standing };
            assert_eq!(obstacle(Some(proven), Enrolment, NOW), None, "{second_factor:?}");
        }
    }

    #[test]
    fn settings_want_a_recent_sign_in_with_all_that_the_person_has() {
        let good = standing(PROVEN, Known);
        let late = Standing { auth_time: NOW - RECENT_FOR - 1, ..good };
        let weak = Standing { could_be_stronger: true, ..good };
        let both = Standing { could_be_stronger: true, ..late };
        let rows = [
            (good, Settings, None),
            (late, Settings, Some(Obstacle::SignInAgain)),
            (late, Enrolment, Some(Obstacle::SignInAgain)),
            (late, Browser, None),
            (weak, Settings, Some(Obstacle::SecondFactorForSettings)),
            // Signing in again comes first, or the factor would be asked for twice.
            (both, Settings, Some(Obstacle::SignInAgain)),
            (weak, Browser, None),
            // Or a password would be enough to replace the factor.
            (weak, Enrolment, Some(Obstacle::SecondFactorForSettings)),
        ];
        for (row, (standing, rung, expected)) in rows.into_iter().enumerate() {
            assert_eq!(obstacle(Some(standing), rung, NOW), expected, "row {row}");
        }
    }
}
