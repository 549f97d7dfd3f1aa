//! A version of a resource in a format and a language: a file or a text (`domain.md` 2.6 and 4). It is stale when the text of the
//! version changed after a user group checked it.

use sea_orm::entity::prelude::*;

use crate::id::{OrganisationId, PersonId, RenditionId, ResourceId, ResourceVersionId, UserId};
use crate::parties::kinds::InformationFormat;

/// One row of `rendition`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rendition")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RenditionId,
    /// The resource of the version.
    pub resource_id: ResourceId,
    /// The version.
    pub resource_version_id: ResourceVersionId,
    /// The format it is in.
    pub format: InformationFormat,
    /// The language it is in, as a tag of BCP 47, for example `en` or `cy`.
    pub language: String,
    /// The file, where it is one.
    pub media_id: Option<Uuid>,
    /// The text as CommonMark, where it is one.
    pub body: Option<String>,
    /// The user group that checked it.
    pub checked_by_organisation_id: Option<OrganisationId>,
    /// Who of the group recorded the check.
    pub checked_by_person_id: Option<PersonId>,
    /// When it was checked.
    pub checked_at: Option<DateTimeUtc>,
    /// The `content_revision` of the version at which it was checked.
    pub checked_content_revision: Option<i32>,
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
    /// The row that `checked_by_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "CheckedByOrganisation",
        from = "checked_by_organisation_id",
        to = "id"
    )]
    pub checked_by_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
    /// The row that `checked_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "CheckedByPerson",
        from = "checked_by_person_id",
        to = "id"
    )]
    pub checked_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
