//! From a level of a plan to its SQL.
//!
//! Every table that appears here comes with its scope: [`Source`] has no other way to be read.

use sea_orm::DbBackend;
use sea_orm::sea_query::{
    Alias, CaseStatement, Condition, Expr, ExprTrait, Func, JoinType, Order as Direction, Query,
    SelectStatement, SqliteQueryBuilder, UnionType,
};

mod narrow;
mod page;
mod shape;
mod types;

pub(super) use shape::Shape;
pub(super) use types::types;

use super::batch::Facts;
use super::catalogue::Catalogue;
use super::declare::{ObjectType, Source};
use super::plan::{Access, Column, ColumnKind, Level, Proof};
use crate::store::{AccessVersion, Below, Expected, Known, Parameter, Reached, Template, count_rows, id_in};

/// Builds the statement of a level in a shape.
pub(super) fn build(catalogue: &Catalogue, level: &Level, shape: Shape, backend: DbBackend) -> Template {
    let builder = Builder::of(catalogue, level, shape, backend);
    let select = if shape.counting {
        builder.count()
    } else {
        builder.rows()
    };
    Template::of(&select, backend, shape.known)
}

/// Builds the statement of a batch's facts, for rows of `parent`. The first column is the row they are about.
pub(super) fn facts(
    facts: &Facts,
    parent: &Source,
    (many, known): (bool, Known),
    backend: DbBackend,
) -> Template {
    let reached = Reached::FromParent {
        table: parent.table(),
        column: facts.link,
    };
    let link = column("t0", facts.link);
    let of = |key: Expr| {
        if many {
            id_in(key, Parameter::Keys, backend)
        } else {
            key.eq(Parameter::Key.expr())
        }
    };
    let mut select = Query::select();
    select
        .from_as(Alias::new(facts.source.table()), Alias::new("t0"))
        .expr(link.clone())
        .exprs(facts.columns.iter().map(|column| column("t0", backend)))
        .and_where(of(link))
        .cond_where(facts.source.scope("t0", backend).into_condition(reached))
        .cond_where((facts.test)("t0", backend));
    if facts.always.is_empty() {
        select.order_by_expr(column("t0", facts.source.key()), Direction::Asc);
    } else {
        // The rows of the level were read in scope already.
        let key = column("own", parent.key());
        let always = Query::select()
            .from_as(Alias::new(parent.table()), Alias::new("own"))
            .expr(key.clone())
            .exprs(facts.always.iter().map(|column| column("own", backend)))
            .and_where(of(key))
            .take();
        select.union(UnionType::All, always);
    }
    Template::of(&select, backend, known)
}

/// What the scope of the rows below asks about the rows of a source of this table.
fn proofs(
    proof: &Proof,
    source: usize,
    (table, expected): (&'static str, Expected),
    backend: DbBackend,
) -> Vec<Condition> {
    let way = Below {
        alias: "",
        parents: &alias(source),
        table,
        column: proof.link,
        backend,
        expected,
    };
    proof.below.below(&way).1
}

/// The same as texts, to tell whether two ask the same.
pub(super) fn proof_texts(proof: &Proof, source: usize, table: &'static str) -> Vec<String> {
    let text = |condition| {
        Query::select()
            .cond_where(condition)
            .to_string(SqliteQueryBuilder)
    };
    let asked = proofs(proof, source, (table, Expected::Any), DbBackend::Sqlite);
    asked.into_iter().map(text).collect()
}

struct Builder<'a> {
    catalogue: &'a Catalogue,
    level: &'a Level,
    object: &'a ObjectType,
    shape: Shape,
    backend: DbBackend,
}

/// The alias of a source: the level's own table, or a join.
fn alias(source: usize) -> String {
    format!("t{source}")
}

fn column(alias: &str, name: &str) -> Expr {
    Expr::col((Alias::new(alias), Alias::new(name)))
}

impl<'a> Builder<'a> {
    fn of(catalogue: &'a Catalogue, level: &'a Level, shape: Shape, backend: DbBackend) -> Self {
        Self {
            catalogue,
            level,
            object: catalogue.object(level.object),
            shape,
            backend,
        }
    }
}

