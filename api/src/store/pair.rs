//! Two statements asked as one, on PostgreSQL: a round trip for both, and one time limit.
//!
//! The rows of the first come before those of the second, each in its own order: an `Append` gives what is below it one after
//! the other. It would not where it worked in parallel, which the connections for reading leave out.

use std::fmt::Write as _;
use std::sync::Arc;

use sea_orm::{QueryResult, Statement};

use super::row::{self, Found};
use super::template::with_marks;
use super::{Bound, Parameter, StoreError, Template};

/// Two statements as one.
#[derive(Debug)]
pub(crate) struct Pair {
    sql: String,
    statements: [Arc<Template>; 2],
    /// How many columns the first has.
    columns: usize,
}

impl Pair {
    /// Of two statements with so many columns each.
    pub fn of(statements: [Arc<Template>; 2], columns: [usize; 2]) -> Self {
        let [first, second] = &statements;
        // Each has the other's columns as null, so that none need be of the same type.
        let nulls = |columns: usize| ", NULL".repeat(columns);
        let sql = format!(
            "SELECT 0, one.*{} FROM ({}) AS one UNION ALL SELECT 1{}, other.* FROM ({}) AS other",
            nulls(columns[1]),
            first.sql(),
            nulls(columns[0]),
            numbered_from(second.sql(), first.takes()),
        );
        Self {
            sql,
            columns: columns[0],
            statements,
        }
    }

    /// With a request's values for each in place.
    pub(super) fn bind(&self, value_of: [&mut dyn FnMut(Parameter) -> Bound; 2]) -> Statement {
        let [first, second] = &self.statements;
        let [of_first, of_second] = value_of;
        let values = first.values(of_first).chain(second.values(of_second));
        Statement::from_sql_and_values(sea_orm::DbBackend::Postgres, self.sql.as_str(), values)
    }

    /// The rows of each.
    pub(super) fn rows(&self, found: Vec<QueryResult>) -> Result<[Vec<Found>; 2], StoreError> {
        let mut rows = [Vec::with_capacity(found.len()), Vec::new()];
        for found in found {
            if row::integer(&found, 0)? == Some(0) {
                rows[0].push(Found::from_column(found, 1));
            } else {
                rows[1].push(Found::from_column(found, 1 + self.columns));
            }
        }
        Ok(rows)
    }
}

/// A statement whose values have numbers greater by so many.
fn numbered_from(sql: &str, by: usize) -> String {
    with_marks(sql, '$', |text, number| {
        // Writing into a string cannot fail.
        let _ = write!(text, "${}", number.unwrap_or_default() + by);
    })
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;
    use crate::store::Known;

    fn template(table: &'static str, text: &str) -> Arc<Template> {
        let select = Query::select()
            .expr(Expr::col("id"))
            .from(table)
            .and_where(Expr::col("kind").eq(text))
            .and_where(Expr::col("parent").eq(Parameter::Key.expr()))
            .limit(Parameter::limit())
            .to_owned();
        Arc::new(Template::of(&select, DbBackend::Postgres, Known::default()))
    }

    #[test]
    fn each_has_its_own_values_and_the_others_columns_as_null() {
        let pair = Pair::of(
            [template("meeting", "it's $1"), template("action", "\"$2\"")],
            [1, 1],
        );
        assert_eq!(
            pair.sql,
            r#"SELECT 0, one.*, NULL FROM (SELECT "id" FROM "meeting" WHERE "kind" = 'it''s $1' AND "parent" = $1 LIMIT $2) AS one UNION ALL SELECT 1, NULL, other.* FROM (SELECT "id" FROM "action" WHERE "kind" = '"$2"' AND "parent" = $3 LIMIT $4) AS other"#
        );
        let value = |limit: u64| {
            move |parameter| match parameter {
                Parameter::Limit => Bound::Value(limit.into()),
                _ => Bound::id(None),
            }
        };
        let bound = pair.bind([&mut value(5), &mut value(7)]).values.unwrap().0;
        assert_eq!((&bound[1], &bound[3]), (&5_u64.into(), &7_u64.into()));
        assert_eq!(bound.len(), 4);
    }
}
