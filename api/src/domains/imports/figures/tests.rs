//! Whole files: what becomes of their rows.

use super::super::pivot::WINDOW;
use super::*;

const HEADINGS: &str =
    "Geographical Code,Geographical Level,ASCOF Measure Code,Disaggregation Level,Measure Type,Measure Value";

fn read_with(window: usize, lines: &[&str]) -> (Vec<Found>, Counts) {
    let layout = Layout::ascof().unwrap();
    let text = format!("{HEADINGS}\n{}\n", lines.join("\n"));
    let mut figures = Figures::open(std::io::Cursor::new(text), &layout, window).unwrap();
    let found = figures.by_ref().map(Result::unwrap).collect();
    (found, figures.counts())
}

fn read(lines: &[&str]) -> (Vec<Found>, Counts) {
    read_with(WINDOW, lines)
}

fn faults(found: &[Found]) -> Vec<(u64, FaultKind)> {
    let faults = found.iter().filter_map(|found| match found {
        Found::Fault(fault) => Some((fault.row, fault.kind)),
        Found::Observation(_) => None,
    });
    faults.collect()
}

#[test]
fn the_rows_of_an_observation_need_not_stand_together() {
    let (found, counts) = read(&[
        "211,Council,1E,Total,Numerator,20",
        "212,Council,1E,Total,Numerator,30",
        "211,Council,1E,Total,Outcome,50",
        "212,Council,1E,Total,Denominator,40",
        "211,Council,1E,Total,Denominator,40",
        "212,Council,1E,Total,Outcome,75",
    ]);
    let places: Vec<_> = found
        .iter()
        .filter_map(|found| match found {
            Found::Observation(gathered) => Some((gathered.key.place.code.as_str(), gathered.rows)),
            Found::Fault(_) => None,
        })
        .collect();
    assert_eq!(places, [("211", 3), ("212", 3)]);
    let expected = Counts {
        rows: 6,
        used: 6,
        observations: 2,
        ..Counts::default()
    };
    assert_eq!(counts, expected);
}

#[test]
fn rows_too_far_from_their_observation_say_that_the_file_is_to_be_sorted() {
    let lines = [
        "211,Council,1F,Total,Outcome,5",
        "212,Council,1F,Total,Outcome,5",
        "211,Council,1F,Total,Base,9",
    ];
    assert_eq!(faults(&read_with(1, &lines).0), [(4, FaultKind::OutOfOrder)]);
    assert_eq!(faults(&read_with(2, &lines).0), []);
}

#[test]
fn a_row_that_comes_twice_is_left_out_and_two_numbers_for_one_thing_leave_out_both() {
    let (found, counts) = read(&["211,Council,1F,Total,Outcome,5", "211,Council,1F,Total,Outcome,5"]);
    assert_eq!(faults(&found), [(3, FaultKind::Duplicate)]);
    assert_eq!((counts.used, counts.refused, counts.observations), (1, 1, 1));
    let (found, counts) = read(&["211,Council,1F,Total,Outcome,5", "211,Council,1F,Total,Outcome,6"]);
    assert_eq!(
        faults(&found),
        [(3, FaultKind::Duplicate), (2, FaultKind::WithTheRest)]
    );
    assert_eq!((counts.used, counts.refused, counts.observations), (0, 2, 0));
}

#[test]
fn a_row_that_cannot_be_read_takes_its_observation_along_and_no_other() {
    let (found, counts) = read(&[
        "211,Council,1E,Total,Numerator,twenty",
        "211,Council,1E,Total,Denominator,40",
        "211,Council,1E,Total,Outcome,50",
        "212,Council,1F,Total,Outcome,5",
    ]);
    assert_eq!(
        faults(&found),
        [(2, FaultKind::NotANumber), (3, FaultKind::WithTheRest)]
    );
    assert_eq!((counts.rows, counts.used, counts.refused), (4, 1, 3));
    assert_eq!((counts.observations, counts.observations_refused), (1, 1));
}

#[test]
fn every_row_is_used_or_refused() {
    let (_, counts) = read(&[
        "211,Council,1E,Total,Base,5",
        "x",
        "212,Council,1F,Total,Outcome,101",
        "213,Council,1F,Total,Outcome,[c]",
    ]);
    assert_eq!(counts.rows, counts.used + counts.refused);
    assert_eq!((counts.observations, counts.observations_refused), (1, 2));
}
