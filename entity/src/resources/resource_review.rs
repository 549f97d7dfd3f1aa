//! What a reviewer thinks of a version of a resource, and what became of it (`domain.md` 2.6).

use sea_orm::entity::prelude::*;

use super::kinds::ReviewVerdict;
use crate::id::{ContributorId, PersonId, ResourceId, ResourceReviewId, ResourceVersionId, UserId};

/// One row of `resource_review`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_review")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResourceReviewId,
    /// The resource of the version.
    pub resource_id: ResourceId,
    /// The version.
    pub resource_version_id: ResourceVersionId,
    /// Who reviews it: a contributor of the version.
    pub contributor_id: ContributorId,
    /// The `content_revision` of the version that they read.
    pub content_revision: i32,
    /// What they think of it.
    pub verdict: ReviewVerdict,
    /// What they have to say about it.
    pub comment: String,
    /// What was done about it.
    pub resolution: Option<String>,
    /// When that was settled.
    pub resolved_at: Option<DateTimeUtc>,
    /// Who settled it.
    pub resolved_by_person_id: Option<PersonId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `resource_id` refers to.
    #[sea_orm(belongs_to, from = "resource_id", to = "id")]
    pub resource: BelongsTo<super::resource::Entity>,
    /// The row that `resource_version_id` refers to.
    #[sea_orm(belongs_to, from = "resource_version_id", to = "id")]
    pub resource_version: BelongsTo<super::resource_version::Entity>,
    /// The row that `contributor_id` refers to.
    #[sea_orm(belongs_to, from = "contributor_id", to = "id")]
    pub contributor: BelongsTo<super::contributor::Entity>,
    /// The row that `resolved_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ResolvedByPerson",
        from = "resolved_by_person_id",
        to = "id"
    )]
    pub resolved_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
