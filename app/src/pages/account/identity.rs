//! Everything that ProConnect told about the person: what it may leave out is said to be absent.

use leptos::prelude::*;

use super::facts::{self, Fact};
use super::frame::Frame;
use crate::components::{Row, Summary, Value};
use crate::i18n::use_messages;
use crate::routes::Page;
use crate::slot::Slot;
use crate::wire::{IdentityView, SignedInView};

/// The claims inside `custom` are named like this.
const CUSTOM: &str = "custom.";

/// The page about the identity.
#[component]
pub(crate) fn IdentityPage() -> impl IntoView {
    let lead = use_messages().account.identity.lead;
    view! { <Frame page=Page::Identity lead=lead content=content/> }
}

fn content(view: Option<&SignedInView>) -> Slot {
    let account = &use_messages().account;
    let texts = &account.identity;
    let cards: [(_, &[_]); 4] = [
        (
            texts.you,
            &[
                ("given-name", texts.given_name, facts::given_name as Fact),
                ("usual-name", texts.usual_name, facts::usual_name),
                ("email", texts.email, facts::email),
                ("phone-number", texts.phone, facts::phone_number),
            ],
        ),
        (
            texts.post,
            &[
                ("unit", texts.unit, facts::unit),
                ("population", texts.population, facts::population),
                ("chorus-number", texts.chorus_number, facts::chorus_number),
                ("chorus-company", texts.chorus_company, facts::chorus_company),
            ],
        ),
        (texts.references, &[("sub", texts.sub, facts::sub), ("uid", texts.uid, facts::uid)]),
        (
            texts.origin,
            &[
                ("provider", texts.provider, facts::provider),
                ("idp-acr", texts.provider_level, facts::provider_level),
                ("read-at", texts.read_at, facts::read_at),
            ],
        ),
    ];
    let mut cards: Vec<_> =
        cards.into_iter().map(|(title, specs)| (title, facts::rows(view, specs))).collect();
    let others = view.map(|view| others(&view.identity)).unwrap_or_default();
    if !others.is_empty() {
        cards.push((texts.others, others));
    }
    let cards = cards.into_iter().map(|(title, rows)| view! { <Summary title=title rows=rows/> });
    Slot::of(view! {
        <div class="app-cards">{cards.collect_view()}</div>
        <p class="app-note">{account.change}</p>
    })
}

/// What only this provider tells, under the names that it gives.
fn others(identity: &IdentityView) -> Vec<Row> {
    let custom = identity.details.iter().filter_map(|detail| {
        let name = detail.claim.strip_prefix(CUSTOM)?.to_owned();
        Some(Row::new("custom", name, Value::Given(detail.value.clone())))
    });
    custom.collect()
}
