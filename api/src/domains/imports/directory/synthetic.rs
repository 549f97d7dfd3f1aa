//! Editions of a directory that never was: as large as you like, always the same for the same seed, with faults that are known by row. Names
//! begin with SYN, postcodes with ZZ99, and codes lie in ranges that nobody has, so that nobody takes it for real.

use std::io::{self, Write};

use super::super::fault::FaultKind;
use super::super::synthetic::{COUNCILS, Injected, Numbers, council};

const HEADINGS: [&str; 34] = [
    "Location ID",
    "Location HSCA start date",
    "Dormant (Y/N)",
    "Location Name",
    "Location ODS Code",
    "Registered manager",
    "Care homes beds",
    "Location Latest Overall Rating",
    "Publication Date",
    "Inherited Rating (Y/N)",
    "Location Local Authority",
    "Location Postal Code",
    "Location UPRN ID",
    "Location Latitude",
    "Location Longitude",
    "Brand Name",
    "Provider ID",
    "Provider Name",
    "Provider Companies House Number",
    "Provider Nominated Individual Name",
    "Service type - Care home service with nursing",
    "Service type - Care home service without nursing",
    "Service type - Domiciliary care service",
    "Service type - Supported living service",
    "Service type - Community healthcare service",
    "Service type - Acute services with overnight beds",
    "Service type - Extra Care housing services",
    "Service type - Shared Lives",
    "Service user band - Children 0-18 years",
    "Service user band - Dementia",
    "Service user band - Learning disabilities or autistic spectrum disorder",
    "Service user band - Mental Health",
    "Service user band - Older People",
    "Service user band - Younger Adults",
];
/// How many types of service and bands of people there are among them.
const TYPES: u64 = 8;
const BANDS: u64 = 6;
/// Where the cells are that faults are put into.
const CODE: usize = 0;
const START: usize = 1;
const NAME: usize = 3;
const ODS: usize = 4;
const RATING: usize = 7;
const INHERITED: usize = 9;
const POSTCODE: usize = 11;
const PROVIDER_NAME: usize = 17;
const COMPANY: usize = 18;

const RATINGS: [&str; 5] = [
    "Good",
    "Requires improvement",
    "Good",
    "Outstanding",
    "No published rating",
];

/// The faults that are put in, one after the other.
const FAULTS: [FaultKind; 12] = [
    FaultKind::Duplicate,
    FaultKind::MalformedCode,
    FaultKind::Blank,
    FaultKind::WrongWidth,
    FaultKind::Padded,
    FaultKind::CodeLeftOut,
    FaultKind::CodeTaken,
    FaultKind::UnknownRating,
    FaultKind::InheritedRating,
    FaultKind::NotADay,
    FaultKind::CellLeftOut,
    FaultKind::RowsDisagree,
];

/// What to make.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// How many locations.
    pub locations: u64,
    /// Which month's edition, from 0. Each has some locations fewer at its beginning and as many more at its end.
    pub month: u64,
    /// How many come and go each month.
    pub churn: u64,
    /// Where the sequence of numbers begins.
    pub seed: u64,
    /// How many of 10,000 rows get a fault.
    pub faults_bp: u64,
}

/// The code of a location, by its number.
#[must_use]
pub fn location_code(number: u64) -> String {
    format!("1-9910{number:07}")
}

/// The code of a provider, by its number: each has two locations.
#[must_use]
pub fn provider_code(number: u64) -> String {
    format!("1-9900{number:07}")
}

