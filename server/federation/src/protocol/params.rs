//! Owns the reading of `application/x-www-form-urlencoded` text. It is strict: text that is not
//! UTF-8 is refused as a whole, and a parameter given twice has no value, so that no check can
//! see one occurrence and a later step another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The parameters of a request.
#[derive(Default)]
pub(crate) struct Params {
    values: BTreeMap<String, String>,
    repeated: BTreeSet<String>,
}

/// Why a query or form cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the parameters are not valid URL-encoded UTF-8")]
pub(crate) struct MalformedParams;

impl Params {
    /// Reads a query string or form body.
    pub(crate) fn parse(raw: &[u8]) -> Result<Self, MalformedParams> {
        let mut params = Self::default();
        for pair in raw.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            if params.values.insert(name.clone(), value).is_some() {
                params.repeated.insert(name);
            }
        }
        Ok(params)
    }

    /// The value of a parameter that was given exactly once.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        if self.is_repeated(name) { None } else { self.values.get(name).map(String::as_str) }
    }

    /// The same, but an empty value counts as absent, as OAuth wants it (RFC 6749 §3.1).
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.is_empty())
    }

    /// The names of all parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Whether the parameter was given more than once.
    pub(crate) fn is_repeated(&self, name: &str) -> bool {
        self.repeated.contains(name)
    }
}

/// Values may be secrets: only names are shown.
impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.values.keys()).finish()
    }
}

fn decode(raw: &[u8]) -> Result<String, MalformedParams> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.iter();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next())? * 16 + hex(rest.next())?,
            other => *other,
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| MalformedParams)?;
    if text.contains('\0') { Err(MalformedParams) } else { Ok(text) }
}

fn hex(byte: Option<&u8>) -> Result<u8, MalformedParams> {
    let digit = byte.and_then(|byte| char::from(*byte).to_digit(16)).ok_or(MalformedParams)?;
    u8::try_from(digit).map_err(|_| MalformedParams)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_and_plus_signs_are_decoded() {
        let params = Params::parse(b"a=1+2%2B3&b=%C3%A9&c&d=x=y").expect("valid");

        assert_eq!(params.get("a"), Some("1 2+3"));
        assert_eq!(params.get("b"), Some("é"));
        assert_eq!(params.get("c"), Some(""));
        assert_eq!(params.get("d"), Some("x=y"));
        assert_eq!(params.non_empty("c"), None);
    }

    #[test]
    fn a_repeated_parameter_has_no_value() {
        let params = Params::parse(b"a=1&a=1&b=2").expect("valid");

        assert_eq!(params.get("a"), None);
        assert!(params.is_repeated("a"));
        assert_eq!(params.get("b"), Some("2"));
    }

    #[test]
    fn what_is_not_utf8_is_refused() {
        for raw in [&b"a=%ff"[..], b"a=%C3", b"a=\xff", b"%f=1", b"a=%zz", b"a=%", b"a=%00"] {
            assert!(Params::parse(raw).is_err(), "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn no_input_makes_it_panic(raw: Vec<u8>) {
            let _ = Params::parse(&raw);
        }

        #[test]
        fn what_was_encoded_is_read_back(name in "[a-z]{1,8}", value in "\\PC{0,32}") {
            let encoded: String =
                url::form_urlencoded::Serializer::new(String::new()).append_pair(&name, &value).finish();

            let params = Params::parse(encoded.as_bytes()).expect("valid");

            prop_assert_eq!(params.get(&name), Some(value.as_str()));
        }
    }
}
