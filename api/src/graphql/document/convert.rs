//! From apollo-compiler's syntax tree to async-graphql's.

use apollo_compiler::{
    Name as SourceName, Node,
    ast::{Argument, Directive as SourceDirective, Type as SourceType, Value as SourceValue},
    executable::VariableDefinition as SourceVariable,
    parser::SourceMap,
};
use async_graphql::{
    Name, Pos, Positioned, Value as ConstValue,
    parser::types::{Directive, Type, VariableDefinition},
};
use async_graphql_value::{Number, Value};

use super::rejection::locate;

/// A converter that knows where each node was written.
pub(super) struct Converter<'document> {
    pub(super) sources: &'document SourceMap,
}

impl Converter<'_> {
    pub(super) fn name(&self, name: &SourceName) -> Positioned<Name> {
        let place = locate(name.location(), self.sources).unwrap_or_default();
        Positioned::new(Name::new(name.as_str()), place)
    }

    pub(super) fn place<T>(&self, node: &Node<T>) -> Pos {
        locate(node.location(), self.sources).unwrap_or_default()
    }

    pub(super) fn arguments(
        &self,
        arguments: &[Node<Argument>],
    ) -> Vec<(Positioned<Name>, Positioned<Value>)> {
        arguments
            .iter()
            .map(|argument| {
                let place = self.place(&argument.value);
                (
                    self.name(&argument.name),
                    Positioned::new(value(&argument.value), place),
                )
            })
            .collect()
    }

    pub(super) fn directive(&self, directive: &Node<SourceDirective>) -> Positioned<Directive> {
        let converted = Directive {
            name: self.name(&directive.name),
            arguments: self.arguments(&directive.arguments),
        };
        Positioned::new(converted, self.place(directive))
    }

    pub(super) fn variable(&self, variable: &Node<SourceVariable>) -> Option<Positioned<VariableDefinition>> {
        let place = self.place(variable);
        let definition = VariableDefinition {
            name: self.name(&variable.name),
            var_type: Positioned::new(type_reference(&variable.ty)?, place),
            directives: Vec::new(),
            default_value: variable
                .default_value
                .as_ref()
                .map(|default| Positioned::new(constant(default), self.place(default))),
        };
        Some(Positioned::new(definition, place))
    }
}

fn type_reference(reference: &SourceType) -> Option<Type> {
    Type::new(&reference.to_string())
}

/// A literal, in which variables stay variables.
pub(super) fn value(source: &SourceValue) -> Value {
    match source {
        SourceValue::Null => Value::Null,
        SourceValue::Enum(name) => Value::Enum(Name::new(name.as_str())),
        SourceValue::Variable(name) => Value::Variable(Name::new(name.as_str())),
        SourceValue::String(text) => Value::String(text.clone()),
        SourceValue::Float(number) => self::number(number.as_str()).map_or(Value::Null, Value::Number),
        SourceValue::Int(number) => self::number(number.as_str()).map_or(Value::Null, Value::Number),
        SourceValue::Boolean(truth) => Value::Boolean(*truth),
        SourceValue::List(items) => Value::List(items.iter().map(|item| value(item)).collect()),
        SourceValue::Object(fields) => Value::Object(
            fields
                .iter()
                .map(|(name, field)| (Name::new(name.as_str()), value(field)))
                .collect(),
        ),
    }
}

/// A literal without variables, such as a default.
pub(super) fn constant(source: &SourceValue) -> ConstValue {
    value(source).into_const().unwrap_or_default()
}

/// `None` for a number that no type of ours could hold, such as `1e999`; validation has refused it before, unless it is
/// of a scalar that apollo-compiler does not know.
fn number(text: &str) -> Option<Number> {
    serde_json::from_str(text).ok()
}
