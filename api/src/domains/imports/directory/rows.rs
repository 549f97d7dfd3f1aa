//! What each line of an edition says: a location and its provider, or what is wrong with it.

mod cell;

use std::collections::{HashMap, HashSet, VecDeque};
use std::io::Read;

use chrono::NaiveDate;
use csv::ByteRecord;
use entity::parties::kinds::{CqcRating, IdentifierScheme};

use super::super::fault::{Fault, FaultKind, FileError};
use super::super::source::{self, Hand, Leash, leash};
use super::cells;
use super::entry::{Code, Entry, Found, Location, Provider, Told};
use super::headings::{Column, Headings};
use super::services;
use crate::domains::parties::rules::identifier::normalise;
use crate::domains::parties::rules::place::{postcode, uprn};

/// The most that one row may take, in bytes: a row has some hundred columns.
const LONGEST_ROW: u64 = 256 * 1024;
/// The longest name that is kept, in characters: that of organisations and sites.
const LONGEST_NAME: usize = 200;
/// How many digits a company number has.
const COMPANY_DIGITS: usize = 8;
/// No site has more beds.
const MOST_BEDS: i32 = 10_000;

/// Reads an edition from its first row to its last.
pub struct Directory<R> {
    csv: csv::Reader<Leash<R>>,
    hand: Hand,
    headings: Headings,
    record: ByteRecord,
    number: u64,
    refused: u64,
    ready: VecDeque<Found>,
    locations: HashSet<String>,
    providers: HashMap<String, Provider>,
    /// Who has which other code in this file.
    holders: HashMap<Code, String>,
    is_over: bool,
}

impl<R> std::fmt::Debug for Directory<R> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Directory");
        shown.field("number", &self.number).finish_non_exhaustive()
    }
}

impl<R: Read> Directory<R> {
    /// Reads the headings.
    ///
    /// # Errors
    /// When there are none, or columns are missing: all of them are named.
    pub fn open(bytes: R) -> Result<Self, FileError> {
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
        let written = record.iter().map(|cell| {
            let heading = source::text(cell);
            heading.trim_start_matches('\u{feff}').trim().to_owned()
        });
        let headings = Headings::among(written.collect()).map_err(FileError::Headings)?;
        let mut directory = Self {
            csv,
            hand,
            headings,
            record,
            number: 1,
            refused: 0,
            ready: VecDeque::new(),
            locations: HashSet::new(),
            providers: HashMap::new(),
            holders: HashMap::new(),
            is_over: false,
        };
        directory.say_unknown_bands();
        Ok(directory)
    }

    /// How many rows were read, without the headings.
    #[must_use]
    pub const fn read(&self) -> u64 {
        self.number - 1
    }

    /// How many of them were left out.
    #[must_use]
    pub const fn refused(&self) -> u64 {
        self.refused
    }

    fn say_unknown_bands(&mut self) {
        for place in &self.headings.flags().unknown {
            let message = "No group of people here is the same as this band. The column is left out.";
            let fault = self.fault_at(Some(*place), FaultKind::CellLeftOut, message.to_owned());
            self.ready.push_back(Found::Fault(fault));
        }
    }

    fn understand_next(&mut self) -> Result<(), FileError> {
        let more = self.csv.read_byte_record(&mut self.record).map_err(|error| {
            if self.hand.is_taut() {
                return FileError::LongLine {
                    row: self.number,
                    limit: LONGEST_ROW,
                };
            }
            FileError::from(error)
        })?;
        self.is_over = !more;
        if !more {
            return Ok(());
        }
        self.hand.slacken();
        self.number += 1;
        let mut remarks = Vec::new();
        let understood = self.entry(&mut remarks);
        if understood.is_err() {
            self.refused += 1;
            remarks.clear();
        }
        self.ready.extend(remarks.into_iter().map(Found::Fault));
        self.ready.push_back(match understood {
            Ok(entry) => Found::Entry(Box::new(entry)),
            Err(fault) => Found::Fault(fault),
        });
        Ok(())
    }

