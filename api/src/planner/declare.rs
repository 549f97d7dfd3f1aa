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

use std::sync::Arc;

use entity::Described;
use sea_orm::sea_query::{ColumnType, Condition, Expr};
use sea_orm::{ColumnTrait, DbBackend, IdenStatic};

use super::batch::Batch;
use super::computed::Compute;
use crate::store::{Below, Expected, Rows, Scope, Scoped, primary_key, scope_below};

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
}

impl Source {
    pub(super) fn of<E: Scoped>() -> Self {
        Self {
            table: E::default().table_name(),
            key: primary_key::<E>().as_str(),
            scope: |alias, backend, expected| E::scope(&Rows::new(alias, backend).expecting(expected)),
            below: scope_below::<E>,
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

/// A column as a field.
#[derive(Debug)]
pub struct ColumnField {
    /// The column.
    pub column: &'static str,
    /// How its value is written.
    pub scalar: Scalar,
    /// Whether it may be null.
    pub nullable: bool,
    /// Who may read it, when not everybody who may read the row.
    pub reader: Option<Reader>,
}

/// The condition under which a viewer may read a private column, for the table under an alias.
pub type Reader = fn(&str, DbBackend) -> Condition;

/// The rows of another table that point to this one.
#[derive(Debug)]
pub struct ToMany {
    /// The type of the rows.
    pub target: &'static str,
    /// The column of theirs that points here.
    pub column: &'static str,
    /// For a look back: which of the rows count at the instant [`Parameter::AsOf`](crate::store::Parameter::AsOf). The
    /// field then takes an argument `at`, and the root field of its type an argument `asOf`, from which `at` is taken
    /// when it is left out.
    pub as_of: Option<RowTest>,
}

/// A condition that the rows of a table under an alias must fulfil.
pub type RowTest = fn(&str, DbBackend) -> Condition;

/// A value worked out from the row.
#[derive(Debug)]
pub struct Computed {
    /// Its type in the schema, such as `Boolean!`.
    pub type_name: &'static str,
    /// The columns it needs, handed over in this order.
    pub columns: Vec<(&'static str, Scalar)>,
    /// Columns of rows that this row points to, handed over after those; null where the viewer may not read that row.
    pub pointed: Vec<PointedColumn>,
    /// The work.
    pub compute: Compute,
}

/// A column of the row that a column points to.
#[derive(Clone, Copy, Debug)]
pub struct PointedColumn {
    /// The column that points.
    pub column: &'static str,
    /// The type it points to.
    pub target: &'static str,
    /// The column there, and how it is read.
    pub theirs: (&'static str, Scalar),
}

/// How a value is written in an answer.
#[derive(Clone, Copy, Debug)]
pub enum Scalar {
    /// A global id with this prefix.
    Id(&'static str),
    /// Text.
    String,
    /// A whole number of 32 bits.
    Int,
    /// A fraction.
    Float,
    /// True or false.
    Boolean,
    /// An instant, UTC.
    DateTime,
    /// A calendar day.
    Date,
    /// One value of a closed list.
    Enum(EnumType),
    /// Several values of a closed list.
    EnumList(EnumType),
    /// Several texts.
    Strings,
    /// A JSON document; only for computed fields, which make something of it.
    Json,
}

/// A closed list of values.
#[derive(Clone, Copy, Debug)]
pub struct EnumType {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it lists.
    pub description: &'static str,
    /// The values and what each means.
    pub values: &'static [(&'static str, &'static str)],
}

impl EnumType {
    /// The list that an entity declares.
    #[must_use]
    pub fn of<T: Described>() -> Self {
        Self {
            name: T::NAME,
            description: T::DESCRIPTION,
            values: T::values(),
        }
    }
}

/// An order of a list: by one column, then by id, so that every position is distinct.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Its value in the schema, such as `NAME`.
    pub name: &'static str,
    /// The column; it is never null and never private.
    pub column: &'static str,
    /// How its values are written in cursors.
    pub scalar: Scalar,
    /// What it orders by.
    pub description: &'static str,
}

/// A filter of a list.
#[derive(Clone, Copy, Debug)]
pub struct Filter {
    /// Its name in the schema.
    pub name: &'static str,
    /// What it keeps.
    pub description: &'static str,
    /// What it compares.
    pub test: FilterTest,
}

/// What a filter compares.
#[derive(Clone, Copy, Debug)]
pub enum FilterTest {
    /// The column is one of the values given.
    OneOf(&'static str, EnumType),
    /// The column is the id given, of this prefix.
    Is(&'static str, &'static str),
    /// The column contains the text given, whatever its case.
    Contains(&'static str),
    /// The condition holds (`true`) or does not hold (`false`).
    Holds(fn(&str, DbBackend) -> Expr),
}

impl ObjectType {
    /// An object type read from an entity's table, with its `id`.
    #[must_use]
    pub fn of<E: Declared>(description: &'static str) -> Self {
        let mut object = Self {
            name: E::NAME,
            prefix: E::PREFIX,
            description,
            source: Source::of::<E>(),
            fields: Vec::new(),
            orders: Vec::new(),
            filters: Vec::new(),
        };
        object.push("id", "The object's global id.".into(), FieldKind::Id);
        object
    }

    fn push(&mut self, name: &'static str, description: String, kind: FieldKind) {
        self.fields.push(Field {
            name,
            description,
            kind,
        });
    }

    /// A plain column; its scalar and whether it may be null follow from the column itself.
    #[must_use]
    pub fn column<C: ColumnTrait>(mut self, name: &'static str, column: C, description: &str) -> Self {
        self.push(name, description.into(), FieldKind::Column(plain(column)));
        self
    }

    /// A column with a value of a closed list.
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
        self.push(name, description.into(), FieldKind::Column(field));
        self
    }

    /// A column with several values of a closed list.
    #[must_use]
    pub fn several_of<T: Described>(
        mut self,
        name: &'static str,
        column: impl ColumnTrait,
        description: &str,
    ) -> Self {
        let field = ColumnField {
            scalar: Scalar::EnumList(EnumType::of::<T>()),
            ..plain(column)
        };
        self.push(name, description.into(), FieldKind::Column(field));
        self
    }

    /// A column with a list of texts.
    #[must_use]
    pub fn texts(mut self, name: &'static str, column: impl ColumnTrait, description: &str) -> Self {
        let field = ColumnField {
            scalar: Scalar::Strings,
            ..plain(column)
        };
        self.push(name, description.into(), FieldKind::Column(field));
        self
    }

    /// The row that a column points to. It is null where the viewer may not read it.
    #[must_use]
    pub fn to_one<T: Declared>(
        mut self,
        name: &'static str,
        column: impl ColumnTrait,
        description: &str,
    ) -> Self {
        let kind = FieldKind::ToOne {
            column: column.as_str(),
            target: T::NAME,
        };
        self.push(name, description.into(), kind);
        self
    }

    /// The rows of another table that point here, as a connection with that type's filters and orders.
    #[must_use]
    pub fn to_many<T: Declared>(mut self, name: &'static str, column: T::Column, description: &str) -> Self {
        let kind = FieldKind::ToMany(ToMany {
            target: T::NAME,
            column: column.as_str(),
            as_of: None,
        });
        self.push(name, description.into(), kind);
        self
    }

    /// The same as it was at an instant that the client chooses: of the rows that point here, those that `counts` then.
    #[must_use]
    pub fn to_many_as_of<T: Declared>(
        mut self,
        name: &'static str,
        column: T::Column,
        counts: RowTest,
        description: &str,
    ) -> Self {
        let kind = FieldKind::ToMany(ToMany {
            target: T::NAME,
            column: column.as_str(),
            as_of: Some(counts),
        });
        self.push(name, description.into(), kind);
        self
    }

    /// Whether the type has a field that looks back.
    #[must_use]
    pub fn looks_back(&self) -> bool {
        self.fields
            .iter()
            .any(|field| matches!(&field.kind, FieldKind::ToMany(edge) if edge.as_of.is_some()))
    }

    /// A group of values worked out for all rows of a level at once.
    #[must_use]
    pub fn batch(mut self, name: &'static str, batch: Batch) -> Self {
        self.push(name, batch.description.into(), FieldKind::Batch(Arc::new(batch)));
        self
    }

    /// A group of columns that only some readers of the row may read. The group's `visibility` says whether the
    /// viewer is one of them: the same whether or not the columns hold anything.
    #[must_use]
    pub fn private(mut self, name: &'static str, group: PrivateGroup) -> Self {
        let PrivateGroup {
            type_name,
            description,
            reader,
            fields,
        } = group;
        let fields = fields
            .into_iter()
            .map(|(name, mut column, description)| {
                column.reader = Some(reader);
                column.nullable = true;
                Field {
                    name,
                    description,
                    kind: FieldKind::Column(column),
                }
            })
            .collect();
        self.push(
            name,
            description.into(),
            FieldKind::Group {
                type_name,
                description,
                reader: Some(reader),
                fields,
            },
        );
        self
    }

    /// A value worked out from columns of the row and the viewer.
    #[must_use]
    pub fn computed(
        mut self,
        name: &'static str,
        type_name: &'static str,
        columns: Vec<(&'static str, Scalar)>,
        compute: Compute,
        description: &str,
    ) -> Self {
        let computed = Computed {
            type_name,
            columns,
            pointed: Vec::new(),
            compute,
        };
        self.push(name, description.into(), FieldKind::Computed(computed));
        self
    }

    /// A group of computed fields, such as `viewerCan`.
    #[must_use]
    pub fn group(
        mut self,
        name: &'static str,
        type_name: &'static str,
        description: &'static str,
        fields: Vec<Field>,
    ) -> Self {
        self.push(
            name,
            description.into(),
            FieldKind::Group {
                type_name,
                description,
                reader: None,
                fields,
            },
        );
        self
    }

    /// What the viewer may do with the object, by the functions of `policy` that permit the mutations: the group
    /// `viewerCan`.
    #[must_use]
    pub fn viewer_can(self, type_name: &'static str, abilities: Vec<Ability>) -> Self {
        let fields = abilities.into_iter().map(Ability::into_field).collect();
        self.group(
            "viewerCan",
            type_name,
            "What you have the right to do. Whether the state of things allows it shows when you do it.",
            fields,
        )
    }

    /// The fields that every table which can change has.
    #[must_use]
    pub fn bookkeeping<C: ColumnTrait>(self, version: C, created_at: C, updated_at: C) -> Self {
        self.column(
            "version",
            version,
            "Grows with each change; send it back as `expectedVersion` to update.",
        )
        .column("createdAt", created_at, "When it was recorded.")
        .column("updatedAt", updated_at, "When it last changed.")
    }

    /// An order of this type's lists; the first one declared is the default.
    #[must_use]
    pub fn order(mut self, name: &'static str, column: impl ColumnTrait, description: &'static str) -> Self {
        let ColumnField { column, scalar, .. } = plain(column);
        self.orders.push(Order {
            name,
            column,
            scalar,
            description,
        });
        self
    }

    /// A filter of this type's lists.
    #[must_use]
    pub fn filter(mut self, name: &'static str, test: FilterTest, description: &'static str) -> Self {
        self.filters.push(Filter {
            name,
            description,
            test,
        });
        self
    }

    /// A filter by values of a closed list.
    #[must_use]
    pub fn filter_one_of<T: Described>(
        self,
        name: &'static str,
        column: impl ColumnTrait,
        description: &'static str,
    ) -> Self {
        self.filter(
            name,
            FilterTest::OneOf(column.as_str(), EnumType::of::<T>()),
            description,
        )
    }
}

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
        })
    }

    /// A right that depends on more than the row: the condition of `policy` that permits it, asked of the database.
    #[must_use]
    pub fn when(name: &'static str, description: &str, condition: Reader) -> Self {
        Self(Field {
            name,
            description: description.into(),
            kind: FieldKind::Allowed(condition),
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

    fn into_field(self) -> Field {
        self.0
    }
}

/// Columns that only some readers of a row may read.
#[derive(Debug)]
pub struct PrivateGroup {
    type_name: &'static str,
    description: &'static str,
    reader: Reader,
    fields: Vec<(&'static str, ColumnField, String)>,
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

fn plain<C: ColumnTrait>(column: C) -> ColumnField {
    let definition = column.def();
    let scalar = match definition.get_column_type() {
        ColumnType::Integer | ColumnType::SmallInteger => Scalar::Int,
        ColumnType::Double | ColumnType::Float => Scalar::Float,
        ColumnType::Boolean => Scalar::Boolean,
        ColumnType::TimestampWithTimeZone | ColumnType::Timestamp | ColumnType::DateTime => Scalar::DateTime,
        ColumnType::Date => Scalar::Date,
        _ => Scalar::String,
    };
    ColumnField {
        column: column.as_str(),
        scalar,
        nullable: definition.is_null(),
        reader: None,
    }
}
