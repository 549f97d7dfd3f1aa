//! Rows on their way into tables.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A key.
    Id(Uuid),
    /// Text, or the name of a closed enumeration.
    Text(String),
    /// A JSON document.
    Json(&'static str),
    /// A whole number.
    Integer(i32),
    /// A whole number of 64 bits.
    Long(i64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// A point in time.
    Instant(DateTime<Utc>),
}

/// The rows of one table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that are filled.
    pub columns: Vec<&'static str>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// What one generator function has to remember of the others: the keys, by place.
#[derive(Debug)]
pub struct Rows {
    tables: Vec<Table>,
    random: SplitMix,
    counter: u64,
    /// Organisations, by place.
    pub organisations: Vec<Uuid>,
    /// The administrator's account of each organisation.
    pub administrators: Vec<Uuid>,
    /// Those who sit on boards, by place.
    pub people: Vec<Uuid>,
    /// Partnerships, by place.
    pub partnerships: Vec<Uuid>,
    /// Boards, by place.
    pub boards: Vec<Uuid>,
}

/// Where time begins in this world: 1 January 2025.
#[must_use]
pub fn beginning() -> DateTime<Utc> {
    DateTime::from_timestamp(1_735_689_600, 0).unwrap_or_default()
}

/// So many minutes after the beginning.
#[must_use]
pub fn at(minutes: usize) -> DateTime<Utc> {
    beginning() + TimeDelta::minutes(i64::try_from(minutes).unwrap_or_default())
}

/// The day that is so many days after the beginning.
#[must_use]
pub fn on(days: usize) -> NaiveDate {
    at(days * 1_440).date_naive()
}

impl Rows {
    /// An empty world.
    pub fn new() -> Self {
        Self {
            tables: Vec::new(),
            random: SplitMix(0x726f_756e_6474_6162),
            counter: 0,
            organisations: Vec::new(),
            administrators: Vec::new(),
            people: Vec::new(),
            partnerships: Vec::new(),
            boards: Vec::new(),
        }
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        let range = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from(self.random.next() % range).unwrap_or_default()
    }

    /// One of these.
    pub fn one_of(&mut self, names: &[&'static str]) -> &'static str {
        names[self.below(names.len())]
    }

    /// A key in the form of version 7 (RFC 9562): keys made later sort later.
    pub fn key(&mut self) -> Uuid {
        self.counter += 1;
        let millis = u128::from(1_735_689_600_000 + self.counter);
        let random = u128::from(self.random.next());
        let bits = millis << 80 | 0x7 << 76 | (random & 0xfff) << 64 | 0b10 << 62 | random >> 2;
        Uuid::from_u128(bits)
    }

    /// Adds a row to a table; the first row of a table names its columns.
    pub fn add(&mut self, table: &'static str, row: Vec<(&'static str, Cell)>) {
        let (columns, cells): (Vec<_>, Vec<_>) = row.into_iter().unzip();
        match self.tables.iter_mut().find(|known| known.name == table) {
            Some(known) => known.rows.push(cells),
            None => self.tables.push(Table {
                name: table,
                columns,
                rows: vec![cells],
            }),
        }
    }

    /// The same with the columns that every table has whose rows change.
    pub fn add_versioned(
        &mut self,
        table: &'static str,
        made: DateTime<Utc>,
        mut row: Vec<(&'static str, Cell)>,
    ) {
        row.push(("version", Cell::Integer(1)));
        row.push(("created_at", Cell::Instant(made)));
        row.push(("updated_at", Cell::Instant(made)));
        self.add(table, row);
    }

    /// The tables so far, in the order in which they were begun.
    pub fn take_tables(&mut self) -> Vec<Table> {
        std::mem::take(&mut self.tables)
    }
}

/// The generator SplitMix64: small, good enough, and the same on every machine.
#[derive(Debug)]
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
