//! Reading inputs: ids of a type, and patches in which absent and null differ.

use async_graphql::{ID, MaybeUndefined};
use sea_orm::ActiveValue;
use sea_orm::prelude::Uuid;

use super::Refusal;
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// The row's id from a global id of this type. An id of another type looks like one that does not exist.
///
/// # Errors
/// `NOT_FOUND` at the field.
pub fn id_of<E: Declared>(field: &str, id: &ID) -> Result<Uuid, Refusal> {
    global_id::decode_as(E::PREFIX, id).ok_or_else(|| Refusal::not_found(field))
}

/// The same for an id that may be left out.
///
/// # Errors
/// `NOT_FOUND` at the field.
pub fn optional_id_of<E: Declared>(field: &str, id: Option<&ID>) -> Result<Option<Uuid>, Refusal> {
    id.map(|id| id_of::<E>(field, id)).transpose()
}

/// For a column that cannot be null: set when the client sent a value, otherwise left as it is.
pub fn patch<T, V>(value: Option<T>, into: impl FnOnce(T) -> V) -> ActiveValue<V>
where
    V: Into<sea_orm::Value>,
{
    value.map_or(ActiveValue::NotSet, |value| ActiveValue::Set(into(value)))
}

/// For a column that can be null: set when the client sent a value, emptied when it sent null, otherwise left as it is.
pub fn patch_nullable<T, V>(value: MaybeUndefined<T>, into: impl FnOnce(T) -> V) -> ActiveValue<Option<V>>
where
    V: Into<sea_orm::Value>,
    Option<V>: Into<sea_orm::Value>,
{
    match value {
        MaybeUndefined::Undefined => ActiveValue::NotSet,
        MaybeUndefined::Null => ActiveValue::Set(None),
        MaybeUndefined::Value(value) => ActiveValue::Set(Some(into(value))),
    }
}
