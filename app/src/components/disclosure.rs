//! What shows and hides something: a button, and what it discloses.
//!
//! Invariants: Escape closes, with focus back on the button; a click or focus elsewhere closes, and so
//! does going to another page.

use leptos::ev::{self, FocusEvent, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{EventTarget, Node};

use crate::navigation::Navigation;
use crate::preset::{is_open, preset};

/// Whether it is open, and where it is.
#[derive(Clone, Copy)]
pub(crate) struct Disclosure {
    open: RwSignal<bool>,
    root: NodeRef<html::Div>,
    button: NodeRef<html::Button>,
}

impl Disclosure {
    /// Closed, as the thing with that id; it stays as it is until its button is pressed.
    pub(crate) fn new(id: &str) -> Self {
        Self { open: RwSignal::new(is_open(id)), root: NodeRef::new(), button: NodeRef::new() }
    }

    /// Closed, and closing by itself when the person turns to something else.
    pub(crate) fn menu(id: &str) -> Self {
        let (menu, navigation) = (Self::new(id), Navigation::current());
        if preset().is_some() {
            return menu;
        }
        Effect::new(move |_| {
            let click = window_event_listener(ev::click, move |event| menu.keep_if(event.target()));
            on_cleanup(move || click.remove());
        });
        Effect::new(move |_| {
            navigation.page();
            menu.close();
        });
        menu
    }

    /// The element that holds both.
    pub(crate) fn root(self) -> NodeRef<html::Div> {
        self.root
    }

    /// The button.
    pub(crate) fn button(self) -> NodeRef<html::Button> {
        self.button
    }

    /// Whether it is open.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }

    /// The value of the button's `aria-expanded`.
    pub(crate) fn expanded(self) -> &'static str {
        if self.open.get() { "true" } else { "false" }
    }

    /// Opens or closes.
    pub(crate) fn toggle(self) {
        self.open.update(|open| *open = !*open);
    }

    /// Closes.
    pub(crate) fn close(self) {
        if self.open.get_untracked() {
            self.open.set(false);
        }
    }

    /// Hears the keys pressed inside.
    pub(crate) fn hear_key(self, event: &KeyboardEvent) {
        if event.key() == "Escape" && self.open.get_untracked() {
            self.open.set(false);
            if let Some(button) = self.button.get_untracked() {
                // Fails only for an element outside the document.
                let _ = button.focus();
            }
        }
    }

    /// Hears focus leave something inside.
    pub(crate) fn hear_leave(self, event: &FocusEvent) {
        if event.related_target().is_some() {
            self.keep_if(event.related_target());
        }
    }

    /// Closes unless the target is inside.
    fn keep_if(self, target: Option<EventTarget>) {
        let target = target.and_then(|target| target.dyn_into::<Node>().ok());
        let inside = self.root.get_untracked().is_some_and(|root| root.contains(target.as_ref()));
        if !inside {
            self.close();
        }
    }
}
