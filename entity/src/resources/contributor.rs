//! Somebody who did something for a version of a resource: a person or an organisation (`domain.md` 2.6). The name of a person
//! is shown only while they consent to have it published.

use sea_orm::entity::prelude::*;

use super::kinds::ContributorRole;
use crate::id::{
    ContributionId, ContributorId, OrganisationId, PersonId, ResourceId, ResourceVersionId, UserId,
};
use crate::private::Private;

/// One row of `contributor`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contributor")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContributorId,
    /// The resource of the version.
    pub resource_id: ResourceId,
    /// The version.
    pub resource_version_id: ResourceVersionId,
    /// The person, where it is one.
    pub person_id: Option<PersonId>,
    /// The organisation, where it is one.
    pub organisation_id: Option<OrganisationId>,
    /// What they did.
    pub role: ContributorRole,
    /// Whether they did it out of lived experience.
    pub lived_experience: bool,
    /// Whether they lead the work.
    pub lead: bool,
    /// The name they are credited by; absent when a person is not to be named.
    pub credit_name: Option<Private<String>>,
    /// What was agreed with the person for it, where something was.
    pub contribution_id: Option<ContributionId>,
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
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<Option<crate::parties::person::Entity>>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `contribution_id` refers to.
    #[sea_orm(belongs_to, from = "contribution_id", to = "id")]
    pub contribution: BelongsTo<Option<crate::reciprocity::contribution::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
