//! Which counts are too small to publish, and how the others are rounded (`domain.md` 2.8, 4). A policy never changes: releases say by
//! which they were made.

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, SuppressionPolicyId, UserId};

/// One row of `suppression_policy`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "suppression_policy")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SuppressionPolicyId,
    /// The organisation whose policy it is.
    pub organisation_id: OrganisationId,
    /// What it is called.
    pub name: String,
    /// The smallest count that is withheld.
    pub suppress_min: i32,
    /// The largest count that is withheld for being small.
    pub suppress_max: i32,
    /// What the others are rounded to a multiple of; 1 leaves them as they are.
    pub round_to: i32,
    /// Whether more is withheld, so that nothing withheld can be worked out from what is shown.
    pub secondary: bool,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
