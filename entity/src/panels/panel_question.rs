//! A question that a panel asks every candidate alike (`domain.md` 2.3). Fixed once the panel scores.

use sea_orm::entity::prelude::*;

use crate::id::{InterviewPanelId, PanelQuestionId, UserId};

/// One row of `panel_question`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "panel_question")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PanelQuestionId,
    /// The panel.
    pub panel_id: InterviewPanelId,
    /// Its place in the interview, from 1.
    pub ordinal: i32,
    /// What is asked.
    pub text: String,
    /// The same in Easy Read.
    pub easy_read: Option<String>,
    /// Its share of the result, in basis points.
    pub weight_bp: i32,
    /// The highest score.
    pub max_score: i32,
    /// What a good answer holds.
    pub look_for: Option<String>,
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
}

impl ActiveModelBehavior for ActiveModel {}
