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
                    $field: outcome.object(),
                    user_errors: outcome.user_errors,
                }
            }
        }
    };
}

/// Declares the payload of a mutation that removes an object: the id of what is gone, or the object that is still there, and
/// `userErrors`.
///
/// ```ignore
/// removal! {
///     /// What became of a deletion.
///     MediaDeletePayload {
///         /// The global id of the file that is gone; null when nothing was deleted.
///         deleted_media_id,
///         /// The file as it is now, when it was not deleted and you may read it; null once it is gone.
///         media: media::Entity,
///     }
/// }
/// ```
macro_rules! removal {
    ($(#[doc = $doc:literal])+ $name:ident {
        $(#[doc = $gone:literal])+ $id:ident,
        $(#[doc = $there:literal])+ $field:ident: $entity:ty,
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, async_graphql::SimpleObject)]
        pub struct $name {
            $(#[doc = $gone])+
            $id: Option<async_graphql::ID>,
            $(#[doc = $there])+
            $field: Option<$crate::planner::Planned<$entity>>,
            /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
            user_errors: Vec<$crate::graphql::UserError>,
        }

        impl $name {
            fn new(id: async_graphql::ID, outcome: $crate::graphql::Outcome) -> Self {
                let is_gone = outcome.user_errors.is_empty();
                Self {
                    $id: is_gone.then_some(id),
                    $field: outcome.id.filter(|_| !is_gone).map($crate::planner::Planned::new),
                    user_errors: outcome.user_errors,
                }
            }
        }
    };
}

pub(crate) use {payload, removal};
