//! Owns the scope: a list of distinct names that keeps the order in which they were asked.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A set of scope names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct ScopeSet(Vec<String>);

impl ScopeSet {
    /// Reads a `scope` parameter.
    pub fn parse(text: &str) -> Self {
        text.split_ascii_whitespace().map(str::to_owned).collect::<Vec<_>>().into()
    }

    /// Whether it holds the name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|scope| scope == name)
    }

    /// The names in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Only the names that `keep` accepts.
    pub(crate) fn filtered(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|scope| keep(scope)).cloned().collect())
    }
}

impl From<Vec<String>> for ScopeSet {
    fn from(names: Vec<String>) -> Self {
        let mut distinct: Vec<String> = Vec::with_capacity(names.len());
        for name in names {
            if !distinct.contains(&name) {
                distinct.push(name);
            }
        }
        Self(distinct)
    }
}

impl From<ScopeSet> for Vec<String> {
    fn from(scope: ScopeSet) -> Self {
        scope.0
    }
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_kept_and_duplicates_are_dropped() {
        let scope = ScopeSet::parse(" openid  email openid ");

        assert_eq!(scope.to_string(), "openid email");
    }
}
