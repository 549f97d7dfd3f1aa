//! Figures of several areas, periods or groups put together. A percentage is re-made from the people behind it, never averaged:
//! the mean of 50% of 10 people and 100% of 90 is not 75%.

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;

use super::exact;

/// A number that may be withheld or missing.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is known.
    Is(Decimal),
    /// It is withheld, so that nobody can be recognised. It is neither nought nor missing.
    Suppressed,
    /// Nobody gave it.
    Missing,
}

impl Known {
    const fn number(self) -> Option<Decimal> {
        match self {
            Self::Is(number) => Some(number),
            Self::Suppressed | Self::Missing => None,
        }
    }
}

/// What is put together.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// How many of them it is true of.
    pub numerator: Known,
    /// How many there are.
    pub denominator: Known,
    /// The figure itself.
    pub value: Known,
}

/// What comes out, with what it was made of.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// The figure.
    pub value: Decimal,
    /// How many of them it is true of, where it is a share or a rate.
    pub numerator: Option<Decimal>,
    /// How many there are; for a rate, the population.
    pub denominator: Option<Decimal>,
    /// Of how many figures it was made.
    pub figures: usize,
}

/// Why figures cannot be put together.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAggregated {
    /// There is none.
    #[error("there are no figures")]
    Nothing,
    /// A total would tell what was withheld, or be wrong without it.
    #[error("some of the figures are withheld: {0}")]
    Suppressed(usize),
    /// A total without them would be of others than it says.
    #[error("some of the figures are missing: {0}")]
    Missing(usize),
    /// Values without the people behind them cannot be weighed against each other.
    #[error("some of the figures have no numerator and denominator to re-make them from: {0}")]
    NoParts(usize),
    /// There was nobody.
    #[error("the figures are of nobody")]
    Nobody,
    /// The total is larger than any figure.
    #[error("the total is larger than any figure")]
    TooLarge,
}

/// What figures add up to, and how many of them cannot be added.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many figures there are.
    pub figures: usize,
    /// Those whose value is withheld, and those without one for another reason.
    pub values: Gaps,
    /// Those with a part that is withheld, and those with one that nobody gave.
    pub parts: Gaps,
    /// The sum of the numerators that are known, in millionths.
    pub numerator: i128,
    /// The sum of the denominators that are known, in millionths.
    pub denominator: i128,
    /// The sum of the values that are known, in millionths.
    pub value: i128,
}

/// How many figures lack something.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    /// It is withheld.
    pub suppressed: usize,
    /// Nobody gave it.
    pub missing: usize,
}

impl Gaps {
    fn of(figures: &[Figure], needed: impl Fn(&Figure) -> [Known; 2]) -> Self {
        let count = |what: Known| {
            figures
                .iter()
                .filter(|figure| needed(figure).contains(&what))
                .count()
        };
        Self {
            suppressed: count(Known::Suppressed),
            missing: count(Known::Missing),
        }
    }
}

impl Sums {
    /// Those of these figures.
    #[must_use]
    pub fn of(figures: &[Figure]) -> Self {
        let sum = |part: fn(&Figure) -> Known| {
            exact::sum(figures.iter().filter_map(|figure| part(figure).number()))
        };
        Self {
            figures: figures.len(),
            values: Gaps::of(figures, |figure| [figure.value; 2]),
            parts: Gaps::of(figures, |figure| [figure.numerator, figure.denominator]),
            numerator: sum(|figure| figure.numerator),
            denominator: sum(|figure| figure.denominator),
            value: sum(|figure| figure.value),
        }
    }
}

/// Puts figures of one indicator together: see [`total`].
///
/// # Errors
/// As [`total`].
pub fn aggregate(unit: IndicatorUnit, places: u32, figures: &[Figure]) -> Result<Aggregate, NotAggregated> {
    total(unit, places, &Sums::of(figures))
}

