//! Files and documents in memory, each ready in three encodings with a strong `ETag`.
//!
//! They are a few hundred kilobytes and never change while the server runs: reading and compressing
//! once at start makes every answer a copy of a pointer.

use std::io::Write as _;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Files smaller than this are not worth compressing, in bytes.
const COMPRESS_FROM: usize = 1024;

/// How browsers may keep a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caching {
    /// For good: its name changes with its content.
    Immutable,
    /// For an hour.
    Hour,
    /// Only to be asked again each time.
    Revalidate,
}

impl Caching {
    fn header(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Hour => "public, max-age=3600",
            Self::Revalidate => "no-cache",
        })
    }
}

/// A body in one encoding.
#[derive(Debug, Clone)]
struct Variant {
    encoding: Option<&'static str>,
    body: Bytes,
    etag: HeaderValue,
}

impl Variant {
    fn new(encoding: Option<&'static str>, body: Bytes) -> Self {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &body);
        let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest.as_ref()[..18]));
        let etag = HeaderValue::try_from(etag).expect("base64url between quotes");
        Self { encoding, body, etag }
    }
}

/// A file or a document, ready to be sent.
#[derive(Debug, Clone)]
pub struct Asset {
    content_type: HeaderValue,
    caching: Caching,
    identity: Variant,
    brotli: Option<Variant>,
    gzip: Option<Variant>,
}

/// A body that was compressed at build time.
#[derive(Debug, Default)]
pub struct Precompressed {
    /// In brotli.
    pub brotli: Option<Vec<u8>>,
    /// In gzip.
    pub gzip: Option<Vec<u8>>,
}

impl Asset {
    /// An asset, compressed now unless that was done before or is not worth it.
    pub fn new(
        content_type: &'static str,
        caching: Caching,
        body: Vec<u8>,
        ready: Precompressed,
    ) -> Self {
        let worth_it = is_text(content_type) && body.len() >= COMPRESS_FROM;
        let (brotli, gzip) = if worth_it {
            let brotli = ready.brotli.unwrap_or_else(|| compress_brotli(&body));
            let gzip = ready.gzip.unwrap_or_else(|| compress_gzip(&body));
            (
                Some(Variant::new(Some("br"), brotli.into())),
                Some(Variant::new(Some("gzip"), gzip.into())),
            )
        } else {
            (None, None)
        };
        Self {
            content_type: HeaderValue::from_static(content_type),
            caching,
            identity: Variant::new(None, body.into()),
            brotli,
            gzip,
        }
    }

    /// The answer to a request with these headers: the best encoding, or 304 if the browser has it.
    pub fn respond(&self, status: StatusCode, request: &HeaderMap) -> Response {
        let variant = self.best(request);
        let known = status == StatusCode::OK && has(request, &variant.etag);
        let (status, body) = if known {
            (StatusCode::NOT_MODIFIED, Body::empty())
        } else {
            (status, Body::from(variant.body.clone()))
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.content_type.clone());
        headers.insert(CACHE_CONTROL, self.caching.header());
        headers.insert(ETAG, variant.etag.clone());
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = variant.encoding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    fn best(&self, request: &HeaderMap) -> &Variant {
        let accepted = |variant: &&Variant| {
            variant.encoding.is_some_and(|encoding| accepts(request, encoding))
        };
        self.brotli
            .as_ref()
            .filter(accepted)
            .or(self.gzip.as_ref().filter(accepted))
            .unwrap_or(&self.identity)
    }
}

/// Whether `Accept-Encoding` names this encoding without `q=0` (RFC 9110 §12.5.3).
fn accepts(request: &HeaderMap, encoding: &str) -> bool {
    request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
            let refused = parts.any(|part| {
                part.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()) == Some(0.0)
            });
            named && !refused
        })
}

fn has(request: &HeaderMap, etag: &HeaderValue) -> bool {
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(|entry| entry.trim().trim_start_matches("W/"))
        .any(|entry| entry == "*" || entry.as_bytes() == etag.as_bytes())
}

/// The content type of a file, by its extension.
pub fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn is_text(content_type: &str) -> bool {
    content_type.starts_with("text/")
        || ["application/json", "application/wasm", "image/svg+xml", "application/manifest+json"]
            .contains(&content_type)
}

fn compress_brotli(body: &[u8]) -> Vec<u8> {
    // A window that holds the whole file; the default one takes 40 MB for a page of 10 kB.
    let lgwin = i32::try_from(body.len().max(1).ilog2() + 1).unwrap_or(i32::MAX).clamp(10, 22);
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters)
        .expect("writing to memory does not fail");
    compressed
}

fn compress_gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(body).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(headers: &[(&'static str, &str)]) -> Response {
        let text = "texte ".repeat(1000).into_bytes();
        let asset =
            Asset::new("text/css; charset=utf-8", Caching::Hour, text, Precompressed::default());
        let request = headers
            .iter()
            .map(|(name, value)| {
                (axum::http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            })
            .collect();
        asset.respond(StatusCode::OK, &request)
    }

    fn encoding(response: &Response) -> Option<&str> {
        response.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap())
    }

    #[test]
    fn the_best_accepted_encoding_is_sent() {
        let rows = [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip", Some("gzip")),
            ("br;q=0, gzip;q=0.5", Some("gzip")),
            ("identity", None),
            ("", None),
        ];
        for (accept, expected) in rows {
            assert_eq!(encoding(&asked(&[("accept-encoding", accept)])), expected, "{accept}");
        }
    }

    #[test]
    fn each_encoding_has_its_own_etag_and_it_spares_the_body() {
        let brotli = asked(&[("accept-encoding", "br")]);
        let plain = asked(&[]);
        let etag = brotli.headers()[ETAG].to_str().unwrap().to_owned();
        assert_ne!(brotli.headers()[ETAG], plain.headers()[ETAG]);

        let again = asked(&[("accept-encoding", "br"), ("if-none-match", &etag)]);
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let other = asked(&[("if-none-match", &etag)]);
        assert_eq!(other.status(), StatusCode::OK);
    }
}
