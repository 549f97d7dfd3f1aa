//! Trend lines end where the wording changed, unless somebody judged the wordings comparable (`domain.md` 6, scenario 7).

use std::collections::BTreeSet;

/// The versions of an indicator that begin a new series: those that cannot be compared with the version before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks(BTreeSet<i32>);

impl Breaks {
    /// Of versions by number, with whether each can be compared with the one before.
    #[must_use]
    pub fn of(versions: impl IntoIterator<Item = (i32, bool)>) -> Self {
        let breaking = versions.into_iter().filter(|(_, comparable)| !comparable);
        Self(breaking.map(|(number, _)| number).collect())
    }

    /// Whether figures of two versions can stand on one line.
    #[must_use]
    pub fn are_comparable(&self, one: i32, other: i32) -> bool {
        let (earlier, later) = (one.min(other), one.max(other));
        earlier == later || self.0.range(earlier + 1..=later).next().is_none()
    }
}

/// Cuts points, in the order of time, into lines. Each point comes with the number of the version that it was measured by.
#[must_use]
pub fn lines<T>(breaks: &Breaks, points: impl IntoIterator<Item = (i32, T)>) -> Vec<Vec<T>> {
    let mut lines: Vec<Vec<T>> = Vec::new();
    let mut last = None;
    for (version, point) in points {
        let goes_on = last.is_some_and(|before| breaks.are_comparable(before, version));
        last = Some(version);
        match lines.last_mut() {
            Some(line) if goes_on => line.push(point),
            _ => lines.push(vec![point]),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_the_wording_changed() {
        let breaks = Breaks::of([(1, false), (2, true), (3, false), (4, true)]);
        let points = [(1, 2016), (2, 2017), (3, 2018), (4, 2019)];
        assert_eq!(lines(&breaks, points), [vec![2016, 2017], vec![2018, 2019]]);
    }

    #[test]
    fn a_break_counts_even_when_nothing_was_measured_by_that_version() {
        let breaks = Breaks::of([(1, false), (2, false), (3, true)]);
        assert_eq!(lines(&breaks, [(1, "a"), (3, "b")]), [vec!["a"], vec!["b"]]);
        assert!(breaks.are_comparable(2, 3));
        assert!(!breaks.are_comparable(3, 1));
    }

    #[test]
    fn figures_of_one_wording_stand_on_one_line_even_where_it_broke_with_the_one_before() {
        let breaks = Breaks::of([(1, false), (2, false)]);
        assert_eq!(
            lines(&breaks, [(1, "a"), (2, "b"), (2, "c")]),
            [vec!["a"], vec!["b", "c"]]
        );
    }

    #[test]
    fn a_series_of_nothing_has_no_line() {
        assert_eq!(lines::<u8>(&Breaks::default(), []), Vec::<Vec<u8>>::new());
    }
}
