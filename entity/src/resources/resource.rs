//! Something that people write together (`domain.md` 2.6). What it says stands in its versions.

use sea_orm::entity::prelude::*;

use super::kinds::{ResourceKind, ResourceStatus};
use crate::id::{BoardId, InitiativeId, OrganisationId, PersonId, ResourceId, UserId};
use crate::list::{EnumList, TextList};
use crate::parties::kinds::ClientGroup;

/// One row of `resource`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "resource")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ResourceId,
    /// The organisation that answers for it.
    pub owner_organisation_id: OrganisationId,
    /// The piece of work that it comes from; its partnership is that of the resource.
    pub initiative_id: Option<InitiativeId>,
    /// The board that asked for it.
    pub board_id: Option<BoardId>,
    /// What sort of thing it is.
    pub kind: ResourceKind,
    /// What it is called: once published, as its published version.
    pub title: String,
    /// What it is about, in words of the owner's, in lower case.
    pub topics: TextList,
    /// The people it is for.
    pub target_groups: EnumList<ClientGroup>,
    /// How it stands, all its versions taken together.
    pub status: ResourceStatus,
    /// Who signs its versions off.
    pub signer_person_id: Option<PersonId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `owner_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "OwnerOrganisation",
        from = "owner_organisation_id",
        to = "id"
    )]
    pub owner_organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `initiative_id` refers to.
    #[sea_orm(belongs_to, from = "initiative_id", to = "id")]
    pub initiative: BelongsTo<Option<crate::boards::initiative::Entity>>,
    /// The row that `board_id` refers to.
    #[sea_orm(belongs_to, from = "board_id", to = "id")]
    pub board: BelongsTo<Option<crate::boards::board::Entity>>,
    /// The row that `signer_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "SignerPerson",
        from = "signer_person_id",
        to = "id"
    )]
    pub signer_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
