//! How a sign-in was made, in words; and which levels the protected space asks for.

use crate::i18n::Level;

/// Levels of a sign-in in two steps, as ProConnect recommends to ask for them: those that the
/// protected space opens for.
pub const TWO_STEPS: [&str; 4] = ["eidas0-mfa", "eidas1-mfa", "eidas2", "eidas3"];

/// Whether a sign-in of this level was made in two steps. Levels are a set, not an order.
pub fn is_two_steps(acr: Option<&str>) -> bool {
    acr.is_some_and(|acr| TWO_STEPS.contains(&acr))
}

/// What a value of `acr` means.
pub(crate) fn acr_in_words(texts: &Level, acr: &str) -> &'static str {
    match acr {
        "eidas0" => texts.declared,
        "eidas0-mfa" => texts.declared_mfa,
        "eidas1" => texts.checked,
        "eidas1-mfa" => texts.checked_mfa,
        "eidas2" => texts.substantial,
        "eidas3" => texts.high,
        "https://proconnect.gouv.fr/assurance/certification-dirigeant" => texts.manager,
        _ => texts.other,
    }
}

/// What a list of `amr` values means. `mfa` only sums up the others, so it speaks when it is alone;
/// a value that we do not know is shown as it is.
pub(crate) fn amr_in_words(texts: &Level, amr: &[String]) -> Option<String> {
    let words: Vec<&str> = amr
        .iter()
        .filter(|method| amr.len() == 1 || *method != "mfa")
        .map(|method| match method.as_str() {
            "pwd" => texts.pwd,
            "mail" => texts.mail,
            "otp" => texts.otp,
            "pin" => texts.pin,
            "pop" => texts.pop,
            "hwk" => texts.hwk,
            "swk" => texts.swk,
            "mfa" => texts.mfa,
            other => other,
        })
        .collect();
    (!words.is_empty()).then(|| sentence(&words.join(", ")))
}

/// The text with a capital at its start.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
