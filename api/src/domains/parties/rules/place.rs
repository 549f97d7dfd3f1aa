//! Sites and services: where they are and from when to when (`domain.md` 2.1).

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use chrono::NaiveDate;
use entity::parties::kinds::CqcRating;
use regex::Regex;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, days_in_order, number};

/// The general form of a postcode: outward code, inward code. Source: the format of BS 7666,
/// loosened in the letters it excludes so that the pseudo-postcodes of the NHS (`ZZ99 …`) pass.
static POSTCODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("^(?:GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}$").ok());

/// Characters of the inward code, the part after the space.
const INWARD_LENGTH: usize = 3;

/// Digits of a unique property reference number at most. Source: Ordnance Survey, `AddressBase`.
const UPRN_LENGTH: usize = 12;

/// Degrees north between which the United Kingdom lies.
const LATITUDES: RangeInclusive<f64> = 49.0..=61.5;

/// Degrees east between which the United Kingdom lies; west is negative.
const LONGITUDES: RangeInclusive<f64> = -9.5..=2.5;

/// The normal form of a postcode: capitals, one space before the last three characters.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn postcode(raw: &str) -> Result<String, Violation> {
    let compact: String = raw
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let compact = compact.to_ascii_uppercase();
    if POSTCODE
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(&compact))
    {
        let (outward, inward) = compact.split_at(compact.len() - INWARD_LENGTH);
        return Ok(format!("{outward} {inward}"));
    }
    let message =
        "This is not a postcode of the United Kingdom. Write it as on an envelope, for example LS1 1UR.";
    Err(Violation::new(Code::InvalidFormat, "postcode", message))
}

/// The normal form of a unique property reference number: digits, without zeros in front.
///
/// # Errors
/// `INVALID_FORMAT`.
pub fn uprn(raw: &str) -> Result<String, Violation> {
    let digits: String = raw
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let number = digits.trim_start_matches('0');
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.len() <= UPRN_LENGTH;
    if is_number && !number.is_empty() {
        return Ok(number.to_owned());
    }
    let message = "A unique property reference number has up to 12 digits, for example 72339345.";
    Err(Violation::new(Code::InvalidFormat, "uprn", message))
}

/// Degrees north and east of a site in the United Kingdom: both or neither.
///
/// # Errors
/// `REQUIRED` for one without the other, `OUT_OF_RANGE` for a place elsewhere, which most often means that the two were
/// swapped.
pub fn check_position(latitude: Option<f64>, longitude: Option<f64>) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    for (field, this, other) in [
        ("latitude", latitude, longitude),
        ("longitude", longitude, latitude),
    ] {
        violations.check(this.is_some() || other.is_none(), Code::Required, field, || {
            "A place needs both latitude and longitude. Give both, or neither.".to_owned()
        });
    }
    for (field, degrees, range) in [
        ("latitude", latitude, LATITUDES),
        ("longitude", longitude, LONGITUDES),
    ] {
        // Not a number lies in no range.
        violations.check(degrees.is_none_or(|degrees| range.contains(&degrees)), Code::OutOfRange, field, || {
            format!(
                "The {field} of a place in the United Kingdom lies between {} and {} degrees. Check that latitude and \
                 longitude are not swapped.",
                range.start(),
                range.end()
            )
        });
    }
    violations.into_result()
}

/// How many beds a site has, and how it was rated on which day.
///
/// # Errors
/// `OUT_OF_RANGE` for fewer than no beds and for a rating in the future, `REQUIRED` for the day of a rating that is missing.
pub fn check_registration(
    beds: Option<i32>,
    rating: Option<CqcRating>,
    rating_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    if let Some(beds) = beds {
        violations.keep(number("beds", beds, 0..=i32::MAX));
    }
    violations.check(
        rating_on.is_none() || rating.is_some(),
        Code::Required,
        "cqcRating",
        || {
            "The day of a rating is given, and the rating is missing. Give both, or leave the day out."
                .to_owned()
        },
    );
    violations.check(
        rating_on.is_none_or(|day| day <= today),
        Code::OutOfRange,
        "ratingOn",
        || "The rating lies in the future. Give the day on which it was published.".to_owned(),
    );
    violations.into_result()
}

