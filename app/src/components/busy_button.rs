//! A button whose work takes time.
//!
//! Invariant: at work it says so, does nothing more, and keeps the focus, which a disabled button would
//! lose.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::live::live;

/// The button.
#[component]
pub(crate) fn BusyButton(
    /// The button's whole class attribute.
    class: &'static str,
    /// Whether it is at work.
    busy: RwSignal<bool>,
    /// What it says.
    label: &'static str,
    /// What it says at work.
    busy_label: &'static str,
    /// `submit` or `button`.
    #[prop(default = "button")]
    kind: &'static str,
    /// What a press does; a form hears of it by itself.
    #[prop(default = Box::new(|| ()))]
    press: Box<dyn Fn()>,
) -> impl IntoView {
    let heard = move |event: MouseEvent| {
        if busy.get_untracked() {
            event.prevent_default();
        } else {
            press();
        }
    };
    let at_work = move || busy.get().then_some("true");
    view! {
        <button type=kind class=class aria-disabled=live(at_work) aria-busy=live(at_work) on:click=heard>
            {live(move || if busy.get() { busy_label } else { label })}
        </button>
    }
}
