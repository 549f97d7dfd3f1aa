//! Figures (`domain.md` 2.8 and 2.10): what belongs together, what is not invented, and who checks them.

use entity::decimal::Decimal;
use entity::outcomes::kinds::{IndicatorUnit, ObservationMarker as Marker, ObservationQuality as Quality};
use entity::outcomes::observation;
use sea_orm::prelude::Uuid;

use super::values::Measure;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// The numbers of a figure, and what they are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// How many of the denominator.
    pub numerator: Option<Decimal>,
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// How many were asked.
    pub base: Option<Decimal>,
    /// The figure itself.
    pub value: Option<Decimal>,
    /// The margin of error.
    pub margin: Option<Decimal>,
    /// Why it is absent, or what has to be minded about it.
    pub marker: Option<Marker>,
    /// What it is worth.
    pub quality: Quality,
}

/// Whether a marker says that there is no value.
#[must_use]
pub const fn is_absent(marker: Option<Marker>) -> bool {
    matches!(
        marker,
        Some(Marker::Confidential | Marker::NotAvailable | Marker::NotApplicable)
    )
}

/// The figure as it is recorded: a percentage or a rate whose parts are given gets its value from them.
///
/// # Errors
/// `OUT_OF_RANGE` for negative counts, and values that the unit does not allow; `REQUIRED` for a value or the other part;
/// `RULE_BROKEN` for a value beside a marker that says there is none, parts that give away what is withheld, a numerator above
/// its denominator, a value that is not what its parts make, counts of a reported estimate, and for `FINAL`, which a second
/// person marks.
pub fn checked(measure: Measure, figure: Figure) -> Result<Figure, Vec<Violation>> {
    let mut violations = Violations::default();
    check_quality(&mut violations, &figure);
    check_counts(&mut violations, measure, &figure);
    let value = if is_absent(figure.marker) {
        check_absent(&mut violations, &figure);
        None
    } else {
        check_value(&mut violations, measure, &figure)
    };
    violations.into_result_with(Figure { value, ..figure })
}

fn check_quality(violations: &mut Violations, figure: &Figure) {
    violations.check(
        figure.quality != Quality::Final,
        Code::RuleBroken,
        "quality",
        || "Record it as PROVISIONAL. Somebody else looks at it, and marks it as final.".to_owned(),
    );
    if figure.quality != Quality::Reported {
        return;
    }
    for (field, count) in counts(figure) {
        violations.check(count.is_none(), Code::RuleBroken, field, || {
            "This is a reported estimate: nobody has counted, so it has no counts and no margin.".to_owned()
        });
    }
}

