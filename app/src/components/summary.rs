//! A card that lists named values, as a description list.
//!
//! Invariant: a value that is not known yet takes the room it will take, so that nothing moves when
//! it arrives; a value that was not given is said to be so, in words.

use leptos::prelude::*;

use crate::i18n::use_messages;

/// A value to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// It will be known soon.
    Pending,
    /// It was not given.
    Absent,
    /// Here it is.
    Given(String),
}

impl Value {
    /// What is known of a value that `source` holds once it has come.
    pub(crate) fn of<T>(source: Option<&T>, value: impl FnOnce(&T) -> Option<String>) -> Self {
        match source.map(value) {
            None => Self::Pending,
            Some(None) => Self::Absent,
            Some(Some(text)) => Self::Given(text),
        }
    }
}

/// One named value.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Names the value for tests.
    pub(crate) id: &'static str,
    /// The value's name.
    pub(crate) name: Oco<'static, str>,
    /// The value.
    pub(crate) value: Value,
    /// The value as a machine writes it, beside the words.
    pub(crate) code: Option<String>,
}

impl Row {
    /// A value that needs no code.
    pub(crate) fn new(id: &'static str, name: impl Into<Oco<'static, str>>, value: Value) -> Self {
        Self { id, name: name.into(), value, code: None }
    }
}

/// A titled card of rows.
#[component]
pub(crate) fn Summary(
    /// The card's heading.
    title: &'static str,
    /// The named values, in order.
    rows: Vec<Row>,
) -> impl IntoView {
    view! {
        <section class="app-card">
            <h2 class="fr-h5">{title}</h2>
            <dl class="app-summary">{rows.into_iter().map(row_view).collect_view()}</dl>
        </section>
    }
}

/// A value, or what stands for it.
pub(crate) fn value_view(value: Value) -> impl IntoView {
    let (class, text) = match value {
        Value::Pending => ("app-skeleton", String::new()),
        Value::Absent => ("app-absent", use_messages().account.absent.to_owned()),
        Value::Given(text) => ("app-value", text),
    };
    view! { <span class=class>{text}</span> }
}

fn row_view(row: Row) -> impl IntoView {
    view! {
        <div class="app-summary__row">
            <dt>{row.name}</dt>
            <dd data-testid=row.id>
                {value_view(row.value)}
                {row.code.map(|code| view! { " " <code class="app-code">{code}</code> })}
            </dd>
        </div>
    }
}
