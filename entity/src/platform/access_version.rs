//! A number that grows with every change of what some account may reach: the database counts it by triggers, in the
//! transaction of the change. It is no domain table: its key is its name, and nobody edits it.

use sea_orm::entity::prelude::*;

/// One row of `access_version`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_version")]
pub struct Model {
    /// Of what the changes are counted: `accounts`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// How often it has changed.
    pub version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
