//! The sign-in page: who may enter, the ProConnect button, and help. Whoever signs in comes back to
//! the page that they looked at before.

use leptos::prelude::*;

use crate::components::{ConnectButton, PageHeading};
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::{self, Page};
use crate::service::use_service;
use crate::session::{Session, SessionState};
use crate::slot::Slot;

/// The sign-in page.
#[component]
pub(crate) fn SignInPage() -> impl IntoView {
    let texts = &use_messages().sign_in;
    let (locale, navigation) = (use_locale(), Navigation::current());
    let href = move || routes::sign_in(locale, Page::after_sign_in(navigation.before()));
    view! {
        <div class="fr-container app-section">
            <div class="fr-grid-row fr-grid-row--center">
                <div class="fr-col-12 fr-col-md-9 fr-col-lg-7">
                    <div class="app-panel">
                        <PageHeading text=use_service().named_in(texts.heading)/>
                        <p>{texts.who}</p>
                        <h2 class="fr-h5">{texts.button_heading}</h2>
                        <ConnectButton href=live(href)/>
                        <hr/>
                        <h2 class="fr-h6">{texts.help_heading}</h2>
                        <p class="fr-text--sm">{texts.help}</p>
                    </div>
                    <Note/>
                </div>
            </div>
        </div>
    }
}

/// Says below the panel, where nothing moves, what is known of the session: that it is open, or why it
/// is no longer.
#[component]
fn Note() -> impl IntoView {
    let messages = use_messages();
    let (texts, locale) = (&messages.sign_in, use_locale());
    let session = Session::current();
    let note = Memo::new(move |_| match session.state() {
        SessionState::SignedIn(_) => Some((texts.already, true)),
        _ => session.why().map(|problem| (messages.api.text(problem), false)),
    });
    view! {
        <div class="app-late-note" role="status">
            {live(move || {
                let note = note.get().map(|(text, signed_in)| {
                    let link = signed_in.then(|| {
                        view! {
                            " "
                            <a class="fr-link" href=Page::Account.href(locale)>
                                {texts.already_link}
                            </a>
                        }
                    });
                    view! {
                        <p class="app-note">
                            {text} {link}
                        </p>
                    }
                });
                Slot::maybe(note)
            })}
        </div>
    }
}
