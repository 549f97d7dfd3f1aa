//! Texts of versions and formats as they are shown.

use serde_json::Value;

use crate::domains::resources::content::{html, plain};
use crate::planner::Cells;
use crate::policy::Viewer;
use crate::store::StoreError;
use crate::telemetry::in_place;

/// The heading that the first level of a text becomes: the first of the page is its title.
const FIRST_HEADING: u8 = 2;

/// What rendering a text costs in points, for each of them: a long one takes milliseconds, so one request gets some eighty.
pub const RENDERING: u32 = 20;

/// From how many bytes on a text is large: showing a shorter one takes less time than handing other work on would be worth. Nothing
/// is refused by it.
const LARGE: usize = 16 * 1024;

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

/// A text that is not there reads as an empty one. A large one is shown while others' requests go on elsewhere.
fn shown<T: Into<Value>>(text: &str, show: impl FnOnce(&str) -> T) -> Value {
    match text.len() {
        0 => Value::Null,
        1..LARGE => show(text).into(),
        _ => in_place(|| show(text)).into(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::telemetry::spawn;

    /// One thread for all requests: while a large text is shown on it, another request is answered, and only then is the text done.
    #[test]
    fn a_large_text_holds_nobody_up() {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .build()
            .unwrap();
        let (started, begun) = tokio::sync::oneshot::channel();
        let (answered, answer) = mpsc::channel();
        let is_answered = runtime.block_on(async move {
            let large = spawn("a large text", async move {
                shown(&"x".repeat(LARGE), move |_| {
                    let _ = started.send(());
                    answer.recv_timeout(Duration::from_secs(10)).is_ok()
                })
            });
            begun.await.unwrap();
            let other = spawn("another request", async move { answered.send(()) });
            let shown = large.await.unwrap();
            other.await.unwrap().unwrap();
            shown
        });
        assert_eq!(
            is_answered,
            Value::Bool(true),
            "the other request waited for the text"
        );
    }

    #[test]
    fn texts_are_shown_where_there_is_one_thread_or_none() {
        let count = |text: &str| shown(text, str::len);
        assert_eq!(count(""), Value::Null);
        assert_eq!(count("four"), 4);
        assert_eq!(count(&"x".repeat(LARGE)), LARGE);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        assert_eq!(runtime.block_on(async { count(&"x".repeat(LARGE)) }), LARGE);
    }
}
