//! What follows from other counts: groups that tie each other together, counts that nobody tells, and releases of others.

use super::leaks::EXACT;
use super::*;

const FEMALE: u128 = 101;
const MALE: u128 = 102;
const YOUNGER: u128 = 103;
const OLDER: u128 = 104;
const OLDEST: u128 = 105;

fn counted(place: u128, group: u128, value: i64) -> Observed {
    let mut one = share(1, place, 0, 0);
    one.key.disaggregation = Uuid::from_u128(group);
    one.source.unit = IndicatorUnit::Count;
    one.source.value = Decimal::whole(value).ok();
    (one.numerator, one.denominator) = (None, None);
    one
}

fn wholes(wholes: &[(u128, &[u128])]) -> Vec<Whole> {
    let ids = |ids: &[u128]| ids.iter().map(|id| Uuid::from_u128(*id)).collect();
    wholes
        .iter()
        .map(|(of, parts)| (Uuid::from_u128(*of), ids(parts)))
        .collect()
}

fn people() -> Known {
    Known {
        places: Vec::new(),
        groups: wholes(&[
            (EVERYBODY, &[FEMALE, MALE]),
            (EVERYBODY, &[YOUNGER, OLDER]),
            (OLDER, &[OLDEST, 106]),
        ]),
    }
}

/// What a release shows of counts, in their order.
fn shown(policy: Policy, counts: &[Observed], known: &Known, before: &[Earlier]) -> Vec<String> {
    let (contents, _) = assemble(policy, counts, known, before).unwrap();
    counts
        .iter()
        .map(|one| contents.get(&one.key).unwrap().value.written())
        .collect()
}

fn masked(shown: &[String]) -> usize {
    shown.iter().filter(|shown| *shown == "[c]").count()
}

#[test]
fn two_divisions_of_the_same_people_tie_each_other_together() {
    let counts = [(FEMALE, 40), (MALE, 3), (YOUNGER, 20), (OLDER, 23)];
    let counts = counts.map(|(group, count)| counted(11, group, count));
    let shown = shown(EXACT, &counts, &people(), &[]);
    assert_eq!(shown[1], "[c]");
    assert!(masked(&shown) > 1, "20 and 23 less 40 are 3: {shown:?}");
}

#[test]
fn ages_within_ages_tie_everybody_together() {
    // Nobody tells of the older ones but in two groups.
    let counts = [(EVERYBODY, 60), (YOUNGER, 33), (106, 24), (OLDEST, 3)];
    let counts = counts.map(|(group, count)| counted(11, group, count));
    let shown = shown(EXACT, &counts, &people(), &[]);
    assert_eq!(shown[3], "[c]");
    assert!(masked(&shown) > 1, "60 less 33 less 24 is 3: {shown:?}");
}

#[test]
fn a_small_count_that_nobody_tells_does_not_follow_from_others() {
    let counts = [(EVERYBODY, 43), (FEMALE, 40)].map(|(group, count)| counted(11, group, count));
    let of_groups = shown(EXACT, &counts, &people(), &[]);
    assert!(masked(&of_groups) > 0, "43 less 40 is 3: {of_groups:?}");
    let known = Known {
        places: wholes(&[(20, &[21, 22])]),
        groups: Vec::new(),
    };
    let counts = [(20, 43), (21, 40)].map(|(place, count)| counted(place, EVERYBODY, count));
    let of_places = shown(EXACT, &counts, &known, &[]);
    assert!(masked(&of_places) > 0, "43 less 40 is 3: {of_places:?}");
    let counts = [(20, 83), (21, 40)].map(|(place, count)| counted(place, EVERYBODY, count));
    assert_eq!(masked(&shown(EXACT, &counts, &known, &[])), 0, "43 is not small");
}

fn released(policy: Policy, counts: &[Observed], known: &Known) -> Earlier {
    let (contents, _) = assemble(policy, counts, known, &[]).unwrap();
    Earlier {
        policy,
        observed: counts.to_vec(),
        contents,
    }
}

#[test]
fn a_publisher_without_protection_does_not_undo_that_of_another() {
    let known = Known {
        places: wholes(&[(20, &[21, 22, 23])]),
        groups: Vec::new(),
    };
    let of_the_council = [(21, 3), (22, 12)].map(|(place, count)| counted(place, EVERYBODY, count));
    let before = released(EXACT, &of_the_council, &known);
    let bare = Policy {
        suppress_max: 1,
        secondary: false,
        ..EXACT
    };
    let of_the_provider =
        [(20, 43), (22, 12), (23, 28)].map(|(place, count)| counted(place, EVERYBODY, count));
    let shown = shown(bare, &of_the_provider, &known, &[before]);
    assert!(masked(&shown) > 0, "43 less 12 less 28 is 3: {shown:?}");
}

#[test]
fn what_everybody_knows_does_not_stop_a_stricter_policy() {
    let lax = Policy {
        suppress_max: 5,
        ..EXACT
    };
    let counts = [counted(11, EVERYBODY, 6), counted(12, EVERYBODY, 50)];
    let before = released(lax, &counts, &Known::default());
    assert_eq!(
        shown(lax, &counts, &Known::default(), std::slice::from_ref(&before)),
        ["6", "50"]
    );
    assert_eq!(shown(EXACT, &counts, &Known::default(), &[before]), ["[c]", "50"]);
}

#[test]
fn a_release_before_that_leaves_no_way_is_told() {
    // What is published now follows from what was shown then.
    let known = Known {
        places: wholes(&[(20, &[21, 22])]),
        groups: Vec::new(),
    };
    let mut before = released(
        Policy {
            secondary: false,
            ..EXACT
        },
        &[(20, 43), (21, 40)].map(|(place, count)| counted(place, EVERYBODY, count)),
        &known,
    );
    before.policy = EXACT;
    let later = [counted(22, EVERYBODY, 3)];
    assert!(assemble(EXACT, &later, &known, &[before]).is_err());
}
