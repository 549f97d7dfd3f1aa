//! Handing in the scores of a panellist for a candidate. Their events are private: the panellist scores for the panel, not for
//! the organisation they act for.

use entity::id::{PanelQuestionId, PersonId, ScoreId};
use entity::panels::kinds::{ApplicationStatus, PanelStatus, VacancyStatus};
use entity::panels::{application, panel_question, panellist, score};
use entity::private::Private;
use sea_orm::Set;

use super::follow::{Round, follow};
use super::mutation::ScoreSheetSubmitInput;
use crate::domains::panels::facts::{HeldPanel, panel_of, questions};
use crate::domains::panels::rules::panels::check_state;
use crate::domains::panels::rules::scoring::{Given, check_sheet, is_recused, is_unassessed};
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::events::Event;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::Denied;
use crate::policy::areas::scores as policy;

pub(super) async fn submit(change: Change<'_>, input: &ScoreSheetSubmitInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let evidence = evidence(&mut violations, input);
    let field = "panellistId";
    let Some(found) = seen::<panellist::Entity>(session, &mut violations, field, &input.panellist_id).await?
    else {
        return Err(refused(violations));
    };
    // From here on nothing about the panel changes: what is looked up now stays true.
    let Some(held) = panel_of(session, found.panel_id).await? else {
        return Err(refused(violations));
    };
    let panellist = seen::<panellist::Entity>(session, &mut violations, field, &input.panellist_id).await?;
    let field = "applicationId";
    let candidate =
        seen::<application::Entity>(session, &mut violations, field, &input.application_id).await?;
    let (Some(panellist), Some(candidate)) = (panellist, candidate) else {
        return Err(refused(violations));
    };
    let permit = policy::enter_scores(change.viewer, panellist)?;
    let round = Round::of(session, held.panel.id).await?;
    check_candidate(&mut violations, (&held, &round), permit.model(), &candidate);
    let questions = questions(session, held.panel.id).await?;
    let sheet: Vec<Given> = input
        .scores
        .iter()
        .map(|score| {
            let id = global_id::decode_as(panel_question::Entity::PREFIX, &score.question_id);
            (id.map(PanelQuestionId), score.score)
        })
        .collect();
    violations.keep_all(check_sheet(&questions, &sheet));
    violations.into_result()?;

    let entered_by = PersonId(change.viewer.person().ok_or(Denied)?);
    let mut events = Vec::with_capacity(sheet.len());
    for ((question, value), evidence) in sheet.into_iter().zip(evidence) {
        let Some(question) = question else { continue };
        let row = score::ActiveModel {
            id: Set(ScoreId::new()),
            panel_id: Set(held.panel.id),
            application_id: Set(candidate.id),
            question_id: Set(question),
            panellist_id: Set(permit.model().id),
            person_id: Set(permit.model().person_id),
            score: Set(value),
            evidence: Set(Private::new(evidence)),
            entered_by_person_id: Set(entered_by),
            submitted_at: Set(session.now()),
        };
        let score = session.insert(&permit, row).await?;
        events.push(Event::new("score.submit", "score", score.id).private());
    }
    let panel = held.panel.id;
    events.extend(follow(session, held.vacancy).await?);
    let recorded: Result<_, ChangeError> = Ok(session.record_all(events, panel.0));
    recorded
}

fn evidence(violations: &mut Violations, input: &ScoreSheetSubmitInput) -> Vec<String> {
    let mut texts = Vec::with_capacity(input.scores.len());
    for (place, score) in input.scores.iter().enumerate() {
        let text = long_text("evidence", &score.evidence, 1..=5_000);
        let at = text.map_err(|violation| violation.within(place.to_string()).within("scores"));
        texts.push(violations.keep(at).unwrap_or_default());
    }
    texts
}

fn check_candidate(
    violations: &mut Violations,
    (held, round): (&HeldPanel, &Round),
    panellist: &panellist::Model,
    candidate: &application::Model,
) {
    let scoring = &[PanelStatus::Scoring];
    violations.keep(check_state(
        "panellistId",
        "Scores are handed in",
        held.panel.status,
        scoring,
    ));
    let is_at_work = held.vacancy.status == VacancyStatus::Interviewing;
    violations.check(is_at_work, Code::Inactive, "panellistId", || {
        format!(
            "The vacancy is {}, so nobody is scored for it any more.",
            held.vacancy.status
        )
    });
    let at = "applicationId";
    let is_candidate =
        candidate.vacancy_id == held.vacancy.id && candidate.status == ApplicationStatus::Shortlisted;
    violations.check(is_candidate, Code::Inactive, at, || {
        "This application is not a candidate of the panel now.".to_owned()
    });
    let is_recused = is_recused(&round.declared, panellist.person_id, candidate.id);
    violations.check(!is_recused, Code::Forbidden, at, || {
        "This panellist is recused from the candidate.".to_owned()
    });
    let is_unassessed = is_unassessed(&round.declared, panellist.person_id, candidate.id);
    violations.check(!is_unassessed, Code::RuleBroken, at, || {
        "What this panellist declared about the candidate is not assessed yet. Score them after that."
            .to_owned()
    });
    let is_scored = round
        .scores
        .iter()
        .any(|of| of.panellist_id == panellist.id && of.application_id == candidate.id);
    violations.check(!is_scored, Code::AlreadyExists, at, || {
        "The scores of this panellist for the candidate were handed in, and they stand.".to_owned()
    });
}
