//! Owns the comparison of texts that people type from memory or from paper: neither case, accents nor
//! what stands between words counts.

/// The words of a text, in lower case and without accents.
pub(crate) fn folded(text: &str) -> Vec<String> {
    let letters = text.chars().flat_map(char::to_lowercase);
    // Some keyboards write a letter and its accent as two characters.
    let plain: String = letters.filter(|c| !is_combining(*c)).map(without_accent).collect();
    plain
        .replace('œ', "oe")
        .replace('æ', "ae")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn without_accent(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_case_accents_nor_separators_count() {
        for text in
            ["Élève œuvre", "  eleve-oeuvre\n", "ÉLÈVE, ŒUVRE", "e\u{301}le\u{300}ve_oeuvre"]
        {
            assert_eq!(folded(text), ["eleve", "oeuvre"], "{text}");
        }
        assert!(folded(" - ").is_empty());
    }
}
