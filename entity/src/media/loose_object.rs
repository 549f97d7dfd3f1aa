//! An object to which no piece of a file points: it is being written, or is to be removed. Each object of the store is either
//! a piece's or stands here, so that none is forgotten.

use sea_orm::entity::prelude::*;

/// One row of `loose_object`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "loose_object")]
pub struct Model {
    /// The name of the object.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// From when on it is removed, if it still stands here.
    pub remove_after: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
