//! What is wrong with a row, and with a file as a whole.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What sort of thing is wrong with a row, for programs. Names are stable: they are what a report is filtered by.
#[derive(
    Copy,
    Clone,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum FaultKind {
    /// The row has more or fewer cells than the first line has headings.
    WrongWidth,
    /// A cell that every row needs is blank.
    Blank,
    /// The level of area is not one of the layout.
    UnknownLevel,
    /// The measure is not one of the layout.
    UnknownMeasure,
    /// The indicator is not one of the layout.
    UnknownIndicator,
    /// The breakdown is not one of the layout.
    UnknownBreakdown,
    /// The period is not a year.
    UnknownPeriod,
    /// The measure's code ends otherwise than its breakdown says.
    CodesDisagree,
    /// The value is neither a number nor a marker.
    NotANumber,
    /// A number cannot be what it is said to be: a negative count, a percentage above 100.
    OutOfRange,
    /// A code has lost its leading zeros, as spreadsheets do.
    LostPadding,
    /// No area is known by this code.
    UnknownPlace,
    /// The code was no longer in use in the period of the figures.
    RetiredCode,
    /// The same part of the same observation was given before.
    Duplicate,
    /// The observation was complete already when this row came.
    OutOfOrder,
    /// The observation has parts and no outcome.
    NoOutcome,
    /// The numerator is larger than the denominator.
    NumeratorAboveDenominator,
    /// The outcome is not what its numerator and denominator give.
    PartsDisagree,
    /// Another row of the same observation was refused.
    WithTheRest,
    /// The code by which a row is known is not written as its register writes them.
    MalformedCode,
    /// Kept, but for another code that is not written as its register writes them.
    CodeLeftOut,
    /// Kept, but for a code that somebody else has.
    CodeTaken,
    /// Kept, with the zeros that a spreadsheet dropped put back.
    Padded,
    /// Kept, but for a cell that cannot be what it is said to be.
    CellLeftOut,
    /// Kept, but for a day that is none.
    NotADay,
    /// Kept, but for a rating that is none.
    UnknownRating,
    /// Kept, as not rated: the rating was given to whoever ran the location before.
    InheritedRating,
    /// Kept, but for the council's area, which is not known.
    UnknownAuthority,
    /// Kept as an earlier row has it: the two do not agree about the provider.
    RowsDisagree,
    /// Kept as provisional: a second person marks a figure as final.
    TakenAsProvisional,
    /// Nothing is wrong: a number so small that releases mask it.
    TinyCell,
    /// Nothing is wrong: the organisation that answers for it has recorded it itself, and changes it itself.
    KeptByOrganisation,
}

impl FaultKind {
    /// Whether a row with it is left out. What remains is worth knowing, and is kept.
    #[must_use]
    pub const fn refuses(self) -> bool {
        !matches!(
            self,
            Self::TakenAsProvisional
                | Self::TinyCell
                | Self::KeptByOrganisation
                | Self::CodeLeftOut
                | Self::CodeTaken
                | Self::Padded
                | Self::CellLeftOut
                | Self::NotADay
                | Self::UnknownRating
                | Self::InheritedRating
                | Self::UnknownAuthority
                | Self::RowsDisagree
        )
    }

    /// Whether the code of an area is to blame.
    #[must_use]
    pub const fn is_about_place(self) -> bool {
        matches!(self, Self::UnknownPlace | Self::RetiredCode | Self::CodesDisagree)
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row}{}: {message}", in_column(self.column.as_deref()))]
pub struct Fault {
    /// The row as a spreadsheet numbers it: the headings are row 1.
    pub row: u64,
    /// The heading of the column, as the file writes it; absent when no one cell is to blame.
    pub column: Option<String>,
    /// What sort of thing is wrong.
    pub kind: FaultKind,
    /// Plain English: what is wrong, and what would be right.
    pub message: String,
}

fn in_column(column: Option<&str>) -> String {
    column.map_or_else(String::new, |column| format!(", column {column}"))
}

/// Why a file cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be opened, or reading it broke off.
    #[error("the file cannot be read")]
    Unreadable(#[from] std::io::Error),
    /// The file is not CSV.
    #[error("the file is not CSV as it should be")]
    Csv(#[source] csv::Error),
    /// The file is in a character set that is not read.
    #[error("the file is written in UTF-16; save it as CSV in UTF-8 (comma delimited)")]
    Utf16,
    /// The file is a spreadsheet.
    #[error("the file is a spreadsheet or an archive; save the sheet with the figures as CSV")]
    Spreadsheet,
    /// There is not even a first line.
    #[error("the file is empty")]
    Empty,
    /// Columns are missing, or there twice.
    #[error("{0}")]
    Headings(HeadingsError),
    /// A line is longer than any line of figures.
    #[error("a line near row {row} is longer than {limit} bytes: a quotation mark may be missing")]
    LongLine {
        /// The last row that was read.
        row: u64,
        /// The limit, in bytes.
        limit: u64,
    },
}

impl From<csv::Error> for FileError {
    fn from(error: csv::Error) -> Self {
        match error.into_kind() {
            csv::ErrorKind::Io(error) => Self::Unreadable(error),
            other => Self::Csv(csv::Error::from(std::io::Error::other(format!("{other:?}")))),
        }
    }
}

/// How many of a file's headings are named.
const MOST_NAMED: usize = 30;
/// How much of each, in characters.
const LONGEST_NAMED: usize = 40;

/// What is wrong with the headings: all of it at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadingsError {
    /// What was looked for, as the layout spells it, with a heading that may be meant.
    pub missing: Vec<(String, Option<String>)>,
    /// Headings that stand for the same thing.
    pub doubled: Vec<(String, String)>,
    /// The headings there are.
    pub found: Vec<String>,
}

impl fmt::Display for HeadingsError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (wanted, meant) in &self.missing {
            write!(to, "The column \"{wanted}\" is missing")?;
            if let Some(meant) = meant {
                write!(to, " (is \"{meant}\" meant for it?)")?;
            }
            to.write_str(". ")?;
        }
        for (first, second) in &self.doubled {
            write!(
                to,
                "The columns \"{first}\" and \"{second}\" stand for the same thing. "
            )?;
        }
        let short = |name: &String| name.chars().take(LONGEST_NAMED).collect::<String>();
        let named: Vec<_> = self.found.iter().take(MOST_NAMED).map(short).collect();
        write!(to, "The first line of the file has: {}", named.join(", "))?;
        match self.found.len().saturating_sub(MOST_NAMED) {
            0 => to.write_str("."),
            more => write!(to, ", and {more} more."),
        }
    }
}
