//! Monitoring visits by chance.

use entity::outcomes::kinds::DescriptorLevel;
use entity::panels::kinds::ConflictAssessment;
use entity::visits::kinds::VisitStatus;
use harness::{Rows, uuid, world};

use super::{Dice, ORGANISATIONS, PEOPLE};

pub fn fill(rows: &mut Rows, dice: &mut Dice<'_>) {
    use VisitStatus as S;
    let described: Vec<_> = rows
        .outcome_descriptor
        .iter()
        .map(|of| (of.id, of.outcome_id))
        .collect();
    let services: Vec<_> = rows.service.iter().map(|of| of.id).collect();
    let frameworks: Vec<_> = rows.outcome_framework.iter().map(|of| of.id).collect();
    for name in ["first", "second", "third", "fourth"] {
        let status = [
            S::Published,
            S::ProviderComment,
            S::Draft,
            S::Planned,
            S::Cancelled,
        ][dice.below(5)];
        let responsible = ORGANISATIONS[dice.below(4)];
        let mut visit = world::monitoring_visit(name, name, name, responsible, status);
        visit.service_id = services[dice.below(services.len())];
        visit.framework_id = frameworks[dice.below(frameworks.len())];
        visit.required_course_id = uuid("training_course", ORGANISATIONS[dice.below(4)]).into();
        if status == S::Cancelled && dice.below(2) == 1 {
            let sent = world::monitoring_visit(name, name, name, responsible, S::ProviderComment);
            visit.sent_to_provider_at = sent.sent_to_provider_at;
            visit.comment_due_at = sent.comment_due_at;
            visit.text_for_provider = sent.text_for_provider;
            visit.text_for_public = sent.text_for_public;
        }
        rows.monitoring_visit.push(visit);
        let mut rating = world::visit_rating(name, name, DescriptorLevel::Good);
        (rating.descriptor_id, rating.outcome_id) = described[dice.below(described.len())];
        rows.visit_rating.push(rating);
        let lead = dice.below(3);
        for (place, person) in PEOPLE[..4].iter().enumerate() {
            if dice.below(3) == 2 {
                continue;
            }
            rows.peer_reviewer
                .push(world::peer_reviewer(name, person, place == lead));
            let assessment = [
                None,
                Some(ConflictAssessment::Recuse),
                Some(ConflictAssessment::Pending),
                Some(ConflictAssessment::Mitigate),
            ][dice.below(4)];
            let mut declaration = world::visit_interest(name, person, assessment);
            declaration.assessed_by_person_id = None;
            rows.conflict_declaration.push(declaration);
        }
    }
}
