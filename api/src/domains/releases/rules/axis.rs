//! What is known to add up along one axis of a table: areas, groups of people, or parts of a denominator.

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
    /// The sums in which a node takes part, with 1 for their whole and -1 for a part of them.
    sums_of: Vec<Vec<(usize, i64)>>,
}

impl Axis {
    /// An axis with nodes `0..nodes`. Sums that name others are left out: nobody can use them.
    #[must_use]
    pub fn new(nodes: usize, sums: Vec<Sum>) -> Self {
        let known =
            |sum: &Sum| sum.total < nodes && sum.parts.iter().all(|part| *part < nodes && *part != sum.total);
        let sums = sums
            .into_iter()
            .filter(|sum| !sum.parts.is_empty() && known(sum))
            .collect::<Vec<_>>();
        let mut sums_of = vec![Vec::new(); nodes + sums.len()];
        for (number, sum) in sums.iter().enumerate() {
            sums_of[sum.total].push((number, 1));
            for part in sum.parts.iter().copied().chain([nodes + number]) {
                sums_of[part].push((number, -1));
            }
        }
        Self { nodes, sums, sums_of }
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

    /// The sums in which a node takes part: 1 for their whole, -1 for a part of them.
    pub(super) fn sums_of(&self, node: usize) -> &[(usize, i64)] {
        &self.sums_of[node]
    }

    /// Whether a node is the whole of others.
    #[must_use]
    pub fn is_total(&self, node: usize) -> bool {
        self.sums.iter().any(|sum| sum.total == node)
    }

    /// Its nodes, with what sums leave over.
    pub(super) const fn width(&self) -> usize {
        self.nodes + self.sums.len()
    }
}
