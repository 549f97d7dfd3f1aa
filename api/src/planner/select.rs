//! From a selection to its plan.
//!
//! The document has been normalised before (`graphql::document`): fragments are inlined, fields of one response key
//! are merged, `@skip` and `@include` are decided. So an object's selection holds fields, and under an interface
//! inline fragments by type.

use async_graphql::parser::types::{Field as Selected, SelectionSet};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value as AstValue;

mod batch;
mod collect;
mod lists;
mod proofs;

pub(crate) use collect::collect;

use super::catalogue::Catalogue;
use super::declare::{Computed, Field, FieldKind, ObjectType, Reader, Scalar};
use super::plan::{
    Access, Child, Column, ColumnKind, Item, ItemValue, Join, Level, Plan, SpecialCategory, Templates, key_of,
};
use crate::policy::privacy;

/// A selection that the catalogue does not know: validation has let something through, or the schema and the
/// declarations differ.
#[derive(Debug, thiserror::Error)]
#[error("the field `{field}` of `{object}` has no plan")]
pub struct Unplanned {
    object: &'static str,
    field: String,
}

/// Plans the selection of one object of a type, found by id.
pub(super) fn plan_objects(
    catalogue: &Catalogue,
    object: usize,
    selection: &SelectionSet,
) -> Result<Plan, Unplanned> {
    let mut planner = Planner::new(catalogue);
    let root = planner.level(object, Access::ByIds, Vec::new());
    let items = planner.items(root, 0, object, selection)?;
    planner.levels[root].items = items;
    planner.levels[root].wants_rows = true;
    Ok(Plan {
        levels: planner.levels,
        compounds: Templates::default(),
    })
}

/// Plans a list of its own. The shape of the connection stands in a single item of the root level.
pub(super) fn plan_list(catalogue: &Catalogue, object: usize, field: &Selected) -> Result<Plan, Unplanned> {
    let mut planner = Planner::new(catalogue);
    let root = planner.level(object, Access::List, arguments_of(field));
    let shape = planner.connection(root, object, &field.selection_set.node)?;
    let value = ItemValue::Connection { child: 0, shape };
    planner.levels[root].items = vec![Item {
        key: "".into(),
        value,
    }];
    Ok(Plan {
        levels: planner.levels,
        compounds: Templates::default(),
    })
}

struct Planner<'a> {
    catalogue: &'a Catalogue,
    levels: Vec<Level>,
    /// The columns that have to be true for what is planned now to be shown: those of the joins through which it is reached.
    shown_where: Vec<usize>,
}

impl<'a> Planner<'a> {
    const fn new(catalogue: &'a Catalogue) -> Self {
        Self {
            catalogue,
            levels: Vec::new(),
            shown_where: Vec::new(),
        }
    }
}

