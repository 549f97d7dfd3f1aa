//! What the inputs of this area share.

use crate::domains::violation::Violation;

/// Declares the input of an action on an existing object: its id and version, what the action asks beside, and a key that
/// makes repeating it safe.
macro_rules! action_input {
    (
        $(#[doc = $doc:literal])+
        $name:ident($what:literal) { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, async_graphql::InputObject)]
        pub struct $name {
            #[doc = $what]
            pub id: async_graphql::ID,
            /// Its version as you read it.
            pub expected_version: i32,
            $($(#[doc = $field_doc])+ pub $field: $type,)*
            /// Makes repeating the request safe.
            pub idempotency_key: Option<crate::events::IdempotencyKey>,
        }
    };
}

pub(in crate::domains) use action_input;

/// Rules speak of the fields of an object. What this input does not ask for is answered at the object's id.
pub(in crate::domains) fn at_input(violations: Vec<Violation>, fields: &[&str]) -> Vec<Violation> {
    let at = |mut violation: Violation| {
        let asked = |field: &String| fields.contains(&field.as_str());
        if violation.path.first().is_some_and(|field| !asked(field)) {
            violation.path = vec!["id".to_owned()];
        }
        violation
    };
    violations.into_iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domains::violation::UserErrorCode as Code;

    #[test]
    fn a_violation_points_to_a_field_that_was_asked_for() {
        let found = [
            Violation::new(Code::Conflict, "seatId", "Taken."),
            Violation::new(Code::IllegalTransition, "stage", "No."),
            Violation::new(Code::Inactive, "", "Closed."),
        ];
        let paths = |fields: &[&str]| {
            let found = at_input(found.to_vec(), fields);
            found
                .iter()
                .map(|violation| violation.path.join("."))
                .collect::<Vec<_>>()
        };
        assert_eq!(paths(&["seatId"]), ["seatId", "id", ""]);
        assert_eq!(paths(&[]), ["id", "id", ""]);
    }
}
