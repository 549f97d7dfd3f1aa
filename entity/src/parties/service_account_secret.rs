//! A secret of a service account. Only its hash is kept. Two may hold at a time, so that one can replace
//! the other without a gap.
//!
//! Rows are added and never changed, except that `expires_at` may come nearer and `revoked_at` be set:
//! there is no `version` and no `updated_at`.

use sea_orm::entity::prelude::*;

use crate::id::{ServiceAccountId, ServiceAccountSecretId};

/// One row of `service_account_secret`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_account_secret")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceAccountSecretId,
    /// The account it opens.
    pub service_account_id: ServiceAccountId,
    /// The hash of the secret.
    pub secret_hash: String,
    /// When it was issued.
    pub created_at: DateTimeUtc,
    /// When it stops working.
    pub expires_at: DateTimeUtc,
    /// When it was stopped early.
    pub revoked_at: Option<DateTimeUtc>,
    /// The row that `service_account_id` refers to.
    #[sea_orm(belongs_to, from = "service_account_id", to = "id")]
    pub service_account: BelongsTo<super::service_account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
