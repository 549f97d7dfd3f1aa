//! What people write together by chance.

use entity::parties::kinds::InformationFormat as F;
use entity::resources::kinds::{
    AdoptionStatus, ContributorRole, ResourceStatus, ResourceVersionStatus, ReviewVerdict,
};
use harness::{Rows, uuid, world};

use super::{BOARDS, Dice, ORGANISATIONS, PEOPLE};

const RESOURCES: [&str; 4] = ["song", "story", "map", "letter"];

/// Resources with two versions each, in states that may not fit together: the rules of reading ask of each row by itself.
pub fn fill(rows: &mut Rows, dice: &mut Dice<'_>) {
    use ResourceStatus as S;
    for name in RESOURCES {
        let owner = ORGANISATIONS[dice.below(ORGANISATIONS.len())];
        let status = [S::Published, S::Draft, S::Withdrawn][dice.below(3)];
        let mut row = world::resource(name, owner, status);
        row.board_id = (dice.below(2) == 1).then(|| uuid("board", BOARDS[dice.below(BOARDS.len())]).into());
        row.signer_person_id =
            (dice.below(2) == 1).then(|| uuid("person", PEOPLE[dice.below(PEOPLE.len())]).into());
        rows.resource.push(row);
        version(rows, dice, (name, 1));
        version(rows, dice, (name, 2));
    }
}

fn version(rows: &mut Rows, dice: &mut Dice<'_>, of: (&str, i32)) {
    use ResourceVersionStatus as S;
    let states = if of.1 == 1 {
        [S::Superseded, S::Withdrawn, S::Superseded, S::Withdrawn]
    } else {
        [S::Published, S::Draft, S::Review, S::SignedOff]
    };
    let mut version = world::resource_version(of.0, of.1, states[dice.below(4)]);
    if version.signed_off_at.is_some() {
        version.signed_off_by_person_id = Some(uuid("person", PEOPLE[0]).into());
    }
    rows.resource_version.push(version);
    for (place, person) in PEOPLE.into_iter().enumerate() {
        if dice.below(3) == 0 {
            let role = [ContributorRole::Author, ContributorRole::Reviewer][place % 2];
            rows.contributor.push(world::contributor(of, person, role));
            if dice.below(2) == 0 {
                rows.resource_review
                    .push(world::resource_review(of, person, ReviewVerdict::Changes));
            }
        }
    }
    let helper = ORGANISATIONS[dice.below(ORGANISATIONS.len())];
    if dice.below(2) == 1 {
        rows.contributor
            .push(world::contributing_organisation(of, helper));
    }
    for format in [F::EasyRead, F::Audio] {
        let checked = [Some(2), Some(1), None][dice.below(3)];
        let mut rendition = world::rendition(of, format, "en", checked);
        if checked.is_some() {
            rendition.checked_by_organisation_id = Some(uuid("organisation", helper).into());
            rendition.checked_by_person_id = Some(uuid("person", PEOPLE[1]).into());
        }
        if dice.below(3) == 1 {
            rendition.body = None;
            rendition.media_id =
                Some(uuid("media", &format!("{} film", PEOPLE[dice.below(PEOPLE.len())])).into());
        }
        rows.rendition.push(rendition);
    }
    let adopter = dice.below(ORGANISATIONS.len());
    for organisation in [adopter, (adopter + 1) % ORGANISATIONS.len()] {
        let status = [AdoptionStatus::Adopted, AdoptionStatus::Withdrawn][dice.below(2)];
        let mut adoption = world::adoption(of, ORGANISATIONS[organisation], status);
        adoption.geography_id = (dice.below(2) == 1).then(|| uuid("geography", "area").into());
        let file = format!("{} film", PEOPLE[dice.below(PEOPLE.len())]);
        adoption.evidence_media_id = (dice.below(3) == 1).then(|| uuid("media", &file).into());
        rows.adoption.push(adoption);
        let name = format!("{} {} {}", of.0, of.1, ORGANISATIONS[organisation]);
        for number in ["first", "second"] {
            let mut shown = world::adoption_evidence(&name, number);
            let file = format!("{} film", PEOPLE[dice.below(PEOPLE.len())]);
            shown.media_id = (dice.below(4) == 1).then(|| uuid("media", &file).into());
            rows.adoption_evidence.push(shown);
        }
    }
}
