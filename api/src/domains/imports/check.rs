//! Compares the parts of an observation with each other: what a publisher calculates must come out here, too.

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;

use super::fault::{Fault, FaultKind};
use super::layout::{Measure, Shape};
use super::pivot::{Gathered, Part};
use crate::domains::outcomes::rules::exact;

/// Counts of people that releases mask by default (`domain.md` 4).
const TINY: std::ops::RangeInclusive<i64> = 1_000_000..=7_000_000;
const HUNDRED: i64 = 100_000_000;
/// How many millionths one is.
const ONE: i128 = 1_000_000;

/// What is wrong with an observation as a whole: nothing, or all of it.
#[must_use]
pub fn check(gathered: &Gathered, shape: Shape) -> Vec<Fault> {
    let mut faults = Vec::new();
    if gathered.outcome.is_none() {
        let message = "This observation has parts and no outcome row.".to_owned();
        faults.push(fault(gathered.first_row, FaultKind::NoOutcome, message));
    }
    if shape.unit == IndicatorUnit::Percent {
        faults.extend(numerator_is_a_part(gathered));
        faults.extend(is_a_percentage(gathered.outcome));
    }
    if faults.is_empty() {
        faults.extend(parts_give_the_outcome(gathered, shape));
    }
    faults
}

/// What is worth knowing of an observation in which nothing is wrong.
#[must_use]
pub fn remark(gathered: &Gathered) -> Vec<Fault> {
    let parts = [
        (Measure::Numerator, gathered.numerator),
        (Measure::Denominator, gathered.denominator),
    ];
    let tiny = parts.into_iter().filter_map(|(measure, part)| {
        let (row, number) = known(part)?;
        let message = format!("The {measure} is {number}: so few people that releases mask it.");
        TINY.contains(&number.0)
            .then(|| fault(row, FaultKind::TinyCell, message))
    });
    tiny.collect()
}

fn known(part: Part) -> Option<(u64, Decimal)> {
    part.and_then(|(row, cell)| Some((row, cell.number()?)))
}

fn numerator_is_a_part(gathered: &Gathered) -> Option<Fault> {
    let (row, numerator) = known(gathered.numerator)?;
    let (_, denominator) = known(gathered.denominator)?;
    let message = format!("{numerator} of {denominator} is more than all of them.");
    (numerator > denominator).then(|| fault(row, FaultKind::NumeratorAboveDenominator, message))
}

fn is_a_percentage(outcome: Part) -> Option<Fault> {
    let (row, outcome) = known(outcome)?;
    let message = format!("A percentage lies between 0 and 100, and {outcome} does not.");
    (!(0..=HUNDRED).contains(&outcome.0)).then(|| fault(row, FaultKind::OutOfRange, message))
}

/// The outcome is what numerator and denominator give, as far as these were rounded before they were published.
fn parts_give_the_outcome(gathered: &Gathered, shape: Shape) -> Option<Fault> {
    let times: i128 = match shape.unit {
        IndicatorUnit::Percent => 100,
        IndicatorUnit::RatePer100k => 100_000,
        IndicatorUnit::Score => 1,
        _ => return None,
    };
    let (row, outcome) = known(gathered.outcome)?;
    let (_, numerator) = known(gathered.numerator)?;
    let (_, denominator) = known(gathered.denominator)?;
    let slack = if shape.parts_rounded_to > 1 {
        i128::from(shape.parts_rounded_to) * ONE / 2
    } else {
        0
    };
    let (numerator, denominator) = (i128::from(numerator.0), i128::from(denominator.0));
    if denominator <= slack {
        return None;
    }
    // Half of the last digit shown, in millionths.
    let half = ONE / 10_i128.pow(shape.decimals) / 2;
    let (least, most) = (i128::from(outcome.0) - half, i128::from(outcome.0) + half);
    // Multiplied out, so that nothing is rounded here: low / high <= outcome <= high / low.
    let reaches = (numerator + slack) * times * ONE >= least * (denominator - slack);
    let stays = (numerator - slack) * times * ONE <= most * (denominator + slack);
    if reaches && stays {
        return None;
    }
    let given = exact::rounded(numerator * times, denominator, shape.decimals)?;
    let message = format!("Its numerator and denominator give {given}, and the outcome says {outcome}.");
    Some(fault(row, FaultKind::PartsDisagree, message))
}

