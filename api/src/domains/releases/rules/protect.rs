//! Masks small counts, and others with them, until each masked count could be as many numbers as there are small ones.
//!
//! A masked count is safe when it can be moved: when there is another table, with the same sums and the same look from outside, in
//! which it is larger or smaller by so much. Such a move takes others with it: what one council has more, another of its region
//! has less, or the region has more, and so on along each axis. The cheapest move is looked for; what stands in its way is masked,
//! and must be movable in its turn. Masking takes nothing from what could be moved before, so each count is looked at once.
//!
//! This proves safety by showing the other table. It may mask a little more than a perfect choice would, and never less.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use super::table::{AXES, At, Axis, Standing, Table};

/// How many half-made ways among places are looked at before giving up; and how many when that leads nowhere.
const TRIES: [usize; 3] = [60, 600, 6_000];
/// The same among groups and among parts, of which there are few.
const TRIES_OF_FEW: usize = 300;
/// How many ways among groups, and among parts, are tried with each other.
const WAYS: usize = 8;
/// What each sum that a half-made way leaves wrong is taken to cost, so that short ways are found first.
const UNBALANCED: u64 = 3;
/// The most nodes of a way.
const LONGEST: usize = 12;

/// In which releases a move changes counts.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
enum Reach {
    /// In all of them, as far as they tell of them: a count that was not corrected is the same in each.
    All,
    /// In this one only: all its counts were corrected.
    This,
}

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
            // What everybody knows already is not withheld from anybody.
            table.mask(at);
            if table.standing(at) != Standing::Masked && !table.is_known(at) {
                return Err(Exposed { at });
            }
        }
        done.primary += usize::from(small || table.is_withheld(at));
    }
    let secondary = policy.secondary;
    let waiting = table.places().filter(|at| {
        // Whoever does without protection does without it for their own counts only.
        table.is_hidden(*at) && (secondary || table.was_hidden(*at))
    });
    let waiting = waiting.collect();
    protect_masked(table, waiting, &mut done)?;
    done.secondary = masked(table).count().saturating_sub(done.primary);
    Ok(done)
}

fn masked(table: &Table) -> impl Iterator<Item = At> {
    table
        .places()
        .filter(|at| table.standing(*at) == Standing::Masked)
}

fn protect_masked(
    table: &mut Table,
    mut waiting: VecDeque<At>,
    done: &mut Protection,
) -> Result<(), Exposed> {
    while let Some(at) = waiting.pop_front() {
        let Some(to_mask) = hidden_by(table, at) else {
            if table.is_nothing(at) {
                continue;
            }
            done.is_all_masked = true;
            return mask_everything(table, at);
        };
        for other in to_mask {
            table.mask(other);
            waiting.push_back(other);
        }
    }
    Ok(())
}

/// What else must be masked so that a masked count can be moved far enough. A small count is to be any small number; where that
/// cannot be, such as for a total of several that are masked, it is to be as many numbers as there are small ones. So is any other.
fn hidden_by(table: &Table, at: At) -> Option<Vec<At>> {
    let policy = table.range();
    if let Some(truth) = table.truth(at).filter(|truth| policy.is_small(*truth)) {
        let both = [policy.suppress_max - truth, policy.suppress_min - truth];
        let both: Option<Vec<_>> = both
            .into_iter()
            .filter(|shift| *shift != 0)
            .map(|shift| cheapest(table, at, shift))
            .collect();
        if let Some(moves) = both {
            let all: BTreeSet<_> = moves.into_iter().flat_map(|found| found.to_mask).collect();
            return Some(all.into_iter().collect());
        }
    }
    // Whichever way costs less; upwards, where that is the same.
    let up = cheapest(table, at, policy.span());
    if up.as_ref().is_some_and(|up| up.cost == 0) {
        return up.map(|up| up.to_mask);
    }
    let down = cheapest(table, at, -policy.span());
    let moves = up.into_iter().chain(down);
    moves.min_by_key(|found| found.cost).map(|found| found.to_mask)
}

fn mask_everything(table: &mut Table, exposed: At) -> Result<(), Exposed> {
    for at in table.places() {
        table.mask(at);
        let shown = table.shown(at).is_some_and(|shown| shown != 0);
        if shown {
            return Err(Exposed { at: exposed });
        }
    }
    // What releases before told of this one is known, whatever is masked now.
    if hidden_by(table, exposed).is_none() {
        return Err(Exposed { at: exposed });
    }
    Ok(())
}

/// A move, and what must be masked for it.
#[derive(Debug)]
struct Move {
    cost: u64,
    to_mask: Vec<At>,
}

/// The cheapest move that shifts one count, of those that are found.
fn cheapest(table: &Table, at: At, shift: i64) -> Option<Move> {
    let count = table.count(at);
    // What was masked before is to stay hidden in those releases, too.
    let reaches = if count.is_corrected == Some(true) && !count.was_masked {
        &[Reach::All, Reach::This][..]
    } else {
        &[Reach::All]
    };
    TRIES.into_iter().find_map(|tries| {
        let mut reaches = reaches.iter();
        reaches.find_map(|reach| cheapest_of(table, (at, shift), *reach, tries))
    })
}

