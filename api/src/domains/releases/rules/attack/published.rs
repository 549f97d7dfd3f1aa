//! Attacks on releases as they are published: the attacker has the cells of all of them, knows which areas and groups add up, which
//! indicators are of the same people, and which figures were corrected in between. Nothing of how they were made is used.

use std::collections::{BTreeMap, BTreeSet};

use entity::decimal::Decimal;
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use proptest::prelude::*;
use sea_orm::prelude::Uuid;

use super::figures::{
    ENGLAND, EVERYBODY, INDICATORS, Leaves, SEXES, comes, counts_of, key, known, leaves, observed, places,
};
use crate::domains::outcomes::rules::exact;
use crate::domains::releases::rules::assemble::{Earlier, Known, Observed, assemble};
use crate::domains::releases::rules::cells::Shown;
use crate::domains::releases::rules::numbered::{CellKey, Contents};
use crate::domains::releases::rules::policy::Policy;

const MOST: i32 = 4_000;
/// A number of a release, where it was corrected; otherwise of all of them.
type Unknown = (usize, Option<Uuid>, Uuid, Uuid);

/// A number that may be told: a numerator of an indicator, or the people of all of them; where, and of whom.
type Number = (Option<Uuid>, Uuid, Uuid);

/// What an attacker knows.
struct Attacker<'a> {
    releases: &'a [&'a Contents],
    /// What is another number in each of them: numerators of an indicator or people, where, of whom.
    corrected: &'a BTreeSet<Number>,
    known: &'a Known,
}

