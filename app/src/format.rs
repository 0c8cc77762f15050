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

/// Percent-encodes a local path for use as one query value.
pub fn query_value(path: &str) -> String {
    path.replace('%', "%25").replace('/', "%2F").replace('?', "%3F").replace('&', "%26")
}
