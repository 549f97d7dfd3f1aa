//! The counts of a release, and everything that is known to add up.
//!
//! A table has three axes: places, groups of people, and parts (a denominator and the numerators within it). On each, sums are
//! known: a region is its councils, everybody is women and men. What a sum leaves over, because some gave no answer or a council
//! gave no figures, is a node of its own that is never shown.

mod count;

pub use super::axis::{Axis, Sum};
use super::policy::Policy;

pub(super) use self::count::{Count, ENDLESS, Slack};

/// How many axes a table has.
pub const AXES: usize = 3;
/// Where a count stands: its node on each axis.
pub type At = [usize; AXES];

/// How a count stands.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is shown, rounded.
    Shown,
    /// It is masked.
    Masked,
    /// There is none, or nobody but the publisher of its source knows it.
    Absent,
}

/// A count as it goes into a table.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// It is known.
    Is(i64),
    /// Its source withheld it: there is one, and it is masked here too.
    Withheld,
}

/// A table of counts.
#[derive(Clone, Debug)]
pub struct Table {
    axes: [Axis; AXES],
    policy: Policy,
    range: Policy,
    counts: Vec<Count>,
}

impl Table {
    /// A table in which everything is shown as yet that its source did not withhold. `counts` yields each count that there is.
    #[must_use]
    pub fn new(axes: [Axis; AXES], policy: Policy, counts: impl IntoIterator<Item = (At, Given)>) -> Self {
        let size = axes.iter().map(Axis::width).product();
        let mut table = Self {
            axes,
            policy,
            range: policy,
            counts: vec![Count::ABSENT; size],
        };
        for (at, given) in counts {
            let index = table.index(at);
            table.counts[index] = match given {
                Given::Is(truth) => Count {
                    truth: Some(truth),
                    standing: Standing::Shown,
                    now: Slack::of_shown(policy, truth),
                    ..Count::ABSENT
                },
                Given::Withheld => Count {
                    standing: Standing::Masked,
                    ..Count::ABSENT
                },
            };
        }
        table.work_out_rests();
        table
    }

