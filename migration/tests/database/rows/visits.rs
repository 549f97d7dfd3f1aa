//! One full row of each table of monitoring visits.

use entity::id::{
    MonitoringVisitId, OrganisationId, OutcomeDescriptorId, OutcomeFrameworkId, OutcomeId, PeerReviewerId,
    PersonId, ServiceId, TrainingCourseId, VisitRatingId,
};
use entity::outcomes::kinds::DescriptorLevel;
use entity::private::Private;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};

use super::{date, id, instant};

pub fn monitoring_visit() -> monitoring_visit::Model {
    monitoring_visit::Model {
        id: MonitoringVisitId(id(330)),
        service_id: ServiceId(id(5)),
        framework_id: OutcomeFrameworkId(id(300)),
        responsible_organisation_id: OrganisationId(id(1)),
        required_course_id: TrainingCourseId(id(40)),
        visited_on: date(2026, 3, 2),
        status: VisitStatus::Published,
        text_for_provider: Some(Private::new("for the provider".to_owned())),
        text_for_public: Some("for everybody".to_owned()),
        sent_to_provider_at: Some(instant()),
        comment_due_at: Some(instant()),
        provider_comment: Some("comment".to_owned()),
        provider_commented_at: Some(instant()),
        published_at: Some(instant()),
        cancellation_reason: None,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn peer_reviewer() -> peer_reviewer::Model {
    peer_reviewer::Model {
        id: PeerReviewerId(id(331)),
        visit_id: MonitoringVisitId(id(330)),
        person_id: PersonId(id(7)),
        lead: true,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn visit_rating() -> visit_rating::Model {
    visit_rating::Model {
        id: VisitRatingId(id(332)),
        visit_id: MonitoringVisitId(id(330)),
        outcome_id: OutcomeId(id(301)),
        level: DescriptorLevel::NotGood,
        descriptor_id: OutcomeDescriptorId(id(302)),
        evidence: Private::new("evidence".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
