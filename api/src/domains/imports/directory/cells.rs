//! How the directory writes dates, ratings, flags and numbers.

use chrono::NaiveDate;
use entity::parties::kinds::CqcRating;

use crate::domains::parties::rules::place::check_position;

/// What stands in a cell that says nothing.
const NOTHING: [&str; 3] = ["-", "n/a", "null"];

/// The text of a cell; nothing for a blank one and for a dash.
#[must_use]
pub fn text(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let says_nothing = cell.is_empty() || NOTHING.iter().any(|nothing| cell.eq_ignore_ascii_case(nothing));
    (!says_nothing).then_some(cell)
}

/// A flag: `Y`, or blank; nothing for anything else.
#[must_use]
pub fn flag(cell: &str) -> Option<bool> {
    match text(cell).map(str::to_ascii_uppercase).as_deref() {
        None | Some("N" | "NO") => Some(false),
        Some("Y" | "YES") => Some(true),
        Some(_) => None,
    }
}

/// A day: `01/10/2010`, or as ISO 8601 writes it; a time behind it is left out.
#[must_use]
pub fn day(cell: &str) -> Option<NaiveDate> {
    let day = cell.trim().split([' ', 'T']).next()?;
    let ways = ["%d/%m/%Y", "%Y-%m-%d"];
    let is_whole = day.len() == 10;
    ways.into_iter()
        .find_map(|way| NaiveDate::parse_from_str(day, way).ok())
        .filter(|_| is_whole)
}

/// A place in the United Kingdom, north and east in degrees; nothing for one elsewhere, or half a place.
#[must_use]
pub fn place(north: &str, east: &str) -> Option<(f64, f64)> {
    let (north, east) = (north.parse().ok()?, east.parse().ok()?);
    check_position(Some(north), Some(east))
        .is_ok()
        .then_some((north, east))
}

/// A rating; nothing for a word that is none.
#[must_use]
pub fn rating(cell: &str) -> Option<CqcRating> {
    let word = cell.trim().to_lowercase();
    Some(match word.as_str() {
        "outstanding" => CqcRating::Outstanding,
        "good" => CqcRating::Good,
        "requires improvement" => CqcRating::RequiresImprovement,
        "inadequate" => CqcRating::Inadequate,
        "not rated"
        | "unrated"
        | "no published rating"
        | "not formally rated"
        | "inspected but not rated"
        | "insufficient evidence to rate" => CqcRating::NotRated,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_says_nothing() {
        assert_eq!((text(" - "), text(""), text("N/A")), (None, None, None));
        assert_eq!(text(" SYN Brand "), Some("SYN Brand"));
    }

    #[test]
    fn flags_are_y_or_blank() {
        assert_eq!(
            (flag("Y"), flag(""), flag("n")),
            (Some(true), Some(false), Some(false))
        );
        assert_eq!(flag("maybe"), None);
    }

    #[test]
    fn days_are_written_in_two_ways() {
        let expected = NaiveDate::from_ymd_opt(2010, 10, 1);
        for written in [
            "01/10/2010",
            "2010-10-01",
            "01/10/2010 00:00",
            "2010-10-01T00:00:00",
        ] {
            assert_eq!(day(written), expected, "{written}");
        }
        for wrong in ["31/02/2010", "1/10/2010", "40452", "2010-10", ""] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_place_is_a_whole_one_in_the_united_kingdom() {
        assert_eq!(place("51.6", "-3.9"), Some((51.6, -3.9)));
        for (north, east) in [("51.6", ""), ("", "-3.9"), ("48.9", "2.4"), ("51.6", "west")] {
            assert_eq!(place(north, east), None, "{north} {east}");
        }
    }

    #[test]
    fn ratings_are_words_in_any_case() {
        assert_eq!(
            rating("Requires Improvement"),
            Some(CqcRating::RequiresImprovement)
        );
        assert_eq!(rating("No published rating"), Some(CqcRating::NotRated));
        assert_eq!(rating("Splendid"), None);
    }
}
