//! The kept answer of a request that may be repeated. The same key with the same request gets the same
//! answer; with another request it is a conflict.
//!
//! Rows are added, deleted after `expires_at`, and until then written over by nobody; an expired one may be taken for a new answer under its
//! key. There is no `version` and no `updated_at`.

use sea_orm::entity::prelude::*;

use crate::id::{IdempotencyRecordId, OrganisationId};

/// One row of `idempotency_record`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_record")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdempotencyRecordId,
    /// The organisation on whose behalf the request was made.
    pub organisation_id: Option<OrganisationId>,
    /// The account that made it.
    pub actor: String,
    /// The mutation.
    pub operation: String,
    /// The key the client chose.
    pub key: String,
    /// The hash of the request.
    pub request_hash: String,
    /// The answer that was given.
    #[sea_orm(column_type = "JsonBinary")]
    pub answer: Json,
    /// When it was given.
    pub created_at: DateTimeUtc,
    /// Until when it is kept.
    pub expires_at: DateTimeUtc,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
