//! Connections: how a page of a list is written.

use async_graphql::parser::types::SelectionSet;

use super::collect::collect;
use super::{Planner, Unplanned, quoted, unplanned};
use crate::planner::declare::ObjectType;
use crate::planner::plan::{
    ConnectionItem, ConnectionValue, EdgeItem, EdgeValue, PageInfoItem, PageInfoValue, key_of,
};

impl Planner<'_> {
    pub(super) fn connection(
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
            match &value {
                ConnectionValue::Typename(_) => {}
                ConnectionValue::TotalCount => level.wants_total = true,
                ConnectionValue::PageInfo(items) => {
                    level.wants_rows = true;
                    level.wants_more |= items.iter().any(|item| item.value.tells_of_more());
                }
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
