//! A pack of figures that never were: as large as you like, always the same for the same seed, with faults in it that are known
//! by row. Names begin with SYN and codes lie outside every official range, so that nobody takes it for real.

use std::io::{self, Write};

use super::fault::FaultKind;

/// How many councils a pack has figures of, in each year.
pub const COUNCILS: u64 = 153;
/// The code of the Office for National Statistics that the last council had before the figures begin.
pub const RETIRED_GSS: &str = "E99000900";
/// The first year of a pack.
const FIRST_YEAR: u64 = 2014;
const HEADINGS: &str = "Period,Geographical Code,Geographical Description,Geographical Level,ONS Code,ASCOF Measure Code,\
                        Disaggregation Level,Measure Type,Measure Value";
/// Shares, as numbered up to 2022-23: with all breakdowns, some 96,000 rows for each of the nine years of that framework.
const SHARES: [&str; 21] = [
    "1B", "1C1A", "1C1B", "1C2A", "1C2B", "1E", "1F", "1G", "1H", "1I1", "1I2", "2B1", "2B2", "2D", "3A",
    "3B", "3C", "3D1", "3D2", "4A", "4B",
];
const BREAKDOWNS: [(&str, &str); 10] = [
    ("", "Total"),
    ("1864", "18-64"),
    ("65OV", "65 and over"),
    ("64U", "64 and under"),
    ("6574", "65-74"),
    ("7584", "75-84"),
    ("6584", "65-84"),
    ("85OV", "85 and over"),
    ("M", "Male"),
    ("F", "Female"),
];

/// What to make.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// About how many rows: an observation is never cut in two.
    pub rows: u64,
    /// Where the sequence of numbers begins.
    pub seed: u64,
    /// How many of 10,000 observations get a fault.
    pub faults_bp: u64,
}

/// A fault that was put in.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Injected {
    /// The row, as a spreadsheet numbers it, at which it will be found.
    pub row: u64,
    /// What will be found.
    pub kind: FaultKind,
}

/// The faults that are put in, one after the other.
const FAULTS: [FaultKind; 9] = [
    FaultKind::Duplicate,
    FaultKind::LostPadding,
    FaultKind::UnknownPlace,
    FaultKind::RetiredCode,
    FaultKind::PartsDisagree,
    FaultKind::NumeratorAboveDenominator,
    FaultKind::NotANumber,
    FaultKind::WrongWidth,
    FaultKind::TinyCell,
];

/// Numbers that look random and are always the same: SplitMix64.
pub(super) struct Numbers(u64);

impl From<u64> for Numbers {
    fn from(seed: u64) -> Self {
        Self(seed)
    }
}

impl Numbers {
    /// One of `0..below`.
    pub(super) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }
}

/// A council of a pack, from 1 to [`COUNCILS`]: its code, that of the Office for National Statistics, its name. The codes of councils
/// lie between 102 and 916.
#[must_use]
pub fn council(number: u64) -> (String, String, String) {
    let code = if number < 100 { number } else { 820 + number };
    (
        format!("{code:03}"),
        format!("E99{number:06}"),
        format!("SYN Council {number:03}"),
    )
}

/// Writes a pack, and answers the faults in it by row.
///
/// # Errors
/// When it cannot be written.
pub fn write(pack: Pack, to: &mut impl Write) -> io::Result<Vec<Injected>> {
    let (mut numbers, mut injected) = (Numbers(pack.seed), Vec::new());
    let (mut written, mut due) = (0, 0);
    writeln!(to, "{HEADINGS}")?;
    for year in FIRST_YEAR.. {
        for indicator in SHARES {
            for (ending, breakdown) in BREAKDOWNS {
                for place in 1..=COUNCILS {
                    if written >= pack.rows {
                        return Ok(injected);
                    }
                    let fault = (numbers.below(10_000) < pack.faults_bp).then(|| FAULTS[due % FAULTS.len()]);
                    due += usize::from(fault.is_some());
                    let measure = (format!("{indicator}{ending}"), breakdown);
                    let (lines, found) = observation(&mut numbers, year, place, &measure, fault);
                    // The headings are row 1.
                    let at = written + 2;
                    injected.extend(
                        found
                            .into_iter()
                            .map(|(line, kind)| Injected { row: at + line, kind }),
                    );
                    written += lines.len() as u64;
                    for line in lines {
                        writeln!(to, "{line}")?;
                    }
                }
            }
        }
    }
    Ok(injected)
}

