//! Writes a part of a file: one transaction with its figures, what was wrong with rows, how far the import has got, and the trace.

use std::collections::HashSet;
use std::convert::Infallible;

use entity::id::{ImportBatchId, OrganisationId};
use entity::outcomes::kinds::{ImportColumn as Column, ImportStatus, ObservationQuality};
use entity::outcomes::{import_batch, import_error, observation};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::fault::LineFault;
use super::headings::Columns;
use super::naming::Codes;
use super::reading::{Line, Part, twice};
use super::said::Said;
use crate::domains::imports::fault::FaultKind;
use crate::domains::outcomes::observation::naming::Subject;
use crate::domains::outcomes::observation::persist::{Key, Revisions, Row, judged, revision_of, there};
use crate::domains::outcomes::rules::imports::{check_otherwise, check_past, completed, is_own, is_same};
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::events::Event;
use crate::policy::areas::observations::{self as policy, RecordFigures};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{StoreError, WriteError, WriteSession};

/// Why a part was not written.
pub(super) type Failure = WriteError<Infallible>;

/// What a row comes to.
enum Fate {
    /// It is there already; perhaps provisional, while the row calls it final.
    Same { is_provisional: bool },
    /// It was not there.
    New(Row),
    /// It takes the place of another.
    Correction(Row, Box<observation::Model>),
}

/// What is to be written.
#[derive(Default)]
struct Tally {
    /// Figures, new and corrected.
    figures: Vec<observation::ActiveModel>,
    /// Those whose place they take.
    superseded: Vec<Permit<RecordFigures, observation::Model>>,
    errors: Vec<import_error::ActiveModel>,
    /// What happened to figures that were there.
    events: Vec<Event>,
    unchanged: i64,
    refused: i64,
    permit: Option<Permit<RecordFigures, uuid::Uuid>>,
}

/// Writes a part as whoever asked, and answers how the import stands; nothing when it is not where the part begins, because it has ended
/// or another node goes on with it.
///
/// # Errors
/// When the database fails, or somebody was faster: then nothing of the part was written, and it can be tried again.
pub(super) async fn write(
    session: WriteSession,
    viewer: &Viewer,
    (id, most_refused): (ImportBatchId, u32),
    part: &Part,
) -> Result<Option<import_batch::Model>, Failure> {
    let Some(batch) = held(&session, id).await? else {
        return Ok(None);
    };
    if batch.status != ImportStatus::Running || batch.rows_read.unsigned_abs() != part.before {
        return Ok(None);
    }
    let Ok(permit) = policy::go_on_with(viewer, batch) else {
        return Ok(None);
    };
    let batch = permit.model();
    let tally = Gathering::new(&session, viewer, batch, &part.columns)
        .tally(part)
        .await?;
    for superseded in &tally.superseded {
        let no_longer = observation::ActiveModel {
            is_current: Set(false),
            ..Default::default()
        };
        session
            .update::<_, _, _, Infallible>(superseded, superseded.model().version, no_longer)
            .await?;
    }
    let made = count(tally.figures.len());
    if let Some(permit) = &tally.permit {
        session.insert_all(permit, tally.figures).await?;
    }
    session.insert_all(&permit, tally.errors).await?;
    let row = import_batch::ActiveModel {
        rows_read: Set(batch.rows_read + count(part.lines.len())),
        rows_refused: Set(batch.rows_refused + tally.refused),
        records_made: Set(batch.records_made + made),
        records_unchanged: Set(batch.records_unchanged + tally.unchanged),
        bytes_read: Set(i64::try_from(part.bytes).unwrap_or(i64::MAX)),
        attempts: Set(0),
        ..Default::default()
    };
    let (action, row) = if batch.rows_refused + tally.refused > i64::from(most_refused) {
        let failure = format!(
            "More than {most_refused} rows were refused. Look at what was wrong with them, and import a file in which that is put right."
        );
        ("import_batch.fail", ended(row, &session, Some(failure)))
    } else if part.is_last {
        ("import_batch.finish", ended(row, &session, None))
    } else {
        ("import_batch.advance", row)
    };
    let event = event(action, batch).changed(WriteSession::changed(Some(batch), &row));
    let batch = session
        .update::<_, _, _, Infallible>(&permit, batch.version, row)
        .await?;
    let mut events = tally.events;
    events.push(event);
    let recorded = session.record_all(events, batch);
    Ok(Some(session.commit(recorded).await?))
}

/// The row of an import, held until the transaction ends.
pub(super) async fn held(
    session: &WriteSession,
    id: ImportBatchId,
) -> Result<Option<import_batch::Model>, StoreError> {
    session.lock::<import_batch::Entity>(id).await?;
    let this = Condition::all().add(import_batch::Column::Id.eq(id));
    Ok(session.facts::<import_batch::Entity>(this).await?.pop())
}

