//! Rows under an alias, and what may be asked about them: the words in which scopes and filters are written.

use std::cell::RefCell;
use std::marker::PhantomData;
use std::rc::Rc;

use sea_orm::sea_query::{Alias, Condition, DynIden, Expr, ExprTrait, IntoIden, Query, SelectStatement};
use sea_orm::{DbBackend, EntityTrait, IdenStatic};

use super::scope::{Reached, Scoped};
use super::spelling::{has, id_in, pair_in, primary_key};
use super::{Known, Parameter, ViewerFact};

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

    /// The rows below parents.
    pub(super) fn below(way: &Below<'_>) -> Self {
        let above = Above {
            table: way.table,
            alias: Alias::new(way.parents).into_iden(),
            expected: way.expected,
            column: way.column,
            asked: Rc::default(),
        };
        Self {
            above: Some(above),
            ..Self::new(way.alias, way.backend)
        }
    }

    /// What has been asked about the parents.
    pub(super) fn asked(&self) -> Vec<Condition> {
        self.above
            .as_ref()
            .map(|above| above.asked.take())
            .unwrap_or_default()
    }

    /// The same in a statement about one row.
    #[must_use]
    pub(crate) const fn expecting(mut self, expected: Expected) -> Self {
        self.expected = expected;
        self
    }

    /// The rows of another table that the statement joins under an alias.
    #[must_use]
    pub fn joined<O: EntityTrait>(&self, alias: &str) -> Rows<O> {
        Rows::new(alias, self.backend)
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

    /// The ids of both columns are together in a set of pairs of the viewer's.
    #[must_use]
    pub fn pair_among(&self, (first, second): (E::Column, E::Column), fact: ViewerFact) -> Expr {
        let pair = (self.column(first), self.column(second));
        has(fact).and(pair_in(pair.0, pair.1, Parameter::Viewer(fact), self.backend))
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
    pub(super) fn parent_visible_beside<P: Scoped>(
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

    /// The same, asked for each row by itself: PostgreSQL then plans it once, and not a second time as a list to be looked up
    /// in. Where conditions nest in each other, planning twice at each level takes longer than the answer.
    #[must_use]
    pub fn exists_each<O: EntityTrait>(&self, condition: impl FnOnce(&Rows<O>) -> Condition) -> Expr {
        let other = self.nested::<O>();
        let condition = condition(&other);
        let mut select = other.select(condition);
        if self.backend == DbBackend::Postgres {
            select.offset(0);
        }
        Expr::exists(select)
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
