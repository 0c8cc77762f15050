//! The front page: what the service is, and the way in.

use leptos::prelude::*;

use crate::components::PageHeading;
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::routes::Page;
use crate::session::{Session, SessionState};

/// The front page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let texts = &use_messages().home;
    view! {
        <div class="app-hero">
            <div class="fr-container">
                <PageHeading text=texts.heading/>
                <p class="fr-text--lead">{texts.lead}</p>
                <WayIn/>
            </div>
        </div>
        <section class="fr-container app-section" aria-labelledby="points">
            <h2 id="points">{texts.points_heading}</h2>
            <ul class="app-points">
                {texts
                    .points
                    .iter()
                    .map(|point| {
                        view! {
                            <li class="app-card">
                                <h3 class="fr-h6">{point.title}</h3>
                                <p>{point.text}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

/// To the account for those who are signed in, to the sign-in page for all others.
#[component]
fn WayIn() -> impl IntoView {
    let texts = &use_messages().home;
    let locale = use_locale();
    let session = Session::current();
    let signed_in = Memo::new(move |_| matches!(session.state(), SessionState::SignedIn(_)));
    let href = move || if signed_in.get() { Page::Account } else { Page::SignIn }.href(locale);
    let text = move || if signed_in.get() { texts.account } else { texts.sign_in };
    view! {
        <a class="fr-btn fr-btn--lg" href=live(href)>
            {live(text)}
        </a>
    }
}
