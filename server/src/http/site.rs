//! The site as Trunk built it: files as they are, documents rendered once at start.
//!
//! Documents hold nothing personal, so they are the same for everybody, and cacheable.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use app::document::{Details, Document, Documents, Exhibit, ProblemPage, Template, TemplateError};
use app::i18n::Locale;
use app::operator::Operator;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};

use super::assets::{Asset, Caching, Precompressed, content_type};
use super::dist::Dist;
use super::problem;
use super::security_headers::{Framing, content_security_policy, standalone_policy};
use crate::state::AppState;

/// Path below which Trunk's output is served.
const BUNDLE: &str = "/pkg/";
/// Folder of Trunk's output that is served at the root: `public/`.
const PUBLIC: &str = "public/";

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// Trunk's output is absent.
    #[error("{0} has no index.html: build the interface first (`make run` does)")]
    NotBuilt(Dist),
    /// A file cannot be read.
    #[error("cannot read {0}")]
    Unreadable(String, #[source] std::io::Error),
    /// `index.html` lacks what documents are filled into.
    #[error("index.html cannot serve as the template of documents")]
    Template(#[source] TemplateError),
}

/// Everything that is served from memory.
pub struct Site {
    assets: HashMap<String, Asset>,
    template: Template,
    documents: Documents,
    policy: HeaderValue,
    gallery_policy: HeaderValue,
    wanted: Vec<String>,
}

impl Site {
    /// Reads Trunk's output and renders every document. The brand is the one that was built.
    pub fn load(dist: &Dist, operator: Operator) -> Result<Self, SiteError> {
        let index = dist.read("index.html").map_err(|_| SiteError::NotBuilt(dist.clone()))?;
        let index = String::from_utf8_lossy(&index);
        let template = Template::parse(&index).map_err(SiteError::Template)?;
        let documents = Documents::new(Operator { brand: template.brand(), ..operator });
        let scripts = template.inline_scripts();
        let policy = content_security_policy(&scripts, Framing::Never);
        let gallery_policy = content_security_policy(&scripts, Framing::ByUs);
        let mut assets = HashMap::new();
        let names = dist.names().map_err(|error| SiteError::Unreadable(dist.to_string(), error))?;
        for name in names.iter().filter(|name| is_served(name)) {
            assets.insert(path_of(name), read_asset(dist, name)?);
        }
        for document in documents.all() {
            let Some(path) = document.path.clone() else { continue };
            let html = template.fill(&document).into_bytes();
            let asset = Asset::new(
                "text/html; charset=utf-8",
                Caching::Revalidate,
                html,
                Precompressed::default(),
            );
            assets.insert(path, asset);
        }
        let wanted = wanted(&index);
        Ok(Self { assets, template, documents, policy, gallery_policy, wanted })
    }

    /// What documents ask for and nothing answers: a build that was not finished.
    pub fn missing(&self) -> Vec<&str> {
        let absent = |path: &&String| !self.assets.contains_key(*path);
        self.wanted.iter().filter(absent).map(String::as_str).collect()
    }

    /// The content security policy of every document.
    pub fn policy(&self) -> &HeaderValue {
        &self.policy
    }

    /// The HTML of a page that explains a problem.
    pub fn problem(&self, page: ProblemPage, locale: Locale, details: &Details) -> String {
        self.fill(&self.documents.problem(page, locale, details))
    }

    /// The HTML for an address that has no page.
    pub fn not_found(&self, locale: Locale) -> String {
        self.fill(&self.documents.not_found(locale))
    }

    /// The HTML between this service and the next step of signing out.
    pub fn leaving(&self, locale: Locale, next: &'static str) -> String {
        self.fill(&self.documents.leaving(locale, next))
    }

    /// What the gallery answers at an address, if it is one of the gallery's. Search engines stay away.
    fn gallery(&self, uri: &Uri) -> Option<Response> {
        let (html, policy) =
            match self.documents.gallery(uri.path(), uri.query().unwrap_or_default())? {
                Exhibit::Document(document) => (self.fill(&document), self.gallery_policy.clone()),
                Exhibit::Standalone(page) => {
                    let policy = standalone_policy(page.style);
                    (page.html, policy)
                }
            };
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, policy),
            (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
        ];
        Some((headers, html).into_response())
    }

    fn fill(&self, document: &Document) -> String {
        self.template.fill(document)
    }
}

