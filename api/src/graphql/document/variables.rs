//! From a request's JSON variables to values of the declared types (`CoerceVariableValues()`, GraphQL specification,
//! section 6.1.2).
//!
//! apollo-compiler has this, too, but stops at the first problem and names the type instead of the place; people fix forms
//! field by field, so all problems are reported at once, each with its path. A test holds both to the same verdicts.

use apollo_compiler::{
    Node,
    ast::Type,
    executable::VariableDefinition,
    schema::{EnumType, ExtendedType, InputObjectType},
};
use async_graphql::{Name, Value, Variables};
use serde_json::{Map, Value as Json};

use super::{
    convert::constant,
    rejection::{Problem, Rejection, one_line},
    schema::Contract,
};
use crate::error::ErrorCode;

/// The longest given value quoted in a message, in characters.
pub(super) const QUOTED_CHARACTERS: usize = 40;
/// The most names listed in a message.
const LISTED_NAMES: usize = 12;

/// Coerces the variables of an operation. An omitted variable without default stays absent; one that is null is null.
///
/// # Errors
/// `VARIABLES_INVALID` with every problem, each naming the variable, the path in it, and what would be right.
pub(super) fn coerce(
    contract: &Contract,
    declared: &[Node<VariableDefinition>],
    conditions: &[Name],
    given: &Map<String, Json>,
) -> Result<Variables, Rejection> {
    let mut coercer = Coercer {
        contract,
        path: String::new(),
        problems: Vec::new(),
    };
    let mut variables = Variables::default();
    for variable in declared {
        let name = Name::new(variable.name.as_str());
        coercer.path = format!("${name}");
        let value = match given.get(name.as_str()) {
            Some(value) => Some(coercer.value(&variable.ty, value)),
            None => variable.default_value.as_ref().map(|default| constant(default)),
        };
        if value.is_none() && variable.ty.is_non_null() {
            let wanted = coercer.describe(&variable.ty);
            coercer.problem(format!("is required: give it {wanted}"));
        }
        // A nullable variable with a default may stand where a Boolean! is wanted, and an explicit null then reaches it.
        if matches!(value, Some(Value::Null)) && conditions.contains(&name) {
            coercer.problem("decides what is skipped or included: give it true or false");
        }
        if let Some(value) = value {
            variables.insert(name, value);
        }
    }
    if coercer.problems.is_empty() {
        return Ok(variables);
    }
    Err(Rejection::several(ErrorCode::VariablesInvalid, coercer.problems))
}

struct Coercer<'contract> {
    contract: &'contract Contract,
    /// Where the coercion is, such as `$input.members[2].name`.
    path: String,
    problems: Vec<Problem>,
}

