//! What documents say of the service and of who runs it.

use app::document::{Document, Documents};
use app::i18n::Locale;
use app::operator::{Accessibility, Contact, Link, Operator};
use app::routes::Page;
use app::service::Brand;

use crate::documents;
use crate::html::{attribute, tags_of, text};

fn every_page(operator: Operator) -> Vec<Document> {
    Documents::new(operator).all()
}

#[test]
fn every_document_has_the_name_of_the_service() {
    let operator = Operator {
        service: "Portail <des> agents".to_owned(),
        service_en: Some("Agents’ portal".to_owned()),
        ..Operator::default()
    };
    for document in every_page(operator) {
        let name = if document.lang == "en" { "Agents’ portal" } else { "Portail <des> agents" };
        assert_eq!(document.service, name);
        assert!(document.title.ends_with(&[" - ", name].concat()), "{:?}", document.title);
        assert!(!document.html_fragment.contains("<des>"), "{:?}", document.title);
        assert!(
            text(&document.html_fragment).contains(&name.replace('<', "&lt;").replace('>', "&gt;"))
        );
        for text in [&document.html_fragment, &document.description, &document.title] {
            assert!(!text.contains("Espace agent"), "{:?}", document.title);
            assert!(!text.contains("{service}"), "{:?}", document.title);
        }
    }
}

#[test]
fn the_state_shows_its_block_its_sites_and_its_licence() {
    let html = documents().page(Page::Home, Locale::Fr).html_fragment;

    assert_eq!(html.matches("<p lang=\"fr\" class=\"fr-logo\">").count(), 2, "{html}");
    for site in ["info.gouv.fr", "service-public.gouv.fr", "legifrance.gouv.fr", "data.gouv.fr"] {
        assert!(html.contains(&format!("href=\"https://{site}\"")), "{site}");
    }
    assert!(html.contains("licence etalab-2.0"));
}

#[test]
fn a_neutral_service_shows_nothing_of_the_state() {
    let neutral = Operator { brand: Brand::Neutral, ..Operator::default() };
    for document in every_page(neutral.clone()) {
        let html = &document.html_fragment;
        assert!(!html.contains("fr-logo") && !html.contains("République"), "{}", document.title);
        assert!(!html.contains("etalab"), "{}", document.title);
        let links: Vec<_> =
            tags_of(html, "a").into_iter().filter_map(|link| attribute(link, "href")).collect();
        let of_state = |href: &&str| href.contains(".gouv.fr") && !href.contains("proconnect");
        assert!(!links.iter().any(of_state), "{links:?}");
    }
    let named = Operator { logo: vec!["Région".to_owned(), "Exemple".to_owned()], ..neutral };
    let html = Documents::new(named).page(Page::Home, Locale::Fr).html_fragment;
    assert!(html.contains("class=\"app-logo\">Région<br>"), "{html}");
}

#[test]
fn legal_pages_say_what_is_configured_and_make_nothing_up() {
    let operator = Operator {
        publisher: Some("Ministère de l’Exemple, 1 rue de la Paix".to_owned()),
        director: Some("Mme Directrice".to_owned()),
        host: Some("Hébergeur SA".to_owned()),
        support: Some(Contact::Email("aide@exemple.fr".to_owned())),
        dpo: Some(Contact::Page("https://exemple.fr/dpo".to_owned())),
        accessibility: Accessibility::Partial,
        links: vec![Link { text: "Aide".to_owned(), href: "https://exemple.fr/aide".to_owned() }],
        ..Operator::default()
    };
    let configured = Documents::new(operator);
    for locale in Locale::ALL {
        let legal = configured.page(Page::LEGAL, locale).html_fragment;
        for fact in ["Ministère de l’Exemple", "Mme Directrice", "Hébergeur SA"] {
            assert!(legal.contains(fact), "{fact}");
        }
        assert!(legal.contains("<a href=\"mailto:aide@exemple.fr\""));
        let personal_data = configured.page(Page::PERSONAL_DATA, locale).html_fragment;
        assert!(personal_data.contains("href=\"https://exemple.fr/dpo\""));
        assert!(legal.contains("href=\"https://exemple.fr/aide\""), "the footer's own link");

        let bare = documents().page(Page::LEGAL, locale).html_fragment;
        assert!(!bare.contains("mailto:"), "{bare}");
    }
    let home = configured.page(Page::Home, Locale::Fr).html_fragment;
    assert!(text(&home).contains("Accessibilité\u{a0}: partiellement conforme"));
    let statement = configured.page(Page::ACCESSIBILITY, Locale::Fr).html_fragment;
    assert!(text(&statement).contains("en conformité partielle"));
}

#[test]
fn contacts_are_addresses_that_a_browser_may_open() {
    for (text, href) in [
        ("aide@exemple.fr", "mailto:aide@exemple.fr"),
        ("https://exemple.fr/aide", "https://exemple.fr/aide"),
    ] {
        assert_eq!(Contact::parse(text).map(|contact| contact.href()).as_deref(), Some(href));
    }
    for text in ["", "aide", "@exemple.fr", "aide@", "a b@exemple.fr", "javascript:a@b.c d"] {
        assert_eq!(Contact::parse(text), None, "{text}");
    }
}

#[test]
fn the_site_map_leads_to_every_page_that_one_can_go_to() {
    for locale in Locale::ALL {
        let html = documents().page(Page::SITE_MAP, locale).html_fragment;
        let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next());
        let main = main.expect("a main region");
        for page in Page::ALL {
            let listed = main.contains(&format!("href=\"{}\"", page.href(locale)));
            let wanted = !matches!(page, Page::SIGNED_OUT | Page::SITE_MAP);
            assert_eq!(listed, wanted, "{page:?}");
        }
    }
}
