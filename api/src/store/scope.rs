//! The first wall: a table can be read only through its scope.
//!
//! [`Scoped`] says which rows of a table a viewer may read, as a condition on the table under whatever alias a
//! statement gives it. `policy::areas` implements it, one page an area; the planner and the loaders of this room add
//! it to every table they touch, joined ones too. An entity without a scope cannot be read: it does not compile.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use sea_orm::sea_query::{Alias, Condition, DynIden, Expr, ExprTrait, IntoIden, Query, SelectStatement};
use sea_orm::{DbBackend, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn};

use super::{Known, Parameter, ViewerFact};

/// Which rows of a table a viewer may read.
pub trait Scoped: EntityTrait {
    /// The condition, on the rows under the alias at hand.
    fn scope(rows: &Rows<Self>) -> Scope;
}

/// The answer of a [`Scoped`] table: its own condition, and other rows that open it.
#[derive(Debug)]
pub struct Scope {
    /// The parent through which alone the rows are reached.
    through: Option<Opening>,
    /// What the row itself must fulfil beside.
    condition: Condition,
    /// Rows which, where they are visible, show the row they point to as well.
    shown_by: Vec<Opening>,
}

/// A foreign key, and what it opens when its other end is visible.
#[derive(Debug)]
struct Opening {
    table: &'static str,
    column: &'static str,
    visible: Expr,
}

/// From where a statement comes to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    /// From nowhere: by id, or as a list of its own.
    Directly,
    /// From a parent row in scope (of that table), by the foreign key here.
    FromParent {
        table: &'static str,
        column: &'static str,
    },
    /// From a row in scope (of that table) whose foreign key points here.
    FromPointer {
        table: &'static str,
        column: &'static str,
    },
}

impl Scope {
    /// Everybody may read every row: reference data.
    #[must_use]
    pub fn everyone() -> Self {
        Self::when(Condition::all())
    }

    /// Rows that fulfil the condition.
    #[must_use]
    pub fn when(condition: Condition) -> Self {
        Self {
            through: None,
            condition,
            shown_by: Vec::new(),
        }
    }

    /// Only those rows, too.
    #[must_use]
    pub fn and(mut self, expr: impl Into<Condition>) -> Self {
        self.condition = Condition::all().add(self.condition).add(expr.into());
        self
    }

    /// The row's parent is in scope, and beside it nothing is asked.
    #[must_use]
    pub fn through<E: EntityTrait, P: Scoped>(rows: &Rows<E>, column: E::Column) -> Self {
        let opening = Opening {
            table: P::default().table_name(),
            column: column.as_str(),
            visible: rows.parent_visible::<P>(column),
        };
        Self {
            through: Some(opening),
            ..Self::everyone()
        }
    }

    /// The same where both rows point to one and the same third row, here by `ours` and there by `theirs`: what is known of
    /// that one is not asked again.
    #[must_use]
    pub fn through_beside<E: EntityTrait, P: Scoped>(
        rows: &Rows<E>,
        column: E::Column,
        (ours, theirs): (E::Column, P::Column),
    ) -> Self {
        let opening = Opening {
            table: P::default().table_name(),
            column: column.as_str(),
            visible: rows.parent_visible_beside::<P>(column, (ours, theirs)),
        };
        Self {
            through: Some(opening),
            ..Self::everyone()
        }
    }

    /// And whatever row a visible row of another table points to by this column.
    #[must_use]
    pub fn or_shown_by<E: EntityTrait, O: Scoped>(mut self, rows: &Rows<E>, column: O::Column) -> Self {
        let key = primary_key::<E>();
        let visible = rows.exists::<O>(|other| {
            let theirs = O::scope(other).into_condition(Reached::Directly);
            Condition::all().add(other.matches(column, rows, key)).add(theirs)
        });
        self.shown_by.push(Opening {
            table: O::default().table_name(),
            column: column.as_str(),
            visible,
        });
        self
    }

