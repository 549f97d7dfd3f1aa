//! What an operation may cost, before it runs.
//!
//! One point for each object that may be read, [`DocumentLimits::mutation_cost`] for each field of a mutation, nothing for
//! scalars and enums. A field that takes `first` or `last` repeats its lists by the number of rows asked for: `edges` and
//! `nodes` of a connection, or its own fields when it is a list itself; `pageInfo` and the like exist once. A list that
//! requires a list, such as `nodes(ids:)`, has as many rows as are named. Under an
//! interface or union all alternatives are added up, which is more than any one object can cost.

use apollo_compiler::{
    Node,
    ast::{FieldDefinition, InputValueDefinition, Type, Value as SourceValue},
    executable::Field,
};
use async_graphql::{Name, Pos, Value, Variables};

use super::{limits::DocumentLimits, rejection::Rejection};
use crate::error::ErrorCode;

/// One field of a normal form, as far as its cost goes.
#[derive(Debug)]
pub(super) struct CostNode {
    /// Points for each object that this field yields.
    pub(super) points: u32,
    pub(super) is_list: bool,
    pub(super) page: Option<Page>,
    pub(super) named: Option<Named>,
    pub(super) children: Vec<CostNode>,
}

/// The argument that names the rows to be read.
#[derive(Debug)]
pub(super) enum Named {
    Literal(usize),
    Variable(Name),
}

/// The arguments that say how many rows are read.
#[derive(Debug)]
pub(super) struct Page {
    field: String,
    place: Option<Pos>,
    first: Option<Rows>,
    last: Option<Rows>,
    /// The contract's default of `first`.
    default: Option<i64>,
}

#[derive(Debug)]
enum Rows {
    Literal(i64),
    Variable(Name),
}

impl CostNode {
    fn total(&self, variables: &Variables, limits: &DocumentLimits) -> Result<u32, Rejection> {
        let rows = match &self.page {
            Some(page) => page.rows(variables, limits)?,
            None => 1,
        };
        let named = self.named.as_ref().map_or(1, |named| named.rows(variables));
        let rows = rows.saturating_mul(named);
        let mut total = self.points.saturating_mul(named);
        for child in &self.children {
            let repeated = if self.is_list || child.is_list { rows } else { 1 };
            total = total.saturating_add(child.total(variables, limits)?.saturating_mul(repeated));
        }
        Ok(total)
    }
}

/// The cost of a whole operation.
///
/// # Errors
/// `COST_LIMIT_EXCEEDED`; `INVALID_ARGUMENT` for `first` or `last` out of range or both together.
pub(super) fn cost(
    roots: &[CostNode],
    variables: &Variables,
    limits: &DocumentLimits,
) -> Result<u32, Rejection> {
    let mut total = 0_u32;
    for root in roots {
        total = total.saturating_add(root.total(variables, limits)?);
    }
    if total > limits.cost {
        return Err(Rejection::new(
            ErrorCode::CostLimitExceeded,
            format!(
                "The operation may cost {total} points; the limit is {}. Ask for fewer rows with `first`, or for fewer lists within lists.",
                limits.cost
            ),
        ));
    }
    Ok(total)
}

impl Rows {
    /// Null and an absent variable are as good as no argument.
    fn given(&self, variables: &Variables) -> Option<i64> {
        match self {
            Self::Literal(rows) => Some(*rows),
            Self::Variable(name) => match variables.get(name) {
                Some(Value::Number(rows)) => rows.as_i64(),
                _ => None,
            },
        }
    }
}

impl Named {
    /// `None` for a field that is no list, or whose rows are not named by its arguments.
    pub(super) fn of(field: &Field) -> Option<Self> {
        let naming = |argument: &&Node<InputValueDefinition>| argument.is_required() && is_list(&argument.ty);
        let argument = field.definition.arguments.iter().find(naming);
        let argument = argument.filter(|_| is_list(field.ty()))?;
        Some(match field.specified_argument_by_name(&argument.name)?.as_ref() {
            SourceValue::List(rows) => Self::Literal(rows.len()),
            SourceValue::Variable(variable) => Self::Variable(Name::new(variable.as_str())),
            _ => Self::Literal(1),
        })
    }

    fn rows(&self, variables: &Variables) -> u32 {
        let rows = match self {
            Self::Literal(rows) => *rows,
            Self::Variable(name) => match variables.get(name) {
                Some(Value::List(rows)) => rows.len(),
                _ => 1,
            },
        };
        u32::try_from(rows).unwrap_or(u32::MAX).max(1)
    }
}

impl Page {
    /// `None` for a field whose rows cannot be limited by its arguments.
    pub(super) fn of(field: &Field, place: Option<Pos>) -> Option<Self> {
        let definition = &field.definition;
        let takes = |name: &str| definition.arguments.iter().any(|argument| argument.name == name);
        if !takes("first") && !takes("last") {
            return None;
        }
        Some(Self {
            field: field.name.to_string(),
            place,
            first: rows_argument(field, "first"),
            last: rows_argument(field, "last"),
            default: default_of(definition, "first"),
        })
    }

    fn rows(&self, variables: &Variables, limits: &DocumentLimits) -> Result<u32, Rejection> {
        let first = self.first.as_ref().and_then(|rows| rows.given(variables));
        let last = self.last.as_ref().and_then(|rows| rows.given(variables));
        let (name, rows) = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(self.refuse("takes `first` or `last`, not both"));
            }
            (Some(rows), None) => ("first", rows),
            (None, Some(rows)) => ("last", rows),
            (None, None) => (
                "first",
                self.default.unwrap_or_else(|| i64::from(limits.page_default)),
            ),
        };
        match u32::try_from(rows) {
            Ok(rows) if (1..=limits.page_maximum).contains(&rows) => Ok(rows),
            _ => Err(self.refuse(&format!(
                "needs `{name}` between 1 and {}, but it was {rows}",
                limits.page_maximum
            ))),
        }
    }

    fn refuse(&self, what: &str) -> Rejection {
        Rejection::at(
            ErrorCode::InvalidArgument,
            format!("Field `{}` {what}.", self.field),
            self.place,
        )
    }
}

fn rows_argument(field: &Field, name: &str) -> Option<Rows> {
    match field.specified_argument_by_name(name)?.as_ref() {
        SourceValue::Int(rows) => Some(Rows::Literal(rows.as_str().parse().unwrap_or(i64::MAX))),
        SourceValue::Variable(variable) => Some(Rows::Variable(Name::new(variable.as_str()))),
        _ => None,
    }
}

fn default_of(definition: &Node<FieldDefinition>, name: &str) -> Option<i64> {
    let argument = definition
        .arguments
        .iter()
        .find(|argument| argument.name == name)?;
    match argument.default_value.as_ref()?.as_ref() {
        SourceValue::Int(rows) => rows.as_str().parse().ok(),
        _ => None,
    }
}

/// Whether a field of this type yields several objects.
pub(super) fn is_list(reference: &Type) -> bool {
    matches!(reference, Type::List(_) | Type::NonNullList(_))
}
