//! What values an indicator's unit allows, and how a percentage or a rate is made of its parts: exactly, with the usual
//! rounding of the last place shown (a half goes up).

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// What an indicator counts in, and how many decimal places its values have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The unit.
    pub unit: IndicatorUnit,
    /// The places, 0 to 6.
    pub decimals: u32,
}

impl Measure {
    /// Of how many its numerator is counted: 100 or 100,000, for units that are made of two parts.
    #[must_use]
    pub const fn of_how_many(self) -> Option<i64> {
        match self.unit {
            IndicatorUnit::Percent => Some(100),
            IndicatorUnit::RatePer100k => Some(100_000),
            IndicatorUnit::Count | IndicatorUnit::Score | IndicatorUnit::Thumbs | IndicatorUnit::Pence => {
                None
            }
        }
    }

    /// The value of a numerator and a denominator; none for units that are not made of two parts, for nothing of nothing, and
    /// for what is larger than any figure.
    #[must_use]
    pub fn of_parts(self, numerator: Decimal, denominator: Decimal) -> Option<Decimal> {
        let of = i128::from(self.of_how_many()?);
        let (numerator, denominator) = (i128::from(numerator.0), i128::from(denominator.0));
        if denominator <= 0 || numerator < 0 {
            return None;
        }
        let places = 10_i128.pow(self.decimals.min(Decimal::PLACES));
        let shown = (2 * numerator * of * places + denominator) / (2 * denominator);
        let millionths = shown * 10_i128.pow(Decimal::PLACES - self.decimals.min(Decimal::PLACES));
        i64::try_from(millionths).ok().map(Decimal)
    }

    /// A value that the unit allows, with no more places than the indicator has.
    ///
    /// # Errors
    /// `OUT_OF_RANGE` and `INVALID_FORMAT` at `field`.
    pub fn check(self, field: &str, value: Decimal) -> Result<(), Vec<Violation>> {
        const ONE: i64 = 1_000_000;
        let mut violations = Violations::default();
        let range = match self.unit {
            IndicatorUnit::Percent => Some((0, 100)),
            IndicatorUnit::Count | IndicatorUnit::RatePer100k => Some((0, i64::MAX / ONE)),
            IndicatorUnit::Thumbs => Some((-1, 1)),
            IndicatorUnit::Score | IndicatorUnit::Pence => None,
        };
        if let Some((least, most)) = range {
            let is_within = (least * ONE..=most.saturating_mul(ONE)).contains(&value.0);
            violations.check(is_within, Code::OutOfRange, field, || {
                if most > 100 {
                    format!("{value} is below 0, which is not possible in {}.", self.unit)
                } else {
                    format!(
                        "{value} is not from {least} to {most}, as values in {} are.",
                        self.unit
                    )
                }
            });
        }
        violations.check(
            value.places() <= self.decimals,
            Code::InvalidFormat,
            field,
            || {
                format!(
                    "{value} has {} decimal places; values of this indicator have {} at most.",
                    value.places(),
                    self.decimals
                )
            },
        );
        violations.into_result()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn measure(unit: IndicatorUnit, decimals: u32) -> Measure {
        Measure { unit, decimals }
    }

    #[test]
    fn a_percentage_is_made_of_its_parts_and_a_half_goes_up() {
        let percent = |decimals, of: &str, all: &str| {
            let made = measure(IndicatorUnit::Percent, decimals).of_parts(number(of), number(all));
            made.map(|made| made.to_string())
        };
        assert_eq!(percent(1, "2", "3").as_deref(), Some("66.7"));
        assert_eq!(percent(0, "1", "200").as_deref(), Some("1"), "0.5 goes up");
        assert_eq!(percent(1, "1", "2000").as_deref(), Some("0.1"), "0.05 goes up");
        assert_eq!(percent(6, "1", "3").as_deref(), Some("33.333333"));
        assert_eq!(percent(1, "0", "7").as_deref(), Some("0"));
        assert_eq!(percent(1, "0", "0"), None, "nothing of nothing");
        let rate = measure(IndicatorUnit::RatePer100k, 1);
        assert_eq!(
            rate.of_parts(number("4780"), number("33992831")),
            Some(number("14.1"))
        );
        let count = measure(IndicatorUnit::Count, 0);
        assert_eq!(count.of_parts(number("1"), number("2")), None);
        let large = measure(IndicatorUnit::RatePer100k, 6);
        assert_eq!(large.of_parts(number("9223372036854"), number("0.000001")), None);
    }

    #[test]
    fn a_value_is_one_that_its_unit_allows() {
        use IndicatorUnit::*;

        let codes = |unit, decimals, value: &str| {
            let found = measure(unit, decimals).check("value", number(value)).err();
            found
                .unwrap_or_default()
                .into_iter()
                .map(|wrong| wrong.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(codes(Percent, 1, "100"), []);
        assert_eq!(codes(Percent, 1, "100.1"), [Code::OutOfRange]);
        assert_eq!(
            codes(Percent, 1, "-0.15"),
            [Code::OutOfRange, Code::InvalidFormat]
        );
        assert_eq!(codes(RatePer100k, 1, "2107"), []);
        assert_eq!(codes(Count, 0, "1.5"), [Code::InvalidFormat]);
        assert_eq!(codes(Count, 0, "-1"), [Code::OutOfRange]);
        assert_eq!(codes(Thumbs, 2, "-1"), []);
        assert_eq!(codes(Thumbs, 2, "1.01"), [Code::OutOfRange]);
        assert_eq!(codes(Score, 1, "19.1"), []);
        assert_eq!(codes(Pence, 0, "-250"), []);
    }
}
