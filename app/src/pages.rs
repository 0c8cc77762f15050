//! The pages, one file each, and which of them is shown.
//!
//! Invariant: each page has one `h1`, made by `PageHeading`, and is complete as it stands in the
//! document: a visitor without the program can read it and go on.

mod account;
mod article;
mod home;
mod not_found;
mod sessions;
mod sign_in;
mod signed_out;

use leptos::either::EitherOf7;
use leptos::prelude::*;

use crate::i18n::use_messages;
use crate::navigation::Navigation;
use crate::routes::Page;

use account::AccountPage;
use article::ArticlePage;
use home::HomePage;
use not_found::NotFoundPage;
use sessions::SessionsPage;
use sign_in::SignInPage;
use signed_out::SignedOutPage;

/// The page at the document's address.
#[component]
pub(crate) fn CurrentPage() -> impl IntoView {
    let navigation = Navigation::current();
    let messages = use_messages();
    let article = |article| EitherOf7::E(view! { <ArticlePage article=article/> });
    move || match navigation.page() {
        Some(Page::Home) => EitherOf7::A(view! { <HomePage/> }),
        Some(Page::SignIn) => EitherOf7::B(view! { <SignInPage/> }),
        Some(Page::Account) => EitherOf7::C(view! { <AccountPage/> }),
        Some(Page::Sessions) => EitherOf7::G(view! { <SessionsPage/> }),
        Some(Page::SignedOut) => EitherOf7::D(view! { <SignedOutPage/> }),
        Some(Page::Accessibility) => article(&messages.accessibility),
        Some(Page::Legal) => article(&messages.legal),
        Some(Page::PersonalData) => article(&messages.personal_data),
        Some(Page::Cookies) => article(&messages.cookies),
        None => EitherOf7::F(view! { <NotFoundPage/> }),
    }
}