/// Something happened to an import.
pub(super) fn event(action: &'static str, batch: &import_batch::Model) -> Event {
    let event = Event::new(action, "import_batch", batch.id);
    match batch.organisation_id {
        Some(organisation) => event.of_organisation(organisation),
        None => event,
    }
}

/// The row of an import that has come to its end, or to an early one. Its file may be removed.
pub(super) fn ended(
    row: import_batch::ActiveModel,
    session: &WriteSession,
    failure: Option<String>,
) -> import_batch::ActiveModel {
    let status = match failure {
        Some(_) => ImportStatus::Failed,
        None => ImportStatus::Completed,
    };
    import_batch::ActiveModel {
        status: Set(status),
        failure: Set(failure),
        media_id: Set(None),
        finished_at: Set(Some(session.now())),
        ..row
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// Decides what becomes of the rows of a part.
struct Gathering<'a> {
    session: &'a WriteSession,
    viewer: &'a Viewer,
    batch: &'a import_batch::Model,
    /// Of what the file has a column.
    columns: Vec<Column>,
    tally: Tally,
}

/// A row that names what the viewer may record.
type Meant<'a> = (&'a Line, &'a Said, Row);

impl<'a> Gathering<'a> {
    fn new(
        session: &'a WriteSession,
        viewer: &'a Viewer,
        batch: &'a import_batch::Model,
        columns: &Columns,
    ) -> Self {
        Self {
            session,
            viewer,
            batch,
            columns: columns.places().map(|(column, _)| column).collect(),
            tally: Tally::default(),
        }
    }

    async fn tally(mut self, part: &Part) -> Result<Tally, Failure> {
        let meant = self.meant(part).await?;
        let is_of_now = meant.iter().all(|(_, said, _)| said.is_current);
        let revisions = if is_of_now {
            Revisions::Current
        } else {
            Revisions::All
        };
        let keys = meant.iter().map(|(_, _, row)| row.key()).collect();
        let there = there(self.session, keys, revisions).await?;
        let mut seen: HashSet<(Key, Option<i32>, bool)> = HashSet::new();
        for (line, said, row) in meant {
            let key = row.key();
            let revision = said.revision.filter(|_| !said.is_current);
            if !seen.insert((key, revision, said.is_current)) {
                self.refuse(part, line, vec![twice()]);
                continue;
            }
            let there = there.get(&key).map_or(&[][..], Vec::as_slice);
            match self.fate(said, row, there) {
                Ok(fate) => self.keep(part, line, said, fate)?,
                Err(faults) => self.refuse(part, line, faults),
            }
        }
        Ok(self.tally)
    }

    /// The rows that name what there is, and what the viewer may record; the others are refused.
    async fn meant<'p>(&mut self, part: &'p Part) -> Result<Vec<Meant<'p>>, StoreError> {
        let mut codes = Codes::new(self.session);
        let mut meant = Vec::with_capacity(part.lines.len());
        for line in &part.lines {
            match &line.said {
                Err(faults) => self.refuse(part, line, faults.clone()),
                Ok(said) => match self.row(&mut codes, said).await? {
                    Ok(row) => meant.push((line, said, row)),
                    Err(faults) => self.refuse(part, line, faults),
                },
            }
        }
        Ok(meant)
    }

    /// What a row names. Who may not record figures about it learns nothing of what else is wrong.
    async fn row(
        &self,
        codes: &mut Codes<'_>,
        said: &Said,
    ) -> Result<Result<Row, Vec<LineFault>>, StoreError> {
        let subject = codes.subject(&said.subject).await?;
        if let Ok(subject) = &subject
            && policy::record(self.viewer, subject.owners).is_err()
        {
            return Ok(Err(vec![forbidden(said)]));
        }
        let named = codes.named(said).await?;
        Ok(match (subject, named) {
            (Ok(subject), Ok(named)) => Ok(Row {
                wording: named.wording,
                subject,
                period: said.period,
                people: named.people,
                figure: said.figure,
            }),
            (subject, named) => {
                let mut faults = named.err().unwrap_or_default();
                faults.extend(subject.err().unwrap_or_default());
                Err(faults)
            }
        })
    }

    fn fate(&self, said: &Said, row: Row, there: &[observation::Model]) -> Result<Fate, Vec<LineFault>> {
        let current = there.iter().find(|row| row.is_current);
        if !said.is_current {
            let past: Vec<_> = there.iter().filter(|row| !row.is_current).collect();
            return check_past(&past, said.revision, (&said.figure, &self.columns))
                .map(|()| Fate::Same {
                    is_provisional: false,
                })
                .map_err(|violation| vec![violation.into()]);
        }
        if current.is_some_and(|current| is_own(current, self.batch.id)) {
            return Err(vec![twice()]);
        }
        // What is there may have come otherwise, with parts that its publisher rounded: it is compared as it stands.
        let told = current.map_or(said.figure, |current| {
            completed(current, &said.figure, &self.columns)
        });
        if let Some(current) = current.filter(|current| is_same(current, &told)) {
            return Ok(same(current));
        }
        let mut violations = Violations::default();
        let figure = judged(self.session, &mut violations, (&row.wording, row.period), told);
        violations
            .into_result()
            .map_err(|violations| violations.into_iter().map(LineFault::from).collect::<Vec<_>>())?;
        let figure = figure.ok_or_else(Vec::new)?;
        let row = Row { figure, ..row };
        match current {
            None => Ok(Fate::New(row)),
            Some(current) if is_same(current, &figure) => Ok(same(current)),
            Some(current) => {
                let may_correct = self.batch.correction_reason.is_some();
                check_otherwise(current, said.revision, may_correct)
                    .map_err(|violation| vec![violation.into()])?;
                Ok(Fate::Correction(row, Box::new(current.clone())))
            }
        }
    }

    fn keep(&mut self, part: &Part, line: &Line, said: &Said, fate: Fate) -> Result<(), Failure> {
        let batch = Some(self.batch.id);
        let is_remarked = match fate {
            Fate::Same { is_provisional } => {
                self.tally.unchanged += 1;
                said.is_final && is_provisional
            }
            Fate::New(row) => {
                let recorder = self.recorder(row.subject)?;
                let mut model = row.model(recorder.0, batch);
                model.correction_reason = Set(None);
                self.tally.figures.push(model);
                said.is_final
            }
            Fate::Correction(row, before) => {
                let recorder = self.recorder(row.subject)?;
                let reason = self.batch.correction_reason.clone();
                let model = revision_of(&before, &row.figure, reason, (recorder.0, batch));
                self.tally.events.push(corrected(&model, recorder));
                self.tally.figures.push(model);
                let permit = policy::change_observation(self.viewer, row.subject.owners, *before);
                self.tally.superseded.push(permit.map_err(denied)?);
                said.is_final
            }
        };
        if is_remarked {
            let message = "Taken as PROVISIONAL. Somebody else looks at it, and marks it as final.";
            let remark = LineFault::written(FaultKind::TakenAsProvisional, Some(Column::Quality), message)
                .of(&ObservationQuality::Final.to_string());
            self.say(part, line, &[remark]);
        }
        Ok(())
    }

    /// For which organisation a figure is recorded.
    fn recorder(&mut self, subject: Subject) -> Result<OrganisationId, Failure> {
        let permit = policy::record(self.viewer, subject.owners).map_err(denied)?;
        let recorder = OrganisationId(*permit.model());
        self.tally.permit = Some(permit);
        Ok(recorder)
    }

    fn refuse(&mut self, part: &Part, line: &Line, faults: Vec<LineFault>) {
        self.tally.refused += 1;
        self.say(part, line, &faults);
    }

    fn say(&mut self, part: &Part, line: &Line, faults: &[LineFault]) {
        let (of, now) = ((self.batch.id, line.row), self.session.now());
        let rows = faults.iter().map(|fault| fault.row(of, &part.columns, now));
        self.tally.errors.extend(rows);
    }
}

/// A figure was corrected, as whoever does it by hand leaves it in the trace.
fn corrected(model: &observation::ActiveModel, recorder: OrganisationId) -> Event {
    Event::new("observation.correct", "observation", *model.id.as_ref())
        .of_organisation(recorder)
        .changed(WriteSession::changed::<_, observation::Model>(None, model))
}

/// A row says what a figure is.
fn same(current: &observation::Model) -> Fate {
    Fate::Same {
        is_provisional: current.quality == ObservationQuality::Provisional,
    }
}

/// Leave was asked for before: a fault of ours, or of the moment.
fn denied(_: Denied) -> Failure {
    WriteError::Stale
}

fn forbidden(said: &Said) -> LineFault {
    let subject = &said.subject;
    let named = [
        (Column::SubjectId, &subject.id),
        (Column::AreaGss, &subject.gss),
        (Column::AreaCassr, &subject.cassr),
    ];
    let named = named
        .into_iter()
        .find_map(|(column, raw)| raw.as_ref().map(|raw| (column, raw.as_str())));
    let (column, raw) = named.unwrap_or((Column::SubjectId, ""));
    LineFault::said(Code::Forbidden, column, "You may not record figures about this.").of(raw)
}
