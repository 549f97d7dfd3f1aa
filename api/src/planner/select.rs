//! From a selection to its plan.
//!
//! The document has been normalised before (`graphql::document`): fragments are inlined, fields of one response key
//! are merged, `@skip` and `@include` are decided. So an object's selection holds fields, and under an interface
//! inline fragments by type.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::parser::types::{Field as Selected, Selection, SelectionSet};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value as AstValue;

use super::batch::{Batch, BatchKind};
use super::catalogue::Catalogue;
use super::declare::{Computed, Field, FieldKind, ObjectType, Reader, Scalar};
use super::plan::{
    Access, Child, Column, ColumnKind, ConnectionItem, ConnectionValue, EdgeItem, EdgeValue, Item, ItemValue,
    Join, Level, PageInfoItem, PageInfoValue, Plan, PlannedBatch, SpecialCategory, key_of,
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
    let mut planner = Planner {
        catalogue,
        levels: Vec::new(),
    };
    let root = planner.level(object, Access::ByIds, Vec::new());
    let items = planner.items(root, 0, object, selection)?;
    planner.levels[root].items = items;
    planner.levels[root].wants_rows = true;
    Ok(Plan {
        levels: planner.levels,
    })
}

/// Plans a list of its own. The shape of the connection stands in a single item of the root level.
pub(super) fn plan_list(catalogue: &Catalogue, object: usize, field: &Selected) -> Result<Plan, Unplanned> {
    let mut planner = Planner {
        catalogue,
        levels: Vec::new(),
    };
    let root = planner.level(object, Access::List, arguments_of(field));
    let shape = planner.connection(root, object, &field.selection_set.node)?;
    let value = ItemValue::Connection { child: 0, shape };
    planner.levels[root].items = vec![Item {
        key: "".into(),
        value,
    }];
    Ok(Plan {
        levels: planner.levels,
    })
}

