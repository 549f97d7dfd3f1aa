//! What people get for taking part.

use entity::private::Private;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::{ContributionSide, ContributionStatus, Reward};

use super::{at, canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use ContributionStatus as S;
    for (name, person, organisation, status) in [
        ("offered", "board-member", "ashdown-council", S::Offered),
        ("reading", "visitor", "ashdown-council", S::Offered),
        ("accepted", "board-member", "ashdown-council", S::Accepted),
        ("recorded", "board-chair", "ashdown-council", S::Accepted),
        ("declined", "former-member", "ashdown-council", S::Declined),
        ("voices", "board-member", "cedar-voices", S::Donated),
        ("fernley", "fernley-member", "fernley-council", S::Offered),
    ] {
        let mut row = contribution(name, person, organisation, status);
        if name == "offered" {
            row.activity = None;
            row.meeting_id = Some(key("meeting", "team-up next"));
            row.starts_at = at("2026-03-16T10:00:00Z");
        }
        if name == "recorded" {
            row.minutes = Some(120);
            row.minutes_recorded_by = Some(ContributionSide::Organisation);
        }
        rows.contribution.push(row);
    }
}

/// Something that is paid for with 25 pounds: to come while it is only offered, over when there is an answer.
pub fn contribution(
    name: &str,
    person: &str,
    organisation: &str,
    status: ContributionStatus,
) -> contribution::Model {
    use ContributionStatus as S;
    let is_answered = !matches!(status, S::Offered | S::Withdrawn);
    let starts_at = if is_answered {
        "2026-02-16T10:00:00Z"
    } else {
        "2026-03-16T10:00:00Z"
    };
    contribution::Model {
        id: key("contribution", name),
        person_id: key("person", person),
        organisation_id: key("organisation", organisation),
        meeting_id: None,
        interview_panel_id: None,
        training_course_id: None,
        activity: Some(Private::new(canary("contribution", name, "activity"))),
        starts_at: at(starts_at),
        expected_minutes: 120,
        offered_reward: Reward::Payment,
        offered_pence: Some(2_500),
        offered_credit_minutes: None,
        status,
        reward: match status {
            S::Offered | S::Withdrawn => None,
            S::Accepted => Some(Reward::Payment),
            S::Declined => Some(Reward::None),
            S::Donated => Some(Reward::Donated),
        },
        accepted_pence: (status == S::Accepted).then_some(2_000),
        accepted_credit_minutes: None,
        agreed_before: is_answered.then_some(true),
        answered_at: is_answered.then(|| at("2026-02-10T10:00:00Z")),
        minutes: None,
        minutes_recorded_by: None,
        minutes_confirmed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
