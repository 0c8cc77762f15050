//! Owns the differences between the providers of this crate, as data.

use super::Params;

/// How one kind of provider deviates from the common protocol.
#[derive(Debug)]
pub(crate) struct Dialect {
    /// Paths below the issuer.
    pub(crate) endpoints: Endpoints,
    /// Rules on the authorization request whose breach is answered on our own page.
    pub(crate) parameter_rules: &'static [&'static [ParameterRule]],
    /// Whether a parameter without a meaning is such a breach, too.
    pub(crate) only_known_parameters: bool,
    /// Each scope with the claims it releases.
    pub(crate) scopes: &'static [(&'static str, &'static [&'static str])],
    /// Claims beyond those of the scopes that the discovery document announces.
    pub(crate) further_claims: &'static [&'static str],
    /// The levels that are announced and accepted, in this order.
    pub(crate) acr_values: &'static [&'static str],
    /// The accepted values of `prompt`.
    pub(crate) prompts: &'static [&'static str],
    /// Extra parameters of the authorization request that are kept for the interaction.
    pub(crate) hints: &'static [&'static str],
}

/// Paths below the issuer.
#[derive(Debug)]
pub(crate) struct Endpoints {
    pub(crate) authorization: &'static str,
    pub(crate) token: &'static str,
    pub(crate) userinfo: &'static str,
    pub(crate) jwks: &'static str,
    pub(crate) end_session: &'static str,
    pub(crate) introspection: &'static str,
    pub(crate) revocation: &'static str,
}

/// One rule on the parameters of an authorization request.
pub(crate) struct ParameterRule {
    /// The parameter it is about.
    pub(crate) name: &'static str,
    /// Says what is wrong, if anything.
    pub(crate) check: fn(&'static str, &Params) -> Option<String>,
}

impl std::fmt::Debug for ParameterRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Dialect {
    /// Whether any scope has this name.
    pub(crate) fn knows_scope(&self, name: &str) -> bool {
        self.scopes.iter().any(|(scope, _)| *scope == name)
    }
}
