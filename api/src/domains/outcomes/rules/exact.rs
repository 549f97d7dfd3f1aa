//! Arithmetic that loses no digit: whole millionths in 128 bits, rounded once, at the end.

use entity::decimal::Decimal;

/// A quotient rounded to `places` decimal places, halves away from zero, as publishers round. Nothing when the divisor is
/// nought, or the quotient larger than any figure.
#[must_use]
pub fn rounded(dividend: i128, divisor: i128, places: u32) -> Option<Decimal> {
    if divisor == 0 {
        return None;
    }
    let places = places.min(Decimal::PLACES);
    let dividend = dividend.checked_mul(10_i128.checked_pow(places)?)?;
    let halves = dividend.checked_mul(2)?;
    let size = halves
        .checked_abs()?
        .checked_add(divisor.checked_abs()?)?
        .checked_div(divisor.checked_abs()?.checked_mul(2)?)?;
    let sign = dividend.signum() * divisor.signum();
    let millionths = (sign * size).checked_mul(10_i128.pow(Decimal::PLACES - places))?;
    i64::try_from(millionths).ok().map(Decimal)
}

/// A sum, in millionths.
#[must_use]
pub fn sum(numbers: impl IntoIterator<Item = Decimal>) -> i128 {
    numbers.into_iter().map(|number| i128::from(number.0)).sum()
}

/// A decimal out of millionths, where it is not larger than any figure.
#[must_use]
pub fn decimal(millionths: i128) -> Option<Decimal> {
    i64::try_from(millionths).ok().map(Decimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(dividend: i128, divisor: i128, places: u32) -> String {
        rounded(dividend, divisor, places).unwrap().to_string()
    }

    #[test]
    fn a_quotient_is_rounded_once_and_halves_go_away_from_zero() {
        assert_eq!(divided(100, 3, 1), "33.3");
        assert_eq!(divided(200, 3, 1), "66.7");
        assert_eq!(divided(25, 100, 1), "0.3");
        assert_eq!(divided(-25, 100, 1), "-0.3");
        assert_eq!(divided(1, 3, 6), "0.333333");
        assert_eq!(divided(5, 2, 0), "3");
    }

    #[test]
    fn what_cannot_be_divided_is_nothing_and_not_a_number() {
        assert_eq!(rounded(1, 0, 1), None);
        assert_eq!(rounded(i128::MAX, 1, 1), None);
    }
}
