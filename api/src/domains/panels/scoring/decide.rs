//! Recording what the panel decided.

use entity::id::{PanelDecisionId, PersonId};
use entity::panels::kinds::PanelOutcome;
use entity::panels::panel_decision;
use entity::private::Private;
use sea_orm::Set;

use super::follow::{candidates, follow};
use super::moderate::{Led, led};
use super::mutation::PanelDecisionRecordInput;
use crate::domains::panels::facts::event;
use crate::domains::panels::rules::scoring::{
    DecisionFacts, check_decision, counting, is_unassessed, unmoderated,
};
use crate::domains::violation::{UserErrorCode as Code, Violations, long_text};
use crate::graphql::patch::refused;
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::store::{StoreError, WriteSession};

pub(super) async fn record(change: Change<'_>, input: &PanelDecisionRecordInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=5_000));
    let feedback = violations.keep(long_text("feedback", &input.feedback, 1..=5_000));
    let Some(led) = led(change, &mut violations, &input.application_id).await? else {
        return Err(refused(violations));
    };
    let person = PersonId(change.viewer.person().ok_or(Denied)?);
    let facts = facts(session, &led, input.outcome.0).await?;
    violations.keep_all(check_decision(&facts));
    let is_unassessed = is_unassessed(&led.round.declared, person, led.application.id);
    violations.check(!is_unassessed, Code::RuleBroken, "applicationId", || {
        "What you declared about this candidate is not assessed yet, so you cannot record the decision."
            .to_owned()
    });
    violations.into_result()?;

    let row = panel_decision::ActiveModel {
        id: Set(PanelDecisionId::new()),
        panel_id: Set(led.held.panel.id),
        application_id: Set(led.application.id),
        outcome: Set(input.outcome.0),
        reason: Set(Private::new(reason.unwrap_or_default())),
        feedback: Set(Private::new(feedback.unwrap_or_default())),
        decided_by_person_id: Set(person),
        decided_at: Set(session.now()),
    };
    let decision = session.insert(&led.permit, row).await?;
    let action = "panel_decision.record";
    let mut events = vec![event(action, "panel_decision", decision.id, &led.held.vacancy)];
    events.extend(follow(session, led.held.vacancy).await?);
    Ok(session.record_all(events, decision.id.0))
}

async fn facts(
    session: &WriteSession,
    led: &Led,
    outcome: PanelOutcome,
) -> Result<DecisionFacts, StoreError> {
    let (round, candidate) = (&led.round, led.application.id);
    let candidates = candidates(session, &led.held).await?;
    let counting = counting(&round.scores, &round.panellists, &round.declared);
    let threshold = led.held.panel.moderation_threshold;
    let another = |of: &panel_decision::Model| {
        of.application_id != candidate
            && of.outcome == PanelOutcome::Appoint
            && candidates.iter().any(|still| still.id == of.application_id)
    };
    Ok(DecisionFacts {
        kind: led.held.vacancy.kind,
        outcome,
        is_candidate: candidates.iter().any(|of| of.id == candidate),
        is_decided: round.decisions.iter().any(|of| of.application_id == candidate),
        unmoderated: unmoderated(candidate, &counting, &round.moderated, threshold).len(),
        is_scored: counting.iter().any(|score| score.application_id == candidate),
        another_is_appointed: round.decisions.iter().any(another),
    })
}
