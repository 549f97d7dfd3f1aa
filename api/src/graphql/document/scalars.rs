//! What the contract's own scalars take. Checked before execution, so that a client is told the place and what would be
//! right, and all of it at once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use async_graphql::{InputType, ScalarType, Value};

/// A scalar of the contract, and what it takes.
#[derive(Clone)]
pub struct ScalarRule {
    name: Cow<'static, str>,
    takes: &'static str,
    accepts: fn(&Value) -> bool,
}

impl ScalarRule {
    /// The rule of a scalar; `takes` completes the sentence "it must be …".
    #[must_use]
    pub fn of<S: ScalarType + InputType>(takes: &'static str) -> Self {
        Self {
            name: S::type_name(),
            takes,
            accepts: |value| <S as ScalarType>::parse(value.clone()).is_ok(),
        }
    }

    /// The scalar's name in the contract.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl fmt::Debug for ScalarRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.name, self.takes)
    }
}

/// The rules by scalar. A scalar without one takes anything.
#[derive(Debug, Default)]
pub(super) struct ScalarRules(HashMap<Cow<'static, str>, ScalarRule>);

impl ScalarRules {
    pub(super) fn accepts(&self, name: &str, value: &Value) -> bool {
        self.0.get(name).is_none_or(|rule| (rule.accepts)(value))
    }

    /// What a scalar takes, the specification's own among them.
    pub(super) fn takes(&self, name: &str) -> String {
        match name {
            "Int" => "a whole number between -2147483648 and 2147483647".to_owned(),
            "Float" => "a number".to_owned(),
            "String" => "a text".to_owned(),
            "Boolean" => "true or false".to_owned(),
            "ID" => "an ID, which is a text".to_owned(),
            custom => match self.0.get(custom) {
                Some(rule) => rule.takes.to_owned(),
                None => format!("a value of type {custom}"),
            },
        }
    }
}

impl FromIterator<ScalarRule> for ScalarRules {
    fn from_iter<I: IntoIterator<Item = ScalarRule>>(rules: I) -> Self {
        Self(rules.into_iter().map(|rule| (rule.name.clone(), rule)).collect())
    }
}