    /// The whole condition. What the way there has proven already is not asked again.
    #[must_use]
    pub(crate) fn into_condition(self, reached: Reached) -> Condition {
        let proven = |opening: &Opening, table, column| opening.table == table && opening.column == column;
        if let Reached::FromPointer { table, column } = reached
            && self.shown_by.iter().any(|opening| proven(opening, table, column))
        {
            return Condition::all();
        }
        let own = match (self.through, reached) {
            (Some(through), Reached::FromParent { table, column }) if proven(&through, table, column) => {
                self.condition
            }
            (Some(through), _) => Condition::all().add(through.visible).add(self.condition),
            (None, _) => self.condition,
        };
        if self.shown_by.is_empty() {
            return own;
        }
        self.shown_by
            .into_iter()
            .fold(Condition::any().add(own), |any, opening| any.add(opening.visible))
    }
}

/// The rows of a table under an alias, in a statement for one of the databases.
#[derive(Debug)]
pub struct Rows<E> {
    alias: DynIden,
    depth: u8,
    backend: DbBackend,
    expected: Expected,
    above: Option<Above>,
    entity: PhantomData<E>,
}

/// How many rows a statement is about, as far as its text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// One, by its key.
    One,
    /// Any number.
    Any,
}

/// The parents of the rows at hand, which the request has read before: what is asked about them was answered there.
#[derive(Clone, Debug)]
struct Above {
    table: &'static str,
    alias: DynIden,
    expected: Expected,
    /// The column of the rows at hand that points to them.
    column: &'static str,
    /// What is asked about them, in the order of asking.
    asked: Rc<RefCell<Vec<Condition>>>,
}

/// A way down from parents that were read in scope to the rows that point to them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Below<'a> {
    /// The rows' alias.
    pub alias: &'a str,
    /// The alias of the parents in the statement that reads those.
    pub parents: &'a str,
    /// The parents' table.
    pub table: &'static str,
    /// The column that points to them.
    pub column: &'static str,
    pub backend: DbBackend,
    /// How many parents the statement that reads them is about.
    pub expected: Expected,
}

/// The scope of rows below parents in scope, and what it asks about those parents: conditions on them, which the statement
/// that reads them has to answer. Here their answers are [`Parameter::Proven`], in the same order.
pub(crate) fn scope_below<E: Scoped>(way: &Below<'_>) -> (Condition, Vec<Condition>) {
    let above = Above {
        table: way.table,
        alias: Alias::new(way.parents).into_iden(),
        expected: way.expected,
        column: way.column,
        asked: Rc::default(),
    };
    let asked = Rc::clone(&above.asked);
    let mut rows = Rows::<E>::new(way.alias, way.backend);
    rows.above = Some(above);
    let reached = Reached::FromParent {
        table: way.table,
        column: way.column,
    };
    let condition = E::scope(&rows).into_condition(reached);
    (condition, asked.take())
}

impl<E: EntityTrait> Rows<E> {
    /// The rows under an alias.
    #[must_use]
    pub fn new(alias: &str, backend: DbBackend) -> Self {
        Self {
            alias: Alias::new(alias).into_iden(),
            depth: 0,
            backend,
            expected: Expected::Any,
            above: None,
            entity: PhantomData,
        }
    }

    /// The same in a statement about one row.
    #[must_use]
    pub(crate) const fn expecting(mut self, expected: Expected) -> Self {
        self.expected = expected;
        self
    }

    /// A column of these rows.
    #[must_use]
    pub fn column(&self, column: E::Column) -> Expr {
        Expr::col((self.alias.clone(), Alias::new(column.as_str())))
    }

    /// The column holds just this fact of the viewer.
    #[must_use]
    pub fn is(&self, column: E::Column, fact: ViewerFact) -> Expr {
        self.column(column).eq(Parameter::Viewer(fact).expr())
    }

    /// The column's id is in a set of the viewer's.
    #[must_use]
    pub fn among(&self, column: E::Column, fact: ViewerFact) -> Expr {
        has(fact).and(id_in(self.column(column), Parameter::Viewer(fact), self.backend))
    }