const fn counts(figure: &Figure) -> [(&'static str, Option<Decimal>); 4] {
    [
        ("numerator", figure.numerator),
        ("denominator", figure.denominator),
        ("base", figure.base),
        ("margin", figure.margin),
    ]
}

fn check_counts(violations: &mut Violations, measure: Measure, figure: &Figure) {
    for (field, count) in counts(figure) {
        violations.check(
            count.is_none_or(|count| count.0 >= 0),
            Code::OutOfRange,
            field,
            || "This cannot be below 0.".to_owned(),
        );
    }
    if measure.of_how_many().is_some() {
        for (field, this, other) in [
            ("denominator", figure.denominator, figure.numerator),
            ("numerator", figure.numerator, figure.denominator),
        ] {
            let is_whole = this.is_some() || other.is_none() || figure.marker.is_some();
            violations.check(is_whole, Code::Required, field, || {
                "A numerator and a denominator belong together.".to_owned()
            });
        }
    }
    if let (IndicatorUnit::Percent, Some(part), Some(all)) =
        (measure.unit, figure.numerator, figure.denominator)
    {
        violations.check(part <= all, Code::RuleBroken, "numerator", || {
            format!("{part} is more than the denominator, {all}: a percentage is of a part.")
        });
    }
}

/// What is withheld or not there has no value, and no parts from which it could be worked out.
fn check_absent(violations: &mut Violations, figure: &Figure) {
    for (field, number) in [("value", figure.value), ("margin", figure.margin)] {
        violations.check(number.is_none(), Code::RuleBroken, field, || {
            "The marker says that there is no value. Leave it out, or take the marker away.".to_owned()
        });
    }
    let gives_away = figure.numerator.is_some() && figure.denominator.is_some();
    violations.check(!gives_away, Code::RuleBroken, "numerator", || {
        "Numerator and denominator together give the value away, of which the marker says that it is not there.".to_owned()
    });
}

fn check_value(violations: &mut Violations, measure: Measure, figure: &Figure) -> Option<Decimal> {
    let made = figure
        .numerator
        .zip(figure.denominator)
        .and_then(|(part, all)| measure.of_parts(part, all));
    let Some(value) = figure.value.or(made) else {
        let message = "Give a value, or the numerator and the denominator of which it is made, or the marker that says why \
                       there is none.";
        violations.push(Violation::new(Code::Required, "value", message));
        return None;
    };
    violations.keep_all(measure.check("value", value));
    if let Some(made) = made {
        violations.check(value == made, Code::RuleBroken, "value", || {
            format!("The numerator and the denominator make {made}, not {value}. Leave the value out to have it worked out.")
        });
    }
    let is_low = figure.marker == Some(Marker::Low);
    violations.check(!is_low || value.0 == 0, Code::RuleBroken, "value", || {
        "LOW says that the figure rounds to 0: its value is 0.".to_owned()
    });
    Some(value)
}

/// Only the current revision is corrected or marked as final.
///
/// # Errors
/// `INACTIVE` at the id.
pub fn check_current(is_current: bool) -> Result<(), Violation> {
    if is_current {
        return Ok(());
    }
    let message = "A later revision has taken the place of this one. Read the figure again.";
    Err(Violation::new(Code::Inactive, "id", message))
}

/// Whether somebody can mark a figure as final: it is provisional and the current revision, and they did not record it.
///
/// # Errors
/// `INACTIVE`, `ILLEGAL_TRANSITION` and `RULE_BROKEN` at the id.
pub fn check_final(observation: &observation::Model, by: Option<Uuid>) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(check_current(observation.is_current));
    let quality = observation.quality;
    violations.check(
        quality == Quality::Provisional,
        Code::IllegalTransition,
        "id",
        || match quality {
            Quality::Final => "This figure is FINAL already.".to_owned(),
            _ => format!("This figure is {quality}, and stays that: only what was counted becomes FINAL."),
        },
    );
    let is_own = by.is_some() && observation.created_by.map(|user| user.0) == by;
    violations.check(!is_own, Code::RuleBroken, "id", || {
        "You recorded this figure. Somebody else looks at it, and marks it as final.".to_owned()
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERCENT: Measure = Measure {
        unit: IndicatorUnit::Percent,
        decimals: 1,
    };

    fn number(text: &str) -> Option<Decimal> {
        text.parse().ok()
    }

    const NOTHING: Figure = Figure {
        numerator: None,
        denominator: None,
        base: None,
        value: None,
        margin: None,
        marker: None,
        quality: Quality::Provisional,
    };

    fn wrong(measure: Measure, figure: Figure) -> Vec<String> {
        let found = checked(measure, figure).err().unwrap_or_default();
        found
            .iter()
            .map(|wrong| format!("{} {}", wrong.code, wrong.path.join(".")))
            .collect()
    }

    #[test]
    fn a_percentage_gets_its_value_from_its_parts() {
        let parts = Figure {
            numerator: number("2"),
            denominator: number("3"),
            ..NOTHING
        };
        assert_eq!(checked(PERCENT, parts).unwrap().value, number("66.7"));
        let agreeing = Figure {
            value: number("66.7"),
            ..parts
        };
        assert_eq!(wrong(PERCENT, agreeing), [""; 0]);
        let other = Figure {
            value: number("66.6"),
            ..parts
        };
        assert_eq!(wrong(PERCENT, other), ["RULE_BROKEN value"]);
    }

    #[test]
    fn a_part_is_not_more_than_the_whole_and_comes_with_it() {
        let more = Figure {
            numerator: number("4"),
            denominator: number("3"),
            ..NOTHING
        };
        let found = wrong(PERCENT, more);
        assert_eq!(found, ["RULE_BROKEN numerator", "OUT_OF_RANGE value"]);
        let score = Measure {
            unit: IndicatorUnit::Score,
            decimals: 1,
        };
        let summed = Figure {
            numerator: number("83160"),
            denominator: number("4235"),
            value: number("19.6"),
            base: number("430"),
            margin: number("0.3"),
            ..NOTHING
        };
        assert_eq!(wrong(score, summed), [""; 0], "a score is summed over people");
        let half = Figure {
            numerator: number("4"),
            value: number("50"),
            ..NOTHING
        };
        assert_eq!(wrong(PERCENT, half), ["REQUIRED denominator"]);
        let below = Figure {
            base: number("-1"),
            value: number("50"),
            ..NOTHING
        };
        assert_eq!(wrong(PERCENT, below), ["OUT_OF_RANGE base"]);
    }

    #[test]
    fn a_figure_is_absent_just_when_its_marker_says_why() {
        assert_eq!(wrong(PERCENT, NOTHING), ["REQUIRED value"]);
        for marker in [Marker::Confidential, Marker::NotAvailable, Marker::NotApplicable] {
            let absent = Figure {
                marker: Some(marker),
                ..NOTHING
            };
            assert_eq!(checked(PERCENT, absent).unwrap().value, None);
            let given = Figure {
                value: number("50"),
                ..absent
            };
            assert_eq!(wrong(PERCENT, given), ["RULE_BROKEN value"]);
            let given_away = Figure {
                numerator: number("1"),
                denominator: number("2"),
                ..absent
            };
            assert_eq!(wrong(PERCENT, given_away), ["RULE_BROKEN numerator"]);
        }
        let low = |value| Figure {
            marker: Some(Marker::Low),
            value,
            ..NOTHING
        };
        assert_eq!(wrong(PERCENT, low(number("0"))), [""; 0]);
        assert_eq!(wrong(PERCENT, low(number("4"))), ["RULE_BROKEN value"]);
        assert_eq!(wrong(PERCENT, low(None)), ["REQUIRED value"]);
    }

    #[test]
    fn a_reported_estimate_has_no_counts_that_nobody_made() {
        let told = Figure {
            value: number("60"),
            quality: Quality::Reported,
            ..NOTHING
        };
        assert_eq!(wrong(PERCENT, told), [""; 0]);
        let invented = Figure {
            numerator: number("60"),
            denominator: number("100"),
            margin: number("1"),
            ..told
        };
        assert_eq!(
            wrong(PERCENT, invented),
            [
                "RULE_BROKEN numerator",
                "RULE_BROKEN denominator",
                "RULE_BROKEN margin"
            ]
        );
    }

    #[test]
    fn a_second_person_marks_a_figure_as_final() {
        let recorded = Figure {
            value: number("60"),
            quality: Quality::Final,
            ..NOTHING
        };
        assert_eq!(wrong(PERCENT, recorded), ["RULE_BROKEN quality"]);
        let (by_one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let row = |quality, is_current| observation::Model {
            quality,
            is_current,
            created_by: Some(entity::id::UserId(by_one)),
            ..row()
        };
        let codes = |row: &observation::Model, by| {
            let found = check_final(row, Some(by)).err().unwrap_or_default();
            found.into_iter().map(|wrong| wrong.code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&row(Quality::Provisional, true), other), []);
        assert_eq!(
            codes(&row(Quality::Provisional, true), by_one),
            [Code::RuleBroken]
        );
        assert_eq!(codes(&row(Quality::Provisional, false), other), [Code::Inactive]);
        for quality in [Quality::Final, Quality::Estimate, Quality::Reported] {
            assert_eq!(
                codes(&row(quality, true), other),
                [Code::IllegalTransition],
                "{quality}"
            );
        }
    }

    fn row() -> observation::Model {
        let id = Uuid::nil();
        observation::Model {
            id: id.into(),
            indicator_version_id: id.into(),
            indicator_id: id.into(),
            subject_type: entity::outcomes::kinds::SubjectType::Geography,
            subject_id: id,
            geography_id: Some(id.into()),
            organisation_id: None,
            service_id: None,
            site_id: None,
            period_start: chrono::NaiveDate::MIN,
            period_end: chrono::NaiveDate::MAX,
            disaggregation_id: id.into(),
            numerator: None,
            denominator: None,
            base: None,
            value: number("60"),
            margin: None,
            marker: None,
            quality: Quality::Provisional,
            revision: 1,
            is_current: true,
            correction_reason: None,
            recorded_by_organisation_id: None,
            finalised_at: None,
            finalised_by: None,
            import_batch_id: None,
            version: 1,
            created_at: chrono::DateTime::UNIX_EPOCH,
            updated_at: chrono::DateTime::UNIX_EPOCH,
            created_by: None,
        }
    }
}
