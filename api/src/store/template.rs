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

/// What goes into one of those places.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Slot {
    Fixed(Value),
    Filled(Parameter),
}

impl Slot {
    /// Whether every statement of a request has the same here: what it says of the viewer and of the time.
    pub(super) const fn is_the_same_for_all_statements(&self) -> bool {
        match self {
            Self::Fixed(_) => true,
            Self::Filled(parameter) => parameter.is_of_request(),
        }
    }
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
        let mut values: Vec<Option<Value>> = values.into_iter().map(Some).collect();
        let mut slots = Slots {
            filled: Vec::new(),
            known,
            mark: if backend == DbBackend::Postgres { '$' } else { '?' },
        };
        let mut seen = 0;
        let sql = with_marks(&built, slots.mark, |text, number| {
            seen += 1;
            // PostgreSQL's are numbered, SQLite's come in order.
            let place = number.unwrap_or(seen) - 1;
            if let Some(value) = values.get_mut(place).and_then(Option::take) {
                slots.put(text, value);
            }
        });
        Self {
            sql,
            slots: slots.filled,
            backend,
        }
    }

    /// The statement with a request's values in place.
    pub fn bind(&self, mut value_of: impl FnMut(Parameter) -> Bound) -> Statement {
        let values = self.slots.iter().map(|slot| match slot {
            Slot::Fixed(value) => value.clone(),
            Slot::Filled(parameter) => value_of(*parameter).into_value(self.backend),
        });
        Statement::from_sql_and_values(self.backend, self.sql.as_str(), values)
    }

    /// What goes into the n-th place.
    pub(super) fn slot(&self, place: usize) -> Option<&Slot> {
        self.slots.get(place)
    }

    /// The text, for those who look at what is asked of the database.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }
}

/// The values of a statement that is being built.
struct Slots {
    filled: Vec<Slot>,
    known: Known,
    mark: char,
}

impl Slots {
    /// Writes what stands for a value.
    fn put(&mut self, text: &mut String, value: Value) {
        let slot = match Parameter::recognise(&value) {
            Some(parameter) => match self.known.answer(parameter) {
                Some(answer) => return text.push_str(truth(answer)),
                None => Slot::Filled(parameter),
            },
            None => match value {
                Value::Bool(Some(answer)) => return text.push_str(truth(answer)),
                Value::BigUnsigned(Some(number)) => return text.push_str(&number.to_string()),
                Value::Int(Some(number)) => return text.push_str(&number.to_string()),
                Value::String(Some(literal)) => {
                    text.push('\'');
                    text.push_str(&literal.replace('\'', "''"));
                    return text.push('\'');
                }
                other => Slot::Fixed(other),
            },
        };
        let known = self.filled.iter().position(|other| *other == slot);
        let place = known.unwrap_or_else(|| {
            self.filled.push(slot);
            self.filled.len() - 1
        });
        // Writing into a string cannot fail.
        let _ = write!(text, "{}{}", self.mark, place + 1);
    }
}

const fn truth(answer: bool) -> &'static str {
    if answer { "TRUE" } else { "FALSE" }
}

/// The text of a statement with something else in the place of each mark of a value; marks may have numbers. What is quoted stays.
pub(super) fn with_marks(sql: &str, mark: char, mut put: impl FnMut(&mut String, Option<usize>)) -> String {
    let mut text = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(place) = rest.find(['\'', '"', mark]) {
        let (before, from_here) = rest.split_at(place);
        text.push_str(before);
        let opening = from_here.chars().next().unwrap_or_default();
        let length = if opening == mark {
            let digits = from_here[1..].bytes().take_while(u8::is_ascii_digit).count();
            put(&mut text, from_here[1..=digits].parse().ok());
            1 + digits
        } else {
            // A quoted text. A doubled quote closes and opens again at once.
            let end = from_here[1..].find(opening);
            let length = end.map_or(from_here.len(), |end| end + 2);
            text.push_str(&from_here[..length]);
            length
        };
        rest = &from_here[length..];
    }
    text.push_str(rest);
    text
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
