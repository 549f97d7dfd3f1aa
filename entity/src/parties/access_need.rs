//! Something a person needs in order to take part. Special category data: readable only with consent
//! (`domain.md` 2.1 and 3).

use sea_orm::entity::prelude::*;

use super::kinds::AccessNeedCategory;
use crate::id::{AccessNeedId, PersonId, UserId};
use crate::private::Private;

/// One row of `access_need`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_need")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccessNeedId,
    /// The person.
    pub person_id: PersonId,
    /// The kind of need.
    pub category: AccessNeedCategory,
    /// The need within its category, for example `HEARING_LOOP`.
    pub code: String,
    /// What else to know, in the words of the person.
    pub detail: Option<Private<String>>,
    /// When to ask again whether it still holds.
    pub review_due_on: Option<Date>,
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
    pub person: BelongsTo<super::person::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
