//! Owns the email address as ProConnect reads it: enough of a check to route on its domain,
//! never an attempt to decide whether the mailbox exists.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A syntactically valid address. It keeps the case in which it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// Why a text is no email address.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid email address")]
pub struct InvalidEmail;

impl EmailAddress {
    /// Reads an address; surrounding white space is ignored.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        let valid = text.len() <= 254
            && (1..=64).contains(&local.len())
            && local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom_byte))
            && domain.contains('.')
            && domain.split('.').all(is_label)
            && domain
                .rsplit('.')
                .next()
                .is_some_and(|tld| !tld.bytes().all(|b| b.is_ascii_digit()));
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidEmail) }
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`, in lower case.
    pub fn domain(&self) -> String {
        self.0.rsplit('@').next().unwrap_or_default().to_ascii_lowercase()
    }

    /// What stands before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The form under which an account is found.
    pub fn canonical(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

impl std::str::FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(email: EmailAddress) -> Self {
        email.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_proconnect_reads_them() {
        let rows = [
            ("plain", "test@fia1.fr", true),
            ("surrounding space", "  test@fia1.fr ", true),
            ("plus sign", "test+proconnect@fia1.fr", true),
            ("upper case domain", "Test@FIA1.FR", true),
            ("no domain", "test@", false),
            ("no local part", "@fia1.fr", false),
            ("no dot in the domain", "test@localhost", false),
            ("two at signs", "a@b@fia1.fr", false),
            ("inner space", "te st@fia1.fr", false),
            ("empty label", "test@fia1..fr", false),
            ("numeric top level", "test@127.0.0.1", false),
            ("markup", "<b>@fia1.fr", false),
            ("header injection", "a@fia1.fr\r\nBcc: b@c.fr", false),
        ];
        for (row, text, valid) in rows {
            assert_eq!(EmailAddress::parse(text).is_ok(), valid, "{row}");
        }
    }

    #[test]
    fn the_domain_is_lower_case() {
        let email = EmailAddress::parse("Jean.Dupont@FIA1.fr").expect("valid");

        assert_eq!(email.domain(), "fia1.fr");
        assert_eq!(email.local_part(), "Jean.Dupont");
        assert_eq!(email.canonical(), "jean.dupont@fia1.fr");
    }
}
