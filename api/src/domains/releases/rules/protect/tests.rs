//! What is masked, and what is left alone.

use super::super::policy::Policy;
use super::super::table::{Given, Sum};
use super::*;

/// Councils of one region, with its total at node 0.
fn region(counts: &[i64], round_to: i64) -> Table {
    let councils: Vec<_> = (1..=counts.len()).collect();
    let sum = Sum {
        total: 0,
        parts: councils.clone(),
        is_complete: true,
    };
    let axes = [
        Axis::new(counts.len() + 1, vec![sum]),
        Axis::new(1, Vec::new()),
        Axis::new(1, Vec::new()),
    ];
    let policy = Policy {
        round_to,
        ..Policy::default()
    };
    let total = ([0, 0, 0], Given::Is(counts.iter().sum()));
    let parts = councils
        .into_iter()
        .map(|node| ([node, 0, 0], Given::Is(counts[node - 1])));
    Table::new(axes, policy, parts.chain([total]))
}

fn shown(table: &Table) -> Vec<Option<i64>> {
    table.places().map(|at| table.shown(at)).collect()
}

#[test]
fn where_nothing_is_small_nothing_is_masked() {
    let mut table = region(&[20, 31, 0], 5);
    let done = protect(&mut table).unwrap();
    assert_eq!(done, Protection::default());
    assert_eq!(shown(&table), [Some(50), Some(20), Some(30), Some(0)]);
}

#[test]
fn a_small_count_takes_the_smallest_that_hides_it_with_it() {
    let mut table = region(&[3, 12, 100, 240], 1);
    let done = protect(&mut table).unwrap();
    assert_eq!((done.primary, done.secondary), (1, 1));
    assert_eq!(shown(&table), [Some(355), None, None, Some(100), Some(240)]);
}

#[test]
fn nought_is_about_nobody_and_stays_shown() {
    let mut table = region(&[3, 0, 0, 240], 1);
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [Some(243), None, Some(0), Some(0), None]);
}

#[test]
fn a_small_count_alone_takes_its_total_with_it() {
    let mut table = region(&[3, 0, 0], 1);
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [None, None, Some(0), Some(0)]);
}

/// A release before, in which some of these counts were told.
fn before(table: &Table, told: &[usize]) -> Table {
    let counts = told.iter().map(|node| [*node, 0, 0]);
    let counts = counts.map(|at| (at, Given::Is(table.truth(at).unwrap())));
    let mut before = Table::new(table.axes().clone(), table.policy(), counts);
    assert!(before.take_guesses(table));
    before
}

#[test]
fn what_was_shown_before_cannot_hide_anything() {
    let mut table = region(&[3, 12, 100], 1);
    table.remember(&before(&table, &[2]));
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [Some(115), None, Some(12), None]);
    let mut table = region(&[3, 12], 1);
    table.remember(&before(&table, &[0, 2]));
    assert!(protect(&mut table).is_err());
}

#[test]
fn what_was_masked_in_any_release_before_stays_masked() {
    let mut table = region(&[30, 12, 100, 50], 5);
    let mut first = before(&table, &[0, 1, 2, 3, 4]);
    first.mask([1, 0, 0]);
    first.mask([2, 0, 0]);
    table.remember(&first);
    // The release between left them out.
    table.remember(&before(&table, &[0, 3, 4]));
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [Some(190), None, None, Some(100), Some(50)]);
}

#[test]
fn a_count_that_became_small_by_a_correction_is_masked_with_what_was_corrected_too() {
    let old = region(&[30, 40, 100], 1);
    let mut table = region(&[3, 40, 100], 1);
    table.remember(&old);
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [None, None, Some(40), Some(100)]);
}

#[test]
fn a_count_that_its_source_withheld_is_hidden_from_the_others_of_its_sum() {
    let councils = region(&[3, 12, 100, 240], 1);
    let given = |node: usize| match node {
        1 => Given::Withheld,
        _ => Given::Is(councils.truth([node, 0, 0]).unwrap()),
    };
    let counts = (0..5).map(|node| ([node, 0, 0], given(node)));
    let mut table = Table::new(councils.axes().clone(), councils.policy(), counts);
    let done = protect(&mut table).unwrap();
    assert_eq!((done.primary, done.secondary), (1, 1));
    assert_eq!(shown(&table), [Some(355), None, None, Some(100), Some(240)]);
}

#[test]
fn sums_that_their_source_rounded_are_not_dropped() {
    // The councils are 145 together, and the region is said to be 140: less than its parts.
    let rounded = region(&[3, 42, 100], 1);
    let counts = (0..4).map(|node| {
        let truth = rounded.truth([node, 0, 0]).unwrap();
        ([node, 0, 0], Given::Is(if node == 0 { 140 } else { truth }))
    });
    let mut table = Table::new(rounded.axes().clone(), rounded.policy(), counts);
    protect(&mut table).unwrap();
    let masked = table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked);
    assert_eq!(
        masked.count(),
        2,
        "143 less 42 and 100 is what is masked, give or take the rounding"
    );
}

#[test]
fn what_was_masked_before_stays_masked() {
    let mut table = region(&[30, 12, 100, 50], 5);
    table.mask([1, 0, 0]);
    protect(&mut table).unwrap();
    assert_eq!(table.standing([1, 0, 0]), Standing::Masked);
}
