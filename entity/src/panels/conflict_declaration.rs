//! What somebody declares about their interests, to an interview panel, to a board, about an item on its agenda or about a
//! monitoring visit (`domain.md` 2.3). That there is nothing is a row of its own.
//! Somebody else assesses it.

use sea_orm::entity::prelude::*;

use super::kinds::{ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature};
use crate::id::{
    AgendaItemId, ApplicationId, BoardId, ConflictDeclarationId, InterviewPanelId, MonitoringVisitId,
    PersonId, UserId,
};
use crate::private::Private;

/// One row of `conflict_declaration`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conflict_declaration")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConflictDeclarationId,
    /// What it is about.
    pub context: ConflictContext,
    /// The panel, for what was declared to one.
    pub panel_id: Option<InterviewPanelId>,
    /// The board, for what was declared to one or about an item on its agenda.
    pub board_id: Option<BoardId>,
    /// The agenda item, for what was declared about one.
    pub agenda_item_id: Option<AgendaItemId>,
    /// The visit, for what was declared about one.
    pub monitoring_visit_id: Option<MonitoringVisitId>,
    /// Who declares.
    pub person_id: PersonId,
    /// The candidate it is about, where one is named.
    pub application_id: Option<ApplicationId>,
    /// What ties them.
    pub nature: ConflictNature,
    /// How serious it is; absent for `NONE`.
    pub level: Option<ConflictLevel>,
    /// More about it, in the words of the person.
    pub detail: Option<Private<String>>,
    /// What somebody else made of it; absent for `NONE`.
    pub assessment: Option<ConflictAssessment>,
    /// Who assessed it.
    pub assessed_by_person_id: Option<PersonId>,
    /// When it was assessed.
    pub assessed_at: Option<DateTimeUtc>,
    /// The precautions.
    pub mitigation: Option<Private<String>>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `panel_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Panel", from = "panel_id", to = "id")]
    pub panel: BelongsTo<Option<super::interview_panel::Entity>>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<Option<crate::boards::board::Entity>>,
    /// The row that `agenda_item_id` refers to.
    #[sea_orm(belongs_to, from = "agenda_item_id", to = "id")]
    pub agenda_item: BelongsTo<Option<crate::meetings::agenda_item::Entity>>,
    /// The row that `monitoring_visit_id` refers to.
    #[sea_orm(belongs_to, from = "monitoring_visit_id", to = "id")]
    pub monitoring_visit: BelongsTo<Option<crate::visits::monitoring_visit::Entity>>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `application_id` refers to.
    #[sea_orm(belongs_to, from = "application_id", to = "id")]
    pub application: BelongsTo<Option<super::application::Entity>>,
    /// The row that `assessed_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "AssessedByPerson",
        from = "assessed_by_person_id",
        to = "id"
    )]
    pub assessed_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
