//! What came of an adoption, as it was shown at one time (`domain.md` 2.6): what, by whom, when.
//!
//! Rows are only ever added: there is no `version` and no `updated_at`. The adoption itself holds the last.

use sea_orm::entity::prelude::*;

use crate::id::{AdoptionEvidenceId, AdoptionId, MediaId, UserId};

/// One row of `adoption_evidence`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adoption_evidence")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AdoptionEvidenceId,
    /// The adoption.
    pub adoption_id: AdoptionId,
    /// What came of it, in words.
    pub text: String,
    /// What came of it, as a file.
    pub media_id: Option<MediaId>,
    /// When it was shown.
    pub shown_at: DateTimeUtc,
    /// The user who showed it; absent when a system did, and for what was shown before this was written down.
    pub by_user_id: Option<UserId>,
    /// The row that `adoption_id` refers to.
    #[sea_orm(belongs_to, from = "adoption_id", to = "id")]
    pub adoption: BelongsTo<super::adoption::Entity>,
    /// The row that `media_id` refers to.
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<Option<crate::media::media::Entity>>,
    /// The row that `by_user_id` refers to.
    #[sea_orm(belongs_to, relation_enum = "ByUser", from = "by_user_id", to = "id")]
    pub by_user: BelongsTo<Option<crate::parties::user_account::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
