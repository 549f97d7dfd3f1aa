//! Roles and audit by chance.

use entity::list::TextList;
use entity::parties::kinds::{Role, ScopeType};
use entity::parties::{role_grant, service_account};
use entity::platform::audit_event;
use harness::{Rows, uuid};

use super::{BOARDS, Dice, ORGANISATIONS, PARTNERSHIPS, PEOPLE, SERVICE, days, key, now};

pub fn grants(rows: &mut Rows, dice: &mut Dice<'_>) {
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
        2 => (
            dice.pick(&[Role::ProviderUser, Role::Commissioner]),
            ScopeType::Organisation,
        ),
        3 => (Role::Chair, ScopeType::Board),
        4 => (Role::Facilitator, ScopeType::Board),
        5 if holder == SERVICE => (Role::Integration, ScopeType::Organisation),
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

pub fn audit(rows: &mut Rows, dice: &mut Dice<'_>) {
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
