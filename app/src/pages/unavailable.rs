//! The page for the time when nothing else of the service answers. Whoever stands in front of it (a
//! reverse proxy, a load balancer) keeps it as a file and answers with it.
//!
//! Invariant: it is whole in itself: no request, no script, none of the stylesheet; in both languages,
//! since nobody is there to choose.

use crate::format::escape;

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standalone {
    /// All of it.
    pub html: String,
    /// The text of its one `style` element, for the hash of a content security policy.
    pub style: &'static str,
}

/// The page of the service of that name.
pub(crate) fn standalone(service: &str) -> Standalone {
    let service = escape(service);
    let html = format!(
        r#"<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>Service indisponible - {service}</title>
<style>{STYLE}</style>
</head>
<body>
<header role="banner"><p>{service}</p></header>
<main role="main">
<h1>Service indisponible</h1>
<p class="code">Erreur 503</p>
<p class="lead">Désolé, le service ne répond pas pour le moment.</p>
<p>Réessayez dans quelques minutes.</p>
<p><a class="button" href="">Réessayer</a></p>
<section lang="en">
<h2>Service unavailable</h2>
<p>Sorry, the service does not answer at the moment. Please try again in a few
minutes.</p>
<p><a href="">Try again</a></p>
</section>
</main>
</body>
</html>
"#
    );
    Standalone { html, style: STYLE }
}

/// Colours and measures are those of the other pages.
const STYLE: &str = "
:root { color-scheme: light dark; --text: #161616; --quiet: #666; --line: #ddd; --ground: #fff;
  --action: #000091; --on-action: #f5f5fe; --hover: #1212ff }
@media (prefers-color-scheme: dark) {
  :root { --text: #fff; --quiet: #929292; --line: #353535; --ground: #161616; --action: #8585f6;
    --on-action: #000091; --hover: #b1b1f9 }
}
body { margin: 0; font: 1rem/1.5 Marianne, arial, sans-serif; color: var(--text);
  background: var(--ground) }
header { padding: 1.5rem; font-weight: 700; font-size: 1.25rem; border-bottom: 1px solid var(--line) }
header p { max-width: 46rem; margin: 0 auto }
main { max-width: 46rem; margin: 0 auto; padding: 3rem 1.5rem; overflow-wrap: anywhere }
h1 { margin: 0 0 0.5rem; font-size: 2rem; line-height: 1.25 }
h2 { margin: 0 0 0.5rem; font-size: 1.25rem; line-height: 1.4 }
.code { margin: 0 0 1.5rem; font-size: 0.875rem; color: var(--quiet) }
.lead { font-size: 1.25rem; line-height: 1.6 }
a { color: var(--action) }
a:focus-visible { outline: 2px solid #0a76f6; outline-offset: 2px }
.button { display: inline-block; padding: 0.5rem 1rem; font-weight: 500; text-decoration: none;
  color: var(--on-action); background: var(--action); border: 1px solid transparent }
.button:hover { background: var(--hover) }
section { margin-top: 3rem; padding-top: 1.5rem; border-top: 1px solid var(--line) }
";
