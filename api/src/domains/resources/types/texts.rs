//! Texts of versions and formats as they are shown.

use serde_json::Value;

use crate::domains::resources::content::{html, plain};
use crate::planner::Cells;
use crate::policy::Viewer;
use crate::store::StoreError;

/// The heading that the first level of a text becomes: the first of the page is its title.
const FIRST_HEADING: u8 = 2;

/// What rendering a text costs in points, for each of them: a long one takes milliseconds, so one request gets some eighty.
pub const RENDERING: u32 = 20;

/// What `bodyHtml` is.
pub const HTML: &str = "Its text as HTML that is safe to show inside of a page: headings begin with `h2`, links say \
    `rel=\"nofollow noopener\"`, markup that its authors typed is shown and not run, and of pictures there is the description. \
    Null when there is no text.";

/// What `bodyPlain` is.
pub const PLAIN: &str = "Its text without markup, a line for each paragraph: for reading out, and for counting. Null when there is \
    no text.";

/// What `bodyWords` is.
pub const WORDS: &str = "How many words its text has; null when there is no text.";

/// The first column as HTML.
///
/// # Errors
/// When the column holds something else than text.
pub fn html(text: &Cells<'_>, _: &Viewer) -> Result<Value, StoreError> {
    Ok(shown(text.text(0)?, |text| html::render(text, FIRST_HEADING)))
}

/// The first column as plain text.
///
/// # Errors
/// When the column holds something else than text.
pub fn plain(text: &Cells<'_>, _: &Viewer) -> Result<Value, StoreError> {
    Ok(shown(text.text(0)?, plain::text))
}

/// How many words the first column has.
///
/// # Errors
/// When the column holds something else than text.
pub fn words(text: &Cells<'_>, _: &Viewer) -> Result<Value, StoreError> {
    Ok(shown(text.text(0)?, |text| {
        i32::try_from(plain::count_words(&plain::text(text))).unwrap_or(i32::MAX)
    }))
}

/// A text that is not there reads as an empty one.
fn shown<T: Into<Value>>(text: &str, show: impl FnOnce(&str) -> T) -> Value {
    if text.is_empty() {
        Value::Null
    } else {
        show(text).into()
    }
}
