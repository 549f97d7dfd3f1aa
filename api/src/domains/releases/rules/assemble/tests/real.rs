//! A release of the real figures for 2020-21, and an attack on it.

use std::collections::HashMap;
use std::fs::File;

use entity::id::{DisaggregationId, GeographyId};
use entity::outcomes::disaggregation;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;

use super::super::super::attack::find_out_with;
use super::super::super::people;
use super::super::super::places::wholes;
use super::*;
use crate::domains::imports::layout::Layout;
use crate::domains::imports::pivot::{Gathered, Part as Given, WINDOW};
use crate::domains::imports::{Figures, Found, source};

const FIGURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/data/ascof-2020-21.csv.gz");
const AREAS: &str = include_str!("../../../../parties/reference/geographies.csv");
/// More than any count of people who use services.
const MOST: i32 = 2_000_000;

/// The areas that come with the server, by the codes of the file.
fn areas() -> HashMap<String, geography::Model> {
    let at = "2026-03-02T12:00:00Z".parse().unwrap();
    let mut areas: HashMap<String, geography::Model> = HashMap::new();
    let mut lines = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(AREAS.as_bytes());
    for line in lines.records() {
        let line = line.unwrap();
        let cell = |at: usize| Some(line[at].to_owned()).filter(|text| !text.is_empty());
        let area = geography::Model {
            id: GeographyId::new(),
            gss: cell(3),
            cassr: cell(2),
            local_code: cell(1),
            name: line[4].to_owned(),
            level: line[0].parse::<GeographyLevel>().unwrap(),
            parent_id: cell(5).map(|parent| areas[&parent].id),
            valid_from: None,
            valid_to: None,
            successor_id: None,
            organisation_id: None,
            version: 1,
            created_at: at,
            updated_at: at,
            created_by: None,
        };
        areas.insert(cell(2).or(cell(1)).unwrap(), area);
    }
    areas
}

fn observations(layout: &Layout) -> Vec<Gathered> {
    let bytes = source::open(File::open(FIGURES).unwrap()).unwrap();
    let found = Figures::open(bytes, layout, WINDOW).unwrap().map(Result::unwrap);
    let observations = found.filter_map(|found| match found {
        Found::Observation(gathered) => Some(*gathered),
        Found::Fault(_) => None,
    });
    observations.collect()
}

fn observed(layout: &Layout, areas: &HashMap<String, geography::Model>, gathered: &Gathered) -> Observed {
    let number = |part: Given| part.and_then(|(_, cell)| cell.number());
    let position = layout
        .indicators
        .keys()
        .position(|code| *code == gathered.key.indicator)
        .unwrap();
    let shape = layout.indicators[&gathered.key.indicator];
    Observed {
        key: CellKey {
            indicator_version: Uuid::from_u128(position as u128 + 1),
            disaggregation: Uuid::from_u128(gathered.key.breakdown as u128),
            subject: areas[&gathered.key.place.code].id.0,
            ..key(0, 0)
        },
        source: Source {
            unit: shape.unit,
            places: shape.decimals,
            value: number(gathered.outcome),
            marker: gathered.outcome.and_then(|(_, cell)| cell.marker()),
        },
        numerator: number(gathered.numerator),
        denominator: number(gathered.denominator),
        base: number(gathered.base),
    }
}

/// The groups of the file, as those that come with the server are divided.
fn groups(layout: &Layout) -> Vec<Whole> {
    let at = "2026-03-02T12:00:00Z".parse().unwrap();
    let groups = layout
        .breakdowns
        .iter()
        .enumerate()
        .map(|(number, entry)| disaggregation::Model {
            id: DisaggregationId(Uuid::from_u128(number as u128)),
            dimension: entry.dimension.parse().unwrap(),
            code: entry.code.clone(),
            label: entry.code.clone(),
            ordinal: 1,
            version: 1,
            created_at: at,
            updated_at: at,
            created_by: None,
        });
    people::groups(&groups.collect::<Vec<_>>())
}

#[test]
fn nothing_small_of_the_real_figures_is_shown_and_most_of_the_rest_is() {
    let (layout, areas) = (Layout::ascof().unwrap(), areas());
    let all: Vec<_> = observations(&layout)
        .iter()
        .map(|one| observed(&layout, &areas, one))
        .collect();
    let rows: Vec<_> = areas.values().cloned().collect();
    let known = Known {
        places: wholes(&rows),
        groups: groups(&layout),
    };
    let policy = Policy::default();
    let (contents, done) = assemble(policy, &all, &known, &[]).unwrap();
    assert_eq!(contents.cells().count(), 13_114);
    assert!(!done.is_all_masked, "{done:?}");
    for one in &all {
        let cell = contents.get(&one.key).unwrap();
        let is_share = one.source.unit == IndicatorUnit::Percent;
        for (count, shown) in [
            (one.numerator, cell.numerator),
            (one.denominator, cell.denominator),
        ] {
            let Some(count) = count.filter(|_| is_share) else {
                continue;
            };
            assert!(
                !policy.is_small(whole(count)) || shown == Shown::Suppressed,
                "{one:?}"
            );
            assert!(shown != Shown::NotAvailable, "{one:?}");
            if shown == Shown::Suppressed {
                assert_eq!(cell.value.number(), None, "{one:?}");
            }
        }
    }
    assert!(done.secondary < 4 * done.primary, "{done:?}");
}

#[test]
fn a_solver_finds_out_nothing_about_the_real_figures() {
    let (layout, areas) = (Layout::ascof().unwrap(), areas());
    // Carers with self-directed support: three ages that add up everywhere, and the oldest are few.
    let all = observations(&layout);
    let carers = all.iter().filter(|one| one.key.indicator == "1C1B");
    let carers: Vec<_> = carers.map(|one| observed(&layout, &areas, one)).collect();
    let rows: Vec<_> = areas.values().cloned().collect();
    let known = Known {
        places: wholes(&rows),
        groups: groups(&layout),
    };
    let mut families = families(Policy::default(), &carers.iter().collect::<Vec<_>>(), &[], &known);
    let table = &mut families[0].table;
    table.guess();
    let done = protect(table).unwrap();
    assert!(done.primary > 20, "{done:?}");
    let masked = table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked);
    // Every so many of them: each takes two solutions of some two thousand unknowns.
    for at in masked.step_by(1 + (done.primary + done.secondary) / 6) {
        let (least, most) = find_out_with(table, at, MOST, false);
        assert!(
            most - least >= Policy::default().span(),
            "{at:?}: {least} to {most}"
        );
    }
}
