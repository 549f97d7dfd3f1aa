//! What an organisation and a person agree on for the person's part in something (`domain.md` 2.9): before it begins what the
//! person gets, after it how long it took. A matter of these two alone.

use sea_orm::entity::prelude::*;

use super::kinds::{ContributionSide, ContributionStatus, Reward};
use crate::id::{
    ContributionId, InterviewPanelId, MeetingId, OrganisationId, PersonId, TrainingCourseId, UserId,
};
use crate::private::Private;

/// One row of `contribution`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contribution")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContributionId,
    /// Who takes part.
    pub person_id: PersonId,
    /// The organisation that pays.
    pub organisation_id: OrganisationId,
    /// The meeting, where it is one.
    pub meeting_id: Option<MeetingId>,
    /// The interview panel, where it is one.
    pub interview_panel_id: Option<InterviewPanelId>,
    /// The training course, where it is one.
    pub training_course_id: Option<TrainingCourseId>,
    /// What it is, where it is none of these.
    pub activity: Option<Private<String>>,
    /// When it begins, as it was known at the offer. For a meeting, the meeting's own time counts.
    pub starts_at: DateTimeUtc,
    /// How long it is thought to take, in minutes.
    pub expected_minutes: i32,
    /// What kind of reward is offered.
    pub offered_reward: Reward,
    /// How much is offered, in pence: for a payment and for a voucher.
    pub offered_pence: Option<i32>,
    /// How much is offered, in minutes: for a time credit.
    pub offered_credit_minutes: Option<i32>,
    /// How far the agreement has got.
    pub status: ContributionStatus,
    /// What the person gets in the end; absent until they answer.
    pub reward: Option<Reward>,
    /// How much of it they take, in pence.
    pub accepted_pence: Option<i32>,
    /// How much of it they take, in minutes.
    pub accepted_credit_minutes: Option<i32>,
    /// Whether they agreed before it began; absent until they answer.
    pub agreed_before: Option<bool>,
    /// When the person answered.
    pub answered_at: Option<DateTimeUtc>,
    /// How long it took, in minutes; absent until it is recorded.
    pub minutes: Option<i32>,
    /// Who of the two recorded the minutes.
    pub minutes_recorded_by: Option<ContributionSide>,
    /// When the other confirmed the minutes.
    pub minutes_confirmed_at: Option<DateTimeUtc>,
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
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `meeting_id` refers to.
    #[sea_orm(belongs_to, from = "meeting_id", to = "id")]
    pub meeting: BelongsTo<Option<crate::meetings::meeting::Entity>>,
    /// The row that `interview_panel_id` refers to.
    #[sea_orm(belongs_to, from = "interview_panel_id", to = "id")]
    pub interview_panel: BelongsTo<Option<crate::panels::interview_panel::Entity>>,
    /// The row that `training_course_id` refers to.
    #[sea_orm(belongs_to, from = "training_course_id", to = "id")]
    pub training_course: BelongsTo<Option<crate::panels::training_course::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
