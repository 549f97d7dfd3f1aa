//! Masks small counts, and others with them, until each masked count could be as many numbers as there are small ones.
//!
//! A masked count is safe when it can be moved: when there is another table, with the same sums and the same look from outside, in
//! which it is larger or smaller by so much. Such a move takes others with it: what one council has more, another of its region
//! has less, or the region has more, and so on along each axis. The cheapest move is looked for; what stands in its way is masked,
//! and must be movable in its turn. Masking takes nothing from what could be moved before, so each count is looked at once.
//!
//! This proves safety by showing the other table. It may mask a little more than a perfect choice would, and never less.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};

use super::table::{AXES, At, Axis, Standing, Table};

/// How many ways along each axis are tried for a move; and how many when those lead nowhere.
const WAYS: [usize; 2] = [8, 48];
/// How many half-made ways are looked at before giving up.
const TRIES: usize = 4_000;

/// How the masking went.
#[derive(Copy, Clone, Debug, Default, PartialEq, Eq)]
pub struct Protection {
    /// Counts that are masked for being small.
    pub primary: usize,
    /// Counts that are masked to protect those.
    pub secondary: usize,
    /// Whether there was no way but to mask everything.
    pub is_all_masked: bool,
}

/// A table that cannot be published: what was shown before gives a small count away.
#[derive(Copy, Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("what was published before gives away a count that must be masked now")]
pub struct Exposed {
    /// Where it stands.
    pub at: At,
}

/// Masks what must be masked in a table. What is masked already stays so, and is protected.
///
/// # Errors
/// [`Exposed`], when counts that are pinned leave no way.
pub fn protect(table: &mut Table) -> Result<Protection, Exposed> {
    let policy = table.policy();
    let mut done = Protection::default();
    for at in table.places() {
        let small = table.truth(at).is_some_and(|truth| policy.is_small(truth));
        if small && table.standing(at) == Standing::Shown {
            table.mask(at);
            if table.standing(at) != Standing::Masked {
                return Err(Exposed { at });
            }
        }
        done.primary += usize::from(small);
    }
    if policy.secondary {
        protect_masked(table, &mut done)?;
    }
    let masked = table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked)
        .count();
    done.secondary = masked - done.primary;
    Ok(done)
}

fn protect_masked(table: &mut Table, done: &mut Protection) -> Result<(), Exposed> {
    let masked = table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked);
    let mut waiting: VecDeque<_> = masked.collect();
    while let Some(at) = waiting.pop_front() {
        let plans = plans(table, at);
        let Some(plan) = plans
            .iter()
            .find(|plan| plan.iter().all(|shift| can_move(table, at, *shift)))
        else {
            done.is_all_masked = true;
            return mask_everything(table, at);
        };
        for shift in plan {
            // What was masked for the shift before makes this one cheaper, never dearer.
            for other in cheapest(table, at, *shift)
                .map(|found| found.to_mask)
                .unwrap_or_default()
            {
                table.mask(other);
                waiting.push_back(other);
            }
        }
    }
    Ok(())
}

fn can_move(table: &Table, at: At, shift: i64) -> bool {
    cheapest(table, at, shift).is_some()
}

/// By how much a masked count must be movable, in the order of what is wished for. A small count is to be any small number; where
/// that cannot be, such as for a total of several that are masked, it is to be as many numbers as there are small ones. So is any
/// other.
fn plans(table: &Table, at: At) -> Vec<Vec<i64>> {
    let policy = table.policy();
    let (truth, span) = (table.count(at).truth, policy.span());
    let mut plans = vec![vec![span], vec![-span]];
    if policy.is_small(truth) {
        let both = [policy.suppress_max - truth, policy.suppress_min - truth];
        plans.insert(0, both.into_iter().filter(|shift| *shift != 0).collect());
    }
    plans
}

fn mask_everything(table: &mut Table, exposed: At) -> Result<(), Exposed> {
    for at in table.places() {
        table.mask(at);
        let shown = table.standing(at) == Standing::Shown;
        if shown && table.count(at).truth != 0 {
            return Err(Exposed { at: exposed });
        }
    }
    Ok(())
}

/// A move, and what must be masked for it.
#[derive(Debug)]
struct Move {
    cost: u64,
    to_mask: Vec<At>,
}

