//! How interview panels are written.

use entity::id::InterviewPanelId;
use entity::panels::kinds::PanelStatus;
use entity::panels::{interview_panel, training_course, vacancy};
use sea_orm::Set;

use super::mutation::{InterviewPanelCreateInput, InterviewPanelUpdateInput};
use crate::domains::panels::facts::{event, rounds, seen_panel};
use crate::domains::panels::rules::panels::{BEFORE_SCORING, check_new_round, check_state};
use crate::domains::panels::vacancies::persist::held;
use crate::domains::violation::{Violation, Violations, number};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::panels as policy;
use crate::store::WriteSession;

fn threshold(value: i32) -> Result<i32, Violation> {
    number("moderationThreshold", value, 0..=100)
}

pub(super) async fn create(change: Change<'_>, input: &InterviewPanelCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let threshold = violations.keep(threshold(input.moderation_threshold));
    let course = input.required_course_id.as_ref();
    let course =
        seen_if_named::<training_course::Entity>(session, &mut violations, "requiredCourseId", course);
    let course = course.await?;
    let found = seen::<vacancy::Entity>(session, &mut violations, "vacancyId", &input.vacancy_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(vacancy) = held(session, found.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::create_panel(change.viewer, vacancy)?;
    let vacancy = permit.model();
    let rounds = rounds(session, vacancy.id).await?;
    let is_under_way = rounds.iter().any(|panel| panel.status != PanelStatus::Decided);
    let last = rounds.last().map_or(0, |panel| panel.round);
    violations.keep(check_new_round(vacancy.status, last, is_under_way));
    violations.into_result()?;

    let row = interview_panel::ActiveModel {
        id: Set(InterviewPanelId::new()),
        vacancy_id: Set(vacancy.id),
        round: Set(last + 1),
        moderation_threshold: Set(threshold.unwrap_or_default()),
        required_course_id: Set(course.map(|course| course.id)),
        status: Set(PanelStatus::Forming),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, interview_panel::Model>(None, &row);
    let panel = session.insert(&permit, row).await?;
    let event = event("interview_panel.create", "interview_panel", panel.id, vacancy).changed(changed);
    Ok(session.record(event, panel.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &InterviewPanelUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let course = input.required_course_id.value();
    let course =
        seen_if_named::<training_course::Entity>(session, &mut violations, "requiredCourseId", course);
    let course = course.await?;
    let row = interview_panel::ActiveModel {
        moderation_threshold: patch::required(
            &mut violations,
            "moderationThreshold",
            &input.moderation_threshold,
            |value| threshold(*value),
        ),
        required_course_id: patch::pointer(&input.required_course_id, course.as_ref(), |of| of.id),
        ..Default::default()
    };
    let Some(held) = seen_panel(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::form_panel(session, held.panel).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state(
        "id",
        "It can be changed",
        before.status,
        BEFORE_SCORING,
    ));
    violations.into_result()?;
    let changed = WriteSession::changed(Some(before), &row);
    let panel = session.update(&permit, before.version, row).await?;
    let event = event(
        "interview_panel.update",
        "interview_panel",
        panel.id,
        &held.vacancy,
    )
    .changed(changed);
    Ok(session.record(event, panel.id.0))
}
