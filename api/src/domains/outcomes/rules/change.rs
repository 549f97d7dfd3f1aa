//! Whether a figure has changed since the baseline, or only the people who happened to be asked.

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorPolarity;

/// A figure with what is known of how exact it is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// The figure.
    pub value: Decimal,
    /// Half the width of the interval that it lies in, in 95 of 100 cases; absent where nobody gave one.
    pub margin: Option<Decimal>,
    /// Whether only some were asked: a figure of everybody has no margin, and needs none.
    pub is_sample: bool,
}

/// What can be said of a change.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It changed for the better.
    Better,
    /// It changed for the worse.
    Worse,
    /// It rose, where neither more nor less is better.
    Rose,
    /// It fell, where neither more nor less is better.
    Fell,
    /// It is the same.
    Same,
    /// It may be chance: the difference is within what two such surveys differ by.
    WithinMargin,
    /// It is of some people only, and nobody said how exact it is.
    MarginUnknown,
}

/// A change since the baseline.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// By how much, in the unit of the figure: percentage points, for percentages.
    pub difference: Decimal,
    /// What can be said of it.
    pub verdict: Verdict,
}

/// Compares a figure with its baseline. Two independent samples differ by chance by up to the root of the sum of their squared
/// margins; a difference counts only beyond that. Nothing when the difference is larger than any figure.
#[must_use]
pub fn change(polarity: IndicatorPolarity, baseline: Measured, now: Measured) -> Option<Change> {
    let difference = now.value.0.checked_sub(baseline.value.0).map(Decimal)?;
    let verdict = if difference.0 == 0 {
        Verdict::Same
    } else if let (Some(before), Some(after)) = (noise(baseline), noise(now)) {
        if i128::from(difference.0).pow(2) > before + after {
            direction(polarity, difference.0 > 0)
        } else {
            Verdict::WithinMargin
        }
    } else {
        Verdict::MarginUnknown
    };
    Some(Change { difference, verdict })
}

/// The square of the margin, so that no root has to be rounded.
fn noise(measured: Measured) -> Option<i128> {
    match measured.margin {
        Some(margin) => Some(i128::from(margin.0).pow(2)),
        None if measured.is_sample => None,
        None => Some(0),
    }
}

const fn direction(polarity: IndicatorPolarity, rose: bool) -> Verdict {
    match (polarity, rose) {
        (IndicatorPolarity::Higher, true) | (IndicatorPolarity::Lower, false) => Verdict::Better,
        (IndicatorPolarity::Higher, false) | (IndicatorPolarity::Lower, true) => Verdict::Worse,
        (IndicatorPolarity::Neutral, true) => Verdict::Rose,
        (IndicatorPolarity::Neutral, false) => Verdict::Fell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(value: &str, margin: &str) -> Measured {
        Measured {
            value: value.parse().unwrap(),
            margin: margin.parse().ok(),
            is_sample: true,
        }
    }

    fn count(value: &str) -> Measured {
        Measured {
            is_sample: false,
            ..survey(value, "")
        }
    }

    fn verdict(polarity: IndicatorPolarity, baseline: Measured, now: Measured) -> Verdict {
        change(polarity, baseline, now).unwrap().verdict
    }

    #[test]
    fn a_difference_within_the_margins_is_no_change() {
        let higher = IndicatorPolarity::Higher;
        assert_eq!(
            verdict(higher, survey("60", "3"), survey("64.9", "4")),
            Verdict::WithinMargin
        );
        assert_eq!(
            verdict(higher, survey("60", "3"), survey("65", "4")),
            Verdict::WithinMargin
        );
        assert_eq!(
            verdict(higher, survey("60", "3"), survey("65.1", "4")),
            Verdict::Better
        );
        assert_eq!(
            verdict(higher, survey("65.1", "4"), survey("60", "3")),
            Verdict::Worse
        );
    }

    #[test]
    fn better_is_what_the_indicator_says() {
        assert_eq!(
            verdict(IndicatorPolarity::Lower, count("600"), count("580")),
            Verdict::Better
        );
        assert_eq!(
            verdict(IndicatorPolarity::Neutral, count("600"), count("580")),
            Verdict::Fell
        );
        assert_eq!(
            verdict(IndicatorPolarity::Higher, count("1"), count("1")),
            Verdict::Same
        );
    }

    #[test]
    fn a_sample_without_a_margin_proves_nothing() {
        let (before, after) = (survey("60", ""), survey("99", "1"));
        assert_eq!(
            verdict(IndicatorPolarity::Higher, before, after),
            Verdict::MarginUnknown
        );
        assert_eq!(
            change(IndicatorPolarity::Higher, before, after)
                .unwrap()
                .difference
                .to_string(),
            "39"
        );
    }
}
