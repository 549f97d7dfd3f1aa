//! Which rows of a list there are, and in which order.

use sea_orm::sea_query::{
    CaseStatement, Condition, Expr, ExprTrait, Order as Direction, Query, SelectStatement,
};

use super::{Builder, column};
use crate::planner::declare::FilterTest;
use crate::store::{Parameter, Reached, lists_one_of, text_in, text_like};
use sea_orm::sea_query::Alias;

impl Builder<'_> {
    pub(super) fn filtered(&self, alias: &str) -> Condition {
        let mut all = Condition::all();
        if let Some(counts) = self.level.as_of {
            all = all.add(counts(alias, self.backend));
        }
        for (place, filter) in self.object.filters.iter().enumerate() {
            if self.shape.filters & (1 << place) == 0 {
                continue;
            }
            let value = Parameter::Filter(u8::try_from(place).unwrap_or_default());
            let is_to_hold = self.shape.holding & (1 << place) != 0;
            let test: Condition = match filter.test {
                FilterTest::OneOf(name, _) => text_in(column(alias, name), value, self.backend).into(),
                FilterTest::ListsOneOf(name, _) | FilterTest::Lists(name) => {
                    lists_one_of(column(alias, name), value, self.backend).into()
                }
                FilterTest::Is(name, prefix) => self.points_to_visible(alias, name, prefix, value).into(),
                FilterTest::Contains(name) => text_like(column(alias, name), value, self.backend).into(),
                FilterTest::From(name) | FilterTest::FromDay(name) => {
                    column(alias, name).gte(value.expr()).into()
                }
                FilterTest::Before(name) => column(alias, name).lt(value.expr()).into(),
                FilterTest::UntilDay(name) => column(alias, name).lte(value.expr()).into(),
                FilterTest::Unless(test) => test(alias, self.backend),
                FilterTest::Holds(test) if is_to_hold => test(alias, self.backend),
                FilterTest::Holds(test) => fails(test(alias, self.backend)).into(),
            };
            all = all.add(test);
        }
        all
    }

    /// The column points to the row asked for, and the viewer may read that row: otherwise the filter would tell which
    /// rows belong to something hidden.
    fn points_to_visible(&self, alias: &str, name: &str, prefix: &str, value: Parameter) -> Expr {
        let Some(target) = self
            .catalogue
            .by_prefix(prefix)
            .map(|place| &self.catalogue.object(place).source)
        else {
            return Expr::val(false);
        };
        let mut visible = Query::select();
        visible
            .expr(column("named", target.key()))
            .from_as(Alias::new(target.table()), Alias::new("named"))
            .and_where(column("named", target.key()).eq(value.expr()))
            .cond_where(
                target
                    .scope("named", self.backend)
                    .into_condition(Reached::Directly),
            );
        column(alias, name).in_subquery(visible)
    }

    pub(super) fn ordered_by(&self) -> &'static str {
        let order = self.object.orders.get(usize::from(self.shape.order));
        order.map_or(self.object.source.key(), |order| order.column)
    }

    fn direction(&self) -> Direction {
        if self.shape.descending == self.shape.backward {
            Direction::Asc
        } else {
            Direction::Desc
        }
    }

    pub(super) fn order(&self, select: &mut SelectStatement, alias: &str) {
        let ordered_by = self.ordered_by();
        let key = self.object.source.key();
        if ordered_by != key {
            select.order_by_expr(column(alias, ordered_by), self.direction());
        }
        select.order_by_expr(column(alias, key), self.direction());
    }

    pub(super) fn beyond_position(&self, alias: &str) -> Expr {
        let here = Expr::tuple([
            column(alias, self.ordered_by()),
            column(alias, self.object.source.key()),
        ]);
        let there = Expr::tuple([Parameter::Position(0).expr(), Parameter::Position(1).expr()]);
        match self.direction() {
            Direction::Asc => here.gt(there),
            _ => here.lt(there),
        }
    }
}

/// The condition does not hold: it is false, or unknown because something is null.
fn fails(condition: Condition) -> Expr {
    let holds: Expr = CaseStatement::new().case(condition, true).finally(false).into();
    holds.eq(false)
}
