//! How values are written for people.

use app::format::{is_siret, query_value, siren, siret};

#[test]
fn a_siret_is_grouped_and_anything_else_left_alone() {
    for (value, shown) in [
        ("13002526500013", "130\u{a0}025\u{a0}265\u{a0}00013"),
        ("21920023500014", "219\u{a0}200\u{a0}235\u{a0}00014"),
        ("00000000000000", "000\u{a0}000\u{a0}000\u{a0}00000"),
        ("1300252650001", "1300252650001"),
        ("130025265000130", "130025265000130"),
        ("1300252650001X", "1300252650001X"),
        ("éééé130025", "éééé130025"),
        ("", ""),
    ] {
        assert_eq!(siret(value), shown, "{value}");
    }
}

#[test]
fn a_siren_is_the_start_of_a_siret() {
    assert_eq!(siren("13002526500013"), "130\u{a0}025\u{a0}265");
    assert_eq!(siren("1300252650001X"), "1300252650001X");
}

#[test]
fn a_siret_checks_itself() {
    for (text, holds) in [
        ("13002526500013", true),
        ("21920023500014", true),
        ("20007184300060", true),
        ("20007184300061", false),
        ("35600000000048", true),
        ("35600000049837", true),
        ("35600000049838", false),
        ("1300252650001", false),
        ("130025265000130", false),
        ("1300252650001X", false),
        ("", false),
    ] {
        assert_eq!(is_siret(text), holds, "{text}");
    }
}

#[test]
fn a_path_becomes_one_query_value() {
    assert_eq!(query_value("/en/compte"), "%2Fen%2Fcompte");
    assert_eq!(query_value("/a?b=c&d=%20"), "%2Fa%3Fb=c%26d=%2520");
}
