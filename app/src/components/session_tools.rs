//! The header's tools that depend on the session: sign in, or account and sign out.
//!
//! Invariant: until the server has answered, they are those of an anonymous visitor, so that signing
//! in works without the program.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use super::Menu;
use crate::api;
use crate::i18n::{use_locale, use_messages};
use crate::navigation::Navigation;
use crate::routes::{self, Page};
use crate::session::{Session, SessionState};
use crate::slot::Slot;
use crate::wire::SignedInView;

/// List items for the header's tools.
#[component]
pub(crate) fn SessionTools() -> impl IntoView {
    let session = Session::current();
    move || match session.state() {
        SessionState::SignedIn(view) => Slot::of(view! { <SignedIn view=*view/> }),
        _ => Slot::of(view! { <SignIn/> }),
    }
}

#[component]
fn SignIn() -> impl IntoView {
    view! {
        <li>
            <a
                class="fr-btn fr-btn--account"
                href=Page::SignIn.href(use_locale())
                aria-current=Navigation::current().current_if(Page::SignIn)
            >
                {use_messages().header.sign_in}
            </a>
        </li>
    }
}

#[component]
fn SignedIn(view: SignedInView) -> impl IntoView {
    let texts = &use_messages().header;
    let menu = Menu::current();
    let name = view.identity.display_name().unwrap_or_else(|| texts.account.to_owned());
    let session = Session::current();
    let busy = RwSignal::new(false);
    let label = move || if busy.get() { texts.signing_out } else { texts.sign_out };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if let Some(form) = event.target().and_then(|target| target.dyn_into().ok()) {
            busy.set(true);
            spawn_local(sign_out(session, form));
        }
    };
    view! {
        <li>
            <a
                class="fr-btn fr-btn--account app-user"
                href=Page::Account.href(use_locale())
                on:click=move |_| menu.close()
            >
                {name}
            </a>
        </li>
        <li>
            <form method="post" action=routes::SIGN_OUT on:submit=on_submit>
                <button
                    type="submit"
                    class="fr-btn fr-icon-logout-box-r-line"
                    disabled=move || busy.get()
                >
                    {label}
                </button>
            </form>
        </li>
    }
}

/// Signs out, then goes where the server says. If that fails, the form is sent the plain way, so
/// that the person reads the server's own page.
async fn sign_out(session: Session, form: HtmlFormElement) {
    let left = match api::sign_out().await {
        Ok(location) => {
            session.leave();
            window().location().assign(&location).is_ok()
        }
        Err(_) => false,
    };
    if !left {
        // Fails only for a form outside the document.
        let _ = form.submit();
    }
}
