//! What becomes of the rows of a partner's file (`domain.md` 2.8 and 2.9): the same again changes nothing, and nothing is written over.

use entity::id::ImportBatchId;
use entity::outcomes::kinds::{ImportColumn as Column, ObservationQuality as Quality};
use entity::outcomes::observation;

use super::observations::{Figure, is_absent};
use crate::domains::violation::{UserErrorCode as Code, Violation};

/// Whether a figure that is there is what a row says. One that a second person has marked as final since is the same figure.
#[must_use]
pub fn is_same(there: &observation::Model, told: &Figure) -> bool {
    let quality = there.quality == told.quality
        || there.quality == Quality::Final && told.quality == Quality::Provisional;
    quality
        && (there.numerator, there.denominator, there.base) == (told.numerator, told.denominator, told.base)
        && (there.value, there.margin, there.marker) == (told.value, told.margin, told.marker)
}

/// What a row comes to beside a figure that is there: of what the file has no column for, the row says nothing, and it stays. A value
/// stays as long as the parts do; of other parts, or of a marker in its place, it is not.
#[must_use]
pub fn completed(there: &observation::Model, told: &Figure, columns: &[Column]) -> Figure {
    let has = |column| columns.contains(&column);
    let number = |column, told, kept| if has(column) { told } else { kept };
    let numerator = number(Column::Numerator, told.numerator, there.numerator);
    let denominator = number(Column::Denominator, told.denominator, there.denominator);
    let marker = if has(Column::Marker) || told.marker.is_some() {
        told.marker
    } else {
        there.marker
    };
    let is_of_these = (numerator, denominator) == (there.numerator, there.denominator) && !is_absent(marker);
    let value = number(Column::Value, told.value, there.value.filter(|_| is_of_these));
    let quality = match there.quality {
        _ if has(Column::Quality) => told.quality,
        Quality::Final => Quality::Provisional,
        kept => kept,
    };
    Figure {
        numerator,
        denominator,
        base: number(Column::Base, told.base, there.base),
        value,
        margin: number(Column::Margin, told.margin, there.margin),
        marker,
        quality,
    }
}

/// Whether a row that says of itself that it is not the current revision is one that is there. `past` are those of the figure that are no
/// longer current.
///
/// # Errors
/// `RULE_BROKEN`: what was once recorded cannot be brought in afterwards.
pub fn check_past(
    past: &[&observation::Model],
    revision: Option<i32>,
    (told, columns): (&Figure, &[Column]),
) -> Result<(), Violation> {
    let is_there = past
        .iter()
        .filter(|row| revision.is_none_or(|revision| row.revision == revision))
        .any(|row| is_same(row, &completed(row, told, columns)));
    if is_there {
        return Ok(());
    }
    let message = "This row is an earlier revision, and there is none like it. Only current figures are imported: what was recorded \
                   before cannot be changed.";
    Err(Violation::new(Code::RuleBroken, "isCurrent", message))
}

/// Whether the figure that is there may be corrected to what a row says otherwise.
///
/// # Errors
/// `CONFLICT` at the revision when the row was made before the last correction; `ALREADY_EXISTS` at the value when nobody said why it
/// should be corrected.
pub fn check_otherwise(
    there: &observation::Model,
    revision: Option<i32>,
    may_correct: bool,
) -> Result<(), Violation> {
    if let Some(revision) = revision.filter(|revision| *revision < there.revision) {
        let message = format!(
            "This row says otherwise than the figure that is there, and was made of its revision {revision}; it is at revision {} now. Look \
             at the figure as it is, and put that number here if the row is to correct it.",
            there.revision
        );
        return Err(Violation::new(Code::Conflict, "revision", message));
    }
    if may_correct {
        return Ok(());
    }
    let message = "There is another figure of this indicator, subject, period and people. Correct that one, or import the file with a \
                   `correctionReason`.";
    Err(Violation::new(Code::AlreadyExists, "value", message))
}

/// Whether an import brought a figure itself: then an earlier row of the file was about the same.
#[must_use]
pub fn is_own(there: &observation::Model, batch: ImportBatchId) -> bool {
    there.import_batch_id == Some(batch)
}

#[cfg(test)]
mod tests {
    use entity::decimal::Decimal;
    use entity::outcomes::kinds::{ObservationMarker as Marker, SubjectType};
    use sea_orm::prelude::Uuid;

    use super::*;

    fn number(text: &str) -> Option<Decimal> {
        text.parse().ok()
    }

    fn told(value: &str) -> Figure {
        Figure {
            numerator: None,
            denominator: None,
            base: None,
            value: number(value),
            margin: None,
            marker: None,
            quality: Quality::Provisional,
        }
    }

