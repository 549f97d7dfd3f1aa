//! An attacker with a solver: everything that a release shows, and everything that is known to add up, as equations in whole
//! numbers. Between the least and the greatest solution lies what can be found out about a masked count.
//!
//! Here the tables of masked counts are attacked; [`published`] attacks whole releases, and several together, and knows nothing but
//! what they say.

mod figures;
mod published;

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;

use super::policy::Policy;
use super::protect::protect;
use super::table::{AXES, At, Axis, Given, Standing, Sum, Table};

/// More than any count of these tests.
const MOST: i32 = 4_000;

/// What an attacker finds out about one count: the least and the most that it can be.
fn find_out(table: &Table, about: At) -> (i64, i64) {
    find_out_with(table, about, MOST, true)
}

/// The same, with counts below `most`, and perhaps letting them be fractions: that finds out less, and takes far less time.
pub(super) fn find_out_with(table: &Table, about: At, most: i32, are_whole: bool) -> (i64, i64) {
    let solve = |direction| {
        let mut problem = Problem::new(direction);
        let unknowns = unknowns(&mut problem, table, about, (most, are_whole));
        let solution = problem.solve().unwrap().into_solution().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "a whole number of 32 bits")]
        let found = solution.var_value(unknowns[&about]).round() as i64;
        found
    };
    (
        solve(OptimizationDirection::Minimize),
        solve(OptimizationDirection::Maximize),
    )
}

fn unknowns(
    problem: &mut Problem,
    table: &Table,
    about: At,
    (most, are_whole): (i32, bool),
) -> BTreeMap<At, Variable> {
    let axes = table.axes();
    let widths = axes.each_ref().map(|axis| axis.nodes() + axis.sums().len());
    let mut unknowns = BTreeMap::new();
    for place in 0..widths[0] {
        for group in 0..widths[1] {
            for part in 0..widths[2] {
                let at = [place, group, part];
                let objective = if at == about { 1.0 } else { 0.0 };
                let (least, most) = bounds(table, at, most);
                let unknown = if are_whole {
                    problem.add_integer_var(objective, (least, most))
                } else {
                    problem.add_var(objective, (f64::from(least), f64::from(most)))
                };
                unknowns.insert(at, unknown);
            }
        }
    }
    for axis in 0..AXES {
        for (number, sum) in axes[axis].sums().iter().enumerate() {
            for at in unknowns.keys().filter(|at| at[axis] == sum.total) {
                let beside = |node: usize| {
                    let mut beside = *at;
                    beside[axis] = node;
                    unknowns[&beside]
                };
                let parts = sum.parts.iter().copied().chain([axes[axis].rest(number)]);
                let terms: Vec<_> = parts
                    .map(|part| (beside(part), -1.0))
                    .chain([(beside(sum.total), 1.0)])
                    .collect();
                problem.add_constraint(&terms[..], ComparisonOp::Eq, 0.0);
            }
        }
    }
    unknowns
}

fn bounds(table: &Table, at: At, most: i32) -> (i32, i32) {
    let policy = table.policy();
    let axes = table.axes();
    let rests: Vec<_> = (0..AXES)
        .filter_map(|axis| at[axis].checked_sub(axes[axis].nodes()).map(|sum| (axis, sum)))
        .collect();
    if rests
        .iter()
        .any(|(axis, sum)| axes[*axis].sums()[*sum].is_complete)
    {
        return (0, 0);
    }
    if !rests.is_empty() {
        return (0, most);
    }
    let number = |number: i64| i32::try_from(number).unwrap();
    match table.standing(at) {
        Standing::Shown => {
            let could_be = policy.could_be(table.shown(at).unwrap());
            (number(*could_be.start()), number(*could_be.end()))
        }
        Standing::Masked => (number(policy.suppress_min), most),
        Standing::Absent => (0, most),
    }
}

/// The masked counts that the attacker finds out too much about.
fn found_out(table: &Table) -> Vec<(At, i64, (i64, i64))> {
    let policy = table.policy();
    let masked = table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked);
    let found = masked.filter_map(|at| {
        let truth = table.truth(at).unwrap();
        let (least, most) = find_out(table, at);
        let is_hidden = most - least >= policy.span();
        assert!(
            (least..=most).contains(&truth),
            "{at:?}: {truth} is not between {least} and {most}"
        );
        (!is_hidden).then_some((at, truth, (least, most)))
    });
    found.collect()
}

fn sum(total: usize, parts: impl Into<Vec<usize>>, is_complete: bool) -> Sum {
    Sum {
        total,
        parts: parts.into(),
        is_complete,
    }
}

/// A country of two regions, with councils that are also of two types.
fn places(councils: usize, is_complete: bool) -> Axis {
    let (first, half) = (3, councils / 2);
    let (unitary, shire) = (first + councils, first + councils + 1);
    let odd = |rest: usize| {
        (first..first + councils)
            .filter(|node| node % 2 == rest)
            .collect::<Vec<_>>()
    };
    Axis::new(
        first + councils + 2,
        vec![
            sum(0, [1, 2], true),
            sum(1, (first..first + half).collect::<Vec<_>>(), is_complete),
            sum(
                2,
                (first + half..first + councils).collect::<Vec<_>>(),
                is_complete,
            ),
            sum(unitary, odd(0), is_complete),
            sum(shire, odd(1), is_complete),
            sum(0, [unitary, shire], true),
        ],
    )
}

