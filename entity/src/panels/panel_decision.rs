//! What a panel decided about a candidate (`domain.md` 2.3). Rows are added and never changed.

use sea_orm::entity::prelude::*;

use super::kinds::PanelOutcome;
use crate::id::{ApplicationId, InterviewPanelId, PanelDecisionId, PersonId};
use crate::private::Private;

/// One row of `panel_decision`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panel_decision")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PanelDecisionId,
    /// The panel.
    pub panel_id: InterviewPanelId,
    /// The candidate.
    pub application_id: ApplicationId,
    /// What was decided.
    pub outcome: PanelOutcome,
    /// Why.
    pub reason: Private<String>,
    /// What the candidate is told.
    pub feedback: Private<String>,
    /// Who recorded it.
    pub decided_by_person_id: PersonId,
    /// When it was recorded.
    pub decided_at: DateTimeUtc,
    /// The row that `panel_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Panel", from = "panel_id", to = "id")]
    pub panel: BelongsTo<super::interview_panel::Entity>,
    /// The row that `application_id` refers to.
    #[sea_orm(belongs_to, from = "application_id", to = "id")]
    pub application: BelongsTo<super::application::Entity>,
    /// The row that `decided_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "DecidedByPerson",
        from = "decided_by_person_id",
        to = "id"
    )]
    pub decided_by_person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
