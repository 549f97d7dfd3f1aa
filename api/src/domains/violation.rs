//! What an input or a change breaks, said so that the person who sent it can put it right.
//!
//! Rules answer with [`Violation`]s: a code for programs, a sentence for people, and the path of the input field. They
//! collect *all* of them in [`Violations`] before they answer, so that nobody has to correct a form one field at a time.
//!
//! ```
//! use roundtable_api::domains::violation::{UserErrorCode, Violations, text};
//!
//! let mut violations = Violations::default();
//! let name = violations.keep(text("name", "  Leeds   ", 1..=200));
//! violations.check(2 + 2 == 5, UserErrorCode::RuleBroken, "quorum", || "Sums must be right.".to_owned());
//! assert_eq!(name.as_deref(), Some("Leeds"));
//! assert_eq!(violations.into_result().map_err(|all| all.len()), Err(1));
//! ```

use std::fmt;
use std::str::FromStr;

use entity::{Described, UnknownValue};

mod fields;

pub use fields::{
    alternatives, day, days_in_order, in_state, is_blank, label, long_text, not_in_future, number,
    optional_long_text, optional_text, text, transition,
};

/// Declares [`UserErrorCode`]: variants, published names and descriptions in one place.
macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $variant:ident = $published:literal ),+ $(,)?) => {
        /// What sort of thing is wrong with an input. Clients may switch on these: a code may be added, and none is
        /// renamed or removed.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum UserErrorCode {
            $( $(#[doc = $doc])+ #[serde(rename = $published)] $variant, )+
        }

        impl Described for UserErrorCode {
            const NAME: &'static str = "UserErrorCode";
            const DESCRIPTION: &'static str = "What sort of thing is wrong with an input.";

            fn values() -> &'static [(&'static str, &'static str)] {
                const { &[$(($published, concat!($($doc),+).trim_ascii())),+] }
            }

            fn stored_name(self) -> &'static str {
                match self {$( Self::$variant => $published, )+}
            }
        }

        impl FromStr for UserErrorCode {
            type Err = UnknownValue;

            fn from_str(text: &str) -> Result<Self, UnknownValue> {
                match text {
                    $( $published => Ok(Self::$variant), )+
                    _ => Err(UnknownValue::of::<Self>(text)),
                }
            }
        }
    };
}

codes! {
    /// A value is needed and missing, or blank.
    Required = "REQUIRED",
    /// A text or a list is longer than it may be.
    TooLong = "TOO_LONG",
    /// A value is not written the way it has to be.
    InvalidFormat = "INVALID_FORMAT",
    /// A number or a date lies outside what is possible.
    OutOfRange = "OUT_OF_RANGE",
    /// There is no such object, or you may not see it.
    NotFound = "NOT_FOUND",
    /// You can see the object, and this is for somebody else to do.
    Forbidden = "FORBIDDEN",
    /// Somebody else was faster: the object, or what it needs, has changed since you read it.
    Conflict = "CONFLICT",
    /// There is one already, and there can be only one.
    AlreadyExists = "ALREADY_EXISTS",
    /// The next state cannot be reached from the present one in one step.
    IllegalTransition = "ILLEGAL_TRANSITION",
    /// A rule of co-production or of the board, partnership or organisation would be broken.
    RuleBroken = "RULE_BROKEN",
    /// Something the change depends on is not active: an organisation, a board, a seat, an account.
    Inactive = "INACTIVE",
    /// Something the change depends on has come to its end: a term, an agreement, a grant.
    Expired = "EXPIRED",
    /// There would be more of something than this server allows.
    LimitExceeded = "LIMIT_EXCEEDED",
}

impl fmt::Display for UserErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.stored_name())
    }
}

/// One thing that is wrong, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Violation {
    /// What sort of thing is wrong, for programs.
    pub code: UserErrorCode,
    /// Plain English for people: the rule, and what would keep it.
    pub message: String,
    /// The way to the input field, outermost first, as names and list positions; empty when no one field is to blame.
    pub path: Vec<String>,
}

impl Violation {
    /// A violation at one input field; `""` when no one field is to blame.
    pub fn new(code: UserErrorCode, field: &str, message: impl Into<String>) -> Self {
        let path = match field {
            "" => Vec::new(),
            field => vec![field.to_owned()],
        };
        Self {
            code,
            message: message.into(),
            path,
        }
    }

    /// The same violation as seen from the outside: `within("seats").within("input")` makes `input.seats.label`.
    #[must_use]
    pub fn within(mut self, outer: impl Into<String>) -> Self {
        self.path.insert(0, outer.into());
        self
    }
}

/// Everything that is wrong, gathered before answering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use = "violations that are not answered let a broken rule pass"]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Notes a violation unless `holds`; the message is made only when it is needed.
    pub fn check(&mut self, holds: bool, code: UserErrorCode, field: &str, message: impl FnOnce() -> String) {
        if !holds {
            self.push(Violation::new(code, field, message()));
        }
    }

    /// Notes a violation.
    pub fn push(&mut self, violation: Violation) {
        self.0.push(violation);
    }

    /// The value of a check that passed; otherwise notes the violation and gives nothing.
    pub fn keep<T>(&mut self, outcome: Result<T, Violation>) -> Option<T> {
        outcome.map_err(|violation| self.push(violation)).ok()
    }

    /// The value of a group of checks that passed; otherwise notes all its violations and gives nothing.
    pub fn keep_all<T>(&mut self, outcome: Result<T, Vec<Violation>>) -> Option<T> {
        outcome.map_err(|violations| self.0.extend(violations)).ok()
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Nothing, if nothing is wrong.
    ///
    /// # Errors
    /// Every violation, in the order in which they were found.
    pub fn into_result(self) -> Result<(), Vec<Violation>> {
        self.into_result_with(())
    }

    /// `value`, if nothing is wrong.
    ///
    /// # Errors
    /// Every violation, in the order in which they were found.
    pub fn into_result_with<T>(self, value: T) -> Result<T, Vec<Violation>> {
        if self.0.is_empty() { Ok(value) } else { Err(self.0) }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        self.0.extend(violations);
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_published_under_one_name_everywhere() {
        for (name, description) in UserErrorCode::values() {
            let read: UserErrorCode = name.parse().unwrap();
            assert_eq!(read.to_string(), *name);
            assert_eq!(serde_json::to_string(&read).unwrap(), format!("\"{name}\""));
            assert!(description.ends_with('.'), "{name}: {description}");
        }
        assert!("TEAPOT".parse::<UserErrorCode>().is_err());
    }

    #[test]
    fn all_violations_are_answered_at_once() {
        let mut violations = Violations::default();
        assert_eq!(violations.keep(text("name", "", 1..=9)), None);
        violations.check(true, UserErrorCode::RuleBroken, "kind", String::new);
        violations.check(false, UserErrorCode::RuleBroken, "kind", || "No.".to_owned());
        let nested = Violation::new(UserErrorCode::NotFound, "label", "No.")
            .within("0")
            .within("seats");
        assert_eq!(violations.keep_all::<()>(Err(vec![nested])), None);
        let found = violations.into_result().unwrap_err();
        let paths: Vec<String> = found.iter().map(|violation| violation.path.join(".")).collect();
        assert_eq!(paths, ["name", "kind", "seats.0.label"]);
    }

    #[test]
    fn a_violation_that_no_field_is_to_blame_for_has_no_path() {
        assert!(Violation::new(UserErrorCode::Inactive, "", "No.").path.is_empty());
    }
}
