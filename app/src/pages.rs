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

use leptos::prelude::*;

use crate::i18n::use_messages;
use crate::navigation::Navigation;
use crate::routes::Page;
use crate::slot::Slot;

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
    let article = |article| Slot::of(view! { <ArticlePage article=article/> });
    move || match navigation.page() {
        Some(Page::Home) => Slot::of(view! { <HomePage/> }),
        Some(Page::SignIn) => Slot::of(view! { <SignInPage/> }),
        Some(Page::Account) => Slot::of(view! { <AccountPage/> }),
        Some(Page::Sessions) => Slot::of(view! { <SessionsPage/> }),
        Some(Page::Protected) => Slot::of(view! { <ProtectedPage/> }),
        Some(Page::SignedOut) => Slot::of(view! { <SignedOutPage/> }),
        Some(Page::Accessibility) => article(&messages.accessibility),
        Some(Page::Legal) => article(&messages.legal),
        Some(Page::PersonalData) => article(&messages.personal_data),
        Some(Page::Cookies) => article(&messages.cookies),
        None => Slot::of(view! { <NotFoundPage/> }),
    }
}
