//! Owns what is worth telling a developer about an authorization request that breaks no rule:
//! ProConnect's documentation asks for more than its validator checks.

use super::super::{Checklist, Dialect, Params, Remark};
use super::checks::ONCE;

/// How long ProConnect's documentation wants `state` and `nonce` to be, in characters.
const RECOMMENDED: usize = 32;

/// The parameters that mean something besides those of [`ONCE`] and the dialect's hints.
const FURTHER: [&str; 2] = ["client_id", "redirect_uri"];

/// Longer names of unknown parameters are not repeated.
const LONGEST_NAME: usize = 40;

/// Adds the remarks.
pub(super) fn add(params: &Params, dialect: &Dialect, checklist: &mut Checklist) {
    let given = |name: &str| params.non_empty(name);
    let short = |text: &str| text.chars().count() < RECOMMENDED;
    let asks_login =
        given("prompt").is_some_and(|prompt| prompt.split(' ').any(|value| value == "login"));
    let demands_acr = given("claims").is_some_and(|claims| claims.contains("\"acr\""));
    let remarks = [
        (given("state").is_some_and(short), Remark::StateShort),
        (given("nonce").is_none(), Remark::NonceMissing),
        (given("nonce").is_some_and(short), Remark::NonceShort),
        (given("code_challenge").is_none(), Remark::NoPkce),
        (given("acr_values").is_some() && demands_acr, Remark::AcrAskedTwice),
        (given("acr_values").is_some(), Remark::AcrValuesVoluntary),
        (asks_login, Remark::PromptLoginReuses),
        (given("max_age").is_some(), Remark::MaxAgeIgnored),
    ];
    for (applies, remark) in remarks {
        if applies {
            checklist.remark(remark);
        }
    }
    for name in unknown(params, dialect).filter(|name| *name != "max_age") {
        if name.len() <= LONGEST_NAME {
            checklist.remark(Remark::ParameterUnknown(name.to_owned()));
        }
    }
}

/// The parameters that mean nothing.
pub(super) fn unknown<'p>(params: &'p Params, dialect: &Dialect) -> impl Iterator<Item = &'p str> {
    let known =
        |name: &&str| ONCE.contains(name) || FURTHER.contains(name) || dialect.hints.contains(name);
    params.names().filter(move |name| !known(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::DIALECT;

    #[test]
    fn what_the_documentation_wants_is_remarked() {
        let long = "a-text-of-at-least-thirty-two-characters";
        let exemplary = format!("state={long}&nonce={long}&code_challenge=c");
        let rows = [
            (exemplary.clone(), vec![]),
            (format!("state=s&nonce={long}&code_challenge=c"), vec![Remark::StateShort]),
            (format!("state={long}&code_challenge=c"), vec![Remark::NonceMissing]),
            (format!("state={long}&nonce=n&code_challenge=c"), vec![Remark::NonceShort]),
            (format!("state={long}&nonce={long}"), vec![Remark::NoPkce]),
            (format!("{exemplary}&prompt=login"), vec![Remark::PromptLoginReuses]),
            (format!("{exemplary}&max_age=0"), vec![Remark::MaxAgeIgnored]),
            (format!("{exemplary}&acr_values=eidas1"), vec![Remark::AcrValuesVoluntary]),
            (format!("{exemplary}&idp_hint=fia1"), vec![]),
            (
                format!("{exemplary}&sp_name=x"),
                vec![Remark::ParameterUnknown("sp_name".to_owned())],
            ),
        ];
        for (query, expected) in rows {
            let params = Params::parse(query.as_bytes()).expect("well-formed");
            let mut checklist = Checklist::default();
            add(&params, &DIALECT, &mut checklist);
            assert_eq!(checklist.remarks(), expected, "{query}");
        }
    }
}
