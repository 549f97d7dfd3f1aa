//! The steps by which a chair leads a panel on, up to the scoring.

use entity::panels::kinds::{ApplicationStatus, PanelStatus, VacancyStatus};
use entity::panels::{application, interview_panel};
use sea_orm::Set;

use super::mutation::{ApplicationShortlistInput, InterviewPanelMarkReadyInput};
use crate::domains::panels::facts::{self, HeldPanel, event, seen_panel};
use crate::domains::panels::rules::applications;
use crate::domains::panels::rules::panels::{BEFORE_SCORING, check_complete, check_move, check_state};
use crate::domains::panels::vacancies::persist::held;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::panels as policy;
use crate::store::{StoreError, WriteSession};

/// Notes everything that a panel lacks.
pub(in crate::domains::panels) async fn check_completeness(
    session: &WriteSession,
    violations: &mut Violations,
    held: &HeldPanel,
) -> Result<(), StoreError> {
    let panellists = facts::taking_part(session, held.panel.id).await?;
    let people = facts::people(session, held, &panellists).await?;
    let questions = facts::questions(session, held.panel.id).await?;
    let weights: Vec<i32> = questions.iter().map(|question| question.weight_bp).collect();
    violations.keep_all(check_complete(held.vacancy.kind, &people, &weights));
    Ok(())
}

pub(super) async fn mark_ready(change: Change<'_>, input: &InterviewPanelMarkReadyInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = seen_panel(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::lead_panel(session, held.panel.clone()).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_move(before.status, PanelStatus::Ready)?;
    check_completeness(session, &mut violations, &held).await?;
    violations.into_result()?;
    let row = interview_panel::ActiveModel {
        status: Set(PanelStatus::Ready),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let panel = session.update(&permit, before.version, row).await?;
    let action = "interview_panel.mark_ready";
    let event = event(action, "interview_panel", panel.id, &held.vacancy).changed(changed);
    Ok(session.record(event, panel.id.0))
}

pub(super) async fn shortlist(change: Change<'_>, input: &ApplicationShortlistInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<application::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let Some(vacancy) = held(session, found.vacancy_id).await? else {
        return Err(refused(violations));
    };
    let found = seen::<application::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::shortlist(session, found).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let moved = applications::check_move(before.status, ApplicationStatus::Shortlisted);
    violations.keep(moved.map_err(|violation| Violation::new(violation.code, "id", violation.message)));
    match facts::under_way(session, vacancy.id).await? {
        Some(panel) => {
            let what = "Candidates are chosen";
            violations.keep(check_state("id", what, panel.status, BEFORE_SCORING));
        }
        None => violations.push(Violation::new(
            Code::Inactive,
            "id",
            "The panel has decided. Candidates are chosen again when there is a panel for another round.",
        )),
    }
    let has_closed = matches!(vacancy.status, VacancyStatus::Closed | VacancyStatus::Decided);
    violations.check(has_closed, Code::Inactive, "id", || {
        format!(
            "The vacancy is {}. Candidates are chosen once it is CLOSED.",
            vacancy.status
        )
    });
    violations.into_result()?;
    let row = application::ActiveModel {
        status: Set(ApplicationStatus::Shortlisted),
        shortlisted_at: Set(before.shortlisted_at.or(Some(session.now()))),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let application = session.update(&permit, before.version, row).await?;
    let event = event("application.shortlist", "application", application.id, &vacancy).changed(changed);
    Ok(session.record(event, application.id.0))
}
