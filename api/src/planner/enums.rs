//! The entities' closed lists as inputs and outputs of hand-written types.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, Name, OutputType, Positioned,
    ServerResult, Value,
};
use entity::Described;

use super::declare::EnumType;
use super::schema::enumeration;

/// A value of a closed list, with the same type in the schema as in the declared types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneOf<T>(pub T);

impl<T: Described> InputType for OneOf<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enumeration(registry, &EnumType::of::<T>());
        format!("{}!", T::NAME)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let name = match value.unwrap_or_default() {
            Value::Enum(name) => name.to_string(),
            Value::String(name) => name,
            other => return Err(InputValueError::expected_type(other)),
        };
        name.parse().map(Self).map_err(InputValueError::custom)
    }

    fn to_value(&self) -> Value {
        Value::Enum(Name::new(self.0.stored_name()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: Described> OutputType for OneOf<T> {
    fn type_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Self as InputType>::create_type_info(registry)
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(InputType::to_value(self))
    }
}
