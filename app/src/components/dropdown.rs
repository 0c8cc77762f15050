//! A menu that a button of the header shows.

use leptos::prelude::*;

use super::Disclosure;
use crate::live::live;
use crate::slot::Slot;

/// The button and its menu.
#[component]
pub(crate) fn Dropdown(
    /// The id of the menu.
    id: &'static str,
    /// The whole class attribute of what holds both.
    class: &'static str,
    /// The button's whole class attribute.
    button_class: &'static str,
    /// The button's title.
    #[prop(optional)]
    title: Option<&'static str>,
    /// What the button says.
    label: Slot,
    /// The menu's whole class attribute, while it is hidden.
    menu_class: &'static str,
    /// What the menu holds.
    content: Slot,
) -> impl IntoView {
    let menu = Disclosure::menu(id);
    view! {
        <div
            class=class
            node_ref=menu.root()
            on:keydown=move |event| menu.hear_key(&event)
            on:focusout=move |event| menu.hear_leave(&event)
        >
            <button
                type="button"
                class=button_class
                title=title
                aria-controls=id
                aria-expanded=live(move || menu.expanded())
                node_ref=menu.button()
                on:click=move |_| menu.toggle()
            >
                {label}
            </button>
            <div id=id class=menu_class class:fr-collapse--expanded=live(move || menu.is_open())>
                {content}
            </div>
        </div>
    }
}
