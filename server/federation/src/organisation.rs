//! Owns what the hub says about an organisation: its label and the roles that its people have
//! for services. Both follow from the local register, never from the identity provider.

mod activity;
mod certifiable;
mod family;
mod headcount;
mod legal_category;

use legal_category::{Nature, nature};

use crate::config::Organisation;
use crate::siret::Siret;

pub use headcount::Headcount;

impl Organisation {
    /// An establishment of which nothing but this is known.
    pub(crate) fn plain(siret: Siret, name: String, legal_category: &str) -> Self {
        Self {
            siret,
            name,
            sign: None,
            legal_category: legal_category.to_owned(),
            closed: false,
            partial_diffusion: false,
            state_operator: false,
            headcount: Headcount::default(),
            address: String::new(),
            activity: String::new(),
            domains: Vec::new(),
            only_domains: Vec::new(),
            contact_emails: Vec::new(),
            needs_moderation: false,
            leaders: Vec::new(),
        }
    }

    /// The claim `organization_label`.
    pub(crate) fn label(&self) -> String {
        if self.partial_diffusion {
            return "Nom inconnu".to_owned();
        }
        match &self.sign {
            Some(sign) => format!("{} - {}", self.name, capitalised(sign)),
            None => self.name.clone(),
        }
    }

    /// The claim `roles`.
    pub(crate) fn roles(&self) -> Vec<&'static str> {
        let nature = if self.closed { Nature::PRIVATE } else { nature(&self.legal_category) };
        let state = nature.state || (self.state_operator && !self.closed);
        let mut roles = Vec::new();
        if nature.public || state {
            roles.push("agent_public");
        }
        if nature.territorial {
            roles.push("agent_public_territorial");
        }
        if state {
            roles.push("agent_public_etat");
        }
        roles
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation(category: &str) -> Organisation {
        let siret = Siret::parse("21920023500014").expect("valid");
        let plain = Organisation::plain(siret, "Commune de clamart".to_owned(), category);
        Organisation { sign: Some("MAIRIE".to_owned()), ..plain }
    }

    #[test]
    fn roles_follow_from_the_legal_category() {
        let rows: [(&str, &[&str]); 11] = [
            ("7210", &["agent_public", "agent_public_territorial"]),
            ("7220", &["agent_public", "agent_public_territorial"]),
            ("7346", &["agent_public", "agent_public_territorial"]),
            ("7120", &["agent_public", "agent_public_etat"]),
            ("7372", &["agent_public", "agent_public_territorial", "agent_public_etat"]),
            ("7364", &["agent_public"]),
            ("4110", &["agent_public"]),
            ("4160", &["agent_public", "agent_public_etat"]),
            ("7379", &["agent_public", "agent_public_territorial"]),
            ("8450", &["agent_public"]),
            ("5710", &[]),
        ];
        for (category, roles) in rows {
            assert_eq!(organisation(category).roles(), roles, "{category}");
        }
    }

    #[test]
    fn a_closed_organisation_gives_no_role() {
        let closed = Organisation { closed: true, state_operator: true, ..organisation("7210") };

        assert!(closed.roles().is_empty());
    }

    #[test]
    fn an_operator_of_the_state_gives_its_roles_whatever_its_category() {
        let operator = Organisation { state_operator: true, ..organisation("5710") };

        assert_eq!(operator.roles(), ["agent_public", "agent_public_etat"]);
    }

    #[test]
    fn the_label_joins_name_and_sign() {
        assert_eq!(organisation("7210").label(), "Commune de clamart - Mairie");

        let hidden = Organisation { partial_diffusion: true, ..organisation("7210") };
        assert_eq!(hidden.label(), "Nom inconnu");
    }
}
