//! Passwords that people choose. A list of common ones stands in for the service that knows
//! which passwords have leaked: nothing is looked up on the network.

use crate::email::EmailAddress;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PasswordProblem {
    /// It does not follow the rules that stand below the field.
    Weak,
    /// Too many people have it.
    Leaked,
}

const FEWEST: usize = 10;
const MOST: usize = 128;
/// From this length on it is a sentence, and need not mix kinds of characters.
const SENTENCE: usize = 20;

/// The example below the field, and the names of the house.
const FORBIDDEN: [&str; 7] = [
    "sous le pont mirabeau coule la seine",
    "moncomptepro",
    "mon compte pro",
    "agentconnect",
    "agent connect",
    "proconnect",
    "pro connect",
];

/// The most common passwords, one a line, sorted, after a few lines about their origin.
const COMMON: &str = include_str!("../../../data/common-passwords.txt");

/// Judges a password, surrounding white space left out.
pub(crate) fn judge(password: &str, email: &EmailAddress) -> Result<(), PasswordProblem> {
    if !is_long_and_mixed(password) || holds_forbidden_words(password, email) {
        return Err(PasswordProblem::Weak);
    }
    if is_common(password) { Err(PasswordProblem::Leaked) } else { Ok(()) }
}

fn is_long_and_mixed(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let has = |kind: fn(&char) -> bool| characters.iter().any(kind);
    (FEWEST..=MOST).contains(&characters.len())
        && !characters.windows(3).any(|three| three[0] == three[1] && three[1] == three[2])
        && (characters.len() >= SENTENCE
            || (has(char::is_ascii_lowercase)
                && has(char::is_ascii_uppercase)
                && has(char::is_ascii_digit)
                && has(|c| !c.is_ascii_alphanumeric())))
}

fn holds_forbidden_words(password: &str, email: &EmailAddress) -> bool {
    let folded = password.to_lowercase();
    folded.contains(&email.canonical()) || FORBIDDEN.iter().any(|word| folded.contains(word))
}

/// Whether it is a common password, as it is or with digits and signs at its end.
fn is_common(password: &str) -> bool {
    let folded = password.to_lowercase();
    let bare = folded.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = bare.trim_end_matches(|c: char| !c.is_alphabetic());
    [folded.as_str(), bare, word].into_iter().any(|candidate| {
        COMMON.lines().filter(|line| !line.starts_with('#')).any(|common| common == candidate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use PasswordProblem::{Leaked, Weak};

    #[test]
    fn passwords_are_judged_by_the_rules() {
        let email = EmailAddress::parse("Jean@Exemple.fr").expect("valid");
        let longest = "aB3!".repeat(32);
        let too_long = format!("{longest}x");
        let rows = [
            ("four kinds, ten characters", "Tr0is-loup", Ok(())),
            ("nine characters", "Tr0is-lou", Err(Weak)),
            ("no upper case", "tr0is-loups", Err(Weak)),
            ("no lower case", "TR0IS-LOUPS", Err(Weak)),
            ("no digit", "Trois-loups", Err(Weak)),
            ("nothing special", "Tr0isLoups", Err(Weak)),
            ("an accent is special", "Tr0isloupé", Ok(())),
            ("a space is special", "Tr0is loup", Ok(())),
            ("a sentence", "trois loups dans la nuit", Ok(())),
            ("twenty characters", "trois loups dans nui", Ok(())),
            ("nineteen characters", "trois loups dans nu", Err(Weak)),
            ("three alike", "Tr0is-louppp", Err(Weak)),
            ("two alike", "Tr0is-loupp", Ok(())),
            ("longest", longest.as_str(), Ok(())),
            ("too long", too_long.as_str(), Err(Weak)),
            ("holds the address", "1-JEAN@exemple.fr-A", Err(Weak)),
            ("holds the service's name", "Mon-ProConnect-1", Err(Weak)),
            ("the same with a space", "Mon Pro Connect 1", Err(Weak)),
            ("holds a former name", "Mon Compte Pro 2024", Err(Weak)),
            ("the example", "Sous le pont Mirabeau coule la Seine", Err(Weak)),
            ("common with signs", "Password123!", Err(Leaked)),
            ("common with a year", "Football2024!", Err(Leaked)),
            ("empty", "", Err(Weak)),
        ];
        for (row, password, expected) in rows {
            assert_eq!(judge(password, &email), expected, "{row}");
        }
    }
}
