//! Reading what a client wants to change: a field that was left out stays, null empties it, and everything that is wrong is
//! gathered before anything is answered.

use async_graphql::{ID, MaybeUndefined};
use sea_orm::ActiveValue;

use super::{Refusal, Refused};
use crate::domains::violation::{UserErrorCode, Violation, Violations, label};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::store::{StoreError, WriteError, WriteSession};

/// For a column that cannot be null: the checked value, nothing when the field was left out. Null is refused.
pub fn required<T, V>(
    violations: &mut Violations,
    field: &str,
    value: &MaybeUndefined<T>,
    check: impl FnOnce(&T) -> Result<V, Violation>,
) -> ActiveValue<V>
where
    V: Into<sea_orm::Value>,
{
    match value {
        MaybeUndefined::Undefined => ActiveValue::NotSet,
        MaybeUndefined::Null => {
            let message = format!(
                "{} cannot be emptied. Leave it out to keep it as it is.",
                label(field)
            );
            violations.push(Violation::new(UserErrorCode::Required, field, message));
            ActiveValue::NotSet
        }
        MaybeUndefined::Value(value) => violations
            .keep(check(value))
            .map_or(ActiveValue::NotSet, ActiveValue::Set),
    }
}

/// For a column that can be null: the checked value, null for null, nothing when the field was left out.
pub fn optional<T, V>(
    violations: &mut Violations,
    value: &MaybeUndefined<T>,
    check: impl FnOnce(&T) -> Result<Option<V>, Violation>,
) -> ActiveValue<Option<V>>
where
    Option<V>: Into<sea_orm::Value>,
{
    match value {
        MaybeUndefined::Undefined => ActiveValue::NotSet,
        MaybeUndefined::Null => ActiveValue::Set(None),
        MaybeUndefined::Value(value) => violations
            .keep(check(value))
            .map_or(ActiveValue::NotSet, ActiveValue::Set),
    }
}

/// What a column holds once the patch is applied.
pub fn after<V: Into<sea_orm::Value> + Clone>(patch: &ActiveValue<V>, before: V) -> V {
    match patch {
        ActiveValue::Set(value) | ActiveValue::Unchanged(value) => value.clone(),
        ActiveValue::NotSet => before,
    }
}

/// The object with an id, when the viewer may see it; otherwise notes that there is none.
///
/// # Errors
/// When the database fails.
pub async fn seen<E: Declared>(
    session: &WriteSession,
    violations: &mut Violations,
    field: &str,
    id: &ID,
) -> Result<Option<E::Model>, StoreError> {
    if let Some(id) = global_id::decode_as(E::PREFIX, id)
        && let Some(model) = session.visible::<E>(id).await?
    {
        return Ok(Some(model));
    }
    violations.extend(Refusal::not_found(field).0);
    Ok(None)
}

/// The same for an id that may be left out or null.
///
/// # Errors
/// When the database fails.
pub async fn seen_if_named<E: Declared>(
    session: &WriteSession,
    violations: &mut Violations,
    field: &str,
    id: Option<&ID>,
) -> Result<Option<E::Model>, StoreError> {
    match id {
        Some(id) => seen::<E>(session, violations, field, id).await,
        None => Ok(None),
    }
}

/// For a column that points to another object: its id when it was found, null for null, nothing when it was left out.
pub fn pointer<M, K>(
    named: &MaybeUndefined<ID>,
    found: Option<&M>,
    id: impl FnOnce(&M) -> K,
) -> ActiveValue<Option<K>>
where
    Option<K>: Into<sea_orm::Value>,
{
    match (named, found) {
        (MaybeUndefined::Null, _) => ActiveValue::Set(None),
        (MaybeUndefined::Value(_), Some(found)) => ActiveValue::Set(Some(id(found))),
        _ => ActiveValue::NotSet,
    }
}

/// The refusal with everything that was found wrong.
#[must_use]
pub fn refused(violations: Violations) -> WriteError<Refused> {
    Refusal(violations.into_iter().collect()).into()
}

/// The client knows the object as it is now.
///
/// # Errors
/// [`WriteError::Stale`] when it does not.
pub const fn fresh(expected_version: i32, version: i32) -> Result<(), WriteError<Refused>> {
    if expected_version == version {
        Ok(())
    } else {
        Err(WriteError::Stale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_stays_null_empties_and_a_value_is_checked() {
        let mut violations = Violations::default();
        let check = |text: &String| crate::domains::violation::optional_text("summary", Some(text), 3);
        let mut patch = |value| optional(&mut violations, &value, check);
        assert_eq!(patch(MaybeUndefined::Undefined), ActiveValue::NotSet);
        assert_eq!(patch(MaybeUndefined::Null), ActiveValue::Set(None));
        assert_eq!(
            patch(MaybeUndefined::Value(" ab ".into())),
            ActiveValue::Set(Some("ab".into()))
        );
        assert_eq!(patch(MaybeUndefined::Value("  ".into())), ActiveValue::Set(None));
        assert_eq!(patch(MaybeUndefined::Value("abcd".into())), ActiveValue::NotSet);
        assert_eq!(violations.into_result().unwrap_err().len(), 1);
    }

    #[test]
    fn what_cannot_be_empty_is_not_emptied() {
        let mut violations = Violations::default();
        let patch = required(&mut violations, "name", &MaybeUndefined::Null, |name: &String| {
            Ok(name.clone())
        });
        assert_eq!(patch, ActiveValue::NotSet);
        let found = violations.into_result().unwrap_err();
        assert_eq!(found[0].code, UserErrorCode::Required);
    }

    #[test]
    fn a_rule_looks_at_what_will_be() {
        assert_eq!(after(&ActiveValue::Set(2), 1), 2);
        assert_eq!(after(&ActiveValue::NotSet, 1), 1);
    }
}
