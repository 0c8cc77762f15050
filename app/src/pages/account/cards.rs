//! What ProConnect told about the person, in three cards.
//!
//! Invariant: the cards are the same before and after the answer, only their values change.

use leptos::prelude::*;

use crate::components::{Row, Summary, Value};
use crate::format;
use crate::i18n::use_messages;
use crate::level;
use crate::wire::{IdentityView, LevelView, OrganisationView, ProviderView, SignedInView};

/// The cards: with values, or waiting for them.
pub(super) fn cards(view: Option<&SignedInView>) -> impl IntoView + use<> {
    let texts = &use_messages().account;
    let waiting = view.is_none();
    let lead = if waiting { texts.loading } else { texts.lead };
    let identity = identity_rows(view.map(|view| &view.identity));
    let organisation = organisation_rows(view.map(|view| &view.organisation));
    let sign_in = sign_in_rows(view.map(|view| &view.provider), view.map(|view| &view.level));
    view! {
        <p class="fr-text--lead">{lead}</p>
        <div class="app-cards" aria-busy=waiting.to_string()>
            <Summary title=texts.identity rows=identity/>
            <Summary title=texts.organisation rows=organisation/>
            <Summary title=texts.sign_in rows=sign_in/>
        </div>
        <p class="app-note">{texts.change}</p>
    }
}

fn identity_rows(view: Option<&IdentityView>) -> Vec<Row> {
    let texts = &use_messages().account;
    let given_name = Value::of(view, |view| view.given_name.clone());
    let usual_name = Value::of(view, |view| view.usual_name.clone());
    let email = Value::of(view, |view| view.email.clone());
    let phone_number = Value::of(view, |view| view.phone_number.clone());
    vec![
        Row::new("given-name", texts.given_name, given_name),
        Row::new("usual-name", texts.usual_name, usual_name),
        Row::new("email", texts.email, email),
        Row::new("phone-number", texts.phone, phone_number),
    ]
}

fn organisation_rows(view: Option<&OrganisationView>) -> Vec<Row> {
    let texts = &use_messages().account;
    let label = Value::of(view, |view| view.label.clone());
    let siret = Value::of(view, |view| view.siret.as_deref().map(format::siret));
    let public_service = Value::of(view, |view| {
        let public = view.roles.iter().any(|role| role == "agent_public");
        let text = if public { texts.public_service_yes } else { texts.public_service_no };
        Some(text.to_owned())
    });
    vec![
        Row::new("organization-label", texts.organisation_label, label),
        Row::new("siret", texts.siret, siret),
        Row::new("public-service", texts.public_service, public_service),
    ]
}

fn sign_in_rows(provider: Option<&ProviderView>, level: Option<&LevelView>) -> Vec<Row> {
    let messages = use_messages();
    let texts = &messages.account;
    let name =
        Value::of(provider, |provider| provider.name.clone().or_else(|| provider.idp_id.clone()));
    let acr = Value::of(level, |level| {
        level.acr.as_deref().map(|acr| level::acr_in_words(&messages.level, acr).to_owned())
    });
    let amr = Value::of(level, |level| level::amr_in_words(&messages.level, &level.amr));
    let raw_acr = level.and_then(|level| level.acr.clone());
    vec![
        Row::new("provider", texts.provider, name),
        Row { code: raw_acr, ..Row::new("acr", texts.level, acr) },
        Row::new("amr", texts.methods, amr),
    ]
}
