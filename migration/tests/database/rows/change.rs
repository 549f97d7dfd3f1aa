//! One full row of each table of feedback and of what came of it.

use entity::change::kinds::{
    EffectClaim, FeedbackSource, FeedbackStatus, FigureKind, YouSaidWeDidSourceKind, YouSaidWeDidStatus,
};
use entity::change::{
    feedback, feedback_account, feedback_step, feedback_story, you_said_we_did, you_said_we_did_source,
};
use entity::id::{
    BoardId, FeedbackAccountId, FeedbackId, FeedbackStepId, FeedbackStoryId, OrganisationId, PersonId,
    YouSaidWeDidId, YouSaidWeDidSourceId,
};
use entity::private::Private;

use super::{id, instant};

pub fn feedback() -> feedback::Model {
    feedback::Model {
        id: FeedbackId(id(172)),
        organisation_id: OrganisationId(id(1)),
        service_id: Some(super::parties::service().id),
        board_id: Some(BoardId(id(21))),
        source: FeedbackSource::Complaint,
        status: FeedbackStatus::Acknowledged,
        received_at: instant(),
        acknowledge_by: instant(),
        acknowledged_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn feedback_account() -> feedback_account::Model {
    feedback_account::Model {
        id: FeedbackAccountId(id(173)),
        feedback_id: FeedbackId(id(172)),
        person_id: Some(PersonId(id(7))),
        text: Some(Private::new("text".to_owned())),
        contact: Some(Private::new("contact".to_owned())),
        story_consent_id: Some(super::parties::consent().id),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn feedback_step() -> feedback_step::Model {
    feedback_step::Model {
        id: FeedbackStepId(id(174)),
        feedback_id: FeedbackId(id(172)),
        from_status: Some(FeedbackStatus::Received),
        to_status: FeedbackStatus::Acknowledged,
        at: instant(),
        note: Some(Private::new("note".to_owned())),
        by_user_id: Some(super::parties::user_account().id),
    }
}

pub fn feedback_story() -> feedback_story::Model {
    feedback_story::Model {
        id: FeedbackStoryId(id(175)),
        feedback_id: FeedbackId(id(172)),
        text: Private::new("text".to_owned()),
        written_by_person_id: PersonId(id(7)),
        written_at: instant(),
        checked_by_person_id: None,
        checked_at: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn you_said_we_did() -> you_said_we_did::Model {
    you_said_we_did::Model {
        id: YouSaidWeDidId(id(176)),
        organisation_id: OrganisationId(id(1)),
        said: "said".to_owned(),
        did: Some("did".to_owned()),
        why_not: Some("why not".to_owned()),
        status: YouSaidWeDidStatus::Withdrawn,
        reported_measure: Some("measure".to_owned()),
        reported_before: Some("about 60%".to_owned()),
        reported_after: Some("about 99%".to_owned()),
        figure_kind: Some(FigureKind::ReportedEstimate),
        effect_claim: Some(EffectClaim::Contributed),
        published_at: Some(instant()),
        published_by_person_id: Some(PersonId(id(7))),
        withdrawn_at: Some(instant()),
        withdrawal_reason: Some("reason".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn you_said_we_did_source() -> you_said_we_did_source::Model {
    you_said_we_did_source::Model {
        id: YouSaidWeDidSourceId(id(177)),
        you_said_we_did_id: YouSaidWeDidId(id(176)),
        kind: YouSaidWeDidSourceKind::Feedback,
        feedback_id: Some(FeedbackId(id(172))),
        story_id: Some(FeedbackStoryId(id(175))),
        board_decision_id: None,
        board_action_id: None,
        resource_review_id: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
