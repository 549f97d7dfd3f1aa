//! Results and their texts, written in one go: a page of them has hundreds of fields, each of which would be resolved by itself.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::{Field, SelectionSet};
use async_graphql::registry::Registry;
use async_graphql::resolver_utils::enum_value;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

use super::highlight::Stretch;
use super::types::{ResourceSearchEdge, TextSegment};
use crate::planner::collect;

/// A text, with what the search meant: a list of [`TextSegment`].
#[derive(Clone, Debug)]
pub struct TextSegments(pub(super) Vec<Stretch>);

impl TextSegments {
    fn written(&self, selection: &SelectionSet) -> Value {
        let name = <TextSegment as OutputType>::type_name();
        let fields = collect(&[&name], selection);
        let segment = |stretch: &Stretch| {
            let entry = |field: &Cow<'_, Positioned<Field>>| {
                let value = match field.node.name.node.as_str() {
                    "text" => Value::String(stretch.text.clone()),
                    "matched" => Value::Boolean(stretch.matched),
                    _ => Value::String(name.to_string()),
                };
                (field.node.response_key().node.clone(), value)
            };
            Value::Object(fields.iter().map(entry).collect::<IndexMap<_, _>>())
        };
        Value::List(self.0.iter().map(segment).collect())
    }
}

impl OutputType for TextSegments {
    fn type_name() -> Cow<'static, str> {
        <Vec<TextSegment> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<TextSegment> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<TextSegment> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(self.written(&ctx.item.node))
    }
}

/// The results of a page: a list of [`ResourceSearchEdge`].
#[derive(Clone, Debug)]
pub struct ResourceSearchEdges(pub(super) Vec<ResourceSearchEdge>);

impl OutputType for ResourceSearchEdges {
    fn type_name() -> Cow<'static, str> {
        <Vec<ResourceSearchEdge> as OutputType>::type_name()
    }

    fn qualified_type_name() -> String {
        <Vec<ResourceSearchEdge> as OutputType>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Vec<ResourceSearchEdge> as OutputType>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        let name = <ResourceSearchEdge as OutputType>::type_name();
        let fields = collect(&[&name], &ctx.item.node);
        let mut edges = Vec::with_capacity(self.0.len());
        for (place, edge) in self.0.iter().enumerate() {
            let ctx = ctx.with_index(place);
            let mut written = IndexMap::with_capacity(fields.len());
            for field in &fields {
                let value = edge.written(&ctx, field).await?;
                written.insert(field.node.response_key().node.clone(), value);
            }
            edges.push(Value::Object(written));
        }
        Ok(Value::List(edges))
    }
}

impl ResourceSearchEdge {
    async fn written(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let selection = &field.node.selection_set;
        Ok(match field.node.name.node.as_str() {
            "cursor" => Value::String(self.cursor.clone()),
            "foundIn" => enum_value(self.found_in),
            "title" => self.title.written(&selection.node),
            "snippet" => self.snippet.written(&selection.node),
            "node" => {
                let ctx = ctx.with_field(field);
                self.node
                    .resolve(&ctx.with_selection_set(selection), field)
                    .await?
            }
            _ => Value::String(<Self as OutputType>::type_name().into_owned()),
        })
    }
}
