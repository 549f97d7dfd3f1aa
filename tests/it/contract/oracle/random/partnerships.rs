//! Partnerships and their agreements by chance.

use entity::list::EnumList;
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, LawfulBasis, PartnershipMemberStatus, PartnershipRole, PartnershipStatus,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership_member};
use harness::{Rows, world};

use super::{Dice, ORGANISATIONS, PARTNERSHIPS, day, days, key};

pub fn partnerships(rows: &mut Rows, dice: &mut Dice<'_>) {
    use PartnershipMemberStatus as M;
    use PartnershipStatus as S;
    for name in PARTNERSHIPS {
        let status = dice.pick(&[S::Active, S::Active, S::Forming, S::Closed]);
        let lead = dice.pick(&ORGANISATIONS);
        rows.partnership.push(world::partnership(name, status, lead));
        for organisation in ORGANISATIONS {
            let Some(status) = dice.pick(&[
                Some(M::Active),
                Some(M::Active),
                Some(M::Invited),
                Some(M::Left),
                None,
            ]) else {
                continue;
            };
            rows.partnership_member.push(partnership_member::Model {
                id: key("partnership_member", &format!("{name} {organisation}")),
                partnership_id: key("partnership", name),
                organisation_id: key("organisation", organisation),
                role: PartnershipRole::Provider,
                status,
                invited_at: days(-50),
                joined_on: (status != M::Invited).then(|| day(-40)),
                left_on: (status == M::Left).then(|| day(-10)),
                version: 1,
                created_at: days(-60),
                updated_at: days(-60),
                created_by: None,
            });
        }
        agreement(rows, dice, name);
    }
}

fn agreement(rows: &mut Rows, dice: &mut Dice<'_>, partnership: &str) {
    use AgreementStatus as S;
    use DataCategory as C;
    let status = dice.pick(&[
        S::Active,
        S::Active,
        S::Active,
        S::Draft,
        S::Terminated,
        S::Expired,
    ]);
    let categories = dice.pick(&[
        &[C::Boards, C::Memberships, C::Feedback][..],
        &[C::Boards],
        &[C::Feedback],
        &[C::Memberships],
        &[C::PersonalContact, C::AccessNeeds],
    ]);
    rows.data_sharing_agreement.push(data_sharing_agreement::Model {
        id: key("data_sharing_agreement", partnership),
        partnership_id: key("partnership", partnership),
        title: partnership.to_owned(),
        purpose: "by chance".to_owned(),
        categories: EnumList::new(categories.iter().copied()),
        lawful_basis: LawfulBasis::PublicTask,
        art9_condition: None,
        dpia_reference: None,
        status,
        starts_on: day(dice.pick(&[-30, 0, -1, 1])),
        expires_on: day(dice.pick(&[30, 2, 0, -1])).max(day(-29)),
        terminated_at: (status == S::Terminated).then(|| days(-1)),
        terminated_by_organisation_id: (status == S::Terminated).then(|| key("organisation", "one")),
        version: 1,
        created_at: days(-60),
        updated_at: days(-60),
        created_by: None,
    });
    // An agreement ends after it starts: the database says so.
    if let Some(agreement) = rows.data_sharing_agreement.last_mut()
        && agreement.expires_on <= agreement.starts_on
    {
        agreement.starts_on = agreement.expires_on - chrono::TimeDelta::days(1);
    }
    for organisation in ORGANISATIONS {
        let Some(has_signed) = dice.pick(&[Some(true), Some(true), Some(false), None]) else {
            continue;
        };
        rows.agreement_party.push(agreement_party::Model {
            id: key("agreement_party", &format!("{partnership} {organisation}")),
            agreement_id: key("data_sharing_agreement", partnership),
            organisation_id: key("organisation", organisation),
            signed_at: has_signed.then(|| days(-20)),
            signed_by_user_id: has_signed.then(|| key("user", "ada")),
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}
