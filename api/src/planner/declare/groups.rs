//! Groups of fields: what only some may read, and what a viewer may do.

use entity::Described;
use sea_orm::ColumnTrait;

use super::values::plain;
use super::{ColumnField, Computed, Declared, EnumType, Field, FieldKind, PointedColumn, Reader, Scalar};
use crate::planner::computed::Compute;

/// One thing that a viewer may have the right to do: a field of `viewerCan`.
#[derive(Debug)]
pub struct Ability(Field);

impl Ability {
    /// A right that depends on these columns of the row, handed to `may` in this order; null columns are handed over as
    /// nil ids.
    ///
    /// ```ignore
    /// Ability::new("update", &[Column::HostOrganisationId], "Change it.", |row, viewer| {
    ///     Ok(may_update_board(viewer, row.id(0)?).into())
    /// })
    /// ```
    #[must_use]
    pub fn new<C: ColumnTrait>(name: &'static str, columns: &[C], description: &str, may: Compute) -> Self {
        let columns = columns.iter().map(|column| plain(*column));
        let computed = Computed {
            type_name: "Boolean!",
            columns: columns.map(|field| (field.column, field.scalar)).collect(),
            pointed: Vec::new(),
            compute: may,
        };
        Self(Field {
            name,
            description: description.into(),
            kind: FieldKind::Computed(computed),
            points: 0,
        })
    }

    /// A right that depends on more than the row: the condition of `policy` that permits it, asked of the database.
    #[must_use]
    pub fn when(name: &'static str, description: &str, condition: Reader) -> Self {
        Self(Field {
            name,
            description: description.into(),
            kind: FieldKind::Allowed(condition),
            points: 0,
        })
    }

    /// And on a column of the row that one of its columns points to, handed over after the row's own; a nil id where the
    /// viewer may not read that row.
    #[must_use]
    pub fn and_of<T: Declared>(mut self, column: impl ColumnTrait, theirs: T::Column) -> Self {
        if let FieldKind::Computed(computed) = &mut self.0.kind {
            let field = plain(theirs);
            computed.pointed.push(PointedColumn {
                column: column.as_str(),
                target: T::NAME,
                theirs: (field.column, field.scalar),
            });
        }
        self
    }

    pub(super) fn into_field(self) -> Field {
        self.0
    }
}

/// Columns that only some readers of a row may read.
#[derive(Debug)]
pub struct PrivateGroup {
    pub(super) type_name: &'static str,
    pub(super) description: &'static str,
    pub(super) reader: Reader,
    pub(super) fields: Vec<(&'static str, ColumnField, String)>,
}

impl PrivateGroup {
    /// A group of an entity's columns, and who may read them.
    #[must_use]
    pub const fn new(type_name: &'static str, description: &'static str, reader: Reader) -> Self {
        Self {
            type_name,
            description,
            reader,
            fields: Vec::new(),
        }
    }

    /// One of its columns.
    #[must_use]
    pub fn column(mut self, name: &'static str, column: impl ColumnTrait, description: &str) -> Self {
        self.fields.push((name, plain(column), description.into()));
        self
    }

    /// One of its columns, with a value of a closed list.
    #[must_use]
    pub fn one_of<T: Described>(
        mut self,
        name: &'static str,
        column: impl ColumnTrait,
        description: &str,
    ) -> Self {
        let field = ColumnField {
            scalar: Scalar::Enum(EnumType::of::<T>()),
            ..plain(column)
        };
        self.fields.push((name, field, description.into()));
        self
    }
}