    fn entry(&mut self, remarks: &mut Vec<Fault>) -> Result<Entry, Fault> {
        let (has, needs) = (self.record.len(), self.headings.width());
        if has != needs {
            let message = format!(
                "This row has {has} cells; the headings are {needs}. A comma may be missing or too many."
            );
            return Err(self.fault(None, FaultKind::WrongWidth, message));
        }
        let code = self.key(Column::LocationCode, IdentifierScheme::CqcLocation)?;
        let provider_code = self.key(Column::ProviderCode, IdentifierScheme::CqcProvider)?;
        let name = self.name(Column::LocationName)?;
        let provider_name = self.name(Column::ProviderName)?;
        if !self.locations.insert(code.clone()) {
            let message = format!("The location {code} stands in an earlier row, which counts.");
            return Err(self.fault(Some(Column::LocationCode), FaultKind::Duplicate, message));
        }
        let provider = self.provider(provider_code, provider_name, remarks);
        let location = self.location(code, name, remarks);
        Ok(Entry {
            row: self.number,
            provider,
            location,
        })
    }

    /// The provider as its first row has it: two rows that do not agree would change it to and fro.
    fn provider(&mut self, code: String, name: String, remarks: &mut Vec<Fault>) -> Provider {
        if let Some(first) = self.providers.get(&code) {
            if first.name != name {
                let message = format!(
                    "An earlier row calls the provider {code} \"{}\", which counts.",
                    first.name
                );
                remarks.push(self.fault(Some(Column::ProviderName), FaultKind::RowsDisagree, message));
            }
            return first.clone();
        }
        let mut codes = Vec::new();
        codes.extend(self.company(remarks));
        codes.extend(self.charity(remarks));
        codes.retain(|held| self.is_free(held, &code, remarks));
        let provider = Provider {
            code: code.clone(),
            name,
            codes,
        };
        self.providers.insert(code, provider.clone());
        provider
    }

    fn location(&mut self, code: String, name: String, remarks: &mut Vec<Fault>) -> Location {
        let ods = self.cell(Column::LocationOds).and_then(|cell| {
            let held = normalise(IdentifierScheme::Ods, &cell).map_err(|wrong| wrong.message);
            self.kept(held, Column::LocationOds, FaultKind::CodeLeftOut, remarks)
        });
        let ods = ods.map(|ods| (IdentifierScheme::Ods, ods));
        let ods = ods.filter(|held| self.is_free(held, &code, remarks));
        let (rating, rating_on) = self.rating(remarks);
        Location {
            since: self.day(Column::LocationStart, remarks),
            ods: ods.map(|(_, ods)| ods),
            uprn: self.cell(Column::Uprn).and_then(|cell| {
                let read = uprn(&cell).map_err(|wrong| wrong.message);
                self.kept(read, Column::Uprn, FaultKind::CellLeftOut, remarks)
            }),
            postcode: self.cell(Column::Postcode).and_then(|cell| {
                let read = postcode(&cell).map_err(|wrong| wrong.message);
                self.kept(read, Column::Postcode, FaultKind::CellLeftOut, remarks)
            }),
            position: self.place(remarks),
            local_authority: self.cell(Column::LocalAuthority),
            beds: self.beds(remarks),
            rating,
            rating_on,
            services: self.told(&self.headings.flags().kinds, remarks),
            groups: self.told(&self.headings.flags().groups, remarks),
            code,
            name,
        }
    }

    fn told<T: Copy + Ord>(&self, flags: &[(T, usize)], remarks: &mut Vec<Fault>) -> Told<T> {
        let (told, wrong) = services::told(flags, |place| self.at(place));
        for place in wrong {
            let message = format!("\"{}\" is no flag: Y or blank. It is left out.", self.at(place));
            remarks.push(self.fault_at(Some(place), FaultKind::CellLeftOut, message));
        }
        told
    }

    fn company(&self, remarks: &mut Vec<Fault>) -> Option<Code> {
        let (column, scheme) = (Column::CompanyNumber, IdentifierScheme::CompaniesHouse);
        let cell = self.cell(column)?;
        let read = normalise(scheme, &cell).map_err(|wrong| wrong.message);
        let number = self.kept(read, column, FaultKind::CodeLeftOut, remarks)?;
        if cell.len() < COMPANY_DIGITS && cell.bytes().all(|byte| byte.is_ascii_digit()) {
            let message = format!("\"{cell}\" has lost the zeros at its beginning; {number} is taken.");
            remarks.push(self.fault(Some(column), FaultKind::Padded, message));
        }
        Some((scheme, number))
    }

