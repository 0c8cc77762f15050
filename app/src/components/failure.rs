//! A server function that failed: why, in words, and the way to try again.

use leptos::prelude::*;

use super::{Alert, AlertKind, Button, ButtonKind};
use crate::i18n::use_messages;
use crate::wire::ApiProblem;

/// Why something did not work.
#[component]
pub(crate) fn Problem(title: &'static str, problem: ApiProblem) -> impl IntoView {
    let text = use_messages().api.text(problem);
    view! { <Alert kind=AlertKind::Error title=title text=text/> }
}

/// Why something did not work, and a button to try again.
#[component]
pub(crate) fn Failure(
    title: &'static str,
    problem: ApiProblem,
    retry: Box<dyn Fn()>,
) -> impl IntoView {
    view! {
        <Problem title=title problem=problem/>
        <div class="app-action">
            <Button kind=ButtonKind::Primary label=use_messages().account.retry press=retry/>
        </div>
    }
}
