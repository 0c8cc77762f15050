//! Display settings: a native dialog that chooses the theme, at once.
//!
//! Invariant: focus, Escape and inertness are the browser's; the radio that is checked is the stored
//! choice whenever the dialog opens.

use leptos::ev::MouseEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::Element;

use super::Modal;
use crate::i18n::use_messages;
use crate::live::live;
use crate::slot::Slot;
use crate::theme::Scheme;

/// The dialog and its choice, shared with the buttons that open it.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    dialog: NodeRef<html::Dialog>,
    chosen: RwSignal<Option<Scheme>>,
}

impl Settings {
    /// Puts closed settings in context.
    pub(crate) fn provide() {
        provide_context(Self { dialog: NodeRef::new(), chosen: RwSignal::new(None) });
    }

    /// Opens the dialog.
    pub(crate) fn open(self) {
        self.chosen.set(Some(Scheme::stored()));
        if let Some(dialog) = self.dialog.get_untracked() {
            // Fails only for a dialog that is open already.
            let _ = dialog.show_modal();
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    fn choose(self, scheme: Scheme) {
        self.chosen.set(Some(scheme));
        scheme.choose();
    }

    /// A click beside the dialog's body closes it, as DSFR modals do.
    fn close_from_backdrop(self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let inside = target.map(|element| element.closest(".fr-modal__body"));
        if matches!(inside, Some(Ok(None))) {
            self.close();
        }
    }
}

/// The footer's button for the settings, which the footer hears. Nothing in a document without settings.
#[component]
pub(crate) fn DisplaySettingsItem() -> impl IntoView {
    use_context::<Settings>().map(|_| {
        view! {
            <li class="fr-footer__bottom-item app-interactive">
                <button
                    type="button"
                    class="fr-footer__bottom-link fr-icon-theme-fill fr-link--icon-left"
                    aria-haspopup="dialog"
                    aria-controls="affichage"
                >
                    {use_messages().settings.title}
                </button>
            </li>
        }
    })
}

/// The dialog itself, once a document.
#[component]
pub(crate) fn DisplaySettings() -> impl IntoView {
    use_context::<Settings>().map(|settings| view! { <Dialog settings=settings/> })
}

#[component]
fn Dialog(settings: Settings) -> impl IntoView {
    let texts = &use_messages().settings;
    let close = view! {
        <button
            type="button"
            class="fr-btn fr-btn--close"
            aria-controls="affichage"
            on:click=move |_| settings.close()
        >
            {texts.close}
        </button>
    };
    view! {
        <Modal
            id="affichage"
            columns="fr-col-12 fr-col-md-6 fr-col-lg-4"
            dialog=settings.dialog
            header=Slot::of(close)
            title=live(move || texts.title)
            content=Slot::of(view! { <Choices settings=settings/> })
            click=Box::new(move |event| settings.close_from_backdrop(&event))
        />
    }
}

#[component]
fn Choices(settings: Settings) -> impl IntoView {
    let texts = &use_messages().settings;
    let choices = Scheme::ALL.map(|scheme| view! { <Choice settings=settings scheme=scheme/> });
    view! {
        <fieldset class="fr-fieldset" aria-labelledby="affichage-legende">
            <legend id="affichage-legende" class="fr-fieldset__legend fr-fieldset__legend--regular">
                {texts.legend}
            </legend>
            {choices.collect_view()}
        </fieldset>
    }
}

#[component]
fn Choice(settings: Settings, scheme: Scheme) -> impl IntoView {
    let texts = &use_messages().settings;
    let (label, hint) = match scheme {
        Scheme::Light => (texts.light, None),
        Scheme::Dark => (texts.dark, None),
        Scheme::System => (texts.system, Some(texts.system_hint)),
    };
    let id = ["theme-", scheme.value()].concat();
    view! {
        <div class="fr-fieldset__element">
            <div class="fr-radio-group">
                <input
                    type="radio"
                    id=id.clone()
                    name="fr-radios-theme"
                    value=scheme.value()
                    prop:checked=move || settings.chosen.get() == Some(scheme)
                    on:change=move |_| settings.choose(scheme)
                />
                <label class="fr-label" for=id>
                    {label}
                    {hint.map(|hint| view! { <span class="fr-hint-text">{hint}</span> })}
                </label>
            </div>
        </div>
    }
}
