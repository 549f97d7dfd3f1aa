//! Exact decimals: whole millionths in 64 bits, so that both databases keep, compare and add them alike and lose no digit.
//!
//! SQLite has no decimal type: what SeaORM calls `Decimal` becomes a binary fraction there, in which 19.1 is not 19.1. Every figure
//! therefore has the same scale, six places, whatever its indicator shows: figures of different indicators can be compared in
//! one statement, and a change of how many places are shown changes no row. The largest is 9,223,372,036,854.775807.

use std::fmt;
use std::str::FromStr;

/// An exact decimal with up to six places.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, sea_orm::DeriveValueType)]
pub struct Decimal(pub i64);

/// How many millionths one is.
const ONE: i64 = 1_000_000;

/// A text that is not a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// It is not written as digits, with a full stop before the places.
    #[error("is not a decimal such as 19.1")]
    Malformed,
    /// It has more than six places, which would have to be rounded.
    #[error("has more than six decimal places")]
    TooPrecise,
    /// It is larger than any figure.
    #[error("is larger than 9223372036854.775807")]
    TooLarge,
}

impl Decimal {
    /// The most places that are kept.
    pub const PLACES: u32 = 6;

    /// A whole number.
    ///
    /// # Errors
    /// [`DecimalError::TooLarge`].
    pub const fn whole(number: i64) -> Result<Self, DecimalError> {
        match number.checked_mul(ONE) {
            Some(millionths) => Ok(Self(millionths)),
            None => Err(DecimalError::TooLarge),
        }
    }

    /// How many places it has, without zeros at the end.
    #[must_use]
    pub const fn places(self) -> u32 {
        let (mut rest, mut places) = (self.0 % ONE, Self::PLACES);
        if rest == 0 {
            return 0;
        }
        while rest % 10 == 0 {
            rest /= 10;
            places -= 1;
        }
        places
    }

    /// Whether it is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }
}

impl fmt::Display for Decimal {
    /// As short as it can be written without losing anything: `19.1`, `-0.5`, `100`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let (whole, rest) = (size / ONE.unsigned_abs(), size % ONE.unsigned_abs());
        if rest == 0 {
            return write!(formatter, "{sign}{whole}");
        }
        let places = format!("{rest:06}");
        write!(formatter, "{sign}{whole}.{}", places.trim_end_matches('0'))
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !are_digits(whole) || !are_digits(places) {
            return Err(DecimalError::Malformed);
        }
        let places = places.trim_end_matches('0');
        if places.len() > 6 {
            return Err(DecimalError::TooPrecise);
        }
        let millionths = format!("{places:0<6}");
        let parsed = |part: &str| part.parse::<i64>().map_err(|_| DecimalError::TooLarge);
        let size = parsed(whole)?
            .checked_mul(ONE)
            .and_then(|size| size.checked_add(millionths.parse().ok()?))
            .ok_or(DecimalError::TooLarge)?;
        Ok(Self(if negative { -size } else { size }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_is_lost() {
        for text in [
            "0",
            "19.1",
            "-0.5",
            "100",
            "0.000001",
            "33992831",
            "9223372036854.775807",
            "-9223372036854.775807",
        ] {
            assert_eq!(text.parse::<Decimal>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn zeros_at_the_end_are_nothing() {
        assert_eq!("19.10".parse(), Ok(Decimal(19_100_000)));
        assert_eq!("007".parse(), Ok(Decimal(7_000_000)));
        assert_eq!(
            "1.0000000000".parse::<Decimal>().map(Decimal::places),
            Ok(0),
            "more than six places, all of them zeros"
        );
        assert_eq!("0.250".parse::<Decimal>().map(Decimal::places), Ok(2));
        assert_eq!(Decimal::whole(5).map(Decimal::is_whole), Ok(true));
    }

    #[test]
    fn what_cannot_be_kept_exactly_is_refused() {
        for (text, error) in [
            ("", DecimalError::Malformed),
            ("-", DecimalError::Malformed),
            (".5", DecimalError::Malformed),
            ("5.", DecimalError::Malformed),
            ("1,000", DecimalError::Malformed),
            ("1e3", DecimalError::Malformed),
            ("+1", DecimalError::Malformed),
            ("١", DecimalError::Malformed),
            ("0.0000001", DecimalError::TooPrecise),
            ("9223372036854.775808", DecimalError::TooLarge),
            ("99999999999999999999", DecimalError::TooLarge),
        ] {
            assert_eq!(text.parse::<Decimal>(), Err(error), "{text:?}");
        }
        assert_eq!(Decimal::whole(i64::MAX), Err(DecimalError::TooLarge));
    }
}
