//! The score that a panel agreed on where its panellists lay apart (`domain.md` 2.3). Rows are added and never changed.

use sea_orm::entity::prelude::*;

use crate::id::{ApplicationId, InterviewPanelId, ModeratedScoreId, PanelQuestionId, PersonId};
use crate::private::Private;

/// One row of `moderated_score`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "moderated_score")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ModeratedScoreId,
    /// The panel.
    pub panel_id: InterviewPanelId,
    /// The candidate.
    pub application_id: ApplicationId,
    /// The question.
    pub question_id: PanelQuestionId,
    /// The score.
    pub score: i32,
    /// Why this one.
    pub rationale: Private<String>,
    /// Who recorded it.
    pub moderated_by_person_id: PersonId,
    /// When it was recorded.
    pub moderated_at: DateTimeUtc,
    /// The row that `panel_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Panel", from = "panel_id", to = "id")]
    pub panel: BelongsTo<super::interview_panel::Entity>,
    /// The row that `application_id` refers to.
    #[sea_orm(belongs_to, from = "application_id", to = "id")]
    pub application: BelongsTo<super::application::Entity>,
    /// The row that `question_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Question", from = "question_id", to = "id")]
    pub question: BelongsTo<super::panel_question::Entity>,
    /// The row that `moderated_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ModeratedByPerson",
        from = "moderated_by_person_id",
        to = "id"
    )]
    pub moderated_by_person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
