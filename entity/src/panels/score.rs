//! What a panellist gave a candidate for an answer, and why (`domain.md` 2.3). Rows are added and never changed: a score
//! stands once it was handed in. Sealed until every panellist has handed in theirs.

use sea_orm::entity::prelude::*;

use crate::id::{ApplicationId, InterviewPanelId, PanelQuestionId, PanellistId, PersonId, ScoreId};
use crate::private::Private;

/// One row of `score`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ScoreId,
    /// The panel.
    pub panel_id: InterviewPanelId,
    /// The candidate.
    pub application_id: ApplicationId,
    /// The question.
    pub question_id: PanelQuestionId,
    /// Whose score it is.
    pub panellist_id: PanellistId,
    /// The panellist as a person.
    pub person_id: PersonId,
    /// The score, from 0 to the highest of the question.
    pub score: i32,
    /// What it rests on.
    pub evidence: Private<String>,
    /// Who entered it: the panellist or their supporter.
    pub entered_by_person_id: PersonId,
    /// When it was handed in.
    pub submitted_at: DateTimeUtc,
    /// The row that `panel_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Panel", from = "panel_id", to = "id")]
    pub panel: BelongsTo<super::interview_panel::Entity>,
    /// The row that `application_id` refers to.
    #[sea_orm(belongs_to, from = "application_id", to = "id")]
    pub application: BelongsTo<super::application::Entity>,
    /// The row that `question_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Question", from = "question_id", to = "id")]
    pub question: BelongsTo<super::panel_question::Entity>,
    /// The row that `panellist_id` refers to.
    #[sea_orm(belongs_to, from = "panellist_id", to = "id")]
    pub panellist: BelongsTo<super::panellist::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `entered_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "EnteredByPerson",
        from = "entered_by_person_id",
        to = "id"
    )]
    pub entered_by_person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
