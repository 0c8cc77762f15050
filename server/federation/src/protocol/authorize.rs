//! Owns the validation of an authorization request, in three tiers that decide where an error
//! is shown: parameters that cannot be read and a client or redirect URI that cannot be
//! trusted stay on our page; everything after that goes back to the client. Each tier is a
//! table of named checks in their order of evaluation.

mod checks;
mod remarks;
mod trust;

use super::request::AuthorizationRequest;
use super::response::ReplyTo;
use super::{Check, Checklist, Client, Dialect, OAuthError, Params};

pub(crate) use trust::is_http_uri;

/// Why a request is refused, by the tier that refused it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The parameters cannot be read: our page, without a way back.
    Malformed(Vec<String>),
    /// There is no address we may redirect to: our page, without a way back.
    Untrusted(OAuthError),
    /// The client is told.
    Redirected(ReplyTo, OAuthError),
}

/// Runs all checks.
pub(crate) fn validate(
    params: &Params,
    dialect: &Dialect,
    checklist: &mut Checklist,
    find_client: impl Fn(&str) -> Option<Client>,
) -> Result<AuthorizationRequest, Refusal> {
    remarks::add(params, dialect, checklist);
    let mut problems: Vec<String> = dialect
        .parameter_rules
        .iter()
        .copied()
        .flatten()
        .filter_map(|rule| {
            let problem = (rule.check)(rule.name, params).map_or(Ok(()), Err);
            checklist.check(Check::Parameter(rule.name), problem).err()
        })
        .collect();
    if dialect.only_known_parameters {
        let unknown = remarks::unknown(params, dialect).next();
        let known = unknown.map_or(Ok(()), |name| Err(format!("property {name} should not exist")));
        problems.extend(checklist.check(Check::ParametersKnown, known).err());
    }
    if !problems.is_empty() {
        return Err(Refusal::Malformed(problems));
    }

    let trusted = trust::establish(params, checklist, find_client).map_err(Refusal::Untrusted)?;
    let reply_to = trust::reply_to(params, &trusted);
    checks::run(params, dialect, &trusted, checklist)
        .map_err(|error| Refusal::Redirected(reply_to.clone(), error))?;

    let accepted = checks::accept(params, dialect, &trusted, reply_to.clone());
    checklist
        .check(Check::ClaimsReadable, accepted)
        .map_err(|error| Refusal::Redirected(reply_to, error))
}

#[cfg(test)]
mod tests;
