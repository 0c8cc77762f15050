//! What assurance levels are: what each says of the person, and what it takes.

use leptos::prelude::*;

use crate::components::{PageHeading, Table};
use crate::i18n::use_printed;

/// The content of the page.
#[component]
pub(crate) fn LevelsPage() -> impl IntoView {
    let texts = &use_printed().levels;
    let rows = texts.rows.each_ref().map(|row| {
        [[row.name, " (", row.acr, ")"].concat(), row.identity.to_owned(), row.means.to_owned()]
    });
    view! {
        <PageHeading text=texts.meta.title/>
        <p class="fr-text--lead">{texts.lead}</p>
        <Table
            caption=texts.meta.title
            columns=[texts.level, texts.identity, texts.means]
            rows=rows.to_vec()
        />
        <h2 class="fr-h4">{texts.manager_heading}</h2>
        <p>{texts.manager}</p>
    }
}
