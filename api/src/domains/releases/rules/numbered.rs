//! Releases: each with a number, the hash of all that it says, and what changed since the one before. A release never changes; a
//! correction is another release.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;
use sea_orm::prelude::Uuid;
use sha2::{Digest, Sha256};

use super::cells::Published;
use super::policy::Policy;
use crate::hex::hex;

/// What a cell is about.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// The wording that was measured.
    pub indicator_version: Uuid,
    /// The first and the last day of the period.
    pub period: (NaiveDate, NaiveDate),
    /// Of whom.
    pub disaggregation: Uuid,
    /// What it is about: an area, an organisation, a service, a site.
    pub subject: Uuid,
}

/// All that a release says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents(BTreeMap<CellKey, Published>);

/// A release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// Its number among the releases of its framework, from 1.
    pub number: u32,
    /// The policy that it was made by.
    pub policy: Policy,
    /// What it says.
    pub contents: Contents,
    /// The SHA-256 of what it says, in lower-case hexadecimal.
    pub sha256: String,
    /// What changed since the release before; everything is new in the first.
    pub changes: Changes,
}

/// What changed from one release to the next, in the order of the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Cells that were not there before.
    pub added: Vec<CellKey>,
    /// Cells that show something else than before.
    pub changed: Vec<CellKey>,
    /// Cells that are no longer there.
    pub removed: Vec<CellKey>,
}

impl Contents {
    /// Of cells in any order. A cell that comes twice counts once, the last time.
    #[must_use]
    pub fn of(cells: impl IntoIterator<Item = (CellKey, Published)>) -> Self {
        Self(cells.into_iter().collect())
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = (&CellKey, &Published)> {
        self.0.iter()
    }

    /// What one cell says.
    #[must_use]
    pub fn get(&self, key: &CellKey) -> Option<&Published> {
        self.0.get(key)
    }

    /// The hash of everything: one line a cell, in order, so that anybody can work it out again.
    #[must_use]
    pub fn sha256(&self, policy: Policy) -> String {
        let mut hash = Sha256::new();
        let Policy {
            suppress_min,
            suppress_max,
            round_to,
            secondary,
        } = policy;
        let mut line = format!("policy,{suppress_min},{suppress_max},{round_to},{secondary}\n");
        hash.update(&line);
        for (key, cell) in &self.0 {
            line.clear();
            let CellKey {
                indicator_version,
                period: (first, last),
                disaggregation,
                subject,
            } = key;
            // Writing to a string does not fail.
            let _ = write!(
                line,
                "{indicator_version},{first},{last},{disaggregation},{subject}"
            );
            for shown in [cell.numerator, cell.denominator, cell.value] {
                let _ = write!(line, ",{}", shown.written());
            }
            line.push('\n');
            hash.update(&line);
        }
        hex(&hash.finalize())
    }

    fn since(&self, before: &Self) -> Changes {
        let (old, new) = (&before.0, &self.0);
        Changes {
            added: new.keys().filter(|key| !old.contains_key(key)).copied().collect(),
            changed: new
                .iter()
                .filter(|(key, cell)| old.get(key).is_some_and(|before| before != *cell))
                .map(|(key, _)| *key)
                .collect(),
            removed: old.keys().filter(|key| !new.contains_key(key)).copied().collect(),
        }
    }
}

impl Release {
    /// A release that is there, as the next one sees it.
    #[must_use]
    pub fn of(number: u32, policy: Policy, contents: Contents) -> Self {
        Self {
            number,
            policy,
            sha256: contents.sha256(policy),
            changes: Changes::default(),
            contents,
        }
    }

    /// The next release after `before`.
    #[must_use]
    pub fn after(before: Option<&Self>, policy: Policy, contents: Contents) -> Self {
        let nothing = Contents::default();
        Self {
            number: before.map_or(1, |before| before.number + 1),
            policy,
            sha256: contents.sha256(policy),
            changes: contents.since(before.map_or(&nothing, |before| &before.contents)),
            contents,
        }
    }

    /// Whether it still says what it was published with.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.contents.sha256(self.policy) == self.sha256
    }
}

#[cfg(test)]
mod tests {
    use super::super::cells::Shown;
    use super::*;

    fn key(subject: u128) -> CellKey {
        CellKey {
            indicator_version: Uuid::from_u128(1),
            period: ("2020-04-01".parse().unwrap(), "2021-03-31".parse().unwrap()),
            disaggregation: Uuid::from_u128(2),
            subject: Uuid::from_u128(subject),
        }
    }

    fn value(value: Shown) -> Published {
        Published {
            numerator: Shown::NotAvailable,
            denominator: Shown::NotAvailable,
            value,
        }
    }

    fn number(text: &str) -> Published {
        value(Shown::Rounded(text.parse().unwrap()))
    }

    #[test]
    fn releases_are_numbered_and_say_what_changed() {
        let policy = Policy::default();
        let first = Release::after(
            None,
            policy,
            Contents::of([
                (key(1), number("50")),
                (key(2), value(Shown::Suppressed)),
                (key(3), number("7.5")),
            ]),
        );
        assert_eq!((first.number, first.changes.added.len()), (1, 3));
        let next = Contents::of([
            (key(1), number("50")),
            (key(2), number("60")),
            (key(4), number("1")),
        ]);
        let second = Release::after(Some(&first), policy, next);
        assert_eq!(second.number, 2);
        assert_eq!(
            second.changes,
            Changes {
                added: vec![key(4)],
                changed: vec![key(2)],
                removed: vec![key(3)]
            }
        );
    }

    #[test]
    fn the_hash_is_of_what_is_said_and_not_of_the_order_it_came_in() {
        let policy = Policy::default();
        let one = Contents::of([(key(1), number("50")), (key(2), value(Shown::Suppressed))]);
        let other = Contents::of([(key(2), value(Shown::Suppressed)), (key(1), number("50"))]);
        assert_eq!(one.sha256(policy), other.sha256(policy));
        let nought = Contents::of([(key(1), number("50")), (key(2), number("0"))]);
        assert_ne!(one.sha256(policy), nought.sha256(policy));
        assert_ne!(
            one.sha256(policy),
            one.sha256(Policy {
                round_to: 1,
                ..policy
            })
        );
    }

    #[test]
    fn a_release_that_was_tampered_with_shows_it() {
        let mut release = Release::after(None, Policy::default(), Contents::of([(key(1), number("50"))]));
        assert!(release.is_whole());
        release.contents = Contents::of([(key(1), number("51"))]);
        assert!(!release.is_whole());
    }
}
