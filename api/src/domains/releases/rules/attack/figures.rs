//! Figures that never were: two shares of the same people, in councils, regions and a country, of women and men.

use std::collections::BTreeMap;

use entity::decimal::Decimal;
use entity::outcomes::kinds::{IndicatorUnit, ObservationMarker};
use proptest::prelude::*;
use sea_orm::prelude::Uuid;

use crate::domains::releases::rules::assemble::{Known, Observed};
use crate::domains::releases::rules::cells::Source;
use crate::domains::releases::rules::numbered::CellKey;

pub(super) const ENGLAND: u128 = 1;
pub(super) const REGIONS: [(u128, &[u128]); 2] = [(10, &[11, 12, 13]), (20, &[21, 22])];
pub(super) const EVERYBODY: u128 = 100;
pub(super) const SEXES: [u128; 2] = [101, 102];
pub(super) const INDICATORS: [u128; 2] = [1, 2];

pub(super) fn known() -> Known {
    let ids = |ids: &[u128]| ids.iter().map(|id| Uuid::from_u128(*id)).collect::<Vec<_>>();
    let regions = REGIONS.map(|(region, councils)| (Uuid::from_u128(region), ids(councils)));
    let country = (Uuid::from_u128(ENGLAND), ids(&REGIONS.map(|(region, _)| region)));
    Known {
        places: regions.into_iter().chain([country]).collect(),
        groups: vec![(Uuid::from_u128(EVERYBODY), ids(&SEXES))],
    }
}

pub(super) fn key(indicator: u128, place: u128, group: u128) -> CellKey {
    CellKey {
        indicator_version: Uuid::from_u128(indicator),
        period: ("2020-04-01".parse().unwrap(), "2021-03-31".parse().unwrap()),
        disaggregation: Uuid::from_u128(group),
        subject: Uuid::from_u128(place),
    }
}

pub(super) fn places() -> Vec<u128> {
    let councils = REGIONS.iter().flat_map(|(_, councils)| councils.iter().copied());
    councils.chain([10, 20, ENGLAND]).collect()
}

/// How a figure comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comes {
    Whole,
    WithheldBySource,
    Missing,
    OfFewAsked,
}

pub(super) fn comes() -> impl Strategy<Value = Comes> {
    prop_oneof![
        12 => Just(Comes::Whole),
        1 => Just(Comes::WithheldBySource),
        1 => Just(Comes::Missing),
        1 => Just(Comes::OfFewAsked),
    ]
}

/// The people of each council and sex, and of how many of them two things are true.
pub(super) type Leaves = BTreeMap<(u128, u128), [i64; 3]>;

pub(super) fn leaves() -> impl Strategy<Value = Leaves> {
    let leaf = (super::counts(), 0_i64..=100, 0_i64..=100)
        .prop_map(|(people, one, other)| [people, people * one / 100, people * other / 100]);
    prop::collection::vec(leaf, 10).prop_map(|all| {
        let councils = REGIONS.iter().flat_map(|(_, councils)| councils.iter().copied());
        let keys = councils.flat_map(|council| SEXES.map(|sex| (council, sex)));
        keys.zip(all).collect()
    })
}

/// The counts of a place and group: those of all its councils and sexes.
pub(super) fn counts_of(leaves: &Leaves, place: u128, group: u128) -> [i64; 3] {
    let is_in = |council: u128| {
        place == ENGLAND
            || place == council
            || REGIONS
                .iter()
                .any(|(region, all)| *region == place && all.contains(&council))
    };
    let these = leaves
        .iter()
        .filter(|((council, sex), _)| is_in(*council) && (group == EVERYBODY || group == *sex));
    these.fold([0; 3], |sum, (_, counts)| {
        std::array::from_fn(|at| sum[at] + counts[at])
    })
}

pub(super) fn observed(leaves: &Leaves, comes: &[Comes]) -> Vec<Observed> {
    let mut comes = comes.iter().copied().cycle();
    let mut all = Vec::new();
    for (number, indicator) in INDICATORS.into_iter().enumerate() {
        for place in places() {
            for group in [EVERYBODY, SEXES[0], SEXES[1]] {
                let counts = counts_of(leaves, place, group);
                let (denominator, numerator) = (counts[0], counts[1 + number]);
                let comes = match comes.next().unwrap() {
                    // Nobody withholds nought.
                    Comes::WithheldBySource if numerator == 0 => Comes::Whole,
                    _ if place == ENGLAND && group == EVERYBODY => Comes::Whole,
                    comes => comes,
                };
                let is_told = matches!(comes, Comes::Whole | Comes::OfFewAsked);
                let told = |number| Decimal::whole(number).ok().filter(|_| is_told);
                all.extend((comes != Comes::Missing).then(|| Observed {
                    key: key(indicator, place, group),
                    source: Source {
                        unit: IndicatorUnit::Percent,
                        places: 1,
                        value: None,
                        marker: (!is_told).then_some(ObservationMarker::Confidential),
                    },
                    numerator: told(numerator),
                    denominator: told(denominator),
                    base: Decimal::whole(if comes == Comes::OfFewAsked { 4 } else { 40 }).ok(),
                }));
            }
        }
    }
    all
}
