//! What an edition has: locations, and who provides care from them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::parties::kinds::{ClientGroup, CqcRating, IdentifierScheme, ServiceKind};

use super::super::fault::Fault;

/// A code in a register.
pub type Code = (IdentifierScheme, String);

/// What the columns of an edition say yes or no to. What no column speaks of is not in it.
pub type Told<T> = BTreeMap<T, bool>;

/// An organisation that provides care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Its code at the Care Quality Commission.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Its numbers as a company and as a charity.
    pub codes: Vec<Code>,
}

/// A place from which it does.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Its code at the Care Quality Commission.
    pub code: String,
    /// Since when it is registered.
    pub since: Option<NaiveDate>,
    /// What it is called.
    pub name: String,
    /// Its code in the Organisation Data Service.
    pub ods: Option<String>,
    /// Its unique property reference number.
    pub uprn: Option<String>,
    /// Its postcode.
    pub postcode: Option<String>,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// The council in whose area it lies, by name.
    pub local_authority: Option<String>,
    /// How many beds it has.
    pub beds: Option<i32>,
    /// How it was rated; absent where it never was.
    pub rating: Option<CqcRating>,
    /// On which day that was published.
    pub rating_on: Option<NaiveDate>,
    /// Which kinds of service it is registered to provide.
    pub services: Told<ServiceKind>,
    /// Whom they are for.
    pub groups: Told<ClientGroup>,
}

/// A row that can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The row as a spreadsheet numbers it.
    pub row: u64,
    /// The provider, as its first row has it.
    pub provider: Provider,
    /// The location.
    pub location: Location,
}

/// What reading an edition comes upon.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A row that can be used.
    Entry(Box<Entry>),
    /// What is wrong with a row, or worth knowing of it.
    Fault(Fault),
}
