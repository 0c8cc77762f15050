//! Liveness, readiness and unknown paths, as the operators of the real federation know them.

use reqwest::{Method, StatusCode};

use crate::support::{Browser, Page, Stack};

async fn ask(url: &str) -> Page {
    Browser::new().ask(Method::GET, url, None).await
}

#[tokio::test]
pub(crate) async fn he1_he2_health_is_told_in_one_word() {
    let stack = Stack::start().await;
    for url in [
        stack.hub("/livez"),
        stack.hub("/readyz"),
        stack.hub("/api/v2/livez"),
        stack.hub("/api/v2/readyz"),
        stack.hub("/api/v2/readyz/store"),
        stack.hub("/readyz/keys"),
        stack.identite("/readyz"),
        stack.demo("/readyz"),
    ] {
        let page = ask(&url).await;
        assert_eq!((page.status, page.body.as_str()), (StatusCode::OK, "ok"), "{url}");
    }
}

#[tokio::test]
pub(crate) async fn he3_verbose_names_every_check_and_what_is_not_checked_here() {
    let stack = Stack::start().await;

    let page = ask(&stack.hub("/api/v2/readyz?verbose")).await;

    assert_eq!(page.status, StatusCode::OK);
    let lines: Vec<&str> = page.body.lines().collect();
    assert_eq!(lines.first(), Some(&"[+]store ok"));
    assert_eq!(lines.last(), Some(&"readyz check passed"));
    assert!(lines.contains(&"[+]keys ok"));
    for absent in ["mongodb", "redis", "api-entreprise", "hyyyperbridge"] {
        let line = format!("[ ]{absent} not checked: ");
        assert!(lines.iter().any(|known| known.starts_with(&line)), "{absent}: {lines:?}");
        let page = ask(&stack.hub(&format!("/api/v2/readyz/{absent}"))).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.body.contains("is not checked here"), "{}", page.body);
    }
    assert_eq!(ask(&stack.hub("/readyz/unknown")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
pub(crate) async fn he4_checks_can_be_excluded() {
    let stack = Stack::start().await;

    let page = ask(&stack.hub("/api/v2/readyz?verbose&exclude=keys&exclude=mongodb")).await;

    assert_eq!(page.status, StatusCode::OK);
    for line in ["[+]store ok", "[+]keys excluded: ok", "[+]mongodb excluded: ok"] {
        assert!(page.body.lines().any(|known| known == line), "{line}: {}", page.body);
    }
}

#[tokio::test]
pub(crate) async fn nf1_an_unknown_path_is_told_as_by_the_real_one() {
    let stack = Stack::start().await;

    let page = Browser::new().open(&stack.hub("/api/v2/not-found")).await;

    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.hook("error-section-title"), "Page non trouvée");
    assert_eq!(page.hook("error-code"), "- code erreur : Y000404");
    assert_eq!(page.hook("error-message"), "- message erreur : \"Cannot GET /api/v2/not-found\"");
}
