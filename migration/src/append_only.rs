//! Tables whose rows are added and never changed or deleted, by trigger: even somebody with the rights to the table cannot
//! rewrite history by mistake.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Refuses every UPDATE and DELETE on `table`, and on PostgreSQL TRUNCATE as well.
///
/// # Errors
///
/// When the database refuses a statement.
pub(crate) async fn enforce(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let statements = match manager.get_database_backend() {
        DbBackend::Sqlite => ["UPDATE", "DELETE"]
            .map(|event| {
                format!(
                    "CREATE TRIGGER {table}_refuses_{event} BEFORE {event} ON {table} \
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            })
            .to_vec(),
        _ => vec![
            format!(
                "CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
            ),
            format!(
                "CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()"
            ),
        ],
    };
    for statement in statements {
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}

/// Removes what outlives the dropped table: on PostgreSQL the function of its trigger.
///
/// # Errors
///
/// When the database refuses a statement.
pub(crate) async fn release(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Sqlite {
        let statement = format!("DROP FUNCTION {table}_is_append_only()");
        manager.get_connection().execute_unprepared(&statement).await?;
    }
    Ok(())
}
