//! Why an operation is not executed.

use std::fmt;

use apollo_compiler::{
    parser::{LineColumn, SourceMap, SourceSpan},
    validation::DiagnosticList,
};
use async_graphql::Pos;

use crate::error::ErrorCode;

/// The most problems that one answer lists.
const LISTED_PROBLEMS: usize = 10;
/// The longest message, in characters: documents are quoted in messages, and a name may be as long as a document.
const MESSAGE_CHARACTERS: usize = 300;

/// An operation refused before execution, with everything a client needs to put it right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}", .code.as_str(), self.message())]
pub struct Rejection {
    /// The kind of refusal, the same for all problems.
    pub code: ErrorCode,
    /// What is wrong; never empty, at most ten.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong with an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// One line of plain English.
    pub message: String,
    /// Where in the document; empty when the problem is not in the document.
    pub locations: Vec<Pos>,
}

impl Rejection {
    /// A refusal for one reason that has no place in the document.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::at(code, message, None)
    }

    /// A refusal for one reason, at a place in the document.
    #[must_use]
    pub fn at(code: ErrorCode, message: impl Into<String>, location: Option<Pos>) -> Self {
        Self {
            code,
            problems: vec![Problem::new(message, location)],
        }
    }

    /// A refusal for several reasons; what is beyond the tenth is only counted.
    #[must_use]
    pub fn several(code: ErrorCode, problems: Vec<Problem>) -> Self {
        let found = problems.len();
        Self::first_of(code, found, problems)
    }

    /// The same of so many that were found, which are not made before they are listed.
    fn first_of(code: ErrorCode, found: usize, problems: impl IntoIterator<Item = Problem>) -> Self {
        let listed = if found > LISTED_PROBLEMS {
            LISTED_PROBLEMS - 1
        } else {
            found
        };
        let mut problems: Vec<_> = problems.into_iter().take(listed).collect();
        if found > listed {
            let more = format!("There are {} more problems.", found - listed);
            problems.push(Problem::new(more, None));
        }
        if problems.is_empty() {
            problems.push(Problem::new(code.description(), None));
        }
        // Refusals are kept, and a list that was cut has room for all that it was.
        problems.shrink_to_fit();
        Self { code, problems }
    }

    /// The first problem's message.
    #[must_use]
    pub fn message(&self) -> &str {
        self.problems.first().map_or("", |problem| &problem.message)
    }

    /// The HTTP status for a client that accepts `application/graphql-response+json` (GraphQL over HTTP, section 6).
    #[must_use]
    pub const fn status(&self) -> u16 {
        status_of(self.code)
    }

    /// A limit of [`super::DocumentLimits`] that was exceeded.
    pub(super) fn limit(message: impl Into<String>, location: Option<Pos>) -> Self {
        Self::at(ErrorCode::LimitExceeded, message, location)
    }

    /// What apollo-compiler found.
    pub(super) fn diagnostics(code: ErrorCode, diagnostics: &DiagnosticList) -> Self {
        let problems = diagnostics.iter().map(|found| {
            let found = found.to_json();
            let mut problem = Problem::new(found.message, None);
            problem.locations = found.locations.into_iter().map(position).collect();
            problem
        });
        Self::first_of(code, diagnostics.len(), problems)
    }

    /// The bytes of memory that it holds.
    pub(super) fn memory(&self) -> usize {
        let problems = self.problems.capacity() * size_of::<Problem>();
        let each =
            |problem: &Problem| problem.message.capacity() + problem.locations.capacity() * size_of::<Pos>();
        size_of::<Self>() + problems + self.problems.iter().map(each).sum::<usize>()
    }
}

/// The HTTP status that belongs to a code when the whole request is refused.
#[must_use]
pub const fn status_of(code: ErrorCode) -> u16 {
    match code {
        ErrorCode::Unauthenticated => 401,
        ErrorCode::RateLimited => 429,
        ErrorCode::Timeout => 504,
        ErrorCode::Unavailable => 503,
        ErrorCode::Internal => 500,
        _ => 400,
    }
}

impl Problem {
    /// A problem, its message made one line and cut where a quoted document would flood the answer.
    #[must_use]
    pub fn new(message: impl Into<String>, location: Option<Pos>) -> Self {
        let message = one_line(&message.into(), MESSAGE_CHARACTERS);
        Self {
            message,
            locations: location.into_iter().collect(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

/// The text with white space and control characters as single spaces, cut after so many characters.
pub(super) fn one_line(text: &str, characters: usize) -> String {
    let mut line = String::with_capacity(text.len().min(characters * 4));
    let mut pending_space = false;
    for (count, character) in text.chars().enumerate() {
        if count >= characters {
            line.push('…');
            break;
        }
        if character.is_whitespace() || character.is_control() {
            pending_space = !line.is_empty();
            continue;
        }
        if std::mem::take(&mut pending_space) {
            line.push(' ');
        }
        line.push(character);
    }
    line.shrink_to_fit();
    line
}

/// apollo-compiler's place as async-graphql's.
pub(super) fn position(place: LineColumn) -> Pos {
    Pos {
        line: place.line,
        column: place.column,
    }
}

/// The line and column of a span, if it is in one of these sources.
pub(super) fn locate(span: Option<SourceSpan>, sources: &SourceMap) -> Option<Pos> {
    span?.line_column(sources).map(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_short_line() {
        let problem = Problem::new(format!("a\n  b\u{0}c {}", "x".repeat(10_000)), None);
        assert!(problem.message.starts_with("a b c xxx"));
        assert!(problem.message.ends_with('…'));
        assert!(problem.message.chars().count() <= MESSAGE_CHARACTERS + 1);
    }

    #[test]
    fn problems_beyond_the_tenth_are_counted() {
        let problems = (0..25)
            .map(|number| Problem::new(number.to_string(), None))
            .collect();
        let rejection = Rejection::several(ErrorCode::VariablesInvalid, problems);
        assert_eq!(rejection.problems.len(), 10);
        assert_eq!(rejection.problems[9].message, "There are 16 more problems.");
    }
}
