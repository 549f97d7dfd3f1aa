//! A version of a resource: its text, and how far it has got (`domain.md` 2.6). From sign-off its text stays as it is.

use sea_orm::entity::prelude::*;

use super::kinds::ResourceVersionStatus;
use crate::id::{PersonId, ResourceId, ResourceVersionId, UserId};

/// One row of `resource_version`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource_version")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResourceVersionId,
    /// The resource.
    pub resource_id: ResourceId,
    /// Which version it is, from 1 within the resource.
    pub number: i32,
    /// How far it has got.
    pub status: ResourceVersionStatus,
    /// What it is called.
    pub title: String,
    /// What it says, in short.
    pub summary: Option<String>,
    /// What it says, as CommonMark; absent for what is no text, such as a film.
    pub body: Option<String>,
    /// The language it is written in, as a tag of BCP 47, for example `en`.
    pub language: String,
    /// What others may do with it, for example `CC-BY-4.0` (an SPDX identifier, or words).
    pub licence: Option<String>,
    /// How often its title, summary or body changed: 1 at first.
    pub content_revision: i32,
    /// When it was handed in for review.
    pub submitted_at: Option<DateTimeUtc>,
    /// Who signed it off.
    pub signed_off_by_person_id: Option<PersonId>,
    /// When it was signed off.
    pub signed_off_at: Option<DateTimeUtc>,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// When a later version took its place.
    pub superseded_at: Option<DateTimeUtc>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn.
    pub withdrawn_reason: Option<String>,
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
    /// The row that `signed_off_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "SignedOffByPerson",
        from = "signed_off_by_person_id",
        to = "id"
    )]
    pub signed_off_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