/// Writes an edition, and answers the faults in it by row.
///
/// # Errors
/// When it cannot be written.
pub fn write(edition: Edition, to: &mut impl Write) -> io::Result<Vec<Injected>> {
    let mut numbers = Numbers::from(edition.seed);
    let mut csv = csv::WriterBuilder::new().flexible(true).from_writer(to);
    csv.write_record(HEADINGS)?;
    let (mut injected, mut row, mut due, mut was_faulty) = (Vec::new(), 1, 0, true);
    let first = edition.month * edition.churn;
    for number in first..first + edition.locations {
        let mut cells = location(number, edition.month);
        // The first row stays whole: later ones take its code.
        let is_due = number > first && numbers.below(10_000) < edition.faults_bp;
        let kind = FAULTS[due % FAULTS.len()];
        // Rows of a provider can disagree only in the second, and its own cells are read only in the first.
        let is_second = number % 2 == 1;
        let fits = match kind {
            FaultKind::RowsDisagree => is_second && !was_faulty,
            FaultKind::Padded => !is_second,
            _ => true,
        };
        was_faulty = is_due && fits;
        row += 1;
        if was_faulty {
            due += 1;
            if kind == FaultKind::Duplicate {
                csv.write_record(&cells)?;
                row += 1;
            }
            spoil(&mut cells, kind, number, first);
            injected.push(Injected { row, kind });
        }
        csv.write_record(&cells)?;
    }
    csv.flush()?;
    Ok(injected)
}

fn location(number: u64, month: u64) -> Vec<String> {
    let provider = number / 2;
    let (_, _, authority) = council(1 + number % COUNCILS);
    // A fifth of them is rated again each month.
    let rated = number + month.saturating_sub(number % 5) / 5;
    let day = format!("{:02}/{:02}/2024", 1 + number % 28, 1 + number % 12);
    let tenths = number % 10;
    let mut cells = vec![
        location_code(number),
        "01/10/2010".to_owned(),
        String::new(),
        format!("SYN Home {number:06}"),
        ods(number),
        format!("SYN Manager {number:06}"),
        (number % 60).to_string(),
        RATINGS[usize::try_from(rated % 5).unwrap_or_default()].to_owned(),
        day,
        String::new(),
        authority,
        format!("ZZ99 {tenths}ZZ"),
        format!("9999{number:08}"),
        format!("5{}.{tenths}", number % 5),
        format!("-1.{tenths}"),
        "-".to_owned(),
        provider_code(provider),
        format!("SYN Care {provider:06}"),
        format!("99{provider:06}"),
        format!("SYN Nominee {provider:06}"),
    ];
    cells.extend(services(number, month));
    cells
}

/// Flags: each location has one type of service; each third the next one, too. One in fifty takes another up, or has given it up again, each month.
fn services(number: u64, month: u64) -> impl Iterator<Item = String> {
    let flag = |is_so: bool| if is_so { "Y".to_owned() } else { String::new() };
    let types = (0..TYPES).map(move |which| {
        let is_first = which == number % TYPES;
        let is_second = number.is_multiple_of(3) && which == (number + 1) % TYPES;
        let is_passing = number % 50 == month % 50 && which == (number + 2) % TYPES;
        flag(is_first || is_second || is_passing)
    });
    let bands = (0..BANDS).map(move |which| flag(which == number % BANDS || which == number % 4));
    types.chain(bands)
}

fn ods(number: u64) -> String {
    format!("SYN{number:06}")
}