    /// The row that the column points to is in scope.
    #[must_use]
    pub fn parent_visible<P: Scoped>(&self, column: E::Column) -> Expr {
        self.exists::<P>(|parent| {
            Condition::all()
                .add(parent.matches(primary_key::<P>(), self, column))
                .add(P::scope(parent).into_condition(Reached::Directly))
        })
    }

    /// The same for a row that points to the same third row as these do.
    fn parent_visible_beside<P: Scoped>(
        &self,
        column: E::Column,
        (ours, theirs): (E::Column, P::Column),
    ) -> Expr {
        let mut parent = self.nested::<P>();
        parent.above = self
            .above
            .clone()
            .filter(|above| above.column == ours.as_str())
            .map(|above| Above {
                column: theirs.as_str(),
                ..above
            });
        let condition = Condition::all()
            .add(parent.matches(primary_key::<P>(), self, column))
            .add(parent.matches(theirs, self, ours))
            .add(P::scope(&parent).into_condition(Reached::Directly));
        Expr::exists(parent.select(condition))
    }

    /// The row that the column points to fulfils a condition of its own columns and the viewer's facts. Where the request
    /// has read that row before, as the parent of these, the condition was answered there and is not asked for each row.
    #[must_use]
    pub fn pointed<O: EntityTrait>(
        &self,
        column: E::Column,
        condition: impl FnOnce(&Rows<O>) -> Condition,
    ) -> Expr {
        match &self.above {
            Some(above)
                if above.table == O::default().table_name()
                    && above.column == column.as_str()
                    && above.asked.borrow().len() < usize::from(Known::MOST_PROOFS) =>
            {
                let parents = Rows {
                    alias: above.alias.clone(),
                    depth: 0,
                    backend: self.backend,
                    expected: above.expected,
                    above: None,
                    entity: PhantomData,
                };
                let condition = condition(&parents);
                let mut asked = above.asked.borrow_mut();
                let place = u8::try_from(asked.len()).unwrap_or_default();
                asked.push(condition);
                self.proven(column, place)
            }
            _ => self.exists::<O>(|other| {
                Condition::all()
                    .add(other.matches(primary_key::<O>(), self, column))
                    .add(condition(other))
            }),
        }
    }

    /// The column points to a parent for which the n-th condition on parents was found to hold.
    fn proven(&self, column: E::Column, place: u8) -> Expr {
        let among = id_in(self.column(column), Parameter::Proven(place), self.backend);
        let for_some = Parameter::ProvenForSome(place).expr().and(among);
        Parameter::ProvenForAll(place).expr().or(for_some)
    }

    /// Some row of another table fulfils the condition, which may name both. For facts that decide about these rows
    /// (a consent, a grant), not for showing anything of the other table.
    #[must_use]
    pub fn exists<O: EntityTrait>(&self, condition: impl FnOnce(&Rows<O>) -> Condition) -> Expr {
        let other = self.nested::<O>();
        let condition = condition(&other);
        Expr::exists(other.select(condition))
    }

    /// The same of rows of several tables together.
    #[must_use]
    pub fn exist(&self, condition: impl FnOnce(&mut Tables) -> Condition) -> Expr {
        let mut tables = Tables {
            select: Query::select().expr(Expr::val(1)).to_owned(),
            depth: self.depth + 1,
            backend: self.backend,
        };
        let condition = condition(&mut tables);
        tables.select.cond_where(condition);
        if self.expected == Expected::One && self.backend == DbBackend::Postgres {
            // PostgreSQL may gather all rows of the tables beforehand to look these up among them. For one row it must not:
            // an offset, of nothing, keeps it from that.
            tables.select.offset(0);
        }
        Expr::exists(tables.select)
    }

