//! Rows into databases, fast.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use sea_orm::sqlx::sqlite::SqliteArguments;
use sea_orm::sqlx::{self, Arguments, AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use super::rows::{Cell, Table};
use crate::error::BenchError;

/// Copies all rows into PostgreSQL and has the planner look at them.
///
/// # Errors
/// When the database refuses them.
pub async fn into_postgres(connection: &mut PgConnection, tables: &[Table]) -> Result<(), BenchError> {
    let mut transaction = connection.begin().await?;
    for table in tables {
        let statement = format!("COPY {} ({}) FROM STDIN", table.name, table.columns.join(", "));
        let mut copy = transaction.copy_in_raw(&statement).await?;
        let mut text = String::new();
        for row in &table.rows {
            copied(&mut text, row);
        }
        copy.send(text.into_bytes()).await?;
        copy.finish().await?;
    }
    transaction.commit().await?;
    sqlx::raw_sql("VACUUM (ANALYZE)")
        .execute(&mut *connection)
        .await?;
    sqlx::raw_sql("CHECKPOINT").execute(connection).await?;
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
pub async fn into_sqlite(connection: &mut SqliteConnection, tables: &[Table]) -> Result<(), BenchError> {
    let mut transaction = connection.begin().await?;
    for table in tables {
        let places = vec!["?"; table.columns.len()].join(", ");
        let columns = table.columns.join(", ");
        let statement = format!("INSERT INTO {} ({columns}) VALUES ({places})", table.name);
        for row in &table.rows {
            let mut values = SqliteArguments::default();
            for cell in row {
                bind(&mut values, cell).map_err(|error| BenchError::new(error.to_string()))?;
            }
            sqlx::query_with(AssertSqlSafe(statement.as_str()), values)
                .execute(&mut *transaction)
                .await?;
        }
    }
    transaction.commit().await?;
    sqlx::raw_sql("ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(connection)
        .await?;
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
        Cell::Boolean(truth) => values.add(*truth),
        Cell::Date(day) => values.add(*day),
        Cell::Instant(at) => values.add(*at),
    }
}
