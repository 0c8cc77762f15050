//! The table of checks (`CHECKS.md`) and the tests agree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const TABLE: &str = include_str!("../../CHECKS.md");
/// How many checks each group has.
const GROUPS: [(char, usize); 6] = [('A', 6), ('B', 17), ('C', 10), ('D', 7), ('E', 20), ('F', 23)];

/// Check → what its row names as tests, and the result.
fn rows() -> BTreeMap<String, (Vec<String>, String)> {
    let mut rows = BTreeMap::new();
    for line in TABLE.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| #")) {
        let cells: Vec<_> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [check, _, tests, result] = cells[..] else { panic!("four cells: {line}") };
        let tests = tests.split("<br>").map(str::to_owned).collect();
        let before = rows.insert(check.to_owned(), (tests, result.to_owned()));
        assert!(before.is_none(), "{check} stands twice");
    }
    rows
}

/// The names of test functions and their modules, as in `hostile::d4_redirects_are_not_followed`.
fn rust_tests() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tests = Vec::new();
    for folder in ["tests/it", "src"] {
        for file in rust_files(&root.join(folder)) {
            let module = file.strip_prefix(root.join(folder)).unwrap().with_extension("");
            let module = module.to_str().unwrap().replace('/', "::");
            let text = std::fs::read_to_string(&file).unwrap();
            for (at, _) in text.match_indices("#[t").filter(|(at, _)| {
                text[*at..].starts_with("#[test]") || text[*at..].starts_with("#[tokio::test")
            }) {
                let name = text[at..].split("fn ").nth(1).and_then(|rest| rest.split('(').next());
                tests.push(format!("{module}::{}", name.unwrap()));
            }
        }
    }
    tests
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// The checks that a test is named by: `c1_c2_forged_…` is about C1 and C2.
fn checks_of(test: &str) -> Vec<String> {
    let name = test.rsplit("::").next().unwrap();
    name.split('_')
        .take_while(|part| {
            let (letter, number) = part.split_at(part.len().min(1));
            ("a"..="f").contains(&letter) && number.parse::<u8>().is_ok()
        })
        .map(str::to_uppercase)
        .collect()
}

#[test]
fn every_check_has_its_tests() {
    let rows = rows();
    let tests = rust_tests();
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/tests");
    let all =
        GROUPS.iter().flat_map(|(group, count)| (1..=*count).map(move |n| format!("{group}{n}")));
    for check in all {
        let (named, result) = rows.get(&check).unwrap_or_else(|| panic!("{check} has no row"));
        assert_eq!(result, "passes", "{check}");
        for test in named {
            if let Some(name) = test.strip_prefix('`').and_then(|test| test.strip_suffix('`')) {
                assert!(tests.iter().any(|test| test == name), "{check}: there is no {name}");
                assert!(checks_of(name).contains(&check), "{name} is not about {check}");
            } else {
                let (file, title) = test.split_once(": “").unwrap_or_else(|| panic!("{test}"));
                let text = std::fs::read_to_string(specs.join(file)).unwrap();
                let title = title.trim_end_matches('”');
                let declared = text.lines().any(|line| {
                    line.contains("test") && line.contains(&check) && line.contains(title)
                });
                assert!(declared, "{check}: {file} has no “{title}”");
            }
        }
    }
    assert_eq!(rows.len(), 83);
}

#[test]
fn every_test_of_a_check_is_in_its_row() {
    let rows = rows();
    for test in rust_tests() {
        for check in checks_of(&test) {
            let (named, _) = rows.get(&check).unwrap_or_else(|| panic!("{test}: no {check}"));
            assert!(named.contains(&format!("`{test}`")), "{test} is missing at {check}");
        }
    }
}
