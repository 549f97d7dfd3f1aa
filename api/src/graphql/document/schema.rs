//! Our own contract as apollo-compiler reads it, with the two things it lacks.

use std::collections::{HashMap, HashSet};

use apollo_compiler::{
    Name, Schema,
    ast::OperationType,
    schema::{ExtendedType, Type},
    validation::{Valid, WithErrors},
};

use super::scalars::ScalarRules;

/// Why our own contract cannot be used: a fault of ours, found at start.
#[derive(Debug, thiserror::Error)]
#[error("the schema does not pass validation: {0}")]
pub struct SchemaError(String);

/// The contract, and what is asked of it for every document.
#[derive(Debug)]
pub(super) struct Contract {
    schema: Valid<Schema>,
    /// The object types that each composite type may turn out to be; an object type is itself.
    possible: HashMap<Name, HashSet<Name>>,
    scalars: ScalarRules,
    /// What fields cost beyond the objects they yield, by type and name.
    weights: HashMap<(&'static str, &'static str), u32>,
}

impl Contract {
    pub(super) fn parse(sdl: &str, scalars: ScalarRules) -> Result<Self, SchemaError> {
        let mut builder = Schema::builder().parse(sdl, "schema.graphql");
        // Part of the specification since September 2025; apollo-compiler does not know it, and printers disagree on
        // whether to define it.
        if sdl.contains("@oneOf") && !sdl.contains("directive @oneOf") {
            builder = builder.parse("directive @oneOf on INPUT_OBJECT", "one_of.graphql");
        }
        let mut schema = builder.build().map_err(|found| SchemaError::from_found(&found))?;
        add_is_one_of(&mut schema);
        let schema = schema
            .validate()
            .map_err(|found| SchemaError::from_found(&found))?;
        let possible = possible_types(&schema);
        Ok(Self {
            schema,
            possible,
            scalars,
            weights: HashMap::new(),
        })
    }

    /// Fields that take work, by type and name, with what they cost.
    pub(super) fn weigh(&mut self, fields: impl IntoIterator<Item = (&'static str, &'static str, u32)>) {
        let weights = fields.into_iter().map(|(of, name, points)| ((of, name), points));
        self.weights.extend(weights);
    }

    /// What a field costs beyond the objects it yields, in points.
    pub(super) fn weight(&self, of: &str, name: &str) -> u32 {
        self.weights.get(&(of, name)).copied().unwrap_or_default()
    }

    /// What the scalars take.
    pub(super) const fn scalars(&self) -> &ScalarRules {
        &self.scalars
    }

    pub(super) fn schema(&self) -> &Valid<Schema> {
        &self.schema
    }

    /// Whether what is selected on `condition` may be selected on `parent` itself: every object of the one is of the other,
    /// and the fields are there. A union has none, not even those that all its members share.
    pub(super) fn may_flatten(&self, parent: &str, condition: &str) -> bool {
        if parent == condition {
            return true;
        }
        let types = &self.schema.types;
        let declared = self.schema.is_subtype(condition, parent);
        let nameless =
            matches!(types.get(condition), Some(ExtendedType::Union(_))) && self.always(parent, condition);
        declared || nameless
    }

    fn always(&self, parent: &str, condition: &str) -> bool {
        match (self.possible.get(parent), self.possible.get(condition)) {
            (Some(parents), Some(conditions)) => parents.is_subset(conditions),
            _ => false,
        }
    }

    /// Whether no object of type `parent` is of type `condition`.
    pub(super) fn never(&self, parent: &str, condition: &str) -> bool {
        match (self.possible.get(parent), self.possible.get(condition)) {
            (Some(parents), Some(conditions)) => parents.is_disjoint(conditions),
            _ => true,
        }
    }

    /// The object types of a union that objects of type `parent` may be, in the contract's order; `None` if it is no union.
    pub(super) fn shared_members(&self, parent: &str, union: &str) -> Option<Vec<&Name>> {
        let Some(ExtendedType::Union(union)) = self.schema.types.get(union) else {
            return None;
        };
        let parents = self.possible.get(parent)?;
        Some(
            union
                .members
                .iter()
                .map(|member| &member.name)
                .filter(|name| parents.contains(*name))
                .collect(),
        )
    }

