//! Where a council stands among those it can be compared with.

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorPolarity;

use super::exact;

/// Where one stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked<T> {
    /// Whose figure it is.
    pub subject: T,
    /// The figure.
    pub value: Decimal,
    /// Its place from 1, the best. Where neither more nor less is better, 1 is the highest. Equal figures share a place, and the
    /// places after it stay free.
    pub rank: usize,
    /// Among how many: those without a figure have no place and are not counted.
    pub of: usize,
    /// Its quarter from 1, the best, by the same order.
    pub quartile: u8,
}

/// The marks between the quarters.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Quartiles {
    /// A quarter of the figures is not above it.
    pub lower: Decimal,
    /// Half of them are not above it.
    pub median: Decimal,
    /// Three quarters of them are not above it.
    pub upper: Decimal,
}

/// The marks between the quarters of figures, by linear interpolation between the two nearest, with the least and the greatest
/// at the ends: `QUARTILE.INC` of spreadsheets. Nothing without figures.
#[must_use]
pub fn quartiles(figures: &[Decimal]) -> Option<Quartiles> {
    let mut sorted = figures.to_vec();
    sorted.sort_unstable();
    Some(Quartiles {
        lower: mark(&sorted, 1)?,
        median: mark(&sorted, 2)?,
        upper: mark(&sorted, 3)?,
    })
}

/// The mark after `quarters` of the figures. Positions are counted in quarters, so that they are whole numbers.
fn mark(sorted: &[Decimal], quarters: usize) -> Option<Decimal> {
    let position = sorted.len().checked_sub(1)? * quarters;
    let below = sorted.get(position / 4)?;
    let above = sorted.get(position / 4 + 1).unwrap_or(below);
    let share = i128::try_from(position % 4).ok()?;
    let fourfold = i128::from(below.0) * (4 - share) + i128::from(above.0) * share;
    // Of figures in millionths: rounded to millionths.
    exact::rounded(fourfold, 4_000_000, Decimal::PLACES)
}

/// Ranks figures, best first, and by subject among equals, so that the order is always the same. Figures that are masked or
/// missing have no place.
#[must_use]
pub fn rank<T: Ord>(
    polarity: IndicatorPolarity,
    figures: impl IntoIterator<Item = (T, Option<Decimal>)>,
) -> Vec<Ranked<T>> {
    let known = figures
        .into_iter()
        .filter_map(|(subject, value)| Some((subject, value?)));
    let mut known: Vec<_> = known.collect();
    let lowest_first = polarity == IndicatorPolarity::Lower;
    known.sort_by(|(one, value), (other, against)| {
        let order = value.cmp(against);
        let order = if lowest_first { order } else { order.reverse() };
        order.then_with(|| one.cmp(other))
    });
    let values: Vec<_> = known.iter().map(|(_, value)| *value).collect();
    let Some(marks) = quartiles(&values) else {
        return Vec::new();
    };
    let of = known.len();
    let mut last = None;
    let ranked = (1..).zip(known).map(|(place, (subject, value))| {
        let rank = match last {
            Some((same, rank)) if same == value => rank,
            _ => place,
        };
        last = Some((value, rank));
        Ranked {
            subject,
            value,
            rank,
            of,
            quartile: quartile(value, marks, lowest_first),
        }
    });
    ranked.collect()
}

/// A figure on a mark belongs to the better quarter.
fn quartile(value: Decimal, marks: Quartiles, lowest_first: bool) -> u8 {
    let beyond = if lowest_first {
        [marks.lower, marks.median, marks.upper].map(|mark| value > mark)
    } else {
        [marks.upper, marks.median, marks.lower].map(|mark| value < mark)
    };
    beyond
        .into_iter()
        .fold(1, |quarter, worse| quarter + u8::from(worse))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn places(
        polarity: IndicatorPolarity,
        figures: &[(&'static str, &str)],
    ) -> Vec<(&'static str, usize, u8)> {
        let figures = figures.iter().map(|(name, value)| (*name, value.parse().ok()));
        let ranked = rank(polarity, figures);
        ranked
            .into_iter()
            .map(|one| (one.subject, one.rank, one.quartile))
            .collect()
    }

    #[test]
    fn the_best_comes_first_whichever_way_is_better() {
        let four = [("a", "10"), ("b", "30"), ("c", "20"), ("d", "40")];
        assert_eq!(
            places(IndicatorPolarity::Higher, &four),
            [("d", 1, 1), ("b", 2, 2), ("c", 3, 3), ("a", 4, 4)]
        );
        assert_eq!(
            places(IndicatorPolarity::Lower, &four),
            [("a", 1, 1), ("c", 2, 2), ("b", 3, 3), ("d", 4, 4)]
        );
    }

    #[test]
    fn equal_figures_share_a_place_and_a_quarter() {
        let four = [("b", "20"), ("a", "20"), ("c", "10"), ("d", "30")];
        let found = places(IndicatorPolarity::Higher, &four);
        let ranks: Vec<_> = found.iter().map(|(name, rank, _)| (*name, *rank)).collect();
        assert_eq!(ranks, [("d", 1), ("a", 2), ("b", 2), ("c", 4)]);
        assert_eq!(found[1].2, found[2].2);
    }

    #[test]
    fn who_has_no_figure_has_no_place_and_does_not_count() {
        let ranked = rank(
            IndicatorPolarity::Higher,
            [("a", Some(decimal("1"))), ("b", None), ("c", Some(decimal("2")))],
        );
        assert_eq!(
            ranked.iter().map(|one| (one.subject, one.of)).collect::<Vec<_>>(),
            [("c", 2), ("a", 2)]
        );
        assert_eq!(rank::<&str>(IndicatorPolarity::Higher, [("a", None)]), []);
    }

    #[test]
    fn the_marks_between_quarters_are_those_of_spreadsheets() {
        let marks = |figures: &[&str]| {
            let figures: Vec<_> = figures.iter().map(|text| decimal(text)).collect();
            quartiles(&figures)
                .map(|marks| [marks.lower, marks.median, marks.upper].map(|mark| mark.to_string()))
        };
        assert_eq!(marks(&["1", "2", "3", "4"]).unwrap(), ["1.75", "2.5", "3.25"]);
        assert_eq!(marks(&["5", "1", "3"]).unwrap(), ["2", "3", "4"]);
        assert_eq!(marks(&["7.1"]).unwrap(), ["7.1", "7.1", "7.1"]);
        assert_eq!(marks(&[]), None);
    }
}
