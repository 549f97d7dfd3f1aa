//! What is masked, and what is left alone.

use super::super::policy::Policy;
use super::super::table::Sum;
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
    let total = ([0, 0, 0], counts.iter().sum());
    let parts = councils.into_iter().map(|node| ([node, 0, 0], counts[node - 1]));
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

#[test]
fn what_was_shown_before_cannot_hide_anything() {
    let mut table = region(&[3, 12, 100], 1);
    table.pin([2, 0, 0]);
    protect(&mut table).unwrap();
    assert_eq!(shown(&table), [Some(115), None, Some(12), None]);
    let mut table = region(&[3, 12], 1);
    for node in 0..=1 {
        table.pin([node, 0, 0]);
    }
    assert!(protect(&mut table).is_err());
}

#[test]
fn what_was_masked_before_stays_masked() {
    let mut table = region(&[30, 12, 100, 50], 5);
    table.mask([1, 0, 0]);
    protect(&mut table).unwrap();
    assert_eq!(table.standing([1, 0, 0]), Standing::Masked);
}
