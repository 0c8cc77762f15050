//! The organisation that the person acts for, and the way to act for another one.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::facts;
use super::frame::Frame;
use crate::api;
use crate::components::{BusyButton, CopyButton, Field, FieldKind, Summary, leave_for};
use crate::format;
use crate::i18n::{use_locale, use_messages};
use crate::routes::{Page, SIGN_OUT};
use crate::session::Session;
use crate::slot::Slot;
use crate::wire::SignedInView;

/// The page about the organisation.
#[component]
pub(crate) fn OrganisationPage() -> impl IntoView {
    let lead = use_messages().account.organisation.lead;
    view! { <Frame page=Page::Organisation lead=lead content=content/> }
}

fn content(view: Option<&SignedInView>) -> Slot {
    let account = &use_messages().account;
    let texts = &account.organisation;
    let rows = facts::rows(
        view,
        &[
            ("organization-label", texts.label, facts::organisation),
            ("siret", account.siret, facts::siret),
            ("siren", texts.siren, facts::siren),
            ("public-service", texts.roles, facts::roles),
        ],
    );
    let siret = view.and_then(|view| view.organisation.siret.clone());
    let copy = siret.map(|siret| {
        view! {
            <CopyButton
                text=siret
                label=texts.copy
                done=texts.copied
                failed=texts.not_copied
            />
        }
    });
    Slot::of(view! {
        <Summary title=texts.card rows=rows/>
        <div class="app-copy">{Slot::maybe(copy)}</div>
        {Slot::maybe(view.map(|_| view! { <Change/> }))}
    })
}

/// Signs out here and at ProConnect, then in again for the other organisation.
#[component]
fn Change() -> impl IntoView {
    let (texts, locale) = (&use_messages().account.organisation, use_locale());
    let session = Session::current();
    let (busy, typed, error) =
        (RwSignal::new(false), RwSignal::new(String::new()), RwSignal::new(""));
    let change = move |event: SubmitEvent| {
        let siret: String = typed.get_untracked().split_whitespace().collect();
        let usable = siret.is_empty() || format::is_siret(&siret);
        error.set(if usable { "" } else { texts.bad_siret });
        event.prevent_default();
        if usable {
            busy.set(true);
            let return_to = Page::Organisation.href(locale);
            let signing_out = api::sign_out_for(return_to, siret);
            spawn_local(leave_for(session, signing_out, event));
        }
    };
    view! {
        <form method="post" action=SIGN_OUT class="app-form" on:submit=change>
            <h2 class="fr-h4">{texts.change}</h2>
            <p>{texts.change_text}</p>
            <input type="hidden" name="return_to" value=Page::Organisation.href(locale)/>
            <Field
                kind=FieldKind::Digits
                id="siret"
                name="siret_hint"
                label=texts.other_siret
                hint=texts.other_siret_hint
                maxlength=20
                typed=typed
                error=error
            />
            <BusyButton
                class="fr-btn fr-btn--secondary"
                kind="submit"
                busy=busy
                label=texts.change_button
                busy_label=texts.changing
            />
        </form>
    }
}
