//! Values of the signed-in person, as the pages of the account show them.
//!
//! Why plain functions rather than closures: pages are tables of them, which cost the program a
//! pointer a row.
#![expect(clippy::unnecessary_wraps, reason = "all facts are of one type")]

use crate::components::{Row, Value};
use crate::format;
use crate::i18n::{use_locale, use_messages};
use crate::level;
use crate::moment;
use crate::wire::SignedInView;

/// Where a value is found.
pub(super) type Fact = fn(&SignedInView) -> Option<String>;

/// What is known of a fact.
pub(super) fn value(view: Option<&SignedInView>, fact: Fact) -> Value {
    Value::of(view, fact)
}

/// Rows of a summary: for each, an id, a name, a fact.
pub(super) fn rows(
    view: Option<&SignedInView>,
    facts: &[(&'static str, &'static str, Fact)],
) -> Vec<Row> {
    facts.iter().map(|(id, name, fact)| Row::new(id, *name, value(view, *fact))).collect()
}

pub(super) fn name(view: &SignedInView) -> Option<String> {
    view.identity.display_name()
}

pub(super) fn given_name(view: &SignedInView) -> Option<String> {
    view.identity.given_name.clone()
}

pub(super) fn usual_name(view: &SignedInView) -> Option<String> {
    view.identity.usual_name.clone()
}

pub(super) fn email(view: &SignedInView) -> Option<String> {
    view.identity.email.clone()
}

pub(super) fn phone_number(view: &SignedInView) -> Option<String> {
    view.identity.phone_number.clone()
}

pub(super) fn unit(view: &SignedInView) -> Option<String> {
    view.identity.detail("organizational_unit")
}

pub(super) fn population(view: &SignedInView) -> Option<String> {
    let texts = &use_messages().account.identity;
    view.identity.detail("belonging_population").map(|value| match &*value {
        "agent" => texts.agent.to_owned(),
        "prestataire" => texts.contractor.to_owned(),
        "stagiaire" => texts.trainee.to_owned(),
        "partenaire" => texts.partner.to_owned(),
        _ => value,
    })
}

pub(super) fn chorus_number(view: &SignedInView) -> Option<String> {
    view.identity.detail("chorusdt:matricule")
}

pub(super) fn chorus_company(view: &SignedInView) -> Option<String> {
    view.identity.detail("chorusdt:societe")
}

pub(super) fn sub(view: &SignedInView) -> Option<String> {
    view.identity.detail("sub")
}

pub(super) fn uid(view: &SignedInView) -> Option<String> {
    view.identity.detail("uid")
}

pub(super) fn provider(view: &SignedInView) -> Option<String> {
    view.provider.name.clone().or_else(|| view.provider.idp_id.clone())
}

pub(super) fn provider_level(view: &SignedInView) -> Option<String> {
    view.identity.detail("idp_acr")
}

pub(super) fn read_at(view: &SignedInView) -> Option<String> {
    Some(moment::words(view.read_at, use_locale()))
}

pub(super) fn signed_in_at(view: &SignedInView) -> Option<String> {
    Some(moment::words(view.signed_in_at, use_locale()))
}

pub(super) fn organisation(view: &SignedInView) -> Option<String> {
    view.organisation.label.clone()
}

pub(super) fn siret(view: &SignedInView) -> Option<String> {
    view.organisation.siret.as_deref().map(format::siret)
}

pub(super) fn siren(view: &SignedInView) -> Option<String> {
    view.organisation.siret.as_deref().map(format::siren)
}

/// The SIRET with its name before it.
pub(super) fn named_siret(view: &SignedInView) -> Option<String> {
    Some([use_messages().account.siret, "\u{a0}", &siret(view)?].concat())
}

/// What the roles mean. `agent_public` only sums up the others, so it speaks when it is alone; a role
/// that we do not know is shown as it is.
pub(super) fn roles(view: &SignedInView) -> Option<String> {
    let texts = &use_messages().account.organisation;
    let roles = &view.organisation.roles;
    let words: Vec<&str> = roles
        .iter()
        .filter(|role| roles.len() == 1 || *role != "agent_public")
        .map(|role| match role.as_str() {
            "agent_public" => texts.public,
            "agent_public_etat" => texts.state,
            "agent_public_territorial" => texts.territorial,
            "agent_public_hospitalier" => texts.hospital,
            "agent_public_L100-3" => texts.entrusted,
            "dirigeant" => texts.manager,
            other => other,
        })
        .collect();
    Some(if words.is_empty() { texts.no_role.to_owned() } else { words.join(", ") })
}

pub(super) fn acr(view: &SignedInView) -> Option<String> {
    let acr = view.level.acr.as_deref()?;
    Some(level::acr_in_words(&use_messages().level, acr).to_owned())
}

pub(super) fn amr(view: &SignedInView) -> Option<String> {
    level::amr_in_words(&use_messages().level, &view.level.amr)
}
