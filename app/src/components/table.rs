//! DSFR table: its caption says what it is about; on a small screen it scrolls by itself.

use leptos::prelude::*;

/// A table whose first column names the rows.
#[component]
pub(crate) fn Table<const COLUMNS: usize>(
    /// What it is about.
    caption: &'static str,
    /// The headings of the columns.
    columns: [&'static str; COLUMNS],
    /// The cells, row by row.
    rows: Vec<[String; COLUMNS]>,
) -> impl IntoView {
    let columns = columns.map(|column| view! { <th scope="col">{column}</th> });
    let rows = rows.into_iter().map(|cells| {
        let mut cells = cells.into_iter();
        let name = cells.next();
        let cells = cells.map(|cell| view! { <td>{cell}</td> });
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells.collect_view()}
            </tr>
        }
    });
    // What scrolls must be within reach of the keyboard.
    view! {
        <div class="fr-table fr-table--no-caption">
            <div class="fr-table__wrapper">
                <div class="fr-table__container">
                    <div class="fr-table__content" tabindex="0" role="region" aria-label=caption>
                        <table>
                            <caption>{caption}</caption>
                            <thead>
                                <tr>{columns.collect_view()}</tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                </div>
            </div>
        </div>
    }
}
