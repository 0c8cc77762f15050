//! A moment in the words and the time zone of the person.

use js_sys::{Date, Object, Reflect};
use leptos::wasm_bindgen::JsValue;

use crate::i18n::Locale;

/// Such as `26 novembre 2026 à 14:05`. Browsers only: documents hold no moments.
pub(super) fn words(seconds: i64, locale: Locale) -> String {
    #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let options = Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeStyle", "short")] {
        // Fails only for a frozen object.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let language = match locale {
        Locale::Fr => "fr-FR",
        Locale::En => "en-GB",
    };
    date.to_locale_string(language, &options).into()
}
