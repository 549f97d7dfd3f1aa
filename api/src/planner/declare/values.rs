//! Columns and what is made of them: how they are written, ordered by, and sifted.

use entity::Described;
use sea_orm::sea_query::{ColumnType, Condition};
use sea_orm::{ColumnTrait, DbBackend};

use crate::planner::computed::Compute;

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
    /// A whole number of 64 bits, written as a text: an `Int` of GraphQL has 32.
    BigInt,
    /// An exact decimal, kept as whole millionths, and written as a text: clients' numbers would round it.
    Decimal,
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
    /// The column, a list, holds one of the values given.
    ListsOneOf(&'static str, EnumType),
    /// The column, a list of texts in lower case, holds the text given.
    Lists(&'static str),
    /// The column contains the text given, whatever its case.
    Contains(&'static str),
    /// The column is this instant or later.
    From(&'static str),
    /// The column is before this instant.
    Before(&'static str),
    /// The column is this day or later.
    FromDay(&'static str),
    /// The column is this day or earlier.
    UntilDay(&'static str),
    /// Without this filter, and with `false`, only rows for which the condition holds are listed; with `true`, all of them.
    Unless(RowTest),
    /// The condition holds (`true`) or does not hold (`false`). What is asked for stands in the text of the statement, so
    /// that the database can take an index for a condition that is to hold.
    Holds(RowTest),
}

/// A column as the database has it.
pub(super) fn plain<C: ColumnTrait>(column: C) -> ColumnField {
    let definition = column.def();
    let scalar = match definition.get_column_type() {
        ColumnType::Integer | ColumnType::SmallInteger => Scalar::Int,
        ColumnType::BigInteger => Scalar::BigInt,
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
