//! The pages, one file each, and which of them is shown.
//!
//! Invariant: each page has one `h1`, made by `PageHeading`, and is complete as it stands in the
//! document: a visitor without the program can read it and go on.

mod account;
mod article;
mod home;
mod not_found;
mod protected;
mod sessions;
mod sign_in;
mod signed_out;

use leptos::either::EitherOf8;
use leptos::prelude::*;

use crate::i18n::use_messages;
use crate::navigation::Navigation;
use crate::routes::Page;

use account::AccountPage;
use article::ArticlePage;
use home::HomePage;
use not_found::NotFoundPage;
use protected::ProtectedPage;
use sessions::SessionsPage;
use sign_in::SignInPage;
use signed_out::SignedOutPage;

/// The page at the document's address.
#[component]
pub(crate) fn CurrentPage() -> impl IntoView {
    let navigation = Navigation::current();
    let messages = use_messages();
    let article = |article| EitherOf8::E(view! { <ArticlePage article=article/> });
    move || match navigation.page() {
        Some(Page::Home) => EitherOf8::A(view! { <HomePage/> }),
        Some(Page::SignIn) => EitherOf8::B(view! { <SignInPage/> }),
        Some(Page::Account) => EitherOf8::C(view! { <AccountPage/> }),
        Some(Page::Sessions) => EitherOf8::G(view! { <SessionsPage/> }),
        Some(Page::Protected) => EitherOf8::H(view! { <ProtectedPage/> }),
        Some(Page::SignedOut) => EitherOf8::D(view! { <SignedOutPage/> }),
        Some(Page::Accessibility) => article(&messages.accessibility),
        Some(Page::Legal) => article(&messages.legal),
        Some(Page::PersonalData) => article(&messages.personal_data),
        Some(Page::Cookies) => article(&messages.cookies),
        None => EitherOf8::F(view! { <NotFoundPage/> }),
    }
}
