//! When the information was read at ProConnect, and the button that reads it again.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api;
use crate::components::{BusyButton, Problem};
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::moment;
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
    let refresh = move || {
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
    view! {
        <p class="app-note">
            {texts.read_at} " " <span data-testid="read-at">{moment::words(read_at, use_locale())}</span> "."
        </p>
        {live(move || {
            let problem = failed.get();
            Slot::maybe(problem.map(|problem| {
                view! { <Problem title=texts.not_refreshed problem=problem/> }
            }))
        })}
        <div class="app-action">
            <BusyButton
                class="fr-btn fr-btn--secondary"
                busy=busy
                label=texts.refresh
                busy_label=texts.refreshing
                press=Box::new(refresh)
            />
        </div>
    }
}
