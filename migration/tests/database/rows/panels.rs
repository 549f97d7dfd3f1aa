//! One full row of each table of training, vacancies and interview panels.

use entity::id::{
    ApplicationId, BoardId, BoardSeatId, ConflictDeclarationId, EqualityTallyId, InterviewPanelId, MediaId,
    ModeratedScoreId, OrganisationId, PanelDecisionId, PanelQuestionId, PanellistId, PersonId, ScoreId,
    TrainingCourseId, TrainingRecordId, VacancyId,
};
use entity::panels::kinds::{
    ApplicationStatus, ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature, EqualityAnswer,
    PanelCapacity, PanelOutcome, PanelStatus, VacancyKind, VacancyStatus,
};
use entity::panels::{
    application, conflict_declaration, equality_tally, interview_panel, moderated_score, panel_decision,
    panel_question, panellist, score, training_course, training_record, vacancy,
};
use entity::private::Private;

use super::{date, id, instant};

pub fn training_course() -> training_course::Model {
    training_course::Model {
        id: TrainingCourseId(id(40)),
        organisation_id: OrganisationId(id(1)),
        code: "code".to_owned(),
        title: "title".to_owned(),
        description: Some("description".to_owned()),
        valid_months: Some(3),
        closed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn training_record() -> training_record::Model {
    training_record::Model {
        id: TrainingRecordId(id(41)),
        person_id: PersonId(id(7)),
        course_id: TrainingCourseId(id(40)),
        completed_on: date(2026, 1, 31),
        expires_on: Some(date(2026, 1, 31)),
        champion: true,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn vacancy() -> vacancy::Model {
    vacancy::Model {
        id: VacancyId(id(42)),
        organisation_id: OrganisationId(id(1)),
        kind: VacancyKind::BoardSeat,
        title: "title".to_owned(),
        description: Some("description".to_owned()),
        board_id: Some(BoardId(id(21))),
        seat_id: Some(BoardSeatId(id(22))),
        opens_at: instant(),
        closes_at: instant() + std::time::Duration::from_mins(1),
        status: VacancyStatus::Draft,
        announced_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn application() -> application::Model {
    application::Model {
        id: ApplicationId(id(43)),
        vacancy_id: VacancyId(id(42)),
        person_id: PersonId(id(7)),
        statement: Some(Private::new("statement".to_owned())),
        media_url: Some(Private::new("media url".to_owned())),
        media_id: Some(MediaId(id(61))),
        contact: Some(Private::new("contact".to_owned())),
        status: ApplicationStatus::Submitted,
        submitted_at: instant(),
        shortlisted_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn equality_tally() -> equality_tally::Model {
    equality_tally::Model {
        id: EqualityTallyId(id(44)),
        vacancy_id: VacancyId(id(42)),
        answer: EqualityAnswer::AgeUnder25,
        people: 3,
    }
}

pub fn interview_panel() -> interview_panel::Model {
    interview_panel::Model {
        id: InterviewPanelId(id(45)),
        vacancy_id: VacancyId(id(42)),
        round: 3,
        moderation_threshold: 3,
        required_course_id: Some(TrainingCourseId(id(40))),
        status: PanelStatus::Forming,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn panellist() -> panellist::Model {
    panellist::Model {
        id: PanellistId(id(46)),
        panel_id: InterviewPanelId(id(45)),
        person_id: PersonId(id(7)),
        capacity: PanelCapacity::LivedExperience,
        chair: true,
        supporter_person_id: None,
        stood_down_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn panel_question() -> panel_question::Model {
    panel_question::Model {
        id: PanelQuestionId(id(47)),
        panel_id: InterviewPanelId(id(45)),
        ordinal: 3,
        text: "text".to_owned(),
        easy_read: Some("easy read".to_owned()),
        weight_bp: 3,
        max_score: 3,
        look_for: Some("look for".to_owned()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn conflict_declaration() -> conflict_declaration::Model {
    conflict_declaration::Model {
        id: ConflictDeclarationId(id(48)),
        context: ConflictContext::Panel,
        panel_id: Some(InterviewPanelId(id(45))),
        board_id: None,
        agenda_item_id: None,
        monitoring_visit_id: None,
        person_id: PersonId(id(7)),
        application_id: Some(ApplicationId(id(43))),
        nature: ConflictNature::Family,
        level: Some(ConflictLevel::Actual),
        detail: Some(Private::new("detail".to_owned())),
        assessment: Some(ConflictAssessment::Pending),
        assessed_by_person_id: None,
        assessed_at: Some(instant()),
        mitigation: Some(Private::new("mitigation".to_owned())),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn score() -> score::Model {
    score::Model {
        id: ScoreId(id(49)),
        panel_id: InterviewPanelId(id(45)),
        application_id: ApplicationId(id(43)),
        question_id: PanelQuestionId(id(47)),
        panellist_id: PanellistId(id(46)),
        person_id: PersonId(id(7)),
        score: 3,
        evidence: Private::new("evidence".to_owned()),
        entered_by_person_id: PersonId(id(7)),
        submitted_at: instant(),
    }
}

pub fn moderated_score() -> moderated_score::Model {
    moderated_score::Model {
        id: ModeratedScoreId(id(50)),
        panel_id: InterviewPanelId(id(45)),
        application_id: ApplicationId(id(43)),
        question_id: PanelQuestionId(id(47)),
        score: 3,
        rationale: Private::new("rationale".to_owned()),
        moderated_by_person_id: PersonId(id(7)),
        moderated_at: instant(),
    }
}

pub fn panel_decision() -> panel_decision::Model {
    panel_decision::Model {
        id: PanelDecisionId(id(51)),
        panel_id: InterviewPanelId(id(45)),
        application_id: ApplicationId(id(43)),
        outcome: PanelOutcome::Appoint,
        reason: Private::new("reason".to_owned()),
        feedback: Private::new("feedback".to_owned()),
        decided_by_person_id: PersonId(id(7)),
        decided_at: instant(),
    }
}
