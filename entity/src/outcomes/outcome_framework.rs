//! A version of a set of outcomes, and of what shows whether they are met (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::FrameworkStatus;
use crate::id::{OrganisationId, OutcomeFrameworkId, UserId};

/// One row of `outcome_framework`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outcome_framework")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OutcomeFrameworkId,
    /// The organisation that publishes it; absent for those that come with the server.
    pub publisher_organisation_id: Option<OrganisationId>,
    /// The code it is known by, such as `ASCOF`: the same for all its versions.
    pub code: String,
    /// What tells this version from the others.
    pub version_label: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub summary: Option<String>,
    /// Whose framework it is and where it is described, for those that come with the server.
    pub source: Option<String>,
    /// How far it has got.
    pub status: FrameworkStatus,
    /// When it came into use.
    pub live_at: Option<DateTimeUtc>,
    /// When it went out of use.
    pub retired_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `publisher_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "PublisherOrganisation",
        from = "publisher_organisation_id",
        to = "id"
    )]
    pub publisher_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
