//! What can be said of a change, in words and as a value.

use async_graphql::{Enum, SimpleObject};
use entity::outcomes::indicator;
use entity::outcomes::kinds::IndicatorUnit;

use crate::domains::outcomes::rules::change::{Measured, Verdict, change};
use crate::planner::Decimal;

/// Why figures of two wordings are not compared.
pub(super) const REWORDED: &str =
    "The wording changed between them, and nobody judged the wordings comparable.";
/// Why there is nothing to compare.
pub(super) const NOT_THERE: &str = "One of the figures is withheld or missing.";

/// What can be said of the difference of two figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ChangeVerdict {
    /// It is better, by more than chance.
    Better,
    /// It is worse, by more than chance.
    Worse,
    /// It is more, where neither more nor less is better.
    Rose,
    /// It is less, where neither more nor less is better.
    Fell,
    /// It is the same.
    Same,
    /// It may be chance: two such surveys differ by as much.
    WithinMargin,
    /// It is of some people only, and nobody said how exact it is.
    MarginUnknown,
    /// The figures cannot be compared: the wording changed between them, their periods overlap or differ in length, or one of them is
    /// withheld or missing.
    NotComparable,
}

/// The difference of two figures, and what can be said of it.
#[derive(Clone, Debug, SimpleObject)]
pub struct FigureChange {
    /// By how much, in the unit of the indicator: percentage points, for percentages. Null where they cannot be compared.
    difference: Option<Decimal>,
    /// What can be said of it.
    pub(super) verdict: ChangeVerdict,
    /// The same in words.
    pub(super) text: String,
}

impl FigureChange {
    /// Of figures that can be compared.
    pub(super) fn between(indicator: &indicator::Model, before: Measured, after: Measured) -> Self {
        let Some(change) = change(indicator.polarity, before, after) else {
            return Self::not_comparable("The difference is larger than any figure.");
        };
        let size = entity::decimal::Decimal(change.difference.0.saturating_abs());
        let direction = if change.difference.0 < 0 { "less" } else { "more" };
        let unit = unit(indicator.unit);
        let (verdict, said) = match change.verdict {
            Verdict::Better => (ChangeVerdict::Better, ", which is better."),
            Verdict::Worse => (ChangeVerdict::Worse, ", which is worse."),
            Verdict::Rose => (ChangeVerdict::Rose, "."),
            Verdict::Fell => (ChangeVerdict::Fell, "."),
            Verdict::Same => (ChangeVerdict::Same, ""),
            Verdict::WithinMargin => (
                ChangeVerdict::WithinMargin,
                ". That may be chance: two such surveys differ by as much.",
            ),
            Verdict::MarginUnknown => (
                ChangeVerdict::MarginUnknown,
                ". It is of some people only, and nobody said how exact it is.",
            ),
        };
        let text = match verdict {
            ChangeVerdict::Same => "It is the same.".to_owned(),
            _ => format!("{size}{unit} {direction}{said}"),
        };
        Self {
            difference: Some(Decimal(change.difference)),
            verdict,
            text,
        }
    }

    /// Of figures that cannot be compared, for this reason.
    pub(super) fn not_comparable(reason: &str) -> Self {
        Self {
            difference: None,
            verdict: ChangeVerdict::NotComparable,
            text: reason.to_owned(),
        }
    }
}

const fn unit(unit: IndicatorUnit) -> &'static str {
    match unit {
        IndicatorUnit::Percent => " percentage points",
        IndicatorUnit::RatePer100k => " in 100,000 people",
        IndicatorUnit::Score | IndicatorUnit::Thumbs => " points",
        IndicatorUnit::Pence => " pence",
        IndicatorUnit::Count => "",
    }
}
