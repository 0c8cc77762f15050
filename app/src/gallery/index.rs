//! The gallery's own page: a list of states, and the chosen one in a frame for each theme.
//!
//! It works without a script: the choices are a form, and every state is a link.

use leptos::prelude::*;

use super::query::{Query, Theme, WIDTHS};
use super::states::{GROUPS, Group};
use crate::components::{Select, SelectOption};
use crate::i18n::Locale;

/// The page.
#[component]
pub(crate) fn Index(query: Query) -> impl IntoView {
    let themes = query.theme.map_or_else(|| Theme::ALL.to_vec(), |theme| vec![theme]);
    let frames = themes.into_iter().map(|theme| {
        let href = query.state_href(theme);
        let name = format!("{} - {}", query.state.title, french(theme));
        view! {
            <figure class="app-gallery__figure">
                <figcaption>
                    {name.clone()} " - " <a href=href.clone()>"Voir seul"</a>
                </figcaption>
                <iframe
                    class="app-gallery__frame"
                    src=href
                    title=name
                    width=query.width.to_string()
                    height="900"
                ></iframe>
            </figure>
        }
    });
    view! {
        <main id="contenu" role="main" class="app-gallery" aria-labelledby="galerie">
            <h1 id="galerie" class="fr-h3">
                "Galerie"
            </h1>
            <Choices query=query/>
            <div class="app-gallery__body">
                <nav class="app-gallery__states" aria-label="États">
                    {GROUPS.iter().map(|group| entries(group, query)).collect_view()}
                </nav>
                <div class="app-gallery__frames">{frames.collect_view()}</div>
            </div>
        </main>
    }
}

fn entries(group: &'static Group, query: Query) -> impl IntoView {
    let entries = group.states.iter().map(|state| entry(Query { state, ..query }, query));
    view! {
        <h2 class="fr-h6">{group.title}</h2>
        <ul>{entries.collect_view()}</ul>
    }
}

fn entry(target: Query, shown: Query) -> impl IntoView {
    let current = (target.state.id == shown.state.id).then_some("true");
    view! {
        <li>
            <a href=target.href() aria-current=current>
                {target.state.title}
            </a>
        </li>
    }
}

const fn french(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "Clair",
        Theme::Dark => "Sombre",
    }
}

#[component]
fn Choices(query: Query) -> impl IntoView {
    let themes = [None, Some(Theme::Light), Some(Theme::Dark)].map(|theme| {
        let (value, text) = theme.map_or(("", "Les deux"), |theme| (theme.name(), french(theme)));
        SelectOption::new(value, text, theme == query.theme)
    });
    let widths = WIDTHS.map(|width| {
        SelectOption::new(width.to_string(), format!("{width} pixels"), width == query.width)
    });
    let languages = Locale::ALL
        .map(|locale| SelectOption::new(locale.tag(), locale.own_name(), locale == query.locale));
    view! {
        <form method="get" action=super::PATH class="app-gallery__choices">
            <input type="hidden" name="etat" value=query.state.id/>
            <Select name="theme" label="Thème" choices=themes.to_vec()/>
            <Select name="largeur" label="Largeur" choices=widths.to_vec()/>
            <Select name="langue" label="Langue" choices=languages.to_vec()/>
            <button type="submit" class="fr-btn">
                "Appliquer"
            </button>
        </form>
    }
}
