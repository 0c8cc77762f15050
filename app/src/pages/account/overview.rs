//! The overview of the account: a tile for each part, with the most telling things in it.

use leptos::prelude::*;

use super::facts::{self, Fact};
use super::frame::Frame;
use super::refresh::Refresh;
use crate::components::Tile;
use crate::i18n::{use_locale, use_messages};
use crate::routes::Page;
use crate::slot::Slot;
use crate::wire::SignedInView;

/// The overview.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let lead = use_messages().account.lead;
    view! { <Frame page=Page::Account lead=lead content=content/> }
}

fn content(view: Option<&SignedInView>) -> Slot {
    let (messages, locale) = (use_messages(), use_locale());
    let texts = &messages.account;
    let tiles: [(_, _, Fact, Option<Fact>); 4] = [
        (Page::Identity, "name", facts::name, Some(facts::email)),
        (Page::Organisation, "organization-label", facts::organisation, Some(facts::named_siret)),
        (Page::Security, "acr", facts::acr, Some(facts::amr)),
        (Page::Sessions, "sessions", |_| Some(use_messages().account.sessions.to_owned()), None),
    ];
    let tiles = tiles.map(|(page, id, summary, detail)| {
        let title = messages.title(page);
        let summary = facts::value(view, summary);
        let detail = detail.map(|detail| facts::value(view, detail));
        view! {
            <li>
                <Tile href=page.href(locale) title=title summary=summary detail=detail id=id/>
            </li>
        }
    });
    Slot::of(view! {
        <ul class="app-tiles">{tiles.collect_view()}</ul>
        <p class="app-note">{texts.change}</p>
        {Slot::maybe(view.map(|view| view! { <Refresh read_at=view.read_at/> }))}
    })
}
