//! Queries generated from the contract: everything that can be asked of a type.

use std::fmt::Write;
use std::sync::LazyLock;

use apollo_compiler::Schema;
use apollo_compiler::ast::{FieldDefinition, Type};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use roundtable_api::graphql;

/// The contract as a schema.
pub fn schema() -> &'static Valid<Schema> {
    static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
        let text = graphql::sdl(&graphql::build());
        Schema::parse_and_validate(text, "schema.graphql").unwrap_or_else(|errors| panic!("{errors}"))
    });
    &SCHEMA
}

/// The fields of an object or interface type; none for any other.
pub fn fields(of: &str) -> impl Iterator<Item = &'static FieldDefinition> {
    let fields = match schema().types.get(of) {
        Some(ExtendedType::Object(object)) => Some(&object.fields),
        Some(ExtendedType::Interface(interface)) => Some(&interface.fields),
        _ => None,
    };
    fields.into_iter().flatten().map(|(_, field)| &***field)
}

/// The fields of `Query`.
pub fn queries() -> impl Iterator<Item = &'static FieldDefinition> {
    fields("Query")
}

/// The fields of `Mutation`.
pub fn mutations() -> impl Iterator<Item = &'static FieldDefinition> {
    fields("Mutation")
}

/// The fields of an input type, by name.
pub fn input_fields(of: &str) -> Vec<&'static str> {
    match schema().types.get(of) {
        Some(ExtendedType::InputObject(input)) => input.fields.keys().map(|name| name.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a type is an object with a global id.
pub fn is_node(of: &str) -> bool {
    matches!(schema().types.get(of), Some(ExtendedType::Object(object))
        if object.implements_interfaces.iter().any(|name| name.as_str() == "Node"))
}

/// Whether a field is a list of pages. What has to be told what to look for is none: it lists what was found.
pub fn is_connection(field: &FieldDefinition) -> bool {
    field.ty.inner_named_type().ends_with("Connection") && required(field).is_empty()
}

/// The names of the arguments without which a field cannot be asked.
pub fn required(field: &FieldDefinition) -> Vec<&str> {
    let required = field.arguments.iter().filter(|argument| argument.is_required());
    required.map(|argument| argument.name.as_str()).collect()
}

/// Everything that can be asked of an object, in braces: its own values, groups of them, and its neighbours so many
/// edges away. Lists are asked for `rows` rows.
pub fn everything(of: &str, edges: u32, rows: u32) -> String {
    let mut text = String::from("{ __typename");
    for field in fields(of).filter(|field| required(field).is_empty()) {
        let target = field.ty.inner_named_type().as_str();
        let is_composite = matches!(
            schema().types.get(target),
            Some(ExtendedType::Object(_) | ExtendedType::Interface(_) | ExtendedType::Union(_))
        );
        if !is_composite {
            let _ = write!(text, " {}", field.name);
        } else if is_connection(field) {
            if edges > 0 {
                let _ = write!(text, " {}{}", field.name, connection(target, edges - 1, rows));
            }
        } else if is_node(target) {
            if edges > 0 {
                let _ = write!(text, " {} {}", field.name, everything(target, edges - 1, rows));
            }
        } else {
            let _ = write!(text, " {} {}", field.name, everything(target, edges, rows));
        }
    }
    text.push_str(" }");
    text
}

/// The arguments and the selection of a list, with everything of its entries.
pub fn connection(of: &str, edges: u32, rows: u32) -> String {
    let entry = of.trim_end_matches("Connection");
    format!(
        "(first: {rows}) {{ totalCount pageInfo {{ startCursor endCursor hasNextPage hasPreviousPage }} edges {{ cursor }} \
         nodes {} }}",
        everything(entry, edges, rows)
    )
}

/// A type as it is written, such as `[ID!]!`.
pub fn spelled(ty: &Type) -> String {
    ty.to_string()
}
