//! A moment in words: in the browser, those of the person's language and time zone.

use crate::i18n::Locale;

/// Such as `26 novembre 2026 à 14:05`.
#[cfg(not(feature = "ssr"))]
pub(crate) fn words(seconds: i64, locale: Locale) -> String {
    use js_sys::{Date, Object, Reflect};
    use leptos::wasm_bindgen::JsValue;

    #[expect(clippy::cast_precision_loss, reason = "moments are far below 2^53")]
    let date = Date::new(&JsValue::from_f64(seconds as f64 * 1000.0));
    let options = Object::new();
    for (name, value) in [("dateStyle", "long"), ("timeStyle", "short")] {
        // Fails only for a frozen object.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    date.to_locale_string(locale.region(), &options).into()
}

/// The same in Coordinated Universal Time: documents show moments in the gallery only.
#[cfg(feature = "ssr")]
pub(crate) fn words(seconds: i64, locale: Locale) -> String {
    use chrono::{DateTime, Datelike as _};

    const FRENCH: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let date = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    match locale {
        Locale::Fr => {
            let month = usize::try_from(date.month0()).ok().and_then(|index| FRENCH.get(index));
            let month = month.copied().unwrap_or_default();
            format!("{} {month} {} à {}", date.day(), date.year(), date.format("%H:%M"))
        }
        Locale::En => date.format("%-d %B %Y at %H:%M").to_string(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn moments_are_said_in_both_languages() {
        let moment = 1_772_366_700;
        assert_eq!(words(moment, Locale::Fr), "1 mars 2026 à 12:05");
        assert_eq!(words(moment, Locale::En), "1 March 2026 at 12:05");
    }
}
