//! What each line of a file says: one part of one observation, or what is wrong with it.

use std::collections::BTreeMap;
use std::io::Read;

use csv::ByteRecord;
use entity::decimal::{Decimal, DecimalError};
use entity::outcomes::kinds::ObservationMarker as Marker;
use entity::parties::kinds::GeographyLevel;

use super::fault::{Fault, FaultKind, FileError};
use super::layout::{Found, Layout, Measure, Shape};
use super::period::{Period, financial_year};
use super::source::{self, Hand, Leash, leash};

/// The most that one row may take, in bytes: some hundred times what rows of figures have.
const LONGEST_ROW: u64 = 256 * 1024;
/// How many digits the number of a council with social care duties has.
const COUNCIL_DIGITS: usize = 3;

/// What a cell of values holds.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number.
    Number(Decimal),
    /// Why there is none.
    Marked(Marker),
}

impl Cell {
    /// The number, if it is one.
    #[must_use]
    pub const fn number(self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(number),
            Self::Marked(_) => None,
        }
    }

    /// The marker, if it is one.
    #[must_use]
    pub const fn marker(self) -> Option<Marker> {
        match self {
            Self::Number(_) => None,
            Self::Marked(marker) => Some(marker),
        }
    }
}

/// The area that a file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Its level.
    pub level: GeographyLevel,
    /// The file's code of it: the number of a council, the letters of a region.
    pub code: String,
    /// Its code of the Office for National Statistics, where the file gives one.
    pub gss: Option<String>,
}

/// Which observation a row is a part of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Where.
    pub place: Place,
    /// The code of the indicator, without the ending of a breakdown.
    pub indicator: String,
    /// Of whom: the position in [`Layout::breakdowns`].
    pub breakdown: usize,
    /// When, where the file says so.
    pub period: Option<Period>,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row as a spreadsheet numbers it.
    pub number: u64,
    /// Which observation it is a part of.
    pub key: Key,
    /// Which part.
    pub measure: Measure,
    /// What it holds; what is wrong with it, when it cannot be read.
    pub cell: Result<Cell, Box<Fault>>,
}

/// Reads rows one after the other.
pub struct Rows<R> {
    csv: csv::Reader<Leash<R>>,
    hand: Hand,
    headings: Vec<String>,
    columns: Found,
    record: ByteRecord,
    number: u64,
}

impl<R> std::fmt::Debug for Rows<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Rows")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}

impl<R: Read> Rows<R> {
    /// Reads the headings and finds the columns of the layout among them.
    ///
    /// # Errors
    /// When there are none, or columns are missing: all of them are named.
    pub fn open(bytes: R, layout: &Layout) -> Result<Self, FileError> {
        let (leash, hand) = leash(bytes, LONGEST_ROW);
        let mut csv = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(leash);
        let mut record = ByteRecord::new();
        if !csv.read_byte_record(&mut record)? {
            return Err(FileError::Empty);
        }
        hand.slacken();
        let headings: Vec<_> = record
            .iter()
            .map(|cell| source::text(cell).trim().to_owned())
            .collect();
        let columns = Found::among(&layout.columns, &headings).map_err(FileError::Headings)?;
        Ok(Self {
            csv,
            hand,
            headings,
            columns,
            record,
            number: 1,
        })
    }

    /// How many rows were read, without the headings.
    #[must_use]
    pub const fn read(&self) -> u64 {
        self.number - 1
    }

    /// The next row; nothing at the end of the file.
    ///
    /// # Errors
    /// When reading breaks off. What is wrong with one row only is not an error of the file.
    pub fn next(&mut self, layout: &Layout) -> Result<Option<Result<Row, Fault>>, FileError> {
        let more = self.csv.read_byte_record(&mut self.record).map_err(|error| {
            if self.hand.is_taut() {
                return FileError::LongLine {
                    row: self.number,
                    limit: LONGEST_ROW,
                };
            }
            FileError::from(error)
        })?;
        if !more {
            return Ok(None);
        }
        self.hand.slacken();
        self.number += 1;
        Ok(Some(self.understand(layout)))
    }

