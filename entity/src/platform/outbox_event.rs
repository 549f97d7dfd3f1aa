//! An event on its way to subscribers, written in the transaction that caused it.
//!
//! Only `delivered_at` ever changes, and only one process delivers: there is no `version` and no
//! `updated_at`.

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, OutboxEventId, PartnershipId};

/// One row of `outbox_event`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_event")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutboxEventId,
    /// The order of delivery.
    pub sequence: i64,
    /// When it happened.
    pub at: DateTimeUtc,
    /// What happened, for example `board.updated`.
    pub topic: String,
    /// The table of the row concerned.
    pub entity: String,
    /// The primary key of the row concerned.
    pub entity_id: Uuid,
    /// The organisation it concerns.
    pub organisation_id: Option<OrganisationId>,
    /// The partnership it concerns.
    pub partnership_id: Option<PartnershipId>,
    /// What subscribers are told.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    /// When it was delivered; absent while it waits.
    pub delivered_at: Option<DateTimeUtc>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<Option<crate::partnerships::partnership::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
