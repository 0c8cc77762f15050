//! The built `index.html` as a template.

use app::document::{Details, ProblemPage, Template, TemplateError};
use app::i18n::Locale;
use app::routes::Page;
use app::service::Brand;

use crate::documents;

const INDEX: &str = r#"<!doctype html>
<html lang="fr">
  <head>
    <title>Service</title>
    <meta name="description" content="">
    <meta name="application-name" content="">
    <meta name="brand" content="neutral">
    <script>theme()</script>
    <link rel="stylesheet" href="/pkg/app.css" integrity="sha384-x"/>
    <link rel="preload" as="font" href="/pkg/fonts/a.woff2" crossorigin>
    <link rel="preload" as="fetch" href="/api/session?" crossorigin>
<script type="module">
import init from '/pkg/app.js';
</script>
  <link rel="modulepreload" href="/pkg/app.js"><link rel="preload" href="/pkg/app_bg.wasm" as="fetch"></head>
  <body><!--app-html--></body>
</html>
"#;

#[test]
fn filling_puts_everything_in_its_place() {
    let template = Template::parse(INDEX).expect("the index is a template");
    let document = documents().page(Page::SignIn, Locale::En);

    let html = template.fill(&document);

    assert!(html.contains("<html lang=\"en\">"));
    assert!(html.contains("<title>Sign in - Espace agent</title>"));
    assert!(html.contains(&format!("content=\"{}\">", document.description)));
    assert!(html.contains("<meta name=\"application-name\" content=\"Espace agent\">"));
    // The program's first node has to be the body's first.
    assert!(html.contains(&format!("<body>{}</body>", document.html_fragment)));
    assert!(html.contains("/api/session?") && html.contains("/pkg/app_bg.wasm"));
}

#[test]
fn a_document_of_the_servers_own_routes_comes_without_the_program() {
    let template = Template::parse(INDEX).expect("the index is a template");

    let details = Details { retry: "/auth/login".to_owned(), ..Details::default() };
    let html = template.fill(&documents().problem(ProblemPage::Cancelled, Locale::Fr, &details));

    for gone in ["type=\"module\"", "modulepreload", "/api/session", ".wasm", "app.js"] {
        assert!(!html.contains(gone), "{gone}");
    }
    for kept in ["/pkg/app.css", "/pkg/fonts/a.woff2", "theme()"] {
        assert!(html.contains(kept), "{kept}");
    }
}

#[test]
fn inline_scripts_are_given_exactly() {
    let template = Template::parse(INDEX).expect("the index is a template");

    let scripts = template.inline_scripts();

    assert_eq!(scripts, ["theme()", "\nimport init from '/pkg/app.js';\n"]);
}

#[test]
fn scripts_of_another_file_are_not_inline() {
    let index = INDEX.replace("<script>theme()", "<script src=\"/pkg/theme.js\">");
    let template = Template::parse(&index).expect("the index is a template");

    assert_eq!(template.inline_scripts().len(), 1);
}

#[test]
fn the_brand_is_the_one_that_was_built() {
    let template = Template::parse(INDEX).expect("the index is a template");
    assert_eq!(template.brand(), Brand::Neutral);

    let unknown = INDEX.replace("\"neutral\"", "\"other\"");
    assert_eq!(Template::parse(&unknown).expect_err("unknown"), TemplateError::Brand);
}

#[test]
fn an_index_without_a_placeholder_is_refused() {
    for placeholder in [
        "<html lang=\"",
        "<title>",
        "<meta name=\"description\" content=\"",
        "<meta name=\"application-name\" content=\"",
        "<meta name=\"brand\" content=\"",
        "<!--app-html-->",
    ] {
        let broken = INDEX.replace(placeholder, "");

        let error = Template::parse(&broken).expect_err(placeholder);

        assert_eq!(error, TemplateError::Missing(placeholder));
    }
    let unclosed = INDEX.replace("</script>", "");
    assert!(matches!(Template::parse(&unclosed), Err(TemplateError::Unclosed(_))));
}
