//! Beginning to score.

use entity::panels::kinds::{PanelStatus, VacancyStatus};
use entity::panels::{interview_panel, vacancy};
use sea_orm::Set;

use super::follow::candidates;
use super::mutation::InterviewPanelStartScoringInput;
use crate::domains::panels::facts::{event, seen_panel};
use crate::domains::panels::panel::steps::check_completeness;
use crate::domains::panels::rules::panels::check_move;
use crate::domains::panels::rules::vacancies;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::{panels as policy, scores};
use crate::store::WriteSession;

pub(super) async fn start(change: Change<'_>, input: &InterviewPanelStartScoringInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(held) = seen_panel(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::lead_panel(session, held.panel.clone()).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_move(before.status, PanelStatus::Scoring)?;
    let moved = vacancies::check_move(held.vacancy.status, VacancyStatus::Interviewing);
    violations.keep(moved.map_err(|violation| Violation::new(violation.code, "id", violation.message)));
    let candidates = candidates(session, &held).await?;
    violations.check(!candidates.is_empty(), Code::RuleBroken, "id", || {
        "There is no candidate. Shortlist at least one application first.".to_owned()
    });
    check_completeness(session, &mut violations, &held).await?;
    violations.into_result()?;

    let row = interview_panel::ActiveModel {
        status: Set(PanelStatus::Scoring),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let panel = session.update(&permit, before.version, row).await?;
    let action = "interview_panel.start_scoring";
    let begun = event(action, "interview_panel", panel.id, &held.vacancy).changed(changed);
    let vacancy = scores::follow_vacancy(&permit, held.vacancy)?;
    let row = vacancy::ActiveModel {
        status: Set(VacancyStatus::Interviewing),
        ..Default::default()
    };
    let vacancy = session.update(&vacancy, vacancy.model().version, row).await?;
    let interviewing = event("vacancy.interview", "vacancy", vacancy.id, &vacancy);
    Ok(session.record_all(vec![begun, interviewing], panel.id.0))
}
