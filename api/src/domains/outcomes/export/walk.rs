//! Walks through the pages of a connection, from its first to its last.

use crate::graphql::NextPage;

/// How far a file that is written page by page has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    after: Option<String>,
    has_begun: bool,
    is_over: bool,
}

impl Walk {
    /// The cursor after which the next page begins; nothing for the first one.
    pub(super) fn after(&self) -> Option<&str> {
        self.after.as_deref()
    }

    /// Whether nothing is left to ask for.
    pub(super) const fn is_over(&self) -> bool {
        self.is_over
    }

    /// Goes past a page, and answers whether it was the first.
    pub(super) fn pass(&mut self, next: NextPage) -> bool {
        self.is_over = !next.has_next_page;
        self.after = next.end_cursor;
        !std::mem::replace(&mut self.has_begun, true)
    }

    /// Ends the walk where it is.
    pub(super) const fn end(&mut self) {
        self.is_over = true;
    }
}
