//! What a release says, as rows of its table, and back.

use std::collections::BTreeMap;

use entity::decimal::Decimal;
use entity::id::{IndicatorId, IndicatorVersionId, ObservationId, PublishedFigureId, ReleaseId};
use entity::outcomes::kinds::SubjectType;
use entity::outcomes::observation;
use entity::releases::kinds::{FigureChange, PublishedAs};
use entity::releases::published_figure;
use sea_orm::Set;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::rules::cells::{Published, Shown};
use super::rules::numbered::{CellKey, Contents, Release};

/// What a row is about.
pub(super) fn key(row: &published_figure::Model) -> CellKey {
    CellKey {
        indicator_version: row.indicator_version_id.0,
        period: (row.period_start, row.period_end),
        disaggregation: row.disaggregation_id.0,
        subject: row.subject_id,
    }
}

/// The same of an observation.
pub(super) fn key_of(row: &observation::Model) -> CellKey {
    CellKey {
        indicator_version: row.indicator_version_id.0,
        period: (row.period_start, row.period_end),
        disaggregation: row.disaggregation_id.0,
        subject: row.subject_id,
    }
}

/// What the rows of a release say. A figure that was removed is not said.
pub(super) fn contents(rows: &[published_figure::Model]) -> Contents {
    let said = rows.iter().filter(|row| row.change != FigureChange::Removed);
    Contents::of(said.map(|row| {
        let published = Published {
            numerator: shown(row.numerator, row.numerator_as),
            denominator: shown(row.denominator, row.denominator_as),
            value: shown(row.value, row.value_as),
        };
        (key(row), published)
    }))
}

fn shown(number: Option<Decimal>, stands: PublishedAs) -> Shown {
    match (stands, number) {
        (PublishedAs::Exact, Some(number)) => Shown::Exact(number),
        (PublishedAs::Rounded, Some(number)) => Shown::Rounded(number),
        (PublishedAs::Suppressed, _) => Shown::Suppressed,
        (PublishedAs::NotApplicable, _) => Shown::NotApplicable,
        (PublishedAs::NotAvailable | PublishedAs::Exact | PublishedAs::Rounded, _) => Shown::NotAvailable,
    }
}

fn stands(shown: Shown) -> PublishedAs {
    match shown {
        Shown::Exact(_) => PublishedAs::Exact,
        Shown::Rounded(_) => PublishedAs::Rounded,
        Shown::Suppressed => PublishedAs::Suppressed,
        Shown::NotAvailable => PublishedAs::NotAvailable,
        Shown::NotApplicable => PublishedAs::NotApplicable,
    }
}

/// What a figure is of, as a row names it.
struct Place {
    observation: Option<ObservationId>,
    indicator: IndicatorId,
    subject_type: SubjectType,
}

/// The rows of a release that is made now, with what it no longer says of what was said `before`.
pub(super) fn rows(
    of: ReleaseId,
    release: &Release,
    observations: &[observation::Model],
    before: &[published_figure::Model],
    now: DateTimeUtc,
) -> Vec<published_figure::ActiveModel> {
    let places: BTreeMap<CellKey, &observation::Model> =
        observations.iter().map(|row| (key_of(row), row)).collect();
    let changes = &release.changes;
    let became = |key: &CellKey| {
        if changes.added.binary_search(key).is_ok() {
            FigureChange::Added
        } else if changes.changed.binary_search(key).is_ok() {
            FigureChange::Changed
        } else {
            FigureChange::Same
        }
    };
    let said = release.contents.cells().filter_map(|(key, cell)| {
        let observation = places.get(key)?;
        let place = Place {
            observation: Some(observation.id),
            indicator: observation.indicator_id,
            subject_type: observation.subject_type,
        };
        Some(row((of, now), key, &place, *cell, became(key)))
    });
    let gone: BTreeMap<CellKey, _> = before.iter().map(|row| (key(row), row)).collect();
    let removed = changes.removed.iter().filter_map(|key| {
        let last = gone.get(key)?;
        let place = Place {
            observation: None,
            indicator: last.indicator_id,
            subject_type: last.subject_type,
        };
        let nothing = Published {
            numerator: Shown::NotAvailable,
            denominator: Shown::NotAvailable,
            value: Shown::NotAvailable,
        };
        Some(row((of, now), key, &place, nothing, FigureChange::Removed))
    });
    said.chain(removed).collect()
}

fn row(
    (release, now): (ReleaseId, DateTimeUtc),
    key: &CellKey,
    place: &Place,
    cell: Published,
    change: FigureChange,
) -> published_figure::ActiveModel {
    let subject = key.subject;
    published_figure::ActiveModel {
        id: Set(PublishedFigureId::new()),
        release_id: Set(release),
        observation_id: Set(place.observation),
        indicator_version_id: Set(IndicatorVersionId(key.indicator_version)),
        indicator_id: Set(place.indicator),
        subject_type: Set(place.subject_type),
        subject_id: Set(subject),
        geography_id: Set(place.as_a(SubjectType::Geography, subject)),
        organisation_id: Set(place.as_a(SubjectType::Organisation, subject)),
        service_id: Set(place.as_a(SubjectType::Service, subject)),
        site_id: Set(place.as_a(SubjectType::Site, subject)),
        period_start: Set(key.period.0),
        period_end: Set(key.period.1),
        disaggregation_id: Set(key.disaggregation.into()),
        numerator: Set(cell.numerator.number()),
        numerator_as: Set(stands(cell.numerator)),
        denominator: Set(cell.denominator.number()),
        denominator_as: Set(stands(cell.denominator)),
        value: Set(cell.value.number()),
        value_as: Set(stands(cell.value)),
        change: Set(change),
        created_at: Set(now),
    }
}

impl Place {
    fn as_a<I: From<Uuid>>(&self, of: SubjectType, subject: Uuid) -> Option<I> {
        (self.subject_type == of).then(|| subject.into())
    }
}
