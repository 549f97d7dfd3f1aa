//! Somebody who goes on a monitoring visit (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use crate::id::{MonitoringVisitId, PeerReviewerId, PersonId, UserId};

/// One row of `peer_reviewer`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "peer_reviewer")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeerReviewerId,
    /// The visit.
    pub visit_id: MonitoringVisitId,
    /// The person.
    pub person_id: PersonId,
    /// Whether they lead it: one of its reviewers does.
    pub lead: bool,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `visit_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Visit", from = "visit_id", to = "id")]
    pub visit: BelongsTo<super::monitoring_visit::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
