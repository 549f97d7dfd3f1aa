//! A visit to a service by peer reviewers, and what they say about it (`domain.md` 2.8).

use sea_orm::entity::prelude::*;

use super::kinds::VisitStatus;
use crate::id::{MonitoringVisitId, OrganisationId, OutcomeFrameworkId, ServiceId, TrainingCourseId, UserId};
use crate::private::Private;

/// One row of `monitoring_visit`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "monitoring_visit")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MonitoringVisitId,
    /// The service that is visited.
    pub service_id: ServiceId,
    /// The framework by whose outcomes it is rated.
    pub framework_id: OutcomeFrameworkId,
    /// The organisation that answers for the visit: when it was planned it paid for the service, or provided it where nobody else pays.
    pub responsible_organisation_id: OrganisationId,
    /// The course that each reviewer needs.
    pub required_course_id: TrainingCourseId,
    /// The day of the visit: the one that is planned, then the one on which it took place.
    pub visited_on: Date,
    /// How far it has got.
    pub status: VisitStatus,
    /// What the reviewers say to the provider alone.
    pub text_for_provider: Option<Private<String>>,
    /// What the reviewers say to everybody.
    pub text_for_public: Option<String>,
    /// When the provider was first able to read it.
    pub sent_to_provider_at: Option<DateTimeUtc>,
    /// Until when the provider can comment.
    pub comment_due_at: Option<DateTimeUtc>,
    /// What the provider says to it.
    pub provider_comment: Option<String>,
    /// When the provider commented.
    pub provider_commented_at: Option<DateTimeUtc>,
    /// When everybody could read it.
    pub published_at: Option<DateTimeUtc>,
    /// Why it was called off.
    pub cancellation_reason: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `service_id` refers to.
    #[sea_orm(belongs_to, from = "service_id", to = "id")]
    pub service: BelongsTo<crate::parties::service::Entity>,
    /// The row that `framework_id` refers to.
    #[sea_orm(belongs_to, from = "framework_id", to = "id")]
    pub framework: BelongsTo<crate::outcomes::outcome_framework::Entity>,
    /// The row that `responsible_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ResponsibleOrganisation",
        from = "responsible_organisation_id",
        to = "id"
    )]
    pub responsible_organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `required_course_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "RequiredCourse",
        from = "required_course_id",
        to = "id"
    )]
    pub required_course: BelongsTo<crate::panels::training_course::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