    /// A charity's number says by its form in which of the three registers it stands.
    fn charity(&self, remarks: &mut Vec<Fault>) -> Option<Code> {
        use IdentifierScheme as S;
        let cell = self.cell(Column::CharityNumber)?;
        let capitals = cell.to_ascii_uppercase();
        let scheme = if capitals.starts_with("SC") {
            S::CharityScotland
        } else if capitals.starts_with("NIC") {
            S::CharityNorthernIreland
        } else {
            S::CharityEnglandWales
        };
        let read = normalise(scheme, &cell).map_err(|wrong| wrong.message);
        let number = self.kept(read, Column::CharityNumber, FaultKind::CodeLeftOut, remarks)?;
        Some((scheme, number))
    }

    /// Whether nobody else in this file has the code.
    fn is_free(&mut self, code: &Code, holder: &str, remarks: &mut Vec<Fault>) -> bool {
        let first = self
            .holders
            .entry(code.clone())
            .or_insert_with(|| holder.to_owned());
        if first == holder {
            return true;
        }
        let message = format!(
            "The code {} is that of {first} in an earlier row; it is left out.",
            code.1
        );
        remarks.push(self.fault(None, FaultKind::CodeTaken, message));
        false
    }

    /// How it was rated, and when. A rating that was given to whoever ran the location before says nothing of who runs it now: the location is
    /// registered and not rated.
    fn rating(&self, remarks: &mut Vec<Fault>) -> (Option<CqcRating>, Option<NaiveDate>) {
        let Some(cell) = self.cell(Column::Rating) else {
            return (None, None);
        };
        let Some(rating) = cells::rating(&cell) else {
            let message = format!("\"{cell}\" is no rating; it is left out.");
            remarks.push(self.fault(Some(Column::Rating), FaultKind::UnknownRating, message));
            return (None, None);
        };
        match cells::flag(&self.raw(Column::Inherited)) {
            Some(false) => {}
            Some(true) => {
                let message =
                    "The rating was given to whoever ran the location before: it is taken as not rated.";
                remarks.push(self.fault(
                    Some(Column::Rating),
                    FaultKind::InheritedRating,
                    message.to_owned(),
                ));
                return (Some(CqcRating::NotRated), None);
            }
            None => {
                let message = "A flag is Y or blank. Whose rating this is cannot be told; it is left out.";
                remarks.push(self.fault(
                    Some(Column::Inherited),
                    FaultKind::CellLeftOut,
                    message.to_owned(),
                ));
                return (None, None);
            }
        }
        (Some(rating), self.day(Column::RatingOn, remarks))
    }

    fn day(&self, column: Column, remarks: &mut Vec<Fault>) -> Option<NaiveDate> {
        let cell = self.cell(column)?;
        let day = cells::day(&cell);
        if day.is_none() {
            let message = format!("\"{cell}\" is no day such as 01/10/2010; it is left out.");
            remarks.push(self.fault(Some(column), FaultKind::NotADay, message));
        }
        day
    }

    fn place(&self, remarks: &mut Vec<Fault>) -> Option<(f64, f64)> {
        let (north, east) = (self.cell(Column::Latitude), self.cell(Column::Longitude));
        if north.is_none() && east.is_none() {
            return None;
        }
        let place = cells::place(&north.unwrap_or_default(), &east.unwrap_or_default());
        if place.is_none() {
            let message = "Latitude and longitude are no place in the United Kingdom; they are left out.";
            remarks.push(self.fault(Some(Column::Latitude), FaultKind::CellLeftOut, message.to_owned()));
        }
        place
    }

    fn beds(&self, remarks: &mut Vec<Fault>) -> Option<i32> {
        let cell = self.cell(Column::Beds)?;
        let beds = cell.parse().ok().filter(|beds| (0..=MOST_BEDS).contains(beds));
        if beds.is_none() {
            let message = format!("\"{cell}\" is no number of beds; it is left out.");
            remarks.push(self.fault(Some(Column::Beds), FaultKind::CellLeftOut, message));
        }
        beds
    }
}

impl<R: Read> Iterator for Directory<R> {
    type Item = Result<Found, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Some(Ok(found));
            }
            if self.is_over {
                return None;
            }
            if let Err(error) = self.understand_next() {
                self.is_over = true;
                return Some(Err(error));
            }
        }
    }
}
