//! One full row of each table of what people get for taking part.

use entity::id::{ContributionId, OrganisationId, PersonId};
use entity::private::Private;
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::{ContributionSide, ContributionStatus, Reward};

use super::{id, instant};

pub fn contribution() -> contribution::Model {
    contribution::Model {
        id: ContributionId(id(60)),
        person_id: PersonId(id(7)),
        organisation_id: OrganisationId(id(1)),
        meeting_id: None,
        interview_panel_id: None,
        training_course_id: None,
        activity: Some(Private::new("activity".to_owned())),
        starts_at: instant(),
        expected_minutes: 60,
        offered_reward: Reward::Payment,
        offered_pence: Some(2_500),
        offered_credit_minutes: None,
        status: ContributionStatus::Accepted,
        reward: Some(Reward::Payment),
        accepted_pence: Some(2_500),
        accepted_credit_minutes: None,
        agreed_before: Some(true),
        answered_at: Some(instant()),
        minutes: Some(50),
        minutes_recorded_by: Some(ContributionSide::Person),
        minutes_confirmed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
