//! An agreement under which the organisations of a partnership open data to each other. It holds from the
//! last signature to its expiry, or until any party ends it (`domain.md` 2.1 and 3).

use sea_orm::entity::prelude::*;

use super::kinds::{AgreementStatus, DataCategory, LawfulBasis, SpecialCategoryCondition};
use crate::id::{DataSharingAgreementId, OrganisationId, PartnershipId, UserId};
use crate::list::EnumList;

/// One row of `data_sharing_agreement`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_sharing_agreement")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataSharingAgreementId,
    /// The partnership within which it holds.
    pub partnership_id: PartnershipId,
    /// What it is called.
    pub title: String,
    /// What the data may be used for.
    pub purpose: String,
    /// The kinds of data it opens.
    pub categories: EnumList<DataCategory>,
    /// The lawful basis of sharing personal data.
    pub lawful_basis: LawfulBasis,
    /// The further condition for special category data; without one the agreement opens none.
    pub art9_condition: Option<SpecialCategoryCondition>,
    /// Where the data protection impact assessment is to be found.
    pub dpia_reference: Option<String>,
    /// How far it has got.
    pub status: AgreementStatus,
    /// The first day it can hold.
    pub starts_on: Date,
    /// The day from which it no longer holds.
    pub expires_on: Date,
    /// When it was ended early.
    pub terminated_at: Option<DateTimeUtc>,
    /// The party that ended it.
    pub terminated_by_organisation_id: Option<OrganisationId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `partnership_id` refers to.
    #[sea_orm(belongs_to, from = "partnership_id", to = "id")]
    pub partnership: BelongsTo<super::partnership::Entity>,
    /// The row that `terminated_by_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "TerminatedByOrganisation",
        from = "terminated_by_organisation_id",
        to = "id"
    )]
    pub terminated_by_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
