//! What is presumed of rows before they are read.
//!
//! The scope of the rows below others asks conditions about those others. Where the answers are known, what follows from them stands
//! in the text, and the database does a fraction of the work. They are not known while the rows above are read by the same
//! statement; so it presumes what was found every time so far. That is no leave to read: the statement reads below those rows
//! alone for which the conditions that it presumes do hold, and what was presumed wrongly is asked for again.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How often the same must have been found before it is presumed.
const ENOUGH: u8 = 8;

/// What was found so far of the rows above a list.
#[derive(Debug, Default)]
pub(super) struct FoundAbove {
    /// Of each condition a bit for "it held for none", and one for "it held for all". Both means that it depends.
    of_each: AtomicU64,
    /// How often, up to [`ENOUGH`].
    times: AtomicU8,
}

const FOR_NONE: u64 = 0b01;
const FOR_ALL: u64 = 0b10;
const DEPENDS: u64 = 0b11;

impl FoundAbove {
    /// For how many of the rows each condition held.
    pub fn note(&self, holds: impl IntoIterator<Item = usize>, rows: usize) {
        let found = (0..).step_by(2).zip(holds).fold(0, |found, (bit, holds)| {
            let of_this = match holds {
                0 => FOR_NONE,
                holds if holds == rows => FOR_ALL,
                _ => DEPENDS,
            };
            found | (of_this << bit)
        });
        // Nearly always it was found before; then the others' copies of it stay as they are.
        if self.of_each.load(Ordering::Relaxed) & found != found {
            self.of_each.fetch_or(found, Ordering::Relaxed);
        }
        if self.times.load(Ordering::Relaxed) < ENOUGH {
            self.times.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// What is to be presumed of the n-th condition; nothing where it depends, or was not found often enough.
    pub fn presumed(&self, condition: usize) -> Option<bool> {
        if self.times.load(Ordering::Relaxed) < ENOUGH {
            return None;
        }
        match (self.of_each.load(Ordering::Relaxed) >> (2 * condition)) & DEPENDS {
            FOR_NONE => Some(false),
            FOR_ALL => Some(true),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_every_time_is_presumed_and_what_was_not_is_never_again() {
        let found = FoundAbove::default();
        let presumed = || [0, 1, 2].map(|condition| found.presumed(condition));
        for _ in 0..ENOUGH {
            assert_eq!(presumed(), [None; 3], "it was not found often enough");
            found.note([0, 4, 3], 4);
        }
        assert_eq!(presumed(), [Some(false), Some(true), None]);
        found.note([1, 1, 1], 1);
        assert_eq!(presumed(), [None, Some(true), None]);
        found.note([0, 1, 1], 1);
        assert_eq!(presumed(), [None, Some(true), None]);
    }
}
