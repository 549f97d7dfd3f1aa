//! What gave masked counts away once, each by its name. The attackers of `attack` look for more.

use entity::id::{OrganisationId, ServiceId, SiteId};
use entity::list::EnumList;
use entity::parties::kinds::{ServiceDelivery, ServiceKind};
use entity::parties::service;

use super::super::super::places::within_organisations;
use super::*;

pub(super) const EXACT: Policy = Policy {
    suppress_min: 1,
    suppress_max: 7,
    round_to: 1,
    secondary: true,
};

fn made(observed: &[Observed], before: &[Earlier]) -> Contents {
    assemble(EXACT, observed, &known(), before).unwrap().0
}

fn earlier(observed: &[Observed], contents: &Contents) -> Earlier {
    Earlier {
        policy: EXACT,
        observed: observed.to_vec(),
        contents: contents.clone(),
    }
}

fn masked(contents: &Contents, indicator: u128, part: usize) -> usize {
    let councils = COUNCILS.iter();
    councils
        .filter(|place| written(contents, indicator, **place)[part] == "[c]")
        .count()
}

#[test]
fn what_its_source_withheld_cannot_be_subtracted() {
    let mut observed = shares(1, [(20, 40), (41, 120), (102, 203)]);
    observed[0].source.marker = Some(ObservationMarker::Confidential);
    (observed[0].numerator, observed[0].denominator) = (None, None);
    let contents = made(&observed, &[]);
    assert_eq!(written(&contents, 1, 11), ["[c]", "[c]", "[c]"]);
    assert!(
        masked(&contents, 1, 0) > 1,
        "its region less the other two councils is what was withheld"
    );
    assert!(masked(&contents, 1, 1) > 1);
}

#[test]
fn a_figure_of_few_who_were_asked_is_masked_and_cannot_be_subtracted() {
    let mut observed = shares(1, [(20, 40), (41, 120), (102, 203)]);
    observed[0].base = Decimal::whole(3).ok();
    let contents = made(&observed, &[]);
    assert_eq!(written(&contents, 1, 11), ["[c]", "[c]", "[c]"]);
    assert!(masked(&contents, 1, 0) > 1);
}

#[test]
fn the_same_people_are_masked_everywhere_or_nowhere() {
    // The second indicator tells of two councils only, so that other counts would be masked there.
    let first = shares(1, [(3, 4), (41, 120), (150, 203)]);
    let second = shares(2, [(2, 4), (60, 120), (180, 203)]);
    let second = second
        .into_iter()
        .filter(|one| one.key.subject != Uuid::from_u128(COUNCILS[1]));
    let contents = made(&first.iter().copied().chain(second).collect::<Vec<_>>(), &[]);
    for place in [COUNCILS[0], COUNCILS[2], REGION, ENGLAND] {
        assert_eq!(
            written(&contents, 1, place)[1],
            written(&contents, 2, place)[1],
            "of {place}"
        );
    }
    assert!(masked(&contents, 1, 1) > 1);
}

#[test]
fn people_of_whom_most_are_the_same_are_masked_alike() {
    // A third council says otherwise, so that the two are not one.
    let first = shares(1, [(3, 4), (41, 120), (150, 203)]);
    let mut second = shares(2, [(2, 4), (60, 120), (180, 210)]);
    second.retain(|one| {
        one.key.subject != Uuid::from_u128(REGION) && one.key.subject != Uuid::from_u128(ENGLAND)
    });
    let contents = made(&[first, second].concat(), &[]);
    for place in [COUNCILS[0], COUNCILS[1]] {
        let [one, other] = [1, 2].map(|indicator| written(&contents, indicator, place)[1].clone());
        assert_eq!(one == "[c]", other == "[c]", "of {place}: {one} and {other}");
    }
}

#[test]
fn a_region_of_which_nobody_told_is_known_by_its_councils() {
    let observed = shares(1, [(3, 40), (41, 120), (102, 203)]);
    let told = observed
        .into_iter()
        .filter(|one| one.key.subject != Uuid::from_u128(REGION));
    let contents = made(&told.collect::<Vec<_>>(), &[]);
    let country = usize::from(written(&contents, 1, ENGLAND)[0] == "[c]");
    assert!(
        masked(&contents, 1, 0) + country > 1,
        "the country less the other councils is the small one"
    );
}

#[test]
fn what_the_first_release_masked_is_not_in_the_third_for_being_left_out_of_the_second() {
    let all = shares(1, [(3, 40), (41, 120), (102, 203)]);
    let first = made(&all, &[]);
    let hidden: Vec<_> = COUNCILS
        .iter()
        .filter(|place| written(&first, 1, **place)[0] == "[c]")
        .collect();
    let second: Vec<_> = all
        .iter()
        .filter(|one| {
            hidden
                .iter()
                .all(|place| one.key.subject != Uuid::from_u128(**place))
        })
        .copied()
        .collect();
    let before = [
        earlier(&all, &first),
        earlier(&second, &made(&second, &[earlier(&all, &first)])),
    ];
    assert_eq!(made(&all, &before), first);
}

#[test]
fn a_small_service_cannot_be_subtracted_from_its_site() {
    let at = "2026-03-02T12:00:00Z".parse().unwrap();
    let (organisation, of_site) = (OrganisationId(Uuid::from_u128(1)), SiteId(Uuid::from_u128(10)));
    let service = |id: u128| service::Model {
        id: ServiceId(Uuid::from_u128(id)),
        provider_organisation_id: organisation,
        site_id: Some(of_site),
        commissioner_organisation_id: None,
        name: String::new(),
        kind: ServiceKind::Homecare,
        delivery: ServiceDelivery::InHouse,
        client_groups: EnumList::default(),
        starts_on: chrono::NaiveDate::MIN,
        ends_on: None,
        version: 1,
        created_at: at,
        updated_at: at,
        created_by: None,
    };
    let places = within_organisations(&[], &[service(11), service(12), service(13)]);
    assert_eq!(places, [(of_site.0, [11, 12, 13].map(Uuid::from_u128).to_vec())]);
    let known = Known {
        places,
        groups: Vec::new(),
    };
    let mut observed = shares(1, [(3, 40), (41, 120), (102, 203)]);
    observed.truncate(4);
    let (contents, _) = assemble(EXACT, &observed, &known, &[]).unwrap();
    assert!(masked(&contents, 1, 0) > 1);
}