/// The rows of one observation, and what will be found in which of them.
fn observation(
    numbers: &mut Numbers,
    year: u64,
    place: u64,
    (indicator, breakdown): &(String, &str),
    fault: Option<FaultKind>,
) -> (Vec<String>, Vec<(u64, FaultKind)>) {
    let (mut code, mut gss, name) = council(place);
    let denominator = 200 + numbers.below(5_000);
    let mut numerator = 10 + numbers.below(denominator - 20);
    if fault == Some(FaultKind::TinyCell) {
        numerator = 1 + numerator % 7;
    }
    let mut outcome = tenths(numerator, denominator);
    let mut found = Vec::new();
    match fault {
        Some(FaultKind::UnknownPlace) => (code, gss) = ("999".to_owned(), String::new()),
        Some(FaultKind::RetiredCode) => RETIRED_GSS.clone_into(&mut gss),
        Some(FaultKind::PartsDisagree) => outcome = (outcome + 50) % 1_000,
        Some(FaultKind::NumeratorAboveDenominator) => numerator = denominator + 1,
        _ => {}
    }
    let row = |code: &str, measure: &str, value: String| {
        let year_after = (year + 1) % 100;
        format!(
            "{year}-{year_after:02},{code},{name},Council,{gss},{indicator},{breakdown},{measure},{value}"
        )
    };
    let mut lines = vec![
        row(&code, "Numerator", numerator.to_string()),
        row(&code, "Denominator", denominator.to_string()),
        row(&code, "Outcome", format!("{}.{}", outcome / 10, outcome % 10)),
    ];
    match fault {
        Some(FaultKind::Duplicate) => {
            lines.push(lines[2].clone());
            found.push((3, FaultKind::Duplicate));
        }
        Some(FaultKind::LostPadding) if place < 100 => {
            lines[0] = row(code.trim_start_matches('0'), "Numerator", numerator.to_string());
            found.push((0, FaultKind::LostPadding));
        }
        Some(FaultKind::LostPadding) | None => {}
        Some(FaultKind::NotANumber) => {
            lines[0] = row(&code, "Numerator", "#REF!".to_owned());
            found.extend([(0, FaultKind::NotANumber), (1, FaultKind::WithTheRest)]);
        }
        Some(FaultKind::WrongWidth) => {
            lines[0] = lines[0]
                .rsplit_once(',')
                .map_or_else(String::new, |(rest, _)| rest.to_owned());
            found.push((0, FaultKind::WrongWidth));
        }
        Some(FaultKind::PartsDisagree) => found.push((2, FaultKind::PartsDisagree)),
        Some(other) => found.push((0, other)),
    }
    (lines, found)
}

/// Tenths of per cent, halves up.
const fn tenths(numerator: u64, denominator: u64) -> u64 {
    (numerator * 2_000 + denominator) / (2 * denominator)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;
    use entity::id::GeographyId;
    use entity::parties::geography;
    use entity::parties::kinds::GeographyLevel;

    use super::super::layout::Layout;
    use super::super::pivot::WINDOW;
    use super::super::places::Places;
    use super::super::{Figures, Found};
    use super::*;

    const PACK: Pack = Pack {
        rows: 60_000,
        seed: 20_261_122,
        faults_bp: 100,
    };

    fn area(number: u64, gss: &str) -> geography::Model {
        let at = "2026-03-02T12:00:00Z".parse().unwrap();
        let (code, _, name) = council(number);
        geography::Model {
            id: GeographyId::new(),
            gss: Some(gss.to_owned()),
            cassr: Some(code),
            local_code: None,
            name,
            level: GeographyLevel::LocalAuthority,
            parent_id: None,
            valid_from: None,
            valid_to: None,
            successor_id: None,
            organisation_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
            created_by: None,
        }
    }

    fn areas() -> Places {
        let mut rows: Vec<_> = (1..=COUNCILS)
            .map(|number| area(number, &council(number).1))
            .collect();
        let mut old = area(COUNCILS, RETIRED_GSS);
        old.valid_to = NaiveDate::from_ymd_opt(2000, 3, 31);
        old.successor_id = rows.last().map(|row| row.id);
        rows.push(old);
        Places::of(rows)
    }

    #[test]
    fn each_fault_is_found_and_named_and_nothing_else_is() {
        let mut text = Vec::new();
        let injected: BTreeSet<_> = write(PACK, &mut text).unwrap().into_iter().collect();
        let (layout, places) = (Layout::ascof().unwrap(), areas());
        let mut figures = Figures::open(std::io::Cursor::new(text), &layout, WINDOW).unwrap();
        let mut found = BTreeSet::new();
        for one in figures.by_ref() {
            match one.unwrap() {
                Found::Fault(fault) => {
                    found.insert(Injected {
                        row: fault.row,
                        kind: fault.kind,
                    });
                }
                Found::Observation(gathered) => {
                    let period = gathered.key.period.unwrap();
                    if let Err(fault) = places.find(&gathered.key.place, period) {
                        found.insert(Injected {
                            row: gathered.first_row,
                            kind: fault.kind,
                        });
                    }
                }
            }
        }
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
        assert!(figures.counts().rows >= PACK.rows);
    }

    #[test]
    fn the_same_seed_makes_the_same_pack_and_another_makes_another() {
        let made = |seed| {
            let (mut text, pack) = (
                Vec::new(),
                Pack {
                    rows: 300,
                    seed,
                    faults_bp: 1_000,
                },
            );
            let injected = write(pack, &mut text).unwrap();
            (text, injected)
        };
        assert_eq!(made(1), made(1));
        assert_ne!(made(1), made(2));
    }
}