    fn understand(&self, layout: &Layout) -> Result<Row, Fault> {
        if self.record.len() != self.headings.len() {
            let (has, needs) = (self.record.len(), self.headings.len());
            let message = format!(
                "This row has {has} cells; the headings are {needs}. A comma may be missing or too many."
            );
            return Err(self.fault(None, FaultKind::WrongWidth, message));
        }
        let level = self.level(layout)?;
        let place = Place {
            level,
            code: self.place_code(level)?,
            gss: self.optional(self.columns.gss),
        };
        let measure = self.measure(layout)?;
        let (indicator, breakdown) = self.indicator(layout)?;
        let cell = self.cell(layout, measure).map_err(Box::new);
        let key = Key {
            place,
            indicator,
            breakdown,
            period: self.period()?,
        };
        Ok(Row {
            number: self.number,
            key,
            measure,
            cell,
        })
    }

    fn level(&self, layout: &Layout) -> Result<GeographyLevel, Fault> {
        let at = self.columns.level;
        let word = self.needed(at)?;
        layout.level(&word).ok_or_else(|| {
            let message = format!("\"{word}\" is no level of area that this layout knows.");
            self.fault(Some(at), FaultKind::UnknownLevel, message)
        })
    }

    fn place_code(&self, level: GeographyLevel) -> Result<String, Fault> {
        let at = self.columns.place;
        let code = self.needed(at)?;
        let digits = code.len() < COUNCIL_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
        if level == GeographyLevel::LocalAuthority && digits {
            let message = format!(
                "The number of a council has three digits, and \"{code}\" has not: a spreadsheet may have dropped the zeros \
                 at its beginning. Write {code:0>COUNCIL_DIGITS$}."
            );
            return Err(self.fault(Some(at), FaultKind::LostPadding, message));
        }
        Ok(code)
    }

    fn measure(&self, layout: &Layout) -> Result<Measure, Fault> {
        let at = self.columns.measure;
        let word = self.needed(at)?;
        layout.measure(&word).ok_or_else(|| {
            let message = format!("\"{word}\" is no part of an observation that this layout knows.");
            self.fault(Some(at), FaultKind::UnknownMeasure, message)
        })
    }

    /// The indicator without the ending of its breakdown, and the breakdown: from the columns that say them, and otherwise from
    /// the code alone.
    fn indicator(&self, layout: &Layout) -> Result<(String, usize), Fault> {
        let at = self.columns.indicator;
        let code = self.needed(at)?;
        let breakdown = self.breakdown(layout)?;
        let group = self.optional(self.columns.group);
        let candidates = layout.breakdowns.iter().enumerate();
        let candidates = candidates.filter(|(number, _)| breakdown.is_none_or(|wanted| wanted == *number));
        let endings =
            candidates.flat_map(|(number, entry)| entry.endings.iter().map(move |ending| (number, ending)));
        let mut fits: Vec<_> = endings
            .filter_map(|(number, ending)| Some((code.strip_suffix(ending.as_str())?, number, ending.len())))
            .filter(|(base, ..)| group.as_deref().is_none_or(|group| group == *base))
            .collect();
        fits.sort_by_key(|(base, _, length)| {
            (!layout.indicators.contains_key(*base), std::cmp::Reverse(*length))
        });
        let Some((base, number, _)) = fits.first() else {
            let message =
                format!("The code \"{code}\" does not go with the breakdown and the group of this row.");
            return Err(self.fault(Some(at), FaultKind::CodesDisagree, message));
        };
        if layout.indicators.contains_key(*base) {
            return Ok(((*base).to_owned(), *number));
        }
        let near = nearest(base, &layout.indicators);
        let message = format!("No indicator of this layout has the code \"{base}\"{near}.");
        Err(self.fault(Some(at), FaultKind::UnknownIndicator, message))
    }