fn cheapest_of(table: &Table, (at, shift): (At, i64), reach: Reach, tries: usize) -> Option<Move> {
    price(table, at, shift, reach)?;
    let [of_groups, of_parts] = [1, 2].map(|axis| {
        let cost = |node: usize, times: i64| {
            let mut beside = at;
            beside[axis] = node;
            price(table, beside, shift.checked_mul(times)?, reach)
        };
        let search = Search {
            ways: WAYS,
            tries: TRIES_OF_FEW,
            ceiling: u64::MAX,
        };
        ways(&table.axes()[axis], at[axis], search, cost)
    });
    let mut best: Option<Move> = None;
    for groups in &of_groups {
        for parts in &of_parts {
            let ceiling = best.as_ref().map_or(u64::MAX, |best| best.cost);
            if ceiling == 0 {
                return best;
            }
            let beside: Vec<_> = groups
                .iter()
                .flat_map(|(group, of_group)| {
                    parts
                        .iter()
                        .map(move |(part, of_part)| (*group, *part, of_group * of_part))
                })
                .collect();
            // What it costs to shift one place in all these groups and parts.
            let cost = |place: usize, times: i64| {
                beside.iter().try_fold(0, |sum: u64, (group, part, by)| {
                    let price = price(table, [place, *group, *part], shift * times * by, reach)?;
                    sum.checked_add(price)
                })
            };
            let search = Search {
                ways: 1,
                tries,
                ceiling,
            };
            if let Some(places) = ways(&table.axes()[0], at[0], search, cost).pop() {
                let all = places.iter().flat_map(|(place, times)| {
                    beside
                        .iter()
                        .map(move |(group, part, by)| ([*place, *group, *part], shift * times * by))
                });
                let priced = all.filter_map(|(at, shift)| Some((at, price(table, at, shift, reach)?)));
                let (mut cost, mut to_mask) = (0, Vec::new());
                for (at, price) in priced.filter(|(_, price)| *price > 0) {
                    cost += price;
                    to_mask.push(at);
                }
                best = Some(Move { cost, to_mask });
            }
        }
    }
    best
}

/// What it costs that a count can be shifted: nothing when an outsider would not notice, more the larger the count that must be
/// masked for it. Nothing at all when it cannot be.
fn price(table: &Table, at: At, shift: i64, reach: Reach) -> Option<u64> {
    let count = table.count(at);
    let may_be = match reach {
        Reach::All => count.before.allows(shift),
        Reach::This => count.is_corrected == Some(true),
    };
    if !may_be {
        return None;
    }
    if count.now.allows(shift) {
        return Some(0);
    }
    if !table.if_masked(count)?.allows(shift) {
        return None;
    }
    // The number of binary digits: a large count is worth more, and not in proportion. A total is worth more than a part.
    let totals = (0..AXES)
        .filter(|axis| table.axes()[*axis].is_total(at[*axis]))
        .count() as u64;
    let digits = i64::BITS - count.truth.unwrap_or_default().leading_zeros();
    Some(u64::from(digits) + 4 + 6 * totals)
}

/// Which nodes of an axis go how far when one goes by one, so that every sum stays right; in the order of the nodes.
type Way = Vec<(usize, i64)>;

/// How long is looked for ways.
#[derive(Copy, Clone, Debug)]
struct Search {
    /// How many are wished for.
    ways: usize,
    /// How many half-made ones are looked at.
    tries: usize,
    /// What they must cost less than.
    ceiling: u64,
}

/// Cheap ways, by what it costs that a node goes so far.
fn ways(axis: &Axis, from: usize, search: Search, cost: impl Fn(usize, i64) -> Option<u64>) -> Vec<Way> {
    let Some(first) = cost(from, 1).filter(|first| *first < search.ceiling) else {
        return Vec::new();
    };
    let mut half_made = BinaryHeap::new();
    half_made.push(Reverse((first, first, vec![(from, 1)])));
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for _ in 0..search.tries {
        let Some(Reverse((_, spent, way))) = half_made.pop() else {
            break;
        };
        let wrong = unbalanced(axis, &way);
        let Some((sum, wrong)) = wrong.into_iter().find(|(_, wrong)| *wrong != 0) else {
            found.push(way);
            if found.len() == search.ways {
                break;
            }
            continue;
        };
        if way.len() == LONGEST {
            continue;
        }
        let entry = &axis.sums()[sum];
        let parts = entry.parts.iter().copied().chain([axis.rest(sum)]);
        let options = parts.map(|part| (part, wrong)).chain([(entry.total, -wrong)]);
        for (node, by) in options {
            let Err(place) = way.binary_search_by_key(&node, |(node, _)| *node) else {
                continue;
            };
            let spent = cost(node, by).map(|price| spent + price);
            let Some(spent) = spent.filter(|spent| *spent < search.ceiling) else {
                continue;
            };
            let mut next = way.clone();
            next.insert(place, (node, by));
            if seen.insert(next.clone()) {
                let left = unbalanced(axis, &next);
                let open = left.iter().filter(|(_, wrong)| *wrong != 0).count() as u64;
                half_made.push(Reverse((spent + UNBALANCED * open, spent, next)));
            }
        }
    }
    found
}

/// The sums that a half-made way touches, and by how much the parts of each fall short.
fn unbalanced(axis: &Axis, way: &Way) -> Vec<(usize, i64)> {
    let mut wrong: Vec<(usize, i64)> = Vec::with_capacity(8);
    for (node, by) in way {
        for (sum, side) in axis.sums_of(*node) {
            match wrong.iter_mut().find(|(number, _)| number == sum) {
                Some((_, wrong)) => *wrong += side * by,
                None => wrong.push((*sum, side * by)),
            }
        }
    }
    wrong
}

#[cfg(test)]
mod tests;
