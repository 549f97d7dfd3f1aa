//! Loads a file of figures into the database.
//!
//! The file is read twice: once for its hash, and once for its figures, in a thread of its own. Figures are written in chunks, each
//! in a transaction with its trace, so that a stop loses one chunk at most. Doing it again does no harm: what is there already is
//! left alone, so an import that was stopped is gone on with by starting it again, and a file that was imported before changes
//! nothing. What another file said otherwise gets a further revision; nothing is written over.

mod areas;
mod names;
mod read;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use entity::id::ImportBatchId;
use entity::outcomes::kinds::{ImportKind, ImportStatus};
use entity::outcomes::{import_batch, import_error, observation};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

pub use self::areas::add_synthetic_areas;
use self::names::Names;
pub(super) use self::read::hash;
pub(super) use self::write::{change, error};
use super::fault::{Fault, FileError};
use super::layout::Layout;
use super::period::Period;
use super::settings::ImportSettings;
use super::source::Progress;
use crate::events::{Actor, Event};
use crate::policy::areas::imports::{ImportFigures, import_figures};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Store, StoreError, WriteError, WriteSession};

/// What to load, and what the file does not say itself.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The file.
    pub file: PathBuf,
    /// What it calls things.
    pub layout: Arc<Layout>,
    /// The shape it has.
    pub kind: ImportKind,
    /// The period of its figures, where it has no column for that.
    pub period: Option<Period>,
    /// Where it is from, as it is to be credited.
    pub source: String,
    /// How much is held in memory and written at once.
    pub settings: ImportSettings,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The import.
    pub batch: ImportBatchId,
    /// Its hash, in hexadecimal.
    pub sha256: String,
    /// Whether the same file was imported to its end before: then nothing was done.
    pub was_there: bool,
    /// Rows read, without the headings.
    pub rows_read: i64,
    /// Rows that were left out.
    pub rows_refused: i64,
    /// Observations made by this import, in all its runs.
    pub observations: i64,
    /// Observations that were there already and are the same.
    pub unchanged: i64,
    /// Why rows were left out, and what is worth a remark, with how often.
    pub reasons: Vec<(String, u64)>,
}

