//! A statement built once, to be run many times with other values.

use std::fmt::Write as _;

use sea_orm::sea_query::{PostgresQueryBuilder, SelectStatement, SqliteQueryBuilder, Value, Values};
use sea_orm::{DbBackend, Statement};

use super::{Bound, Known, Parameter};

/// The text of a statement with the places where a request's values go.
#[derive(Debug)]
pub struct Template {
    sql: String,
    slots: Vec<Slot>,
    backend: DbBackend,
}

#[derive(Debug, PartialEq)]
enum Slot {
    Fixed(Value),
    Filled(Parameter),
}

impl Template {
    /// Builds the statement's text for a database and for requests of which this much is known.
    ///
    /// What is known, and the constants of scopes and filters, stand in the text itself: the database plans with them. A
    /// parameter that is asked for in several places is sent once.
    #[must_use]
    pub fn of(select: &SelectStatement, backend: DbBackend, known: Known) -> Self {
        let (built, Values(values)) = match backend {
            DbBackend::Postgres => select.build(PostgresQueryBuilder),
            _ => select.build(SqliteQueryBuilder),
        };
        let mut template = Self {
            sql: String::with_capacity(built.len()),
            slots: Vec::new(),
            backend,
        };
        let mut values: Vec<Option<Value>> = values.into_iter().map(Some).collect();
        let mut seen = 0;
        let mut rest = built.as_str();
        let mark = if backend == DbBackend::Postgres { '$' } else { '?' };
        while let Some(place) = rest.find(['\'', '"', mark]) {
            let (before, from_here) = rest.split_at(place);
            template.sql.push_str(before);
            let opening = from_here.chars().next().unwrap_or_default();
            let length = if opening == mark {
                // PostgreSQL's are numbered, SQLite's come in order.
                let digits = from_here[1..].bytes().take_while(u8::is_ascii_digit).count();
                seen += 1;
                let number = from_here[1..=digits].parse().unwrap_or(seen);
                if let Some(value) = values.get_mut(number - 1).and_then(Option::take) {
                    template.put(value, known);
                }
                1 + digits
            } else {
                // A quoted text: it is copied as it stands. A doubled quote closes and opens again at once.
                let length = from_here[1..]
                    .find(opening)
                    .map_or(from_here.len(), |end| end + 2);
                template.sql.push_str(&from_here[..length]);
                length
            };
            rest = &from_here[length..];
        }
        template.sql.push_str(rest);
        template
    }

    fn put(&mut self, value: Value, known: Known) {
        let slot = match Parameter::recognise(&value) {
            Some(parameter) => match known.answer(parameter) {
                Some(answer) => return self.literal(if answer { "TRUE" } else { "FALSE" }),
                None => Slot::Filled(parameter),
            },
            None => match value {
                Value::Bool(Some(answer)) => return self.literal(if answer { "TRUE" } else { "FALSE" }),
                Value::BigUnsigned(Some(number)) => return self.literal(&number.to_string()),
                Value::Int(Some(number)) => return self.literal(&number.to_string()),
                Value::String(Some(text)) => return self.literal(&format!("'{}'", text.replace('\'', "''"))),
                other => Slot::Fixed(other),
            },
        };
        let known = self.slots.iter().position(|other| *other == slot);
        let place = known.unwrap_or_else(|| {
            self.slots.push(slot);
            self.slots.len() - 1
        });
        let mark = if self.backend == DbBackend::Postgres {
            '$'
        } else {
            '?'
        };
        // Writing into a string cannot fail.
        let _ = write!(self.sql, "{mark}{}", place + 1);
    }

    fn literal(&mut self, text: &str) {
        self.sql.push_str(text);
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

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;
    use crate::store::ViewerFact;

    fn built(backend: DbBackend) -> Template {
        let select = Query::select()
            .expr(Expr::col("it's"))
            .from("table")
            .and_where(Expr::col("a").eq(Parameter::Key.expr()))
            .and_where(Expr::col("b").eq("o'clock $1 ?"))
            .and_where(Expr::col("c").eq(Parameter::Now.expr()))
            .and_where(Expr::col("d").eq(Parameter::Key.expr()))
            .and_where(
                Parameter::Has(ViewerFact::User)
                    .expr()
                    .or(Expr::col("e").is_null()),
            )
            .limit(Parameter::limit())
            .to_owned();
        Template::of(&select, backend, Known::default())
    }

    #[test]
    fn a_parameter_is_sent_once_and_constants_stand_in_the_text() {
        let sent = [Parameter::Key, Parameter::Now, Parameter::Limit].map(Slot::Filled);
        let postgres = built(DbBackend::Postgres);
        assert_eq!(
            postgres.sql(),
            r#"SELECT "it's" FROM "table" WHERE "a" = $1 AND "b" = 'o''clock $1 ?' AND "c" = $2 AND "d" = $1 AND (FALSE OR "e" IS NULL) LIMIT $3"#
        );
        assert_eq!(postgres.slots, sent);
        let sqlite = built(DbBackend::Sqlite);
        assert_eq!(
            sqlite.sql(),
            postgres.sql().replace(" = $", " = ?").replace("T $", "T ?")
        );
        assert_eq!(sqlite.slots, sent);
    }
}
