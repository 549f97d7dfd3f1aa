//! The first wall: a table can be read only through its scope.
//!
//! [`Scoped`] says which rows of a table a viewer may read, as a condition on the table under whatever alias a
//! statement gives it. `policy::areas` implements it, one page an area; the planner and the loaders of this room add
//! it to every table they touch, joined ones too. An entity without a scope cannot be read: it does not compile.

use sea_orm::EntityTrait;
use sea_orm::IdenStatic;
use sea_orm::sea_query::{Condition, Expr};

use super::rows::{Below, Rows};
use super::spelling::primary_key;

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

    /// The same where the scope of the other table is a wide one: asked for each row by itself.
    #[must_use]
    pub fn or_shown_by_each<E: EntityTrait, O: Scoped>(self, rows: &Rows<E>, column: O::Column) -> Self {
        let key = primary_key::<E>();
        let visible = rows.exists_each::<O>(|other| {
            let theirs = O::scope(other).into_condition(Reached::Directly);
            Condition::all().add(other.matches(column, rows, key)).add(theirs)
        });
        self.or_shown_where::<O>(column, visible)
    }

    /// The same where the other table is this very one, or its scope cannot be asked for another reason: `visible` says when
    /// a row that points here by this column is in scope.
    #[must_use]
    pub fn or_shown_where<O: EntityTrait>(mut self, column: O::Column, visible: Expr) -> Self {
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

/// The scope of rows below parents in scope, and what it asks about those parents: conditions on them, which the statement
/// that reads them has to answer. Here their answers are [`Parameter::Proven`], in the same order.
pub(crate) fn scope_below<E: Scoped>(way: &Below<'_>) -> (Condition, Vec<Condition>) {
    let rows = Rows::<E>::below(way);
    let reached = Reached::FromParent {
        table: way.table,
        column: way.column,
    };
    let condition = E::scope(&rows).into_condition(reached);
    (condition, rows.asked())
}