/// The first and the last day of a service.
///
/// # Errors
/// `OUT_OF_RANGE` when the last lies before the first.
pub fn check_service_dates(starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Result<(), Violation> {
    days_in_order(("startsOn", Some(starts_on)), ("endsOn", ends_on))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(outcome: Result<(), Vec<Violation>>) -> Vec<(Code, String)> {
        let violations = outcome.err().unwrap_or_default();
        violations
            .into_iter()
            .map(|violation| (violation.code, violation.path.join(".")))
            .collect()
    }

    fn at(code: Code, field: &str) -> (Code, String) {
        (code, field.to_owned())
    }

    #[test]
    fn postcodes_are_written_as_on_an_envelope() {
        for (raw, normal) in [
            ("ls11ur", "LS1 1UR"),
            (" M1  1AE ", "M1 1AE"),
            ("EC1A1BB", "EC1A 1BB"),
            ("gir0aa", "GIR 0AA"),
            ("ZZ99 3VZ", "ZZ99 3VZ"),
        ] {
            assert_eq!(postcode(raw).as_deref(), Ok(normal), "{raw}");
        }
        for raw in ["", "LS1", "12345", "LS1 1U", "LS11 11U", "É1 1AE", "LS1-1UR"] {
            assert_eq!(postcode(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
    }

    #[test]
    fn property_numbers_lose_the_zeros_in_front() {
        assert_eq!(uprn("000072339345").as_deref(), Ok("72339345"));
        assert_eq!(uprn("1").as_deref(), Ok("1"));
        for raw in ["", "0", "1234567890123", "12A", "-1", "١"] {
            assert_eq!(uprn(raw).unwrap_err().code, Code::InvalidFormat, "{raw}");
        }
    }

    #[test]
    fn a_place_has_both_degrees_and_lies_in_the_united_kingdom() {
        assert_eq!(fields(check_position(Some(53.8), Some(-1.5))), []);
        assert_eq!(fields(check_position(None, None)), []);
        assert_eq!(
            fields(check_position(Some(53.8), None)),
            [at(Code::Required, "longitude")]
        );
        assert_eq!(
            fields(check_position(None, Some(-1.5))),
            [at(Code::Required, "latitude")]
        );
        let swapped = [
            at(Code::OutOfRange, "latitude"),
            at(Code::OutOfRange, "longitude"),
        ];
        assert_eq!(fields(check_position(Some(-1.5), Some(53.8))), swapped);
        assert_eq!(
            fields(check_position(Some(f64::NAN), Some(f64::INFINITY))),
            swapped
        );
        assert_eq!(
            fields(check_position(Some(49.9), Some(-6.3))),
            [],
            "Isles of Scilly"
        );
        assert_eq!(fields(check_position(Some(60.8), Some(-0.8))), [], "Unst");
        assert_eq!(fields(check_position(Some(54.4), Some(-8.1))), [], "Fermanagh");
    }

    #[test]
    fn a_rating_has_a_day_that_is_not_in_the_future() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day);
        let check =
            |beds, rating, rating_on| fields(check_registration(beds, rating, rating_on, day(10).unwrap()));
        assert_eq!(check(Some(0), Some(CqcRating::Good), day(10)), []);
        assert_eq!(check(None, Some(CqcRating::NotRated), None), []);
        let all = [
            at(Code::OutOfRange, "beds"),
            at(Code::Required, "cqcRating"),
            at(Code::OutOfRange, "ratingOn"),
        ];
        assert_eq!(check(Some(-1), None, day(11)), all);
    }

    #[test]
    fn a_service_does_not_end_before_it_starts() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 7, day).unwrap();
        assert_eq!(check_service_dates(day(5), Some(day(5))), Ok(()));
        assert!(check_service_dates(day(5), Some(day(4))).is_err());
    }
}
