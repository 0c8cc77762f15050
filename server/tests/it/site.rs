//! Documents and files.

use crate::support::TestApp;
use crate::support::provider::Signing;
use reqwest::Method;

#[tokio::test]
async fn f12_documents_are_complete_revalidated_and_compressed() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let answer = browser.get("/connexion").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.contains("<html lang=\"fr\""));
    assert!(answer.body.contains("S’identifier avec"));
    assert!(answer.body.contains("href=\"/auth/login?return_to="), "sign-in needs no program");
    assert_eq!(answer.header("cache-control"), "no-cache");
    let etag = answer.header("etag").to_owned();
    let again = browser.send(Method::GET, "/connexion", &[("if-none-match", &etag)]).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let brotli = browser.send(Method::GET, "/connexion", &[("accept-encoding", "br")]).await;
    assert_eq!(brotli.header("content-encoding"), "br");
    assert_eq!(brotli.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn f12_files_have_the_caching_that_their_names_promise() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let hashed = browser.get("/pkg/app-0123456789abcdef.js").await;
    assert_eq!(hashed.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(hashed.header("content-type"), "text/javascript; charset=utf-8");
    let public = browser.get("/robots.txt").await;
    assert_eq!((public.status, public.body.as_str()), (200, "User-agent: *\n"));
    assert_eq!(browser.get("/pkg/index.html").await.status, 404);
}

#[tokio::test]
async fn f12_what_is_missing_is_404_and_never_a_page_that_exists() {
    let app = TestApp::start().await;
    let mut browser = app.browser();

    let page = browser.get("/nowhere?x=<script>").await;
    assert_eq!(page.status, 404);
    assert!(page.body.contains("Page non trouvée") && !page.body.contains("<script>\""));
    for path in ["/pkg/missing.js", "/api/missing", "/pkg/../Cargo.toml", "/pkg/%2e%2e/x"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    let own = [("sec-fetch-site", "same-origin")];
    assert_eq!(browser.send(Method::POST, "/connexion", &own).await.status, 405);
}

#[tokio::test]
async fn the_gallery_is_for_designers_alone() {
    let app =
        TestApp::start_with((Signing::Rs256, Signing::Rs256), &["--app-gallery", "true"]).await;
    let mut browser = app.browser();
    let index = browser.get("/galerie?etat=compte").await;
    assert_eq!(index.status, 200);
    assert_eq!(index.header("x-robots-tag"), "noindex");
    assert!(index.header("content-security-policy").contains("frame-ancestors 'self'"));
    assert!(index.body.contains("/galerie/compte?theme=dark"));

    // A page that is whole in itself may use its own style, and nothing else.
    let page = browser.get("/galerie/indisponible").await;
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("script-src"), "{policy}");

    let app =
        TestApp::start_with((Signing::Rs256, Signing::Rs256), &["--app-gallery", "false"]).await;
    for path in ["/galerie", "/galerie/compte", "/galerie/indisponible"] {
        assert_eq!(app.browser().get(path).await.status, 404, "{path}");
    }
}
