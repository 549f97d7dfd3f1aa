//! The history of the database: one file per change, each of which runs on SQLite and on PostgreSQL 15, forwards and
//! backwards.
//!
//! # Adding a change
//!
//! 1. A new file `mYYYYMMDD_NNNNNN_<what>.rs` with one table, or one change to one; an applied file is never edited.
//! 2. Its line in the list below, at the end.
//! 3. The entity in the `entity` crate. The tests of this crate compare the two: columns, types, and the values of closed
//!    enumerations.
//!
//! Rules that the database can keep, it keeps: foreign keys, unique indexes over the rows they concern, and checks. They are
//! what stops two requests at the same time from breaking together what neither breaks alone.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

use sea_orm_migration::prelude::*;

mod m20261121_000001_create_organisation;
mod m20261121_000002_create_geography;
mod m20261121_000003_create_person;
mod m20261121_000004_create_user_account;
mod m20261121_000005_create_partnership;
mod m20261121_000006_create_partnership_member;
mod m20261121_000007_create_initiative;
mod m20261121_000008_create_constituency;
mod m20261121_000009_create_board;
mod m20261121_000010_create_board_seat;
mod m20261121_000011_create_board_membership;
mod m20261121_000012_create_service_account;
mod m20261121_000013_create_role_grant;
mod table;

/// Every change in the order in which it was made.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_create_organisation::Migration),
            Box::new(m20261121_000002_create_geography::Migration),
            Box::new(m20261121_000003_create_person::Migration),
            Box::new(m20261121_000004_create_user_account::Migration),
            Box::new(m20261121_000005_create_partnership::Migration),
            Box::new(m20261121_000006_create_partnership_member::Migration),
            Box::new(m20261121_000007_create_initiative::Migration),
            Box::new(m20261121_000008_create_constituency::Migration),
            Box::new(m20261121_000009_create_board::Migration),
            Box::new(m20261121_000010_create_board_seat::Migration),
            Box::new(m20261121_000011_create_board_membership::Migration),
            Box::new(m20261121_000012_create_service_account::Migration),
            Box::new(m20261121_000013_create_role_grant::Migration),
        ]
    }
}
