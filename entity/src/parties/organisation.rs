//! An organisation that takes part: a council, an NHS body, a provider, a user-led organisation
//! (`domain.md` 2.1). It becomes active when a platform administrator has checked its identifiers.

use sea_orm::entity::prelude::*;

use super::kinds::{Nation, OrganisationKind, OrganisationStatus};
use crate::id::{OrganisationId, UserId};

/// One row of `organisation`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganisationId,
    /// The name it is known by.
    pub name: String,
    /// What sort of body it is.
    pub kind: OrganisationKind,
    /// The nation it works in.
    pub nation: Nation,
    /// Whether it takes part.
    pub status: OrganisationStatus,
    /// The organisation it is a part of.
    pub parent_id: Option<OrganisationId>,
    /// The organisation that took over from it.
    pub successor_id: Option<OrganisationId>,
    /// The day it began.
    pub opened_on: Option<Date>,
    /// The day it ended.
    pub closed_on: Option<Date>,
    /// What it does, in its own words.
    pub summary: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `parent_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Parent", from = "parent_id", to = "id")]
    pub parent: BelongsTo<Option<Entity>>,
    /// The row that `successor_id` refers to.
    #[sea_orm(self_ref, relation_enum = "Successor", from = "successor_id", to = "id")]
    pub successor: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
