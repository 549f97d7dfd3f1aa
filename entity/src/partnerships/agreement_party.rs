//! The place of one organisation in a data-sharing agreement, and its signature.

use sea_orm::entity::prelude::*;

use crate::id::{AgreementPartyId, DataSharingAgreementId, OrganisationId, UserId};

/// One row of `agreement_party`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement_party")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgreementPartyId,
    /// The agreement.
    pub agreement_id: DataSharingAgreementId,
    /// The organisation that is a party to it.
    pub organisation_id: OrganisationId,
    /// When it signed.
    pub signed_at: Option<DateTimeUtc>,
    /// The user who signed for it.
    pub signed_by_user_id: Option<UserId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `agreement_id` refers to.
    #[sea_orm(belongs_to, from = "agreement_id", to = "id")]
    pub agreement: BelongsTo<super::data_sharing_agreement::Entity>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `signed_by_user_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "SignedByUser",
        from = "signed_by_user_id",
        to = "id"
    )]
    pub signed_by_user: BelongsTo<Option<crate::parties::user_account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
