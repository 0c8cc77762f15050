//! Pure helpers that turn values into what people read.

/// Groups the 14 digits of a SIRET as `130 025 265 00013`, with no-break spaces. Anything else is
/// shown as it came.
pub fn siret(value: &str) -> String {
    if value.len() != 14 || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.to_owned();
    }
    let (siren, establishment) = value.split_at(9);
    let (first, rest) = siren.split_at(3);
    let (second, third) = rest.split_at(3);
    [first, second, third, establishment].join("\u{a0}")
}

/// The nine digits of the SIREN that a SIRET starts with, grouped alike.
pub fn siren(siret: &str) -> String {
    let grouped = self::siret(siret);
    match grouped.rsplit_once('\u{a0}') {
        Some((unit, _)) => unit.to_owned(),
        None => grouped,
    }
}

/// Whether a text of digits can be a SIRET: 14 of them, the last of which checks the others (Luhn),
/// but for La Poste, whose digits add up to a multiple of five.
pub fn is_siret(text: &str) -> bool {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 14) else { return false };
    let checks = digits.iter().enumerate().map(|(index, digit)| match (index % 2, digit * 2) {
        (0, double) if double > 9 => double - 9,
        (0, double) => double,
        _ => *digit,
    });
    checks.sum::<u32>() % 10 == 0
        || text.starts_with("356000000") && digits.iter().sum::<u32>() % 5 == 0
}

/// Percent-encodes a local path for use as one query value.
pub fn query_value(path: &str) -> String {
    path.replace('%', "%25").replace('/', "%2F").replace('?', "%3F").replace('&', "%26")
}

/// Escapes a text for an element's content or a quoted attribute.
#[cfg_attr(feature = "hydrate", expect(dead_code, reason = "browsers escape by themselves"))]
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
