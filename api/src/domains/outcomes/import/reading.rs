//! Reads the file in a thread of its own, while its bytes come in from where they lie, and hands over rows in parts. It waits while
//! two parts wait for the database, so that memory stays flat but for sixteen bytes of each row, by which one that comes twice is known.

use std::collections::HashSet;
use std::io::{self, Read};

use bytes::Bytes;
use csv::ByteRecord;
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportColumn;
use futures_util::TryStreamExt;
use sea_orm::prelude::Date;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::cells::said;
use super::fault::LineFault;
use super::headings::{self, Columns};
use super::numbers::{Lines, Numbers, lines};
use super::said::Said;
use crate::domains::imports::fault::{FaultKind, FileError};
use crate::domains::imports::settings::ImportSettings;
use crate::domains::imports::source::{self, Hand, Leash, Progress, leash};
use crate::objects::{ObjectError, StoredFile};
use crate::telemetry;

/// How many parts may wait to be written, and how many blocks to be read.
const WAITING: usize = 2;
/// The most that one row may take, in bytes: some ten times what rows of figures have.
const LONGEST_ROW: u64 = 16 * 1024;
/// The most that is said of a file that cannot be read, in characters.
const LONGEST_REASON: usize = 2_000;

/// A row of the file.
#[derive(Debug)]
pub(super) struct Line {
    /// As a spreadsheet numbers it: lines that are blank count.
    pub row: u64,
    pub said: Result<Said, Vec<LineFault>>,
}

/// Some rows of the file.
#[derive(Debug)]
pub(super) struct Part {
    pub lines: Vec<Line>,
    /// How many rows were read before it, without the headings.
    pub before: u64,
    /// How far reading is, in bytes of the file as it lies there.
    pub bytes: u64,
    /// Whether it is the last.
    pub is_last: bool,
    pub columns: Columns,
}

/// Why reading ended before the file.
#[derive(Debug, thiserror::Error)]
pub(super) enum ReadFailure {
    /// It would end so every time: in words for whoever asked.
    #[error("{0}")]
    File(String),
    /// What keeps the file has failed: it is tried again later.
    #[error("the file cannot be reached")]
    Unreachable,
}

type Handed = Result<Part, ReadFailure>;

/// How a file is to be read.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub named: Vec<(ImportColumn, String)>,
    pub period: Option<(Date, Date)>,
    /// How many rows were read in an earlier turn.
    pub skipped: u64,
    pub rows_at_once: usize,
    pub most_rows: u64,
    pub unpacked_bytes: u64,
}

impl Asked {
    /// As it was asked for, from where an earlier turn ended.
    pub fn of(batch: &import_batch::Model, settings: &ImportSettings) -> Self {
        Self {
            named: batch
                .columns
                .iter()
                .filter_map(|kept| headings::read(kept))
                .collect(),
            period: batch.period_start.zip(batch.period_end),
            skipped: batch.rows_read.unsigned_abs(),
            rows_at_once: usize::try_from(settings.partner_rows_at_once).unwrap_or(1),
            most_rows: settings.partner_rows.into(),
            unpacked_bytes: settings.unpacked_bytes,
        }
    }
}

/// Begins to read. The parts come in the order of the file; the last says so.
pub(super) fn start(file: StoredFile, asked: Asked) -> Receiver<Handed> {
    let (to, from) = channel(WAITING);
    let (fed, feeding) = channel(WAITING);
    drop(telemetry::spawn("bytes of an import", feed(file, fed)));
    drop(telemetry::spawn_blocking("rows of an import", move || {
        let bytes = Fed {
            from: feeding,
            block: Bytes::new(),
            is_over: false,
        };
        if let Err(failure) = read(&asked, bytes, &to) {
            // Nobody waits for it any more when this fails, too.
            let _ = to.blocking_send(Err(failure));
        }
    }));
    from
}

/// A block of the file; an empty one is its end.
type Block = Result<Bytes, ObjectError>;

async fn feed(file: StoredFile, to: Sender<Block>) {
    let mut stream = file.stream(0..file.length());
    loop {
        let block = match stream.try_next().await {
            Ok(Some(block)) if block.is_empty() => continue,
            Ok(block) => Ok(block.unwrap_or_default()),
            Err(error) => Err(error),
        };
        let is_over = block.as_ref().map_or(true, Bytes::is_empty);
        if to.send(block).await.is_err() || is_over {
            return;
        }
    }
}

/// What is fed, for a thread that reads.
struct Fed {
    from: Receiver<Block>,
    block: Bytes,
    is_over: bool,
}

/// What keeps the file has failed, or the node stops.
#[derive(Debug, thiserror::Error)]
#[error("the file cannot be reached")]
struct Unreachable;

impl Read for Fed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.block.is_empty() && !self.is_over {
            self.block = match self.from.blocking_recv() {
                Some(Ok(block)) => block,
                Some(Err(error)) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a file that is imported cannot be read"
                    );
                    return Err(io::Error::other(Unreachable));
                }
                None => return Err(io::Error::other(Unreachable)),
            };
            self.is_over = self.block.is_empty();
        }
        let length = self.block.len().min(into.len());
        into[..length].copy_from_slice(&self.block.split_to(length));
        Ok(length)
    }
}

