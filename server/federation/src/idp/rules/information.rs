//! What people say about themselves: their names, a telephone number, a job.

use serde::{Deserialize, Serialize};

use super::name::{is_visible, name};

/// Longer ones are no jobs.
const LONGEST_JOB: usize = 256;

/// What was typed into the fields, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TypedInformation {
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    #[serde(default)]
    pub(crate) phone_number: String,
    #[serde(default)]
    pub(crate) job: String,
}

/// What is true of all fields: they follow the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Information {
    pub(crate) given_name: String,
    pub(crate) family_name: String,
    pub(crate) phone_number: Option<String>,
    pub(crate) job: Option<String>,
}

/// Which fields do not follow the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each field")]
pub(crate) struct Misfits {
    pub(crate) given_name: bool,
    pub(crate) family_name: bool,
    pub(crate) phone_number: bool,
    pub(crate) job: bool,
}

/// Reads the fields; those that may be left empty then stand for nothing.
pub(crate) fn information(typed: &TypedInformation) -> Result<Information, Misfits> {
    let (given, family) = (name(&typed.given_name), name(&typed.family_name));
    let (phone, job) = (phone(&typed.phone_number), job(&typed.job));
    match (given, family, phone, job) {
        (Some(given_name), Some(family_name), Ok(phone_number), Ok(job)) => {
            Ok(Information { given_name, family_name, phone_number, job })
        }
        (given, family, phone, job) => Err(Misfits {
            given_name: given.is_none(),
            family_name: family.is_none(),
            phone_number: phone.is_err(),
            job: job.is_err(),
        }),
    }
}

/// Why an optional field is refused.
#[derive(Debug, PartialEq, Eq)]
struct Misfit;

/// A telephone number: 7 to 15 digits, perhaps after a plus sign, each perhaps followed by one space or
/// hyphen.
fn phone(typed: &str) -> Result<Option<String>, Misfit> {
    let phone = typed.trim();
    if phone.is_empty() {
        return Ok(None);
    }
    let digits = phone.strip_prefix('+').unwrap_or(phone);
    let separator = |byte: u8| byte == b' ' || byte == b'-';
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let possible = digits.bytes().all(|byte| byte.is_ascii_digit() || separator(byte));
    let apart =
        digits.as_bytes().windows(2).all(|pair| !(separator(pair[0]) && separator(pair[1])));
    let begins = digits.starts_with(|first: char| first.is_ascii_digit());
    let valid = (7..=15).contains(&count) && possible && apart && begins;
    valid.then(|| Some(phone.to_owned())).ok_or(Misfit)
}

/// What somebody does: visible, and not a number.
fn job(typed: &str) -> Result<Option<String>, Misfit> {
    let job = typed.trim();
    if job.is_empty() {
        return Ok(None);
    }
    let says_something = job.chars().any(|c| is_visible(c) && !c.is_numeric());
    let valid =
        says_something && job.chars().count() <= LONGEST_JOB && !job.chars().any(char::is_control);
    valid.then(|| Some(job.to_owned())).ok_or(Misfit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(phone_number: &str, job: &str) -> TypedInformation {
        TypedInformation {
            given_name: " Ada ".to_owned(),
            family_name: "Lovelace".to_owned(),
            phone_number: phone_number.to_owned(),
            job: job.to_owned(),
        }
    }

    #[test]
    fn telephone_numbers_are_read_as_people_write_them() {
        let rows = [
            ("", Ok(None)),
            ("   ", Ok(None)),
            (" 01 23 45 67 89 ", Ok(Some("01 23 45 67 89"))),
            ("+33123456789", Ok(Some("+33123456789"))),
            ("+33-1-23-45-67-89", Ok(Some("+33-1-23-45-67-89"))),
            ("1234567", Ok(Some("1234567"))),
            ("123456789012345", Ok(Some("123456789012345"))),
            ("123456", Err(Misfit)),
            ("1234567890123456", Err(Misfit)),
            ("01  23456789", Err(Misfit)),
            ("01 -23456789", Err(Misfit)),
            ("++33123456789", Err(Misfit)),
            ("+ 33123456789", Err(Misfit)),
            ("33+123456789", Err(Misfit)),
            ("01.23.45.67.89", Err(Misfit)),
            ("(01) 23456789", Err(Misfit)),
            ("0123456a", Err(Misfit)),
            ("٠١٢٣٤٥٦٧", Err(Misfit)),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|phone: Option<&str>| phone.map(str::to_owned));
            assert_eq!(phone(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_job_says_something() {
        let long = "a".repeat(257);
        let rows = [
            ("", Ok(None)),
            (" \t ", Ok(None)),
            (" Cheffe de projet n° 1 ", Ok(Some("Cheffe de projet n° 1"))),
            ("42", Err(Misfit)),
            ("4 2", Err(Misfit)),
            ("\u{200b}", Err(Misfit)),
            ("a\nb", Err(Misfit)),
            (long.as_str(), Err(Misfit)),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|job: Option<&str>| job.map(str::to_owned));
            assert_eq!(job(text), expected, "{text:?}");
        }
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let read = information(&typed("0123456789", "")).expect("all right");
        assert_eq!((read.given_name.as_str(), read.job), ("Ada", None));

        let wrong = TypedInformation { family_name: String::new(), ..typed("1", "1") };
        let expected =
            Misfits { given_name: false, family_name: true, phone_number: true, job: true };
        assert_eq!(information(&wrong), Err(expected));
    }
}
