//! What could not be tested here, said once, at the very end.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::porter::Porter;

/// Demands that nothing is skipped.
const REQUIRE_ALL: &str = "ROUNDTABLE_REQUIRE_ALL";

static SKIPPED: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
static SPEAKER: LazyLock<std::io::Result<Porter>> =
    LazyLock::new(|| Porter::engage("echo \"$told\" >&2", &[], None));

/// Whether a skip is a failure: `ROUNDTABLE_REQUIRE_ALL` is set, and not to 0.
#[must_use]
pub fn is_everything_required() -> bool {
    std::env::var_os(REQUIRE_ALL).is_some_and(|value| !value.is_empty() && value != "0")
}

/// Says that `what` is not tested, and what it would take. Call it as often as you like: each is named once, in one line
/// when the tests are over.
///
/// # Panics
/// With `ROUNDTABLE_REQUIRE_ALL=1`.
pub fn skip(what: &str, why: &str) {
    assert!(
        !is_everything_required(),
        "{what} is missing, and {REQUIRE_ALL} demands it: {why}"
    );
    let mut skipped = SKIPPED.lock().unwrap_or_else(PoisonError::into_inner);
    if skipped.insert(what.to_owned(), why.to_owned()).is_none()
        && let Ok(speaker) = &*SPEAKER
    {
        let all: Vec<_> = skipped
            .iter()
            .map(|(what, why)| format!("{what} ({why})"))
            .collect();
        speaker.tell(&format!("skipped: {}", all.join(", ")));
    }
}
