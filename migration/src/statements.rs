//! Statements that stand in a migration as they are: triggers and full-text indexes, for which there is no builder.

use sea_orm_migration::prelude::*;

/// Runs them in their order.
///
/// # Errors
///
/// When the database refuses one.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
