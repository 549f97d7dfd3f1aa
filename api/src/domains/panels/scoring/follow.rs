//! What the server does by itself (`domain.md` 2.10): on to moderation when all scores are in, and to the end with the last
//! decision. The vacancy is held by whoever calls, so that of several steps at once just one is the last.

use std::collections::BTreeSet;

use entity::id::{ApplicationId, InterviewPanelId, VacancyId};
use entity::panels::kinds::{ApplicationStatus, PanelOutcome, PanelStatus, VacancyStatus};
use entity::panels::{
    application, conflict_declaration, interview_panel, moderated_score, panel_decision, panellist, score,
    vacancy,
};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use crate::domains::panels::facts::{self, HeldPanel, event};
use crate::domains::panels::rules::scoring::are_all_in;
use crate::domains::panels::vacancies::application::persist as applications;
use crate::events::Event;
use crate::graphql::ChangeError;
use crate::policy::Permit;
use crate::policy::areas::scores::{self as policy, FollowPanel};
use crate::store::{StoreError, WriteSession};

/// Everything that was said and declared in a round.
#[derive(Debug)]
pub(super) struct Round {
    pub panellists: Vec<panellist::Model>,
    pub declared: Vec<conflict_declaration::Model>,
    pub scores: Vec<score::Model>,
    pub moderated: Vec<moderated_score::Model>,
    pub decisions: Vec<panel_decision::Model>,
}

impl Round {
    pub(super) async fn of(session: &WriteSession, panel: InterviewPanelId) -> Result<Self, StoreError> {
        let scores = Condition::all().add(score::Column::PanelId.eq(panel));
        let moderated = Condition::all().add(moderated_score::Column::PanelId.eq(panel));
        let decisions = Condition::all().add(panel_decision::Column::PanelId.eq(panel));
        Ok(Self {
            panellists: facts::taking_part(session, panel).await?,
            declared: facts::declared(session, panel).await?,
            scores: session.facts::<score::Entity>(scores).await?,
            moderated: session.facts::<moderated_score::Entity>(moderated).await?,
            decisions: session.facts::<panel_decision::Entity>(decisions).await?,
        })
    }
}

async fn of_status(
    session: &WriteSession,
    vacancy: VacancyId,
    status: ApplicationStatus,
) -> Result<Vec<application::Model>, StoreError> {
    let those = Condition::all()
        .add(application::Column::VacancyId.eq(vacancy))
        .add(application::Column::Status.eq(status));
    session.facts::<application::Entity>(those).await
}

/// The candidates of the round under way, as far as they are still there. From moderation on they are those whom this panel
/// has scored or decided about, or about whom no earlier round has decided.
pub(super) async fn candidates(
    session: &WriteSession,
    held: &HeldPanel,
) -> Result<Vec<application::Model>, StoreError> {
    let vacancy = held.vacancy.id;
    if held.panel.status != PanelStatus::Moderating {
        return of_status(session, vacancy, ApplicationStatus::Shortlisted).await;
    }
    let mut those = of_status(session, vacancy, ApplicationStatus::Interviewed).await?;
    let earlier: Vec<InterviewPanelId> = facts::rounds(session, vacancy)
        .await?
        .iter()
        .map(|panel| panel.id)
        .filter(|panel| *panel != held.panel.id)
        .collect();
    let decided = Condition::all().add(panel_decision::Column::PanelId.is_in(earlier));
    let decided = session.facts::<panel_decision::Entity>(decided).await?;
    let scored = Condition::all().add(score::Column::PanelId.eq(held.panel.id));
    let scored = session.facts::<score::Entity>(scored).await?;
    those.retain(|of| {
        scored.iter().any(|score| score.application_id == of.id)
            || !decided.iter().any(|decision| decision.application_id == of.id)
    });
    Ok(those)
}

