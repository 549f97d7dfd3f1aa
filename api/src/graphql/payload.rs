//! What mutations answer: the object, and the rules that were not kept.

/// Declares a mutation's payload: the object as the planner reads it, and `userErrors`.
///
/// ```ignore
/// payload! {
///     /// What became of a new board.
///     BoardCreatePayload { board: board::Entity }
/// }
/// ```
macro_rules! payload {
    ($(#[doc = $doc:literal])+ $name:ident { $field:ident: $entity:ty }) => {
        $(#[doc = $doc])+
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            /// The object as it is now; null when it was not made, or you may not read it.
            $field: Option<$crate::planner::Planned<$entity>>,
            /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
            user_errors: Vec<$crate::graphql::UserError>,
        }

        impl From<$crate::graphql::Outcome> for $name {
            fn from(outcome: $crate::graphql::Outcome) -> Self {
                Self {
                    $field: outcome.id.map($crate::planner::Planned::new),
                    user_errors: outcome.user_errors,
                }
            }
        }
    };
}

pub(crate) use payload;
