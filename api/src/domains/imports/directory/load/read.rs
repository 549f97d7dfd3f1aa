//! Reads the file in a thread of its own, and hands over what is ready in chunks.

use std::collections::HashSet;
use std::fs::File;
use std::sync::Arc;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::super::super::fault::{Fault, FaultKind, FileError};
use super::super::super::load::ImportFailure;
use super::super::super::source::{self, Progress};
use super::super::entry::{Entry, Found};
use super::super::rows::Directory;
use super::Asked;
use crate::telemetry::spawn_blocking;

/// How many chunks may wait to be written.
const WAITING: usize = 2;
/// The most rows of one chunk: a statement asks for several codes of each, and SQLite takes some 32,000 values.
const MOST: usize = 2_000;

/// Some of a file.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub entries: Vec<Entry>,
    pub faults: Vec<Fault>,
    /// Rows read and left out until here.
    pub read: u64,
    pub refused: u64,
    /// Whether it is the last.
    pub is_last: bool,
    /// The codes of all locations of the file; only in the last.
    pub seen: Option<Arc<HashSet<String>>>,
    /// Whether a location of the file may be missing among them, because its row could not be read.
    pub is_unsure: bool,
}

type Handed = Result<Chunk, ImportFailure>;

/// Begins to read. The chunks come in the order of the file.
pub(super) fn start(asked: &Asked) -> (Receiver<Handed>, Progress) {
    let (to, from) = channel(WAITING);
    let position = Progress::default();
    let (asked, told) = (asked.clone(), position.clone());
    // Whether it came to its end is told by the last chunk.
    drop(spawn_blocking("reading a directory", move || {
        if let Err(failure) = read(&asked, told, &to) {
            // Nobody waits for it any more when this fails, too.
            let _ = to.blocking_send(Err(failure));
        }
    }));
    (from, position)
}

fn read(asked: &Asked, position: Progress, to: &Sender<Handed>) -> Result<(), ImportFailure> {
    let file = File::open(&asked.file).map_err(FileError::from)?;
    let mut directory = Directory::open(source::open_counting(file, position)?)?;
    let most = asked.settings.chunk().min(MOST);
    let (mut chunk, mut seen, mut is_unsure) = (Chunk::default(), HashSet::new(), false);
    while let Some(found) = directory.next() {
        match found? {
            Found::Fault(fault) => {
                is_unsure |= fault.kind.refuses() && fault.kind != FaultKind::Duplicate;
                chunk.faults.push(fault);
            }
            Found::Entry(entry) => {
                seen.insert(entry.location.code.clone());
                chunk.entries.push(*entry);
            }
        }
        if chunk.entries.len() + chunk.faults.len() >= most {
            (chunk.read, chunk.refused) = (directory.read(), directory.refused());
            if to.blocking_send(Ok(std::mem::take(&mut chunk))).is_err() {
                return Ok(());
            }
        }
    }
    (chunk.read, chunk.refused) = (directory.read(), directory.refused());
    (chunk.is_last, chunk.is_unsure) = (true, is_unsure);
    chunk.seen = Some(Arc::new(seen));
    // Whoever waited has gone: there is nobody to tell.
    let _ = to.blocking_send(Ok(chunk));
    Ok(())
}
