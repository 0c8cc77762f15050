//! What tells whether the person is still there, and the other tabs about it: activity, the clock,
//! focus, the back button, the network, and a channel among tabs.
//!
//! Invariant: nothing here decides who is signed in; it asks, or has the session ask.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use crate::format::query_value;
use crate::routes::Page;
use crate::session::Session;

/// Activity is told at most this often, in milliseconds.
const TELL_EVERY: f64 = 60_000.0;
/// How often the clock is looked at.
const TICK: Duration = Duration::from_secs(5);
/// The channel among tabs.
const CHANNEL: &str = "session";

/// See the module.
#[derive(Clone, Copy)]
pub(crate) struct Presence {
    told_server: StoredValue<f64>,
    told_tabs: StoredValue<Option<String>>,
    offline: RwSignal<bool>,
}

impl Presence {
    pub(crate) fn new(offline: bool) -> Self {
        Self {
            told_server: StoredValue::new(0.0),
            told_tabs: StoredValue::new(None),
            offline: RwSignal::new(offline),
        }
    }

    /// Whether the browser has no network.
    pub(crate) fn is_offline(self) -> bool {
        self.offline.get()
    }

    /// Listens for as long as the document lives.
    pub(crate) fn watch(self, session: Session) {
        self.offline.set(!window().navigator().on_line());
        let active = move || self.notice_activity(session);
        let handles = [
            window_event_listener(ev::pointerdown, move |_| active()),
            window_event_listener(ev::keydown, move |_| active()),
            window_event_listener(ev::focus, move |_| session.ask()),
            window_event_listener(ev::online, move |_| {
                self.offline.set(false);
                session.ask();
            }),
            window_event_listener(ev::offline, move |_| self.offline.set(true)),
            window_event_listener_untyped("pageshow", move |event| {
                let kept = js_sys::Reflect::get(&event, &JsValue::from_str("persisted"));
                if kept.is_ok_and(|kept| kept.is_truthy()) {
                    // The browser kept the page as it was, perhaps with somebody's data.
                    session.blank();
                    let _ = window().location().reload();
                }
            }),
        ];
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
        listen_to_tabs(session);
        set_interval(move || session.look_at_clock(true), TICK);
    }

    fn notice_activity(self, session: Session) {
        let now = js_sys::Date::now();
        if session.person().is_some() && now - self.told_server.get_value() >= TELL_EVERY {
            self.told_server.set_value(now);
            session.stay();
        }
    }

    /// Tells the other tabs who is signed in here, when that changes.
    pub(crate) fn tell(self, person: &str) {
        let told = self.told_tabs.with_value(|told| told.as_deref() == Some(person));
        if told {
            return;
        }
        self.told_tabs.set_value(Some(person.to_owned()));
        if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
            // A tab that cannot be told finds out when it is looked at.
            let _ = channel.post_message(&JsValue::from_str(person));
            channel.close();
        }
    }
}

/// Goes to find out whether ProConnect knows the visitor, except from where they just left.
pub(crate) fn sign_in_silently() -> bool {
    let location = window().location();
    let path = location.pathname().unwrap_or_default();
    if Page::at(&path) == Some(Page::SIGNED_OUT) {
        return false;
    }
    let href = ["/auth/login?silent=1&return_to=", &query_value(&path)].concat();
    location.replace(&href).is_ok()
}

/// Another tab tells who is signed in there: if that is news, the server is asked.
fn listen_to_tabs(session: Session) {
    let Ok(channel) = BroadcastChannel::new(CHANNEL) else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let person = event.data().as_string().unwrap_or_default();
        session.hear(&person);
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    // Both live as long as the document.
    heard.forget();
    std::mem::forget(channel);
}
