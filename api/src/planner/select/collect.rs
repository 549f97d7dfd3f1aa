//! The fields of a selection, each once.

use std::borrow::Cow;

use async_graphql::Positioned;
use async_graphql::parser::types::{Field as Selected, Selection, SelectionSet};

/// The fields selected of an object, each response key once (CollectFields of the specification). Below an interface the
/// same key may stand beside and inside fragments; their selections are put together.
pub(crate) fn collect<'a>(types: &[&str], selection: &'a SelectionSet) -> Vec<Cow<'a, Positioned<Selected>>> {
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
