//! One entry of the audit trail (`domain.md` 2.9): who did what to which row, and which fields changed.
//! Each entry carries the hash of the one before it, so that a gap or a change shows.
//!
//! Rows are only ever added, and the database refuses anything else: there is no `version` and no
//! `updated_at`.

use sea_orm::entity::prelude::*;

use crate::id::{AuditEventId, OrganisationId, PersonId, ServiceAccountId, UserId};

/// One row of `audit_event`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    /// The place in the trail, counted from 1 without gaps.
    pub sequence: i64,
    /// When it happened.
    pub at: DateTimeUtc,
    /// The user who did it.
    pub actor_user_id: Option<UserId>,
    /// The service account that did it. When both actors are absent, the system did.
    pub actor_service_account_id: Option<ServiceAccountId>,
    /// The organisation on whose behalf.
    pub acting_organisation_id: Option<OrganisationId>,
    /// What was done, for example `board.update`.
    pub action: String,
    /// The table of the row concerned.
    pub entity: String,
    /// The primary key of the row concerned.
    pub entity_id: Uuid,
    /// The fields that changed; of private ones only a hash.
    #[sea_orm(column_type = "JsonBinary")]
    pub changed: Json,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
    /// The request that caused it.
    pub request_id: String,
    /// The hash of the entry before; empty for the first.
    pub previous_hash: String,
    /// The hash of this entry.
    pub hash: String,
    /// The person whose special-category data were read. Their own log of it rests on this column.
    pub subject_person_id: Option<PersonId>,
    /// The row that `actor_user_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "ActorUser", from = "actor_user_id", to = "id")]
    pub actor_user: BelongsTo<Option<crate::parties::user_account::Entity>>,
    /// The row that `actor_service_account_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ActorServiceAccount",
        from = "actor_service_account_id",
        to = "id"
    )]
    pub actor_service_account: BelongsTo<Option<crate::parties::service_account::Entity>>,
    /// The row that `acting_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ActingOrganisation",
        from = "acting_organisation_id",
        to = "id"
    )]
    pub acting_organisation: BelongsTo<Option<crate::parties::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
