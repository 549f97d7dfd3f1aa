//! Worlds by chance: a fixed skeleton of rows whose states, dates, ties and consents are thrown with dice.
//!
//! The dice are bytes that proptest gives and shrinks. The first choice of each throw is the open one, so that dice of
//! nothing but zeros make the world in which most is visible.

use entity::boards::board_membership_change;
use entity::boards::kinds::{MembershipEndReason, MembershipStage as S};
use entity::list::{EnumList, TextList};
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ConsentMethod, ConsentPurpose, CqcRating, GeographyLevel,
    IdentifierScheme, Nation, OrganisationKind, OrganisationStatus, Role, ScopeType, ServiceDelivery,
    ServiceKind, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation_identifier, role_grant, service,
    service_account, site, site_identifier,
};
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, LawfulBasis, PartnershipMemberStatus, PartnershipRole, PartnershipStatus,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership_member};
use entity::platform::audit_event;
use harness::{NOW, Rows, uuid, world};
use sea_orm::prelude::{Date, DateTimeUtc, Uuid};

/// How many bytes a world takes.
pub const DICE: usize = 3_400;

pub const ORGANISATIONS: [&str; 4] = ["one", "two", "three", "four"];
const PARTNERSHIPS: [&str; 2] = ["north", "south"];
pub const BOARDS: [&str; 4] = ["elm", "oak", "ash", "fir"];
/// People with an account of the same name.
pub const PEOPLE: [&str; 6] = ["ada", "ben", "cat", "dan", "eve", "fay"];
/// The system of an organisation.
pub const SERVICE: &str = "service-account-random";

/// The world in which most is visible.
pub fn everything_open() -> Rows {
    skeleton(&[0; DICE])
}

