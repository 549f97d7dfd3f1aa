//! The scalars of the schema beyond GraphQL's own.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{NaiveDate, SecondsFormat, Utc};

/// An instant in UTC, such as `2026-03-01T09:30:00Z` (RFC 3339). Other offsets are accepted and converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateTime(pub chrono::DateTime<Utc>);

/// An instant in UTC, such as `2026-03-01T09:30:00Z` (RFC 3339). Other offsets are accepted and converted.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        chrono::DateTime::parse_from_rfc3339(text)
            .map(|at| Self(at.with_timezone(&Utc)))
            .map_err(|_| InputValueError::custom("is not an instant such as 2026-03-01T09:30:00Z"))
    }

    fn to_value(&self) -> Value {
        self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true).into()
    }
}

/// An exact decimal as a text, such as `"19.1"` or `"-0.5"`: digits, and up to six places after a full stop. No thousands'
/// separators, no exponent. In inputs, a whole number may stand without quotes; others may
/// not, because programs round them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub entity::decimal::Decimal);

/// An exact decimal as a text, such as `"19.1"` or `"-0.5"`: digits, and up to six places after a full stop. No thousands'
/// separators, no exponent. In inputs, a whole number may stand without quotes; others may
/// not, because programs round them.
#[Scalar(name = "Decimal")]
impl ScalarType for Decimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(number) if number.is_i64() => number.to_string(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        text.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        self.0.to_string().into()
    }
}

/// A calendar day, such as `2026-03-01` (RFC 3339 full-date).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub NaiveDate);

/// A calendar day, such as `2026-03-01` (RFC 3339 full-date).
#[Scalar(
    name = "Date",
    specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(on) if text.len() == 10 => Ok(Self(on)),
            _ => Err(InputValueError::custom("is not a day such as 2026-03-01")),
        }
    }

    fn to_value(&self) -> Value {
        self.0.to_string().into()
    }
}