struct Planner<'a> {
    catalogue: &'a Catalogue,
    levels: Vec<Level>,
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
            wants_total: false,
            templates: std::sync::RwLock::default(),
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
            FieldKind::ToOne { column, target } => {
                let target = self.catalogue.by_name(target);
                let joined = self.join(level, source, column, target);
                let key = self.catalogue.object(target).source.key();
                let id = self.read(level, joined, ColumnKind::Plain(key));
                let items = self.items(level, joined, target, &selected.node.selection_set.node)?;
                ItemValue::Joined { id, items }
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
                let shape = self.connection(below, target, &selected.node.selection_set.node)?;
                let children = &mut self.levels[level].children;
                children.push(Child {
                    level: below,
                    parent_key,
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

    fn batch(
        &mut self,
        level: usize,
        source: usize,
        object: usize,
        batch: &Arc<Batch>,
        selection: &SelectionSet,
    ) -> Result<ItemValue, Unplanned> {
        let declared = self.catalogue.object(object);
        let mut lists = Vec::new();
        let mut items = Vec::with_capacity(selection.items.len());
        for selected in collect(&[batch.type_name], selection) {
            let selected = &*selected;
            let name = selected.node.name.node.as_str();
            let value = if name == "__typename" {
                ItemValue::Fixed(quoted(batch.type_name))
            } else {
                let field = batch.fields.iter().position(|field| field.name == name);
                let field = field.ok_or_else(|| unplanned(declared, name))?;
                match batch.fields[field].kind {
                    BatchKind::Value(_) => ItemValue::BatchValue(field),
                    BatchKind::Objects(target) => {
                        let target = self.catalogue.by_name(target);
                        let below = self.level(target, Access::ByIds, Vec::new());
                        let inner = &selected.node.selection_set.node;
                        self.levels[below].items = self.items(below, 0, target, inner)?;
                        self.levels[below].wants_rows = true;
                        lists.push((field, below));
                        ItemValue::BatchObjects {
                            field,
                            list: lists.len() - 1,
                        }
                    }
                }
            };
            items.push(Item {
                key: key_of(selected),
                value,
            });
        }
        let key = self.read(level, source, ColumnKind::Plain(declared.source.key()));
        let columns = batch
            .columns
            .iter()
            .map(|column| {
                (
                    self.read(level, source, ColumnKind::Plain(column)),
                    Scalar::String,
                )
            })
            .collect();
        let batches = &mut self.levels[level].batches;
        batches.push(PlannedBatch {
            batch: batch.clone(),
            object,
            key,
            columns,
            lists,
            templates: Default::default(),
        });
        Ok(ItemValue::Batch {
            batch: batches.len() - 1,
            items,
        })
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

    fn connection(
        &mut self,
        level: usize,
        object: usize,
        selection: &SelectionSet,
    ) -> Result<Vec<ConnectionItem>, Unplanned> {
        let declared = self.catalogue.object(object);
        let mut shape = Vec::with_capacity(selection.items.len());
        for field in collect(&[&format!("{}Connection", declared.name)], selection) {
            let inner = &field.node.selection_set.node;
            let value = match field.node.name.node.as_str() {
                "__typename" => ConnectionValue::Typename(quoted(&format!("{}Connection", declared.name))),
                "nodes" => ConnectionValue::Nodes(self.items(level, 0, object, inner)?),
                "edges" => ConnectionValue::Edges(self.edges(level, object, inner)?),
                "pageInfo" => ConnectionValue::PageInfo(page_info(declared, inner)?),
                "totalCount" => ConnectionValue::TotalCount,
                other => return Err(unplanned(declared, other)),
            };
            let level = &mut self.levels[level];
            match value {
                ConnectionValue::Typename(_) => {}
                ConnectionValue::TotalCount => level.wants_total = true,
                _ => level.wants_rows = true,
            }
            shape.push(ConnectionItem {
                key: key_of(&field),
                value,
            });
        }
        Ok(shape)
    }

    fn edges(
        &mut self,
        level: usize,
        object: usize,
        selection: &SelectionSet,
    ) -> Result<Vec<EdgeItem>, Unplanned> {
        let declared = self.catalogue.object(object);
        let mut edges = Vec::with_capacity(selection.items.len());
        for field in collect(&[&format!("{}Edge", declared.name)], selection) {
            let value = match field.node.name.node.as_str() {
                "__typename" => EdgeValue::Typename(quoted(&format!("{}Edge", declared.name))),
                "cursor" => EdgeValue::Cursor,
                "node" => EdgeValue::Node(self.items(level, 0, object, &field.node.selection_set.node)?),
                other => return Err(unplanned(declared, other)),
            };
            edges.push(EdgeItem {
                key: key_of(&field),
                value,
            });
        }
        Ok(edges)
    }
}

/// A group of fields of one row.
struct GroupOf<'a> {
    type_name: &'static str,
    reader: Option<Reader>,
    fields: &'a [Field],
}

fn page_info(declared: &ObjectType, selection: &SelectionSet) -> Result<Vec<PageInfoItem>, Unplanned> {
    collect(&["PageInfo"], selection)
        .into_iter()
        .map(|field| {
            let value = match field.node.name.node.as_str() {
                "__typename" => PageInfoValue::Typename,
                "hasNextPage" => PageInfoValue::HasNextPage,
                "hasPreviousPage" => PageInfoValue::HasPreviousPage,
                "startCursor" => PageInfoValue::StartCursor,
                "endCursor" => PageInfoValue::EndCursor,
                other => return Err(unplanned(declared, other)),
            };
            Ok(PageInfoItem {
                key: key_of(&field),
                value,
            })
        })
        .collect()
}

/// The fields selected of an object, each response key once (CollectFields of the specification). Below an interface the
/// same key may stand beside and inside fragments; their selections are put together.
fn collect<'a>(types: &[&str], selection: &'a SelectionSet) -> Vec<Cow<'a, Positioned<Selected>>> {
    let mut fields: Vec<Cow<'a, Positioned<Selected>>> = Vec::with_capacity(selection.items.len());
    collect_into(&mut fields, types, selection);
    fields
}

fn collect_into<'a>(
    fields: &mut Vec<Cow<'a, Positioned<Selected>>>,
    types: &[&str],
    selection: &'a SelectionSet,
) {
    for selection in &selection.items {
        match &selection.node {
            Selection::Field(field) => {
                let key = &field.node.response_key().node;
                match fields
                    .iter_mut()
                    .find(|known| known.node.response_key().node == *key)
                {
                    Some(known) => {
                        let more = field.node.selection_set.node.items.iter().cloned();
                        known.to_mut().node.selection_set.node.items.extend(more);
                    }
                    None => fields.push(Cow::Borrowed(field)),
                }
            }
            Selection::InlineFragment(fragment) => {
                let condition = fragment
                    .node
                    .type_condition
                    .as_ref()
                    .map(|on| on.node.on.node.as_str());
                if condition.is_none_or(|name| types.contains(&name)) {
                    collect_into(fields, types, &fragment.node.selection_set.node);
                }
            }
            // Normalised documents have none.
            Selection::FragmentSpread(_) => {}
        }
    }
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
