//! The brand block: under the Marianne for the State, else the operator's name.

use leptos::prelude::*;

use crate::operator::use_operator;
use crate::service::Brand;

/// The block; nothing where the operator shows none.
#[component]
pub(crate) fn BrandBlock() -> impl IntoView {
    let operator = use_operator();
    let class = match operator.brand {
        Brand::Etat => "fr-logo",
        Brand::Neutral => "app-logo",
    };
    let lines = operator.logo_lines();
    let count = lines.len();
    let lines: Vec<_> = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let end = (index + 1 < count).then(|| view! { <br/> });
            view! { {line.to_owned()} {end} }
        })
        .collect();
    (count > 0).then(|| view! { <p class=class lang="fr">{lines}</p> })
}
