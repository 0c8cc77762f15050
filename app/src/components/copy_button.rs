//! A button that puts a text into the clipboard, and says whether it did.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;

use crate::live::live;

/// The button, and beside it what became of the copy.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    text: String,
    /// What the button says.
    label: &'static str,
    /// What is said afterwards.
    done: &'static str,
    /// What is said when the browser refuses.
    failed: &'static str,
) -> impl IntoView {
    let outcome = RwSignal::new("");
    let copy = move |_| {
        let text = text.clone();
        outcome.set("");
        spawn_local(async move {
            outcome.set(if write(&text).await { done } else { failed });
        });
    };
    view! {
        <button
            type="button"
            class="fr-btn fr-btn--tertiary fr-btn--sm fr-btn--icon-left fr-icon-clipboard-line"
            on:click=copy
        >
            {label}
        </button>
        <p class="app-outcome" role="status">
            {live(move || outcome.get())}
        </p>
    }
}

/// Browsers have no clipboard on pages without TLS, other than those of this machine.
async fn write(text: &str) -> bool {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    match clipboard.map(JsCast::dyn_into::<web_sys::Clipboard>) {
        Ok(Ok(clipboard)) => {
            wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
        }
        _ => false,
    }
}
