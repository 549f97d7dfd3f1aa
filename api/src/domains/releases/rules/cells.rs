//! What is published of an observation: numbers made from rounded parts, or the word that there is none to be shown.

use entity::decimal::Decimal;
use entity::outcomes::kinds::{IndicatorUnit, ObservationMarker};

use crate::domains::outcomes::rules::exact;

/// A number as it is published. What is suppressed is neither nought nor missing, and says so.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shown {
    /// As it is.
    Exact(Decimal),
    /// Rounded, or made from rounded numbers.
    Rounded(Decimal),
    /// Masked, so that nobody can be recognised.
    Suppressed,
    /// Nobody gave it.
    NotAvailable,
    /// There can be none.
    NotApplicable,
}

impl Shown {
    /// The number, where one is shown.
    #[must_use]
    pub const fn number(self) -> Option<Decimal> {
        match self {
            Self::Exact(number) | Self::Rounded(number) => Some(number),
            Self::Suppressed | Self::NotAvailable | Self::NotApplicable => None,
        }
    }

    /// How it is written in files: the number, or the marker of the statistics of England.
    #[must_use]
    pub fn written(self) -> String {
        match self {
            Self::Exact(number) | Self::Rounded(number) => number.to_string(),
            Self::Suppressed => "[c]".to_owned(),
            Self::NotAvailable => "[x]".to_owned(),
            Self::NotApplicable => "[z]".to_owned(),
        }
    }
}

/// What is published of one observation.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    /// How many of them it is true of.
    pub numerator: Shown,
    /// How many there are.
    pub denominator: Shown,
    /// The figure itself.
    pub value: Shown,
}

/// An observation as its publisher has it.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What it is measured in.
    pub unit: IndicatorUnit,
    /// With how many decimals it is shown.
    pub places: u32,
    /// The figure.
    pub value: Option<Decimal>,
    /// Why there is none.
    pub marker: Option<ObservationMarker>,
}

/// What is published of an observation, given how its counts stand in the table of the release.
///
/// A share is made from the rounded counts and masked with either of them; a rate is masked with its numerator, and whatever is
/// said of each person with the number of persons. Where one of them is missing, nothing is said: nobody could tell of how few it
/// would be. What the source masked stays masked. Margins of error are not published: together with the figure they give the number
/// of people who were asked.
#[must_use]
pub fn publish(source: Source, numerator: Shown, denominator: Shown) -> Published {
    if source.marker == Some(ObservationMarker::Confidential) {
        // With its parts anybody could work it out.
        return Published {
            numerator: Shown::Suppressed,
            denominator: Shown::Suppressed,
            value: Shown::Suppressed,
        };
    }
    let hidden = [numerator, denominator].contains(&Shown::Suppressed);
    let value = match source.marker {
        Some(ObservationMarker::Confidential) => Shown::Suppressed,
        Some(ObservationMarker::NotAvailable) => Shown::NotAvailable,
        Some(ObservationMarker::NotApplicable) => Shown::NotApplicable,
        Some(ObservationMarker::Low) | None if hidden => Shown::Suppressed,
        Some(ObservationMarker::Low) | None => value(source, numerator, denominator),
    };
    let is_score = matches!(
        source.unit,
        IndicatorUnit::Score | IndicatorUnit::Thumbs | IndicatorUnit::Pence
    );
    Published {
        // Points of few people: with the figure they would give the people away.
        numerator: if is_score && hidden {
            Shown::Suppressed
        } else {
            numerator
        },
        denominator,
        value,
    }
}

