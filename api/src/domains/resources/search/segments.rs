//! Texts in segments. A page of results has hundreds of them: their fields are written in one go, where each would be resolved by
//! itself.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

use super::highlight::Stretch;
use super::types::TextSegment;
use crate::planner::collect;

/// A text, with what the search meant: a list of [`TextSegment`].
#[derive(Clone, Debug)]
pub struct TextSegments(pub(super) Vec<Stretch>);

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
        let name = <TextSegment as OutputType>::type_name();
        let fields = collect(&[&name], &ctx.item.node);
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
        Ok(Value::List(self.0.iter().map(segment).collect()))
    }
}