/// Everybody, women and men.
fn sexes(is_complete: bool) -> Axis {
    Axis::new(3, vec![sum(0, [1, 2], is_complete)])
}

/// How many there are, and of how many two things are true.
fn parts(numerators: usize) -> Axis {
    Axis::new(
        1 + numerators,
        (1..=numerators)
            .map(|numerator| sum(0, [numerator], false))
            .collect(),
    )
}

fn flat() -> Axis {
    Axis::new(1, Vec::new())
}

/// A table that adds up, out of counts of the smallest groups.
fn filled(axes: [Axis; AXES], policy: Policy, leaves: &[(At, i64)]) -> Table {
    let mut counts: BTreeMap<At, i64> = leaves.iter().copied().collect();
    for axis in 0..AXES - 1 {
        // Totals of totals need a second round.
        for _ in 0..2 {
            for entry in axes[axis].sums() {
                let beside = |at: &At, node: usize| {
                    let mut beside = *at;
                    beside[axis] = node;
                    beside
                };
                let firsts: Vec<_> = counts
                    .keys()
                    .filter(|at| at[axis] == entry.parts[0])
                    .copied()
                    .collect();
                for at in firsts {
                    let whole: i64 = entry
                        .parts
                        .iter()
                        .map(|part| counts.get(&beside(&at, *part)).copied().unwrap_or(0))
                        .sum();
                    counts.insert(beside(&at, entry.total), whole);
                }
            }
        }
    }
    Table::new(
        axes,
        policy,
        counts.into_iter().map(|(at, truth)| (at, Given::Is(truth))),
    )
}

/// Counts with many small ones: of a denominator, and of numerators within it.
fn counts() -> impl Strategy<Value = i64> {
    prop_oneof![2 => 0_i64..=3, 3 => 1_i64..=9, 2 => 5_i64..40, 1 => 40_i64..300]
}

fn tables(councils: usize, numerators: usize) -> impl Strategy<Value = Table> {
    let groups = councils * 2;
    let denominators = prop::collection::vec(counts(), groups);
    let shares = prop::collection::vec(0_i64..=100, groups * numerators);
    (denominators, shares, any::<bool>(), any::<bool>()).prop_map(
        move |(denominators, shares, places_known, sexes_known)| {
            let mut leaves = Vec::new();
            for (number, denominator) in denominators.iter().enumerate() {
                let (place, group) = (3 + number / 2, 1 + number % 2);
                leaves.push(([place, group, 0], *denominator));
                for numerator in 0..numerators {
                    let share = shares[number * numerators + numerator];
                    leaves.push(([place, group, 1 + numerator], denominator * share / 100));
                }
            }
            let axes = [
                places(councils, places_known),
                sexes(sexes_known),
                parts(numerators),
            ];
            filled(axes, Policy::default(), &leaves)
        },
    )
}

/// One region of three councils, one of which is small: with the region's total it can be worked out.
fn one_small_council(policy: Policy) -> Table {
    let axis = Axis::new(4, vec![sum(0, [1, 2, 3], true)]);
    let leaves = [([1, 0, 0], 3), ([2, 0, 0], 40), ([3, 0, 0], 100)];
    filled([axis, flat(), flat()], policy, &leaves)
}

#[test]
fn masking_only_what_is_small_gives_it_away() {
    let policy = Policy {
        secondary: false,
        round_to: 1,
        ..Policy::default()
    };
    let mut table = one_small_council(policy);
    protect(&mut table).unwrap();
    assert_eq!(find_out(&table, [1, 0, 0]), (3, 3), "143 less 40 and 100");
    assert_eq!(found_out(&table).len(), 1);
}

#[test]
fn masking_another_with_it_hides_it() {
    for round_to in [1, 5] {
        let policy = Policy {
            round_to,
            ..Policy::default()
        };
        let mut table = one_small_council(policy);
        protect(&mut table).unwrap();
        assert_eq!(found_out(&table), []);
    }
}

#[test]
fn two_masked_counts_with_a_small_sum_are_given_away_without_more() {
    // 10 and 8 are shown as 10: the other two are 1 to 3 together.
    let axis = Axis::new(4, vec![sum(0, [1, 2, 3], true)]);
    let leaves = [([1, 0, 0], 1), ([2, 0, 0], 1), ([3, 0, 0], 8)];
    let mut table = filled([axis, flat(), flat()], Policy::default(), &leaves);
    table.mask([1, 0, 0]);
    table.mask([2, 0, 0]);
    assert_eq!(found_out(&table).len(), 2);
    protect(&mut table).unwrap();
    assert_eq!(found_out(&table), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_count_of_areas_and_groups_is_found_out(mut table in tables(4, 0)) {
        protect(&mut table).unwrap();
        prop_assert_eq!(found_out(&table), []);
    }

    #[test]
    fn no_masked_count_of_shares_is_found_out(mut table in tables(4, 1)) {
        protect(&mut table).unwrap();
        prop_assert_eq!(found_out(&table), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_count_of_two_shares_of_the_same_people_is_found_out(mut table in tables(6, 2)) {
        protect(&mut table).unwrap();
        prop_assert_eq!(found_out(&table), []);
    }
}