fn fault(row: u64, kind: FaultKind, message: String) -> Fault {
    Fault {
        row,
        column: None,
        kind,
        message,
    }
}

#[cfg(test)]
mod tests {
    use entity::outcomes::kinds::ObservationMarker;
    use entity::parties::kinds::GeographyLevel;

    use super::super::rows::{Cell, Key, Place};
    use super::*;

    const EXACT: Shape = Shape {
        unit: IndicatorUnit::Percent,
        decimals: 1,
        parts_rounded_to: 1,
    };
    const SURVEY: Shape = Shape {
        parts_rounded_to: 5,
        ..EXACT
    };

    fn observation(numerator: &str, denominator: &str, outcome: &str) -> Gathered {
        let part = |row: u64, text: &str| match text {
            "" => None,
            "c" => Some((row, Cell::Marked(ObservationMarker::Confidential))),
            number => Some((row, Cell::Number(number.parse().unwrap()))),
        };
        Gathered {
            key: Key {
                place: Place {
                    level: GeographyLevel::Region,
                    code: "NE".to_owned(),
                    gss: None,
                },
                indicator: "1E".to_owned(),
                breakdown: 0,
                period: None,
            },
            first_row: 2,
            rows: 3,
            numerator: part(2, numerator),
            denominator: part(3, denominator),
            outcome: part(4, outcome),
            base: None,
            margin: None,
            spoilt: false,
        }
    }

    fn kinds(shape: Shape, (numerator, denominator, outcome): (&str, &str, &str)) -> Vec<FaultKind> {
        let faults = check(&observation(numerator, denominator, outcome), shape);
        faults.into_iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn an_outcome_is_what_its_parts_give() {
        assert_eq!(kinds(EXACT, ("1", "3", "33.3")), []);
        assert_eq!(kinds(EXACT, ("1", "8", "12.5")), []);
        assert_eq!(kinds(EXACT, ("1", "3", "33.4")), [FaultKind::PartsDisagree]);
        let rate = Shape {
            unit: IndicatorUnit::RatePer100k,
            ..EXACT
        };
        assert_eq!(kinds(rate, ("12", "100000", "12")), []);
        assert_eq!(kinds(rate, ("12", "100000", "1.2")), [FaultKind::PartsDisagree]);
    }

    #[test]
    fn the_parts_of_a_survey_are_rounded_and_so_is_the_comparison() {
        assert_eq!(
            kinds(SURVEY, ("945", "685", "")),
            [FaultKind::NoOutcome, FaultKind::NumeratorAboveDenominator]
        );
        assert_eq!(kinds(SURVEY, ("445", "685", "64.6")), []);
        assert_eq!(kinds(SURVEY, ("445", "685", "66")), [FaultKind::PartsDisagree]);
        assert_eq!(kinds(EXACT, ("445", "685", "64.6")), [FaultKind::PartsDisagree]);
    }

    #[test]
    fn nothing_is_compared_with_what_is_masked_or_missing() {
        assert_eq!(kinds(EXACT, ("c", "c", "0")), []);
        assert_eq!(kinds(EXACT, ("4", "c", "c")), []);
        assert_eq!(kinds(EXACT, ("0", "0", "c")), []);
        assert_eq!(kinds(EXACT, ("", "", "71.4")), []);
    }

    #[test]
    fn a_share_is_not_more_than_the_whole() {
        assert_eq!(
            kinds(EXACT, ("9", "8", "112.5")),
            [FaultKind::NumeratorAboveDenominator, FaultKind::OutOfRange]
        );
        assert_eq!(kinds(EXACT, ("", "", "-1")), [FaultKind::OutOfRange]);
    }

    #[test]
    fn so_few_people_are_remarked_on_and_not_refused() {
        let remarks = remark(&observation("7", "8", "87.5"));
        assert_eq!(remarks.len(), 1);
        assert_eq!((remarks[0].row, remarks[0].kind), (2, FaultKind::TinyCell));
        assert!(!remarks[0].kind.refuses());
        assert_eq!(remark(&observation("0", "c", "0")), []);
    }
}
