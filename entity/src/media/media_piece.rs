//! A piece of a file, as it arrived: an object of its own in the store of objects. Pieces are added while a file arrives, and
//! never change.

use sea_orm::entity::prelude::*;

use crate::id::{MediaId, MediaPieceId};

/// One row of `media_piece`. Rows are only ever added, and go with their file.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "media_piece")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MediaPieceId,
    /// The file.
    pub media_id: MediaId,
    /// Where in the file it begins, in bytes.
    pub starts_at: i64,
    /// How long it is, in bytes.
    pub length: i64,
    /// The name of its object.
    pub object_name: String,
    /// The digest of the file up to its end, as it was put down.
    pub digest: String,
    /// The row that `media_id` refers to.
    #[sea_orm(belongs_to, from = "media_id", to = "id")]
    pub media: BelongsTo<super::media::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