/// The cheapest move that shifts one count.
fn cheapest(table: &Table, at: At, shift: i64) -> Option<Move> {
    WAYS.into_iter()
        .find_map(|limit| cheapest_of(table, at, shift, limit))
}

fn cheapest_of(table: &Table, at: At, shift: i64, limit: usize) -> Option<Move> {
    let ways: [Vec<Way>; AXES] = std::array::from_fn(|axis| {
        let cost = |node: usize, times: i64| {
            let mut beside = at;
            beside[axis] = node;
            price(table, beside, shift.checked_mul(times)?)
        };
        ways(&table.axes()[axis], at[axis], limit, cost)
    });
    let [places, groups, parts] = &ways;
    let mut best: Option<Move> = None;
    for place in places {
        for group in groups {
            for part in parts {
                let ceiling = best.as_ref().map_or(u64::MAX, |best| best.cost);
                if let Some(found) = product(table, [place, group, part], shift, ceiling) {
                    best = Some(found);
                }
            }
        }
    }
    best
}

/// The move along three ways at once, if it can be made for less than `ceiling`.
fn product(table: &Table, [places, groups, parts]: [&Way; AXES], shift: i64, ceiling: u64) -> Option<Move> {
    let (mut cost, mut to_mask) = (0_u64, Vec::new());
    for (place, of_place) in places {
        for (group, of_group) in groups {
            for (part, of_part) in parts {
                let at = [*place, *group, *part];
                let price = price(table, at, shift * of_place * of_group * of_part)?;
                cost = cost.checked_add(price)?;
                if cost >= ceiling {
                    return None;
                }
                if price > 0 {
                    to_mask.push(at);
                }
            }
        }
    }
    Some(Move { cost, to_mask })
}

/// What it costs that a count can be shifted: nothing when an outsider would not notice, more the larger the count that must be
/// masked for it. Nothing at all when it cannot be.
fn price(table: &Table, at: At, shift: i64) -> Option<u64> {
    let count = table.count(at);
    let moved = count.truth.checked_add(shift)?;
    if (count.least..=count.most).contains(&moved) {
        return Some(0);
    }
    let would_do =
        count.is_maskable && count.standing == Standing::Shown && moved >= table.policy().suppress_min;
    // The number of binary digits: a large count is worth more, and not in proportion. A total is worth more than a part.
    let totals = (0..AXES)
        .filter(|axis| table.axes()[*axis].is_total(at[*axis]))
        .count() as u64;
    would_do.then(|| u64::from(i64::BITS - count.truth.leading_zeros()) + 4 + 6 * totals)
}

/// Which nodes of an axis go how far when one goes by one, so that every sum stays right.
type Way = BTreeMap<usize, i64>;

/// The cheapest ways, by what they cost where the count stands on the other axes.
fn ways(axis: &Axis, from: usize, limit: usize, cost: impl Fn(usize, i64) -> Option<u64>) -> Vec<Way> {
    let mut half_made = BinaryHeap::new();
    half_made.push(Reverse((0, Way::from([(from, 1)]))));
    let mut found = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..TRIES {
        let Some(Reverse((spent, way))) = half_made.pop() else {
            break;
        };
        let Some((sum, wrong)) = unbalanced(axis, &way) else {
            found.push(way);
            if found.len() == limit {
                break;
            }
            continue;
        };
        let entry = &axis.sums()[sum];
        let parts = entry.parts.iter().copied().chain([axis.rest(sum)]);
        let options = parts.map(|part| (part, wrong)).chain([(entry.total, -wrong)]);
        for (node, by) in options {
            if way.contains_key(&node) {
                continue;
            }
            let Some(price) = cost(node, by) else { continue };
            let mut next = way.clone();
            next.insert(node, by);
            if seen.insert(next.clone()) {
                half_made.push(Reverse((spent + price, next)));
            }
        }
    }
    found
}

/// The first sum that a half-made way leaves wrong, and by how much its parts fall short.
fn unbalanced(axis: &Axis, way: &Way) -> Option<(usize, i64)> {
    let by = |node: usize| way.get(&node).copied().unwrap_or_default();
    let wrong = axis.sums().iter().enumerate().map(|(number, sum)| {
        let parts: i64 = sum.parts.iter().map(|part| by(*part)).sum();
        (number, by(sum.total) - parts - by(axis.rest(number)))
    });
    wrong.into_iter().find(|(_, wrong)| *wrong != 0)
}

#[cfg(test)]
mod tests;
