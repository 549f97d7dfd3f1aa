//! Puts the rows of one observation together. A long file has a row for each part: numerator, denominator, outcome.
//!
//! Rows need not stand together: up to a window of observations is held open, in the order in which they began. That, and
//! sixteen bytes for each observation that is complete, is all that is held of a file.

use std::collections::{HashMap, HashSet, VecDeque};

use sha2::{Digest, Sha256};

use super::fault::{Fault, FaultKind};
use super::layout::Measure;
use super::rows::{Cell, Key, Row};

/// How many observations are held open unless told otherwise: those of a year of ASCOF fit in.
pub const WINDOW: usize = 20_000;

/// A part of an observation, and the row it stands in.
pub type Part = Option<(u64, Cell)>;

/// An observation as its rows give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// Which one.
    pub key: Key,
    /// The row that it begins with.
    pub first_row: u64,
    /// How many of its rows it was made of.
    pub rows: u64,
    /// How many of them it is true of.
    pub numerator: Part,
    /// How many there are.
    pub denominator: Part,
    /// The figure itself.
    pub outcome: Part,
    /// How many were asked.
    pub base: Part,
    /// Half the width of the interval that the figure lies in.
    pub margin: Part,
    /// What was wrong with rows of it: it cannot be used then.
    pub spoilt: bool,
}

impl Gathered {
    fn begin(key: Key, row: u64) -> Self {
        Self {
            key,
            first_row: row,
            rows: 0,
            numerator: None,
            denominator: None,
            outcome: None,
            base: None,
            margin: None,
            spoilt: false,
        }
    }

    /// The place of a part.
    pub const fn part(&mut self, measure: Measure) -> &mut Part {
        match measure {
            Measure::Numerator => &mut self.numerator,
            Measure::Denominator => &mut self.denominator,
            Measure::Outcome => &mut self.outcome,
            Measure::Base => &mut self.base,
            Measure::Margin => &mut self.margin,
        }
    }
}

/// Holds observations until their rows are together.
#[derive(Debug)]
pub struct Pivot {
    window: usize,
    open: HashMap<Key, Gathered>,
    order: VecDeque<Key>,
    closed: HashSet<[u8; 16]>,
}

impl Pivot {
    /// Holds up to `window` observations open.
    #[must_use]
    pub fn new(window: usize) -> Self {
        Self {
            window: window.max(1),
            open: HashMap::new(),
            order: VecDeque::new(),
            closed: HashSet::new(),
        }
    }

    /// Takes a row. Answers the observation that had to be closed to make room.
    ///
    /// # Errors
    /// When the row cannot be taken: its part was given before, or its observation is complete. What is wrong with the cell of
    /// a row is an error, too, and spoils its observation.
    pub fn take(&mut self, row: Row) -> (Option<Gathered>, Result<(), Fault>) {
        if !self.open.contains_key(&row.key) && self.closed.contains(&fingerprint(&row.key)) {
            let message = "The rows of this observation stand elsewhere in the file, too far away. Sort the file by area, \
                           measure and breakdown.";
            return (
                None,
                Err(fault(row.number, FaultKind::OutOfOrder, message.to_owned())),
            );
        }
        let made_room = (!self.open.contains_key(&row.key) && self.open.len() >= self.window)
            .then(|| self.close_oldest())
            .flatten();
        if !self.open.contains_key(&row.key) {
            self.order.push_back(row.key.clone());
        }
        let gathered = self
            .open
            .entry(row.key.clone())
            .or_insert_with(|| Gathered::begin(row.key, row.number));
        (made_room, add(gathered, row.number, row.measure, row.cell))
    }

    /// Closes the observation that began first.
    pub fn close_oldest(&mut self) -> Option<Gathered> {
        let key = self.order.pop_front()?;
        self.closed.insert(fingerprint(&key));
        self.open.remove(&key)
    }
}

fn add(
    gathered: &mut Gathered,
    row: u64,
    measure: Measure,
    cell: Result<Cell, Box<Fault>>,
) -> Result<(), Fault> {
    let cell = match cell {
        Ok(cell) => cell,
        Err(fault) => {
            gathered.spoilt = true;
            return Err(*fault);
        }
    };
    let part = gathered.part(measure);
    if let Some((before, same)) = part {
        let (before, same) = (*before, *same == cell);
        // Two numbers for one thing: neither can be believed.
        gathered.spoilt |= !same;
        let message = if same {
            format!("Row {before} gives the {measure} of this observation already.")
        } else {
            format!("Row {before} gives another {measure} of this observation. Leave only the right one.")
        };
        return Err(fault(row, FaultKind::Duplicate, message));
    }
    *part = Some((row, cell));
    gathered.rows += 1;
    Ok(())
}

fn fault(row: u64, kind: FaultKind, message: String) -> Fault {
    Fault {
        row,
        column: None,
        kind,
        message,
    }
}

/// Sixteen bytes that stand for a key.
fn fingerprint(key: &Key) -> [u8; 16] {
    let place = &key.place;
    let mut hash = Sha256::new();
    for part in [
        &place.code,
        place.gss.as_ref().unwrap_or(&String::new()),
        &key.indicator,
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.update([place.level as u8]);
    hash.update(key.breakdown.to_le_bytes());
    if let Some((first, last)) = key.period {
        hash.update(format!("{first},{last}"));
    }
    let whole: [u8; 32] = hash.finalize().into();
    let mut first = [0; 16];
    first.copy_from_slice(&whole[..16]);
    first
}
