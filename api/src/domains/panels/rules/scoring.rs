//! Scoring, moderation and decisions (`domain.md` 2.3).
//!
//! A panellist hands in all scores for a candidate at once, each with what it rests on; they stand. When every panellist has
//! handed in theirs for every candidate from whom they are not recused, the server goes on to moderation. Where scores for
//! one answer lie further apart than the panel allows, it agrees on one, with the reason, before it decides. With the last
//! decision the panel has decided.

use std::collections::{BTreeMap, BTreeSet};

use entity::id::{ApplicationId, PanelQuestionId, PanellistId, PersonId};
use entity::panels::kinds::{ConflictAssessment, PanelOutcome, VacancyKind};
use entity::panels::{conflict_declaration, moderated_score, panel_question, panellist, score};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, number};

/// Whether somebody was recused from a candidate.
#[must_use]
pub fn is_recused(
    declared: &[conflict_declaration::Model],
    person: PersonId,
    candidate: ApplicationId,
) -> bool {
    declared.iter().any(|of| {
        of.person_id == person
            && of.application_id == Some(candidate)
            && of.assessment == Some(ConflictAssessment::Recuse)
    })
}

/// Whether somebody declared something about a candidate that nobody has assessed.
#[must_use]
pub fn is_unassessed(
    declared: &[conflict_declaration::Model],
    person: PersonId,
    candidate: ApplicationId,
) -> bool {
    declared.iter().any(|of| {
        of.person_id == person
            && of.application_id == Some(candidate)
            && of.assessment == Some(ConflictAssessment::Pending)
    })
}

/// Whether every panellist has handed in their scores for every candidate from whom they are not recused.
#[must_use]
pub fn are_all_in(
    candidates: &[ApplicationId],
    panellists: &[panellist::Model],
    declared: &[conflict_declaration::Model],
    scores: &[score::Model],
) -> bool {
    let given: BTreeSet<(PanellistId, ApplicationId)> = scores
        .iter()
        .map(|score| (score.panellist_id, score.application_id))
        .collect();
    candidates.iter().all(|candidate| {
        panellists
            .iter()
            .filter(|who| !is_recused(declared, who.person_id, *candidate))
            .all(|who| given.contains(&(who.id, *candidate)))
    })
}

/// The scores that count: those of panellists who take part and are not recused from the candidate.
#[must_use]
pub fn counting<'a>(
    scores: &'a [score::Model],
    panellists: &[panellist::Model],
    declared: &[conflict_declaration::Model],
) -> Vec<&'a score::Model> {
    let counts = |score: &&score::Model| {
        panellists
            .iter()
            .find(|who| who.id == score.panellist_id)
            .is_some_and(|who| !is_recused(declared, who.person_id, score.application_id))
    };
    scores.iter().filter(counts).collect()
}

/// The questions on which the panel has to agree about a candidate: scores lie further apart than the threshold, and no
/// moderated one is there.
#[must_use]
pub fn unmoderated(
    candidate: ApplicationId,
    counting: &[&score::Model],
    moderated: &[moderated_score::Model],
    threshold: i32,
) -> Vec<PanelQuestionId> {
    let mut ranges: BTreeMap<PanelQuestionId, (i32, i32)> = BTreeMap::new();
    for score in counting.iter().filter(|score| score.application_id == candidate) {
        let range = ranges
            .entry(score.question_id)
            .or_insert((score.score, score.score));
        *range = (range.0.min(score.score), range.1.max(score.score));
    }
    let is_moderated = |question: PanelQuestionId| {
        moderated
            .iter()
            .any(|of| of.application_id == candidate && of.question_id == question)
    };
    ranges
        .into_iter()
        .filter(|(question, (least, most))| most - least > threshold && !is_moderated(*question))
        .map(|(question, _)| question)
        .collect()
}

/// A score as it came in: its question, where that was found, and the number.
pub type Given = (Option<PanelQuestionId>, i32);

/// A sheet has one score for each question, within its range.
///
/// # Errors
/// `NOT_FOUND` for a question of another panel, `ALREADY_EXISTS` for a second score of one, `OUT_OF_RANGE`, and `REQUIRED` for
/// questions without a score.
pub fn check_sheet(questions: &[panel_question::Model], sheet: &[Given]) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let mut seen = BTreeSet::new();
    for (place, (question, value)) in sheet.iter().enumerate() {
        let at = |violation: Violation| violation.within(place.to_string()).within("scores");
        let asked = questions.iter().find(|asked| Some(asked.id) == *question);
        let Some(asked) = asked else {
            let message = "There is no such question in this panel.";
            violations.push(at(Violation::new(Code::NotFound, "questionId", message)));
            continue;
        };
        if !seen.insert(asked.id) {
            let message = "There is another score for the same question.";
            violations.push(at(Violation::new(Code::AlreadyExists, "questionId", message)));
        }
        violations.keep(number("score", *value, 0..=asked.max_score).map_err(at));
    }
    let missing = questions.iter().filter(|asked| !seen.contains(&asked.id)).count();
    violations.check(missing == 0, Code::Required, "scores", || {
        format!("Every question has a score. Those of {missing} are missing.")
    });
    violations.into_result()
}

/// What a decision depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each of which holds or does not hold by itself"
)]
pub struct DecisionFacts {
    /// What somebody is sought for.
    pub kind: VacancyKind,
    /// What was decided.
    pub outcome: PanelOutcome,
    /// Whether the candidate belongs to this round and is still there.
    pub is_candidate: bool,
    /// Whether the panel has decided about them in this round.
    pub is_decided: bool,
    /// How many questions the panel has yet to agree on.
    pub unmoderated: usize,
    /// Whether anybody scored them.
    pub is_scored: bool,
    /// Whether another candidate of this round is to be appointed.
    pub another_is_appointed: bool,
}

/// Whether a decision can be recorded.
///
/// # Errors
/// `INACTIVE`, `ALREADY_EXISTS` and `RULE_BROKEN`.
pub fn check_decision(facts: &DecisionFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(facts.is_candidate, Code::Inactive, "applicationId", || {
        "This application is not a candidate of the round under way.".to_owned()
    });
    violations.check(!facts.is_decided, Code::AlreadyExists, "applicationId", || {
        "The panel has decided about this candidate. What was decided is not changed; another round can decide anew."
            .to_owned()
    });
    violations.check(facts.unmoderated == 0, Code::RuleBroken, "applicationId", || {
        format!(
            "For {} of the answers the scores lie further apart than the panel allows. Agree on a score for each first, with \
             the reason.",
            facts.unmoderated
        )
    });
    if facts.outcome == PanelOutcome::Appoint {
        violations.check(facts.is_scored, Code::RuleBroken, "outcome", || {
            "Nobody has scored this candidate, so they cannot be appointed. Another round, with a panel that can, is the way."
                .to_owned()
        });
        let is_full = facts.kind == VacancyKind::BoardSeat && facts.another_is_appointed;
        violations.check(!is_full, Code::RuleBroken, "outcome", || {
            "One person takes a seat, and the panel has decided to appoint another. Choose RESERVE or REJECT.".to_owned()
        });
    }
    violations.into_result()
}

#[cfg(test)]
mod tests;
