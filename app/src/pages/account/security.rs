//! The level of the sign-in, in words; how to raise it; and where it is said what others take.

use leptos::prelude::*;

use super::facts;
use super::frame::Frame;
use crate::components::{Badge, BadgeKind, Row, Summary};
use crate::i18n::{use_locale, use_messages};
use crate::level;
use crate::routes::{self, Page};
use crate::slot::Slot;
use crate::wire::SignedInView;

/// The page about the level of the sign-in.
#[component]
pub(crate) fn SecurityPage() -> impl IntoView {
    let lead = use_messages().security.lead;
    view! { <Frame page=Page::Security lead=lead content=content/> }
}

fn content(view: Option<&SignedInView>) -> Slot {
    let texts = &use_messages().security;
    let raise = view.map(|view| view! { <Raise acr=view.level.acr.clone()/> });
    Slot::of(view! {
        <Summary title=texts.card rows=rows(view)/>
        {Slot::maybe(raise)}
        <h2 class="fr-h4 app-block">{texts.more}</h2>
        <p>{texts.more_text}</p>
        <p>
            <a class="fr-link" href=Page::LEVELS.href(use_locale())>
                {texts.levels}
            </a>
        </p>
    })
}

fn rows(view: Option<&SignedInView>) -> Vec<Row> {
    let texts = &use_messages().security;
    let mut rows = facts::rows(
        view,
        &[
            ("acr", texts.level, facts::acr),
            ("amr", texts.methods, facts::amr),
            ("provider", texts.provider, facts::provider),
            ("signed-in-at", texts.signed_in_at, facts::signed_in_at),
        ],
    );
    rows[0].code = view.and_then(|view| view.level.acr.clone());
    rows
}

/// How to raise the level, or that it is raised.
#[component]
fn Raise(acr: Option<String>) -> impl IntoView {
    let (texts, locale) = (&use_messages().security, use_locale());
    let raised = level::is_two_steps(acr.as_deref());
    let (kind, badge) = if raised {
        (BadgeKind::Success, texts.two_steps)
    } else {
        (BadgeKind::Info, texts.one_step)
    };
    let step = if raised {
        Slot::late(view! { <p>{texts.raised}</p> })
    } else {
        Slot::late(view! {
            <p>{texts.raise_text}</p>
            <a
                class="fr-btn"
                href=routes::step_up(locale, Page::Security)
                rel="external"
                data-testid="raise"
            >
                {texts.raise_button}
            </a>
        })
    };
    view! {
        <section class="app-block" aria-labelledby="renforcer">
            <h2 id="renforcer" class="fr-h4">
                {texts.raise}
            </h2>
            <Badge kind=kind text=badge/>
            {step}
        </section>
    }
}
