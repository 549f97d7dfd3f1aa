//! Releases of a small country.

mod derived;
mod leaks;
mod real;

use super::*;

const ENGLAND: u128 = 1;
const REGION: u128 = 10;
const COUNCILS: [u128; 3] = [11, 12, 13];
const EVERYBODY: u128 = 100;

fn key(indicator: u128, place: u128) -> CellKey {
    CellKey {
        indicator_version: Uuid::from_u128(indicator),
        period: ("2020-04-01".parse().unwrap(), "2021-03-31".parse().unwrap()),
        disaggregation: Uuid::from_u128(EVERYBODY),
        subject: Uuid::from_u128(place),
    }
}

fn share(indicator: u128, place: u128, numerator: i64, denominator: i64) -> Observed {
    Observed {
        key: key(indicator, place),
        source: Source {
            unit: IndicatorUnit::Percent,
            places: 1,
            value: None,
            marker: None,
        },
        numerator: Decimal::whole(numerator).ok(),
        denominator: Decimal::whole(denominator).ok(),
        base: None,
    }
}

fn known() -> Known {
    let ids = |ids: &[u128]| ids.iter().map(|id| Uuid::from_u128(*id)).collect::<Vec<_>>();
    Known {
        places: vec![
            (Uuid::from_u128(ENGLAND), ids(&[REGION])),
            (Uuid::from_u128(REGION), ids(&COUNCILS)),
        ],
        groups: Vec::new(),
    }
}

/// A share in three councils, their region and the country.
fn shares(indicator: u128, counts: [(i64, i64); 3]) -> Vec<Observed> {
    let sum = counts
        .iter()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let councils = COUNCILS.into_iter().zip(counts);
    let all = councils.chain([(REGION, sum), (ENGLAND, sum)]);
    all.map(|(place, (numerator, denominator))| share(indicator, place, numerator, denominator))
        .collect()
}

fn written(contents: &Contents, indicator: u128, place: u128) -> [String; 3] {
    let cell = contents.get(&key(indicator, place)).unwrap();
    [cell.numerator, cell.denominator, cell.value].map(Shown::written)
}

#[test]
fn small_counts_are_masked_with_others_that_would_give_them_away() {
    let observed = shares(1, [(3, 40), (41, 120), (102, 203)]);
    let (contents, done) = assemble(
        Policy {
            round_to: 1,
            ..Policy::default()
        },
        &observed,
        &known(),
        &[],
    )
    .unwrap();
    assert_eq!((done.primary, done.is_all_masked), (1, false));
    assert!(
        done.secondary >= 1,
        "the other two councils and the region would give it away"
    );
    assert_eq!(written(&contents, 1, 11), ["[c]", "40", "[c]"]);
    let hidden = COUNCILS
        .iter()
        .filter(|council| written(&contents, 1, **council)[0] == "[c]")
        .count();
    assert_eq!(hidden, 2);
    for place in COUNCILS {
        let [numerator, _, value] = written(&contents, 1, place);
        assert_eq!(
            numerator == "[c]",
            value == "[c]",
            "a share is masked with its parts"
        );
    }
}

#[test]
fn shares_of_the_same_people_are_masked_alike() {
    let counts = [(0, 4), (20, 50), (30, 90)];
    let other = [(0, 4), (45, 50), (85, 90)];
    let observed = [shares(1, counts), shares(2, other)].concat();
    let (contents, _) = assemble(Policy::default(), &observed, &known(), &[]).unwrap();
    for place in COUNCILS.into_iter().chain([REGION, ENGLAND]) {
        assert_eq!(
            written(&contents, 1, place)[1],
            written(&contents, 2, place)[1],
            "of {place}"
        );
    }
    assert_eq!(written(&contents, 1, 11)[1], "[c]");
}

#[test]
fn a_later_release_does_not_give_away_what_an_earlier_one_masked() {
    let first = shares(1, [(3, 40), (41, 120), (102, 203)]);
    let (before, _) = assemble(Policy::default(), &first, &known(), &[]).unwrap();
    let earlier = Earlier {
        policy: Policy::default(),
        observed: first.clone(),
        contents: before.clone(),
    };
    let second = [first, shares(2, [(9, 41), (41, 121), (60, 203)])].concat();
    let (after, _) = assemble(Policy::default(), &second, &known(), &[earlier]).unwrap();
    for place in COUNCILS.into_iter().chain([REGION, ENGLAND]) {
        assert_eq!(
            written(&before, 1, place),
            written(&after, 1, place),
            "of {place}"
        );
    }
}

#[test]
fn a_count_is_masked_and_money_of_few() {
    let of = |unit, value: i64| Observed {
        source: Source {
            unit,
            value: Decimal::whole(value).ok(),
            ..share(1, 11, 0, 0).source
        },
        numerator: None,
        denominator: None,
        ..share(1, 11, 0, 0)
    };
    let value = |unit, number| {
        let (contents, _) = assemble(Policy::default(), &[of(unit, number)], &Known::default(), &[]).unwrap();
        written(&contents, 1, 11)[2].clone()
    };
    assert_eq!(value(IndicatorUnit::Count, 4), "[c]");
    assert_eq!(value(IndicatorUnit::Count, 13), "15");
    assert_eq!(value(IndicatorUnit::Pence, 4), "[x]", "nobody knows of how many");
    let money = |denominator: Option<i64>, base: Option<i64>| {
        let observed = Observed {
            denominator: denominator.and_then(|number| Decimal::whole(number).ok()),
            base: base.and_then(|number| Decimal::whole(number).ok()),
            ..of(IndicatorUnit::Pence, 41_250)
        };
        let (contents, _) = assemble(Policy::default(), &[observed], &Known::default(), &[]).unwrap();
        written(&contents, 1, 11)[2].clone()
    };
    assert_eq!(money(Some(1), None), "[c]");
    assert_eq!(money(None, Some(3)), "[c]");
    assert_eq!(money(Some(40), None), "41250");
    assert_eq!(money(None, Some(40)), "41250");
}

#[test]
fn a_whole_of_which_nobody_tells_anything_masks_nothing_more() {
    let everybody = Uuid::from_u128(EVERYBODY);
    let [service, site, organisation] = [11, 12, 13].map(Uuid::from_u128);
    let known = Known {
        places: vec![(organisation, vec![site]), (site, vec![service])],
        groups: vec![(Uuid::from_u128(200), vec![everybody])],
    };
    let (contents, _) = assemble(Policy::default(), &[share(1, 11, 3, 40)], &known, &[]).unwrap();
    assert_eq!(written(&contents, 1, 11), ["[c]", "40", "[c]"]);
}

#[test]
fn what_ties_others_together_is_kept() {
    let ids = |ids: &[u128]| ids.iter().map(|id| Uuid::from_u128(*id)).collect::<Vec<_>>();
    let whole = |of: u128, parts: &[u128]| (Uuid::from_u128(of), ids(parts));
    let told: BTreeSet<Uuid> = ids(&[1, 4, 5, 6, 7]).into_iter().collect();
    // Nobody tells of 2, which is a part of 1; nor of 3, which is divided in two ways; nor of 8 and 9, which nothing hangs on.
    let wholes = [
        whole(1, &[2]),
        whole(2, &[4]),
        whole(3, &[4, 5]),
        whole(3, &[6, 7]),
        whole(8, &[9]),
        whole(9, &[4, 5]),
    ];
    assert_eq!(binding(&wholes, &told), wholes[..4]);
}
