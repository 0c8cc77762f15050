//! DSFR modal: a native dialog, so that focus, Escape and inertness are the browser's.

use leptos::ev::{Event, MouseEvent};
use leptos::html;
use leptos::prelude::*;

use crate::live::Live;
use crate::preset::is_open;
use crate::slot::Slot;

/// A dialog, which is opened and closed through `dialog`.
#[component]
pub(crate) fn Modal(
    /// Its id; the title's is `ID-titre`.
    id: &'static str,
    /// `alertdialog` for one that people did not ask for.
    #[prop(optional)]
    role: Option<&'static str>,
    /// The id of the text that is read out with the title.
    #[prop(optional)]
    description: Option<&'static str>,
    /// How wide it is: classes of DSFR's grid.
    columns: &'static str,
    /// The element.
    dialog: NodeRef<html::Dialog>,
    /// What is above the title: the button that closes it.
    #[prop(default = Slot::of(()))]
    header: Slot,
    /// What it is about.
    title: Live<&'static str>,
    /// Hears clicks in it and beside it.
    #[prop(default = Box::new(|_| ()))]
    click: Box<dyn Fn(MouseEvent)>,
    /// Hears that the person wants it closed, by Escape or as their device does.
    #[prop(default = Box::new(|_| ()))]
    cancel: Box<dyn Fn(Event)>,
    /// What it says and asks.
    content: Slot,
) -> impl IntoView {
    let title_id = [id, "-titre"].concat();
    view! {
        <dialog
            id=id
            class="fr-modal"
            open=is_open(id)
            role=role
            aria-labelledby=title_id
            aria-describedby=description
            node_ref=dialog
            on:click=click
            on:cancel=cancel
        >
            <div class="fr-container">
                <div class="fr-grid-row fr-grid-row--center">
                    <div class=columns>
                        <div class="fr-modal__body">
                            <div class="fr-modal__header">{header}</div>
                            <div class="fr-modal__content">
                                <h2 id=title_id.clone() class="fr-modal__title">
                                    {title}
                                </h2>
                                {content}
                            </div>
                        </div>
                    </div>
                </div>
            </div>
        </dialog>
    }
}