/// More comes out of a file than is read.
#[derive(Debug, thiserror::Error)]
#[error(
    "the file has more than {0} bytes when it is unpacked, which is more than this server imports: send it in parts"
)]
struct TooLong(u64);

/// Ends reading after so many bytes.
struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| io::Error::other(TooLong(self.limit)))?;
        Ok(read)
    }
}

impl From<FileError> for ReadFailure {
    fn from(error: FileError) -> Self {
        if let FileError::Unreadable(cause) = &error {
            let inner = cause.get_ref();
            if inner
                .and_then(|inner| inner.downcast_ref::<Unreachable>())
                .is_some()
            {
                return Self::Unreachable;
            }
            if let Some(too_long) = inner.and_then(|inner| inner.downcast_ref::<TooLong>()) {
                return Self::File(sentence(&too_long.to_string()));
            }
            return Self::File(
                "The file cannot be unpacked to its end: pack and upload it again.".to_owned(),
            );
        }
        Self::File(sentence(&error.to_string()))
    }
}

/// An error as a sentence.
fn sentence(error: &str) -> String {
    let mut letters = error.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let sentence = format!("{first}{}.", letters.as_str().trim_end_matches('.'));
    sentence.chars().take(LONGEST_REASON).collect()
}

type Source = Lines<Leash<Limited<source::Bytes>>>;

/// Reads rows one after the other.
struct Rows {
    csv: csv::Reader<Source>,
    hand: Hand,
    record: ByteRecord,
    /// How many were read, without the headings.
    read: u64,
    numbers: Numbers,
}

impl Rows {
    /// Reads the next row in which anything stands, and answers whether there is one.
    fn next(&mut self) -> Result<bool, FileError> {
        while self.next_at_all()? {
            self.numbers.pass(self.csv.position().byte(), &self.record);
            if self.record.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn next_at_all(&mut self) -> Result<bool, FileError> {
        let more = self.csv.read_byte_record(&mut self.record).map_err(|error| {
            if self.hand.is_taut() {
                return FileError::LongLine {
                    row: self.read + 1,
                    limit: LONGEST_ROW,
                };
            }
            FileError::from(error)
        })?;
        self.hand.slacken();
        Ok(more)
    }
}

fn read(asked: &Asked, bytes: Fed, to: &Sender<Handed>) -> Result<(), ReadFailure> {
    let position = Progress::default();
    let limited = Limited {
        inner: source::open_counting(bytes, position.clone())?,
        left: asked.unpacked_bytes,
        limit: asked.unpacked_bytes,
    };
    let (source, hand) = leash(limited, LONGEST_ROW);
    let (source, numbers) = lines(source);
    let csv = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(source);
    let mut rows = Rows {
        csv,
        hand,
        record: ByteRecord::new(),
        read: 0,
        numbers,
    };
    if !rows.next()? {
        return Err(FileError::Empty.into());
    }
    let headings = rows.record.iter();
    let headings = headings.map(|cell| source::text(cell).trim().to_owned());
    let columns = Columns::among(headings.collect(), &asked.named, asked.period.is_some())
        .map_err(FileError::Headings)?;
    let (mut seen, mut lines) = (HashSet::new(), Vec::new());
    let part = |lines: &mut Vec<Line>, read: u64, is_last| Part {
        before: read - lines.len() as u64,
        lines: std::mem::take(lines),
        bytes: position.bytes(),
        is_last,
        columns: columns.clone(),
    };
    while rows.next()? {
        rows.read += 1;
        if rows.read > asked.most_rows {
            let reason = format!(
                "The file has more than {} rows, which is more than this server imports at once: send it in parts.",
                asked.most_rows
            );
            return Err(ReadFailure::File(reason));
        }
        let said = once(said(&rows.record, &columns, asked.period), &mut seen);
        if rows.read <= asked.skipped {
            continue;
        }
        let row = rows.numbers.row();
        lines.push(Line { row, said });
        if lines.len() >= asked.rows_at_once
            && to.blocking_send(Ok(part(&mut lines, rows.read, false))).is_err()
        {
            return Ok(());
        }
    }
    // Whoever waited has gone: there is nobody to tell.
    let _ = to.blocking_send(Ok(part(&mut lines, rows.read, true)));
    Ok(())
}

/// A row that says of what another did before is refused.
fn once(said: Result<Said, Vec<LineFault>>, seen: &mut HashSet<[u8; 16]>) -> Result<Said, Vec<LineFault>> {
    let said = said?;
    if seen.insert(short_hash(&said)) {
        return Ok(said);
    }
    Err(vec![twice()])
}

/// What is said of a row about which an earlier one was.
pub(super) fn twice() -> LineFault {
    let message = "An earlier row of this file is of the same indicator, subject, period and people.";
    LineFault::written(FaultKind::Duplicate, None, message)
}

/// What tells a row from others: what it names, and of earlier revisions which.
fn short_hash(said: &Said) -> [u8; 16] {
    let revision = said.revision.filter(|_| !said.is_current);
    let named = (
        &said.wording,
        &said.subject,
        said.period,
        &said.people,
        said.is_current,
        revision,
    );
    let whole: [u8; 32] = Sha256::digest(format!("{named:?}").as_bytes()).into();
    let mut short = [0; 16];
    short.copy_from_slice(&whole[..16]);
    short
}
