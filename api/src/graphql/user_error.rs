//! What a mutation answers when a rule says no: `userErrors`, all at once, in plain English.

use async_graphql::SimpleObject;

use crate::domains::violation::{UserErrorCode, Violation};
use crate::planner::OneOf;
use crate::policy::Denied;

/// A rule that the input does not keep, and what would be right. Everybody may read the errors of their own requests.
#[derive(Clone, Debug, SimpleObject)]
pub struct UserError {
    /// Which kind of rule.
    code: OneOf<UserErrorCode>,
    /// What is wrong and what would be right, in plain English.
    message: String,
    /// The place in the input, such as `["input", "name"]`.
    path: Vec<String>,
}

impl From<Violation> for UserError {
    fn from(violation: Violation) -> Self {
        let mut path = violation.path;
        path.insert(0, "input".into());
        Self {
            code: OneOf(violation.code),
            message: violation.message,
            path,
        }
    }
}

/// Why a change did not happen, as far as the client is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Vec<Violation>);

impl From<Vec<Violation>> for Refusal {
    fn from(violations: Vec<Violation>) -> Self {
        Self(violations)
    }
}

impl From<Violation> for Refusal {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Forbidden,
            message: denied.to_string(),
            path: Vec::new(),
        }])
    }
}

impl Refusal {
    /// The object of an id is not there, or the viewer may not see it: the two look alike.
    #[must_use]
    pub fn not_found(field: &str) -> Self {
        Self(vec![Violation {
            code: UserErrorCode::NotFound,
            message: "There is nothing with this id that you may see.".into(),
            path: vec![field.into()],
        }])
    }

    /// Somebody else changed the object first.
    #[must_use]
    pub fn stale() -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Conflict,
            message: "Somebody has changed this since you read it. Look at it as it is now, and send your change again with \
                      its present version."
                .into(),
            path: vec!["expectedVersion".into()],
        }])
    }

    /// A constraint of the database was faster than the rule it keeps: somebody took the place meanwhile.
    #[must_use]
    pub fn overtaken() -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Conflict,
            message: "Somebody else was faster: what you asked for is taken or already there. Look again at how things stand.".into(),
            path: Vec::new(),
        }])
    }

    /// While the request waited for its turn, something changed on which depends what the viewer may do.
    #[must_use]
    pub fn rights_changed() -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Conflict,
            message: "What you may do may have changed while this waited for its turn. Nothing was done: send it again.".into(),
            path: Vec::new(),
        }])
    }

    /// The token of a computer system may only read.
    #[must_use]
    pub fn read_only() -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Forbidden,
            message: "This token may only read. Ask for one with the scope `write`, which the service account must have."
                .into(),
            path: Vec::new(),
        }])
    }

    /// The key was used for another request.
    #[must_use]
    pub fn key_reused() -> Self {
        Self(vec![Violation {
            code: UserErrorCode::Conflict,
            message: "This idempotency key was used for a request with another input. Choose a new key for a new request.".into(),
            path: vec!["idempotencyKey".into()],
        }])
    }
}
