//! The pages, one file each, and which of them is shown.
//!
//! Invariant: each page has one `h1`, made by `PageHeading`, and is complete as it stands in the
//! document: a visitor without the program can read it and go on.

mod account;
mod home;
#[cfg(not(feature = "hydrate"))]
pub(crate) mod leaving;
mod levels;
mod not_found;
#[cfg(not(feature = "hydrate"))]
pub(crate) mod problem;
mod protected;
mod sessions;
mod sign_in;
mod signed_out;
mod site_map;
mod text;
#[cfg(not(feature = "hydrate"))]
pub(crate) mod unavailable;

use leptos::prelude::*;

use crate::live::live;
use crate::navigation::Navigation;
use crate::routes::Page;
use crate::slot::Slot;

use account::{AccountPage, IdentityPage, OrganisationPage, SecurityPage};
use home::HomePage;
use protected::ProtectedPage;
use sessions::SessionsPage;
use sign_in::SignInPage;
use text::Text;

/// The page at the document's address.
#[component]
pub(crate) fn CurrentPage() -> impl IntoView {
    let navigation = Navigation::current();
    live(move || match navigation.page() {
        Some(Page::Home) => Slot::of(view! { <HomePage/> }),
        Some(Page::SignIn) => Slot::of(view! { <SignInPage/> }),
        Some(Page::Account) => Slot::of(view! { <AccountPage/> }),
        Some(Page::Identity) => Slot::of(view! { <IdentityPage/> }),
        Some(Page::Organisation) => Slot::of(view! { <OrganisationPage/> }),
        Some(Page::Security) => Slot::of(view! { <SecurityPage/> }),
        Some(Page::Sessions) => Slot::of(view! { <SessionsPage/> }),
        Some(Page::Protected) => Slot::of(view! { <ProtectedPage/> }),
        Some(Page::Text(page)) => Slot::of(view! { <Text page=Some(page)/> }),
        None => Slot::of(view! { <Text page=None/> }),
    })
}
