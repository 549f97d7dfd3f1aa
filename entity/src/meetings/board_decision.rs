//! What a board decided at a meeting (`domain.md` 2.2), with how many could vote at that moment.
//!
//! Rows are only ever added: there is no `version` and no `updated_at`. A board that thinks again decides again.

use sea_orm::entity::prelude::*;

use super::kinds::{DecisionMethod, DecisionOutcome};
use crate::id::{AgendaItemId, BoardDecisionId, BoardId, MeetingId};

/// One row of `board_decision`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "board_decision")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BoardDecisionId,
    /// The board.
    pub board_id: BoardId,
    /// The meeting.
    pub meeting_id: MeetingId,
    /// The agenda item.
    pub agenda_item_id: AgendaItemId,
    /// What was decided.
    pub text: String,
    /// How.
    pub method: DecisionMethod,
    /// With what outcome.
    pub outcome: DecisionOutcome,
    /// Votes for it; absent for a consensus.
    pub votes_for: Option<i32>,
    /// Votes against it; absent for a consensus.
    pub votes_against: Option<i32>,
    /// Abstentions; absent for a consensus.
    pub votes_abstain: Option<i32>,
    /// How many voting members were present at that moment.
    pub voting_present: i32,
    /// How many of them hold a seat for lived experience or for a carer.
    pub lived_present: i32,
    /// When it was recorded.
    pub decided_at: DateTimeUtc,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<crate::boards::board::Entity>,
    /// The row that `meeting_id` refers to.
    #[sea_orm(belongs_to, from = "meeting_id", to = "id")]
    pub meeting: BelongsTo<super::meeting::Entity>,
    /// The row that `agenda_item_id` refers to.
    #[sea_orm(belongs_to, from = "agenda_item_id", to = "id")]
    pub agenda_item: BelongsTo<super::agenda_item::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
