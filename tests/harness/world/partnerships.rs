//! Partnerships, their members and agreements.

use entity::list::EnumList;
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, LawfulBasis, PartnershipMemberStatus, PartnershipRole, PartnershipStatus,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};

use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use PartnershipStatus as S;
    for (name, status, lead) in [
        ("ashdown-together", S::Active, "ashdown-council"),
        ("fernley-together", S::Active, "fernley-council"),
        ("fernley-next", S::Forming, "fernley-council"),
    ] {
        rows.partnership.push(partnership(name, status, lead));
    }
    members(rows);
    agreements(rows);
}

fn members(rows: &mut Rows) {
    use PartnershipMemberStatus as S;
    use PartnershipRole as R;
    for (partnership, organisation, role, status) in [
        ("ashdown-together", "ashdown-council", R::Lead, S::Active),
        ("ashdown-together", "birch-care", R::Provider, S::Active),
        ("ashdown-together", "cedar-voices", R::UserLed, S::Active),
        ("ashdown-together", "dale-university", R::Advisor, S::Active),
        ("ashdown-together", "elm-care", R::Provider, S::Invited),
        ("ashdown-together", "hazel-trust", R::Observer, S::Left),
        ("fernley-together", "fernley-council", R::Lead, S::Active),
        ("fernley-together", "gorse-voices", R::UserLed, S::Active),
        ("fernley-next", "fernley-council", R::Lead, S::Active),
        ("fernley-next", "cedar-voices", R::UserLed, S::Invited),
    ] {
        rows.partnership_member.push(partnership_member::Model {
            id: key("partnership_member", &format!("{partnership} {organisation}")),
            partnership_id: key("partnership", partnership),
            organisation_id: key("organisation", organisation),
            role,
            status,
            invited_at: recorded(),
            joined_on: (status != S::Invited).then(|| day("2026-01-06")),
            left_on: (status == S::Left).then(|| day("2026-02-01")),
            version: 1,
            created_at: recorded(),
            updated_at: recorded(),
            created_by: nobody(),
        });
    }
}

fn agreements(rows: &mut Rows) {
    use AgreementStatus as S;
    use DataCategory as C;
    let shared = [C::Boards, C::Memberships, C::Feedback];
    for (name, partnership, status, categories, expires_on) in [
        (
            "ashdown-boards",
            "ashdown-together",
            S::Active,
            &shared[..],
            "2026-12-31",
        ),
        (
            "ashdown-contacts",
            "ashdown-together",
            S::Expired,
            &[C::PersonalContact][..],
            "2026-02-01",
        ),
        (
            "ashdown-draft",
            "ashdown-together",
            S::Draft,
            &[C::AccessNeeds][..],
            "2027-12-31",
        ),
        (
            "fernley-boards",
            "fernley-together",
            S::Active,
            &shared[..],
            "2026-12-31",
        ),
    ] {
        rows.data_sharing_agreement
            .push(agreement(name, partnership, status, categories, expires_on));
    }
    for (agreement, organisation, signed_by) in [
        ("ashdown-boards", "ashdown-council", Some("council-admin")),
        ("ashdown-boards", "birch-care", Some("provider-user")),
        ("ashdown-boards", "cedar-voices", Some("user-led-admin")),
        ("ashdown-contacts", "ashdown-council", Some("council-admin")),
        ("ashdown-contacts", "cedar-voices", Some("user-led-admin")),
        ("ashdown-draft", "ashdown-council", Some("council-admin")),
        ("ashdown-draft", "dale-university", None),
        ("fernley-boards", "fernley-council", Some("stranger")),
        ("fernley-boards", "gorse-voices", Some("stranger")),
    ] {
        rows.agreement_party.push(agreement_party::Model {
            id: key("agreement_party", &format!("{agreement} {organisation}")),
            agreement_id: key("data_sharing_agreement", agreement),
            organisation_id: key("organisation", organisation),
            signed_at: signed_by.map(|_| at("2026-01-07T09:00:00Z")),
            signed_by_user_id: signed_by.map(|user| key("user", user)),
            version: 1,
            created_at: recorded(),
            updated_at: recorded(),
            created_by: nobody(),
        });
    }
}

/// A partnership that began in January 2026.
pub fn partnership(name: &str, status: PartnershipStatus, lead: &str) -> partnership::Model {
    partnership::Model {
        id: key("partnership", name),
        name: canary("partnership", name, "name"),
        purpose: canary("partnership", name, "purpose"),
        status,
        starts_on: day("2026-01-01"),
        ends_on: None,
        lead_organisation_id: key("organisation", lead),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

fn agreement(
    name: &str,
    partnership: &str,
    status: AgreementStatus,
    categories: &[DataCategory],
    expires_on: &str,
) -> data_sharing_agreement::Model {
    data_sharing_agreement::Model {
        id: key("data_sharing_agreement", name),
        partnership_id: key("partnership", partnership),
        title: canary("data_sharing_agreement", name, "title"),
        purpose: canary("data_sharing_agreement", name, "purpose"),
        categories: EnumList::new(categories.iter().copied()),
        lawful_basis: LawfulBasis::PublicTask,
        art9_condition: None,
        dpia_reference: Some(canary("data_sharing_agreement", name, "dpia_reference")),
        status,
        starts_on: day("2026-01-01"),
        expires_on: day(expires_on),
        terminated_at: None,
        terminated_by_organisation_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
