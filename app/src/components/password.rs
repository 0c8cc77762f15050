//! DSFR password field: what is typed is hidden, unless the person wants to see it.
//!
//! ProConnect asks for passwords, this service does not: it is for who builds a sign-in of their own.

use leptos::prelude::*;

use crate::i18n::use_kit;
use crate::live::live;

/// The field, and the box that shows what is typed.
#[component]
pub(crate) fn PasswordField(
    /// Its id; the box's is `ID-voir`, the error's `ID-erreur`.
    id: &'static str,
    label: &'static str,
    /// `current-password` or `new-password`, so that password managers help.
    autocomplete: &'static str,
    /// What is wrong with it; nothing while it is empty.
    error: RwSignal<&'static str>,
) -> impl IntoView {
    let texts = &use_kit().password;
    let shown = RwSignal::new(false);
    let (error_id, show_id) = ([id, "-erreur"].concat(), [id, "-voir"].concat());
    let wrong = move || !error.get().is_empty();
    view! {
        <div class="fr-password">
            <label class="fr-label fr-password__label" for=id>
                {label}
            </label>
            <div class="fr-input-wrap">
                <input
                    id=id
                    name="password"
                    class="fr-password__input fr-input"
                    class:fr-input--error=live(wrong)
                    type=live(move || if shown.get() { "text" } else { "password" })
                    autocomplete=autocomplete
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=error_id.clone()
                    aria-invalid=live(move || wrong().then_some("true"))
                    aria-required="true"
                />
            </div>
            <p id=error_id class="app-error" class:fr-error-text=live(wrong) role="alert">
                {live(move || error.get())}
            </p>
            <div class="fr-password__checkbox fr-checkbox-group fr-checkbox-group--sm">
                <input
                    id=show_id.clone()
                    type="checkbox"
                    aria-label=texts.show_password
                    on:change=move |event| shown.set(event_target_checked(&event))
                />
                <label class="fr-label" for=show_id>
                    {texts.show}
                </label>
            </div>
        </div>
    }
}
