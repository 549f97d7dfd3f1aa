//! Values worked out for all rows of a level at once, with the help of one more statement.
//!
//! A batch field is a group, such as a board's `representation`. Its statement reads *facts*: rows of another table that
//! point to the rows of the level, under that table's scope, whatever the number of rows. A pure function makes the
//! group's values out of each row and its facts. Values may be lists of objects; those are read by their ids as a level of
//! their own, again with one statement each, and only where the viewer may read them.

use std::collections::HashMap;

use entity::Described;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbBackend, IdenStatic};

use super::computed::Cells;
use super::declare::{Declared, EnumType, RowTest, Scalar, Source};
use crate::store::{Found, Scoped, StoreError, row};

/// Works out the values of the group, in the order of its fields, from the row's columns and its facts.
pub type BatchCompute = fn(&Cells<'_>, &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError>;

/// What a batch column reads of the facts: an expression over their table under an alias.
pub type FactColumn = fn(&str, DbBackend) -> Expr;

/// A value of a batch.
#[derive(Clone, Debug, PartialEq)]
pub enum BatchValue {
    /// Written as it is.
    Json(serde_json::Value),
    /// Objects to be read: those the viewer may not read are left out.
    Ids(Vec<Uuid>),
}

impl<T: Into<serde_json::Value>> From<T> for BatchValue {
    fn from(value: T) -> Self {
        Self::Json(value.into())
    }
}

/// A group of values worked out for all rows of a level at once.
#[derive(Debug)]
pub struct Batch {
    pub(super) type_name: &'static str,
    pub(super) description: &'static str,
    pub(super) columns: Vec<&'static str>,
    pub(super) facts: Facts,
    pub(super) compute: BatchCompute,
    pub(super) fields: Vec<BatchField>,
}

/// Where the facts come from.
#[derive(Debug)]
pub(super) struct Facts {
    pub source: Source,
    /// The column that points to the rows of the level.
    pub link: &'static str,
    /// Which of the rows count.
    pub test: RowTest,
    pub columns: Vec<FactColumn>,
    /// The columns of one more fact about each row of the level, which is there even where nothing points to it; none for no such
    /// fact.
    pub always: Vec<FactColumn>,
}

#[derive(Debug)]
pub(super) struct BatchField {
    pub name: &'static str,
    pub description: &'static str,
    pub kind: BatchKind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum BatchKind {
    /// A value of this type of the schema.
    Value(&'static str),
    /// A value of this closed list.
    OneOf(EnumType),
    /// A list of objects of this declared type.
    Objects(&'static str),
    /// One object of this declared type, or null.
    Object(&'static str),
}

impl Batch {
    /// A group whose facts are the rows of `F` that point to the rows of the level by `link`, where they fulfil `test`.
    #[must_use]
    pub fn over<F: Scoped>(
        type_name: &'static str,
        link: F::Column,
        test: RowTest,
        compute: BatchCompute,
        description: &'static str,
    ) -> Self {
        Self {
            type_name,
            description,
            columns: Vec::new(),
            facts: Facts {
                source: Source::of::<F>(),
                link: link.as_str(),
                test,
                columns: Vec::new(),
                always: Vec::new(),
            },
            compute,
            fields: Vec::new(),
        }
    }

    /// Columns of the row that the work needs, handed over in this order.
    #[must_use]
    pub fn needs<C: ColumnTrait>(mut self, columns: &[C]) -> Self {
        self.columns.extend(columns.iter().map(IdenStatic::as_str));
        self
    }

    /// A column of the facts, handed over in the order of these calls.
    #[must_use]
    pub fn fact(mut self, column: FactColumn) -> Self {
        self.facts.columns.push(column);
        self
    }

    /// A column of one more fact about each row of the level, an expression over the level's own table. There are as many of them as
    /// of [`Batch::fact`], and of the same types. The facts come in no order then.
    #[must_use]
    pub fn always(mut self, column: FactColumn) -> Self {
        self.facts.always.push(column);
        self
    }

    /// A field of the group with a value of this type of the schema, such as `Int!`.
    #[must_use]
    pub fn value(mut self, name: &'static str, type_name: &'static str, description: &'static str) -> Self {
        self.fields.push(BatchField {
            name,
            description,
            kind: BatchKind::Value(type_name),
        });
        self
    }

    /// A field of the group with a value of a closed list.
    #[must_use]
    pub fn one_of<T: Described>(mut self, name: &'static str, description: &'static str) -> Self {
        self.fields.push(BatchField {
            name,
            description,
            kind: BatchKind::OneOf(EnumType::of::<T>()),
        });
        self
    }

    /// A field of the group with the first of the objects that the work names, or null where there is none that the viewer may
    /// read.
    #[must_use]
    pub fn object<T: Declared>(mut self, name: &'static str, description: &'static str) -> Self {
        self.fields.push(BatchField {
            name,
            description,
            kind: BatchKind::Object(T::NAME),
        });
        self
    }

    /// A field of the group with a list of objects.
    #[must_use]
    pub fn objects<T: Declared>(mut self, name: &'static str, description: &'static str) -> Self {
        self.fields.push(BatchField {
            name,
            description,
            kind: BatchKind::Objects(T::NAME),
        });
        self
    }

    /// The declared types whose objects it lists.
    pub(super) fn targets(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.fields.iter().filter_map(|field| match field.kind {
            BatchKind::Objects(target) | BatchKind::Object(target) => Some(target),
            BatchKind::Value(_) | BatchKind::OneOf(_) => None,
        })
    }

    /// The values of each row, by its id. `own` says where a row's id and columns stand.
    pub(super) fn work_out<'r>(
        &self,
        rows: impl IntoIterator<Item = &'r Found>,
        (key, own): (usize, &[(usize, Scalar)]),
        facts: &[Found],
    ) -> Result<HashMap<Uuid, Vec<BatchValue>>, StoreError> {
        let columns: Vec<(usize, Scalar)> = (1..=self.facts.columns.len())
            .map(|place| (place, Scalar::String))
            .collect();
        let mut of: HashMap<Uuid, Vec<Cells<'_>>> = HashMap::new();
        for fact in facts {
            let parent = row::id(fact, 0)?.unwrap_or_default();
            of.entry(parent).or_default().push(Cells {
                row: fact,
                session: None,
                columns: &columns,
            });
        }
        let mut values = HashMap::new();
        for found in rows {
            let Some(id) = row::id(found, key)? else { continue };
            if let std::collections::hash_map::Entry::Vacant(e) = values.entry(id) {
                let cells = Cells {
                    row: found,
                    session: None,
                    columns: own,
                };
                let facts = of.get(&id).map(Vec::as_slice).unwrap_or_default();
                e.insert((self.compute)(&cells, facts)?);
            }
        }
        Ok(values)
    }
}
