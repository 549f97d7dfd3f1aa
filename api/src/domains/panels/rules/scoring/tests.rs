//! The rules of scoring, as sentences.

use chrono::{DateTime, Utc};
use entity::id::{ConflictDeclarationId, InterviewPanelId, ModeratedScoreId, ScoreId};
use entity::panels::kinds::{ConflictContext, ConflictLevel, ConflictNature, PanelCapacity};
use entity::private::Private;
use sea_orm::prelude::Uuid;

use super::*;

const PANEL: InterviewPanelId = InterviewPanelId(Uuid::from_u128(1));
const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

fn candidate(number: u128) -> ApplicationId {
    ApplicationId(Uuid::from_u128(100 + number))
}

fn question(number: u128) -> PanelQuestionId {
    PanelQuestionId(Uuid::from_u128(200 + number))
}

fn panellist(number: u128) -> panellist::Model {
    panellist::Model {
        id: PanellistId(Uuid::from_u128(300 + number)),
        panel_id: PANEL,
        person_id: PersonId(Uuid::from_u128(400 + number)),
        capacity: PanelCapacity::Carer,
        chair: number == 1,
        supporter_person_id: None,
        stood_down_at: None,
        version: 1,
        created_at: AT,
        updated_at: AT,
        created_by: None,
    }
}

fn score(who: u128, about: u128, of: u128, value: i32) -> score::Model {
    let panellist = panellist(who);
    score::Model {
        id: ScoreId::new(),
        panel_id: PANEL,
        application_id: candidate(about),
        question_id: question(of),
        panellist_id: panellist.id,
        person_id: panellist.person_id,
        score: value,
        evidence: Private::new("Said so.".to_owned()),
        entered_by_person_id: panellist.person_id,
        submitted_at: AT,
    }
}

fn declared(who: u128, about: u128, assessment: ConflictAssessment) -> conflict_declaration::Model {
    conflict_declaration::Model {
        id: ConflictDeclarationId::new(),
        context: ConflictContext::Panel,
        panel_id: Some(PANEL),
        board_id: None,
        agenda_item_id: None,
        monitoring_visit_id: None,
        person_id: panellist(who).person_id,
        application_id: Some(candidate(about)),
        nature: ConflictNature::Family,
        level: Some(ConflictLevel::Actual),
        detail: None,
        assessment: Some(assessment),
        assessed_by_person_id: None,
        assessed_at: None,
        mitigation: None,
        version: 1,
        created_at: AT,
        updated_at: AT,
        created_by: None,
    }
}

#[test]
fn all_are_in_when_everybody_who_is_not_recused_has_scored_everybody() {
    let candidates = [candidate(1), candidate(2)];
    let panellists = [panellist(1), panellist(2)];
    let mut scores = vec![score(1, 1, 1, 3), score(1, 2, 1, 3), score(2, 1, 1, 3)];
    assert!(!are_all_in(&candidates, &panellists, &[], &scores));
    let recused = [declared(2, 2, ConflictAssessment::Recuse)];
    assert!(are_all_in(&candidates, &panellists, &recused, &scores));
    let pending = [declared(2, 2, ConflictAssessment::Pending)];
    assert!(!are_all_in(&candidates, &panellists, &pending, &scores));
    assert!(is_unassessed(&pending, panellist(2).person_id, candidate(2)));
    scores.push(score(2, 2, 1, 3));
    assert!(are_all_in(&candidates, &panellists, &[], &scores));
    assert!(are_all_in(&candidates[..1], &panellists[..1], &[], &scores[..1]));
}

#[test]
fn scores_of_the_recused_and_of_those_who_stood_down_do_not_count() {
    let scores = [
        score(1, 1, 1, 3),
        score(2, 1, 1, 3),
        score(2, 2, 1, 3),
        score(3, 1, 1, 3),
    ];
    let recused = [declared(2, 1, ConflictAssessment::Recuse)];
    let counting = counting(&scores, &[panellist(1), panellist(2)], &recused);
    let ids: Vec<_> = counting.iter().map(|score| score.id).collect();
    assert_eq!(ids, [scores[0].id, scores[2].id]);
}

