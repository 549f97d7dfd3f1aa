//! Figures of a framework, published together under one policy (`domain.md` 4, disclosure control).

use sea_orm::entity::prelude::*;

use super::kinds::ReleaseStatus;
use crate::id::{OrganisationId, OutcomeFrameworkId, ReleaseId, SuppressionPolicyId, UserId};

/// One row of `release`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "release")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReleaseId,
    /// The framework whose indicators it is about.
    pub framework_id: OutcomeFrameworkId,
    /// The organisation whose figures it publishes; absent for what the server's operator loaded.
    pub publisher_organisation_id: Option<OrganisationId>,
    /// Its number among the publisher's releases of the framework, from 1; absent until it is published.
    pub number: Option<i32>,
    /// What it is called.
    pub title: String,
    /// What its readers have to know.
    pub note: Option<String>,
    /// How far it has got.
    pub status: ReleaseStatus,
    /// The policy that it was made by; absent for the one that comes with the server.
    pub suppression_policy_id: Option<SuppressionPolicyId>,
    /// The smallest count that is withheld in it.
    pub suppress_min: i32,
    /// The largest count that is withheld in it for being small.
    pub suppress_max: i32,
    /// What the others are rounded to a multiple of.
    pub round_to: i32,
    /// Whether more is withheld, so that nothing withheld can be worked out from what is shown.
    pub secondary: bool,
    /// How many releases of the framework there were when it was made: it was checked against those, and no others.
    pub made_after: i32,
    /// The SHA-256 of all that it says, in lower-case hexadecimal.
    pub sha256: String,
    /// When everybody could read it.
    pub published_at: Option<DateTimeUtc>,
    /// When the publisher's next release of the framework took its place.
    pub superseded_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `framework_id` refers to.
    #[sea_orm(belongs_to, from = "framework_id", to = "id")]
    pub framework: BelongsTo<crate::outcomes::outcome_framework::Entity>,
    /// The row that `publisher_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "PublisherOrganisation",
        from = "publisher_organisation_id",
        to = "id"
    )]
    pub publisher_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `suppression_policy_id` refers to.
    #[sea_orm(belongs_to, from = "suppression_policy_id", to = "id")]
    pub suppression_policy: BelongsTo<Option<super::suppression_policy::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
