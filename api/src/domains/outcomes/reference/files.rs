//! The files, and what stands in them.

use chrono::NaiveDate;
use entity::outcomes::kinds::{DisaggregationDimension, IndicatorPolarity, IndicatorUnit};
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub(super) const FRAMEWORKS: &str = include_str!("frameworks.csv");
pub(super) const OUTCOMES: &str = include_str!("outcomes.csv");
pub(super) const INDICATORS: &str = include_str!("indicators.csv");
pub(super) const DISAGGREGATIONS: &str = include_str!("disaggregations.csv");

/// A version of a framework.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Framework {
    pub code: String,
    pub version_label: String,
    pub title: String,
    pub summary: String,
    pub live_on: NaiveDate,
    pub source: String,
}

/// An outcome of it.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Outcome {
    pub version_label: String,
    pub code: String,
    pub statement: String,
    pub theme: String,
}

/// An indicator of that, with its one wording.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Indicator {
    pub version_label: String,
    pub outcome: String,
    pub code: String,
    pub title: String,
    pub unit: IndicatorUnit,
    pub decimals: i32,
    pub polarity: IndicatorPolarity,
    pub definition: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// Some people, told apart.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Disaggregation {
    pub dimension: DisaggregationDimension,
    pub code: String,
    pub label: String,
}

/// The lines of a file.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, csv::Error> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domains::outcomes::rules::frameworks::{LONGEST_CODE, LONGEST_TITLE};

    #[test]
    fn every_indicator_stands_below_an_outcome_of_its_edition_and_every_code_once() {
        let frameworks = read::<Framework>(FRAMEWORKS).unwrap();
        let outcomes = read::<Outcome>(OUTCOMES).unwrap();
        let indicators = read::<Indicator>(INDICATORS).unwrap();
        assert_eq!((frameworks.len(), outcomes.len(), indicators.len()), (2, 10, 50));
        let labels: BTreeSet<_> = frameworks.iter().map(|of| of.version_label.as_str()).collect();
        let known: BTreeSet<_> = outcomes
            .iter()
            .map(|of| (of.version_label.as_str(), of.code.as_str()))
            .collect();
        assert!(known.iter().all(|(label, _)| labels.contains(label)));
        let mut codes = BTreeSet::new();
        for of in &indicators {
            assert!(
                known.contains(&(of.version_label.as_str(), of.outcome.as_str())),
                "{of:?}"
            );
            assert!(
                codes.insert((of.version_label.as_str(), of.code.as_str())),
                "{of:?} twice"
            );
            assert!(
                of.code.starts_with(&of.outcome),
                "{of:?}: codes begin with the outcome's"
            );
            assert!((0..=6).contains(&of.decimals), "{of:?}");
            assert!(
                of.title.chars().count() <= LONGEST_TITLE && of.code.len() <= LONGEST_CODE,
                "{of:?}"
            );
            assert!(of.valid_to.is_none_or(|end| end > of.valid_from), "{of:?}");
        }
        assert!(known.iter().all(|(label, code)| {
            indicators
                .iter()
                .any(|of| of.version_label == *label && of.outcome == *code)
        }));
    }

    #[test]
    fn the_editions_do_not_overlap() {
        let indicators = read::<Indicator>(INDICATORS).unwrap();
        let (old, new): (Vec<_>, Vec<_>) = indicators.iter().partition(|of| of.valid_to.is_some());
        assert!(
            old.iter()
                .all(|old| new.iter().all(|new| old.valid_to < Some(new.valid_from)))
        );
    }

    #[test]
    fn people_are_told_apart_in_every_way_there_is() {
        use entity::Described;
        let people = read::<Disaggregation>(DISAGGREGATIONS).unwrap();
        let dimensions: BTreeSet<_> = people.iter().map(|of| of.dimension.stored_name()).collect();
        assert_eq!(dimensions.len(), DisaggregationDimension::values().len());
        let codes: BTreeSet<_> = people.iter().map(|of| (of.dimension, of.code.as_str())).collect();
        assert_eq!(codes.len(), people.len());
        assert!(codes.contains(&(DisaggregationDimension::Total, "TOTAL")));
    }
}