fn value(source: Source, numerator: Shown, denominator: Shown) -> Shown {
    let as_it_came = source.value.map_or(Shown::NotAvailable, Shown::Exact);
    let times = match source.unit {
        IndicatorUnit::Percent => 100,
        IndicatorUnit::RatePer100k => 100_000,
        IndicatorUnit::Score | IndicatorUnit::Thumbs => {
            return match denominator.number() {
                Some(of) if of.0 == 0 => Shown::NotApplicable,
                Some(_) => as_it_came,
                None => Shown::NotAvailable,
            };
        }
        // Of how many people it is may be unknown here: who were asked was looked at before.
        IndicatorUnit::Pence if denominator.number().is_some_and(|of| of.0 == 0) => {
            return Shown::NotApplicable;
        }
        IndicatorUnit::Count | IndicatorUnit::Pence => return as_it_came,
    };
    let (Some(counted), Some(of)) = (numerator.number(), denominator.number()) else {
        return Shown::NotAvailable;
    };
    if of.0 == 0 {
        return Shown::NotApplicable;
    }
    let made = exact::rounded(i128::from(counted.0) * times, i128::from(of.0), source.places);
    made.map_or(Shown::NotAvailable, Shown::Rounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(value: &str) -> Source {
        Source {
            unit: IndicatorUnit::Percent,
            places: 1,
            value: value.parse().ok(),
            marker: None,
        }
    }

    fn rounded(number: i64) -> Shown {
        Shown::Rounded(Decimal::whole(number).unwrap())
    }

    #[test]
    fn a_percentage_is_made_from_what_is_shown_of_its_parts() {
        // 13 of 42 is 31.0%; 15 of 40, as they are shown, is 37.5%.
        let published = publish(share("31"), rounded(15), rounded(40));
        assert_eq!(published.value.written(), "37.5");
    }

    #[test]
    fn a_percentage_is_masked_with_either_of_its_parts() {
        for (numerator, denominator) in [(Shown::Suppressed, rounded(40)), (rounded(0), Shown::Suppressed)] {
            let published = publish(share("31"), numerator, denominator);
            assert_eq!(published.value, Shown::Suppressed);
        }
    }

    #[test]
    fn suppressed_is_neither_nought_nor_missing() {
        assert_eq!(publish(share("0"), rounded(0), rounded(40)).value.written(), "0");
        assert_eq!(publish(share("0"), rounded(0), rounded(0)).value.written(), "[z]");
        let missing = Source {
            marker: Some(ObservationMarker::NotAvailable),
            ..share("")
        };
        assert_eq!(
            publish(missing, Shown::NotAvailable, Shown::NotAvailable)
                .value
                .written(),
            "[x]"
        );
        assert_eq!(
            publish(share("31"), Shown::Suppressed, rounded(40))
                .value
                .written(),
            "[c]"
        );
    }

    #[test]
    fn what_the_source_masked_stays_masked() {
        let masked = Source {
            marker: Some(ObservationMarker::Confidential),
            ..share("")
        };
        let published = publish(masked, rounded(15), rounded(40));
        assert_eq!(published.value, Shown::Suppressed);
        // 15 of 40 would say what it is.
        assert_eq!(published.numerator, Shown::Suppressed);
        assert_eq!(published.denominator, Shown::Suppressed);
    }

    #[test]
    fn a_figure_of_nobody_knows_how_many_is_not_published() {
        let none = Shown::NotAvailable;
        for (numerator, denominator) in [(none, none), (rounded(15), none), (none, rounded(40))] {
            assert_eq!(publish(share("71.4"), numerator, denominator).value, none);
        }
        for unit in [IndicatorUnit::Score, IndicatorUnit::Thumbs] {
            let of_each = Source {
                unit,
                ..share("19.1")
            };
            assert_eq!(publish(of_each, none, none).value, none);
            assert_eq!(publish(of_each, none, rounded(40)).value.written(), "19.1");
        }
    }

    #[test]
    fn points_of_few_people_are_masked_with_their_number() {
        let score = Source {
            unit: IndicatorUnit::Score,
            ..share("19.1")
        };
        let published = publish(score, rounded(95), Shown::Suppressed);
        assert_eq!(
            (published.numerator, published.value),
            (Shown::Suppressed, Shown::Suppressed)
        );
    }
}