    fn breakdown(&self, layout: &Layout) -> Result<Option<usize>, Fault> {
        let Some(at) = self.columns.breakdown else {
            return Ok(None);
        };
        let word = self.at(at);
        layout.breakdown(&word).map(Some).ok_or_else(|| {
            let message = format!("\"{word}\" is no group of people that this layout knows.");
            self.fault(Some(at), FaultKind::UnknownBreakdown, message)
        })
    }

    fn period(&self) -> Result<Option<Period>, Fault> {
        let Some(at) = self.columns.period else {
            return Ok(None);
        };
        let word = self.needed(at)?;
        financial_year(&word).map(Some).ok_or_else(|| {
            let message = format!("\"{word}\" is no year from April to March; write it as 2020-21.");
            self.fault(Some(at), FaultKind::UnknownPeriod, message)
        })
    }

    fn cell(&self, layout: &Layout, measure: Measure) -> Result<Cell, Fault> {
        let at = self.columns.value;
        let word = self.at(at);
        if let Some(marker) = layout.marker(&word) {
            return Ok(Cell::Marked(marker));
        }
        if word.is_empty() {
            return layout.blank.map(Cell::Marked).ok_or_else(|| self.blank(at));
        }
        let number = number(&word).map_err(|reason| {
            let message =
                format!("\"{word}\" {reason}. Write a number, or one of the markers of the layout.");
            self.fault(Some(at), FaultKind::NotANumber, message)
        })?;
        if number.0 < 0 && measure != Measure::Outcome {
            let message = format!("A {measure} cannot be less than nothing, and {number} is.");
            return Err(self.fault(Some(at), FaultKind::OutOfRange, message));
        }
        Ok(Cell::Number(number))
    }

    fn at(&self, column: usize) -> String {
        let cell = self.record.get(column).unwrap_or_default();
        source::text(cell).trim().to_owned()
    }

    fn optional(&self, column: Option<usize>) -> Option<String> {
        column.map(|at| self.at(at)).filter(|text| !text.is_empty())
    }

    fn needed(&self, column: usize) -> Result<String, Fault> {
        let text = self.at(column);
        if text.is_empty() {
            return Err(self.blank(column));
        }
        Ok(text)
    }

    fn blank(&self, column: usize) -> Fault {
        self.fault(
            Some(column),
            FaultKind::Blank,
            "Every row needs this, and here it is blank.".to_owned(),
        )
    }

    fn fault(&self, column: Option<usize>, kind: FaultKind, message: String) -> Fault {
        Fault {
            row: self.number,
            column: column.and_then(|at| self.headings.get(at).cloned()),
            kind,
            message,
        }
    }

    /// The heading of the column of places.
    #[must_use]
    pub fn place_heading(&self) -> Option<String> {
        self.headings.get(self.columns.place).cloned()
    }
}

/// A number as people write it: with commas between thousands, with the sign of per cent.
fn number(word: &str) -> Result<Decimal, DecimalError> {
    let bare = word.strip_suffix('%').unwrap_or(word).trim_end();
    if !bare.contains(',') {
        return bare.replace('\u{2212}', "-").parse();
    }
    let (whole, places) = bare
        .split_once('.')
        .map_or((bare, None), |(whole, places)| (whole, Some(places)));
    let mut groups = whole.trim_start_matches('-').split(',');
    let first = groups.next().is_some_and(|group| matches!(group.len(), 1..=3));
    if !first || !groups.all(|group| group.len() == 3) {
        return Err(DecimalError::Malformed);
    }
    let whole = whole.replace(',', "");
    places.map_or_else(|| whole.parse(), |places| format!("{whole}.{places}").parse())
}

fn nearest(code: &str, known: &BTreeMap<String, Shape>) -> String {
    let likest = known
        .keys()
        .filter(|known| strsim::levenshtein(known, code) == 1)
        .take(3)
        .map(|known| format!("\"{known}\""))
        .collect::<Vec<_>>();
    if likest.is_empty() {
        return String::new();
    }
    format!("; {} would be one", likest.join(" or "))
}

#[cfg(test)]
mod tests;