    /// The column's list of texts has this one.
    #[must_use]
    pub fn lists(&self, column: E::Column, text: &str) -> Expr {
        match self.backend {
            DbBackend::Postgres => Expr::cust_with_exprs(
                "$1 @> $2",
                [self.column(column), Expr::val(format!("[\"{text}\"]"))],
            ),
            _ => Expr::cust_with_exprs(
                "EXISTS (SELECT 1 FROM json_each(?) WHERE value = ?)",
                [self.column(column), Expr::val(text)],
            ),
        }
    }

    /// A column of these rows equals a column of others.
    #[must_use]
    pub fn matches<O: EntityTrait>(&self, column: E::Column, other: &Rows<O>, theirs: O::Column) -> Expr {
        self.column(column).eq(other.column(theirs))
    }

    fn nested<O: EntityTrait>(&self) -> Rows<O> {
        let depth = self.depth + 1;
        let alias = format!("s{depth}_{}", O::default().table_name());
        Rows {
            alias: Alias::new(alias).into_iden(),
            depth,
            backend: self.backend,
            expected: Expected::Any,
            above: None,
            entity: PhantomData,
        }
    }

    fn select(&self, condition: Condition) -> SelectStatement {
        Query::select()
            .expr(Expr::val(1))
            .from_as(E::default(), self.alias.clone())
            .cond_where(condition)
            .to_owned()
    }
}

/// The tables of one subquery.
#[derive(Debug)]
pub struct Tables {
    select: SelectStatement,
    depth: u8,
    backend: DbBackend,
}

impl Tables {
    /// One more, under a name that tells what its rows are to the others.
    pub fn rows<O: EntityTrait>(&mut self, name: &str) -> Rows<O> {
        let alias = format!("s{}_{name}", self.depth);
        self.select.from_as(O::default(), alias.clone());
        Rows {
            depth: self.depth,
            ..Rows::new(&alias, self.backend)
        }
    }
}

/// The column of an entity's primary key; each has just one.
pub(crate) fn primary_key<E: EntityTrait>() -> E::Column {
    #[expect(
        clippy::expect_used,
        reason = "SeaORM refuses an entity without a primary key"
    )]
    E::PrimaryKey::iter()
        .next()
        .expect("an entity has a primary key")
        .into_column()
}

/// An expression that the two databases spell differently.
fn custom<const N: usize>(
    backend: DbBackend,
    postgres: &'static str,
    sqlite: &'static str,
    parts: [Expr; N],
) -> Expr {
    match backend {
        DbBackend::Postgres => Expr::cust_with_exprs(postgres, parts),
        _ => Expr::cust_with_exprs(sqlite, parts),
    }
}

/// `expr` is one of the ids of a parameter.
pub(crate) fn id_in(expr: Expr, ids: Parameter, backend: DbBackend) -> Expr {
    let sqlite = "? IN (SELECT unhex(value) FROM json_each(?))";
    custom(backend, "$1 = ANY($2)", sqlite, [expr, ids.expr()])
}

/// `expr` is one of the texts of a parameter.
pub(crate) fn text_in(expr: Expr, texts: Parameter, backend: DbBackend) -> Expr {
    let sqlite = "? IN (SELECT value FROM json_each(?))";
    custom(backend, "$1 = ANY($2)", sqlite, [expr, texts.expr()])
}

/// `expr` contains a parameter's text, whatever its case; the text is a pattern with `\\` as its escape.
pub(crate) fn text_like(expr: Expr, pattern: Parameter, backend: DbBackend) -> Expr {
    let (postgres, sqlite) = (r"lower($1) LIKE $2 ESCAPE '\'", r"lower(?) LIKE ? ESCAPE '\'");
    custom(backend, postgres, sqlite, [expr, pattern.expr()])
}

/// The viewer has this fact: it is true, the set is not empty, the value is not null. This is known before the database is
/// asked: what it excludes costs nothing.
#[must_use]
pub fn has(fact: ViewerFact) -> Expr {
    Parameter::Has(fact).expr()
}

/// The fact is true.
#[must_use]
pub fn is_true(fact: ViewerFact) -> Expr {
    has(fact)
}

/// The number of rows.
pub(crate) fn count_rows() -> Expr {
    Expr::cust("count(*)")
}