    pub(super) fn is_object(&self, name: &str) -> bool {
        matches!(self.schema.types.get(name), Some(ExtendedType::Object(_)))
    }

    /// Whether fields of this type have fields of their own.
    pub(super) fn is_composite(&self, name: &str) -> bool {
        self.possible.contains_key(name)
    }

    pub(super) fn is_mutation_root(&self, name: &str) -> bool {
        self.schema
            .root_operation(OperationType::Mutation)
            .is_some_and(|root| root == name)
    }
}

impl SchemaError {
    fn from_found<T>(found: &WithErrors<T>) -> Self {
        let found: Vec<_> = found.errors.iter().map(|one| one.to_json().message).collect();
        Self(found.join("; "))
    }
}

/// apollo-compiler's introspection types are those of 2021: `isOneOf`, which current tools ask for in their
/// introspection document, is missing and would be refused.
fn add_is_one_of(schema: &mut Schema) {
    let Some(ExtendedType::Object(object)) = schema.types.get_mut("__Type") else {
        return;
    };
    let fields = &mut object.make_mut().fields;
    let Some(mut field) = fields.get("specifiedByURL").cloned() else {
        return;
    };
    let name = Name::new_unchecked("isOneOf");
    let definition = field.make_mut();
    definition.name = name.clone();
    definition.description = None;
    definition.ty = Type::Named(Name::new_unchecked("Boolean"));
    fields.entry(name).or_insert(field);
}

fn possible_types(schema: &Schema) -> HashMap<Name, HashSet<Name>> {
    let mut possible = HashMap::<Name, HashSet<Name>>::new();
    for (name, definition) in &schema.types {
        match definition {
            ExtendedType::Object(object) => {
                possible.entry(name.clone()).or_default().insert(name.clone());
                for interface in &object.implements_interfaces {
                    possible
                        .entry(interface.name.clone())
                        .or_default()
                        .insert(name.clone());
                }
            }
            ExtendedType::Union(union) => {
                let members = union.members.iter().map(|member| member.name.clone());
                possible.entry(name.clone()).or_default().extend(members);
            }
            ExtendedType::Interface(_) => {
                possible.entry(name.clone()).or_default();
            }
            ExtendedType::Scalar(_) | ExtendedType::Enum(_) | ExtendedType::InputObject(_) => {}
        }
    }
    possible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_schema_is_named() {
        let broken = Contract::parse("type Query { a: Missing }", ScalarRules::default()).unwrap_err();
        assert!(broken.to_string().contains("Missing"), "{broken}");
    }

    #[test]
    fn one_of_is_known_whether_or_not_it_is_defined() {
        let sdl = "type Query { a(by: By): Int } input By @oneOf { id: ID }";
        Contract::parse(sdl, ScalarRules::default()).unwrap();
        Contract::parse(
            &format!("{sdl} directive @oneOf on INPUT_OBJECT"),
            ScalarRules::default(),
        )
        .unwrap();
    }

    #[test]
    fn types_relate_by_the_objects_they_may_be_and_their_fields() {
        let contract = Contract::parse(
            "type Query { a: A } interface Node { id: ID } interface Named implements Node { id: ID } \
             type A implements Node { id: ID } type B { id: ID } type C implements Node & Named { id: ID } \
             union AB = A | B union OnlyA = A",
            ScalarRules::default(),
        )
        .unwrap();
        for (parent, condition) in [
            ("A", "A"),
            ("A", "Node"),
            ("A", "AB"),
            ("Named", "Node"),
            ("OnlyA", "AB"),
        ] {
            assert!(contract.may_flatten(parent, condition), "{parent} {condition}");
        }
        for (parent, condition) in [
            ("AB", "Node"),
            ("OnlyA", "Node"),
            ("OnlyA", "A"),
            ("Node", "A"),
            ("Node", "Named"),
        ] {
            assert!(!contract.may_flatten(parent, condition), "{parent} {condition}");
        }
        assert!(contract.never("B", "Node") && !contract.never("AB", "Node"));
    }
}
