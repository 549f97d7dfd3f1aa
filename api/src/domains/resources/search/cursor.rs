//! A place in the results of a search, bound to that search.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sea_orm::prelude::Uuid;
use sha2::{Digest, Sha256};

use crate::store::Place;

/// What tells one search from another: a digest of everything that decides which results there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SearchKey([u8; 8]);

impl SearchKey {
    /// The key of a search that is written like this.
    pub fn of(search: &impl std::fmt::Debug) -> Self {
        let digest = Sha256::digest(format!("{search:?}").as_bytes());
        let mut key = [0; 8];
        for (byte, of) in key.iter_mut().zip(digest) {
            *byte = of;
        }
        Self(key)
    }
}

/// Why a cursor is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CursorFault {
    /// It was made up, or damaged.
    #[error("The cursor is not one that this API gave out: use `endCursor` as it came.")]
    Unknown,
    /// It was given out for another search.
    #[error("The cursor belongs to another search: start again without it, or search for what it came with.")]
    OfAnother,
}

/// The cursor of a result.
pub(super) fn encode(key: SearchKey, place: Place, id: Uuid) -> String {
    let mut bytes = Vec::with_capacity(25);
    bytes.extend(key.0);
    bytes.push(place as u8);
    bytes.extend(id.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The result that a cursor stands for.
pub(super) fn decode(cursor: &str, key: SearchKey) -> Result<(Place, Uuid), CursorFault> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| CursorFault::Unknown)?;
    let (of, rest) = bytes.split_first_chunk().ok_or(CursorFault::Unknown)?;
    let (place, id) = rest.split_first().ok_or(CursorFault::Unknown)?;
    let place = Place::from_number((*place).into()).ok_or(CursorFault::Unknown)?;
    let id = Uuid::from_slice(id).map_err(|_| CursorFault::Unknown)?;
    if *of == key.0 {
        Ok((place, id))
    } else {
        Err(CursorFault::OfAnother)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_serves_only_the_search_it_came_from() {
        let (ours, theirs) = (SearchKey::of(&"care"), SearchKey::of(&"care home"));
        let id = Uuid::from_u128(7);
        let cursor = encode(ours, Place::Head, id);
        assert_eq!(decode(&cursor, ours), Ok((Place::Head, id)));
        assert_eq!(decode(&cursor, theirs), Err(CursorFault::OfAnother));
    }

    #[test]
    fn a_made_up_cursor_is_refused() {
        let key = SearchKey::of(&"care");
        let beyond = URL_SAFE_NO_PAD.encode([&key.0[..], &[9], Uuid::nil().as_bytes()].concat());
        for cursor in ["", "AAAA", "%%%", &beyond, &URL_SAFE_NO_PAD.encode([0; 24])] {
            assert_eq!(decode(cursor, key), Err(CursorFault::Unknown), "{cursor}");
        }
    }
}
