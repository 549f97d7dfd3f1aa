//! Ids of the world, by name.

use std::hash::{DefaultHasher, Hash, Hasher};

use roundtable_api::planner::global_id;
use uuid::Uuid;

/// The row's id: always the same for the same kind and name. `kind` is what opens the type's global ids, such as
/// `board`.
#[must_use]
pub fn uuid(kind: &str, name: &str) -> Uuid {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, kind, name).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    // Version 7, variant 1, of one instant in 2026: what the product's own ids look like.
    let random = (half(0) & 0xfff) << 64 | (half(1) & ((1 << 62) - 1));
    Uuid::from_u128(0x019c_0000_0000 << 80 | 0x7 << 76 | 0b10 << 62 | random)
}

/// The global id of a row of the world, such as `id("board", "team-up")`. It need not be there: see [`never()`].
#[must_use]
pub fn id(kind: &str, name: &str) -> String {
    global_id::encode(kind, uuid(kind, name))
}

/// The global id of a row that has never existed.
#[must_use]
pub fn never(kind: &str) -> String {
    id(kind, "there has never been such a row")
}
