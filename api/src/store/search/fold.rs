//! Texts without what people leave out when they search: capitals and accents.

use unicode_normalization::UnicodeNormalization;

/// The text in small letters without accents, as the indexes have it.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd()
        .filter(|character| !is_accent(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Combining marks, as the migration of the index takes them out.
const fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_go_and_letters_stay() {
        assert_eq!(
            fold("Siân’s ŵyl, CAFÉ, ﬁne, Ünïcode"),
            "sian’s wyl, cafe, fine, unicode"
        );
    }
}
