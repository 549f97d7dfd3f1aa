//! How large a document is once its fragments are written out, without writing them out.
//!
//! Thirty fragments that each spread the next one twice are a short text and a thousand million selections; checks that
//! walk them one by one never end. Each fragment is measured once and its measure is reused, so the time is linear in the
//! text, whatever the text.

use std::collections::HashMap;

use apollo_compiler::{
    Name, Node,
    ast::{Definition, Document, Field, FragmentDefinition, OperationDefinition, Selection},
};

use super::{
    limits::DocumentLimits,
    rejection::{Rejection, locate},
};
use crate::error::ErrorCode;

/// Sums saturate: beyond the limit, how far beyond does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) selections: u32,
    pub(super) aliases: u32,
    pub(super) directives: u32,
    /// Fields within fields, outside introspection.
    pub(super) depth: u32,
    /// Fields within fields below `__schema` and `__type`, these included; 0 without introspection.
    pub(super) introspection_depth: u32,
    /// Spreads within spreads.
    chain: u32,
}

impl Measure {
    /// Adds a sibling.
    fn add(&mut self, other: Self) {
        self.selections = self.selections.saturating_add(other.selections);
        self.aliases = self.aliases.saturating_add(other.aliases);
        self.directives = self.directives.saturating_add(other.directives);
        self.depth = self.depth.max(other.depth);
        self.introspection_depth = self.introspection_depth.max(other.introspection_depth);
        self.chain = self.chain.max(other.chain);
    }

    /// Refuses an operation that is too deep or has too many aliases or directives.
    ///
    /// # Errors
    /// `LIMIT_EXCEEDED`, naming the limit.
    pub(super) fn check(&self, limits: &DocumentLimits) -> Result<(), Rejection> {
        let checks = [
            (self.depth, limits.depth, "nests fields {} deep"),
            (
                self.introspection_depth,
                limits.introspection_depth,
                "nests introspection fields {} deep",
            ),
            (self.aliases, limits.aliases, "has {} aliases"),
            (self.directives, limits.directives, "has {} directives"),
        ];
        for (found, limit, what) in checks {
            if found > limit {
                let what = what.replace("{}", &found.to_string());
                return Err(Rejection::limit(
                    format!("The operation {what}; the limit is {limit}."),
                    None,
                ));
            }
        }
        Ok(())
    }
}

/// The measure of every operation of a document, by name; the anonymous one has none.
pub(super) type Measures = HashMap<Option<Name>, Measure>;

/// Measures all operations.
///
/// # Errors
/// `GRAPHQL_VALIDATION_FAILED` for a fragment that contains itself; `LIMIT_EXCEEDED` for too many selections or too long
/// a chain of fragments.
pub(super) fn measure(document: &Document, limits: &DocumentLimits) -> Result<Measures, Rejection> {
    let mut measurer = Measurer::new(document, limits);
    let mut total = Measure::default();
    let mut operations = Measures::new();
    for definition in &document.definitions {
        match definition {
            Definition::OperationDefinition(operation) => {
                let measure = measurer.operation(operation)?;
                total.add(measure);
                operations.insert(operation.name.clone(), measure);
            }
            // Validation walks the fragments that no operation uses, too.
            Definition::FragmentDefinition(fragment) => {
                let measure = measurer.fragment(&fragment.name, 0)?;
                measurer.check_selections(measure)?;
            }
            _ => {}
        }
        measurer.check_selections(total)?;
    }
    Ok(operations)
}

struct Measurer<'document> {
    document: &'document Document,
    limits: &'document DocumentLimits,
    fragments: HashMap<&'document Name, &'document Node<FragmentDefinition>>,
    /// `None` while the fragment is being measured.
    measured: HashMap<Name, Option<Measure>>,
}