impl Attacker<'_> {
    fn unknown(&self, release: usize, cell: &CellKey, numerator: Option<Uuid>) -> Unknown {
        let is_corrected = self
            .corrected
            .contains(&(numerator, cell.subject, cell.disaggregation));
        let epoch = if is_corrected { release } else { 0 };
        (epoch, numerator, cell.subject, cell.disaggregation)
    }

    /// What a release says of each number: what it shows, or that it is masked.
    fn told(&self) -> Vec<(Unknown, Shown)> {
        let mut told = Vec::new();
        for (release, contents) in self.releases.iter().enumerate() {
            for (cell, published) in contents.cells() {
                let numerator = self.unknown(release, cell, Some(cell.indicator_version));
                let denominator = self.unknown(release, cell, None);
                told.extend([
                    (numerator, published.numerator),
                    (denominator, published.denominator),
                ]);
            }
        }
        told
    }

    /// The least and the most that a number can be.
    fn find_out(&self, about: Unknown) -> (i64, i64) {
        [OptimizationDirection::Minimize, OptimizationDirection::Maximize]
            .map(|direction| {
                let mut problem = Problem::new(direction);
                let unknowns = self.equations(&mut problem, about);
                let solution = problem.solve().unwrap().into_solution().unwrap();
                #[expect(clippy::cast_possible_truncation, reason = "a whole number of 32 bits")]
                let found = solution.var_value(unknowns[&about]).round() as i64;
                found
            })
            .into()
    }

    fn equations(&self, problem: &mut Problem, about: Unknown) -> BTreeMap<Unknown, Variable> {
        let bounds = self.bounds();
        let unknowns: BTreeMap<_, _> = bounds
            .iter()
            .map(|(unknown, range)| {
                let objective = if *unknown == about { 1.0 } else { 0.0 };
                (*unknown, problem.add_integer_var(objective, *range))
            })
            .collect();
        let mut sums = BTreeSet::new();
        for release in 0..self.releases.len() {
            for (of, place, group) in everything() {
                let at = |place, group| {
                    let cell = CellKey {
                        subject: place,
                        disaggregation: group,
                        ..key(1, 0, 0)
                    };
                    self.unknown(release, &cell, of)
                };
                for (whole, parts) in &self.known.places {
                    if *whole == place {
                        sums.insert((
                            at(place, group),
                            parts.iter().map(|part| at(*part, group)).collect::<Vec<_>>(),
                        ));
                    }
                }
                for (whole, parts) in &self.known.groups {
                    if *whole == group {
                        sums.insert((
                            at(place, group),
                            parts.iter().map(|part| at(place, *part)).collect(),
                        ));
                    }
                }
                if of.is_some() {
                    let cell = CellKey {
                        subject: place,
                        disaggregation: group,
                        ..key(1, 0, 0)
                    };
                    let terms = [
                        (unknowns[&at(place, group)], 1.0),
                        (unknowns[&self.unknown(release, &cell, None)], -1.0),
                    ];
                    problem.add_constraint(terms, ComparisonOp::Le, 0.0);
                }
            }
        }
        for (whole, parts) in sums {
            let terms: Vec<_> = parts
                .iter()
                .map(|part| (unknowns[part], -1.0))
                .chain([(unknowns[&whole], 1.0)])
                .collect();
            problem.add_constraint(&terms[..], ComparisonOp::Eq, 0.0);
        }
        unknowns
    }

    fn bounds(&self) -> BTreeMap<Unknown, (i32, i32)> {
        let policy = Policy::default();
        let mut bounds = BTreeMap::new();
        for release in 0..self.releases.len() {
            for (of, place, group) in everything() {
                let cell = CellKey {
                    subject: place,
                    disaggregation: group,
                    ..key(1, 0, 0)
                };
                bounds.insert(self.unknown(release, &cell, of), (0, MOST));
            }
        }
        for (unknown, shown) in self.told() {
            let could_be = match shown {
                Shown::Exact(number) | Shown::Rounded(number) => {
                    let could_be = policy.could_be(number.0 / 1_000_000);
                    (
                        i32::try_from(*could_be.start()).unwrap(),
                        i32::try_from(*could_be.end()).unwrap(),
                    )
                }
                Shown::Suppressed => (1, MOST),
                Shown::NotAvailable | Shown::NotApplicable => (0, MOST),
            };
            let range: &mut (i32, i32) = bounds.get_mut(&unknown).unwrap();
            *range = (range.0.max(could_be.0), range.1.min(could_be.1));
        }
        bounds
    }

    /// The masked numbers that can be narrowed down too far. What was shown first and masked later is known anyhow.
    fn found_out(&self) -> Vec<(Unknown, (i64, i64))> {
        let (mut shown, mut masked) = (BTreeSet::new(), BTreeSet::new());
        for (unknown, as_told) in self.told() {
            match as_told {
                Shown::Exact(_) | Shown::Rounded(_) if !masked.contains(&unknown) => shown.insert(unknown),
                Shown::Suppressed if !shown.contains(&unknown) => masked.insert(unknown),
                _ => false,
            };
        }
        // What turned out to be nought is about nobody, and is not hidden any more.
        let told = self.told();
        let is_nought = |of: &Unknown| {
            let is_same = |other: &Unknown| (other.1, other.2, other.3) == (of.1, of.2, of.3);
            told.iter()
                .any(|(other, shown)| is_same(other) && shown.number() == Some(Decimal(0)))
        };
        let hidden = masked.into_iter().filter(|unknown| !is_nought(unknown));
        let found = hidden.map(|unknown| (unknown, self.find_out(unknown)));
        found
            .filter(|(_, (least, most))| most - least < Policy::default().span())
            .collect()
    }
}

/// Every count there can be: the numerators and the people, everywhere, of everybody.
fn everything() -> Vec<Number> {
    let of = [None, Some(INDICATORS[0]), Some(INDICATORS[1])];
    let mut all = Vec::new();
    for of in of {
        for place in places() {
            for group in [EVERYBODY, SEXES[0], SEXES[1]] {
                all.push((
                    of.map(Uuid::from_u128),
                    Uuid::from_u128(place),
                    Uuid::from_u128(group),
                ));
            }
        }
    }
    all
}

/// That shares say no more than the counts beside them.
fn is_made_of_its_parts(contents: &Contents) -> bool {
    contents.cells().all(|(_, cell)| {
        let parts = cell.numerator.number().zip(cell.denominator.number());
        match (cell.value.number(), parts) {
            (Some(value), Some((part, of))) => {
                exact::rounded(i128::from(part.0) * 100, i128::from(of.0), 1) == Some(value)
            }
            (Some(_), None) => false,
            (None, _) => true,
        }
    })
}

