//! Which row of a spreadsheet a row of a file is: lines that are blank count, and lines within a cell do not.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use csv::ByteRecord;

/// Where lines end that were read and not yet passed, in bytes from the beginning.
type Ends = Rc<RefCell<VecDeque<u64>>>;

/// Notes where the lines end that pass.
#[derive(Debug)]
pub(super) struct Lines<R> {
    inner: R,
    ends: Ends,
    read: u64,
}

/// Numbers rows.
#[derive(Debug)]
pub(super) struct Numbers {
    ends: Ends,
    /// How many lines have ended before the last row did.
    lines: u64,
    /// How many of those ended within cells.
    within: u64,
    row: u64,
}

/// A reader whose rows can be numbered.
pub(super) fn lines<R>(inner: R) -> (Lines<R>, Numbers) {
    let ends = Ends::default();
    let lines = Lines {
        inner,
        ends: Rc::clone(&ends),
        read: 0,
    };
    let numbers = Numbers {
        ends,
        lines: 0,
        within: 0,
        row: 0,
    };
    (lines, numbers)
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        let ends = into[..read]
            .iter()
            .zip(self.read..)
            .filter(|(byte, _)| **byte == b'\n');
        self.ends.borrow_mut().extend(ends.map(|(_, place)| place));
        self.read += read as u64;
        Ok(read)
    }
}

impl Numbers {
    /// A row was read, up to this byte: the last of it is what ends its line.
    pub fn pass(&mut self, end: u64, row: &ByteRecord) {
        let mut ends = self.ends.borrow_mut();
        while ends.front().is_some_and(|place| place + 1 < end) {
            ends.pop_front();
            self.lines += 1;
        }
        self.within += row
            .as_slice()
            .iter()
            .map(|byte| u64::from(*byte == b'\n'))
            .sum::<u64>();
        // Where lines end otherwise, each row is the next one.
        self.row = (self.lines + 1).saturating_sub(self.within).max(self.row + 1);
    }

    /// The number of the row that was read last.
    pub const fn row(&self) -> u64 {
        self.row
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u64, String)> {
        let (source, mut numbers) = lines(text.as_bytes());
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(5)
            .from_reader(source);
        let (mut record, mut rows) = (ByteRecord::new(), Vec::new());
        while csv.read_byte_record(&mut record).unwrap() {
            numbers.pass(csv.position().byte(), &record);
            rows.push((numbers.row(), String::from_utf8_lossy(&record[0]).into_owned()));
        }
        rows
    }

    fn numbers(text: &str) -> Vec<u64> {
        rows(text).into_iter().map(|(row, _)| row).collect()
    }

    #[test]
    fn blank_lines_count() {
        assert_eq!(numbers("a,b\n1,2\n\n\n3,4\n5,6"), [1, 2, 5, 6]);
        assert_eq!(numbers("a,b\r\n1,2\r\n\r\n\r\n3,4\r\n5,6\r\n"), [1, 2, 5, 6]);
        assert_eq!(numbers("\n\na,b\n1,2\n"), [3, 4]);
        assert_eq!(numbers("a,b\n,\n3,4\n"), [1, 2, 3]);
    }

    #[test]
    fn lines_within_cells_do_not() {
        assert_eq!(numbers("a,\"b\nb\"\n1,\"2\r\n2\n2\"\n3,4\n\n5,6\n"), [1, 2, 3, 5]);
        assert_eq!(numbers("a,\"b\r\nb\"\r\n1,2\r\n\r\n3,4"), [1, 2, 4]);
    }

    #[test]
    fn a_mark_at_the_beginning_does_not_count_and_old_line_ends_do() {
        assert_eq!(numbers("\u{feff}a,b\n1,2\n\n3,4\n"), [1, 2, 4]);
        assert_eq!(numbers("a,b\r1,2\r3,4\r"), [1, 2, 3]);
    }
}
