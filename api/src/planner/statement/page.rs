//! A page of a list is read first, for one parent or for each, and only its rows are joined.

use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, JoinType, Query, SelectStatement};

use super::{Builder, column, private_name};
use crate::planner::plan::{Access, ColumnKind};
use crate::store::Parameter;

impl Builder<'_> {
    /// The page is read first, for one parent or for each, and only its rows are joined.
    pub(super) fn read_page_postgres(&self, select: &mut SelectStatement) {
        let mut page = Query::select();
        self.read_own_table(&mut page, "t0");
        let link = match self.level.access {
            Access::Below { column: link, .. } if self.shape.many => Condition::all()
                .add(column("t0", link).eq(Expr::col((Alias::new("parent"), Alias::new("parent"))))),
            _ => self.link("t0"),
        };
        self.narrow(&mut page, "t0", link);
        for name in self.inner_names() {
            page.expr(column("t0", name));
        }
        for (place, wanted) in self.level.columns.iter().enumerate() {
            if wanted.source == 0 && !matches!(wanted.kind, ColumnKind::Plain(_)) {
                page.expr_as(self.output(place, wanted, false), Alias::new(private_name(place)));
            }
        }
        self.order(&mut page, "t0");
        page.limit(Parameter::limit());
        if self.many_below() {
            self.each_parent(select);
            select.join_lateral(
                JoinType::InnerJoin,
                page,
                "t0",
                Condition::all().add(Expr::cust("true")),
            );
        } else {
            select.from_subquery(page, "t0");
        }
    }

    /// SQLite has no `LATERAL`; a correlated `IN (… LIMIT)` reads just the page's rows as well.
    pub(super) fn read_page_sqlite(&self, select: &mut SelectStatement) {
        let mut page = Query::select();
        self.read_own_table(&mut page, "p0");
        let link = match self.level.access {
            Access::Below { column: link, .. } if self.shape.many => {
                Condition::all().add(column("p0", link).eq(Expr::cust("unhex(parent.value)")))
            }
            _ => self.link("p0"),
        };
        self.narrow(&mut page, "p0", link);
        page.expr(column("p0", self.object.source.key()));
        self.order(&mut page, "p0");
        page.limit(Parameter::limit());
        let on = Condition::all().add(column("t0", self.object.source.key()).in_subquery(page));
        let own = Alias::new(self.object.source.table());
        if self.many_below() {
            self.each_parent(select);
            select.join_as(JoinType::InnerJoin, own, Alias::new("t0"), on);
        } else {
            select.from_as(own, Alias::new("t0")).cond_where(on);
        }
    }

    /// The plain columns that the outer statement needs of the page.
    fn inner_names(&self) -> Vec<&'static str> {
        let mut names = vec![self.object.source.key(), self.ordered_by()];
        names.extend(
            self.level
                .columns
                .iter()
                .filter(|column| column.source == 0)
                .filter_map(|column| match column.kind {
                    ColumnKind::Plain(name) => Some(name),
                    _ => None,
                }),
        );
        names.extend(
            self.level
                .joins
                .iter()
                .filter(|join| join.from == 0)
                .map(|join| join.column),
        );
        names.sort_unstable();
        names.dedup();
        names
    }
}
