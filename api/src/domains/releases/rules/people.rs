//! Which groups of people are known to add up: everybody is women and men, or all age groups of one division. An outsider knows that,
//! whether or not a release says so.

use std::collections::BTreeMap;

use entity::outcomes::disaggregation;
use entity::outcomes::kinds::DisaggregationDimension as Dimension;

use super::assemble::Whole;

/// Ages that are divided in several ways: a group, and what it is made of. Other dimensions are divided in one way, by all their
/// groups.
const AGES: [(&str, &[&str]); 5] = [
    ("TOTAL", &["18_64", "65_OVER"]),
    ("TOTAL", &["UNDER_65", "65_OVER"]),
    ("65_OVER", &["65_84", "85_OVER"]),
    ("65_OVER", &["65_74", "75_84", "85_OVER"]),
    ("65_84", &["65_74", "75_84"]),
];

/// The groups that add up to another.
#[must_use]
pub fn groups(known: &[disaggregation::Model]) -> Vec<Whole> {
    let find = |code: &str| {
        let one = |group: &&disaggregation::Model| {
            group.code == code && matches!(group.dimension, Dimension::Total | Dimension::Age)
        };
        known.iter().find(one).map(|group| group.id.0)
    };
    let ages = AGES.into_iter().filter_map(|(whole, parts)| {
        let parts: Option<Vec<_>> = parts.iter().map(|part| find(part)).collect();
        Some((find(whole)?, parts?))
    });
    let mut wholes: Vec<Whole> = ages.collect();
    let Some(everybody) = find("TOTAL") else {
        return wholes;
    };
    let mut others: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for group in known {
        if !matches!(group.dimension, Dimension::Total | Dimension::Age) {
            let parts = others.entry(group.dimension.to_string());
            parts.or_default().push(group.id.0);
        }
    }
    wholes.extend(others.into_values().map(|parts| (everybody, parts)));
    wholes
}

#[cfg(test)]
mod tests {
    use entity::id::DisaggregationId;

    use super::*;

    fn group(dimension: Dimension, code: &str) -> disaggregation::Model {
        let at = "2026-03-02T12:00:00Z".parse().unwrap();
        disaggregation::Model {
            id: DisaggregationId::new(),
            dimension,
            code: code.to_owned(),
            label: code.to_owned(),
            ordinal: 1,
            version: 1,
            created_at: at,
            updated_at: at,
            created_by: None,
        }
    }

    #[test]
    fn everybody_is_each_division_of_everybody() {
        let all = [
            group(Dimension::Total, "TOTAL"),
            group(Dimension::Age, "18_64"),
            group(Dimension::Age, "65_OVER"),
            group(Dimension::Age, "85_OVER"),
            group(Dimension::Sex, "FEMALE"),
            group(Dimension::Sex, "MALE"),
        ];
        let id = |at: usize| all[at].id.0;
        assert_eq!(
            groups(&all),
            [(id(0), vec![id(1), id(2)]), (id(0), vec![id(4), id(5)])]
        );
    }

    #[test]
    fn ages_within_ages_add_up_to_them() {
        let all = ["65_OVER", "65_84", "65_74", "75_84", "85_OVER"].map(|code| group(Dimension::Age, code));
        let id = |at: usize| all[at].id.0;
        let found = groups(&all);
        assert!(found.contains(&(id(0), vec![id(1), id(4)])));
        assert!(found.contains(&(id(0), vec![id(2), id(3), id(4)])));
        assert!(found.contains(&(id(1), vec![id(2), id(3)])));
    }
}
