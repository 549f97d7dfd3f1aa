//! Training, and interview panels with their scores and decisions.

use entity::panels::kinds::{
    ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature, PanelCapacity, PanelOutcome,
    PanelStatus,
};
use entity::panels::{
    conflict_declaration, interview_panel, moderated_score, panel_decision, panel_question, panellist, score,
    training_course, training_record,
};
use entity::private::Private;

use super::{at, canary, day, key, nobody, recorded, vacancies};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    for (name, organisation) in [
        ("panel-skills", "ashdown-council"),
        ("fernley-skills", "fernley-council"),
    ] {
        rows.training_course.push(training_course(name, organisation));
    }
    for (course, person) in [
        ("panel-skills", "board-chair"),
        ("panel-skills", "board-member"),
        ("panel-skills", "researcher"),
        ("fernley-skills", "fernley-member"),
    ] {
        rows.training_record.push(training_record(course, person));
    }
    vacancies::fill(rows);
    panels(rows);
    panellists(rows);
    declarations(rows);
    scores(rows);
    decisions(rows);
}

fn panels(rows: &mut Rows) {
    use PanelStatus as S;
    for (vacancy, status) in [
        ("co-ordinator", S::Scoring),
        ("seat", S::Forming),
        ("over", S::Forming),
        ("mentor", S::Decided),
        ("fernley-post", S::Forming),
    ] {
        let mut panel = interview_panel(vacancy, status);
        if vacancy == "seat" {
            panel.required_course_id = Some(key("training_course", "panel-skills"));
        }
        rows.interview_panel.push(panel);
        for (ordinal, weight) in [(1, 4_000), (2, 6_000)] {
            rows.panel_question.push(panel_question(vacancy, ordinal, weight));
        }
    }
}

fn panellists(rows: &mut Rows) {
    use PanelCapacity as C;
    for (panel, person, capacity) in [
        ("co-ordinator", "board-chair", C::LivedExperience),
        ("co-ordinator", "board-member", C::LivedExperience),
        ("co-ordinator", "researcher", C::Professional),
        ("seat", "board-chair", C::Professional),
        ("seat", "board-member", C::LivedExperience),
        ("over", "board-chair", C::Carer),
        ("over", "researcher", C::Professional),
        ("mentor", "board-chair", C::LivedExperience),
        ("mentor", "board-member", C::LivedExperience),
    ] {
        let mut panellist = panellist(panel, person, capacity);
        panellist.chair = person == "board-chair";
        if (panel, person) == ("co-ordinator", "board-member") {
            panellist.supporter_person_id = Some(key("person", "provider-user"));
        }
        rows.panellist.push(panellist);
    }
}

/// The researcher is recused from the visitor; on the panel for the seat, only the chair has declared.
fn declarations(rows: &mut Rows) {
    for (panel, person) in [
        ("co-ordinator", "board-chair"),
        ("co-ordinator", "board-member"),
        ("over", "board-chair"),
        ("mentor", "board-chair"),
        ("mentor", "board-member"),
    ] {
        rows.conflict_declaration
            .push(conflict_declaration(panel, person, None));
    }
    let visitor = Some("co-ordinator visitor");
    let mut recused = conflict_declaration("co-ordinator", "researcher", visitor);
    recused.assessment = Some(ConflictAssessment::Recuse);
    recused.assessed_by_person_id = Some(key("person", "board-chair"));
    recused.assessed_at = Some(at("2026-02-24T09:00:00Z"));
    rows.conflict_declaration.push(recused);
    for (panel, person, about) in [
        ("seat", "board-chair", "seat user-led-admin"),
        ("over", "researcher", "over invited"),
    ] {
        rows.conflict_declaration
            .push(conflict_declaration(panel, person, Some(about)));
    }
}

/// On the panel that scores, the member has yet to hand in theirs.
fn scores(rows: &mut Rows) {
    for (panel, who, about) in [
        ("co-ordinator", "board-chair", "visitor"),
        ("co-ordinator", "board-chair", "former-member"),
        ("co-ordinator", "researcher", "former-member"),
        ("mentor", "board-chair", "former-member"),
        ("mentor", "board-chair", "declined"),
        ("mentor", "board-member", "former-member"),
        ("mentor", "board-member", "declined"),
    ] {
        for ordinal in 1..=2 {
            rows.score.push(score(panel, who, about, ordinal));
        }
    }
}

fn decisions(rows: &mut Rows) {
    rows.moderated_score
        .push(moderated_score("mentor", "declined", 1));
    for (about, outcome) in [
        ("former-member", PanelOutcome::Appoint),
        ("declined", PanelOutcome::Reject),
    ] {
        rows.panel_decision.push(panel_decision("mentor", about, outcome));
    }
}

