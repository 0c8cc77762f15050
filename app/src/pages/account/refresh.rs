//! When the information was read at ProConnect, and the button that reads it again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsValue;

use crate::api;
use crate::components::Problem;
use crate::i18n::{use_locale, use_messages};
use crate::navigation::Navigation;
use crate::session::Session;
use crate::slot::Slot;
use crate::wire::ApiProblem;

/// The line and the button below the account's cards.
#[component]
pub(super) fn Refresh(
    /// When the information was read, in seconds since 1970-01-01 UTC.
    read_at: i64,
) -> impl IntoView {
    let texts = &use_messages().session_end;
    let session = Session::current();
    let navigation = Navigation::current();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<ApiProblem>);
    let refresh = move |_| {
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = session.heed(api::refresh_identity().await);
            busy.set(false);
            match answer {
                Ok(view) => {
                    navigation.announce(texts.refreshed);
                    session.receive(Ok(view));
                }
                Err(problem) => failed.set(Some(problem)),
            }
        });
    };
    let label = move || if busy.get() { texts.refreshing } else { texts.refresh };
    view! {
        <p class="app-note">
            {texts.read_at} " " <span data-testid="read-at">{local_time(read_at)}</span> "."
        </p>
        {move || {
            let problem = failed.get();
            Slot::maybe(problem.map(|problem| {
                view! { <Problem title=texts.not_refreshed problem=problem/> }
            }))
        }}
        <div class="app-action">
            <button
                type="button"
                class="fr-btn fr-btn--secondary"
                disabled=move || busy.get()
                on:click=refresh
            >
                {label}
            </button>
        </div>
    }
}

/// The date and time in the person's time zone, in the language of the page.
#[expect(clippy::cast_precision_loss, reason = "seconds of this millennium fit a double")]
fn local_time(seconds: i64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    date.to_locale_string(use_locale().tag(), &JsValue::UNDEFINED).into()
}
