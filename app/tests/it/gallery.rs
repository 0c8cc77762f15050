//! The gallery: every state is whole, and needs nobody to be signed in.

use std::collections::HashSet;

use app::document::{Document, Documents, Exhibit};
use app::operator::Operator;

use crate::documents;
use crate::html::{attribute, ids, start_tags, tags_of, text};

/// The document at an address of the gallery.
fn shown_at(path: &str, query: &str) -> Option<Document> {
    match documents().gallery(path, query).expect(path) {
        Exhibit::Document(document) => Some(document),
        Exhibit::Standalone(_) => None,
    }
}

fn gallery(query: &str) -> String {
    shown_at("/galerie", query).expect("the gallery").html_fragment
}

/// The addresses of all states that are documents, as the gallery links to them.
fn states() -> Vec<String> {
    let index = gallery("");
    let links = tags_of(&index, "a").into_iter().filter_map(|link| attribute(link, "href"));
    let ids = links.filter_map(|href| href.split_once("?etat=")?.1.split('&').next());
    ids.filter(|id| *id != "indisponible").map(str::to_owned).collect()
}

fn state(id: &str, query: &str) -> Document {
    shown_at(&format!("/galerie/{id}"), query).expect(id)
}

#[test]
fn every_state_is_a_page_with_sound_markup_in_both_languages() {
    let states = states();
    assert!(states.len() > 80, "{states:?}");
    assert_eq!(states.iter().collect::<HashSet<_>>().len(), states.len());
    for id in &states {
        for language in ["fr", "en"] {
            let document = state(id, &format!("langue={language}"));
            let html = &document.html_fragment;
            assert_eq!(document.lang, language);
            assert!(!document.interactive, "{id}");
            assert_eq!(tags_of(html, "h1").len(), 1, "{id}");
            let known = ids(html);
            let unique: HashSet<_> = known.iter().copied().collect();
            assert_eq!(unique.len(), known.len(), "{id}: {known:?}");
            for tag in start_tags(html) {
                for name in ["aria-labelledby", "aria-controls", "aria-describedby", "for"] {
                    let references =
                        attribute(tag, name).into_iter().flat_map(str::split_whitespace);
                    for reference in references {
                        assert!(unique.contains(reference), "{reference} of {id}");
                    }
                }
            }
        }
    }
}

#[test]
fn states_show_what_a_person_would_see() {
    for (id, words) in [
        ("compte", "Angèle L’Étang-Dupont"),
        ("identite", "1 mars 2026 à 11:05"),
        ("identite-minimale", "Non communiqué"),
        ("organisation-privee", "ne fait pas partie du service public"),
        ("securite-deux-etapes", "Deux étapes"),
        ("sessions", "Firefox sur Windows"),
        ("sessions-question", "sauf celle-ci"),
        ("protege", "Bloc-notes"),
        ("compte-echec", "Vérifiez votre connexion à internet"),
        ("connexion-revoquee", "depuis un autre appareil"),
        ("page-non-trouvee", "Erreur 404"),
        ("niveau-insuffisant", "eidas2"),
        ("acces-domaine", "exemple.fr"),
        ("deconnexion-en-cours", "Continuer la déconnexion"),
        ("composant-etapes", "Étape 1 sur 3"),
        ("composant-champs", "il en manque un"),
        ("composant-proconnect", "S’identifier avec FranceConnect"),
    ] {
        let shown = text(&state(id, "").html_fragment);
        assert!(shown.contains(words), "{id}: {shown}");
    }
    let menu = state("compte-menu", "").html_fragment;
    assert!(menu.contains("aria-controls=\"menu-personnel\" aria-expanded=\"true\""), "{menu}");
    assert!(state("fin-proche", "").html_fragment.contains("<dialog id=\"fin-de-session\" open"));
}

#[test]
fn the_page_for_when_nothing_answers_needs_nothing_else() {
    let page = match documents().gallery("/galerie/indisponible", "") {
        Some(Exhibit::Standalone(page)) => page,
        other => panic!("{other:?}"),
    };
    assert_eq!(page, documents().unavailable());
    for outside in ["<script", "<link", "<img", "url(", "@import", "http:", "https:"] {
        assert!(!page.html.contains(outside), "{outside}");
    }
    assert!(page.html.contains(&["<style>", page.style, "</style>"].concat()));
    assert!(text(&page.html).contains("Service indisponible - Espace agent"), "{}", page.html);

    let named = Operator { service: "A <b>&\"".to_owned(), ..Operator::default() };
    let html = Documents::new(named).unavailable().html;
    assert!(html.contains("A &lt;b&gt;&amp;&quot;") && !html.contains("<b>"), "{html}");
}

#[test]
fn no_text_of_any_state_speaks_jargon() {
    let jargon = ["token", "callback", "jwt", "oidc", "oauth", "csrf", "http", "backend", "claim"];
    for id in states() {
        for language in ["fr", "en"] {
            let shown =
                text(&state(&id, &format!("langue={language}")).html_fragment).to_lowercase();
            for word in shown.split(|character: char| !character.is_alphanumeric()) {
                assert!(!jargon.contains(&word), "{id} ({language}) says {word}");
            }
        }
    }
}

#[test]
fn the_address_decides_theme_and_language() {
    let dark = state("compte", "theme=dark&langue=en");
    assert_eq!(dark.lang, "en");
    assert!(dark.attributes.contains(&("data-fr-theme", "dark")));
    let runs = |id| state(id, "").attributes.contains(&("data-app", "ready"));
    assert!(runs("compte") && !runs("acces-siret") && !runs("deconnexion-en-cours"));
    assert!(
        !state("compte", "theme=other").attributes.iter().any(|(name, _)| *name == "data-fr-theme")
    );

    let frames = |query| {
        let html = gallery(query);
        let frames: Vec<_> = tags_of(&html, "iframe")
            .into_iter()
            .map(|frame| {
                let value = |name| attribute(frame, name).unwrap_or_default().to_owned();
                (value("src"), value("width"))
            })
            .collect();
        frames
    };
    let compte = |theme: &str| format!("/galerie/compte?theme={theme}&amp;langue=fr");
    assert_eq!(
        frames("etat=compte&largeur=320&theme="),
        [(compte("light"), "320".to_owned()), (compte("dark"), "320".to_owned())]
    );
    assert_eq!(frames("etat=compte&theme=dark"), [(compte("dark"), "1280".to_owned())]);
    assert_eq!(frames("etat=nowhere&largeur=7").len(), 2, "what is unknown is the usual");
}

#[test]
fn only_the_gallerys_addresses_are_the_gallerys() {
    for path in ["/", "/compte", "/galeries", "/galerie/nowhere", "/galerie/compte/"] {
        assert!(documents().gallery(path, "").is_none(), "{path}");
    }
}
