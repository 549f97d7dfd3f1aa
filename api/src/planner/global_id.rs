//! Global ids: what object, of which type. Opaque to clients; a prefix keeps them readable in logs and support mails.

use sea_orm::prelude::Uuid;

/// The global id of a row.
#[must_use]
pub fn encode(prefix: &str, id: Uuid) -> String {
    format!("{prefix}_{}", id.simple())
}

/// The type's prefix and the row's id; `None` when the text is no global id.
#[must_use]
pub fn decode(text: &str) -> Option<(&str, Uuid)> {
    let (prefix, id) = text.rsplit_once('_')?;
    let canonical = id.len() == 32 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    canonical
        .then(|| Uuid::try_parse(id).ok())
        .flatten()
        .map(|id| (prefix, id))
}

/// The row's id, when the global id is of this type.
#[must_use]
pub fn decode_as(prefix: &str, text: &str) -> Option<Uuid> {
    decode(text)
        .filter(|(found, _)| *found == prefix)
        .map(|(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_went() {
        let id = Uuid::from_u128(0x0190_c2de_0000_7000_8000_0000_0000_0001);
        assert_eq!(decode_as("board", &encode("board", id)), Some(id));
        assert_eq!(decode_as("seat", &encode("board", id)), None);
    }

    #[test]
    fn only_the_canonical_spelling_is_an_id() {
        for text in [
            "",
            "board",
            "board_",
            "board_0190C2DE000070008000000000000001",
            "board_0190c2de",
            "board_é",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