impl Coercer<'_> {
    fn value(&mut self, wanted: &Type, given: &Json) -> Value {
        if given.is_null() {
            if wanted.is_non_null() {
                let wanted = self.describe(wanted);
                self.problem(format!("must not be null: give it {wanted}"));
            }
            return Value::Null;
        }
        match wanted {
            Type::List(item) | Type::NonNullList(item) => match given {
                Json::Array(items) => {
                    let items = items.iter().enumerate();
                    Value::List(
                        items
                            .map(|(index, given)| {
                                self.within(&format!("[{index}]"), |it| it.value(item, given))
                            })
                            .collect(),
                    )
                }
                // One value where a list is wanted is a list of one.
                one => Value::List(vec![self.value(item, one)]),
            },
            Type::Named(name) | Type::NonNullNamed(name) => match self.contract.schema().types.get(name) {
                Some(ExtendedType::Enum(definition)) => self.enumeration(definition, given),
                Some(ExtendedType::InputObject(definition)) => self.input_object(definition, given),
                _ => self.scalar(name, given),
            },
        }
    }

    fn scalar(&mut self, name: &str, given: &Json) -> Value {
        let fits = match name {
            "Int" => given.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "Float" => given.is_number(),
            "String" => given.is_string(),
            "Boolean" => given.is_boolean(),
            "ID" => given.is_string() || given.is_i64() || given.is_u64(),
            _ => true,
        };
        if has_null_character(given) {
            self.problem("has the character U+0000, which cannot be stored");
            return Value::Null;
        }
        if fits
            && let Ok(value) = Value::from_json(given.clone())
            && self.contract.scalars().accepts(name, &value)
        {
            return value;
        }
        let wanted = self.contract.scalars().takes(name);
        self.wrong(&wanted, given)
    }

    fn enumeration(&mut self, definition: &EnumType, given: &Json) -> Value {
        match given.as_str() {
            Some(name) if definition.values.contains_key(name) => Value::Enum(Name::new(name)),
            _ => {
                let wanted = format!("one of {}", names(definition.values.keys()));
                self.wrong(&wanted, given)
            }
        }
    }

    fn input_object(&mut self, definition: &InputObjectType, given: &Json) -> Value {
        let Json::Object(given) = given else {
            let wanted = format!("an object with the fields of {}", definition.name);
            return self.wrong(&wanted, given);
        };
        for unknown in given
            .keys()
            .filter(|key| !definition.fields.contains_key(key.as_str()))
        {
            let known = names(definition.fields.keys());
            let unknown = one_line(unknown, QUOTED_CHARACTERS);
            self.problem(format!(
                "has no field `{unknown}`: {} has {known}",
                definition.name
            ));
        }
        let mut fields = async_graphql::indexmap::IndexMap::new();
        for (name, field) in &definition.fields {
            let value = match given.get(name.as_str()) {
                Some(value) => self.within(&format!(".{name}"), |it| it.value(&field.ty, value)),
                None => match &field.default_value {
                    Some(default) => constant(default),
                    None if field.ty.is_non_null() => {
                        let wanted = self.describe(&field.ty);
                        self.within(&format!(".{name}"), |it| {
                            it.problem(format!("is required: give it {wanted}"));
                        });
                        continue;
                    }
                    None => continue,
                },
            };
            fields.insert(Name::new(name.as_str()), value);
        }
        if definition.directives.has("oneOf")
            && !matches!(fields.values().collect::<Vec<_>>()[..], [only] if *only != Value::Null)
        {
            self.problem(format!(
                "must have exactly one of {}, and not null",
                names(definition.fields.keys())
            ));
        }
        Value::Object(fields)
    }

    fn within<T>(&mut self, step: &str, inner: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.path.len();
        self.path.push_str(step);
        let result = inner(self);
        self.path.truncate(length);
        result
    }

    fn wrong(&mut self, wanted: &str, given: &Json) -> Value {
        let given = one_line(&given.to_string(), QUOTED_CHARACTERS);
        self.problem(format!("must be {wanted}, but was {given}"));
        Value::Null
    }

    fn problem(&mut self, what: impl AsRef<str>) {
        self.problems.push(Problem::new(
            format!("Variable `{}` {}.", self.path, what.as_ref()),
            None,
        ));
    }

    fn describe(&self, wanted: &Type) -> String {
        match wanted {
            Type::List(item) | Type::NonNullList(item) => format!("a list of {}", item.inner_named_type()),
            Type::Named(name) | Type::NonNullNamed(name) => match self.contract.schema().types.get(name) {
                Some(ExtendedType::Enum(definition)) => format!("one of {}", names(definition.values.keys())),
                Some(ExtendedType::InputObject(_)) => format!("an object with the fields of {name}"),
                _ => self.contract.scalars().takes(name),
            },
        }
    }
}

