//! The declared types as a federation composer reads them.

use std::borrow::Cow;

use async_graphql::registry::{MetaType, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
};

use super::{CATALOGUE, Query};

/// The root of all queries for the schema that a composer reads, never for one that is served: every type with a global id
/// has it as `@key`, so that others can add fields to our objects, and lists of others can share our `PageInfo`.
///
/// The keys are not resolvable: this server answers no `_entities`, so a gateway comes to our objects through our own
/// fields.
#[derive(Clone, Debug, Default)]
pub struct Federated<R>(Query<R>);

impl<R: ObjectType> OutputType for Federated<R> {
    fn type_name() -> Cow<'static, str> {
        Query::<R>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        let name = Query::<R>::create_type_info(registry);
        for object in CATALOGUE.objects() {
            registry.add_keys(object.name, "id");
            if let Some(MetaType::Object { resolvable, .. }) = registry.types.get_mut(object.name) {
                *resolvable = false;
            }
        }
        if let Some(MetaType::Object { shareable, .. }) = registry.types.get_mut("PageInfo") {
            *shareable = true;
        }
        name
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        self.0.resolve(ctx, field).await
    }
}

impl<R: ObjectType> ObjectType for Federated<R> {}

impl<R: ObjectType> ContainerType for Federated<R> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        self.0.resolve_field(ctx).await
    }
}
