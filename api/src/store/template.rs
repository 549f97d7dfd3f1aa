//! A statement built once, to be run many times with other values.

use sea_orm::sea_query::{PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder, Value, Values};
use sea_orm::{DbBackend, Statement};

use super::{Bound, Parameter};

/// The text of a statement with the places where a request's values go.
#[derive(Debug)]
pub struct Template {
    sql: String,
    slots: Vec<Slot>,
    backend: DbBackend,
}

#[derive(Debug)]
enum Slot {
    Fixed(Value),
    Filled(Parameter),
}

impl Template {
    /// Builds the statement's text for a database.
    #[must_use]
    pub fn of(select: &SelectStatement, backend: DbBackend) -> Self {
        let (sql, Values(values)) = match backend {
            DbBackend::Postgres => select.build(PostgresQueryBuilder),
            _ => select.build(SqliteQueryBuilder),
        };
        let slots = values
            .into_iter()
            .map(|value| Parameter::recognise(&value).map_or(Slot::Fixed(value), Slot::Filled))
            .collect();
        Self { sql, slots, backend }
    }

    /// The statement with a request's values in place.
    pub fn bind(&self, mut value_of: impl FnMut(Parameter) -> Bound) -> Statement {
        let values = self.slots.iter().map(|slot| match slot {
            Slot::Fixed(value) => value.clone(),
            Slot::Filled(parameter) => value_of(*parameter).into_value(self.backend),
        });
        Statement::from_sql_and_values(self.backend, self.sql.as_str(), values)
    }

    /// The text, for those who look at what is asked of the database.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }
}