/// Goes on with the round under way of a vacancy, if it has done what its state asks for.
pub(in crate::domains) async fn follow(
    session: &WriteSession,
    vacancy: vacancy::Model,
) -> Result<Vec<Event>, ChangeError> {
    let Some(panel) = facts::under_way(session, vacancy.id).await? else {
        return Ok(Vec::new());
    };
    let mut held = HeldPanel { panel, vacancy };
    let mut events = Vec::new();
    if held.panel.status == PanelStatus::Scoring && held.vacancy.status == VacancyStatus::Interviewing {
        let candidates = candidates(session, &held).await?;
        let round = Round::of(session, held.panel.id).await?;
        let ids: Vec<ApplicationId> = candidates.iter().map(|of| of.id).collect();
        if are_all_in(&ids, &round.panellists, &round.declared, &round.scores) {
            held = moderate(session, held, candidates, &mut events).await?;
        }
    }
    if held.panel.status == PanelStatus::Moderating && held.vacancy.status == VacancyStatus::Interviewing {
        let candidates = candidates(session, &held).await?;
        let round = Round::of(session, held.panel.id).await?;
        let decided: BTreeSet<ApplicationId> = round.decisions.iter().map(|of| of.application_id).collect();
        if candidates.iter().all(|of| decided.contains(&of.id)) {
            conclude(session, held, candidates, (&round.decisions, &mut events)).await?;
        }
    }
    Ok(events)
}

async fn move_panel(
    session: &WriteSession,
    held: &HeldPanel,
    (status, action): (PanelStatus, &'static str),
    events: &mut Vec<Event>,
) -> Result<Permit<FollowPanel, interview_panel::Model>, ChangeError> {
    let permit = policy::follow_panel(held.panel.clone(), true)?;
    let row = interview_panel::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let panel = session.update(&permit, held.panel.version, row).await?;
    events.push(event(action, "interview_panel", panel.id, &held.vacancy).changed(changed));
    Ok(permit)
}

async fn move_application(
    session: &WriteSession,
    permit: &Permit<FollowPanel, interview_panel::Model>,
    application: application::Model,
    (status, action): (ApplicationStatus, &'static str),
    events: &mut Vec<Event>,
) -> Result<(), ChangeError> {
    let permit = policy::follow_application(permit, application)?;
    let row = application::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let application = session.update(&permit, permit.model().version, row).await?;
    events.push(applications::event(action, &application).changed(changed));
    Ok(())
}

/// All scores are in: the panellists see each other's.
async fn moderate(
    session: &WriteSession,
    mut held: HeldPanel,
    candidates: Vec<application::Model>,
    events: &mut Vec<Event>,
) -> Result<HeldPanel, ChangeError> {
    let step = (PanelStatus::Moderating, "interview_panel.moderate");
    let permit = move_panel(session, &held, step, events).await?;
    let step = (ApplicationStatus::Interviewed, "application.interview");
    for candidate in candidates {
        move_application(session, &permit, candidate, step, events).await?;
    }
    held.panel.status = PanelStatus::Moderating;
    held.panel.version += 1;
    Ok(held)
}

/// Everything is decided: candidates hear of it, and who did not become a candidate does, too.
async fn conclude(
    session: &WriteSession,
    held: HeldPanel,
    candidates: Vec<application::Model>,
    (decisions, events): (&[panel_decision::Model], &mut Vec<Event>),
) -> Result<(), ChangeError> {
    let step = (PanelStatus::Decided, "interview_panel.decide");
    let permit = move_panel(session, &held, step, events).await?;
    for candidate in candidates {
        let decision = decisions.iter().find(|of| of.application_id == candidate.id);
        let step = match decision.map(|decision| decision.outcome) {
            Some(PanelOutcome::Appoint) => (ApplicationStatus::Offered, "application.offer"),
            Some(PanelOutcome::Reject) => (ApplicationStatus::Rejected, "application.reject"),
            Some(PanelOutcome::Reserve) | None => continue,
        };
        move_application(session, &permit, candidate, step, events).await?;
    }
    let step = (ApplicationStatus::Rejected, "application.reject");
    for application in of_status(session, held.vacancy.id, ApplicationStatus::Submitted).await? {
        move_application(session, &permit, application, step, events).await?;
    }
    let vacancy = policy::follow_vacancy(&permit, held.vacancy)?;
    let row = vacancy::ActiveModel {
        status: Set(VacancyStatus::Decided),
        ..Default::default()
    };
    let vacancy = session.update(&vacancy, vacancy.model().version, row).await?;
    events.push(event("vacancy.decide", "vacancy", vacancy.id, &vacancy));
    Ok(())
}
