//! Owns the comparison of a person with the leaders that a register names: five details, a point
//! each. What the register does not say contradicts nobody.

use crate::config::{FRANCE, Leader};
use crate::folding::folded;
use crate::storage::StoredIdentity;

/// With how many points somebody may well be the leader, and is told what differs.
const CLOSE: usize = 3;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    FamilyName,
    GivenName,
    Gender,
    Birthdate,
    Birthplace,
}

impl Detail {
    /// All of them.
    pub(crate) const ALL: [Self; 5] =
        [Self::FamilyName, Self::GivenName, Self::Gender, Self::Birthdate, Self::Birthplace];

    fn agrees(self, identity: &StoredIdentity, leader: &Leader) -> bool {
        let same = |one: &str, other: &str| folded(one) == folded(other);
        match self {
            Self::FamilyName => same(&identity.family_name, &leader.family_name),
            Self::GivenName => same(first(&identity.given_name), first(&leader.given_names)),
            Self::Gender => leader.gender.is_none_or(|gender| gender.as_str() == identity.gender),
            Self::Birthdate => leader.birthdate.to_string() == identity.birthdate,
            Self::Birthplace => is_born_there(identity, leader),
        }
    }
}

/// Which details of a person agree with a leader's, in the order of [`Detail::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Agreement([bool; Detail::ALL.len()]);

/// What the comparison with all leaders comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// The person is one of them.
    Same,
    /// One of them is like the person, but for some details.
    Close(Agreement),
    /// None of them is.
    Different,
}

/// Compares somebody with the leaders of an organisation.
pub(crate) fn compare(identity: &StoredIdentity, leaders: &[Leader]) -> Comparison {
    let best = leaders
        .iter()
        .map(|leader| Agreement::of(identity, leader))
        .max_by_key(|agreement| agreement.score());
    match best {
        Some(best) if best.score() == Detail::ALL.len() => Comparison::Same,
        Some(best) if best.score() >= CLOSE => Comparison::Close(best),
        _ => Comparison::Different,
    }
}

impl Agreement {
    fn of(identity: &StoredIdentity, leader: &Leader) -> Self {
        Self(Detail::ALL.map(|detail| detail.agrees(identity, leader)))
    }

    /// Whether a detail agrees.
    pub(crate) fn includes(self, detail: Detail) -> bool {
        self.0[detail as usize]
    }

    fn score(self) -> usize {
        self.0.into_iter().filter(|agrees| *agrees).count()
    }
}

/// The first of several given names.
fn first(names: &str) -> &str {
    names.split([' ', ',']).find(|name| !name.is_empty()).unwrap_or_default()
}

/// The commune of people born in France, the country of all others.
fn is_born_there(identity: &StoredIdentity, leader: &Leader) -> bool {
    let country = leader.birthcountry.as_deref();
    if identity.birthcountry != FRANCE {
        return country.is_none_or(|country| country == identity.birthcountry);
    }
    if country.is_some_and(|country| country != FRANCE) {
        return false;
    }
    leader.birthplace.as_deref().is_none_or(|place| {
        place == identity.birthplace
            || was_renumbered(place, &identity.birthplace)
            || was_renumbered(&identity.birthplace, place)
    })
}

/// Departments that were divided, in 1968 around Paris and in 1976 in Corsica, with those that
/// took their place. Their communes kept the last three digits of their codes.
const DIVIDED: [(&str, &[&str]); 3] =
    [("75", &["92", "93", "94"]), ("78", &["91", "95"]), ("20", &["2A", "2B"])];

/// Whether the second code is the one that the commune of the first has had since.
fn was_renumbered(old: &str, new: &str) -> bool {
    let parts = |code| str::split_at_checked(code, 2);
    let (Some((old_department, old_rest)), Some((department, rest))) = (parts(old), parts(new))
    else {
        return false;
    };
    let divided =
        |(from, into): &(&str, &[&str])| *from == old_department && into.contains(&department);
    old_rest == rest && DIVIDED.iter().any(divided)
}

#[cfg(test)]
mod tests;
