//! The person's sessions: where they are signed in, and how to end what they do not recognise.
//!
//! Invariant: nothing ends without being confirmed; whatever the server answers is said, and leaves a
//! way on.

mod board;
mod ending;

use leptos::prelude::*;

use crate::components::{
    Alert, AlertKind, Breadcrumb, ConnectButton, Failure, PageHeading, Problem,
};
use crate::i18n::{use_locale, use_messages};
use crate::live::live;
use crate::routes::{Page, sign_in};
use crate::slot::Slot;
use crate::wire::{ApiProblem, ListedSession};

use board::{Board, State, Target};
use ending::Ending;

/// The page of the person's sessions.
#[component]
pub(crate) fn SessionsPage() -> impl IntoView {
    let texts = &use_messages().sessions;
    let board = Board::provide();
    let content = move || match board.state() {
        State::Loading => Slot::of(view! { <Waiting/> }),
        State::Known(sessions) => Slot::late(view! { <Known sessions=sessions/> }),
        State::SignedOut(problem) => Slot::late(view! { <SignedOut problem=problem/> }),
        State::Failed(problem) => Slot::late(view! {
            <Failure title=texts.failed_title problem=problem retry=Box::new(move || board.retry())/>
        }),
    };
    view! {
        <div class="fr-container app-page app-narrow app-account">
            <Breadcrumb page=Page::Sessions/>
            <PageHeading text=texts.meta.title/>
            <p class="fr-text--lead">{texts.lead}</p>
            {live(content)}
        </div>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let texts = &use_messages().sessions;
    view! {
        <ul class="app-sessions" aria-busy="true" aria-label=texts.loading>
            <li class="app-card">
                <span class="app-skeleton"></span>
            </li>
        </ul>
        <p class="app-without-script">{texts.needs_script}</p>
    }
}

#[component]
fn Known(sessions: Vec<ListedSession>) -> impl IntoView {
    let texts = &use_messages().sessions;
    let board = Board::current();
    let others = sessions.iter().filter(|session| !session.current).count();
    view! {
        {live(move || {
            let problem = board.failure().map(|problem| {
                view! { <Problem title=texts.not_ended problem=problem/> }
            });
            Slot::maybe(problem)
        })}
        <ul class="app-sessions">{sessions.into_iter().map(item).collect_view()}</ul>
        {match others {
            0 => {
                Slot::late(view! { <p class="app-note" data-testid="alone">{texts.alone}</p> })
            }
            1 => Slot::of(()),
            _ => {
                Slot::late(
                    view! {
                        <Ending
                            target=Target::Others
                            label=texts.end_others
                            about=String::new()
                            question=texts.end_others_question.to_owned()
                        />
                    },
                )
            }
        }}
    }
}

fn item(session: ListedSession) -> impl IntoView {
    let texts = &use_messages().sessions;
    let name = device(&session);
    let ending = (!session.current).then(|| {
        let question = [texts.end_question, "\u{ab}\u{a0}", &name, "\u{a0}\u{bb}\u{a0}?"].concat();
        view! {
            <Ending
                target=Target::One(session.id)
                label=texts.end
                about=name.clone()
                question=question
            />
        }
    });
    let here = session.current.then(|| view! { <p class="app-here">{texts.current}</p> });
    view! {
        <li class="app-card" data-testid="session">
            <h2 class="fr-h6">{name}</h2>
            {here}
            <dl class="app-summary">
                {moment_row(texts.last_seen, session.last_seen)}
                {moment_row(texts.first_seen, session.first_seen)}
            </dl>
            {ending}
        </li>
    }
}

fn moment_row(name: &'static str, seconds: i64) -> impl IntoView {
    view! {
        <div class="app-summary__row">
            <dt>{name}</dt>
            <dd>{crate::moment::words(seconds, use_locale())}</dd>
        </div>
    }
}

/// What the person calls the device of a session.
fn device(session: &ListedSession) -> String {
    let texts = &use_messages().sessions;
    match (&session.browser, &session.system) {
        (Some(browser), Some(system)) => [browser, texts.on, system].concat(),
        (Some(name), None) | (None, Some(name)) => name.clone(),
        (None, None) => texts.unknown_device.to_owned(),
    }
}

#[component]
fn SignedOut(problem: ApiProblem) -> impl IntoView {
    let (messages, locale) = (use_messages(), use_locale());
    let text = match problem {
        ApiProblem::SessionExpired | ApiProblem::SessionRevoked => messages.api.text(problem),
        _ => messages.sessions.anonymous,
    };
    view! {
        <Alert kind=AlertKind::Info title=messages.account.anonymous_title text=text/>
        <div class="app-action">
            <ConnectButton href=live(move || sign_in(locale, Page::Sessions))/>
        </div>
    }
}
