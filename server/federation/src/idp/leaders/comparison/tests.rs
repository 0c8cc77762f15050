//! Details that agree and details that differ, row by row.

use super::*;
use crate::config::{BirthDate, Gender};
use Detail::{Birthdate, Birthplace, FamilyName, GivenName};

fn person() -> StoredIdentity {
    StoredIdentity {
        sub: "1".to_owned(),
        given_name: "Zoé Anne".to_owned(),
        family_name: "D'Aubigne Lacroix".to_owned(),
        preferred_username: Some("Martin".to_owned()),
        gender: "female".to_owned(),
        birthdate: "1961-07-14".to_owned(),
        birthplace: "92012".to_owned(),
        birthcountry: FRANCE.to_owned(),
        confirmed_at: 0,
    }
}

fn leader() -> Leader {
    Leader {
        family_name: "D'AUBIGNE LACROIX".to_owned(),
        given_names: "ZOE, MARIE".to_owned(),
        gender: Some(Gender::Female),
        birthdate: date("1961-07-14"),
        birthplace: Some("92012".to_owned()),
        birthcountry: Some(FRANCE.to_owned()),
    }
}

fn date(text: &str) -> BirthDate {
    text.to_owned().try_into().expect("a date")
}

fn differing(person: &StoredIdentity, leader: &Leader) -> Vec<Detail> {
    let agreement = Agreement::of(person, leader);
    Detail::ALL.into_iter().filter(|detail| !agreement.includes(*detail)).collect()
}

#[test]
fn names_gender_and_day_of_birth_have_to_agree() {
    type Change = fn(&mut StoredIdentity, &mut Leader);
    let rows: [(&str, Change, &[Detail]); 12] = [
        ("nothing differs", |_, _| {}, &[]),
        ("accents", |_, l| l.family_name = "d’Aubigné Lacroix".to_owned(), &[]),
        ("hyphens", |_, l| l.family_name = "d'Aubigné-Lacroix".to_owned(), &[]),
        ("another name", |_, l| l.family_name = "Lacroix".to_owned(), &[FamilyName]),
        (
            "the name in use does not count",
            |_, l| l.family_name = "Martin".to_owned(),
            &[FamilyName],
        ),
        ("the first given name only", |_, l| l.given_names = "Zoë Paule".to_owned(), &[]),
        ("another first one", |_, l| l.given_names = "Anne, Zoé".to_owned(), &[GivenName]),
        ("a hyphen makes two one", |p, _| p.given_name = "Zoé-Anne".to_owned(), &[GivenName]),
        ("no gender", |_, l| l.gender = None, &[]),
        ("another gender", |_, l| l.gender = Some(Gender::Male), &[Detail::Gender]),
        ("another day", |_, l| l.birthdate = date("1961-07-15"), &[Birthdate]),
        (
            "several",
            |_, l| (l.birthdate, l.gender) = (date("1961-07-15"), Some(Gender::Male)),
            &[Detail::Gender, Birthdate],
        ),
    ];
    for (row, change, expected) in rows {
        let (mut person, mut leader) = (person(), leader());
        change(&mut person, &mut leader);
        assert_eq!(differing(&person, &leader), expected, "{row}");
    }
}

#[test]
fn people_born_in_france_are_compared_by_commune_and_others_by_country() {
    // Country and commune of the person, and of the leader where the register has them.
    let rows = [
        ((FRANCE, "92012"), (Some(FRANCE), Some("92012")), true),
        ((FRANCE, "92012"), (Some(FRANCE), Some("92013")), false),
        ((FRANCE, "92012"), (None, Some("92012")), true),
        ((FRANCE, "92012"), (Some(FRANCE), None), true),
        ((FRANCE, "92012"), (None, None), true),
        ((FRANCE, "92012"), (None, Some("é")), false),
        // The code before the departments around Paris were divided.
        ((FRANCE, "92012"), (None, Some("75012")), true),
        ((FRANCE, "75012"), (None, Some("92012")), true),
        ((FRANCE, "92012"), (None, Some("78012")), false),
        ((FRANCE, "92012"), (Some("99352"), None), false),
        (("99352", ""), (Some("99352"), None), true),
        (("99352", ""), (Some("99350"), None), false),
        (("99352", ""), (Some(FRANCE), Some("92012")), false),
        (("99352", ""), (None, Some("92012")), true),
        (("99352", ""), (None, None), true),
    ];
    for ((country, commune), (leaders_country, leaders_commune), same) in rows {
        let person = StoredIdentity {
            birthcountry: country.to_owned(),
            birthplace: commune.to_owned(),
            ..person()
        };
        let leader = Leader {
            birthcountry: leaders_country.map(str::to_owned),
            birthplace: leaders_commune.map(str::to_owned),
            ..leader()
        };
        let expected: &[Detail] = if same { &[] } else { &[Birthplace] };
        assert_eq!(differing(&person, &leader), expected, "{person:?} {leader:?}");
    }
}

#[test]
fn the_leader_who_is_most_alike_decides() {
    let other = |differences: usize| {
        let mut other = leader();
        let changes: [fn(&mut Leader); 4] = [
            |l| l.birthplace = Some("01001".to_owned()),
            |l| l.birthdate = date("1970-01-01"),
            |l| l.gender = Some(Gender::Male),
            |l| l.given_names = "Paul".to_owned(),
        ];
        changes[..differences].iter().for_each(|change| change(&mut other));
        other
    };
    let agreement = |differences: usize| Agreement::of(&person(), &other(differences));
    let rows = [
        (vec![], Comparison::Different),
        (vec![other(4)], Comparison::Different),
        (vec![other(3)], Comparison::Different),
        (vec![other(2)], Comparison::Close(agreement(2))),
        (vec![other(1), other(3)], Comparison::Close(agreement(1))),
        (vec![other(3), other(0), other(1)], Comparison::Same),
    ];
    for (leaders, expected) in rows {
        assert_eq!(compare(&person(), &leaders), expected, "{leaders:?}");
    }
}

#[test]
fn names_are_compared_without_case_accents_and_punctuation() {
    let rows = [
        ("Édouard", "EDOUARD"),
        ("  Le  Goff ", "le-goff"),
        ("Sœur Ægée", "SOEUR AEGEE"),
        ("O’Neil", "O'NEIL"),
        ("Nuñez", "NUNEZ"),
    ];
    for (one, other) in rows {
        assert_eq!(folded(one), folded(other));
    }
    assert_ne!(folded("Legoff"), folded("Le Goff"));
}

#[test]
fn communes_of_divided_departments_keep_their_last_digits() {
    let rows = [
        ("75012", "92012", true),
        ("78228", "91228", true),
        ("20004", "2A004", true),
        ("92012", "75012", false),
        ("75012", "92013", false),
        ("20004", "2C004", false),
        ("", "", false),
    ];
    for (old, new, expected) in rows {
        assert_eq!(was_renumbered(old, new), expected, "{old} {new}");
    }
}
