//! The gallery's own page: a list of states, and the chosen one in a frame for each theme.
//!
//! It works without a script: the choices are a form, and every state is a link.

use leptos::prelude::*;

use super::query::{Query, Theme, WIDTHS};
use super::states::STATES;
use crate::i18n::Locale;

/// The page.
#[component]
pub(crate) fn Index(query: Query) -> impl IntoView {
    let themes = query.theme.map_or_else(|| Theme::ALL.to_vec(), |theme| vec![theme]);
    let frames = themes.into_iter().map(|theme| {
        let href = query.state_href(theme);
        let name = format!("{}, thème {}", query.state.title, french(theme));
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
                    <ul>{STATES.iter().map(|state| entry(Query { state, ..query }, query)).collect_view()}</ul>
                </nav>
                <div class="app-gallery__frames">{frames.collect_view()}</div>
            </div>
        </main>
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
        Theme::Light => "clair",
        Theme::Dark => "sombre",
    }
}

#[component]
fn Choices(query: Query) -> impl IntoView {
    let themes = [("", "Les deux"), ("light", "Clair"), ("dark", "Sombre")];
    let theme = query.theme.map_or("", Theme::name);
    let themes =
        themes.map(|(value, text)| option(value.to_owned(), text.to_owned(), value == theme));
    let widths = WIDTHS
        .map(|width| option(width.to_string(), format!("{width} pixels"), width == query.width));
    let languages = Locale::ALL.map(|locale| {
        let (tag, name) = (locale.tag().to_owned(), locale.own_name().to_owned());
        option(tag, name, locale == query.locale)
    });
    view! {
        <form method="get" action=super::PATH class="app-gallery__choices">
            <input type="hidden" name="etat" value=query.state.id/>
            <label class="fr-label">
                "Thème"
                <select class="fr-input" name="theme">
                    {themes.collect_view()}
                </select>
            </label>
            <label class="fr-label">
                "Largeur"
                <select class="fr-input" name="largeur">
                    {widths.collect_view()}
                </select>
            </label>
            <label class="fr-label">
                "Langue"
                <select class="fr-input" name="langue">
                    {languages.collect_view()}
                </select>
            </label>
            <button type="submit" class="fr-btn">
                "Appliquer"
            </button>
        </form>
    }
}

fn option(value: String, text: String, selected: bool) -> impl IntoView {
    view! {
        <option value=value selected=selected>
            {text}
        </option>
    }
}
