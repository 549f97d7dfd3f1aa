//! Sums over groups of rows within a viewer's scope. The database adds: a total of a million rows costs an answer no more than its
//! groups.

use sea_orm::EntityTrait;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, DynIden, Expr, ExprTrait, Func, IntoIden, JoinType, NullOrdering, Order,
    Query,
};

use super::{Bound, Found, Reached, ReadSession, Rows, Scoped, StoreError, Template};

/// What is added up, and by what it is told apart.
#[derive(Debug)]
pub struct Totals {
    test: Condition,
    joins: Vec<(DynIden, DynIden, Condition)>,
    keys: Vec<Expr>,
    sums: Vec<Expr>,
}

impl Totals {
    /// Of the rows that pass a test.
    #[must_use]
    pub const fn of(test: Condition) -> Self {
        Self {
            test,
            joins: Vec::new(),
            keys: Vec::new(),
            sums: Vec::new(),
        }
    }

    /// The row of another table that a row points to, for keys; a row that points nowhere counts as well. Whoever adds it answers
    /// for what its columns tell: it is not narrowed to what the viewer may read.
    #[must_use]
    pub fn with<O: EntityTrait>(mut self, alias: &'static str, on: Condition) -> Self {
        let table = Alias::new(O::default().table_name().to_owned()).into_iden();
        self.joins.push((table, Alias::new(alias).into_iden(), on));
        self
    }

    /// Tells groups apart by an expression. Keys come first in each row, in the order of these calls.
    #[must_use]
    pub fn by(mut self, key: impl Into<Expr>) -> Self {
        self.keys.push(key.into());
        self
    }

    /// Adds up a column of whole numbers of 64 bits, in two sums that cannot overflow: of its millions, and of what is left.
    #[must_use]
    pub fn sum(mut self, column: Expr) -> Self {
        const MILLION: i32 = 1_000_000;
        self.sums.push(Func::sum(column.clone().div(MILLION)).into());
        self.sums.push(Func::sum(column.modulo(MILLION)).into());
        self
    }

    /// Counts the rows that pass a test.
    #[must_use]
    pub fn count(mut self, test: Expr) -> Self {
        let one = CaseStatement::new()
            .case(test, Expr::val(1))
            .finally(Expr::val(0));
        self.sums.push(Func::sum(one).into());
        self
    }
}

impl ReadSession {
    /// A row for each group of the rows that the viewer may read: its keys, then its sums as whole numbers of 64 bits. At most
    /// `limit`, by their keys.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn totals<E: Scoped>(
        &self,
        asked: impl FnOnce(&Rows<E>) -> Totals,
        limit: u64,
    ) -> Result<Vec<Found>, StoreError> {
        let template = {
            let rows = Rows::<E>::new("t0", self.backend());
            let Totals {
                test,
                joins,
                keys,
                sums,
            } = asked(&rows);
            let mut select = Query::select();
            select
                .from_as(E::default(), "t0")
                .cond_where(E::scope(&rows).into_condition(Reached::Directly))
                .cond_where(test);
            for (table, alias, on) in joins {
                select.join_as(JoinType::LeftJoin, table, alias, on);
            }
            for key in keys {
                select.expr(key.clone()).order_by_expr_with_nulls(
                    key.clone(),
                    Order::Asc,
                    NullOrdering::Last,
                );
                select.add_group_by([key]);
            }
            select.exprs(sums.into_iter().map(|sum| sum.cast_as("BIGINT")));
            select.limit(limit);
            Template::of(&select, self.backend(), self.known())
        };
        self.rows(&template, |_| Bound::id(None)).await
    }
}