/// Makes one figure of what figures of one indicator add up to, exactly. They must not overlap: a region and its councils are the
/// same people.
///
/// - A percentage, a score or a mean of thumbs is the sum of numerators over the sum of denominators.
/// - A rate is that for 100,000 of the whole population, which it keeps.
/// - Counts and money add.
///
/// # Errors
/// [`NotAggregated`]: a total of some figures is never passed off as a total of all.
pub fn total(unit: IndicatorUnit, places: u32, sums: &Sums) -> Result<Aggregate, NotAggregated> {
    if sums.figures == 0 {
        return Err(NotAggregated::Nothing);
    }
    // Withheld comes first: it is the reason that does not change by waiting.
    if sums.values.suppressed > 0 {
        return Err(NotAggregated::Suppressed(sums.values.suppressed));
    }
    let times = match unit {
        IndicatorUnit::Count | IndicatorUnit::Pence => {
            if sums.values.missing > 0 {
                return Err(NotAggregated::Missing(sums.values.missing));
            }
            return Ok(Aggregate {
                value: exact::decimal(sums.value).ok_or(NotAggregated::TooLarge)?,
                numerator: None,
                denominator: None,
                figures: sums.figures,
            });
        }
        IndicatorUnit::Percent => 100,
        IndicatorUnit::RatePer100k => 100_000,
        IndicatorUnit::Score | IndicatorUnit::Thumbs => 1,
    };
    // A figure that nobody worked out is not missing as long as its parts are there.
    match (sums.parts, sums.values.missing) {
        (
            Gaps {
                suppressed: 0,
                missing: 0,
            },
            _,
        ) => {}
        (
            Gaps {
                suppressed: 0,
                missing,
            },
            0,
        ) => return Err(NotAggregated::NoParts(missing)),
        (Gaps { suppressed: 0, .. }, missing) => return Err(NotAggregated::Missing(missing)),
        (Gaps { suppressed, .. }, _) => return Err(NotAggregated::Suppressed(suppressed)),
    }
    if sums.denominator == 0 {
        return Err(NotAggregated::Nobody);
    }
    let value = sums
        .numerator
        .checked_mul(times)
        .and_then(|dividend| exact::rounded(dividend, sums.denominator, places));
    Ok(Aggregate {
        value: value.ok_or(NotAggregated::TooLarge)?,
        numerator: exact::decimal(sums.numerator),
        denominator: exact::decimal(sums.denominator),
        figures: sums.figures,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str) -> Known {
        match text {
            "c" => Known::Suppressed,
            "" => Known::Missing,
            number => Known::Is(number.parse().unwrap()),
        }
    }

    fn figure(numerator: &str, denominator: &str, value: &str) -> Figure {
        Figure {
            numerator: is(numerator),
            denominator: is(denominator),
            value: is(value),
        }
    }

    fn value(unit: IndicatorUnit, figures: &[Figure]) -> Result<String, NotAggregated> {
        aggregate(unit, 1, figures).map(|made| made.value.to_string())
    }

    #[test]
    fn a_percentage_is_re_made_and_never_averaged() {
        let two = [figure("5", "10", "50"), figure("90", "90", "100")];
        assert_eq!(value(IndicatorUnit::Percent, &two), Ok("95".to_owned()));
    }

    #[test]
    fn a_rate_keeps_its_population() {
        let two = [figure("30", "200000", "15"), figure("6", "100000", "6")];
        let made = aggregate(IndicatorUnit::RatePer100k, 1, &two).unwrap();
        assert_eq!(made.value.to_string(), "12");
        assert_eq!(made.denominator, "300000".parse().ok());
    }

    #[test]
    fn a_figure_with_its_parts_is_not_missing() {
        let two = [figure("5", "10", ""), figure("90", "90", "100")];
        assert_eq!(value(IndicatorUnit::Percent, &two), Ok("95".to_owned()));
    }

    #[test]
    fn counts_and_money_add() {
        let two = [figure("", "", "12"), figure("", "", "30.5")];
        assert_eq!(value(IndicatorUnit::Count, &two), Ok("42.5".to_owned()));
        assert_eq!(value(IndicatorUnit::Pence, &two), Ok("42.5".to_owned()));
    }

    #[test]
    fn a_score_is_of_all_who_were_asked() {
        let two = [figure("190", "10", "19"), figure("1800", "90", "20")];
        assert_eq!(value(IndicatorUnit::Score, &two), Ok("19.9".to_owned()));
    }

    #[test]
    fn a_total_of_some_is_never_passed_off_as_one_of_all() {
        use NotAggregated::{Missing, NoParts, Nobody, Nothing, Suppressed};
        let whole = figure("5", "10", "50");
        for (other, reason) in [
            (figure("c", "c", "c"), Suppressed(1)),
            (figure("c", "c", "0"), Suppressed(1)),
            (figure("4", "c", "c"), Suppressed(1)),
            (figure("", "", ""), Missing(1)),
            (figure("", "", "60"), NoParts(1)),
        ] {
            assert_eq!(
                value(IndicatorUnit::Percent, &[whole, other]),
                Err(reason),
                "{other:?}"
            );
        }
        assert_eq!(value(IndicatorUnit::Percent, &[]), Err(Nothing));
        assert_eq!(
            value(IndicatorUnit::Percent, &[figure("0", "0", "0")]),
            Err(Nobody)
        );
        assert_eq!(
            value(IndicatorUnit::Count, &[figure("", "", "c")]),
            Err(Suppressed(1))
        );
    }
}
