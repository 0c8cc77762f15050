//! Every page, in every language.

use std::collections::HashSet;

use app::document::Document;
use app::i18n::Locale;
use app::routes::Page;

use crate::documents;
use crate::html::{attribute, content_of, ids, start_tags, tags_of, text};

fn every_document() -> Vec<Document> {
    let documents = documents();
    let others = Locale::ALL
        .into_iter()
        .flat_map(|locale| [documents.not_found(locale), documents.leaving(locale, "/next")]);
    documents.all().into_iter().chain(others).collect()
}

#[test]
fn each_page_has_a_document_in_each_language() {
    let paths: Vec<_> =
        documents().all().into_iter().filter_map(|document| document.path).collect();

    assert_eq!(paths.len(), Page::ALL.len() * Locale::ALL.len());
    for path in ["/", "/connexion", "/compte", "/deconnexion", "/en", "/en/connexion", "/en/compte"]
    {
        assert!(paths.iter().any(|known| known == path), "{path}");
    }
}

#[test]
fn paths_lead_back_to_their_page_and_language() {
    for locale in Locale::ALL {
        for page in Page::ALL {
            let path = page.href(locale);

            assert_eq!(Page::at(&path), Some(page), "{path}");
            assert_eq!(Locale::of_path(&path), locale, "{path}");
        }
    }
    for unknown in ["/compte/", "//compte", "/english", "/en/", "/auth/login", ""] {
        assert_eq!(Page::at(unknown), None, "{unknown}");
    }
    assert_eq!(Locale::of_path("/english"), Locale::Fr);
}

#[test]
fn whoever_signs_in_comes_back_to_what_they_looked_at() {
    let rows = [
        (None, Page::Account),
        (Some(Page::Home), Page::Account),
        (Some(Page::SignIn), Page::Account),
        (Some(Page::SIGNED_OUT), Page::Account),
        (Some(Page::Account), Page::Account),
        (Some(Page::Sessions), Page::Sessions),
        (Some(Page::Protected), Page::Protected),
        (Some(Page::LEGAL), Page::LEGAL),
    ];
    for (before, after) in rows {
        assert_eq!(Page::after_sign_in(before), after, "{before:?}");
    }
}

#[test]
fn titles_are_unique_and_name_the_service() {
    for locale in Locale::ALL {
        let titles: Vec<_> = every_document()
            .into_iter()
            .filter(|document| document.lang == locale.tag())
            .map(|document| document.title)
            .collect();
        let unique: HashSet<_> = titles.iter().collect();

        assert_eq!(unique.len(), titles.len(), "{titles:?}");
        assert!(titles.iter().all(|title| title.ends_with(" - Espace agent")), "{titles:?}");
    }
}

#[test]
fn only_the_not_found_document_is_an_error() {
    assert!(
        documents().all().iter().all(|document| document.status == 200 && document.interactive)
    );
    assert_eq!(documents().not_found(Locale::Fr).status, 404);
    assert_eq!(documents().not_found(Locale::Fr).path, None);
}

#[test]
fn each_document_has_one_main_heading_and_no_skipped_level() {
    for document in every_document() {
        let headings: Vec<u32> = start_tags(&document.html_fragment)
            .into_iter()
            .filter_map(|tag| match tag.as_bytes() {
                [b'h', level @ b'1'..=b'6', b' ' | b'>', ..] | [b'h', level @ b'1'..=b'6'] => {
                    Some(u32::from(level - b'0'))
                }
                _ => None,
            })
            .collect();

        assert_eq!(headings.iter().filter(|level| **level == 1).count(), 1, "{:?}", document.title);
        assert_eq!(headings.first(), Some(&1), "{:?}", document.title);
        assert!(
            headings.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{:?}: {headings:?}",
            document.title
        );
    }
}

#[test]
fn each_document_has_each_landmark_once() {
    for document in every_document() {
        for (landmark, role) in [("header", "banner"), ("main", "main"), ("footer", "contentinfo")]
        {
            let tags = tags_of(&document.html_fragment, landmark);

            assert_eq!(tags.len(), 1, "{landmark} of {:?}", document.title);
            assert_eq!(attribute(tags[0], "role"), Some(role));
        }
    }
}

