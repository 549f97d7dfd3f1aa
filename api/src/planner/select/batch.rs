//! Groups worked out for all rows of a level at once.

use std::sync::Arc;

use async_graphql::parser::types::SelectionSet;

use super::collect::collect;
use super::{Planner, Unplanned, quoted, unplanned};
use crate::planner::batch::{Batch, BatchKind};
use crate::planner::declare::Scalar;
use crate::planner::plan::{Access, ColumnKind, Item, ItemValue, PlannedBatch, Templates, key_of};

impl Planner<'_> {
    pub(super) fn batch(
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
                    BatchKind::Value(_) | BatchKind::OneOf(_) => ItemValue::BatchValue(field),
                    kind @ (BatchKind::Objects(target) | BatchKind::Object(target)) => {
                        let target = self.catalogue.by_name(target);
                        let below = self.level(target, Access::ByIds, Vec::new());
                        let inner = &selected.node.selection_set.node;
                        self.levels[below].items =
                            self.apart(|planner| planner.items(below, 0, target, inner))?;
                        self.levels[below].wants_rows = true;
                        lists.push((field, below));
                        ItemValue::BatchObjects {
                            field,
                            list: lists.len() - 1,
                            single: matches!(kind, BatchKind::Object(_)),
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
            shown_where: self.shown_where.clone(),
            lists,
            templates: Templates::default(),
        });
        Ok(ItemValue::Batch {
            batch: batches.len() - 1,
            items,
        })
    }
}
