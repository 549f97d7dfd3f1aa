//! Writes what was read: figures, and what was wrong with rows.

use std::collections::{BTreeSet, HashMap, HashSet};

use entity::id::{DisaggregationId, ImportErrorId, IndicatorVersionId, ObservationId};
use entity::outcomes::kinds::{ImportStatus, ObservationQuality, SubjectType};
use entity::outcomes::{import_batch, import_error, observation};
use sea_orm::prelude::{Date, Uuid};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::names::Ready;
use super::read::Chunk;
use super::{ImportFailure, Leave, faults, made};
use crate::domains::imports::fault::{Fault, FaultKind};
use crate::events::Event;
use crate::store::{StoreError, WriteSession};

/// What was written so far.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Observations that were there already.
    pub unchanged: i64,
    /// Whether the last chunk was written.
    pub is_whole: bool,
    /// What was said of rows in a run before that was stopped: it is not said again.
    said: Option<HashSet<(i64, String)>>,
}

/// What tells a figure from all others.
type Key = (IndicatorVersionId, Uuid, Date, Date, DisaggregationId);

fn key(ready: &Ready) -> Key {
    (
        ready.version,
        ready.place.0,
        ready.period.0,
        ready.period.1,
        ready.people,
    )
}

/// Writes a chunk, in one transaction.
pub(super) async fn chunk(
    session: WriteSession,
    permit: &Leave,
    batch: import_batch::Model,
    chunk: Chunk,
    written: &mut Written,
) -> Result<import_batch::Model, ImportFailure> {
    if written.said.is_none() {
        let said = faults(&session, batch.id).await?;
        written.said = Some(said.into_iter().map(|row| (row.row_number, row.code)).collect());
    }
    let there = there(&session, &chunk.ready).await?;
    let (mut first, mut again, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for ready in &chunk.ready {
        match there.get(&key(ready)) {
            Some(row) if is_same(row, ready) => written.unchanged += 1,
            Some(row) if row.recorded_by_organisation_id.is_some() => kept.push(kept_by_organisation(ready)),
            Some(row) => again.push((row, ready)),
            None => first.push(model(&batch, ready, None)),
        }
    }
    session.insert_all(permit, first).await?;
    for (row, ready) in again {
        revise(&session, permit, &batch, row, ready).await?;
    }
    let said = written.said.get_or_insert_default();
    let new = chunk
        .faults
        .iter()
        .chain(&kept)
        .filter(|fault| !said.contains(&(number(fault.row), fault.kind.to_string())));
    let errors = new.map(|fault| error(&batch, fault, session.now())).collect();
    session.insert_all(permit, errors).await?;
    written.is_whole = chunk.is_last;
    advance(session, batch, &chunk).await
}

/// The current figures that a chunk may say otherwise.
async fn there(
    session: &WriteSession,
    ready: &[Ready],
) -> Result<HashMap<Key, observation::Model>, StoreError> {
    use observation::Column as C;
    if ready.is_empty() {
        return Ok(HashMap::new());
    }
    let versions: BTreeSet<_> = ready.iter().map(|one| one.version).collect();
    let places: BTreeSet<_> = ready.iter().map(|one| one.place.0).collect();
    let periods: BTreeSet<_> = ready.iter().map(|one| one.period.0).collect();
    let people: BTreeSet<_> = ready.iter().map(|one| one.people).collect();
    let among = Condition::all()
        .add(C::IndicatorVersionId.is_in(versions))
        .add(C::PeriodStart.is_in(periods))
        .add(C::DisaggregationId.is_in(people))
        .add(C::SubjectId.is_in(places))
        .add(C::IsCurrent.eq(true));
    let rows = session.facts::<observation::Entity>(among).await?;
    let keyed = rows.into_iter().map(|row| {
        let key = (
            row.indicator_version_id,
            row.subject_id,
            row.period_start,
            row.period_end,
            row.disaggregation_id,
        );
        (key, row)
    });
    Ok(keyed.collect())
}

fn is_same(row: &observation::Model, ready: &Ready) -> bool {
    let stored = (
        row.numerator,
        row.denominator,
        row.base,
        row.value,
        row.margin,
        row.marker,
    );
    stored
        == (
            ready.numerator,
            ready.denominator,
            ready.base,
            ready.value,
            ready.margin,
            ready.marker,
        )
}

/// A figure to be written: the first of its kind, or a revision of another.
fn model(
    batch: &import_batch::Model,
    ready: &Ready,
    of: Option<&observation::Model>,
) -> observation::ActiveModel {
    observation::ActiveModel {
        id: Set(ObservationId::new()),
        indicator_version_id: Set(ready.version),
        indicator_id: Set(ready.indicator),
        subject_type: Set(SubjectType::Geography),
        subject_id: Set(ready.place.0),
        geography_id: Set(Some(ready.place)),
        period_start: Set(ready.period.0),
        period_end: Set(ready.period.1),
        disaggregation_id: Set(ready.people),
        numerator: Set(ready.numerator),
        denominator: Set(ready.denominator),
        base: Set(ready.base),
        value: Set(ready.value),
        margin: Set(ready.margin),
        marker: Set(ready.marker),
        quality: Set(ObservationQuality::Final),
        revision: Set(of.map_or(1, |row| row.revision + 1)),
        is_current: Set(true),
        correction_reason: Set(of.map(|_| format!("Another file says otherwise. {}", batch.source))),
        recorded_by_organisation_id: Set(of.and_then(|row| row.recorded_by_organisation_id)),
        import_batch_id: Set(Some(batch.id)),
        ..Default::default()
    }
}

async fn revise(
    session: &WriteSession,
    permit: &Leave,
    batch: &import_batch::Model,
    row: &observation::Model,
    ready: &Ready,
) -> Result<(), ImportFailure> {
    let superseded = crate::policy::areas::imports::supersede(row.clone())?;
    let past = observation::ActiveModel {
        is_current: Set(false),
        ..Default::default()
    };
    let _: observation::Model = session
        .update::<_, _, _, std::convert::Infallible>(&superseded, row.version, past)
        .await?;
    session.insert(permit, model(batch, ready, Some(row))).await?;
    Ok(())
}

/// What an organisation recorded or corrected, no file of others overwrites.
fn kept_by_organisation(ready: &Ready) -> Fault {
    Fault {
        row: ready.row,
        column: None,
        kind: FaultKind::KeptByOrganisation,
        message: "The organisation that answers for this area has recorded another figure. It stays: only that organisation corrects \
                  it."
            .to_owned(),
    }
}

fn number(row: u64) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX)
}