#[test]
fn scores_that_lie_further_apart_than_the_threshold_are_moderated() {
    let scores = [
        score(1, 1, 1, 1),
        score(2, 1, 1, 4),
        score(1, 1, 2, 2),
        score(2, 1, 2, 4),
        score(1, 2, 1, 0),
    ];
    let counting: Vec<_> = scores.iter().collect();
    assert_eq!(unmoderated(candidate(1), &counting, &[], 2), [question(1)]);
    assert_eq!(
        unmoderated(candidate(1), &counting, &[], 1),
        [question(1), question(2)]
    );
    assert_eq!(unmoderated(candidate(1), &counting, &[], 3), []);
    assert_eq!(unmoderated(candidate(2), &counting, &[], 0), []);
    let agreed = moderated_score::Model {
        id: ModeratedScoreId::new(),
        panel_id: PANEL,
        application_id: candidate(1),
        question_id: question(1),
        score: 3,
        rationale: Private::new("Two of us heard it so.".to_owned()),
        moderated_by_person_id: panellist(1).person_id,
        moderated_at: AT,
    };
    assert_eq!(unmoderated(candidate(1), &counting, &[agreed], 2), []);
}

fn asked(number: u128) -> panel_question::Model {
    panel_question::Model {
        id: question(number),
        panel_id: PANEL,
        ordinal: 1,
        text: "Why?".to_owned(),
        easy_read: None,
        weight_bp: 5_000,
        max_score: 5,
        look_for: None,
        version: 1,
        created_at: AT,
        updated_at: AT,
        created_by: None,
    }
}

#[test]
fn a_sheet_has_each_question_once_and_no_score_beyond_its_range() {
    let questions = [asked(1), asked(2)];
    let check = |sheet: &[Given]| {
        let found = check_sheet(&questions, sheet).err().unwrap_or_default();
        found
            .into_iter()
            .map(|violation| (violation.code, violation.path.join(".")))
            .collect::<Vec<_>>()
    };
    let (first, second) = (Some(question(1)), Some(question(2)));
    assert_eq!(check(&[(first, 0), (second, 5)]), []);
    let place = |path: &str| path.to_owned();
    assert_eq!(
        check(&[(first, 6), (first, -1), (None, 1)]),
        [
            (Code::OutOfRange, place("scores.0.score")),
            (Code::AlreadyExists, place("scores.1.questionId")),
            (Code::OutOfRange, place("scores.1.score")),
            (Code::NotFound, place("scores.2.questionId")),
            (Code::Required, place("scores")),
        ]
    );
}

#[test]
fn a_decision_waits_for_moderation_and_appoints_one_to_a_seat() {
    let good = DecisionFacts {
        kind: VacancyKind::BoardSeat,
        outcome: PanelOutcome::Appoint,
        is_candidate: true,
        is_decided: false,
        unmoderated: 0,
        is_scored: true,
        another_is_appointed: false,
    };
    let codes = |facts: DecisionFacts| {
        let found = check_decision(&facts).err().unwrap_or_default();
        found
            .into_iter()
            .map(|violation| violation.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(codes(good), []);
    let wrong = DecisionFacts {
        is_candidate: false,
        is_decided: true,
        unmoderated: 1,
        is_scored: false,
        another_is_appointed: true,
        ..good
    };
    assert_eq!(
        codes(wrong),
        [
            Code::Inactive,
            Code::AlreadyExists,
            Code::RuleBroken,
            Code::RuleBroken,
            Code::RuleBroken
        ]
    );
    let post = DecisionFacts {
        kind: VacancyKind::PeerResearcher,
        another_is_appointed: true,
        ..good
    };
    assert_eq!(codes(post), [], "several researchers can be appointed");
    let reserve = DecisionFacts {
        outcome: PanelOutcome::Reserve,
        is_scored: false,
        another_is_appointed: true,
        ..good
    };
    assert_eq!(codes(reserve), []);
}
