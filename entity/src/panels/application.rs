//! What somebody sent in for a vacancy (`domain.md` 2.3). Personal: read by them, by those who recruit, and by the panel.

use sea_orm::entity::prelude::*;

use super::kinds::ApplicationStatus;
use crate::id::{ApplicationId, MediaId, PersonId, UserId, VacancyId};
use crate::private::Private;

/// One row of `application`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "application")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApplicationId,
    /// The vacancy.
    pub vacancy_id: VacancyId,
    /// Who applies.
    pub person_id: PersonId,
    /// What they write.
    pub statement: Option<Private<String>>,
    /// Where what they say or show can be heard or seen.
    pub media_url: Option<Private<String>>,
    /// A recording of theirs that was uploaded here.
    pub media_id: Option<MediaId>,
    /// How to reach them about it, in their words.
    pub contact: Option<Private<String>>,
    /// How far it has got.
    pub status: ApplicationStatus,
    /// When it was handed in.
    pub submitted_at: DateTimeUtc,
    /// When the panel made them a candidate; absent until then.
    pub shortlisted_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `vacancy_id` refers to.
    #[sea_orm(belongs_to, from = "vacancy_id", to = "id")]
    pub vacancy: BelongsTo<super::vacancy::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `media_id` refers to.
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<Option<crate::media::media::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
