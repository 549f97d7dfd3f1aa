//! Reads the file in a thread of its own, and hands over what is ready in chunks. The reader waits while two chunks wait for the
//! database, so that memory stays flat.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::names::{Names, Ready, Seen};
use super::{Asked, ImportFailure};
use crate::domains::imports::fault::{Fault, FileError};
use crate::domains::imports::source::{self, Bytes, Progress};
use crate::domains::imports::{Counts, Figures, Found};
use crate::hex::hex;
use crate::telemetry::spawn_blocking;

/// How many chunks may wait to be written.
const WAITING: usize = 2;

/// Some of a file.
#[derive(Debug, Default)]
pub(super) struct Chunk {
    pub ready: Vec<Ready>,
    pub faults: Vec<Fault>,
    /// What was read until here.
    pub counts: Counts,
    /// Whether it is the last.
    pub is_last: bool,
}

impl Chunk {
    fn len(&self) -> usize {
        self.ready.len() + self.faults.len()
    }
}

/// The SHA-256 of a file, in hexadecimal.
pub(in crate::domains::imports) async fn hash(path: PathBuf) -> Result<String, ImportFailure> {
    let hashing = spawn_blocking("hash of a file", move || -> std::io::Result<String> {
        let (mut file, mut hash, mut part) = (File::open(path)?, Sha256::new(), vec![0; 64 * 1024]);
        loop {
            let read = file.read(&mut part)?;
            if read == 0 {
                return Ok(hex(&hash.finalize()));
            }
            hash.update(&part[..read]);
        }
    });
    let hash = hashing.await.map_err(|_| ImportFailure::Stopped)?;
    Ok(hash.map_err(FileError::from)?)
}

type Handed = Result<Chunk, ImportFailure>;

/// Begins to read. The chunks come in the order of the file.
pub(super) fn start(asked: &Asked, names: Names) -> (Receiver<Handed>, Progress) {
    let (to, from) = channel(WAITING);
    let position = Progress::default();
    let (asked, told) = (asked.clone(), position.clone());
    // Whether it came to its end is told by the last chunk.
    drop(spawn_blocking("reading figures", move || {
        if let Err(failure) = read(&asked, &names, told, &to) {
            // Nobody waits for it any more when this fails, too.
            let _ = to.blocking_send(Err(failure));
        }
    }));
    (from, position)
}

fn read(asked: &Asked, names: &Names, position: Progress, to: &Sender<Handed>) -> Result<(), ImportFailure> {
    let file = File::open(&asked.file).map_err(FileError::from)?;
    let bytes: Bytes = source::open_counting(file, position)?;
    let settings = &asked.settings;
    let mut figures = Figures::open(bytes, &asked.layout, settings.window())?;
    let heading = figures.place_heading();
    let (mut chunk, mut refused, mut seen) = (Chunk::default(), 0, Seen::default());
    while let Some(found) = figures.next() {
        match found? {
            Found::Fault(fault) => chunk.faults.push(fault),
            Found::Observation(gathered) => match names.ready(&gathered, asked.period, &mut seen) {
                Ok(ready) => chunk.ready.push(ready),
                Err(mut fault) => {
                    if fault.kind.is_about_place() {
                        fault.column.clone_from(&heading);
                    }
                    refused += gathered.rows;
                    chunk.faults.push(fault);
                }
            },
        }
        if chunk.len() >= settings.chunk() {
            chunk.counts = counts(&figures, refused);
            if to.blocking_send(Ok(std::mem::take(&mut chunk))).is_err() {
                return Ok(());
            }
        }
    }
    (chunk.counts, chunk.is_last) = (counts(&figures, refused), true);
    // Whoever waited has gone: there is nobody to tell.
    let _ = to.blocking_send(Ok(chunk));
    Ok(())
}

/// What was read, with what turned out to be unusable only here.
fn counts<R: Read>(figures: &Figures<'_, R>, refused: u64) -> Counts {
    let counts = figures.counts();
    Counts {
        used: counts.used - refused,
        refused: counts.refused + refused,
        ..counts
    }
}