/// A course whose completion counts for a year.
pub fn training_course(name: &str, organisation: &str) -> training_course::Model {
    training_course::Model {
        id: key("training_course", name),
        organisation_id: key("organisation", organisation),
        code: canary("training_course", name, "code"),
        title: canary("training_course", name, "title"),
        description: Some(canary("training_course", name, "description")),
        valid_months: Some(12),
        closed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// That somebody completed a course; its name in the world is the course's and theirs.
pub fn training_record(course: &str, person: &str) -> training_record::Model {
    training_record::Model {
        id: key("training_record", &format!("{course} {person}")),
        person_id: key("person", person),
        course_id: key("training_course", course),
        completed_on: day("2026-01-15"),
        expires_on: Some(day("2027-01-15")),
        champion: false,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// The panel of a vacancy, its first round; its name in the world is the vacancy's.
pub fn interview_panel(vacancy: &str, status: PanelStatus) -> interview_panel::Model {
    interview_panel::Model {
        id: key("interview_panel", vacancy),
        vacancy_id: key("vacancy", vacancy),
        round: 1,
        moderation_threshold: 2,
        required_course_id: None,
        status,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Somebody on a panel; the name in the world is the panel's and theirs.
pub fn panellist(panel: &str, person: &str, capacity: PanelCapacity) -> panellist::Model {
    panellist::Model {
        id: key("panellist", &format!("{panel} {person}")),
        panel_id: key("interview_panel", panel),
        person_id: key("person", person),
        capacity,
        chair: false,
        supporter_person_id: None,
        stood_down_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A question with five as its highest score; its name in the world is the panel's and its place.
pub fn panel_question(panel: &str, ordinal: i32, weight_bp: i32) -> panel_question::Model {
    let name = format!("{panel} {ordinal}");
    panel_question::Model {
        id: key("panel_question", &name),
        panel_id: key("interview_panel", panel),
        ordinal,
        text: canary("panel_question", &name, "text"),
        easy_read: Some(canary("panel_question", &name, "easy_read")),
        weight_bp,
        max_score: 5,
        look_for: Some(canary("panel_question", &name, "look_for")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What somebody declared to a panel: that there is nothing, or that they know a candidate; not assessed yet. Its name in
/// the world is the panel's and theirs.
pub fn conflict_declaration(panel: &str, person: &str, about: Option<&str>) -> conflict_declaration::Model {
    let name = format!("{panel} {person}");
    let private = |column| Private::new(canary("conflict_declaration", &name, column));
    conflict_declaration::Model {
        id: key("conflict_declaration", &name),
        context: ConflictContext::Panel,
        panel_id: Some(key("interview_panel", panel)),
        board_id: None,
        agenda_item_id: None,
        monitoring_visit_id: None,
        person_id: key("person", person),
        application_id: about.map(|name| key("application", name)),
        nature: about.map_or(ConflictNature::None, |_| ConflictNature::Personal),
        level: about.map(|_| ConflictLevel::Perceived),
        detail: about.map(|_| private("detail")),
        assessment: about.map(|_| ConflictAssessment::Pending),
        assessed_by_person_id: None,
        assessed_at: None,
        mitigation: about.map(|_| private("mitigation")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Four of five, given for an answer to a question of a panel; its name in the world is the panel's, whose score it is, whom
/// it is about, and the question's place.
pub fn score(panel: &str, who: &str, about: &str, ordinal: i32) -> score::Model {
    let name = format!("{panel} {who} {about} {ordinal}");
    score::Model {
        id: key("score", &name),
        panel_id: key("interview_panel", panel),
        application_id: key("application", &format!("{panel} {about}")),
        question_id: key("panel_question", &format!("{panel} {ordinal}")),
        panellist_id: key("panellist", &format!("{panel} {who}")),
        person_id: key("person", who),
        score: 4,
        evidence: Private::new(canary("score", &name, "evidence")),
        entered_by_person_id: key("person", who),
        submitted_at: at("2026-02-26T09:00:00Z"),
    }
}

/// A score that a panel agreed on; its name in the world is the panel's, whom it is about, and the question's place.
pub fn moderated_score(panel: &str, about: &str, ordinal: i32) -> moderated_score::Model {
    let name = format!("{panel} {about} {ordinal}");
    moderated_score::Model {
        id: key("moderated_score", &name),
        panel_id: key("interview_panel", panel),
        application_id: key("application", &format!("{panel} {about}")),
        question_id: key("panel_question", &format!("{panel} {ordinal}")),
        score: 2,
        rationale: Private::new(canary("moderated_score", &name, "rationale")),
        moderated_by_person_id: key("person", "board-chair"),
        moderated_at: at("2026-02-27T09:00:00Z"),
    }
}

/// What a panel decided; its name in the world is the panel's and whom it is about.
pub fn panel_decision(panel: &str, about: &str, outcome: PanelOutcome) -> panel_decision::Model {
    let name = format!("{panel} {about}");
    panel_decision::Model {
        id: key("panel_decision", &name),
        panel_id: key("interview_panel", panel),
        application_id: key("application", &name),
        outcome,
        reason: Private::new(canary("panel_decision", &name, "reason")),
        feedback: Private::new(canary("panel_decision", &name, "feedback")),
        decided_by_person_id: key("person", "board-chair"),
        decided_at: at("2026-02-27T09:00:00Z"),
    }
}
