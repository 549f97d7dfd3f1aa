//! A count of a table, and what an outsider knows about it.

use super::Standing;
use crate::domains::releases::rules::policy::Policy;

/// Beyond every count.
pub(in crate::domains::releases::rules) const ENDLESS: i64 = i64::MAX / 4;

/// How far a count can be from what it is, and look the same from outside.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(in crate::domains::releases::rules) struct Slack {
    pub down: i64,
    pub up: i64,
}

impl Slack {
    /// Everybody knows it.
    pub(super) const NONE: Self = Self { down: 0, up: 0 };
    /// It is not known here either: it can only be said that there may be more than there is.
    pub(super) const UNKNOWN: Self = Self { down: 0, up: ENDLESS };
    /// Nothing is known of it.
    const FREE: Self = Self {
        down: ENDLESS,
        up: ENDLESS,
    };

    pub(super) fn of_shown(policy: Policy, truth: i64) -> Self {
        let could_be = policy.could_be(policy.rounded(truth));
        Self {
            down: truth - could_be.start(),
            up: could_be.end() - truth,
        }
    }

    /// An outsider knows only that what is masked is not nought.
    pub(super) const fn of_masked(policy: Policy, truth: i64) -> Self {
        Self {
            down: truth - policy.suppress_min,
            up: ENDLESS,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            down: self.down.min(other.down),
            up: self.up.min(other.up),
        }
    }

    pub(in crate::domains::releases::rules) const fn allows(self, shift: i64) -> bool {
        -self.down <= shift && shift <= self.up
    }
}

/// A count, and what an outsider knows about it.
#[derive(Copy, Clone, Debug)]
pub(in crate::domains::releases::rules) struct Count {
    /// What it is; nothing where only its source knows.
    pub truth: Option<i64>,
    /// What it could be, where that is not known: see [`guess`](super::guess).
    pub guess: Option<i64>,
    pub standing: Standing,
    /// How far it can be from that by this release.
    pub now: Slack,
    /// How far by all releases before.
    pub before: Slack,
    /// Whether all releases before said something else of it; nothing where there are none.
    pub is_corrected: Option<bool>,
    /// Whether a release before showed it as it is.
    pub is_pinned: bool,
    /// Whether a release before masked it.
    pub was_masked: bool,
}

impl Count {
    pub(super) const fn value(self) -> Option<i64> {
        match self.truth {
            Some(truth) => Some(truth),
            None => self.guess,
        }
    }

    pub(super) const ABSENT: Self = Self {
        truth: None,
        guess: None,
        standing: Standing::Absent,
        now: Slack::UNKNOWN,
        before: Slack::FREE,
        is_corrected: None,
        is_pinned: false,
        was_masked: false,
    };
}
