//! A service may be known before anybody has said how it is paid for: a register lists it, and does not say.
//!
//! SQLite cannot change a check, and a table that others refer to cannot be made anew inside a transaction. So the text of the
//! check is changed where SQLite keeps it, in the way that its manual describes for this: rows, keys and indexes stay as they are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{DbBackend, Statement};

use crate::statements::run;

/// Lets `service.delivery` be `NOT_STATED`, and takes that back.
#[derive(DeriveMigrationName)]
pub struct Migration;

const BEFORE: &str = "delivery IN ('IN_HOUSE', 'COMMISSIONED', 'GRANT', 'SELF_FUNDED')";
const AFTER: &str = "delivery IN ('IN_HOUSE', 'COMMISSIONED', 'GRANT', 'SELF_FUNDED', 'NOT_STATED')";

/// The nearest of what could be said before. The rows stay, because figures, visits and feedback refer to them.
const SAY_SOMETHING: &str = "UPDATE service SET delivery = 'COMMISSIONED' WHERE delivery = 'NOT_STATED'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// On SQLite, too: half of this would leave a database that cannot be read.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        exchange(manager, BEFORE, AFTER).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, &[SAY_SOMETHING]).await?;
        exchange(manager, AFTER, BEFORE).await
    }
}

async fn exchange(manager: &SchemaManager<'_>, from: &str, to: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        return exchange_text(manager, from, to).await;
    }
    let drop = "ALTER TABLE service DROP CONSTRAINT ck_service_delivery_known";
    let add = format!("ALTER TABLE service ADD CONSTRAINT ck_service_delivery_known CHECK ({to})");
    run(manager, &[drop, &add]).await
}

async fn exchange_text(manager: &SchemaManager<'_>, from: &str, to: &str) -> Result<(), DbErr> {
    let database = manager.get_connection();
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA schema_version");
    let known = database.query_one_raw(asked).await?;
    let version: i32 = known
        .ok_or_else(|| DbErr::Custom("SQLite does not say which version its schema has".to_owned()))?
        .try_get_by_index(0)?;
    run(manager, &["PRAGMA writable_schema = ON"]).await?;
    let (from, to) = (from.replace('\'', "''"), to.replace('\'', "''"));
    let exchange = format!(
        "UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}') \
         WHERE type = 'table' AND name = 'service' AND instr(sql, '{from}') > 0"
    );
    let changed = database.execute_unprepared(&exchange).await?.rows_affected();
    // Others who have the database open read the schema anew when its version is another.
    let told = format!("PRAGMA schema_version = {}", version + 1);
    run(manager, &[&told, "PRAGMA writable_schema = RESET"]).await?;
    if changed == 1 {
        return Ok(());
    }
    Err(DbErr::Custom(
        "the check of service.delivery is not the one that is to be changed".to_owned(),
    ))
}
