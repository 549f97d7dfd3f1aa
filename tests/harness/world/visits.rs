//! Monitoring visits, their reviewers and ratings.

use entity::outcomes::kinds::DescriptorLevel;
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature};
use entity::private::Private;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};

use super::{at, canary, conflict_declaration as to_panel, day, key, nobody, recorded};
use crate::Rows;

const SERVICE: &str = "birch-house-support";

pub(super) fn fill(rows: &mut Rows) {
    use VisitStatus as S;
    for (name, status) in [
        ("planned", S::Planned),
        ("visited", S::Visited),
        ("draft", S::Draft),
        ("sent", S::ProviderComment),
        ("published", S::Published),
        ("dropped", S::Cancelled),
    ] {
        rows.monitoring_visit
            .push(monitoring_visit(name, SERVICE, "live", "ashdown-council", status));
        for (person, lead) in [("board-chair", true), ("researcher", false)] {
            rows.peer_reviewer.push(peer_reviewer(name, person, lead));
            let assessment =
                ((name, person) == ("visited", "researcher")).then_some(ConflictAssessment::Pending);
            rows.conflict_declaration
                .push(visit_interest(name, person, assessment));
        }
        if matches!(status, S::Draft | S::ProviderComment | S::Published) {
            let rating = visit_rating(name, "live", DescriptorLevel::Good);
            rows.visit_rating.push(rating);
        }
    }
    for visit in &mut rows.monitoring_visit {
        if visit.status == S::Planned {
            visit.visited_on = day("2026-03-02");
        }
    }
    let mut fernley = monitoring_visit("fernley", SERVICE, "live", "fernley-council", S::Draft);
    fernley.required_course_id = key("training_course", "fernley-skills");
    rows.monitoring_visit.push(fernley);
    rows.peer_reviewer
        .push(peer_reviewer("fernley", "fernley-member", true));
    rows.visit_rating
        .push(visit_rating("fernley", "live", DescriptorLevel::Ok));
}

/// A visit of 10 February, with everything that its state asks for.
pub fn monitoring_visit(
    name: &str,
    service: &str,
    framework: &str,
    responsible: &str,
    status: VisitStatus,
) -> monitoring_visit::Model {
    use VisitStatus as S;
    let text = |column| canary("monitoring_visit", name, column);
    let is_sent = matches!(status, S::ProviderComment | S::Published);
    let is_written = is_sent || status == S::Draft;
    let is_published = status == S::Published;
    monitoring_visit::Model {
        id: key("monitoring_visit", name),
        service_id: key("service", service),
        framework_id: key("outcome_framework", framework),
        responsible_organisation_id: key("organisation", responsible),
        required_course_id: key("training_course", "panel-skills"),
        visited_on: day("2026-02-10"),
        status,
        text_for_provider: is_written.then(|| Private::new(text("text_for_provider"))),
        text_for_public: is_written.then(|| text("text_for_public")),
        sent_to_provider_at: is_sent.then(|| at("2026-02-20T09:00:00Z")),
        comment_due_at: is_sent.then(|| at("2026-03-20T09:00:00Z")),
        provider_comment: is_published.then(|| text("provider_comment")),
        provider_commented_at: is_published.then(|| at("2026-02-24T09:00:00Z")),
        published_at: is_published.then(|| at("2026-02-25T09:00:00Z")),
        cancellation_reason: (status == S::Cancelled).then(|| text("cancellation_reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Somebody who goes on a visit; their name in the world is the visit's and theirs.
pub fn peer_reviewer(visit: &str, person: &str, lead: bool) -> peer_reviewer::Model {
    peer_reviewer::Model {
        id: key("peer_reviewer", &format!("{visit} {person}")),
        visit_id: key("monitoring_visit", visit),
        person_id: key("person", person),
        lead,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// How a visit rates its service by the outcome of a framework; its name in the world is the visit's.
pub fn visit_rating(visit: &str, framework: &str, level: DescriptorLevel) -> visit_rating::Model {
    let descriptor = super::outcome_descriptor(framework, "home", level);
    visit_rating::Model {
        id: key("visit_rating", visit),
        visit_id: key("monitoring_visit", visit),
        outcome_id: descriptor.outcome_id,
        level,
        descriptor_id: descriptor.id,
        evidence: Private::new(canary("visit_rating", visit, "evidence")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What a reviewer declared about a visit, with what was made of it; that there is nothing, without. Its name in the world is the
/// visit's and theirs.
pub fn visit_interest(
    visit: &str,
    person: &str,
    assessment: Option<ConflictAssessment>,
) -> conflict_declaration::Model {
    let name = format!("visit {visit} {person}");
    let private = |column| Private::new(canary("conflict_declaration", &name, column));
    let is_assessed = assessment.is_some_and(|of| of != ConflictAssessment::Pending);
    conflict_declaration::Model {
        id: key("conflict_declaration", &name),
        context: ConflictContext::MonitoringVisit,
        panel_id: None,
        monitoring_visit_id: Some(key("monitoring_visit", visit)),
        nature: assessment.map_or(ConflictNature::None, |_| ConflictNature::Personal),
        level: assessment.map(|_| ConflictLevel::Perceived),
        detail: assessment.map(|_| private("detail")),
        assessment,
        assessed_by_person_id: is_assessed.then(|| key("person", "council-admin")),
        assessed_at: is_assessed.then(recorded),
        mitigation: is_assessed.then(|| private("mitigation")),
        ..to_panel(visit, person, None)
    }
}
