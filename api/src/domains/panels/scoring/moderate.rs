//! Recording a score that the panel agreed on.

use async_graphql::ID;
use entity::id::{ModeratedScoreId, PersonId};
use entity::panels::kinds::{PanelStatus, VacancyStatus};
use entity::panels::{application, interview_panel, moderated_score, panel_question};
use entity::private::Private;
use sea_orm::Set;

use super::follow::{Round, candidates};
use super::mutation::ModeratedScoreRecordInput;
use crate::domains::panels::facts::{HeldPanel, event, questions, under_way};
use crate::domains::panels::rules::panels::check_state;
use crate::domains::panels::vacancies::persist::held;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, long_text, number};
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::areas::panels::{self as policy, LeadPanel};
use crate::policy::{Denied, Permit};

/// What the chair may do about a candidate of a panel that moderates, with the vacancy held.
pub(super) struct Led {
    pub permit: Permit<LeadPanel, interview_panel::Model>,
    pub held: HeldPanel,
    pub application: application::Model,
    pub round: Round,
}

/// The application with an id, and the panel under way that the viewer leads.
pub(super) async fn led(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<Led>, ChangeError> {
    let session = change.session;
    let field = "applicationId";
    let Some(before) = seen::<application::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    let Some(vacancy) = held(session, before.vacancy_id).await? else {
        return Ok(None);
    };
    let Some(application) = seen::<application::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    let Some(panel) = under_way(session, vacancy.id).await? else {
        let message =
            "No panel is at work on this vacancy: the last has decided, and what it decided is not changed.";
        return Err(Violation::new(Code::Inactive, field, message).into());
    };
    let permit = policy::lead_panel(session, panel.clone()).await??;
    let moderating = &[PanelStatus::Moderating];
    violations.keep(check_state(field, "This is done", panel.status, moderating));
    violations.check(
        vacancy.status == VacancyStatus::Interviewing,
        Code::Inactive,
        field,
        || {
            format!(
                "The vacancy is {}, so nothing is decided about it any more.",
                vacancy.status
            )
        },
    );
    let round = Round::of(session, panel.id).await?;
    Ok(Some(Led {
        permit,
        held: HeldPanel { panel, vacancy },
        application,
        round,
    }))
}

pub(super) async fn record(change: Change<'_>, input: &ModeratedScoreRecordInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let rationale = violations.keep(long_text("rationale", &input.rationale, 1..=5_000));
    let Some(led) = led(change, &mut violations, &input.application_id).await? else {
        return Err(refused(violations));
    };
    let application = &led.application;
    let candidates = candidates(session, &led.held).await?;
    let is_candidate = candidates.iter().any(|of| of.id == application.id);
    violations.check(is_candidate, Code::Inactive, "applicationId", || {
        "This application is not a candidate of the round under way.".to_owned()
    });
    let wanted = global_id::decode_as(panel_question::Entity::PREFIX, &input.question_id);
    let questions = questions(session, led.held.panel.id).await?;
    let question = questions.iter().find(|question| Some(question.id.0) == wanted);
    let Some(question) = question else {
        let message = "There is no such question in this panel.";
        violations.push(Violation::new(Code::NotFound, "questionId", message));
        return Err(refused(violations));
    };
    let score = violations.keep(number("score", input.score, 0..=question.max_score));
    let is_there = led
        .round
        .moderated
        .iter()
        .any(|of| of.application_id == application.id && of.question_id == question.id);
    violations.check(!is_there, Code::AlreadyExists, "questionId", || {
        "The panel has agreed on a score for this answer, and it stands.".to_owned()
    });
    violations.into_result()?;

    let row = moderated_score::ActiveModel {
        id: Set(ModeratedScoreId::new()),
        panel_id: Set(led.held.panel.id),
        application_id: Set(application.id),
        question_id: Set(question.id),
        score: Set(score.unwrap_or_default()),
        rationale: Set(Private::new(rationale.unwrap_or_default())),
        moderated_by_person_id: Set(PersonId(change.viewer.person().ok_or(Denied)?)),
        moderated_at: Set(session.now()),
    };
    let agreed = session.insert(&led.permit, row).await?;
    let event = event(
        "moderated_score.record",
        "moderated_score",
        agreed.id,
        &led.held.vacancy,
    );
    Ok(session.record(event, agreed.id.0))
}
