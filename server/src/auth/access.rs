//! Who may enter: the operator's rules, judged on verified claims.
//!
//! Invariant: every rule that was given must hold; a rule that was not given holds for everybody.

use super::identity::Identity;
use super::siret::Siret;

/// The rules. An empty one lets everybody in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessRules {
    /// Roles of which the person needs one.
    pub roles: Vec<String>,
    /// Domains of which the address needs one; `.example.fr` stands for all below `example.fr`.
    pub email_domains: Vec<String>,
    /// Organisations of which the person needs one.
    pub sirets: Vec<Siret>,
    /// Identity providers of which one must have vouched.
    pub idp_ids: Vec<String>,
}

/// A kind of rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessRule {
    /// About roles.
    Role,
    /// About the domain of the address.
    EmailDomain,
    /// About the organisation.
    Siret,
    /// About the identity provider.
    IdentityProvider,
}

impl AccessRule {
    /// The stable code, for logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Role => "access.role",
            Self::EmailDomain => "access.email_domain",
            Self::Siret => "access.siret",
            Self::IdentityProvider => "access.idp",
        }
    }
}

/// A person who may not enter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the person may not enter: {}", rule.code())]
pub struct Refusal {
    /// The first rule that does not hold.
    pub rule: AccessRule,
    /// What the person has instead, for their eyes only.
    pub value: Option<String>,
}

impl AccessRules {
    /// Whether the person may enter.
    pub fn judge(&self, identity: &Identity) -> Result<(), Refusal> {
        let domain = identity.email.as_deref().and_then(|email| email.rsplit_once('@'));
        let domain = domain.map(|(_, domain)| domain.to_ascii_lowercase());
        let siret = identity.siret.as_ref();
        let roles = identity.roles.join(", ");
        let judged = [
            (
                AccessRule::Role,
                self.roles.is_empty()
                    || identity.roles.iter().any(|role| self.roles.contains(role)),
                (!roles.is_empty()).then_some(roles),
            ),
            (
                AccessRule::EmailDomain,
                self.email_domains.is_empty()
                    || domain.as_deref().is_some_and(|domain| self.has_domain(domain)),
                domain.clone(),
            ),
            (
                AccessRule::Siret,
                self.sirets.is_empty() || siret.is_some_and(|siret| self.sirets.contains(siret)),
                siret.map(|siret| siret.as_str().to_owned()),
            ),
            (
                AccessRule::IdentityProvider,
                self.idp_ids.is_empty()
                    || identity.idp_id.as_ref().is_some_and(|idp| self.idp_ids.contains(idp)),
                identity.idp_id.clone(),
            ),
        ];
        match judged.into_iter().find(|(_, holds, _)| !holds) {
            None => Ok(()),
            Some((rule, _, value)) => Err(Refusal { rule, value }),
        }
    }

    fn has_domain(&self, domain: &str) -> bool {
        self.email_domains.iter().any(|allowed| match allowed.strip_prefix('.') {
            Some(_) => domain.ends_with(allowed.as_str()),
            None => domain == allowed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Identity {
        serde_json::from_value(serde_json::json!({
            "sub": "s",
            "email": "a@Service.Ville.fr",
            "siret": "21920023500014",
            "roles": ["agent_public"],
            "idp_id": "fia1",
            "amr": [],
        }))
        .expect("an identity")
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn every_given_rule_must_hold() {
        let siret = |text| vec![Siret::parse(text).expect("a SIRET")];
        let rows = [
            (AccessRules::default(), None),
            (AccessRules { roles: texts(&["x", "agent_public"]), ..Default::default() }, None),
            (AccessRules { roles: texts(&["x"]), ..Default::default() }, Some(AccessRule::Role)),
            (
                AccessRules { email_domains: texts(&["service.ville.fr"]), ..Default::default() },
                None,
            ),
            (AccessRules { email_domains: texts(&[".ville.fr"]), ..Default::default() }, None),
            (
                AccessRules { email_domains: texts(&["ville.fr"]), ..Default::default() },
                Some(AccessRule::EmailDomain),
            ),
            (AccessRules { sirets: siret("21920023500014"), ..Default::default() }, None),
            (
                AccessRules { sirets: siret("35600000000048"), ..Default::default() },
                Some(AccessRule::Siret),
            ),
            (
                AccessRules {
                    roles: texts(&["agent_public"]),
                    idp_ids: texts(&["fia2"]),
                    ..Default::default()
                },
                Some(AccessRule::IdentityProvider),
            ),
        ];
        for (rules, expected) in rows {
            let refused = rules.judge(&person()).err().map(|refusal| refusal.rule);
            assert_eq!(refused, expected, "{rules:?}");
        }
    }

    #[test]
    fn a_claim_that_is_missing_meets_no_rule() {
        let nobody: Identity =
            serde_json::from_value(serde_json::json!({ "sub": "s", "roles": [], "amr": [] }))
                .expect("an identity");
        let rules = AccessRules { email_domains: texts(&["ville.fr"]), ..Default::default() };

        let refusal = rules.judge(&nobody).expect_err("no address, no entry");

        assert_eq!(refusal, Refusal { rule: AccessRule::EmailDomain, value: None });
    }
}