impl<'document> Measurer<'document> {
    fn new(document: &'document Document, limits: &'document DocumentLimits) -> Self {
        let fragments = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                Definition::FragmentDefinition(fragment) => Some((&fragment.name, fragment)),
                _ => None,
            });
        Self {
            document,
            limits,
            fragments: fragments.collect(),
            measured: HashMap::new(),
        }
    }

    fn operation(&mut self, operation: &OperationDefinition) -> Result<Measure, Rejection> {
        let mut measure = self.selections(&operation.selection_set, 0)?;
        measure.directives = measure
            .directives
            .saturating_add(count(operation.directives.len()));
        Ok(measure)
    }

    fn selections(&mut self, selections: &[Selection], chain: u32) -> Result<Measure, Rejection> {
        let mut sum = Measure::default();
        for selection in selections {
            let mut measure = match selection {
                Selection::Field(field) => self.field(field, chain)?,
                Selection::InlineFragment(inline) => self.selections(&inline.selection_set, chain)?,
                Selection::FragmentSpread(spread) => {
                    let mut measure = self.fragment(&spread.fragment_name, chain + 1)?;
                    measure.chain = measure.chain.saturating_add(1);
                    self.check_chain(measure.chain)?;
                    measure
                }
            };
            let directives = match selection {
                Selection::Field(field) => &field.directives,
                Selection::InlineFragment(inline) => &inline.directives,
                Selection::FragmentSpread(spread) => &spread.directives,
            };
            measure.directives = measure.directives.saturating_add(count(directives.len()));
            measure.selections = measure.selections.saturating_add(1);
            sum.add(measure);
        }
        Ok(sum)
    }

    fn field(&mut self, field: &Field, chain: u32) -> Result<Measure, Rejection> {
        let mut measure = self.selections(&field.selection_set, chain)?;
        measure.aliases = measure.aliases.saturating_add(u32::from(field.alias.is_some()));
        measure.depth = measure.depth.saturating_add(1);
        if matches!(field.name.as_str(), "__schema" | "__type") {
            measure.introspection_depth = measure.introspection_depth.max(measure.depth);
            measure.depth = 1;
        }
        Ok(measure)
    }

    fn fragment(&mut self, name: &Name, chain: u32) -> Result<Measure, Rejection> {
        self.check_chain(chain)?;
        match self.measured.get(name) {
            Some(Some(measure)) => return Ok(*measure),
            Some(None) => return Err(self.cycle(name)),
            None => {}
        }
        // A spread of a fragment that does not exist is for validation to report.
        let Some(fragment) = self.fragments.get(name).copied() else {
            return Ok(Measure::default());
        };
        self.measured.insert(name.clone(), None);
        let mut measure = self.selections(&fragment.selection_set, chain)?;
        measure.directives = measure
            .directives
            .saturating_add(count(fragment.directives.len()));
        self.measured.insert(name.clone(), Some(measure));
        Ok(measure)
    }

    fn check_chain(&self, chain: u32) -> Result<(), Rejection> {
        let limit = self.limits.nesting;
        if chain > limit {
            return Err(Rejection::limit(
                format!("Fragments are spread within fragments more than {limit} deep, which is the limit."),
                None,
            ));
        }
        Ok(())
    }

    fn check_selections(&self, measure: Measure) -> Result<(), Rejection> {
        let limit = self.limits.selections;
        if measure.selections > limit {
            return Err(Rejection::limit(
                format!(
                    "With its fragments written out, the document has more than {limit} selections, which is the limit."
                ),
                None,
            ));
        }
        Ok(())
    }

    fn cycle(&self, name: &Name) -> Rejection {
        Rejection::at(
            ErrorCode::GraphqlValidationFailed,
            format!("Fragment `{name}` contains itself, directly or through another fragment."),
            locate(name.location(), &self.document.sources),
        )
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use apollo_compiler::parser::Parser;

    use super::*;

    fn measured(text: &str) -> Result<Measures, Rejection> {
        let document = Parser::new().parse_ast(text, "").unwrap();
        measure(&document, &DocumentLimits::default())
    }

    fn one(text: &str) -> Measure {
        measured(text).unwrap()[&None]
    }

    #[test]
    fn fragments_count_as_often_as_they_are_spread() {
        let text = "{ ...F x: a { ...F } } fragment F on T { b @d c }";
        let expected = Measure {
            selections: 7,
            aliases: 1,
            directives: 2,
            depth: 2,
            introspection_depth: 0,
            chain: 1,
        };
        assert_eq!(one(text), expected);
    }

    #[test]
    fn exponential_fan_out_is_measured_at_once() {
        let mut text = String::from("{ ...F0 }");
        for level in 0..35 {
            let next = level + 1;
            write!(text, " fragment F{level} on T {{ ...F{next} ...F{next} }}").unwrap();
        }
        text.push_str(" fragment F35 on T { a }");
        let start = cpu_time::ThreadTime::now();
        assert!(measured(&text).unwrap_err().message().contains("2000 selections"));
        assert!(start.elapsed().as_millis() < 1_000);
    }

    #[test]
    fn cycles_are_found_used_or_not() {
        for text in [
            "{ ...A } fragment A on T { ...A }",
            "{ ...A } fragment A on T { b { ...B } } fragment B on T { ...A }",
            "{ a } fragment A on T { ...B } fragment B on T { ...A }",
        ] {
            let refused = measured(text).unwrap_err();
            assert_eq!(refused.code, ErrorCode::GraphqlValidationFailed);
            assert!(refused.message().contains("contains itself"), "{text}");
        }
    }

    #[test]
    fn a_long_chain_of_fragments_is_refused_in_either_order() {
        let mut links: Vec<_> = (0..60)
            .map(|link| format!("fragment F{link} on T {{ ...F{} }}", link + 1))
            .collect();
        for _ in 0..2 {
            let text = format!("{{ ...F0 }} {}", links.join(" "));
            assert!(measured(&text).unwrap_err().message().contains("40 deep"));
            let text = format!("{} {{ ...F0 }}", links.join(" "));
            assert!(measured(&text).unwrap_err().message().contains("40 deep"));
            links.reverse();
        }
    }

    #[test]
    fn all_operations_together_are_counted() {
        let fields = "a ".repeat(700);
        let text = format!("query A {{ {fields} }} query B {{ {fields} }} query C {{ {fields} }}");
        assert!(measured(&text).is_err());
    }

    #[test]
    fn introspection_has_its_own_depth() {
        let measure = one("{ a __schema { types { fields { name } } } }");
        assert_eq!((measure.depth, measure.introspection_depth), (1, 4));
    }

    #[test]
    fn each_limit_is_named_with_its_value() {
        let limits = DocumentLimits::default();
        for (measure, expected) in [
            (
                Measure {
                    depth: 13,
                    ..Measure::default()
                },
                "The operation nests fields 13 deep; the limit is 12.",
            ),
            (
                Measure {
                    aliases: 31,
                    ..Measure::default()
                },
                "The operation has 31 aliases; the limit is 30.",
            ),
            (
                Measure {
                    directives: 51,
                    ..Measure::default()
                },
                "The operation has 51 directives; the limit is 50.",
            ),
        ] {
            assert_eq!(measure.check(&limits).unwrap_err().message(), expected);
        }
        let just = Measure {
            depth: 12,
            aliases: 30,
            directives: 50,
            introspection_depth: 20,
            ..Measure::default()
        };
        assert_eq!(just.check(&limits), Ok(()));
    }
}
