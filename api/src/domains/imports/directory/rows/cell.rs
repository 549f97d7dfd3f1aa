//! One cell of the row that is being read, and what is wrong with it.

use std::io::Read;

use entity::parties::kinds::IdentifierScheme;

use super::super::super::fault::{Fault, FaultKind};
use super::super::super::source;
use super::super::cells;
use super::super::headings::Column;
use super::{Directory, LONGEST_NAME};
use crate::domains::parties::rules::identifier::normalise;

impl<R: Read> Directory<R> {
    /// The code by which the row is known: without it the row is nothing's.
    pub(super) fn key(&self, column: Column, scheme: IdentifierScheme) -> Result<String, Fault> {
        let cell = self.needed(column)?;
        normalise(scheme, &cell)
            .map_err(|wrong| self.fault(Some(column), FaultKind::MalformedCode, wrong.message))
    }

    pub(super) fn name(&self, column: Column) -> Result<String, Fault> {
        let name = self.needed(column)?;
        Ok(name.chars().take(LONGEST_NAME).collect())
    }

    fn needed(&self, column: Column) -> Result<String, Fault> {
        self.cell(column).ok_or_else(|| {
            let message = "This cell is blank, and every row needs it.".to_owned();
            self.fault(Some(column), FaultKind::Blank, message)
        })
    }

    pub(super) fn kept(
        &self,
        read: Result<String, String>,
        column: Column,
        kind: FaultKind,
        remarks: &mut Vec<Fault>,
    ) -> Option<String> {
        match read {
            Ok(read) => Some(read),
            Err(message) => {
                remarks.push(self.fault(Some(column), kind, format!("{message} The cell is left out.")));
                None
            }
        }
    }

    /// What a cell says; nothing where it is blank, a dash, or in no column of this edition.
    pub(super) fn cell(&self, column: Column) -> Option<String> {
        cells::text(&self.raw(column)).map(str::to_owned)
    }

    pub(super) fn raw(&self, column: Column) -> String {
        let place = self.headings.place(column);
        place.map_or_else(String::new, |place| self.at(place))
    }

    pub(super) fn at(&self, place: usize) -> String {
        source::text(self.record.get(place).unwrap_or_default()).into_owned()
    }

    pub(super) fn fault(&self, column: Option<Column>, kind: FaultKind, message: String) -> Fault {
        let place = column.and_then(|column| self.headings.place(column));
        self.fault_at(place, kind, message)
    }

    pub(super) fn fault_at(&self, place: Option<usize>, kind: FaultKind, message: String) -> Fault {
        let column = place.and_then(|place| self.headings.written(place));
        Fault {
            row: self.number,
            column: column.map(str::to_owned),
            kind,
            message,
        }
    }
}
