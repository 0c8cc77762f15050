//! The header's menu below 62em, a modal there and plain content above.
//!
//! Invariant: it is never open on a wide screen, where its page would be inert for no visible reason.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use crate::navigation::Navigation;
use crate::preset::{is_open, preset};

/// Whether the menu is open, and the buttons that take focus when that changes.
#[derive(Clone, Copy)]
pub(crate) struct Menu {
    open: RwSignal<bool>,
    opener: NodeRef<html::Button>,
    closer: NodeRef<html::Button>,
}

impl Menu {
    /// Puts a closed menu in context.
    pub(crate) fn provide() -> Self {
        let navigation = Navigation::current();
        let open = RwSignal::new(is_open("menu"));
        let menu = Self { open, opener: NodeRef::new(), closer: NodeRef::new() };
        provide_context(menu);
        if preset().is_some() {
            return menu;
        }
        Effect::new(move |_| menu.watch_window());
        Effect::new(move |_| {
            navigation.page();
            menu.close();
        });
        Effect::new(move |was_open: Option<bool>| menu.move_focus(was_open.unwrap_or(false)));
        menu
    }

    /// The menu of the component being rendered.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// Whether the menu is open.
    pub(crate) fn is_open(self) -> bool {
        self.open.get()
    }

    /// Opens the menu.
    pub(crate) fn open(self) {
        self.open.set(true);
    }

    /// Closes the menu.
    pub(crate) fn close(self) {
        if self.open.get_untracked() {
            self.open.set(false);
        }
    }

    /// The button that opens the menu.
    pub(crate) fn opener(self) -> NodeRef<html::Button> {
        self.opener
    }

    /// The button that closes the menu.
    pub(crate) fn closer(self) -> NodeRef<html::Button> {
        self.closer
    }

    fn watch_window(self) {
        let resize = window_event_listener(ev::resize, move |_| {
            if is_wide() {
                self.close();
            }
        });
        let escape = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                self.close();
            }
        });
        on_cleanup(move || {
            resize.remove();
            escape.remove();
        });
    }

    fn move_focus(self, was_open: bool) -> bool {
        let open = self.open.get();
        let target = if open { self.closer } else { self.opener };
        if open != was_open {
            // A button takes focus only once it is neither hidden nor inert: by the next frame.
            request_animation_frame(move || {
                if let Some(button) = target.get_untracked() {
                    // Fails only for an element outside the document.
                    let _ = button.focus();
                }
            });
        }
        open
    }
}

fn is_wide() -> bool {
    matches!(window().match_media("(min-width: 62em)"), Ok(Some(query)) if query.matches())
}
