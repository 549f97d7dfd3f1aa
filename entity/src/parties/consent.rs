//! What a person agreed to. Withdrawal has effect from the next read (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::{ConsentMethod, ConsentPurpose};
use crate::id::{ConsentId, OrganisationId, PersonId, UserId};

/// One row of `consent`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentId,
    /// The person.
    pub person_id: PersonId,
    /// What the person agreed to.
    pub purpose: ConsentPurpose,
    /// The organisation it was given to; absent when it holds for all.
    pub grantee_organisation_id: Option<OrganisationId>,
    /// When it was given.
    pub given_at: DateTimeUtc,
    /// How it was given.
    pub method: ConsentMethod,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<super::person::Entity>,
    /// The row that `grantee_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "GranteeOrganisation",
        from = "grantee_organisation_id",
        to = "id"
    )]
    pub grantee_organisation: BelongsTo<Option<super::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
