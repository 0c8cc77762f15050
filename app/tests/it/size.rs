//! What the sign-in page costs before anything can be read.

use std::fmt::Write as _;

use app::document::Template;
use app::i18n::Locale;
use app::routes::Page;

use crate::documents;

/// Bytes, compressed as the server does it.
const LIMIT: usize = 8_000;

/// A head as long as the one that the build makes, and as hard to compress.
fn built_index() -> String {
    let mut head = String::new();
    for line in 0_u64..12 {
        let hash = line.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let _ = write!(
            head,
            "<link rel=\"preload\" href=\"/pkg/{hash:x}\" integrity=\"sha384-{hash:b}\">"
        );
    }
    format!(
        "<!doctype html><html lang=\"fr\"><head><title></title><meta name=\"description\" \
         content=\"\"><meta name=\"application-name\" content=\"\"><meta name=\"brand\" \
         content=\"etat\">{head}</head><body><!--app-html--></body></html>"
    )
}

fn brotli(text: &str) -> Vec<u8> {
    let mut compressed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut text.as_bytes(), &mut compressed, &parameters)
        .expect("memory can be written");
    compressed
}

#[test]
fn the_sign_in_document_stays_small() {
    let template = Template::parse(&built_index()).expect("the index is a template");

    for locale in Locale::ALL {
        let html = template.fill(&documents().page(Page::SignIn, locale));

        let size = brotli(&html).len();
        assert!(size <= LIMIT, "{size} bytes in {}", locale.tag());
    }
}