/// Why a file was not loaded to its end.
#[derive(Debug, thiserror::Error)]
pub enum ImportFailure {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server is not let: a fault of ours.
    #[error("the server may not import figures")]
    Denied(#[from] Denied),
    /// The thread that reads the file stopped: a fault of ours.
    #[error("reading stopped because of a fault in Roundtable")]
    Stopped,
    /// The layout names no framework that the server has.
    #[error("the server has no framework {code} ({label}), which the layout names")]
    UnknownFramework {
        /// Its code.
        code: String,
        /// Which version of it.
        label: String,
    },
    /// Somebody else imports the same file at the same time.
    #[error("somebody else is importing the same file; let one of you finish")]
    Busy,
}

impl From<WriteError<std::convert::Infallible>> for ImportFailure {
    fn from(error: WriteError<std::convert::Infallible>) -> Self {
        match error {
            WriteError::Store(error) => Self::Store(error),
            WriteError::Stale => Self::Busy,
            WriteError::Refused(never) => match never {},
        }
    }
}

type Leave = Permit<ImportFigures, ()>;

/// Loads a file. `progress` is told how far it is, in bytes of the file.
///
/// # Errors
/// See [`ImportFailure`]. What was written until then stays, and the same command goes on with it.
pub async fn load(
    store: &Store,
    now: DateTime<Utc>,
    asked: Asked,
    mut progress: impl FnMut(u64),
) -> Result<Report, ImportFailure> {
    let permit = import_figures()?;
    let sha256 = hash(asked.file.clone()).await?;
    let session = begin(store, now).await?;
    session.hold(&format!("import {sha256}")).await?;
    let batch = match known_batch(&session, asked.kind, &sha256).await? {
        Some(batch) if batch.status == ImportStatus::Completed => return report(&session, batch, true).await,
        Some(batch) => {
            drop(session);
            batch
        }
        None => start(session, &permit, asked.kind, &asked.source, &asked.file, sha256).await?,
    };
    let names = Names::load(&begin(store, now).await?, &asked.layout).await?;
    let (mut chunks, position) = read::start(&asked, names);
    let mut written = write::Written::default();
    let mut last = batch;
    while let Some(chunk) = chunks.recv().await {
        let chunk = chunk?;
        progress(Progress::bytes(&position));
        let session = begin(store, now).await?;
        last = write::chunk(session, &permit, last, chunk, &mut written).await?;
    }
    if !written.is_whole {
        return Err(ImportFailure::Stopped);
    }
    let session = begin(store, now).await?;
    let ended = write::finish(session, &permit, last).await?;
    let mut report = report(&begin(store, now).await?, ended, false).await?;
    report.unchanged = written.unchanged;
    Ok(report)
}

pub(super) async fn begin(store: &Store, now: DateTime<Utc>) -> Result<WriteSession, StoreError> {
    store
        .begin(Viewer::public().values(), Actor::system("import"), now)
        .await
}

pub(super) async fn known_batch(
    session: &WriteSession,
    kind: ImportKind,
    sha256: &str,
) -> Result<Option<import_batch::Model>, StoreError> {
    use import_batch::Column as C;
    let same = Condition::all()
        .add(C::Kind.eq(kind))
        .add(C::FileSha256.eq(sha256))
        .add(C::OrganisationId.is_null());
    Ok(session
        .facts::<import_batch::Entity>(same)
        .await?
        .into_iter()
        .next())
}

pub(super) async fn start<P>(
    session: WriteSession,
    permit: &Permit<P, ()>,
    kind: ImportKind,
    source: &str,
    file: &Path,
    sha256: String,
) -> Result<import_batch::Model, StoreError> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    let row = import_batch::ActiveModel {
        id: Set(ImportBatchId::new()),
        kind: Set(kind),
        source: Set(source.to_owned()),
        file_name: Set(name),
        file_sha256: Set(sha256),
        status: Set(ImportStatus::Running),
        rows_read: Set(0),
        rows_refused: Set(0),
        records_made: Set(0),
        started_at: Set(session.now()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, import_batch::Model>(None, &row);
    let batch = session.insert(permit, row).await?;
    let event = Event::new("import_batch.start", "import_batch", batch.id).changed(changed);
    let recorded = session.record(event, batch);
    session.commit(recorded).await
}

async fn report(
    session: &WriteSession,
    batch: import_batch::Model,
    was_there: bool,
) -> Result<Report, ImportFailure> {
    let reasons = faults(session, batch.id).await?;
    let mut counted = std::collections::BTreeMap::new();
    for row in reasons {
        *counted.entry(row.code).or_insert(0_u64) += 1;
    }
    Ok(Report {
        batch: batch.id,
        sha256: batch.file_sha256,
        was_there,
        rows_read: batch.rows_read,
        rows_refused: batch.rows_refused,
        observations: batch.records_made,
        unchanged: 0,
        reasons: counted.into_iter().collect(),
    })
}

pub(super) async fn faults(
    session: &WriteSession,
    batch: ImportBatchId,
) -> Result<Vec<import_error::Model>, StoreError> {
    let of_it = Condition::all().add(import_error::Column::ImportBatchId.eq(batch));
    session.facts::<import_error::Entity>(of_it).await
}

/// What was wrong with rows of an import, in the order of the rows.
///
/// # Errors
/// When the database fails.
pub async fn errors(
    store: &Store,
    now: DateTime<Utc>,
    batch: ImportBatchId,
) -> Result<Vec<Fault>, ImportFailure> {
    let rows = faults(&begin(store, now).await?, batch).await?;
    let mut faults: Vec<_> = rows
        .into_iter()
        .filter_map(|row| {
            Some(Fault {
                row: u64::try_from(row.row_number).ok()?,
                column: row.column_name,
                kind: row.code.parse().ok()?,
                message: row.message,
            })
        })
        .collect();
    faults.sort_by_key(|fault| (fault.row, fault.kind));
    Ok(faults)
}

/// How many observations an import has brought.
async fn made(session: &WriteSession, batch: ImportBatchId) -> Result<i64, StoreError> {
    let of_it = Condition::all().add(observation::Column::ImportBatchId.eq(batch));
    let count = session.count::<observation::Entity>(of_it).await?;
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}
