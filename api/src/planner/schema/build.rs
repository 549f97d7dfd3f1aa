//! Parts of the schema, put together.

use async_graphql::indexmap::IndexMap;
use async_graphql::registry::{
    InputObjectBuilder, MetaEnumValue, MetaField, MetaInputValue, ObjectBuilder, Registry,
};

pub(super) fn enum_value((name, description): (&str, &str)) -> (String, MetaEnumValue) {
    let mut value = MetaEnumValue::new(name);
    value.description = Some(description.trim().into());
    (name.into(), value)
}

pub(super) fn add(registry: &mut Registry, name: &str, description: &str, fields: Vec<MetaField>) {
    let fields: IndexMap<_, _> = fields
        .into_iter()
        .map(|field| (field.name.clone(), field))
        .collect();
    let built = ObjectBuilder::new(name, fields)
        .description(Some(description.into()))
        .build();
    registry.types.insert(name.into(), built);
}

pub(super) fn add_input(registry: &mut Registry, name: &str, description: &str, fields: Vec<MetaInputValue>) {
    let fields: IndexMap<_, _> = fields
        .into_iter()
        .map(|field| (field.name.clone(), field))
        .collect();
    let built = InputObjectBuilder::new(name, fields)
        .description(Some(description.into()))
        .build();
    registry.types.insert(name.into(), built);
}

pub(in crate::planner) fn field(
    name: &str,
    ty: impl Into<String>,
    description: &str,
    args: Vec<MetaInputValue>,
) -> MetaField {
    let mut field = MetaField::new(name, ty);
    field.description = Some(description.trim().into());
    field.args = args
        .into_iter()
        .map(|argument| (argument.name.clone(), argument))
        .collect();
    field
}

pub(in crate::planner) fn input(name: &str, ty: impl Into<String>, description: &str) -> MetaInputValue {
    let mut input = MetaInputValue::new(name, ty);
    input.description = Some(description.trim().into());
    input
}
