//! What becomes of the rows of a partner's file (`domain.md` 2.8 and 2.9): the same again changes nothing, and nothing is written over.

use entity::id::ImportBatchId;
use entity::outcomes::kinds::ObservationQuality as Quality;
use entity::outcomes::observation;

use super::observations::Figure;
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

/// Whether a row that says of itself that it is not the current revision is one that is there. `past` are those of the figure that are no
/// longer current.
///
/// # Errors
/// `RULE_BROKEN`: what was once recorded cannot be brought in afterwards.
pub fn check_past(
    past: &[&observation::Model],
    revision: Option<i32>,
    told: &Figure,
) -> Result<(), Violation> {
    let is_there = past
        .iter()
        .filter(|row| revision.is_none_or(|revision| row.revision == revision))
        .any(|row| is_same(row, told));
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
    fn an_earlier_revision_is_there_already_or_is_refused() {
        let (first, second) = (there("60", 1), there("61", 2));
        let past = [&first, &second];
        assert_eq!(check_past(&past, Some(1), &told("60")), Ok(()));
        assert_eq!(check_past(&past, None, &told("61")), Ok(()));
        for (revision, value) in [(Some(1), "61"), (Some(3), "60"), (None, "62")] {
            let refused = check_past(&past, revision, &told(value)).unwrap_err();
            assert_eq!(refused.code, Code::RuleBroken);
        }
        assert!(check_past(&[], None, &told("60")).is_err());
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