fn spoil(cells: &mut Vec<String>, kind: FaultKind, number: u64, first: u64) {
    match kind {
        FaultKind::MalformedCode => "9910-1".clone_into(&mut cells[CODE]),
        FaultKind::Blank => cells[NAME].clear(),
        FaultKind::WrongWidth => drop(cells.pop()),
        // One digit is a nought that a spreadsheet dropped.
        FaultKind::Padded => cells[COMPANY] = format!("9{:06}", number / 2),
        FaultKind::CodeLeftOut => "?".clone_into(&mut cells[ODS]),
        FaultKind::CodeTaken => cells[ODS] = ods(first),
        FaultKind::UnknownRating => "Splendid".clone_into(&mut cells[RATING]),
        FaultKind::InheritedRating => "Y".clone_into(&mut cells[INHERITED]),
        FaultKind::NotADay => "31/02/2011".clone_into(&mut cells[START]),
        FaultKind::CellLeftOut => "NOWHERE".clone_into(&mut cells[POSTCODE]),
        FaultKind::RowsDisagree => cells[PROVIDER_NAME].push_str(" Ltd"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Cursor;

    use entity::parties::kinds::ServiceKind;

    use super::super::entry::{Entry, Found};
    use super::super::rows::Directory;
    use super::*;

    const EDITION: Edition = Edition {
        locations: 12_000,
        month: 0,
        churn: 150,
        seed: 20_261_122,
        faults_bp: 200,
    };

    fn read(edition: Edition) -> (BTreeSet<Injected>, BTreeSet<Injected>, Vec<Entry>, u64) {
        let mut text = Vec::new();
        let injected = write(edition, &mut text).unwrap().into_iter().collect();
        let mut directory = Directory::open(Cursor::new(text)).unwrap();
        let (mut found, mut entries) = (BTreeSet::new(), Vec::new());
        for one in directory.by_ref() {
            match one.unwrap() {
                Found::Fault(fault) => drop(found.insert(Injected {
                    row: fault.row,
                    kind: fault.kind,
                })),
                Found::Entry(entry) => entries.push(*entry),
            }
        }
        (injected, found, entries, directory.refused())
    }

    #[test]
    fn each_fault_is_found_and_named_and_nothing_else_is() {
        let (injected, found, entries, refused) = read(EDITION);
        let kinds: BTreeSet<_> = injected.iter().map(|one| one.kind).collect();
        assert!(FAULTS.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
        assert_eq!(
            found.difference(&injected).collect::<Vec<_>>(),
            Vec::<&Injected>::new()
        );
        assert_eq!(
            injected.difference(&found).collect::<Vec<_>>(),
            Vec::<&Injected>::new()
        );
        let refusing = found.iter().filter(|one| one.kind.refuses()).count() as u64;
        assert_eq!(refused, refusing);
        assert!(entries.len() as u64 >= EDITION.locations - refusing);
    }

    #[test]
    fn what_can_be_used_of_a_row_is() {
        let (_, _, entries, _) = read(Edition {
            faults_bp: 0,
            locations: 7,
            ..EDITION
        });
        let entry = &entries[6];
        assert_eq!((entry.row, entry.location.code.as_str()), (8, "1-99100000006"));
        assert_eq!(entry.provider.code, "1-99000000003");
        assert_eq!(entry.location.postcode.as_deref(), Some("ZZ99 6ZZ"));
        assert_eq!(entry.location.position, Some((51.6, -1.6)));
        assert_eq!(
            (entry.location.beds, entry.location.uprn.as_deref()),
            (Some(6), Some("999900000006"))
        );
        assert_eq!(entry.provider.codes[0].1, "99000003");
        let provided = entry.location.services.iter().filter(|(_, is_so)| **is_so);
        let provided: Vec<_> = provided.map(|(kind, _)| *kind).collect();
        assert_eq!(
            provided,
            [ServiceKind::Other],
            "housing and shared lives are one kind here"
        );
        assert_eq!(entry.location.services.len(), 7);
        assert_eq!(entry.location.groups.values().filter(|is_so| **is_so).count(), 2);
    }

    #[test]
    fn nothing_of_a_person_is_held() {
        let (_, _, entries, _) = read(EDITION);
        let held = format!("{entries:?}");
        assert!(!held.contains("Manager") && !held.contains("Nominee"));
        assert!(held.contains("SYN Home"));
    }

    #[test]
    fn an_edition_differs_from_the_one_before_by_what_came_and_went() {
        let codes = |month| -> BTreeSet<String> {
            let (_, _, entries, _) = read(Edition {
                month,
                faults_bp: 0,
                ..EDITION
            });
            entries.into_iter().map(|entry| entry.location.code).collect()
        };
        let (before, after) = (codes(0), codes(1));
        assert_eq!(
            (
                before.difference(&after).count(),
                after.difference(&before).count()
            ),
            (150, 150)
        );
    }
}
