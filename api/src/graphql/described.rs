//! `Mutation` with the one thing said that every field would have to repeat: what its `input` is.

use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
};

/// A root whose arguments without a description of their own get the usual one.
#[derive(Clone, Debug, Default)]
pub struct Described<M>(pub M);

impl<M: ObjectType> OutputType for Described<M> {
    fn type_name() -> Cow<'static, str> {
        M::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = M::create_type_info(registry);
        if let Some(MetaType::Object {
            fields, description, ..
        }) = registry.types.get_mut(M::type_name().as_ref())
        {
            description.get_or_insert_with(|| "Everything that can be changed.".into());
            for argument in fields.values_mut().flat_map(|field| field.args.values_mut()) {
                argument
                    .description
                    .get_or_insert_with(|| "What to do, and to what.".into());
            }
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<M: ObjectType> ObjectType for Described<M> {}

impl<M: ObjectType> ContainerType for Described<M> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}
