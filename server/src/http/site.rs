//! The site as Trunk built it: files as they are, documents rendered once at start.
//!
//! Documents hold nothing personal, so they are the same for everybody, and cacheable.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use app::document::{self, Document, ProblemPage, Template, TemplateError};
use app::i18n::Locale;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::assets::{Asset, Caching, Precompressed, content_type};
use super::problem;
use super::security_headers::content_security_policy;
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
    NotBuilt(PathBuf),
    /// A file cannot be read.
    #[error("cannot read {0}")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// `index.html` lacks what documents are filled into.
    #[error("index.html cannot serve as the template of documents")]
    Template(#[source] TemplateError),
}

/// Everything that is served from memory.
pub struct Site {
    assets: HashMap<String, Asset>,
    template: Template,
    policy: HeaderValue,
}

impl Site {
    /// Reads Trunk's output and renders every document.
    pub fn load(dist: &Path) -> Result<Self, SiteError> {
        let index = fs::read_to_string(dist.join("index.html"))
            .map_err(|_| SiteError::NotBuilt(dist.to_owned()))?;
        let template = Template::parse(&index).map_err(SiteError::Template)?;
        let policy = content_security_policy(&template.inline_scripts());
        let mut assets = HashMap::new();
        let mut names = Vec::new();
        list(dist, Path::new(""), &mut names)?;
        for name in names.iter().filter(|name| is_served(name)) {
            assets.insert(path_of(name), read_asset(dist, name)?);
        }
        for document in document::all() {
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
        Ok(Self { assets, template, policy })
    }

    /// The content security policy of every document.
    pub fn policy(&self) -> &HeaderValue {
        &self.policy
    }

    /// The HTML of a page that explains a problem.
    pub fn problem(&self, page: ProblemPage, locale: Locale, retry: &str) -> String {
        self.template.fill(&document::problem(page, locale, retry))
    }

    /// The HTML of any other document that is not cached.
    pub fn fill(&self, document: &Document) -> String {
        self.template.fill(document)
    }
}

/// Answers with the file or document at the requested path.
pub async fn serve(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return problem::method_not_allowed(State(state), request).await.into_response();
    }
    let path = request.uri().path();
    match state.site.assets.get(path) {
        Some(asset) => asset.respond(StatusCode::OK, request.headers()),
        // A missing file must not look like a page, nor a missing API like a document.
        None if path.starts_with(BUNDLE) || path.starts_with("/api/") => {
            StatusCode::NOT_FOUND.into_response()
        }
        None => problem::not_found(&state, path),
    }
}

fn list(root: &Path, below: &Path, names: &mut Vec<String>) -> Result<(), SiteError> {
    let folder = root.join(below);
    let unreadable = |error| SiteError::Unreadable(folder.clone(), error);
    for entry in fs::read_dir(&folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = below.join(entry.file_name());
        if entry.file_type().map_err(unreadable)?.is_dir() {
            list(root, &name, names)?;
        } else if let Some(name) = name.to_str() {
            names.push(name.to_owned());
        }
    }
    Ok(())
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

fn read_asset(dist: &Path, name: &str) -> Result<Asset, SiteError> {
    let path = dist.join(name);
    let body = fs::read(&path).map_err(|error| SiteError::Unreadable(path, error))?;
    let ready = |extension: &str| fs::read(dist.join(format!("{name}.{extension}"))).ok();
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