    fn there(value: &str, revision: i32) -> observation::Model {
        let id = Uuid::nil();
        observation::Model {
            id: id.into(),
            indicator_version_id: id.into(),
            indicator_id: id.into(),
            subject_type: SubjectType::Geography,
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
            value: number(value),
            margin: None,
            marker: None,
            quality: Quality::Provisional,
            revision,
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

    #[test]
    fn the_same_figure_is_the_same_also_once_it_is_final() {
        assert!(is_same(&there("60", 1), &told("60")));
        assert!(!is_same(&there("60", 1), &told("60.1")));
        let mut last = there("60", 1);
        last.quality = Quality::Final;
        assert!(is_same(&last, &told("60")));
        let estimate = Figure {
            quality: Quality::Estimate,
            ..told("60")
        };
        assert!(!is_same(&last, &estimate));
        assert!(!is_same(&there("60", 1), &estimate));
        last.quality = Quality::Estimate;
        assert!(!is_same(&last, &told("60")));
        let withheld = Figure {
            marker: Some(Marker::Confidential),
            ..told("")
        };
        assert!(!is_same(&there("", 1), &withheld));
    }

    #[test]
    fn what_a_file_has_no_column_for_stays() {
        let whole = observation::Model {
            numerator: number("30"),
            denominator: number("50"),
            base: number("80"),
            margin: number("2"),
            quality: Quality::Estimate,
            ..there("60", 1)
        };
        let same = completed(&whole, &told("60"), &[Column::Value]);
        assert!(is_same(&whole, &same), "{same:?}");
        let other = completed(&whole, &told("61"), &[Column::Value]);
        assert_eq!(
            (other.value, other.numerator, other.base),
            (number("61"), number("30"), number("80"))
        );
        assert_eq!((other.margin, other.quality), (number("2"), Quality::Estimate));
        let all = [
            Column::Value,
            Column::Numerator,
            Column::Denominator,
            Column::Base,
            Column::Margin,
            Column::Quality,
        ];
        let bare = completed(&whole, &told("60"), &all);
        assert_eq!(bare, told("60"), "what a column leaves blank is not there");
    }

    #[test]
    fn a_value_stays_as_long_as_its_parts() {
        let parts = [Column::Numerator, Column::Denominator];
        let whole = observation::Model {
            numerator: number("30"),
            denominator: number("50"),
            ..there("59", 1)
        };
        let of = |numerator: &str| Figure {
            numerator: number(numerator),
            denominator: number("50"),
            ..told("")
        };
        assert_eq!(
            completed(&whole, &of("30"), &parts).value,
            number("59"),
            "as its publisher rounded it"
        );
        assert_eq!(
            completed(&whole, &of("31"), &parts).value,
            None,
            "it is worked out anew"
        );
    }

    #[test]
    fn a_marker_stays_unless_the_file_speaks_of_it() {
        let withheld = observation::Model {
            marker: Some(Marker::Confidential),
            ..there("", 1)
        };
        let marker = |told: &Figure, columns: &[Column]| completed(&withheld, told, columns).marker;
        assert_eq!(marker(&told("60"), &[Column::Value]), Some(Marker::Confidential));
        assert_eq!(marker(&told("60"), &[Column::Value, Column::Marker]), None);
        let absent = Figure {
            marker: Some(Marker::NotAvailable),
            ..told("")
        };
        assert_eq!(
            marker(&absent, &[Column::Value]),
            Some(Marker::NotAvailable),
            "in the place of the value"
        );
        let gone = completed(&there("60", 1), &absent, &[Column::Marker]);
        assert_eq!((gone.value, gone.marker), (None, Some(Marker::NotAvailable)));
    }

    #[test]
    fn a_final_figure_is_corrected_as_a_provisional_one() {
        let last = observation::Model {
            quality: Quality::Final,
            ..there("60", 1)
        };
        assert_eq!(
            completed(&last, &told("61"), &[Column::Value]).quality,
            Quality::Provisional
        );
    }

    #[test]
    fn an_earlier_revision_is_there_already_or_is_refused() {
        let (first, second) = (there("60", 1), there("61", 2));
        let past = [&first, &second];
        let check =
            |past: &[&_], revision, value| check_past(past, revision, (&told(value), &[Column::Value]));
        assert_eq!(check(&past, Some(1), "60"), Ok(()));
        assert_eq!(check(&past, None, "61"), Ok(()));
        for (revision, value) in [(Some(1), "61"), (Some(3), "60"), (None, "62")] {
            let refused = check(&past, revision, value).unwrap_err();
            assert_eq!(refused.code, Code::RuleBroken);
        }
        assert!(check(&[], None, "60").is_err());
    }

    #[test]
    fn another_figure_is_corrected_for_a_reason_and_by_whoever_knows_it() {
        let code = |revision, may_correct| {
            let checked = check_otherwise(&there("60", 2), revision, may_correct);
            checked.err().map(|violation| violation.code)
        };
        assert_eq!(code(None, false), Some(Code::AlreadyExists));
        assert_eq!(code(None, true), None);
        assert_eq!(code(Some(2), true), None);
        assert_eq!(code(Some(2), false), Some(Code::AlreadyExists));
        assert_eq!(
            code(Some(1), true),
            Some(Code::Conflict),
            "it was corrected since the file was made"
        );
    }

    #[test]
    fn a_figure_comes_once_in_a_file() {
        let mut row = there("60", 1);
        let batch = ImportBatchId(Uuid::from_u128(7));
        assert!(!is_own(&row, batch));
        row.import_batch_id = Some(batch);
        assert!(is_own(&row, batch));
    }
}
