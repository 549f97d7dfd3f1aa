//! Two rules that apollo-compiler does not check inside of values (GraphQL specification, 5.6.3 and 5.8.5): an input object
//! names each field once, and a variable in a list or an input object may stand where it stands.

use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    ast::{Type, Value, VariableDefinition},
    parser::SourceMap,
    schema::ExtendedType,
};

use super::rejection::{Problem, locate};

/// What is wrong with the values of a document that is valid otherwise.
pub(super) fn input_value_problems(document: &ExecutableDocument, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for operation in document.operations.iter() {
        let mut check = Check {
            schema,
            sources: &document.sources,
            variables: &operation.variables,
            problems: &mut problems,
        };
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                check.value(default, &variable.ty);
            }
        }
        for field in operation.all_fields(document) {
            for argument in &field.arguments {
                if let Some(defined) = field.definition.argument_by_name(&argument.name) {
                    check.value(&argument.value, &defined.ty);
                }
            }
        }
    }
    problems
}

struct Check<'document> {
    schema: &'document Schema,
    sources: &'document SourceMap,
    variables: &'document [Node<VariableDefinition>],
    problems: &'document mut Vec<Problem>,
}

impl Check<'_> {
    /// A value where a type is expected; a variable that is the whole value of an argument has been checked before.
    fn value(&mut self, value: &Node<Value>, ty: &Type) {
        match &**value {
            Value::List(items) => {
                // A custom scalar takes a list, too.
                let item_type = if ty.is_list() { ty.item_type() } else { ty };
                for item in items {
                    self.part(item, item_type, false);
                }
            }
            Value::Object(_) => self.object(value, ty),
            _ => {}
        }
    }

    fn object(&mut self, value: &Node<Value>, ty: &Type) {
        let Value::Object(fields) = &**value else { return };
        let schema = self.schema;
        let input = match schema.types.get(ty.inner_named_type()) {
            Some(ExtendedType::InputObject(input)) => Some(input),
            _ => None,
        };
        for (place, (name, field)) in fields.iter().enumerate() {
            if fields.iter().take(place).any(|(earlier, _)| earlier == name) {
                self.problem(format!("the input field `{name}` is given more than once"), field);
            }
            if let Some(defined) = input.and_then(|input| input.fields.get(name)) {
                self.part(field, &defined.ty, defined.default_value.is_some());
            }
        }
    }

    /// An item of a list, or a field of an input object.
    fn part(&mut self, value: &Node<Value>, ty: &Type, has_default: bool) {
        let Value::Variable(name) = &**value else {
            self.value(value, ty);
            return;
        };
        let variables = self.variables;
        let Some(variable) = variables.iter().find(|variable| variable.name == *name) else {
            return;
        };
        if !is_allowed(variable, ty, has_default) {
            let message = format!(
                "the variable `${name}` of type `{}` cannot be used where `{ty}` is expected",
                variable.ty
            );
            self.problem(message, value);
        }
    }

    fn problem(&mut self, message: String, at: &Node<Value>) {
        self.problems
            .push(Problem::new(message, locate(at.location(), self.sources)));
    }
}

/// `IsVariableUsageAllowed()`, GraphQL specification, 5.8.5.
fn is_allowed(variable: &VariableDefinition, ty: &Type, has_default: bool) -> bool {
    let is_never_null = variable
        .default_value
        .as_ref()
        .is_some_and(|default| !default.is_null());
    if has_default || is_never_null {
        variable.ty.is_assignable_to(&ty.clone().nullable())
    } else {
        variable.ty.is_assignable_to(ty)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DocumentLimits, Documents};

    const SDL: &str = "
        type Query { node(ids: [ID!], by: By, order: Order! = {field: NAME}): ID }
        input By { name: String, size: Int! = 1, kinds: [Kind!] }
        input Order { field: Kind! }
        enum Kind { NAME SIZE }
    ";

    fn refused(query: &str) -> Option<String> {
        let documents = Documents::new(SDL, DocumentLimits::default()).unwrap();
        let refused = documents.prepare(query, None).map(|_| ()).err()?;
        Some(refused.message().to_owned())
    }

    #[test]
    fn an_input_field_is_given_once() {
        for query in [
            r#"{ node(by: {name: "a", name: "b"}) }"#,
            r#"query ($by: By = {name: "a", name: "b"}) { node(by: $by) }"#,
        ] {
            let message = refused(query).unwrap();
            assert_eq!(
                message, "the input field `name` is given more than once",
                "{query}"
            );
        }
        assert_eq!(refused(r#"{ node(by: {name: "a", size: 2}) }"#), None);
    }

    #[test]
    fn a_variable_inside_a_value_has_the_type_of_its_place() {
        for query in [
            "query ($a: ID) { node(ids: [$a]) }",
            "query ($a: [ID!]) { node(ids: [$a]) }",
            "query ($a: Kind) { node(order: {field: $a}) }",
            "query ($a: [Kind]) { node(by: {kinds: $a}) }",
            "query ($a: Kind) { ...F } fragment F on Query { node(by: {kinds: [$a]}) }",
        ] {
            let message = refused(query).unwrap();
            assert!(
                message.starts_with("the variable `$a` of type"),
                "{query}: {message}"
            );
        }
    }

    #[test]
    fn a_default_makes_a_variable_fit() {
        for query in [
            "query ($a: ID!) { node(ids: [$a]) }",
            r#"query ($a: ID = "x") { node(ids: [$a]) }"#,
            "query ($a: Int) { node(by: {size: $a}) }",
            "query ($a: [Kind!]!) { node(by: {kinds: $a}) }",
        ] {
            assert_eq!(refused(query), None, "{query}");
        }
    }
}
