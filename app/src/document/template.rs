//! The built `index.html` as a template: where a document's language, title, description, service and
//! content go; and the brand that it was built for.
//!
//! Invariants: parsing fails rather than guesses; what is filled in is escaped; a document that is
//! not for the browser's program gets a template without it.

use std::error::Error;
use std::fmt;

use super::Document;
use crate::format::escape;
use crate::service::Brand;

/// Marks the place of the content.
const CONTENT: &str = "<!--app-html-->";

/// Why a built `index.html` cannot serve as a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// A placeholder is missing, or not in the expected order.
    Missing(&'static str),
    /// An element that has to end does not.
    Unclosed(&'static str),
    /// It was built for a brand that does not exist.
    Brand,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(what) => write!(formatter, "index.html lacks {what}"),
            Self::Unclosed(what) => write!(formatter, "index.html does not close {what}"),
            Self::Brand => formatter.write_str("index.html was built for an unknown brand"),
        }
    }
}

impl Error for TemplateError {}

/// Trunk's `index.html`, cut at its placeholders.
#[derive(Clone, Debug)]
pub struct Template {
    interactive: Parts,
    plain: Parts,
    brand: Brand,
    inline_scripts: Vec<String>,
}

impl Template {
    /// Cuts the built `index.html`.
    pub fn parse(index_html: &str) -> Result<Self, TemplateError> {
        Ok(Self {
            interactive: Parts::parse(index_html)?,
            plain: Parts::parse(&without_program(index_html)?)?,
            brand: brand(index_html)?,
            inline_scripts: inline_scripts(index_html)?,
        })
    }

    /// The whole HTML of a document.
    pub fn fill(&self, document: &Document) -> String {
        let Parts([to_lang, to_title, to_description, to_service, to_content, to_end]) =
            if document.interactive { &self.interactive } else { &self.plain };
        let attributes = document.attributes.iter();
        // The template closes the quotes of the last one.
        let attributes: String =
            attributes.map(|(name, value)| ["\" ", name, "=\"", value].concat()).collect();
        [
            to_lang,
            document.lang,
            &attributes,
            to_title,
            &escape(&document.title),
            to_description,
            &escape(&document.description),
            to_service,
            &escape(&document.service),
            to_content,
            &document.html_fragment,
            to_end,
        ]
        .concat()
    }

    /// The brand that the stylesheet was built for.
    pub const fn brand(&self) -> Brand {
        self.brand
    }

    /// The exact text of every inline script, for the hashes of a content security policy.
    pub fn inline_scripts(&self) -> Vec<String> {
        self.inline_scripts.clone()
    }
}

/// What stands before, between and after language, title, description, service and content.
#[derive(Clone, Debug)]
struct Parts([String; 6]);

impl Parts {
    fn parse(html: &str) -> Result<Self, TemplateError> {
        let (to_lang, rest) = cut(html, "<html lang=\"", "\"")?;
        let (to_title, rest) = cut(rest, "<title>", "</title>")?;
        let (to_description, rest) = cut(rest, "<meta name=\"description\" content=\"", "\"")?;
        let (to_service, rest) = cut(rest, "<meta name=\"application-name\" content=\"", "\"")?;
        let (to_content, to_end) =
            rest.split_once(CONTENT).ok_or(TemplateError::Missing(CONTENT))?;
        let parts = [to_lang, to_title, to_description, to_service, to_content, to_end];
        Ok(Self(parts.map(ToOwned::to_owned)))
    }
}

fn brand(html: &str) -> Result<Brand, TemplateError> {
    const START: &str = "<meta name=\"brand\" content=\"";
    let (before, after) = cut(html, START, "\"")?;
    let name = &html[before.len()..html.len() - after.len()];
    Brand::named(name).ok_or(TemplateError::Brand)
}

/// Splits after `start` and before the following `end`, dropping what is between them.
fn cut<'a>(
    html: &'a str,
    start: &'static str,
    end: &'static str,
) -> Result<(&'a str, &'a str), TemplateError> {
    let value = html.find(start).ok_or(TemplateError::Missing(start))? + start.len();
    let length = html[value..].find(end).ok_or(TemplateError::Unclosed(start))?;
    Ok((&html[..value], &html[value + length..]))
}

/// The document without the elements that load the browser's program and its data.
fn without_program(html: &str) -> Result<String, TemplateError> {
    let html = remove(html, "<script type=\"module\"", "</script>", |_| true)?;
    remove(&html, "<link ", ">", |link| {
        link.contains("rel=\"modulepreload\"") || link.contains("as=\"fetch\"")
    })
}

/// Removes every element from `start` to `end` that is `unwanted`.
fn remove(
    html: &str,
    start: &'static str,
    end: &str,
    unwanted: impl Fn(&str) -> bool,
) -> Result<String, TemplateError> {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(begin) = rest.find(start) {
        let length = rest[begin..].find(end).ok_or(TemplateError::Unclosed(start))? + end.len();
        let (element, after) = rest[begin..].split_at(length);
        kept.push_str(&rest[..begin]);
        if !unwanted(element) {
            kept.push_str(element);
        }
        rest = after;
    }
    kept.push_str(rest);
    Ok(kept)
}

fn inline_scripts(html: &str) -> Result<Vec<String>, TemplateError> {
    const START: &str = "<script";
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some(begin) = rest.find(START) {
        let element = &rest[begin..];
        let text = element.find('>').ok_or(TemplateError::Unclosed(START))? + 1;
        let end = element.find("</script>").ok_or(TemplateError::Unclosed(START))?;
        if !element[..text].contains(" src=") {
            scripts.push(element[text..end].to_owned());
        }
        rest = &element[end..];
    }
    Ok(scripts)
}
