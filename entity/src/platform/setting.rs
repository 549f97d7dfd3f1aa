//! A small fact the platform keeps about itself, for example whether the demonstration data was loaded. It
//! is no domain table: its key is its name, and it has no `version`.

use sea_orm::entity::prelude::*;

/// One row of `setting`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// What the fact is about.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The fact.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
