//! The whole open-data release of ASCOF 2020-21, read here and counted a second time by a script in another language.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use entity::outcomes::kinds::{IndicatorPolarity, ObservationMarker};
use entity::parties::kinds::GeographyLevel;
use harness::skip;
use roundtable_api::domains::imports::layout::Layout;
use roundtable_api::domains::imports::pivot::{Gathered, Part, WINDOW};
use roundtable_api::domains::imports::rows::Cell;
use roundtable_api::domains::imports::{Counts, Figures, Found, source};
use roundtable_api::domains::outcomes::rules::aggregation::{Figure, Known, aggregate};
use roundtable_api::domains::outcomes::rules::ranking::{quartiles, rank};
use serde_json::{Map, Value, json};

/// The councils whose places are compared.
pub const TEN: [&str; 10] = [
    "204", "211", "307", "406", "509", "607", "702", "809", "908", "906",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn file() -> PathBuf {
    root().join("tests/data/ascof-2020-21.csv.gz")
}

fn areas() -> PathBuf {
    root().join("api/src/domains/parties/reference/geographies.csv")
}

/// What the script finds; nothing where there is no Python.
pub fn independent() -> Option<Value> {
    let script = root().join("tests/it/imports/count.py");
    let run = Command::new("python3")
        .arg(script)
        .arg(file())
        .arg(areas())
        .output();
    let Ok(run) = run else {
        skip("Python", "python3 counts the figures a second time");
        return None;
    };
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(serde_json::from_slice(&run.stdout).unwrap())
}

fn read(layout: &Layout) -> (Vec<Gathered>, Counts) {
    let bytes = source::open(File::open(file()).unwrap()).unwrap();
    let mut figures = Figures::open(bytes, layout, WINDOW).unwrap();
    let mut observations = Vec::new();
    for found in figures.by_ref() {
        match found.unwrap() {
            Found::Observation(observation) => observations.push(*observation),
            Found::Fault(fault) => assert!(!fault.kind.refuses(), "{fault}"),
        }
    }
    (observations, figures.counts())
}

fn number(part: Part) -> Option<entity::decimal::Decimal> {
    part.and_then(|(_, cell)| cell.number())
}

fn known(part: Part) -> Known {
    match part {
        Some((_, Cell::Number(number))) => Known::Is(number),
        Some((_, Cell::Marked(ObservationMarker::Confidential))) => Known::Suppressed,
        Some((_, Cell::Marked(_))) | None => Known::Missing,
    }
}

/// How many of each part there are, and how many of each say why there is no number.
fn census(observations: &[Gathered]) -> (Value, Value) {
    let (mut measures, mut markers) = (BTreeMap::new(), BTreeMap::new());
    for one in observations {
        let parts = [
            ("numerator", one.numerator),
            ("denominator", one.denominator),
            ("outcome", one.outcome),
            ("base", one.base),
            ("margin of error", one.margin),
        ];
        for (name, (_, cell)) in parts.into_iter().filter_map(|(name, part)| Some((name, part?))) {
            *measures.entry(name.to_owned()).or_insert(0) += 1;
            if let Some(marker) = cell.marker() {
                let written = format!("{name} [{}]", marker.to_string().to_lowercase());
                *markers.entry(written).or_insert(0) += 1;
            }
        }
    }
    (json!(measures), json!(markers))
}

/// Which council lies in which region.
fn regions() -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(areas()).unwrap();
    let lines = text.lines().filter(|line| line.starts_with("LOCAL_AUTHORITY"));
    let pairs = lines.map(|line| {
        let cells: Vec<_> = line.split(',').collect();
        (cells[2].to_owned(), cells[cells.len() - 1].to_owned())
    });
    pairs.collect()
}

/// What the questions of a commissioner come to, for everybody together.
fn answers(layout: &Layout, observations: &[Gathered]) -> (Value, Value, Value) {
    let (mut aggregates, mut marks, mut ranks) = (Map::new(), Map::new(), Map::new());
    let regions = regions();
    let indicators: std::collections::BTreeSet<_> =
        observations.iter().map(|one| &one.key.indicator).collect();
    for indicator in indicators {
        let shape = layout.indicators[indicator];
        let councils: BTreeMap<_, _> = observations
            .iter()
            .filter(|one| {
                one.key.indicator == *indicator && layout.breakdowns[one.key.breakdown].code == "TOTAL"
            })
            .filter(|one| one.key.place.level == GeographyLevel::LocalAuthority)
            .map(|one| (one.key.place.code.as_str(), one))
            .collect();
        let named: std::collections::BTreeSet<_> = regions.values().collect();
        for region in named {
            let members = councils.iter().filter(|(code, _)| regions[**code] == *region);
            let figures: Vec<_> = members
                .map(|(_, one)| Figure {
                    numerator: known(one.numerator),
                    denominator: known(one.denominator),
                    // Whether the parts are whole is the question, not whether a figure came with them.
                    value: Known::Is(entity::decimal::Decimal(0)),
                })
                .collect();
            let made = aggregate(shape.unit, 1, &figures)
                .ok()
                .map(|made| made.value.to_string());
            aggregates.insert(format!("{indicator} {region}"), json!(made));
        }
        let values: Vec<_> = councils
            .iter()
            .map(|(code, one)| (*code, number(one.outcome)))
            .collect();
        let numbers: Vec<_> = values.iter().filter_map(|(_, value)| *value).collect();
        let Some(found) = quartiles(&numbers) else {
            continue;
        };
        let found = [found.lower, found.median, found.upper].map(|mark| mark.to_string());
        marks.insert(indicator.clone(), json!(found));
        let polarity = if indicator.starts_with("2A") {
            IndicatorPolarity::Lower
        } else {
            IndicatorPolarity::Higher
        };
        let ranked = rank(polarity, values);
        for code in TEN {
            let place = ranked.iter().find(|one| one.subject == code);
            let place = place.map(|one| json!([one.rank, one.of, one.quartile]));
            ranks.insert(format!("{indicator} {code}"), json!(place));
        }
    }
    (aggregates.into(), marks.into(), ranks.into())
}

#[test]
fn the_whole_release_is_read_and_every_row_is_accounted_for() {
    let layout = Layout::ascof().unwrap();
    let (observations, counts) = read(&layout);
    assert_eq!((counts.rows, counts.used, counts.refused), (48_970, 48_970, 0));
    assert_eq!((counts.observations, counts.observations_refused), (13_114, 0));
    let Some(independent) = independent() else { return };
    let (measures, markers) = census(&observations);
    assert_eq!(json!(counts.rows), independent["rows"]);
    assert_eq!(json!(observations.len()), independent["observations"]);
    assert_eq!(measures, independent["measures"]);
    assert_eq!(markers, independent["markers"]);
}

#[test]
fn aggregates_quartiles_and_places_are_those_of_an_independent_calculation() {
    let Some(independent) = independent() else { return };
    let layout = Layout::ascof().unwrap();
    let (observations, _) = read(&layout);
    let (aggregates, marks, ranks) = answers(&layout, &observations);
    assert_eq!(aggregates, independent["aggregates"]);
    assert_eq!(marks, independent["quartiles"]);
    assert_eq!(ranks, independent["ranks"]);
    let known = aggregates
        .as_object()
        .unwrap()
        .values()
        .filter(|value| value.is_string())
        .count();
    assert!(known > 80, "only {known} regions could be put together");
}