impl Planner<'_> {
    fn level(&mut self, object: usize, access: Access, arguments: Vec<(Name, AstValue)>) -> usize {
        let source = &self.catalogue.object(object).source;
        let mut columns = vec![Column {
            source: 0,
            kind: ColumnKind::Plain(source.key()),
        }];
        if let Access::Below { column, .. } = access {
            columns.push(Column {
                source: 0,
                kind: ColumnKind::Plain(column),
            });
        }
        self.levels.push(Level {
            object,
            access,
            columns,
            joins: Vec::new(),
            items: Vec::new(),
            children: Vec::new(),
            batches: Vec::new(),
            special: Vec::new(),
            as_of: None,
            arguments,
            wants_rows: false,
            wants_more: false,
            wants_total: false,
            templates: Templates::default(),
            found_above: Templates::default(),
        });
        self.levels.len() - 1
    }

    /// The place of a column in a level's statement; it is added when it is not there yet.
    fn read(&mut self, level: usize, source: usize, kind: ColumnKind) -> usize {
        let wanted = Column { source, kind };
        let columns = &mut self.levels[level].columns;
        columns
            .iter()
            .position(|column| *column == wanted)
            .unwrap_or_else(|| {
                columns.push(wanted);
                columns.len() - 1
            })
    }

    fn items(
        &mut self,
        level: usize,
        source: usize,
        object: usize,
        selection: &SelectionSet,
    ) -> Result<Vec<Item>, Unplanned> {
        let declared = self.catalogue.object(object);
        let implements = [declared.name, "Node"];
        self.account_for(level, source, declared);
        collect(&implements, selection)
            .into_iter()
            .map(|field| {
                let value = self.item(level, source, object, &declared.fields, &field)?;
                Ok(Item {
                    key: key_of(&field),
                    value,
                })
            })
            .collect()
    }

    /// Of special-category data the plan reads whom they are about, so that the run can tell the audit.
    fn account_for(&mut self, level: usize, source: usize, declared: &ObjectType) {
        let entity = declared.source.table();
        let Some(person) = privacy::special_category(entity) else {
            return;
        };
        let special = SpecialCategory {
            entity,
            id: self.read(level, source, ColumnKind::Plain(declared.source.key())),
            person: self.read(level, source, ColumnKind::Plain(person)),
            shown_where: self.shown_where.clone(),
        };
        let known = &mut self.levels[level].special;
        if !known.contains(&special) {
            known.push(special);
        }
    }

    fn item(
        &mut self,
        level: usize,
        source: usize,
        object: usize,
        fields: &[Field],
        selected: &Positioned<Selected>,
    ) -> Result<ItemValue, Unplanned> {
        let declared = self.catalogue.object(object);
        let name = selected.node.name.node.as_str();
        if name == "__typename" {
            return Ok(ItemValue::Fixed(quoted(declared.name)));
        }
        let field = fields
            .iter()
            .find(|field| field.name == name)
            .ok_or_else(|| unplanned(declared, name))?;
        Ok(match &field.kind {
            FieldKind::Id => ItemValue::Column {
                column: self.read(level, source, ColumnKind::Plain(declared.source.key())),
                scalar: Scalar::Id(declared.prefix),
            },
            FieldKind::Column(column) => {
                let kind = match column.reader {
                    Some(reader) => ColumnKind::Private(column.column, reader),
                    None => ColumnKind::Plain(column.column),
                };
                ItemValue::Column {
                    column: self.read(level, source, kind),
                    scalar: column.scalar,
                }
            }
            FieldKind::ToOne {
                column,
                target,
                reader,
            } => {
                let target = self.catalogue.by_name(target);
                let joined = self.join(level, source, column, target);
                let key = self.catalogue.object(target).source.key();
                let id = self.read(level, joined, ColumnKind::Plain(key));
                let reader = reader.map(|reader| self.read(level, source, ColumnKind::Allowed(reader)));
                let around = self.shown_where.len();
                self.shown_where.extend(reader);
                let items = self.items(level, joined, target, &selected.node.selection_set.node)?;
                self.shown_where.truncate(around);
                ItemValue::Joined { id, reader, items }
            }
            FieldKind::ToMany(edge) => {
                let parent = &declared.source;
                let parent_key = self.read(level, source, ColumnKind::Plain(parent.key()));
                let target = self.catalogue.by_name(edge.target);
                let access = Access::Below {
                    column: edge.column,
                    parent_table: parent.table(),
                };
                let below = self.level(target, access, arguments_of(&selected.node));
                self.levels[below].as_of = edge.as_of;
                let inner = &selected.node.selection_set.node;
                let shape = self.apart(|planner| planner.connection(below, target, inner))?;
                let proofs = self.proofs(level, source, object, (target, edge.column));
                let children = &mut self.levels[level].children;
                children.push(Child {
                    level: below,
                    parent_key,
                    proofs,
                    shown_where: self.shown_where.clone(),
                });
                ItemValue::Connection {
                    child: children.len() - 1,
                    shape,
                }
            }
            FieldKind::Group {
                type_name,
                reader,
                fields,
                ..
            } => {
                let group = GroupOf {
                    type_name,
                    reader: *reader,
                    fields,
                };
                ItemValue::Group(self.group(
                    level,
                    source,
                    object,
                    &group,
                    &selected.node.selection_set.node,
                )?)
            }
            FieldKind::Allowed(condition) => ItemValue::Column {
                column: self.read(level, source, ColumnKind::Allowed(*condition)),
                scalar: Scalar::Boolean,
            },
            FieldKind::Computed(computed) => ItemValue::Computed {
                compute: computed.compute,
                columns: self.cells(level, source, computed),
            },
            FieldKind::Batch(batch) => {
                self.batch(level, source, object, batch, &selected.node.selection_set.node)?
            }
        })
    }

    /// Plans what belongs to a level of its own.
    fn apart<T>(&mut self, plan: impl FnOnce(&mut Self) -> T) -> T {
        let around = std::mem::take(&mut self.shown_where);
        let planned = plan(self);
        self.shown_where = around;
        planned
    }

    fn cells(&mut self, level: usize, source: usize, computed: &Computed) -> Vec<(usize, Scalar)> {
        let mut cells = Vec::with_capacity(computed.columns.len() + computed.pointed.len());
        for (column, scalar) in &computed.columns {
            cells.push((self.read(level, source, ColumnKind::Plain(column)), *scalar));
        }
        for pointed in &computed.pointed {
            let target = self.catalogue.by_name(pointed.target);
            let joined = self.join(level, source, pointed.column, target);
            let (column, scalar) = pointed.theirs;
            cells.push((self.read(level, joined, ColumnKind::Plain(column)), scalar));
        }
        cells
    }

    fn group(
        &mut self,
        level: usize,
        source: usize,
        object: usize,
        group: &GroupOf<'_>,
        selection: &SelectionSet,
    ) -> Result<Vec<Item>, Unplanned> {
        let mut items = Vec::with_capacity(selection.items.len());
        for selected in collect(&[group.type_name], selection) {
            let selected = &*selected;
            let value = match (selected.node.name.node.as_str(), group.reader) {
                ("__typename", _) => ItemValue::Fixed(quoted(group.type_name)),
                ("visibility", Some(reader)) => {
                    ItemValue::Visibility(self.read(level, source, ColumnKind::Allowed(reader)))
                }
                _ => self.item(level, source, object, group.fields, selected)?,
            };
            items.push(Item {
                key: key_of(selected),
                value,
            });
        }
        Ok(items)
    }

    fn join(&mut self, level: usize, from: usize, column: &'static str, object: usize) -> usize {
        let joins = &mut self.levels[level].joins;
        let known = joins
            .iter()
            .position(|join| join.from == from && join.column == column);
        1 + known.unwrap_or_else(|| {
            joins.push(Join { from, column, object });
            joins.len() - 1
        })
    }
}

/// A group of fields of one row.
struct GroupOf<'a> {
    type_name: &'static str,
    reader: Option<Reader>,
    fields: &'a [Field],
}

fn arguments_of(field: &Selected) -> Vec<(Name, AstValue)> {
    field
        .arguments
        .iter()
        .map(|(name, value)| (name.node.clone(), value.node.clone()))
        .collect()
}

fn quoted(text: &str) -> Box<str> {
    format!("\"{text}\"").into()
}

fn unplanned(object: &ObjectType, field: &str) -> Unplanned {
    Unplanned {
        object: object.name,
        field: field.to_owned(),
    }
}
