//! Somebody on an interview panel (`domain.md` 2.3).

use sea_orm::entity::prelude::*;

use super::kinds::PanelCapacity;
use crate::id::{InterviewPanelId, PanellistId, PersonId, UserId};

/// One row of `panellist`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panellist")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PanellistId,
    /// The panel.
    pub panel_id: InterviewPanelId,
    /// The person.
    pub person_id: PersonId,
    /// As whom they sit there.
    pub capacity: PanelCapacity,
    /// Whether they lead the panel.
    pub chair: bool,
    /// Who supports them, and may enter scores for them.
    pub supporter_person_id: Option<PersonId>,
    /// When they stood down; absent while they take part.
    pub stood_down_at: Option<DateTimeUtc>,
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
    pub panel: BelongsTo<super::interview_panel::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `supporter_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "SupporterPerson",
        from = "supporter_person_id",
        to = "id"
    )]
    pub supporter_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
