//! Sensitive values that do not leave by accident.

use std::fmt;

use sea_orm::sea_query::{self, ArrayType, ColumnType, Nullable, ValueType, ValueTypeErr};
use sea_orm::{ActiveValue, ColIdx, IntoActiveValue, QueryResult, TryGetError, TryGetable, Value};

/// Proof that a rule let the holder read a private value.
///
/// Only the `policy` room of the `api` crate implements this, on permits that nothing else can make.
pub trait PrivacyPermit {}

/// A sensitive column: it prints as `[private]`, cannot be serialised or displayed, and opens only against a permit.
///
/// The conversion into a database value is the one way out without a permit, because a row could not be written
/// otherwise; it belongs to the `store` room alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Private<T>(T);

impl<T> Private<T> {
    /// Wraps a value that was received or made; from here on it can only be stored or opened with a permit.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself, for a reader whom a rule has permitted.
    pub fn expose(&self, _permit: &impl PrivacyPermit) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[private]")
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Into<Value>> From<Private<T>> for Value {
    fn from(private: Private<T>) -> Self {
        private.0.into()
    }
}

impl<T: TryGetable> TryGetable for Private<T> {
    fn try_get_by<I: ColIdx>(row: &QueryResult, index: I) -> Result<Self, TryGetError> {
        T::try_get_by(row, index).map(Self)
    }
}

impl<T: ValueType> ValueType for Private<T> {
    fn try_from(value: Value) -> Result<Self, ValueTypeErr> {
        <T as ValueType>::try_from(value).map(Self)
    }

    fn type_name() -> String {
        T::type_name()
    }

    fn array_type() -> ArrayType {
        T::array_type()
    }

    fn column_type() -> ColumnType {
        T::column_type()
    }
}

impl<T: Nullable> Nullable for Private<T> {
    fn null() -> Value {
        T::null()
    }
}

impl<T> sea_query::postgres_array::NotU8 for Private<T> {}

impl<T: Into<Value> + Nullable> IntoActiveValue<Private<T>> for Private<T> {
    fn into_active_value(self) -> ActiveValue<Private<T>> {
        ActiveValue::Set(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Permitted;
    impl PrivacyPermit for Permitted {}

    #[test]
    fn a_private_value_does_not_print() {
        let email = Private::new("someone@example.org".to_owned());
        assert_eq!(format!("{email:?}"), "[private]");
        assert_eq!(format!("{:?}", Some(&email)), "Some([private])");
    }

    #[test]
    fn a_private_value_opens_with_a_permit() {
        let email = Private::new("someone@example.org".to_owned());
        assert_eq!(email.expose(&Permitted), "someone@example.org");
    }
}