/// In a text, or anywhere in the JSON of a custom scalar.
fn has_null_character(given: &Json) -> bool {
    match given {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_null_character),
        Json::Object(fields) => fields
            .iter()
            .any(|(name, field)| name.contains('\0') || has_null_character(field)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

fn names<'name>(names: impl ExactSizeIterator<Item = &'name apollo_compiler::Name>) -> String {
    let beyond = names.len().saturating_sub(LISTED_NAMES);
    let listed: Vec<_> = names
        .take(LISTED_NAMES)
        .map(apollo_compiler::Name::as_str)
        .collect();
    let listed = listed.join(", ");
    if beyond > 0 {
        format!("{listed} and {beyond} more")
    } else {
        listed
    }
}

#[cfg(test)]
mod tests {
    use apollo_compiler::{ExecutableDocument, request::coerce_variable_values};
    use serde_json::json;

    use super::*;
    use crate::graphql::document::scalars::ScalarRules;

    const SDL: &str = "
        type Query { a(i: Int, b: BoardInput, by: By, f: Float): Int }
        scalar Date
        enum Status { DRAFT OPEN }
        input BoardInput { name: String!, seats: Int = 5, status: Status, members: [MemberInput!], on: Date, note: String }
        input MemberInput { id: ID!, chair: Boolean! = false }
        input By @oneOf { id: ID, name: String }";

    fn coerced(declared: &str, given: Json) -> Result<Json, Vec<String>> {
        let contract = Contract::parse(SDL, ScalarRules::default()).unwrap();
        let text = format!("query ({declared}) {{ a }}");
        let document = ExecutableDocument::parse(contract.schema(), &text, "").unwrap();
        let declared = document.operations.anonymous.as_ref().unwrap();
        let Json::Object(given) = given else {
            panic!("variables are an object")
        };
        let ours = coerce(&contract, &declared.variables, &[], &given);
        let theirs = serde_json::from_value(Json::Object(given)).unwrap();
        let theirs = coerce_variable_values(contract.schema(), declared, &theirs);
        if !text.contains("By") {
            assert_eq!(ours.is_ok(), theirs.is_ok(), "{ours:?} {theirs:?}");
        }
        if let (Ok(ours), Ok(theirs)) = (&ours, theirs) {
            assert_eq!(
                serde_json::to_value(ours).unwrap(),
                serde_json::to_value(theirs.into_inner()).unwrap()
            );
        }
        ours.map(|ours| serde_json::to_value(ours).unwrap())
            .map_err(|refused| {
                refused
                    .problems
                    .into_iter()
                    .map(|problem| problem.message)
                    .collect()
            })
    }

    #[test]
    fn omitted_is_absent_and_null_is_null() {
        assert_eq!(coerced("$i: Int", json!({})), Ok(json!({})));
        assert_eq!(coerced("$i: Int", json!({"i": null})), Ok(json!({"i": null})));
        assert_eq!(coerced("$i: Int = 3", json!({})), Ok(json!({"i": 3})));
        assert_eq!(coerced("$i: Int = 3", json!({"i": null})), Ok(json!({"i": null})));
        let given = json!({"b": {"name": "n", "note": null}});
        assert_eq!(
            coerced("$b: BoardInput", given),
            Ok(json!({"b": {"name": "n", "note": null, "seats": 5}}))
        );
    }

    #[test]
    fn undeclared_variables_are_dropped() {
        assert_eq!(coerced("$i: Int", json!({"j": 1})), Ok(json!({})));
    }

    #[test]
    fn one_value_is_a_list_of_one() {
        assert_eq!(coerced("$i: [[Int]]", json!({"i": 1})), Ok(json!({"i": [[1]]})));
    }

    #[test]
    fn scalars_take_what_the_specification_says() {
        for (name, good, bad) in [
            (
                "Int",
                vec![json!(1), json!(-2_147_483_648)],
                vec![json!(1.5), json!("1"), json!(2_147_483_648_i64), json!(true)],
            ),
            (
                "Float",
                vec![json!(1), json!(1.5)],
                vec![json!("1.5"), json!([1.5, "a"])],
            ),
            ("String", vec![json!("a")], vec![json!(1), json!({})]),
            ("Boolean", vec![json!(true)], vec![json!("true"), json!(0)]),
            ("ID", vec![json!("a"), json!(1)], vec![json!(1.5), json!(true)]),
            ("Date", vec![json!("2026-01-01"), json!({"any": [1]})], vec![]),
            ("Status", vec![json!("OPEN")], vec![json!("open"), json!(1)]),
        ] {
            for value in good {
                assert_eq!(
                    coerced(&format!("$v: {name}!"), json!({"v": value})),
                    Ok(json!({"v": value}))
                );
            }
            for value in bad {
                assert!(
                    coerced(&format!("$v: {name}"), json!({"v": value})).is_err(),
                    "{name} {value}"
                );
            }
        }
    }

    #[test]
    fn every_problem_is_named_with_its_path_and_what_would_be_right() {
        let given = json!({
            "b": {"nam": "x", "seats": "ten", "status": "SHUT", "members": [{"id": "1"}, {"chair": null}]},
            "i": 1.5,
        });
        assert_eq!(
            coerced("$b: BoardInput!, $i: Int, $id: ID!", given).unwrap_err(),
            [
                "Variable `$b` has no field `nam`: BoardInput has name, seats, status, members, on, note.",
                "Variable `$b.name` is required: give it a text.",
                "Variable `$b.seats` must be a whole number between -2147483648 and 2147483647, but was \"ten\".",
                "Variable `$b.status` must be one of DRAFT, OPEN, but was \"SHUT\".",
                "Variable `$b.members[1].id` is required: give it an ID, which is a text.",
                "Variable `$b.members[1].chair` must not be null: give it true or false.",
                "Variable `$i` must be a whole number between -2147483648 and 2147483647, but was 1.5.",
                "Variable `$id` is required: give it an ID, which is a text.",
            ]
        );
    }

    #[test]
    fn the_null_character_is_refused_wherever_it_is() {
        let contract = Contract::parse(SDL, ScalarRules::default()).unwrap();
        let document = ExecutableDocument::parse(contract.schema(), "query ($d: Date) { a }", "").unwrap();
        let declared = &document.operations.anonymous.as_ref().unwrap().variables;
        for given in [json!("a\u{0}b"), json!([{"a": "\u{0}"}]), json!({"\u{0}": 1})] {
            let given = json!({ "d": given });
            let refused = coerce(&contract, declared, &[], given.as_object().unwrap()).unwrap_err();
            assert_eq!(
                refused.message(),
                "Variable `$d` has the character U+0000, which cannot be stored."
            );
        }
    }

    #[test]
    fn one_of_takes_exactly_one() {
        assert_eq!(
            coerced("$by: By", json!({"by": {"id": "1"}})),
            Ok(json!({"by": {"id": "1"}}))
        );
        for given in [
            json!({}),
            json!({"id": null}),
            json!({"id": "1", "name": "n"}),
            json!({"id": "1", "name": null}),
        ] {
            assert!(coerced("$by: By", json!({"by": given})).is_err(), "{given}");
        }
    }
}
