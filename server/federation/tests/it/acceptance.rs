//! The acceptance list of the real federation: every scenario of its own test suite, and what
//! shows here that it holds.
//!
//! Invariant: every identifier stands in the table once and in order, whatever it is covered by
//! exists, and a test that covers a scenario says so in its name.

mod channels;
mod journeys;
mod operation;
mod people;
mod requests;

use std::collections::BTreeSet;
use std::path::Path;

/// What shows that a scenario holds.
pub(crate) enum Covered {
    /// Tests of this suite.
    By(&'static [&'static str]),
    /// A test in a real browser: its file below `end2end/tests`, and its title.
    InBrowser(&'static str, &'static str),
    /// Why it cannot be shown offline.
    NotOffline(&'static str),
}

/// A scenario.
pub(crate) struct Row {
    id: &'static str,
    covered: Covered,
}

impl Row {
    pub(crate) const fn new(id: &'static str, covered: Covered) -> Self {
        Self { id, covered }
    }
}

/// Names tests; one that is not there does not compile.
macro_rules! by {
    ($($($test:ident)::+),+ $(,)?) => {{
        $(const _: fn() = crate::$($test)::+;)+
        $crate::acceptance::Covered::By(&[$(stringify!($($test)::+)),+])
    }};
}
use by;

/// The groups in the order of the list, with the number of scenarios in each.
const GROUPS: &[(&str, u8)] = &[
    ("AU", 11),
    ("DI", 1),
    ("HE", 4),
    ("NF", 1),
    ("CB", 7),
    ("CS", 1),
    ("TK", 9),
    ("IN", 6),
    ("RS", 2),
    ("AC", 9),
    ("AP", 5),
    ("CL", 5),
    ("EV", 6),
    ("EM", 3),
    ("FI", 7),
    ("ID", 7),
    ("PV", 1),
    ("PCI", 2),
    ("BL", 2),
    ("IH", 5),
    ("LH", 4),
    ("SH", 1),
    ("LS", 4),
    ("PK", 3),
    ("PR", 3),
    ("RU", 1),
    ("SC", 6),
    ("SA", 5),
    ("SE", 3),
    ("SO", 5),
    ("SB", 4),
    ("RC", 3),
    ("US", 8),
    ("MF", 7),
    ("HY", 2),
    ("RT", 12),
    ("LO", 2),
    ("AD", 2),
    ("AF", 3),
    ("AS", 3),
    ("VI", 2),
    ("A11Y", 2),
];

fn rows() -> impl Iterator<Item = &'static Row> {
    [channels::ROWS, people::ROWS, requests::ROWS, journeys::ROWS, operation::ROWS]
        .into_iter()
        .flatten()
}

#[test]
fn every_scenario_stands_in_the_table_once_and_in_order() {
    let expected: Vec<String> = GROUPS
        .iter()
        .flat_map(|(group, count)| (1..=*count).map(move |number| format!("{group}{number}")))
        .collect();

    let listed: Vec<&str> = rows().map(|row| row.id).collect();

    assert_eq!(listed, expected);
}

#[test]
fn a_test_that_covers_a_scenario_names_it() {
    for row in rows() {
        let Covered::By(tests) = row.covered else { continue };
        for test in tests {
            let name = test.rsplit("::").next().unwrap_or_default().trim();
            let named: BTreeSet<&str> = name.split('_').collect();
            assert!(named.contains(row.id.to_lowercase().as_str()), "{}: {test}", row.id);
        }
    }
}

#[test]
fn a_test_in_the_browser_is_there_and_not_skipped() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for row in rows() {
        let Covered::InBrowser(file, title) = row.covered else { continue };
        let text = std::fs::read_to_string(root.join("end2end/tests").join(file))
            .unwrap_or_else(|error| panic!("{}: {file}: {error}", row.id));
        assert!(
            text.contains(&format!("test('{title}'")),
            "{}: no test '{title}' in {file}",
            row.id
        );
        assert!(title.contains(row.id), "{}: '{title}' does not name it", row.id);
        assert!(!text.contains("test.skip") && !text.contains("test.fixme"), "{file} skips tests");
    }
}

#[test]
fn what_cannot_be_shown_offline_is_the_exception_and_has_a_reason() {
    let reasons: Vec<&str> = rows()
        .filter_map(|row| match row.covered {
            Covered::NotOffline(reason) => Some(reason),
            _ => None,
        })
        .collect();

    assert!(reasons.iter().all(|reason| reason.len() > 20), "{reasons:?}");
    assert!(reasons.len() * 10 <= rows().count(), "{} scenarios not shown", reasons.len());
}
