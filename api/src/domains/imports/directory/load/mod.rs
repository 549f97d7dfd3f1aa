//! Loads an edition into the database: organisations, their sites, the codes of both, and the services at the sites.
//!
//! It goes like the loading of figures: the file is read in a thread of its own and written in chunks, each in a transaction with its trace. What
//! is there already and says the same is left alone, so a load that was stopped is gone on with by starting it again. A later edition adds
//! what came and changes what it says otherwise; a cell that it leaves blank changes nothing.
//!
//! Whose rows they are is told by who looks after them: an organisation in which anybody was ever given a role, or which a user registered, edits
//! its own, and no edition writes over it.

mod departed;
mod known;
mod read;
mod services;
mod write;

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use entity::id::ImportBatchId;
use entity::outcomes::kinds::{ImportKind, ImportStatus};

use super::super::load::{ImportFailure, begin, faults, hash, known_batch, start};
use super::super::settings::ImportSettings;
use super::super::source::Progress;
use crate::policy::Permit;
use crate::policy::areas::imports::{ImportDirectory, import_directory};
use crate::store::Store;

type Leave = Permit<ImportDirectory, ()>;

/// What to load.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The file.
    pub file: PathBuf,
    /// Where it is from, as it is to be credited.
    pub source: String,
    /// Whether codes of locations that it no longer has are ended, and the services there.
    pub close_departed: bool,
    /// How much is held in memory and written at once.
    pub settings: ImportSettings,
}

/// What became of an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Organisations that were added by this run.
    pub organisations: u64,
    /// Sites that were added by this run.
    pub sites: u64,
    /// Services that were added by this run.
    pub services: u64,
    /// Organisations, sites and services of which something changed.
    pub changed: u64,
    /// Sites whose code was ended, because the edition no longer has them.
    pub ended: u64,
    /// Services that were ended, because their location is gone, or no longer registered for them.
    pub services_ended: u64,
    /// Whether no code was ended though that was asked for: rows could not be read, and their locations may be among those that seem to be gone.
    pub is_unsure: bool,
}

impl Done {
    /// How many rows were added by this run.
    const fn made(&self) -> u64 {
        self.organisations + self.sites + self.services
    }
}

/// What became of an edition, and of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The import.
    pub batch: ImportBatchId,
    /// Its hash, in hexadecimal.
    pub sha256: String,
    /// Whether the same file was loaded to its end before: then nothing was done.
    pub was_there: bool,
    /// Rows read, without the headings.
    pub rows_read: i64,
    /// Rows that were left out.
    pub rows_refused: i64,
    /// What was done.
    pub done: Done,
    /// Why rows or cells were left out, and what is worth a remark, with how often.
    pub reasons: Vec<(String, u64)>,
}

/// Loads an edition. `progress` is told how far it is, in bytes of the file.
///
/// # Errors
/// See [`ImportFailure`]. What was written until then stays, and the same command goes on with it.
pub async fn load(
    store: &Store,
    now: DateTime<Utc>,
    asked: Asked,
    mut progress: impl FnMut(u64),
) -> Result<Report, ImportFailure> {
    let permit = import_directory()?;
    let sha256 = hash(asked.file.clone()).await?;
    let kind = ImportKind::CqcDirectory;
    let session = begin(store, now).await?;
    session.hold(&format!("import {sha256}")).await?;
    let (mut batch, was_there) = match known_batch(&session, kind, &sha256).await? {
        Some(batch) => {
            let was_there = batch.status == ImportStatus::Completed;
            drop(session);
            (batch, was_there)
        }
        None => (
            start(session, &permit, kind, &asked.source, &asked.file, sha256).await?,
            false,
        ),
    };
    let mut done = Done::default();
    if !was_there {
        let (mut chunks, position) = read::start(&asked);
        let mut is_whole = false;
        while let Some(chunk) = chunks.recv().await {
            let chunk = chunk?;
            progress(Progress::bytes(&position));
            is_whole = chunk.is_last;
            let departed = chunk.seen.clone().filter(|_| asked.close_departed);
            done.is_unsure = departed.is_some() && chunk.is_unsure;
            let session = begin(store, now).await?;
            batch = write::chunk(session, &permit, batch, chunk, &mut done).await?;
            if let Some(seen) = departed.filter(|_| !done.is_unsure) {
                let session = begin(store, now).await?;
                batch = departed::end_departed(session, batch, &seen, &mut done).await?;
            }
        }
        if !is_whole {
            return Err(ImportFailure::Stopped);
        }
        let session = begin(store, now).await?;
        batch = write::finish(session, batch).await?;
    }
    let session = begin(store, now).await?;
    let mut counted = std::collections::BTreeMap::new();
    for row in faults(&session, batch.id).await? {
        *counted.entry(row.code).or_insert(0_u64) += 1;
    }
    Ok(Report {
        batch: batch.id,
        sha256: batch.file_sha256,
        was_there,
        rows_read: batch.rows_read,
        rows_refused: batch.rows_refused,
        done,
        reasons: counted.into_iter().collect(),
    })
}
