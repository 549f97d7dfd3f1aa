//! What changed after an action. An estimate that somebody reported stays that: it gets no people behind it that nobody counted,
//! and what came after is not said to come from it (`domain.md` 1, row 5, and 6, scenario 10).

use std::fmt::Write as _;

use entity::decimal::Decimal;
use entity::outcomes::kinds::{IndicatorUnit, ObservationQuality};

/// One side of a comparison.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The figure.
    pub value: Decimal,
    /// What it is worth.
    pub quality: ObservationQuality,
    /// How many of them it is true of.
    pub numerator: Option<Decimal>,
    /// How many there are.
    pub denominator: Option<Decimal>,
}

/// How one side may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The figure.
    pub value: Decimal,
    /// Whether it is about so much, and was not counted.
    pub is_approximate: bool,
    /// How many people it is of, of how many: only where they were counted.
    pub of: Option<(Decimal, Decimal)>,
    /// It in words.
    pub text: String,
}

/// Both sides, and what may be said of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeforeAfter {
    /// Before the action.
    pub before: Shown,
    /// After it.
    pub after: Shown,
    /// By how much it changed; absent when it is larger than any figure.
    pub difference: Option<Decimal>,
    /// Whether the difference is about so much: one side of it is.
    pub is_approximate: bool,
    /// All of it in words, with what it does not prove.
    pub text: String,
}

/// Sets two figures side by side.
#[must_use]
pub fn before_after(unit: IndicatorUnit, before: Side, after: Side) -> BeforeAfter {
    let (before, after) = (shown(unit, before), shown(unit, after));
    let is_approximate = before.is_approximate || after.is_approximate;
    let difference = after.value.0.checked_sub(before.value.0).map(Decimal);
    let mut text = format!("From {} to {}.", before.text, after.text);
    if is_approximate {
        text.push_str(
            " These are estimates as they were reported: it is not known how many people they are of.",
        );
    }
    text.push_str(" That one came after the other does not show that it was its cause.");
    BeforeAfter {
        before,
        after,
        difference,
        is_approximate,
        text,
    }
}

fn shown(unit: IndicatorUnit, side: Side) -> Shown {
    let is_approximate = matches!(
        side.quality,
        ObservationQuality::Reported | ObservationQuality::Estimate
    );
    let counted = side.quality != ObservationQuality::Reported;
    let of = counted.then(|| side.numerator.zip(side.denominator)).flatten();
    let about = if is_approximate { "about " } else { "" };
    let sign = if unit == IndicatorUnit::Percent { "%" } else { "" };
    let mut text = format!("{about}{}{sign}", side.value);
    if let Some((numerator, denominator)) = of {
        // Writing to a string does not fail.
        let _ = write!(text, " ({numerator} of {denominator})");
    }
    Shown {
        value: side.value,
        is_approximate,
        of,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(value: &str, quality: ObservationQuality, parts: Option<(&str, &str)>) -> Side {
        Side {
            value: value.parse().unwrap(),
            quality,
            numerator: parts.map(|(numerator, _)| numerator.parse().unwrap()),
            denominator: parts.map(|(_, denominator)| denominator.parse().unwrap()),
        }
    }

    #[test]
    fn a_story_of_60_to_99_per_cent_stays_an_estimate_without_people() {
        let reported = ObservationQuality::Reported;
        let told = before_after(
            IndicatorUnit::Percent,
            side("60", reported, None),
            side("99", reported, None),
        );
        assert!(told.is_approximate && told.before.is_approximate && told.after.is_approximate);
        assert_eq!((told.before.of, told.after.of), (None, None));
        assert_eq!(
            told.text,
            "From about 60% to about 99%. These are estimates as they were reported: it is not known how many people they are \
             of. That one came after the other does not show that it was its cause."
        );
    }

    #[test]
    fn people_are_named_only_where_they_were_counted() {
        let counted = side("80", ObservationQuality::Final, Some(("8", "10")));
        let invented = side("60", ObservationQuality::Reported, Some(("6", "10")));
        let told = before_after(IndicatorUnit::Percent, invented, counted);
        assert_eq!((told.before.of, told.before.text.as_str()), (None, "about 60%"));
        assert_eq!(told.after.text, "80% (8 of 10)");
        assert!(told.is_approximate);
        assert_eq!(told.difference.unwrap().to_string(), "20");
    }

    #[test]
    fn counted_on_both_sides_it_is_no_estimate() {
        let before = side("1.5", ObservationQuality::Final, None);
        let told = before_after(
            IndicatorUnit::Score,
            before,
            side("1.7", ObservationQuality::Provisional, None),
        );
        assert!(!told.is_approximate);
        assert!(told.text.starts_with("From 1.5 to 1.7. That one"));
    }
}
