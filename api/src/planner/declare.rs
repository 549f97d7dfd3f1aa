//! Declaring how a table looks to clients. Each object type is declared once; from the declaration come its type in
//! the schema, its reads, its cost and the contract tests.
//!
//! ```ignore
//! impl Declared for board::Entity {
//!     const NAME: &'static str = "Board";
//!     const PREFIX: &'static str = "board";
//!
//!     fn declare() -> ObjectType {
//!         ObjectType::of::<Self>("A group that meets to make decisions together.")
//!             .column("name", Column::Name, "What the board is called.")
//!             .to_one::<partnership::Entity>("partnership", Column::PartnershipId, "The partnership it serves.")
//!             .to_many::<board_seat::Entity>("seats", board_seat::Column::BoardId, "Its seats, filled or vacant.")
//!     }
//! }
//! ```

mod groups;
mod object;
mod values;

use std::sync::Arc;

use sea_orm::sea_query::Condition;
use sea_orm::{DbBackend, IdenStatic};

use super::batch::Batch;
use crate::store::{Below, Expected, Rows, Scope, Scoped, Type, primary_key, scope_below};

pub use groups::{Ability, PrivateGroup};
pub use values::{
    ColumnField, Computed, EnumType, Filter, FilterTest, Order, PointedColumn, Reader, RowTest, Scalar,
    ToMany,
};

/// A table that clients can see, and how.
pub trait Declared: Scoped {
    /// The type's name in the schema.
    const NAME: &'static str;
    /// What opens its global ids.
    const PREFIX: &'static str;

    /// The declaration: built once, when the server starts.
    fn declare() -> ObjectType;
}

/// An object type of the schema, read from one table.
#[derive(Debug)]
pub struct ObjectType {
    /// Its name in the schema.
    pub name: &'static str,
    /// What opens its global ids.
    pub prefix: &'static str,
    /// What it is, and who may read it.
    pub description: &'static str,
    /// Where it is read from.
    pub source: Source,
    /// Its fields, in the order of the schema.
    pub fields: Vec<Field>,
    /// The orders its lists may take; the first is the default.
    pub orders: Vec<Order>,
    /// The filters of its lists.
    pub filters: Vec<Filter>,
}

/// A table under its scope. It can be made only of a [`Scoped`] entity.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    table: &'static str,
    key: &'static str,
    scope: fn(&str, DbBackend, Expected) -> Scope,
    below: fn(&Below<'_>) -> (Condition, Vec<Condition>),
    column_type: fn(&str) -> Type,
}

impl Source {
    pub(super) fn of<E: Scoped>() -> Self {
        Self {
            table: E::default().table_name(),
            key: primary_key::<E>().as_str(),
            scope: |alias, backend, expected| E::scope(&Rows::new(alias, backend).expecting(expected)),
            below: scope_below::<E>,
            column_type: Type::of::<E>,
        }
    }

    /// The table's name.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// The primary key's column.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// Of which type a column is.
    pub(crate) fn column_type(&self, name: &str) -> Type {
        (self.column_type)(name)
    }

    /// The rows that the viewer may read, for the table under an alias.
    pub(crate) fn scope(&self, alias: &str, backend: DbBackend) -> Scope {
        (self.scope)(alias, backend, Expected::Any)
    }

    /// The same in a statement that reads one row by its key.
    pub(crate) fn scope_of_one(&self, alias: &str, backend: DbBackend) -> Scope {
        (self.scope)(alias, backend, Expected::One)
    }

    /// The rows that the viewer may read below parents in scope, and what has to be found out about those parents.
    pub(crate) fn below(&self, way: &Below<'_>) -> (Condition, Vec<Condition>) {
        (self.below)(way)
    }
}

/// A field of an object type.
#[derive(Debug)]
pub struct Field {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it holds, and who may read it.
    pub description: String,
    /// Where its value comes from.
    pub kind: FieldKind,
    /// What it adds to the cost of an operation, in points, for each object it is selected of: for values that take work. An
    /// object itself is one point.
    pub points: u32,
}

/// Where a field's value comes from.
#[derive(Debug)]
pub enum FieldKind {
    /// The row's global id.
    Id,
    /// A column of the row.
    Column(ColumnField),
    /// The row that a column points to, if the viewer may read it.
    ToOne {
        /// The column that points.
        column: &'static str,
        /// The type it points to.
        target: &'static str,
        /// Who may learn which row it is, when not everybody who may read both.
        reader: Option<Reader>,
    },
    /// The rows of another table that point here, as a connection.
    ToMany(ToMany),
    /// A group of fields of the same row, under a name of its own.
    Group {
        /// The group's type in the schema.
        type_name: &'static str,
        /// What the group is.
        description: &'static str,
        /// Who may read it, when not everybody who may read the row: it then says so in `visibility`.
        reader: Option<Reader>,
        /// Its fields.
        fields: Vec<Field>,
    },
    /// A value worked out from columns of the row and the viewer.
    Computed(Computed),
    /// A group of values worked out for all rows at once, with the help of one more statement.
    Batch(Arc<Batch>),
    /// Whether a condition of the policy holds for the row: true or false.
    Allowed(Reader),
}
