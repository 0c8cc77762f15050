//! Names of people: any script, but nothing that only machines write.

const FORBIDDEN: &str = "$&+:;=?@#|<>.^*()%!_[]{}\\/\"~`";

/// Longer ones are not names.
const MOST: usize = 256;

/// A given or family name without surrounding space, if it is one.
pub(super) fn name(typed: &str) -> Option<String> {
    let name = typed.trim();
    let possible = |c: char| !c.is_numeric() && !c.is_control() && !FORBIDDEN.contains(c);
    let valid =
        name.chars().count() <= MOST && name.chars().any(is_visible) && name.chars().all(possible);
    valid.then(|| name.to_owned())
}

/// Whether a character leaves a trace on paper.
pub(super) fn is_visible(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    );
    !invisible && !c.is_whitespace() && !c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_write_them() {
        let long = "a".repeat(257);
        let rows = [
            ("Jean", Some("Jean")),
            ("  Marie-Thérèse d’Aubigné ", Some("Marie-Thérèse d’Aubigné")),
            ("O'Connor", Some("O'Connor")),
            ("Ольга", Some("Ольга")),
            ("李", Some("李")),
            ("", None),
            ("   ", None),
            ("\u{200b}\u{feff}", None),
            ("Jean2", None),
            ("Jr.", None),
            ("a/b", None),
            ("<b>", None),
            ("a`b", None),
            ("a_b", None),
            ("a\r\nb", None),
            (long.as_str(), None),
        ];
        for (typed, expected) in rows {
            assert_eq!(name(typed).as_deref(), expected, "{typed:?}");
        }
    }
}