#[test]
fn ids_are_unique_and_references_to_them_resolve() {
    for document in every_document() {
        let html = &document.html_fragment;
        let ids = ids(html);
        let unique: HashSet<_> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "{:?}: {ids:?}", document.title);

        for tag in start_tags(html) {
            let references = ["aria-labelledby", "aria-controls", "aria-describedby", "for"]
                .into_iter()
                .filter_map(|name| attribute(tag, name))
                .flat_map(str::split_whitespace);
            for reference in references {
                assert!(unique.contains(reference), "{reference} of {:?}", document.title);
            }
        }
    }
}

#[test]
fn skip_links_come_first_and_their_targets_take_focus() {
    for document in every_document() {
        let html = &document.html_fragment;
        let links = tags_of(html, "a");
        let targets: Vec<_> =
            links.iter().filter_map(|link| attribute(link, "href")?.strip_prefix('#')).collect();

        assert_eq!(targets, ["contenu", "pied-de-page"], "{:?}", document.title);
        assert!(attribute(links[0], "href").is_some_and(|href| href.starts_with('#')));
        for target in targets {
            let tag = start_tags(html)
                .into_iter()
                .find(|tag| attribute(tag, "id") == Some(target))
                .expect("a skip link's target exists");
            assert_eq!(attribute(tag, "tabindex"), Some("-1"));
        }
    }
}

#[test]
fn no_document_has_inline_style_or_script() {
    for document in every_document() {
        for tag in start_tags(&document.html_fragment) {
            assert_eq!(attribute(tag, "style"), None, "{tag}");
            assert!(!tag.contains(" on"), "{tag}");
        }
        assert!(!document.html_fragment.contains("<script"), "{:?}", document.title);
        assert!(!document.html_fragment.contains("<style"), "{:?}", document.title);
    }
}

#[test]
fn links_to_a_new_window_say_so() {
    for document in every_document() {
        let words = if document.lang == "fr" { "nouvelle fenêtre" } else { "new window" };
        for link in tags_of(&document.html_fragment, "a") {
            if attribute(link, "target") == Some("_blank") {
                assert!(
                    attribute(link, "title").is_some_and(|title| title.ends_with(words)),
                    "{link}"
                );
                assert!(
                    attribute(link, "rel").is_some_and(|rel| rel.contains("noopener")),
                    "{link}"
                );
            }
        }
    }
}

#[test]
fn local_links_lead_to_a_page_or_start_a_sign_in() {
    for document in every_document() {
        for link in tags_of(&document.html_fragment, "a") {
            let href = attribute(link, "href").expect(link);
            if href.starts_with('/') && href != "/next" {
                let known =
                    Page::at(href).is_some() || href.starts_with("/auth/login?return_to=%2F");
                assert!(known, "{href} in {:?}", document.title);
            }
        }
    }
}

#[test]
fn the_proconnect_button_has_the_prescribed_markup_and_wording() {
    let html = documents().page(Page::SignIn, Locale::Fr).html_fragment;
    let start = html.find("<div class=\"fr-connect-group\">").expect("there is a connect group");
    let group = html[start..].split("</div>").next().expect("the group ends");

    let [button, help] = tags_of(group, "a")[..] else { panic!("two links in {group}") };
    assert_eq!(attribute(button, "class"), Some("fr-connect fr-connect--pro"));
    assert_eq!(attribute(button, "href"), Some("/auth/login?return_to=%2Fcompte"));
    assert_eq!(attribute(button, "rel"), Some("external"));
    assert_eq!(attribute(button, "target"), None);
    assert_eq!(
        text(content_of(group, "a").expect("the button has content")),
        "S’identifier avec ProConnect"
    );
    let spans: Vec<_> =
        tags_of(group, "span").into_iter().filter_map(|span| attribute(span, "class")).collect();
    assert_eq!(spans, ["fr-connect__login", "fr-connect__brand"]);

    assert_eq!(attribute(help, "href"), Some("https://www.proconnect.gouv.fr/"));
    assert_eq!(attribute(help, "target"), Some("_blank"));
    assert_eq!(attribute(help, "rel"), Some("noopener noreferrer"));
    assert_eq!(attribute(help, "title"), Some("Qu’est-ce que ProConnect ? - nouvelle fenêtre"));
    assert!(text(group).ends_with("Qu’est-ce que ProConnect ?"));
}