fn earlier(observed: &[Observed], contents: &Contents) -> Earlier {
    Earlier {
        policy: Policy::default(),
        observed: observed.to_vec(),
        contents: contents.clone(),
    }
}

/// Which numbers are others after a correction.
fn corrected(before: &Leaves, after: &Leaves) -> BTreeSet<Number> {
    let mut corrected = BTreeSet::new();
    for place in places() {
        for group in [EVERYBODY, SEXES[0], SEXES[1]] {
            let of = [None, Some(INDICATORS[0]), Some(INDICATORS[1])].into_iter();
            let counts = counts_of(before, place, group)
                .into_iter()
                .zip(counts_of(after, place, group));
            for (of, (before, after)) in of.zip(counts) {
                if before != after {
                    corrected.insert((
                        of.map(Uuid::from_u128),
                        Uuid::from_u128(place),
                        Uuid::from_u128(group),
                    ));
                }
            }
        }
    }
    corrected
}

fn attacked(releases: &[&Contents], corrected: &BTreeSet<Number>) -> Vec<(Unknown, (i64, i64))> {
    let known = known();
    Attacker {
        releases,
        corrected,
        known: &known,
    }
    .found_out()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_masked_count_of_a_release_is_found_out(leaves in leaves(), comes in prop::collection::vec(comes(), 48)) {
        let observed = observed(&leaves, &comes);
        let (contents, _) = assemble(Policy::default(), &observed, &known(), &[]).unwrap();
        prop_assert!(is_made_of_its_parts(&contents));
        prop_assert_eq!(attacked(&[&contents], &BTreeSet::new()), []);
    }

    #[test]
    fn releases_do_not_give_each_other_away(
        leaves in leaves(),
        comes in prop::collection::vec(comes(), 48),
        in_first in prop::collection::vec(any::<bool>(), 48),
        in_second in prop::collection::vec(prop::bool::weighted(0.8), 48),
    ) {
        let all = observed(&leaves, &comes);
        let some = |which: &[bool]| {
            // The country is in all of them: that indicators are of the same people is seen where both are told.
            let is_country = |one: &Observed| one.key.subject == Uuid::from_u128(ENGLAND);
            all.iter().zip(which.iter().cycle()).filter(|(one, is_in)| **is_in || is_country(one)).map(|(one, _)| *one).collect::<Vec<_>>()
        };
        let (first, second) = (some(&in_first), some(&in_second));
        let (one, _) = assemble(Policy::default(), &first, &known(), &[]).unwrap();
        let mut before = vec![earlier(&first, &one)];
        let mut releases = vec![one];
        for next in [&second, &all] {
            // A release that would give something away is not made.
            if let Ok((contents, _)) = assemble(Policy::default(), next, &known(), &before) {
                before.push(earlier(next, &contents));
                releases.push(contents);
            }
        }
        let releases: Vec<_> = releases.iter().collect();
        prop_assert_eq!(attacked(&releases, &BTreeSet::new()), []);
    }

    #[test]
    fn corrections_do_not_give_away_what_was_masked(
        leaves in leaves(),
        comes in prop::collection::vec(comes(), 48),
        which in 0_usize..10,
        people in super::counts(),
    ) {
        let first = observed(&leaves, &comes);
        let mut corrected_leaves = leaves.clone();
        *corrected_leaves.values_mut().nth(which).unwrap() = [people, people / 2, people / 3];
        let second = observed(&corrected_leaves, &comes);
        let (one, _) = assemble(Policy::default(), &first, &known(), &[]).unwrap();
        let before = [earlier(&first, &one)];
        if let Ok((two, _)) = assemble(Policy::default(), &second, &known(), &before) {
            let corrected = corrected(&leaves, &corrected_leaves);
            prop_assert_eq!(attacked(&[&one, &two], &corrected), []);
        }
    }
}
