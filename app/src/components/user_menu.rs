//! The header's tools that depend on the session: sign in, or the person's menu.
//!
//! Invariant: until the server has answered, they are those of an anonymous visitor, so that signing
//! in works without the program.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::HtmlFormElement;

use super::{BusyButton, Dropdown, Menu};
use crate::api;
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::{self, ACCOUNT_PAGES, Page};
use crate::session::{Session, SessionState};
use crate::slot::Slot;
use crate::wire::{ApiProblem, IdentityView, SignedInView};

/// The tool in the header's body: a link, or a button that shows the menu.
#[component]
pub(crate) fn UserTools() -> impl IntoView {
    let person = person();
    live(move || match person.get() {
        Some(view) => Slot::late(view! { <UserMenu view=*view/> }),
        None => Slot::of(view! { <SignIn/> }),
    })
}

/// The same in the mobile menu, all of it in sight.
#[component]
pub(crate) fn UserList() -> impl IntoView {
    let person = person();
    live(move || match person.get() {
        Some(view) => Slot::late(view! {
            <Who identity=view.identity/>
            <ul class="fr-btns-group">
                {account_links("fr-btn")} <li><SignOut class="fr-btn"/></li>
            </ul>
        }),
        None => Slot::of(view! { <SignIn/> }),
    })
}

/// Who is signed in. What changes for nobody else leaves the link as it is, which may have focus.
fn person() -> Memo<Option<Box<SignedInView>>> {
    let session = Session::current();
    Memo::new(move |_| match session.state() {
        SessionState::SignedIn(view) => Some(view),
        _ => None,
    })
}

#[component]
fn SignIn() -> impl IntoView {
    view! {
        <ul class="fr-btns-group">
            <li>
                <a
                    class="fr-btn fr-btn--account"
                    href=Page::SignIn.href(use_locale())
                    aria-current=Navigation::current().current_if(Page::SignIn)
                >
                    {use_messages().header.sign_in}
                </a>
            </li>
        </ul>
    }
}

#[component]
fn UserMenu(view: SignedInView) -> impl IntoView {
    let name = view.identity.display_name();
    let name = name.unwrap_or_else(|| use_messages().account.meta.title.to_owned());
    let content = view! {
        <div class="fr-menu__list app-user-menu__list">
            <Who identity=view.identity/>
            <ul>{account_links("fr-nav__link")}</ul>
            <SignOut class="fr-btn fr-btn--tertiary app-user-menu__out"/>
        </div>
    };
    view! {
        <Dropdown
            id="menu-personnel"
            class="fr-nav__item app-user-menu"
            button_class="fr-btn fr-btn--account app-user-menu__button"
            label=Slot::late(view! { <span class="app-user">{name}</span> })
            menu_class="fr-collapse fr-menu"
            content=Slot::late(content)
        />
    }
}

/// Whose menu it is.
#[component]
fn Who(identity: IdentityView) -> impl IntoView {
    let name = identity.display_name().filter(|name| Some(name) != identity.email.as_ref());
    view! {
        <p class="app-who">
            {name.map(|name| view! { <strong>{name}</strong> })}
            <span>{identity.email}</span>
        </p>
    }
}

/// A list item for each page of the account.
fn account_links(class: &'static str) -> impl IntoView {
    let (messages, locale, menu) = (use_messages(), use_locale(), Menu::current());
    let navigation = Navigation::current();
    let links = ACCOUNT_PAGES.map(|page| {
        view! {
            <li>
                <a
                    class=class
                    href=page.href(locale)
                    aria-current=navigation.current_if(page)
                    on:click=move |_| menu.close()
                >
                    {messages.title(page)}
                </a>
            </li>
        }
    });
    links.collect_view()
}

#[component]
fn SignOut(
    /// The button's whole class attribute.
    class: &'static str,
) -> impl IntoView {
    let texts = &use_messages().header;
    let (session, busy) = (Session::current(), RwSignal::new(false));
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        busy.set(true);
        spawn_local(leave_for(session, api::sign_out(), event));
    };
    view! {
        <form method="post" action=routes::SIGN_OUT on:submit=on_submit>
            <BusyButton
                class=class
                kind="submit"
                busy=busy
                label=texts.sign_out
                busy_label=texts.signing_out
            />
        </form>
    }
}

/// Signs out here, then at ProConnect. If that fails, the form is sent the plain way, so
/// that the person reads the server's own page.
pub(crate) async fn leave_for(
    session: Session,
    signing_out: impl Future<Output = Result<(), ApiProblem>>,
    event: SubmitEvent,
) {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let left = match signing_out.await {
        Ok(()) => {
            session.leave();
            window().location().assign(routes::SIGN_OUT_THERE).is_ok()
        }
        Err(_) => false,
    };
    if let (false, Some(form)) = (left, form) {
        // Fails only for a form outside the document.
        let _ = form.submit();
    }
}
