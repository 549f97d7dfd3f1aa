//! A file of figures, from its first byte to its last observation.

use std::collections::VecDeque;
use std::io::Read;

use super::check;
use super::fault::{Fault, FaultKind, FileError};
use super::layout::Layout;
use super::pivot::{Gathered, Pivot};
use super::rows::Rows;

/// What reading a file comes upon, in a fixed order: the same file gives the same again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// An observation in which nothing is wrong.
    Observation(Box<Gathered>),
    /// A row that is left out, or one that is worth a remark.
    Fault(Fault),
}

/// What was read so far.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows read, without the headings.
    pub rows: u64,
    /// Rows that became a part of an observation.
    pub used: u64,
    /// Rows that were left out, by themselves or with their observation.
    pub refused: u64,
    /// Observations made.
    pub observations: u64,
    /// Observations that were left out.
    pub observations_refused: u64,
}

/// Reads observations and faults, one after the other.
#[derive(Debug)]
pub struct Figures<'a, R> {
    layout: &'a Layout,
    rows: Rows<R>,
    pivot: Pivot,
    waiting: VecDeque<Found>,
    counts: Counts,
    is_at_end: bool,
}

impl<'a, R: Read> Figures<'a, R> {
    /// Opens unpacked bytes (see [`super::source::open`]), holding up to `window` observations.
    ///
    /// # Errors
    /// When the headings are not those of the layout.
    pub fn open(bytes: R, layout: &'a Layout, window: usize) -> Result<Self, FileError> {
        Ok(Self {
            layout,
            rows: Rows::open(bytes, layout)?,
            pivot: Pivot::new(window),
            waiting: VecDeque::new(),
            counts: Counts::default(),
            is_at_end: false,
        })
    }

    /// What was read so far. Rows of observations that are still open count as read only.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// The heading of the column of places, for faults that are found later.
    #[must_use]
    pub fn place_heading(&self) -> Option<String> {
        self.rows.place_heading()
    }

    fn read_row(&mut self) -> Result<(), FileError> {
        let next = self.rows.next(self.layout)?;
        self.counts.rows = self.rows.read();
        match next {
            Some(Ok(row)) => {
                let (made_room, taken) = self.pivot.take(row);
                self.close(made_room);
                if let Err(fault) = taken {
                    self.refuse(fault);
                }
            }
            Some(Err(fault)) => self.refuse(fault),
            None => {
                self.is_at_end = true;
            }
        }
        Ok(())
    }

    fn refuse(&mut self, fault: Fault) {
        self.counts.refused += 1;
        self.waiting.push_back(Found::Fault(fault));
    }

    fn close(&mut self, gathered: Option<Gathered>) {
        let Some(gathered) = gathered else { return };
        let faults = if gathered.spoilt {
            with_the_rest(&gathered)
        } else {
            self.faults(&gathered)
        };
        if faults.is_empty() && !gathered.spoilt {
            self.counts.used += gathered.rows;
            self.counts.observations += 1;
            let remarks = check::remark(&gathered);
            self.waiting.extend(remarks.into_iter().map(Found::Fault));
            self.waiting.push_back(Found::Observation(Box::new(gathered)));
        } else {
            self.counts.refused += gathered.rows;
            self.counts.observations_refused += 1;
            self.waiting.extend(faults.into_iter().map(Found::Fault));
        }
    }

    fn faults(&self, gathered: &Gathered) -> Vec<Fault> {
        let shape = self.layout.indicators.get(&gathered.key.indicator);
        shape.map_or_else(Vec::new, |shape| check::check(gathered, *shape))
    }
}

impl<R: Read> Iterator for Figures<'_, R> {
    type Item = Result<Found, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.waiting.pop_front() {
                return Some(Ok(found));
            }
            if !self.is_at_end {
                if let Err(error) = self.read_row() {
                    // What was not read to its end is not half believed.
                    (self.is_at_end, self.pivot) = (true, Pivot::new(1));
                    return Some(Err(error));
                }
                continue;
            }
            let oldest = self.pivot.close_oldest()?;
            self.close(Some(oldest));
        }
    }
}

/// What is said of the other rows of an observation of which one cannot be used: nothing, when there are none.
fn with_the_rest(gathered: &Gathered) -> Vec<Fault> {
    let Gathered {
        numerator,
        denominator,
        outcome,
        base,
        margin,
        ..
    } = gathered;
    let parts = [numerator, denominator, outcome, base, margin];
    let first = parts.into_iter().flatten().map(|(row, _)| *row).min();
    let message = "Another row of this observation cannot be used, so the whole observation is left out.";
    let fault = first.map(|row| Fault {
        row,
        column: None,
        kind: FaultKind::WithTheRest,
        message: message.to_owned(),
    });
    fault.into_iter().collect()
}

#[cfg(test)]
mod tests;
