//! The words of a piece of feedback, and who said them (`domain.md` 2.5). One row for each: apart from the facts, because far
//! fewer may read it. The text is absent once the person was erased.

use sea_orm::entity::prelude::*;

use crate::id::{ConsentId, FeedbackAccountId, FeedbackId, PersonId, UserId};
use crate::private::Private;

/// One row of `feedback_account`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feedback_account")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FeedbackAccountId,
    /// The feedback.
    pub feedback_id: FeedbackId,
    /// Who said it; absent when they did not give their name.
    pub person_id: Option<PersonId>,
    /// What they said.
    pub text: Option<Private<String>>,
    /// How they want to be reached about it, in their words.
    pub contact: Option<Private<String>>,
    /// Their consent to the use of their story, which is apart from the feedback itself.
    pub story_consent_id: Option<ConsentId>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `feedback_id` refers to.
    #[sea_orm(belongs_to, from = "feedback_id", to = "id")]
    pub feedback: BelongsTo<super::feedback::Entity>,
    /// The row that `person_id` refers to.
    #[sea_orm(belongs_to, from = "person_id", to = "id")]
    pub person: BelongsTo<Option<crate::parties::person::Entity>>,
    /// The row that `story_consent_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "StoryConsent",
        from = "story_consent_id",
        to = "id"
    )]
    pub story_consent: BelongsTo<Option<crate::parties::consent::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