pub(in crate::domains::imports) fn error(
    batch: &import_batch::Model,
    fault: &Fault,
    now: sea_orm::prelude::DateTimeUtc,
) -> import_error::ActiveModel {
    import_error::ActiveModel {
        id: Set(ImportErrorId::new()),
        import_batch_id: Set(batch.id),
        row_number: Set(number(fault.row)),
        column_name: Set(fault.column.clone()),
        code: Set(fault.kind.to_string()),
        message: Set(fault.message.clone()),
        raw_value: Set(None),
        created_at: Set(now),
    }
}

/// Says how far the import has got.
async fn advance(
    session: WriteSession,
    batch: import_batch::Model,
    chunk: &Chunk,
) -> Result<import_batch::Model, ImportFailure> {
    let row = import_batch::ActiveModel {
        rows_read: Set(number(chunk.counts.rows)),
        rows_refused: Set(number(chunk.counts.refused)),
        ..Default::default()
    };
    change(session, batch, row, "import_batch.advance").await
}

/// Says that the import has come to its end.
pub(super) async fn finish(
    session: WriteSession,
    _permit: &Leave,
    batch: import_batch::Model,
) -> Result<import_batch::Model, ImportFailure> {
    let row = import_batch::ActiveModel {
        status: Set(ImportStatus::Completed),
        records_made: Set(made(&session, batch.id).await?),
        finished_at: Set(Some(session.now())),
        ..Default::default()
    };
    change(session, batch, row, "import_batch.finish").await
}

pub(in crate::domains::imports) async fn change(
    session: WriteSession,
    batch: import_batch::Model,
    row: import_batch::ActiveModel,
    action: &'static str,
) -> Result<import_batch::Model, ImportFailure> {
    let changed = WriteSession::changed(Some(&batch), &row);
    let (id, version) = (batch.id, batch.version);
    let permit = crate::policy::areas::imports::advance(batch)?;
    let batch = session
        .update::<_, _, _, std::convert::Infallible>(&permit, version, row)
        .await?;
    let event = Event::new(action, "import_batch", id).changed(changed);
    let recorded = session.record(event, batch);
    Ok(session.commit(recorded).await?)
}
