//! The counts of a release, and everything that is known to add up.
//!
//! A table has three axes: places, groups of people, and parts (a denominator and the numerators within it). On each, sums are
//! known: a region is its councils, everybody is women and men. What a sum leaves over, because some gave no answer or a council
//! gave no figures, is a node of its own that is never shown.

use super::policy::Policy;

/// How many axes a table has.
pub const AXES: usize = 3;
/// Where a count stands: its node on each axis.
pub type At = [usize; AXES];

/// Something that adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The whole.
    pub total: usize,
    /// What it is made of.
    pub parts: Vec<usize>,
    /// Whether the parts are known to be all of it. Otherwise something nobody knows may be left over.
    pub is_complete: bool,
}

/// An axis: its nodes, and what is known to add up on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    nodes: usize,
    sums: Vec<Sum>,
}

impl Axis {
    /// An axis with nodes `0..nodes`. Sums that name others are left out: nobody can use them.
    #[must_use]
    pub fn new(nodes: usize, sums: Vec<Sum>) -> Self {
        let known = |sum: &Sum| sum.total < nodes && sum.parts.iter().all(|part| *part < nodes);
        let sums = sums
            .into_iter()
            .filter(|sum| !sum.parts.is_empty() && known(sum))
            .collect();
        Self { nodes, sums }
    }

    /// Its nodes, without what sums leave over.
    #[must_use]
    pub const fn nodes(&self) -> usize {
        self.nodes
    }

    /// What adds up.
    #[must_use]
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// The node of what a sum leaves over.
    #[must_use]
    pub const fn rest(&self, sum: usize) -> usize {
        self.nodes + sum
    }

    /// Whether a node is the whole of others.
    #[must_use]
    pub fn is_total(&self, node: usize) -> bool {
        self.sums.iter().any(|sum| sum.total == node)
    }

    const fn width(&self) -> usize {
        self.nodes + self.sums.len()
    }
}

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

/// A count, and what an outsider knows about it.
#[derive(Copy, Clone, Debug)]
pub(super) struct Count {
    /// What it is.
    pub truth: i64,
    /// The least that it could be, for an outsider.
    pub least: i64,
    /// The most that it could be, for an outsider.
    pub most: i64,
    pub standing: Standing,
    /// Whether it can be masked: it is a count of the table, and was not shown before.
    pub is_maskable: bool,
}

/// Beyond every count.
pub(super) const ENDLESS: i64 = i64::MAX / 4;

/// A table of counts.
#[derive(Clone, Debug)]
pub struct Table {
    axes: [Axis; AXES],
    policy: Policy,
    counts: Vec<Count>,
}

impl Table {
    /// A table in which everything is shown as yet. `counts` yields each count that there is.
    #[must_use]
    pub fn new(axes: [Axis; AXES], policy: Policy, counts: impl IntoIterator<Item = (At, i64)>) -> Self {
        let size = axes.iter().map(Axis::width).product();
        let absent = Count {
            truth: 0,
            least: -ENDLESS,
            most: ENDLESS,
            standing: Standing::Absent,
            is_maskable: false,
        };
        let mut table = Self {
            axes,
            policy,
            counts: vec![absent; size],
        };
        let mut known = vec![false; size];
        for (at, truth) in counts {
            let index = table.index(at);
            let could_be = policy.could_be(policy.rounded(truth));
            table.counts[index] = Count {
                truth,
                least: *could_be.start(),
                most: *could_be.end(),
                standing: Standing::Shown,
                is_maskable: truth > 0,
            };
            known[index] = true;
        }
        table.work_out_rests(&mut known);
        table
    }

    /// Its policy.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        self.policy
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
        (count.standing != Standing::Absent).then_some(count.truth)
    }

    /// What is shown of a count: nothing when it is masked or absent.
    #[must_use]
    pub fn shown(&self, at: At) -> Option<i64> {
        let count = self.count(at);
        (count.standing == Standing::Shown).then(|| self.policy.rounded(count.truth))
    }

    /// The axes.
    #[must_use]
    pub const fn axes(&self) -> &[Axis; AXES] {
        &self.axes
    }

    /// Every place of the table at which a count may stand, in a fixed order.
    pub fn places(&self) -> impl Iterator<Item = At> + use<> {
        let [places, groups, parts] = [0, 1, 2].map(|axis| self.axes[axis].nodes);
        (0..places).flat_map(move |place| {
            (0..groups).flat_map(move |group| (0..parts).map(move |part| [place, group, part]))
        })
    }

    /// Masks a count: an outsider knows then only that it is not nought.
    pub fn mask(&mut self, at: At) {
        let least = self.policy.suppress_min;
        let index = self.index(at);
        let count = &mut self.counts[index];
        if count.standing == Standing::Shown && count.is_maskable {
            (count.standing, count.least, count.most) = (Standing::Masked, least, ENDLESS);
        }
    }

    /// Says that a count was shown before, so that masking it would hide nothing.
    pub fn pin(&mut self, at: At) {
        let index = self.index(at);
        self.counts[index].is_maskable = false;
    }

    pub(super) fn count(&self, at: At) -> Count {
        self.counts[self.index(at)]
    }

    fn index(&self, at: At) -> usize {
        let widths = [0, 1, 2].map(|axis| self.axes[axis].width());
        (at[0] * widths[1] + at[1]) * widths[2] + at[2]
    }

    /// Works out what sums leave over: axis by axis, so that what is left over of what is left over is right, too.
    fn work_out_rests(&mut self, known: &mut [bool]) {
        for axis in 0..AXES {
            let reach: [usize; AXES] = std::array::from_fn(|other| {
                if other < axis {
                    self.axes[other].width()
                } else {
                    self.axes[other].nodes
                }
            });
            for sum in 0..self.axes[axis].sums.len() {
                for at in along(reach, axis, self.axes[axis].rest(sum)) {
                    self.work_out_rest(known, axis, sum, at);
                }
            }
        }
    }

    fn work_out_rest(&mut self, known: &mut [bool], axis: usize, sum: usize, at: At) {
        let Sum {
            total,
            parts,
            is_complete,
        } = &self.axes[axis].sums[sum];
        let beside = |node: usize| {
            let mut beside = at;
            beside[axis] = node;
            self.index(beside)
        };
        let (total, parts): (usize, Vec<_>) =
            (beside(*total), parts.iter().map(|part| beside(*part)).collect());
        let left = self.counts[total].truth - parts.iter().map(|part| self.counts[*part].truth).sum::<i64>();
        let is_known = known[total] && parts.iter().all(|part| known[*part]);
        // Nothing is left over of what is known to be nothing.
        let of_nothing = is_known && self.counts[total].most == 0;
        let (least, most) = if !is_known || left < 0 {
            (-ENDLESS, ENDLESS)
        } else if left == 0 && (*is_complete || of_nothing) {
            (0, 0)
        } else {
            (0, ENDLESS)
        };
        let index = self.index(at);
        known[index] = is_known;
        self.counts[index] = Count {
            truth: left,
            least,
            most,
            standing: Standing::Absent,
            is_maskable: false,
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
