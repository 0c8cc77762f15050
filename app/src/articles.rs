//! The pages that are only text: what the law wants said, with the operator's facts in it.
//!
//! Invariant: a fact that is not configured is never made up; the page then says where to find it.

mod en;
mod fr;

use leptos::prelude::*;

use crate::components::{ExternalLink, PageHeading};
use crate::i18n::Locale;
use crate::operator::{Contact, Operator};
use crate::service::Service;

/// The subject of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    /// The accessibility statement.
    Accessibility,
    /// Who publishes the service.
    Legal,
    /// What becomes of personal data.
    PersonalData,
    /// What is kept in the browser.
    Cookies,
}

/// A heading and what stands below it.
struct Section {
    heading: &'static str,
    blocks: Vec<Block>,
}

/// A part of a section.
enum Block {
    /// A paragraph.
    Text(String),
    /// A paragraph that ends with a way to reach somebody.
    Reach(&'static str, Contact),
    /// A list.
    List(Vec<String>),
}

impl Block {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// What is configured, else where to find it.
    fn fact(fact: Option<&String>, otherwise: &str) -> Vec<Self> {
        vec![Self::text(fact.map_or(otherwise, String::as_str))]
    }

    /// The way to reach somebody, if one is configured.
    fn reach(text: &'static str, contact: Option<&Contact>) -> Option<Self> {
        contact.map(|contact| Self::Reach(text, contact.clone()))
    }
}

fn sections(article: Article, locale: Locale, operator: &Operator) -> Vec<Section> {
    match (locale, article) {
        (Locale::Fr, Article::Accessibility) => fr::accessibility(operator),
        (Locale::Fr, Article::Legal) => fr::legal(operator),
        (Locale::Fr, Article::PersonalData) => fr::personal_data(operator),
        (Locale::Fr, Article::Cookies) => fr::cookies(),
        (Locale::En, Article::Accessibility) => en::accessibility(operator),
        (Locale::En, Article::Legal) => en::legal(operator),
        (Locale::En, Article::PersonalData) => en::personal_data(operator),
        (Locale::En, Article::Cookies) => en::cookies(),
    }
}

/// An article under its title.
pub(crate) fn article_view(
    article: Article,
    title: &'static str,
    locale: Locale,
    (operator, service): (&Operator, &Service),
) -> impl IntoView + use<> {
    let sections = sections(article, locale, operator).into_iter().map(|section| {
        let blocks = section.blocks.into_iter().map(|block| block_view(block, service));
        view! {
            <h2 class="fr-h4">{section.heading}</h2>
            {blocks.collect_view()}
        }
    });
    view! {
        <PageHeading text=title/>
        {sections.collect_view()}
    }
}

fn block_view(block: Block, service: &Service) -> impl IntoView + use<> {
    match block {
        Block::Text(text) => view! { <p>{service.named_in(&text)}</p> }.into_any(),
        Block::Reach(text, Contact::Email(address)) => view! {
            <p>
                {text}
                " "
                <a href=["mailto:", &address].concat()>{address.clone()}</a>
                "."
            </p>
        }
        .into_any(),
        Block::Reach(text, Contact::Page(href)) => view! {
            <p>
                {text}
                " "
                <ExternalLink href=href.clone() text=href/>
                "."
            </p>
        }
        .into_any(),
        Block::List(items) => {
            let items = items.into_iter().map(|item| view! { <li>{service.named_in(&item)}</li> });
            view! { <ul>{items.collect_view()}</ul> }.into_any()
        }
    }
}