#[test]
fn the_proconnect_button_speaks_english_and_keeps_the_language() {
    let html = documents().page(Page::SignIn, Locale::En).html_fragment;

    assert!(text(&html).contains("Sign in with ProConnect"));
    assert!(text(&html).contains("What is ProConnect?"));
    assert!(html.contains("/auth/login?return_to=%2Fen%2Fcompte&amp;lang=en"));
}

#[test]
fn documents_are_those_of_an_anonymous_visitor() {
    for document in documents().all() {
        let html = &document.html_fragment;

        assert!(!html.contains("/auth/logout"), "{:?}", document.title);
        let sign_in = Page::SignIn.href(Locale::of_path(document.path.as_deref().unwrap_or("/")));
        assert!(html.contains(&format!("href=\"{sign_in}\"")), "{:?}", document.title);
    }
}

#[test]
fn documents_of_the_account_wait_for_their_values() {
    let rows: [(Page, &[&str]); 4] = [
        (Page::Account, &["name", "organization-label", "acr"]),
        (
            Page::Identity,
            &["given-name", "usual-name", "email", "sub", "uid", "provider", "read-at"],
        ),
        (Page::Organisation, &["organization-label", "siret", "siren", "public-service"]),
        (Page::Security, &["acr", "amr", "provider", "signed-in-at"]),
    ];
    for (page, ids) in rows {
        let html = documents().page(page, Locale::Fr).html_fragment;
        for id in ids {
            let row = format!("data-testid=\"{id}\"><span class=\"app-skeleton\">");
            let tile = format!(
                "data-testid=\"{id}\" class=\"fr-tile__desc\"><span class=\"app-skeleton\">"
            );
            assert!(html.contains(&row) || html.contains(&tile), "{id} of {page:?}");
        }
        assert!(html.contains("aria-busy=\"true\""));
        assert!(html.contains("JavaScript"));
        assert!(!html.contains("<form"), "a document is nobody's");
    }
}

#[test]
fn a_page_of_the_account_says_where_it_stands() {
    let html = documents().page(Page::Security, Locale::En).html_fragment;
    let list = content_of(&html, "ol").expect("a breadcrumb");

    let hrefs: Vec<_> =
        tags_of(list, "a").into_iter().map(|link| attribute(link, "href")).collect();
    assert_eq!(hrefs, [Some("/en"), Some("/en/compte")], "where one is, is no link");
    assert_eq!(text(list), "HomeMy accountMy security");
}

#[test]
fn navigation_marks_the_current_page_only() {
    let html = documents().page(Page::Account, Locale::Fr).html_fragment;
    let current: Vec<_> = tags_of(&html, "a")
        .into_iter()
        .filter(|link| attribute(link, "aria-current") == Some("page"))
        .map(|link| attribute(link, "href"))
        .collect();

    assert_eq!(current, [Some("/compte")]);
}

#[test]
fn the_sessions_document_waits_for_its_list_and_leads_back() {
    for (locale, account) in [(Locale::Fr, "/compte"), (Locale::En, "/en/compte")] {
        let html = documents().page(Page::Sessions, locale).html_fragment;

        assert!(html.contains("aria-busy=\"true\""), "{html}");
        assert!(html.contains("JavaScript"));
        assert!(html.contains(&format!("href=\"{account}\" class=\"fr-breadcrumb__link\"")));
        assert!(!html.contains("data-testid=\"session\""), "a document holds nobody's sessions");
    }
    assert_eq!(Page::Sessions.href(Locale::En), "/en/compte/sessions");
}
