//! The table of `IDENTITE.md`: what it names is there.

use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("../../IDENTITE.md");

/// How many features the real one tests.
const FEATURES: usize = 46;

/// Features that are left out, each with its reason in the table.
const LEFT_OUT: [&str; 2] = ["set_info_after_account_provisioning", "signin_with_legacy_scope"];

struct Row {
    feature: &'static str,
    holds: &'static str,
    shown_by: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| line.starts_with('|')).skip(2);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [feature, holds, shown_by] = cells[..] else { panic!("{line}") };
            let shown_by = shown_by.split('`').skip(1).step_by(2).collect();
            Row { feature, holds, shown_by }
        })
        .collect()
}

#[test]
fn every_feature_stands_in_the_table_once_and_is_shown_or_left_out_with_a_reason() {
    let rows = rows();
    assert_eq!(rows.len(), FEATURES);
    assert!(rows.is_sorted_by(|one, next| one.feature < next.feature), "in order, each once");
    for Row { feature, holds, shown_by } in rows {
        let left_out = holds.starts_with("not here: ");
        assert_eq!(left_out, shown_by.is_empty(), "{feature}");
        assert_eq!(left_out, LEFT_OUT.contains(&feature), "{feature}");
    }
}

#[test]
fn what_shows_a_feature_is_there() {
    for Row { feature, shown_by, .. } in rows() {
        for test in shown_by {
            let (path, mark) = source(test);
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{feature}: {}: {error}", path.display()));
            assert!(text.contains(&mark), "{feature}: no {mark} in {}", path.display());
            assert!(!text.contains("test.skip") && !text.contains("test.fixme"), "{test}");
        }
    }
}

/// The file of a test, and what stands in it.
fn source(test: &str) -> (PathBuf, String) {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    match test.split_once(": ") {
        Some((file, name)) if file.starts_with("src/") => {
            return (crate_root.join(file), format!("fn {name}("));
        }
        Some((file, title)) => {
            return (crate_root.join("../../end2end/tests").join(file), format!("test('{title}'"));
        }
        None => {}
    }
    let (module, name) = test.rsplit_once("::").expect("a module");
    let file = format!("{}.rs", module.replace("::", "/"));
    (crate_root.join("tests/it").join(file), format!("fn {name}("))
}
