//! The words of a declaration.

use std::sync::Arc;

use entity::Described;
use sea_orm::{ColumnTrait, IdenStatic};

use super::values::plain;
use super::{
    Ability, ColumnField, Computed, Declared, EnumType, Field, FieldKind, Filter, FilterTest, ObjectType,
    Order, PrivateGroup, Reader, RowTest, Scalar, Source, ToMany,
};
use crate::planner::batch::Batch;
use crate::planner::computed::Compute;

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
            points: 0,
        });
    }

    /// What the field declared last costs in points, for each object it is selected of, because its value takes work.
    #[must_use]
    pub fn costs(mut self, points: u32) -> Self {
        if let Some(last) = self.fields.last_mut() {
            last.points = points;
        }
        self
    }

    /// A plain column; its scalar and whether it may be null follow from the column itself.
    #[must_use]
    pub fn column<C: ColumnTrait>(mut self, name: &'static str, column: C, description: &str) -> Self {
        self.push(name, description.into(), FieldKind::Column(plain(column)));
        self
    }

    /// A column with an exact decimal.
    #[must_use]
    pub fn decimal<C: ColumnTrait>(mut self, name: &'static str, column: C, description: &str) -> Self {
        let field = ColumnField {
            scalar: Scalar::Decimal,
            ..plain(column)
        };
        self.push(name, description.into(), FieldKind::Column(field));
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
            reader: None,
        };
        self.push(name, description.into(), kind);
        self
    }

    /// The same where only some readers of the row may learn which one it points to. It is null for the others, even if they may
    /// read the row it points to.
    #[must_use]
    pub fn to_one_for<T: Declared>(
        mut self,
        name: &'static str,
        column: impl ColumnTrait,
        reader: Reader,
        description: &str,
    ) -> Self {
        let kind = FieldKind::ToOne {
            column: column.as_str(),
            target: T::NAME,
            reader: Some(reader),
        };
        self.push(name, description.into(), kind);
        self
    }

    /// Whether a condition of the policy holds for the row, for the viewer.
    #[must_use]
    pub fn allowed(mut self, name: &'static str, description: &str, condition: Reader) -> Self {
        self.push(name, description.into(), FieldKind::Allowed(condition));
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
                    points: 0,
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