    /// Its policy.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        self.policy
    }

    /// Whether a count is to stay unknown: it is masked, or it is not told and was masked in a release before, or is so small that
    /// it would be masked if it were told.
    pub(super) fn is_hidden(&self, at: At) -> bool {
        let count = self.count(at);
        match count.standing {
            Standing::Masked => true,
            Standing::Absent => {
                count.was_masked || count.guess.is_some_and(|guess| self.policy.is_small(guess))
            }
            Standing::Shown => false,
        }
    }

    /// Whether a release before masked a count, and none showed it as it is now.
    pub(super) fn was_hidden(&self, at: At) -> bool {
        let count = self.count(at);
        count.was_masked && !count.is_pinned
    }

    /// Whether a release before showed a count as it is now: everybody knows it.
    pub(super) fn is_known(&self, at: At) -> bool {
        self.count(at).is_pinned
    }

    /// How many numbers a hidden count must be able to be: as many as the widest policy of all releases has small ones.
    pub(super) const fn range(&self) -> Policy {
        self.range
    }

    /// Takes the policy of a release before into account.
    pub(super) fn widen(&mut self, policy: Policy) {
        self.range.suppress_min = self.range.suppress_min.min(policy.suppress_min);
        self.range.suppress_max = self.range.suppress_max.max(policy.suppress_max);
    }

    /// What a count is, or is guessed to be.
    pub(super) fn value(&self, at: At) -> Option<i64> {
        self.count(at).value()
    }

    pub(super) fn is_guessed(&self, at: At) -> bool {
        self.count(at).guess.is_some()
    }

    /// Guesses what a count is that is not known.
    pub(super) fn set_guess(&mut self, at: At, guess: Option<i64>) {
        let (index, least) = (self.index(at), self.policy.suppress_min);
        let count = &mut self.counts[index];
        if count.truth.is_some() {
            return;
        }
        count.guess = guess;
        let least = if count.standing == Standing::Masked {
            least
        } else {
            0
        };
        count.now = guess.map_or(Slack::UNKNOWN, |guess| Slack {
            down: guess - least,
            up: ENDLESS,
        });
    }

    /// How a count stands.
    #[must_use]
    pub fn standing(&self, at: At) -> Standing {
        self.count(at).standing
    }

    /// What a count is: for its publisher only.
    #[must_use]
    pub fn truth(&self, at: At) -> Option<i64> {
        let count = self.count(at);
        count.truth.filter(|_| count.standing != Standing::Absent)
    }

    /// What is shown of a count: nothing when it is masked or absent.
    #[must_use]
    pub fn shown(&self, at: At) -> Option<i64> {
        let count = self.count(at);
        let shown = count.truth.map(|truth| self.policy.rounded(truth));
        shown.filter(|_| count.standing == Standing::Shown)
    }

    /// The axes.
    #[must_use]
    pub const fn axes(&self) -> &[Axis; AXES] {
        &self.axes
    }

    /// Every place of the table at which a count may stand, in a fixed order.
    pub fn places(&self) -> impl Iterator<Item = At> + use<> {
        let [places, groups, parts] = [0, 1, 2].map(|axis| self.axes[axis].nodes());
        (0..places).flat_map(move |place| {
            (0..groups).flat_map(move |group| (0..parts).map(move |part| [place, group, part]))
        })
    }

    /// Masks a count: an outsider knows then only that it is not nought. Nought is never masked, nor what a release before showed.
    pub fn mask(&mut self, at: At) {
        let index = self.index(at);
        if let Some(masked) = self.if_masked(self.counts[index]) {
            let count = &mut self.counts[index];
            (count.standing, count.now) = (Standing::Masked, masked);
        }
    }

    /// How far a count could be from what it is when it was masked; nothing where it cannot be.
    pub(super) fn if_masked(&self, count: Count) -> Option<Slack> {
        let truth = count.truth.filter(|truth| *truth > 0)?;
        let can_be = count.standing == Standing::Shown && !count.is_pinned;
        can_be.then(|| Slack::of_masked(self.policy, truth))
    }

    /// Looks at the table of a release before, with the same axes. What it masked is masked from now on, and what it showed is shown
    /// unless it has been corrected.
    pub fn remember(&mut self, old: &Self) {
        for index in 0..self.counts.len() {
            let (now, old) = (self.counts[index], old.counts[index]);
            let is_corrected = now.value().zip(old.value()).is_some_and(|(now, old)| now != old);
            let count = &mut self.counts[index];
            count.before = count.before.and(old.now);
            count.is_corrected = Some(is_corrected && now.is_corrected != Some(false));
            count.is_pinned |= old.standing == Standing::Shown && now.truth == old.truth;
        }
        let masked = self.places().filter(|at| old.standing(*at) == Standing::Masked);
        for at in masked.collect::<Vec<_>>() {
            self.mask(at);
            let index = self.index(at);
            self.counts[index].was_masked = true;
        }
    }

    /// Whether a count is masked because its source withheld it.
    #[must_use]
    pub fn is_withheld(&self, at: At) -> bool {
        let count = self.count(at);
        count.standing == Standing::Masked && count.truth.is_none()
    }

    /// Whether a withheld count cannot be anything but nought, because its whole is shown as that: then it is about nobody.
    pub(super) fn is_nothing(&self, at: At) -> bool {
        (0..AXES).any(|axis| {
            let sums = self.axes[axis].sums_of(at[axis]).iter();
            let mut wholes = sums.filter(|(_, side)| *side < 0).map(|(sum, _)| {
                let mut whole = at;
                whole[axis] = self.axes[axis].sums()[*sum].total;
                whole
            });
            wholes.any(|whole| match self.standing(whole) {
                Standing::Shown => self.shown(whole) == Some(0),
                Standing::Masked | Standing::Absent => self.truth(whole).is_none() && self.is_nothing(whole),
            })
        })
    }

    pub(super) fn count(&self, at: At) -> Count {
        self.counts[self.index(at)]
    }

    fn index(&self, at: At) -> usize {
        let widths = [0, 1, 2].map(|axis| self.axes[axis].width());
        (at[0] * widths[1] + at[1]) * widths[2] + at[2]
    }

    /// Works out what sums leave over: axis by axis, so that what is left over of what is left over is right, too.
    pub(super) fn work_out_rests(&mut self) {
        for axis in 0..AXES {
            let reach: [usize; AXES] = std::array::from_fn(|other| {
                if other < axis {
                    self.axes[other].width()
                } else {
                    self.axes[other].nodes()
                }
            });
            for sum in 0..self.axes[axis].sums().len() {
                for at in along(reach, axis, self.axes[axis].rest(sum)) {
                    self.work_out_rest(axis, sum, at);
                }
            }
        }
    }

    fn work_out_rest(&mut self, axis: usize, sum: usize, at: At) {
        let entry = &self.axes[axis].sums()[sum];
        let beside = |node: usize| {
            let mut beside = at;
            beside[axis] = node;
            self.count(beside)
        };
        let total = beside(entry.total);
        let parts: Option<i64> = entry.parts.iter().map(|part| beside(*part).value()).sum();
        let left = total.value().zip(parts).map(|(total, parts)| total - parts);
        // Nothing is left over of what is known to be nothing.
        let of_nothing = total.truth == Some(0) && total.now == Slack::NONE;
        let now = match left {
            // Sums that do not add up were rounded by their source. An outsider is taken to know by how much: whoever knows less
            // finds out less.
            _ if entry.is_complete || of_nothing => Slack::NONE,
            Some(left) if left < 0 => Slack::NONE,
            Some(left) => Slack {
                down: left,
                up: ENDLESS,
            },
            None => Slack::UNKNOWN,
        };
        let index = self.index(at);
        self.counts[index] = Count {
            truth: left,
            now,
            ..Count::ABSENT
        };
    }
}

/// Every place with `node` on one axis, within `reach` on the others.
fn along(reach: [usize; AXES], axis: usize, node: usize) -> Vec<At> {
    let mut all = vec![[0; AXES]];
    for other in 0..AXES {
        let nodes = if other == axis {
            node..node + 1
        } else {
            0..reach[other]
        };
        all = all
            .into_iter()
            .flat_map(|at| {
                nodes.clone().map(move |node| {
                    let mut next = at;
                    next[other] = node;
                    next
                })
            })
            .collect();
    }
    all
}
