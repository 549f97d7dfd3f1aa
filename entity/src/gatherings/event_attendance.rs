//! Who wants to come to an event, and who came (`domain.md` 2.6). One row for each person and event.

use sea_orm::entity::prelude::*;

use super::kinds::EventAttendanceStatus;
use crate::id::{EventAttendanceId, EventId, PersonId, UserId};

/// One row of `event_attendance`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_attendance")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventAttendanceId,
    /// The event.
    pub event_id: EventId,
    /// The person.
    pub person_id: PersonId,
    /// Whether they have a place, and whether they came.
    pub status: EventAttendanceStatus,
    /// When they asked for a place last: the waiting list goes by it.
    pub registered_at: DateTimeUtc,
    /// Who asked for it last: the person, or an administrator of a host; absent when a system did.
    pub registered_by_person_id: Option<PersonId>,
    /// When the person confirmed that they want it: with asking, where they asked themself.
    pub confirmed_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `event_id` refers to.
    #[sea_orm(belongs_to, from = "event_id", to = "id")]
    pub event: BelongsTo<super::event::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<crate::parties::person::Entity>,
    /// The row that `registered_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "RegisteredByPerson",
        from = "registered_by_person_id",
        to = "id"
    )]
    pub registered_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