impl Builder<'_> {
    fn is_list(&self) -> bool {
        self.level.access != Access::ByIds
    }

    fn rows(&self) -> SelectStatement {
        let mut select = Query::select();
        let wrapped = self.is_list() && (!self.level.joins.is_empty() || self.many_below());
        match (wrapped, self.backend) {
            (false, _) => {
                self.read_own_table(&mut select, "t0");
                self.narrow(&mut select, "t0", self.link("t0"));
                if self.is_list() {
                    self.order(&mut select, "t0");
                    select.limit(Parameter::limit());
                }
            }
            (true, DbBackend::Postgres) => self.read_page_postgres(&mut select),
            (true, _) => self.read_page_sqlite(&mut select),
        }
        let inner_named = wrapped && self.backend == DbBackend::Postgres;
        for (place, wanted) in self.level.columns.iter().enumerate() {
            select.expr(self.output(place, wanted, inner_named));
        }
        if self.is_list() {
            select.expr(column("t0", self.ordered_by()));
        }
        for (place, join) in self.level.joins.iter().enumerate() {
            let to = alias(place + 1);
            let target = &self.catalogue.object(join.object).source;
            let pointing = self.source_object(join.from).source.table();
            let reached = Reached::FromPointer {
                table: pointing,
                column: join.column,
            };
            let on = Condition::all()
                .add(column(&to, target.key()).eq(column(&alias(join.from), join.column)))
                .add(target.scope(&to, self.backend).into_condition(reached));
            select.join_as(
                JoinType::LeftJoin,
                Alias::new(target.table()),
                Alias::new(&to),
                on,
            );
        }
        if wrapped {
            self.order(&mut select, "t0");
        }
        if self.shape.asks_for_access {
            select.expr(AccessVersion::column());
        }
        select
    }

    fn count(&self) -> SelectStatement {
        let mut select = Query::select();
        match self.level.access {
            // Each parent's rows by themselves: the database needs to sort nothing.
            Access::Below { column: link, .. } if self.shape.many => {
                let parent = self.each_parent(&mut select);
                let of_parent = self.number(column("t0", link).eq(parent.clone()).into());
                select
                    .expr(parent)
                    .expr(Expr::SubQuery(None, Box::new(of_parent.into())));
                select
            }
            Access::Below { .. } => {
                let number = self.number(self.link("t0"));
                select
                    .expr(Parameter::Key.expr())
                    .expr(Expr::SubQuery(None, Box::new(number.into())));
                select
            }
            Access::List | Access::ByIds => self.number(self.link("t0")),
        }
    }

    /// How many rows there are.
    fn number(&self, link: Condition) -> SelectStatement {
        let mut select = Query::select();
        self.read_own_table(&mut select, "t0");
        select
            .expr(count_rows())
            .cond_where(link)
            .cond_where(self.in_scope("t0"))
            .cond_where(self.filtered("t0"));
        select
    }

    /// Reads the parents' ids, one a row, and gives them as an expression.
    fn each_parent(&self, select: &mut SelectStatement) -> Expr {
        if self.backend == DbBackend::Postgres {
            select.from_function(Func::cust("unnest").arg(Parameter::Keys.expr()), "parent");
            column("parent", "parent")
        } else {
            select.from_function(Func::cust("json_each").arg(Parameter::Keys.expr()), "parent");
            Expr::cust("unhex(parent.value)")
        }
    }

    fn many_below(&self) -> bool {
        self.shape.many && matches!(self.level.access, Access::Below { .. })
    }

    fn source_object(&self, source: usize) -> &ObjectType {
        match source.checked_sub(1) {
            None => self.object,
            Some(join) => self.catalogue.object(self.level.joins[join].object),
        }
    }

    fn read_own_table(&self, select: &mut SelectStatement, alias: &str) {
        select.from_as(Alias::new(self.object.source.table()), Alias::new(alias));
    }

    /// Scope, link, filters and place in the list: everything that decides which rows there are.
    fn narrow(&self, select: &mut SelectStatement, alias: &str, link: Condition) {
        select.cond_where(link);
        select.cond_where(self.in_scope(alias));
        if self.is_list() {
            select.cond_where(self.filtered(alias));
            if self.shape.positioned {
                select.and_where(self.beyond_position(alias));
            }
        }
    }

    fn in_scope(&self, alias: &str) -> Condition {
        let source = &self.object.source;
        match self.level.access {
            Access::ByIds if !self.shape.many => source
                .scope_of_one(alias, self.backend)
                .into_condition(Reached::Directly),
            Access::ByIds | Access::List => source
                .scope(alias, self.backend)
                .into_condition(Reached::Directly),
            Access::Below { column, parent_table } => {
                let way = Below {
                    alias,
                    // What is asked about the parents was answered by their statement.
                    parents: "",
                    table: parent_table,
                    column,
                    backend: self.backend,
                    expected: Expected::Any,
                };
                source.below(&way).0
            }
        }
    }

    fn proof(&self, from: usize, proof: &Proof) -> Condition {
        let table = self.source_object(from).source.table();
        let expected = if self.level.access == Access::ByIds && !self.shape.many {
            Expected::One
        } else {
            Expected::Any
        };
        let mut asked = proofs(proof, from, (table, expected), self.backend);
        // The declaration is the same as when the plan was made, so the place is there.
        if proof.place < asked.len() {
            asked.swap_remove(proof.place)
        } else {
            Condition::all().add(Expr::val(false))
        }
    }

    fn link(&self, alias: &str) -> Condition {
        let key = match self.level.access {
            Access::List => return Condition::all(),
            Access::ByIds => column(alias, self.object.source.key()),
            Access::Below { column: link, .. } => column(alias, link),
        };
        Condition::all().add(if self.shape.many {
            id_in(key, Parameter::Keys, self.backend)
        } else {
            key.eq(Parameter::Key.expr())
        })
    }

    /// A column of the answer. A private one is null unless its readers' condition holds.
    fn output(&self, place: usize, wanted: &Column, inner_named: bool) -> Expr {
        let from = alias(wanted.source);
        match wanted.kind {
            ColumnKind::Plain(name) => column(&from, name),
            _ if inner_named && wanted.source == 0 => column(&from, &private_name(place)),
            ColumnKind::Private(name, reader) => CaseStatement::new()
                .case(reader(&from, self.backend), column(&from, name))
                .into(),
            ColumnKind::Allowed(reader) => CaseStatement::new()
                .case(reader(&from, self.backend), Expr::cust("true"))
                .finally(Expr::cust("false"))
                .into(),
            ColumnKind::Proof(proof) => CaseStatement::new()
                .case(self.proof(wanted.source, &proof), Expr::cust("true"))
                .finally(Expr::cust("false"))
                .into(),
        }
    }
}

fn private_name(place: usize) -> String {
    format!("private_{place}")
}

/// Says at compile time that a source is all a statement may be made of.
const _: fn(&Source, &str, DbBackend) -> crate::store::Scope = Source::scope;