/// The world of these dice.
pub fn skeleton(dice: &[u8]) -> Rows {
    let mut dice = Dice {
        bytes: dice,
        place: 0,
    };
    let mut rows = Rows::default();
    parties(&mut rows, &mut dice);
    partnerships(&mut rows, &mut dice);
    boards(&mut rows, &mut dice);
    memberships(&mut rows, &mut dice);
    people(&mut rows, &mut dice);
    grants(&mut rows, &mut dice);
    audit(&mut rows, &mut dice);
    super::random_meetings::meetings(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    super::random_meetings::feeds(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    super::random_media::fill(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    super::random_panels::fill(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    contributions(&mut rows, &mut dice);
    super::random_resources::fill(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    super::random_change::feedback(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    super::random_change::events(&mut rows, &mut |choices| {
        dice.pick(&(0..choices).collect::<Vec<_>>())
    });
    rows
}

/// Each person is paid for something by two organisations, one of which may be the same again.
fn contributions(rows: &mut Rows, dice: &mut Dice<'_>) {
    use entity::reciprocity::kinds::ContributionStatus as C;
    for person in PEOPLE {
        for number in 0..2 {
            let organisation = dice.pick(&ORGANISATIONS);
            let status = dice.pick(&[C::Accepted, C::Offered, C::Declined, C::Donated, C::Withdrawn]);
            let name = format!("{person} {number}");
            let row = world::contribution(&name, person, organisation, status);
            rows.contribution.push(row);
        }
    }
}

struct Dice<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Dice<'_> {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let byte = self.bytes.get(self.place).copied().unwrap_or_default();
        self.place += 1;
        from[usize::from(byte) % from.len()]
    }
}

fn key<I: From<Uuid>>(kind: &str, name: &str) -> I {
    uuid(kind, name).into()
}

fn now() -> DateTimeUtc {
    NOW.parse().unwrap()
}

/// An instant so many days from now; `0` is now itself.
fn days(from_now: i64) -> DateTimeUtc {
    now() + chrono::TimeDelta::days(from_now)
}

fn day(from_now: i64) -> Date {
    days(from_now).date_naive()
}

fn parties(rows: &mut Rows, dice: &mut Dice<'_>) {
    use OrganisationStatus as S;
    rows.geography
        .extend(["area", "lane"].map(|name| geography::Model {
            id: key("geography", name),
            gss: None,
            cassr: None,
            local_code: None,
            name: name.to_owned(),
            level: GeographyLevel::LocalAuthority,
            parent_id: (name == "lane").then(|| key("geography", "area")),
            valid_from: None,
            valid_to: None,
            successor_id: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        }));
    for name in ORGANISATIONS {
        let status = dice.pick(&[S::Active, S::Active, S::Pending, S::Suspended, S::Closed]);
        let mut organisation = world::organisation(name, OrganisationKind::Council, status);
        organisation.nation = Nation::Wales;
        let registered_by = dice.pick(&[Some(PEOPLE[0]), None, Some(PEOPLE[1])]);
        organisation.created_by = registered_by.map(|person| key("user", person));
        organisation.parent_id = rows.organisation.first().map(|first| first.id);
        rows.organisation.push(organisation);
        rows.organisation_identifier.push(organisation_identifier::Model {
            id: key("organisation_identifier", name),
            organisation_id: key("organisation", name),
            scheme: IdentifierScheme::Ods,
            value: format!("RT{}", name.to_uppercase()),
            valid_from: None,
            valid_to: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
        rows.site.push(site_of(name));
        rows.site_identifier.push(site_identifier::Model {
            id: key("site_identifier", name),
            site_id: key("site", name),
            scheme: IdentifierScheme::Ods,
            value: format!("SI{}", name.to_uppercase()),
            valid_from: None,
            valid_to: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
    for name in ORGANISATIONS {
        let commissioner = dice.pick(&ORGANISATIONS);
        rows.service.push(service::Model {
            id: key("service", name),
            provider_organisation_id: key("organisation", name),
            site_id: Some(key("site", name)),
            commissioner_organisation_id: Some(key("organisation", commissioner)),
            name: name.to_owned(),
            kind: ServiceKind::Day,
            delivery: ServiceDelivery::Grant,
            client_groups: EnumList::default(),
            starts_on: day(-30),
            ends_on: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}

fn site_of(name: &str) -> site::Model {
    site::Model {
        id: key("site", name),
        organisation_id: key("organisation", name),
        name: name.to_owned(),
        uprn: None,
        postcode: None,
        latitude: None,
        longitude: None,
        local_authority_id: Some(key("geography", "lane")),
        beds: None,
        cqc_rating: Some(CqcRating::Good),
        rating_on: None,
        version: 1,
        created_at: days(-60),
        updated_at: days(-60),
        created_by: None,
    }
}

fn partnerships(rows: &mut Rows, dice: &mut Dice<'_>) {
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

fn boards(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in PARTNERSHIPS {
        rows.initiative.push(world::initiative(name, name));
        rows.constituency.push(world::constituency(name));
    }
    for name in BOARDS {
        let partnership = dice.pick(&PARTNERSHIPS);
        let host = dice.pick(&ORGANISATIONS);
        let initiative = dice.pick(&[Some("north"), Some("south"), None]);
        let mut board = world::board(name, partnership, host, initiative, false);
        board.published_at = dice.pick(&[Some(days(-5)), None, None, Some(now()), Some(days(1))]);
        rows.board.push(board);
    }
}

fn memberships(rows: &mut Rows, dice: &mut Dice<'_>) {
    for board in BOARDS {
        for person in PEOPLE {
            let name = format!("{board} {person}");
            let Some(stage) = dice.pick(&[
                Some(S::Active),
                None,
                None,
                Some(S::OnLeave),
                Some(S::Ended),
                Some(S::Nominated),
                Some(S::Visitor),
                Some(S::Offered),
                Some(S::Declined),
                Some(S::Withdrawn),
            ]) else {
                continue;
            };
            rows.board_seat
                .push(world::board_seat(board, person, Some("north")));
            let mut membership = world::membership(board, person, stage, Some(person));
            membership.nominated_by_organisation_id = dice
                .pick(&[None, None, Some("one"), Some("two")])
                .map(|by| key("organisation", by));
            membership.end_reason = (stage == S::Ended).then_some(MembershipEndReason::Other);
            for (from, to) in [(None, S::Nominated), (Some(S::Offered), stage)] {
                let id = key("board_membership_change", &format!("{name} {from:?} {to:?}"));
                rows.board_membership_change.push(board_membership_change::Model {
                    id,
                    membership_id: membership.id,
                    board_id: membership.board_id,
                    person_id: membership.person_id,
                    seat_id: membership.seat_id,
                    from_stage: from,
                    to_stage: to,
                    changed_at: days(-3),
                    reason: None,
                    waiver: false,
                    changed_by_user_id: Some(key("user", "ben")),
                });
            }
            rows.board_membership.push(membership);
        }
    }
}

fn people(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in PEOPLE {
        rows.person.push(world::person(name));
        let mut account = world::user_account(name);
        account.status = dice.pick(&[UserStatus::Active; 7]);
        rows.user_account.push(account);
        for number in 0..2 {
            rows.access_need.push(access_need::Model {
                id: key("access_need", &format!("{name} {number}")),
                person_id: key("person", name),
                category: AccessNeedCategory::Timing,
                code: "BREAKS".to_owned(),
                detail: None,
                review_due_on: None,
                version: 1,
                created_at: days(-60),
                updated_at: days(-60),
                created_by: None,
            });
        }
        ties(rows, dice, name);
        consents(rows, dice, name);
    }
}

fn ties(rows: &mut Rows, dice: &mut Dice<'_>, person: &str) {
    use AffiliationKind as K;
    for number in 0..2 {
        let organisation = dice.pick(&ORGANISATIONS);
        let kind = dice.pick(&[
            K::Employee,
            K::Volunteer,
            K::ReceivesService,
            K::FamilyReceivesService,
        ]);
        let from = dice.pick(&[-100, -100, 0, 1]);
        let to = dice.pick(&[None, None, Some(0), Some(-1), Some(200)]);
        rows.affiliation.push(affiliation::Model {
            id: key("affiliation", &format!("{person} {number}")),
            person_id: key("person", person),
            organisation_id: key("organisation", organisation),
            kind,
            from_on: day(to.map_or(from, |to: i64| from.min(to))),
            to_on: to.map(day),
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}

fn consents(rows: &mut Rows, dice: &mut Dice<'_>, person: &str) {
    use ConsentPurpose as P;
    for purpose in [P::Contact, P::ShareAccessNeeds, P::PublishName] {
        let Some(grantee) = dice.pick(&[Some(None), None, Some(Some("one")), Some(Some("two"))]) else {
            continue;
        };
        rows.consent.push(consent::Model {
            id: key("consent", &format!("{person} {purpose}")),
            person_id: key("person", person),
            purpose,
            grantee_organisation_id: grantee.map(|grantee| key("organisation", grantee)),
            given_at: days(-30),
            method: ConsentMethod::Signed,
            withdrawn_at: dice.pick(&[None, None, Some(days(-1)), Some(now()), Some(days(1))]),
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
}

fn grants(rows: &mut Rows, dice: &mut Dice<'_>) {
    for (client_id, organisation) in [(SERVICE, "two"), ("service-account-silent", "one")] {
        rows.service_account.push(service_account::Model {
            id: key("service_account", client_id),
            organisation_id: key("organisation", organisation),
            name: "by chance".to_owned(),
            client_id: client_id.to_owned(),
            scopes: TextList(vec!["read".to_owned()]),
            expires_at: days(30),
            revoked_at: None,
            version: 1,
            created_at: days(-60),
            updated_at: days(-60),
            created_by: None,
        });
    }
    for (place, holder) in PEOPLE.into_iter().chain([SERVICE]).enumerate() {
        for number in 0..3 {
            // With dice of zeros, the first person runs the platform, so that somebody sees nearly everything.
            let usual = if place == 0 && number == 0 {
                7
            } else {
                place + number
            };
            let kind = (usize::from(dice.pick(&(0..=u8::MAX).collect::<Vec<_>>())) + usual) % 8;
            if let Some(grant) = grant(dice, holder, number, kind) {
                rows.role_grant.push(grant);
            }
        }
    }
}

fn grant(dice: &mut Dice<'_>, holder: &str, number: usize, kind: usize) -> Option<role_grant::Model> {
    let (role, scope_type) = match kind {
        0 | 1 => (Role::OrganisationAdmin, ScopeType::Organisation),
        2 => (Role::ProviderUser, ScopeType::Organisation),
        3 => (Role::Chair, ScopeType::Board),
        4 => (Role::Facilitator, ScopeType::Board),
        5 => (Role::Commissioner, ScopeType::Partnership),
        6 => return None,
        _ if number == 0 => (Role::PlatformAdmin, ScopeType::Platform),
        _ => (Role::Researcher, ScopeType::Organisation),
    };
    let (organisation, partnership, board) = (
        dice.pick(&ORGANISATIONS),
        dice.pick(&PARTNERSHIPS),
        dice.pick(&BOARDS),
    );
    let valid_to = dice.pick(&[None, None, None, Some(now()), Some(days(1))]);
    Some(role_grant::Model {
        id: key("role_grant", &format!("{holder} {number}")),
        user_id: (holder != SERVICE).then(|| key("user", holder)),
        service_account_id: (holder == SERVICE).then(|| key("service_account", SERVICE)),
        role,
        scope_type,
        organisation_id: (scope_type == ScopeType::Organisation).then(|| key("organisation", organisation)),
        partnership_id: (scope_type == ScopeType::Partnership).then(|| key("partnership", partnership)),
        board_id: (scope_type == ScopeType::Board).then(|| key("board", board)),
        valid_from: if valid_to.is_some() {
            days(-9)
        } else {
            dice.pick(&[days(-9), days(-9), now(), days(1)])
        },
        valid_to,
        reason: None,
        version: 1,
        created_at: days(-60),
        updated_at: days(-60),
        created_by: None,
    })
}

fn audit(rows: &mut Rows, dice: &mut Dice<'_>) {
    for sequence in 1..=4 {
        let user = dice.pick(&[Some("ada"), None, Some("ben"), Some("cat")]);
        let acting = dice.pick(&[None, Some("one"), Some("two"), Some("three")]);
        let subject = dice.pick(&[None, None, Some("ben"), Some("cat")]);
        rows.audit_event.push(audit_event::Model {
            id: key("audit_event", &sequence.to_string()),
            sequence,
            at: days(-1),
            actor_user_id: user.map(|user| key("user", user)),
            actor_service_account_id: None,
            acting_organisation_id: acting.map(|acting| key("organisation", acting)),
            action: "board.update".to_owned(),
            entity: "board".to_owned(),
            entity_id: uuid("board", "elm"),
            changed: serde_json::json!({}),
            reason: None,
            request_id: "by chance".to_owned(),
            previous_hash: String::new(),
            hash: "not sealed".to_owned(),
            subject_person_id: subject.map(|person| key("person", person)),
        });
    }
}