/// Answers with the file or document at the requested path.
pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return problem::method_not_allowed(State(state), request).await.into_response();
    }
    let path = request.uri().path();
    let gallery = state.gallery.then(|| state.site.gallery(request.uri())).flatten();
    if let Some(response) = gallery {
        return response;
    }
    match state.site.assets.get(path) {
        Some(asset) => asset.respond(StatusCode::OK, request.headers()),
        // A missing file must not look like a page, nor a missing API like a document.
        None if path.starts_with(BUNDLE) || path.starts_with("/api/") => {
            StatusCode::NOT_FOUND.into_response()
        }
        None => problem::not_found(&state, path),
    }
}

/// The files of Trunk's output that `index.html` names.
fn wanted(index: &str) -> Vec<String> {
    let ends = |character: char| matches!(character, '"' | '\'' | '`' | '?' | '#' | ' ' | ')');
    let mut paths: Vec<_> = index
        .match_indices(BUNDLE)
        .filter_map(|(at, _)| index[at..].split(ends).next())
        .filter(|path| path.contains('.'))
        .map(str::to_owned)
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

fn is_served(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str());
    name != "index.html" && !matches!(extension, Some("br" | "gz"))
}

fn path_of(name: &str) -> String {
    match name.strip_prefix(PUBLIC) {
        Some(public) => format!("/{public}"),
        None => format!("{BUNDLE}{name}"),
    }
}

fn read_asset(dist: &Dist, name: &str) -> Result<Asset, SiteError> {
    let body = dist
        .read(name)
        .map_err(|error| SiteError::Unreadable(format!("{name} in {dist}"), error))?
        .into_owned();
    let ready = |extension: &str| {
        let ready = dist.read(&format!("{name}.{extension}"));
        ready.ok().map(Cow::into_owned)
    };
    let precompressed = Precompressed { brotli: ready("br"), gzip: ready("gz") };
    let caching = if is_hashed(name) { Caching::Immutable } else { Caching::Hour };
    Ok(Asset::new(content_type(name), caching, body, precompressed))
}

/// Whether the build put a hash of the content into the name, as in `app-0123456789abcdef_bg.wasm`:
/// 8 to 16 hexadecimal digits after the last hyphen.
fn is_hashed(name: &str) -> bool {
    let hash = name.rsplit_once('-').and_then(|(_, rest)| rest.split(['.', '_']).next());
    hash.is_some_and(|hash| {
        (8..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_path_and_caching() {
        let rows = [
            ("app-0123456789abcdef_bg.wasm", "/pkg/app-0123456789abcdef_bg.wasm", true),
            ("app-0123456789abcdef.js", "/pkg/app-0123456789abcdef.js", true),
            ("app-687dc19e832a4ad.css", "/pkg/app-687dc19e832a4ad.css", true),
            ("fonts/bold-3f585632.woff2", "/pkg/fonts/bold-3f585632.woff2", true),
            ("fonts/Marianne-Bold.woff2", "/pkg/fonts/Marianne-Bold.woff2", false),
            ("icons/apple-touch-icon.png", "/pkg/icons/apple-touch-icon.png", false),
            ("public/robots.txt", "/robots.txt", false),
        ];
        for (name, path, hashed) in rows {
            assert_eq!((path_of(name).as_str(), is_hashed(name)), (path, hashed), "{name}");
        }
        assert!(!is_served("index.html") && !is_served("a.css.br") && is_served("a.css"));
    }
}
