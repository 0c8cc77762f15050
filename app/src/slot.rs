//! A place for one of several views, replaced as a whole when another is due.
//!
//! Why not `Either` or `AnyView`: the former compiles every view into the program once for each way to
//! come from another one, the latter brings the machinery of streaming servers along. A document made
//! of slots is a quarter smaller. The price: what was there is never patched, it goes. So a slot
//! belongs where another view is really another one, and what a person types stays outside of it.
//!
//! Invariant: focus does not go with it. Who was in what goes is in what comes, at its heading or its first
//! control, or else at the heading of the page.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Position, PositionState};

use crate::navigation::{focus, focus_heading};

/// Where somebody begins who is put into a view.
const START: &str = "h1, a, button";

/// See the module.
pub(crate) struct Slot(Box<dyn Content>);

impl Slot {
    /// Holds `view`.
    pub(crate) fn of<V>(view: V) -> Self
    where
        V: IntoView + 'static,
        V::State: 'static,
    {
        Self(Box::new(view))
    }

    /// Holds a view that only a browser comes to, never a document that is taken over: the code that
    /// would take it over is left out.
    pub(crate) fn late<V>(view: V) -> Self
    where
        V: IntoView + 'static,
        V::State: 'static,
    {
        Self(Box::new(Late(view)))
    }

    /// Holds the view if there is one, else nothing, as documents do.
    pub(crate) fn maybe<V>(view: Option<V>) -> Self
    where
        V: IntoView + 'static,
        V::State: 'static,
    {
        view.map_or_else(|| Self::of(()), Self::late)
    }
}

/// A view of any type, as far as a slot needs it.
trait Content: Send {
    fn build(self: Box<Self>) -> Box<dyn Mountable>;

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Mountable>;

    #[cfg(feature = "ssr")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool);
}

impl<V> Content for V
where
    V: IntoView + 'static,
    V::State: 'static,
{
    fn build(self: Box<Self>) -> Box<dyn Mountable> {
        Box::new(Render::build(*self))
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Mountable> {
        Box::new(RenderHtml::hydrate::<true>(*self, cursor, position))
    }

    #[cfg(feature = "ssr")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool) {
        self.to_html_with_buf(html, position, escape, false, Vec::new());
    }
}

/// A view that is never taken over.
struct Late<V>(V);

impl<V> Content for Late<V>
where
    V: IntoView + 'static,
    V::State: 'static,
{
    fn build(self: Box<Self>) -> Box<dyn Mountable> {
        Box::new(Render::build(self.0))
    }

    fn hydrate(self: Box<Self>, _: &Cursor, _: &PositionState) -> Box<dyn Mountable> {
        debug_assert!(false, "a document holds what only browsers come to");
        self.build()
    }

    #[cfg(feature = "ssr")]
    fn write(self: Box<Self>, html: &mut String, position: &mut Position, escape: bool) {
        self.0.to_html_with_buf(html, position, escape, false, Vec::new());
    }
}

/// What a slot has put into the page.
pub(crate) struct Placed(Box<dyn Mountable>);

impl Placed {
    fn has_focus(&self) -> bool {
        let focused = document().active_element();
        self.elements().iter().any(|element| element.contains(focused.as_deref()))
    }

    fn take_focus(&self) {
        let elements = self.elements();
        let mut starts =
            elements.iter().filter_map(|element| element.query_selector(START).ok()?);
        starts.next().map_or_else(focus_heading, focus);
    }
}

impl Mountable for Placed {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

impl Render for Slot {
    type State = Placed;

    fn build(self) -> Placed {
        Placed(self.0.build())
    }

    fn rebuild(self, placed: &mut Placed) {
        let mut next = self.build();
        placed.insert_before_this(&mut next);
        let focused = placed.has_focus();
        placed.unmount();
        *placed = next;
        if focused {
            placed.take_focus();
        }
    }
}

impl RenderHtml for Slot {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        // Documents have no marks of branches, and a slot is no element.
        let _unused = (mark_branches, extra_attrs);
        #[cfg(feature = "ssr")]
        self.0.write(buf, position, escape);
        #[cfg(not(feature = "ssr"))]
        let _ = (self, buf, position, escape);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Placed {
        Placed(self.0.hydrate(cursor, position))
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Slot {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}
