//! The pages that explain a failure of the server's own routes.

use std::collections::HashSet;

use app::document::{Details, ProblemPage, REQUEST_ID};
use app::i18n::Locale;

use crate::documents;
use crate::html::{attribute, tags_of, text};

const RETRY: &str = "/auth/login?return_to=%2Fcompte";

fn details() -> Details {
    Details { retry: RETRY.to_owned(), ..Details::default() }
}

#[test]
fn each_problem_has_its_own_title_and_code() {
    for locale in Locale::ALL {
        let titles: HashSet<_> = ProblemPage::ALL
            .into_iter()
            .map(|kind| documents().problem(kind, locale, &details()).title)
            .collect();
        assert_eq!(titles.len(), ProblemPage::ALL.len());
    }
    let codes: HashSet<_> = ProblemPage::ALL.into_iter().map(ProblemPage::code).collect();
    assert_eq!(codes.len(), ProblemPage::ALL.len());
}

#[test]
fn each_problem_shows_code_request_and_two_ways_on() {
    for locale in Locale::ALL {
        for kind in ProblemPage::ALL {
            let document = documents().problem(kind, locale, &details());
            let html = &document.html_fragment;
            let links: Vec<_> =
                tags_of(html, "a").into_iter().filter_map(|link| attribute(link, "href")).collect();
            let home = if locale == Locale::Fr { "/" } else { "/en" };

            let code = format!("data-testid=\"problem-code\">{}</code>", kind.code());
            assert!(html.contains(&code), "{kind:?}");
            assert_eq!(html.matches(REQUEST_ID).count(), 1, "{kind:?}");
            assert!(links.contains(&RETRY) && links.contains(&home), "{kind:?}: {links:?}");
            assert_eq!(tags_of(html, "h1").len(), 1, "{kind:?}");
            assert!(!document.interactive, "{kind:?}");
            assert!(document.status >= 400, "{kind:?}");
        }
    }
}

#[test]
fn the_retry_link_is_escaped() {
    let retry = "/\"><script>alert(1)</script>&x=".to_owned();
    let hostile = Details { retry, ..Details::default() };

    let html = documents().problem(ProblemPage::Internal, Locale::Fr, &hostile).html_fragment;

    assert!(!html.contains("<script"));
    assert!(html.contains("&quot;&gt;&lt;script&gt;"));
}

#[test]
fn problems_use_no_jargon() {
    for locale in Locale::ALL {
        for kind in ProblemPage::ALL {
            let shown = text(&documents().problem(kind, locale, &details()).html_fragment)
                .replace(kind.code(), "")
                .to_lowercase();
            for jargon in ["token", "callback", "jwt", "oidc", "csrf", "cookie", "http"] {
                let said = shown.split(|c: char| !c.is_alphanumeric()).any(|word| word == jargon);
                assert!(!said, "{kind:?} says {jargon}");
            }
        }
    }
}

#[test]
fn a_refused_level_names_the_levels_asked_for_in_words() {
    let levels = ["eidas1-mfa", "eidas2"].map(ToOwned::to_owned).to_vec();
    let details = Details { levels, session_kept: true, ..details() };

    let html =
        documents().problem(ProblemPage::LevelInsufficient, Locale::Fr, &details).html_fragment;

    assert!(text(&html).contains("Substantiel eidas2"), "{}", text(&html));
    assert!(text(&html).contains("eidas1-mfa"));
    assert!(text(&html).contains("Votre session en cours continue"));
}
