//! How the questions of a panel are written: all at once, so that their order and weights are seen together.

use entity::id::PanelQuestionId;
use entity::panels::{interview_panel, panel_question};
use sea_orm::Set;

use super::mutation::{InterviewPanelSetQuestionsInput, PanelQuestionInput};
use crate::domains::panels::facts::{event, questions, seen_panel};
use crate::domains::panels::rules::panels::{BEFORE_SCORING, WHOLE, check_state};
use crate::domains::panels::settings::{PanelSettings, characters};
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, long_text, number, optional_long_text,
};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::panels as policy;

pub(super) async fn set(
    change: Change<'_>,
    input: &InterviewPanelSetQuestionsInput,
    settings: &PanelSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let wanted = read(&mut violations, &input.questions, settings);
    let Some(held) = seen_panel(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::form_panel(session, held.panel).await??;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state(
        "id",
        "Its questions can be set",
        before.status,
        BEFORE_SCORING,
    ));
    violations.into_result()?;

    for question in questions(session, before.id).await? {
        let version = question.version;
        let permit = policy::change_question(&permit, question)?;
        session.delete(&permit, version).await?;
    }
    for row in wanted {
        let row = panel_question::ActiveModel {
            panel_id: Set(before.id),
            ..row
        };
        session.insert(&permit, row).await?;
    }
    let row = interview_panel::ActiveModel::default();
    let panel = session.update(&permit, before.version, row).await?;
    let action = "interview_panel.set_questions";
    let event = event(action, "interview_panel", panel.id, &held.vacancy);
    Ok(session.record(event, panel.id.0))
}

fn read(
    violations: &mut Violations,
    questions: &[PanelQuestionInput],
    settings: &PanelSettings,
) -> Vec<panel_question::ActiveModel> {
    let (most, longest) = (
        characters(settings.most_questions),
        characters(settings.longest_question),
    );
    violations.check(!questions.is_empty(), Code::Required, "questions", || {
        "A panel asks at least one question.".to_owned()
    });
    violations.check(questions.len() <= most, Code::LimitExceeded, "questions", || {
        format!("A panel asks {most} questions at most.")
    });
    let mut rows = Vec::with_capacity(questions.len());
    for ((place, question), ordinal) in questions.iter().enumerate().zip(1..) {
        let at = |violation: Violation| violation.within(place.to_string()).within("questions");
        let mut own = Violations::default();
        let text = own.keep(long_text("text", &question.text, 1..=longest));
        let easy_read = optional_long_text("easyRead", question.easy_read.as_deref(), longest);
        let easy_read = own.keep(easy_read).flatten();
        let look_for = optional_long_text("lookFor", question.look_for.as_deref(), longest);
        let look_for = own.keep(look_for).flatten();
        let weight = own.keep(number("weightBp", question.weight_bp, 1..=WHOLE));
        let most = own.keep(number("maxScore", question.max_score, 1..=100));
        violations.extend(own.into_iter().map(at));
        rows.push(panel_question::ActiveModel {
            id: Set(PanelQuestionId::new()),
            ordinal: Set(ordinal),
            text: Set(text.unwrap_or_default()),
            easy_read: Set(easy_read),
            weight_bp: Set(weight.unwrap_or_default()),
            max_score: Set(most.unwrap_or_default()),
            look_for: Set(look_for),
            ..Default::default()
        });
    }
    rows
}
