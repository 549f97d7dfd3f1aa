//! Rules that apollo-compiler does not check inside of values (GraphQL specification, 5.6.1, 5.6.3 and 5.8.5): an input object
//! names each field once, a variable in a list or an input object may stand where it stands, and the contract's own scalars
//! take what is written.

use apollo_compiler::{
    ExecutableDocument, Node,
    ast::{Type, Value, VariableDefinition},
    parser::SourceMap,
    schema::ExtendedType,
};

use super::{
    convert::constant,
    rejection::{Problem, Rejection, locate, one_line},
    schema::Contract,
    variables::QUOTED_CHARACTERS,
};
use crate::error::ErrorCode;

/// Refuses values of a document that is valid otherwise.
///
/// # Errors
/// `GRAPHQL_VALIDATION_FAILED`; `INVALID_ARGUMENT` when nothing is wrong but what a scalar of ours is given.
pub(super) fn check_input_values(
    document: &ExecutableDocument,
    contract: &Contract,
) -> Result<(), Rejection> {
    let mut found = Found::default();
    for operation in document.operations.iter() {
        let mut check = Check {
            contract,
            sources: &document.sources,
            variables: &operation.variables,
            path: String::new(),
            found: &mut found,
        };
        for variable in &operation.variables {
            if let Some(default) = &variable.default_value {
                check.path = format!("${}", variable.name);
                check.value(default, &variable.ty);
            }
        }
        for field in operation.all_fields(document) {
            for argument in &field.arguments {
                if let Some(defined) = field.definition.argument_by_name(&argument.name) {
                    check.path = argument.name.to_string();
                    check.value(&argument.value, &defined.ty);
                }
            }
        }
    }
    if !found.invalid.is_empty() {
        return Err(Rejection::several(
            ErrorCode::GraphqlValidationFailed,
            found.invalid,
        ));
    }
    if !found.unusable.is_empty() {
        return Err(Rejection::several(ErrorCode::InvalidArgument, found.unusable));
    }
    Ok(())
}

#[derive(Default)]
struct Found {
    /// What the specification forbids.
    invalid: Vec<Problem>,
    /// What a scalar does not take.
    unusable: Vec<Problem>,
}

struct Check<'document> {
    contract: &'document Contract,
    sources: &'document SourceMap,
    variables: &'document [Node<VariableDefinition>],
    /// Where the check is, such as `input.members[2].startsOn`.
    path: String,
    found: &'document mut Found,
}

impl Check<'_> {
    /// A value where a type is expected; a variable that is the whole value of an argument has been checked before.
    fn value(&mut self, value: &Node<Value>, ty: &Type) {
        let contract = self.contract;
        match &**value {
            Value::Variable(_) | Value::Null => {}
            Value::List(items) if ty.is_list() => {
                for (index, item) in items.iter().enumerate() {
                    self.part(&format!("[{index}]"), item, ty.item_type(), false);
                }
            }
            _ => match contract.schema().types.get(ty.inner_named_type()) {
                Some(ExtendedType::Scalar(scalar)) => {
                    self.scalar(value, &scalar.name);
                    self.object(value, ty);
                }
                _ => self.object(value, ty),
            },
        }
    }

    fn scalar(&mut self, value: &Node<Value>, name: &str) {
        let rules = self.contract.scalars();
        if rules.accepts(name, &constant(value)) {
            return;
        }
        let given = one_line(&value.to_string(), QUOTED_CHARACTERS);
        let message = format!(
            "Argument `{}` must be {}, but was {given}.",
            self.path,
            rules.takes(name)
        );
        let problem = Problem::new(message, locate(value.location(), self.sources));
        self.found.unusable.push(problem);
    }

    fn object(&mut self, value: &Node<Value>, ty: &Type) {
        let Value::Object(fields) = &**value else { return };
        let contract = self.contract;
        let input = match contract.schema().types.get(ty.inner_named_type()) {
            Some(ExtendedType::InputObject(input)) => Some(input),
            _ => None,
        };
        for (place, (name, field)) in fields.iter().enumerate() {
            if fields.iter().take(place).any(|(earlier, _)| earlier == name) {
                self.problem(format!("the input field `{name}` is given more than once"), field);
            }
            if let Some(defined) = input.and_then(|input| input.fields.get(name)) {
                let has_default = defined.default_value.is_some();
                self.part(&format!(".{name}"), field, &defined.ty, has_default);
            }
        }
    }

    /// An item of a list, or a field of an input object.
    fn part(&mut self, step: &str, value: &Node<Value>, ty: &Type, has_default: bool) {
        let Value::Variable(name) = &**value else {
            let length = self.path.len();
            self.path.push_str(step);
            self.value(value, ty);
            self.path.truncate(length);
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
        let problem = Problem::new(message, locate(at.location(), self.sources));
        self.found.invalid.push(problem);
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
    use super::super::{DocumentLimits, Documents, ScalarRule};
    use crate::error::ErrorCode;
    use crate::planner::Date;

    const SDL: &str = "
        type Query { node(ids: [ID!], by: By, order: Order! = {field: NAME}, on: Date): ID }
        scalar Date
        input By { name: String, size: Int! = 1, kinds: [Kind!], days: [Date!] }
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

    #[test]
    fn a_scalar_says_which_field_and_what_would_be_right() {
        let rule = ScalarRule::of::<Date>("a day such as 2026-03-01");
        let documents = Documents::with_scalars(SDL, DocumentLimits::default(), [rule]).unwrap();
        for (query, message) in [
            (
                r#"{ node(on: "tomorrow") }"#,
                r#"Argument `on` must be a day such as 2026-03-01, but was "tomorrow"."#,
            ),
            (
                r#"{ node(by: {days: ["2026-02-28", "2026-02-29"]}) }"#,
                r#"Argument `by.days[1]` must be a day such as 2026-03-01, but was "2026-02-29"."#,
            ),
            (
                "query ($a: Date = 7) { node(on: $a) }",
                "Argument `$a` must be a day such as 2026-03-01, but was 7.",
            ),
        ] {
            let refused = documents.prepare(query, None).map(|_| ()).unwrap_err();
            assert_eq!(refused.code, ErrorCode::InvalidArgument, "{query}");
            assert_eq!(refused.message(), message, "{query}");
        }
        let prepared = documents.prepare("query ($by: By) { node(by: $by, on: \"2026-02-28\") }", None);
        let given = serde_json::json!({ "by": { "days": ["2026-02-29"] } });
        let refused = prepared.unwrap().coerce_variables(given.as_object().unwrap());
        assert_eq!(
            refused.unwrap_err().message(),
            r#"Variable `$by.days[0]` must be a day such as 2026-03-01, but was "2026-02-29"."#
        );
    }
}
