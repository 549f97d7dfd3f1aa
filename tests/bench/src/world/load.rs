//! Rows into databases, fast.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use sea_orm::sqlx::sqlite::SqliteArguments;
use sea_orm::sqlx::{self, Arguments, AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::rows::Cell;
use super::{Figures, World};
use crate::error::BenchError;

/// Text that is sent to PostgreSQL at once, in bytes.
const PIECE: usize = 4 << 20;

/// Copies all rows into PostgreSQL and has the planner look at them.
///
/// # Errors
/// When the database refuses them.
pub async fn into_postgres(connection: &mut PgConnection, world: World) -> Result<(), BenchError> {
    let mut transaction = connection.begin().await?;
    for table in world.tables {
        copy(&mut transaction, table.name, &table.columns, table.rows).await?;
    }
    let figures = world.figures.into_rows();
    copy(&mut transaction, Figures::TABLE, &Figures::COLUMNS, figures).await?;
    transaction.commit().await?;
    sqlx::raw_sql("VACUUM (ANALYZE)")
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql("CHECKPOINT").execute(connection).await?;
    Ok(())
}

async fn copy(
    connection: &mut PgConnection,
    table: &str,
    columns: &[&str],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<(), BenchError> {
    let statement = format!("COPY {table} ({}) FROM STDIN", columns.join(", "));
    let mut copy = connection.copy_in_raw(&statement).await?;
    let mut text = String::new();
    for row in rows {
        copied(&mut text, &row);
        if text.len() >= PIECE {
            copy.send(std::mem::take(&mut text).into_bytes()).await?;
        }
    }
    copy.send(text.into_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

/// A row in the text format of `COPY`. No text of this world has a character that it would have to escape.
fn copied(text: &mut String, row: &[Cell]) {
    for (place, cell) in row.iter().enumerate() {
        if place > 0 {
            text.push('\t');
        }
        // Writing into a string cannot fail.
        let _ = match cell {
            Cell::Null => write!(text, "\\N"),
            Cell::Id(id) => write!(text, "{id}"),
            Cell::Text(plain) => write!(text, "{plain}"),
            Cell::Json(json) => write!(text, "{json}"),
            Cell::Integer(number) => write!(text, "{number}"),
            Cell::Long(number) => write!(text, "{number}"),
            Cell::Boolean(truth) => write!(text, "{truth}"),
            Cell::Date(day) => write!(text, "{day}"),
            Cell::Instant(at) => write!(text, "{}", at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        };
    }
    text.push('\n');
}

/// Inserts all rows into SQLite in one transaction, by one prepared statement a table.
///
/// # Errors
/// When the database refuses them.
pub async fn into_sqlite(connection: &mut SqliteConnection, world: World) -> Result<(), BenchError> {
    let mut transaction = connection.begin().await?;
    for table in world.tables {
        insert(&mut transaction, table.name, &table.columns, table.rows).await?;
    }
    let figures = world.figures.into_rows();
    insert(&mut transaction, Figures::TABLE, &Figures::COLUMNS, figures).await?;
    transaction.commit().await?;
    sqlx::raw_sql("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert(
    connection: &mut SqliteConnection,
    table: &str,
    columns: &[&str],
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Result<(), BenchError> {
    let places = vec!["?"; columns.len()].join(", ");
    let columns = columns.join(", ");
    let statement = format!("INSERT INTO {table} ({columns}) VALUES ({places})");
    for row in rows {
        let mut values = SqliteArguments::default();
        for cell in &row {
            bind(&mut values, cell).map_err(|error| BenchError::new(error.to_string()))?;
        }
        sqlx::query_with(AssertSqlSafe(statement.as_str()), values)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Binds a value as the product's driver does, so that the file holds what the product would have written.
fn bind(values: &mut SqliteArguments, cell: &Cell) -> Result<(), sqlx::error::BoxDynError> {
    match cell {
        Cell::Null => values.add(Option::<String>::None),
        Cell::Id(id) => values.add(*id),
        Cell::Text(text) => values.add(text.clone()),
        Cell::Json(json) => values.add((*json).to_owned()),
        Cell::Integer(number) => values.add(*number),
        Cell::Long(number) => values.add(*number),
        Cell::Boolean(truth) => values.add(*truth),
        Cell::Date(day) => values.add(*day),
        Cell::Instant(at) => values.add(*at),
    }
}
