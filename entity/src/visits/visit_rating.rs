//! How well a service meets an outcome, as its visitors found it (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use crate::id::{MonitoringVisitId, OutcomeDescriptorId, OutcomeId, UserId, VisitRatingId};
use crate::outcomes::kinds::DescriptorLevel;
use crate::private::Private;

/// One row of `visit_rating`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_rating")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VisitRatingId,
    /// The visit.
    pub visit_id: MonitoringVisitId,
    /// The outcome.
    pub outcome_id: OutcomeId,
    /// How well it is met.
    pub level: DescriptorLevel,
    /// What that looks like, in the words of the framework.
    pub descriptor_id: OutcomeDescriptorId,
    /// What the reviewers saw and heard. It may name people.
    pub evidence: Private<String>,
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
    /// The row that `outcome_id` refers to.
    #[sea_orm(belongs_to, from = "outcome_id", to = "id")]
    pub outcome: BelongsTo<crate::outcomes::outcome::Entity>,
    /// The row that `descriptor_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "Descriptor", from = "descriptor_id", to = "id")]
    pub descriptor: BelongsTo<crate::outcomes::outcome_descriptor::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
