//! Going from page to page within a document: address, view, title, focus, scroll, announcement.
//!
//! Invariants: only a plain click on a link to a page that we can make, in the language that we speak, is
//! ours; every other click, and every address without a page, is the browser's and the server's.
//! The first page of a document leaves focus and scroll alone; every later one moves focus to its
//! `h1` and says its title once.
//!
//! Why not `leptos_router`: its routes hold erased views, which made the download half as large
//! again; our few pages are a closed enum, for which a `match` is the router.

use leptos::ev::{self, MouseEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FocusOptions, HtmlAnchorElement, HtmlElement};

use crate::i18n::{Locale, use_locale};
use crate::live::{Live, live};
use crate::preset::preset;
use crate::routes::Page;
use crate::service::{Service, use_service};

/// Where the person is, shared by the frame and the pages.
#[derive(Clone, Copy)]
pub(crate) struct Navigation {
    locale: Locale,
    service: StoredValue<Service>,
    path: RwSignal<String>,
    page: Memo<Option<Page>>,
    before: RwSignal<Option<Page>>,
    announcement: RwSignal<&'static str>,
}

impl Navigation {
    /// Puts the navigation of a document at `path` in context.
    pub(crate) fn provide(path: String) -> Self {
        let path = RwSignal::new(path);
        let navigation = Self {
            locale: use_locale(),
            service: StoredValue::new(use_service()),
            path,
            page: Memo::new(move |_| path.with(|path| Page::at(path))),
            before: RwSignal::new(None),
            announcement: RwSignal::new(""),
        };
        provide_context(navigation);
        if preset().is_none() {
            Effect::new(move |_| navigation.listen());
            Effect::new(move |previous| navigation.arrive(previous));
        }
        navigation
    }

    /// The navigation of the component being rendered.
    pub(crate) fn current() -> Self {
        expect_context()
    }

    /// The page being shown; `None` where the address has none.
    pub(crate) fn page(self) -> Option<Page> {
        self.page.get()
    }

    /// The page that the person saw before this one, if it was one of ours.
    pub(crate) fn before(self) -> Option<Page> {
        self.before.get()
    }

    /// The value of `aria-current` for a link to `page`.
    pub(crate) fn current_if(self, page: Page) -> Live<Option<&'static str>> {
        live(move || (self.page() == Some(page)).then_some("page"))
    }

    /// The value of `aria-current` for a link to `page` that stands for all below it.
    pub(crate) fn current_within(self, page: Page) -> Live<Option<&'static str>> {
        live(move || match self.page() {
            Some(current) if current == page => Some("page"),
            Some(current) if current.is_below(page) => Some("true"),
            _ => None,
        })
    }

    /// What the live region says.
    pub(crate) fn announcement(self) -> &'static str {
        self.announcement.get()
    }

    /// Has screen readers say a text when they are idle.
    pub(crate) fn announce(self, text: &'static str) {
        self.announcement.set(text);
    }

    fn listen(self) {
        let click = window_event_listener(ev::click, move |event| {
            if let Some(link) = followed_link(&event)
                && self.is_ours(&link)
                && push(&link.href())
            {
                event.prevent_default();
                self.path.set(link.pathname());
            }
        });
        let popstate = window_event_listener(ev::popstate, move |_| {
            let location = window().location();
            let Ok(path) = location.pathname() else { return };
            if is_in_program(&path) {
                self.path.set(path);
            } else {
                // Fails only in a document that is not shown.
                let _ = location.reload();
            }
        });
        on_cleanup(move || {
            click.remove();
            popstate.remove();
        });
    }

    fn is_ours(self, link: &HtmlAnchorElement) -> bool {
        let path = link.pathname();
        window().location().origin().is_ok_and(|origin| origin == link.origin())
            && link.hash().is_empty()
            && Locale::of_path(&path) == self.locale
            && is_in_program(&path)
    }

    fn arrive(self, previous: Option<Shown>) -> Shown {
        let page = self.page.get();
        match previous {
            None => self.before.set(referring_page()),
            Some(previous) if previous != Shown(page) => {
                self.before.set(previous.0);
                if let Some(meta) = page.and_then(|page| self.locale.messages().meta(page)) {
                    document()
                        .set_title(&self.service.with_value(|service| service.title(meta.title)));
                    self.announce(meta.title);
                }
                // The new page is in the document by the next frame.
                request_animation_frame(focus_heading);
            }
            Some(_) => {}
        }
        Shown(page)
    }
}

/// Whether the program can make the page at this path.
fn is_in_program(path: &str) -> bool {
    matches!(Page::at(path), Some(page) if !matches!(page, Page::Text(_)))
}

/// The page that was shown, if its address had one.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown(Option<Page>);

/// The page whose link brought the browser to this document.
fn referring_page() -> Option<Page> {
    let origin = window().location().origin().ok()?;
    Page::at(document().referrer().strip_prefix(&origin)?.split(['?', '#']).next()?)
}

/// Tells the stylesheet that the controls which need the program now work.
#[cfg(feature = "browser")]
pub(crate) fn mark_ready() {
    if let Some(root) = document().document_element() {
        // Fails only for an invalid attribute name.
        let _ = root.set_attribute("data-app", "ready");
    }
}

/// The link that a click would follow in this window.
fn followed_link(event: &MouseEvent) -> Option<HtmlAnchorElement> {
    let plain = event.button() == 0
        && !(event.default_prevented()
            || event.meta_key()
            || event.alt_key()
            || event.ctrl_key()
            || event.shift_key());
    if !plain {
        return None;
    }
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    (link.target().is_empty() && !link.has_attribute("download")).then_some(link)
}

/// Makes `href` the address, with the view at its top. A browser that refuses follows the link itself.
fn push(href: &str) -> bool {
    let pushed = window()
        .history()
        .and_then(|history| history.push_state_with_url(&JsValue::NULL, "", Some(href)));
    if pushed.is_ok() {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
    pushed.is_ok()
}

/// Moves focus to the heading of the page.
pub(crate) fn focus_heading() {
    if let Ok(Some(heading)) = document().query_selector("main h1") {
        focus(heading);
    }
}

/// Moves focus to an element, and nothing else: going back, the browser has put the view where it was.
pub(crate) fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Fails only for an element outside the document.
        let _ = element.focus_with_options(&options);
    }
}
