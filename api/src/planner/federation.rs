//! The declared types in a federation of several servers: their keys, for whoever composes it, and `_entities`, by which a
//! gateway fetches our objects when another server names them.
//!
//! Neither shows in the public contract: [`Keys`] is for the schema that is printed for composers, and [`Entities`] is added
//! to the schema that is served only where an operator asks for it.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::registry::{MetaField, MetaType, Registry};
use async_graphql::{
    Any, Context, ContextSelectionSet, InputType, OutputType, Positioned, ServerResult, SimpleObject, Value,
    parser::types::Field,
};
use sea_orm::prelude::Uuid;

use super::page::ArgumentError;
use super::planned::refuse;
use super::root::{given, located, read_each};
use super::run::ReadError;
use super::{CATALOGUE, schema};

const ENTITY: &str = "_Entity";
const ENTITIES: &str = "_entities";
const SERVICE: &str = "_service";

/// Adds the keys that a composer reads: every type with a global id has it as `@key`, so that others can add fields to our
/// objects and lead to them; lists of others can share our `PageInfo`.
#[derive(Clone, Copy, Debug)]
pub struct Keys;

/// Adds `_entities` and `_service` to `Query`, by the federation subgraph specification. `_entities` reads as `nodes` does: by
/// the same plan, within the same scope, and null for what the viewer may not see.
#[derive(Clone, Copy, Debug)]
pub struct Entities;

/// What `_service` answers, as data of a schema with [`Entities`].
#[derive(Clone, Debug)]
pub struct ServiceSdl(pub Arc<str>);

/// This server as a part of a federation.
#[derive(SimpleObject)]
#[graphql(name = "_Service")]
struct Service {
    /// The schema for a composer, in the schema definition language.
    sdl: String,
}

impl OutputType for Keys {
    fn type_name() -> Cow<'static, str> {
        "Query".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        for object in CATALOGUE.objects() {
            registry.add_keys(object.name, "id");
        }
        if let Some(MetaType::Object { shareable, .. }) = registry.types.get_mut("PageInfo") {
            *shareable = true;
        }
        Self::type_name().into()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

impl OutputType for Entities {
    fn type_name() -> Cow<'static, str> {
        "Query".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Any as InputType>::create_type_info(registry);
        let service = <Service as OutputType>::create_type_info(registry);
        let union = MetaType::Union {
            name: ENTITY.into(),
            description: Some("Any object with a global id.".into()),
            possible_types: CATALOGUE
                .objects()
                .iter()
                .map(|object| object.name.to_owned())
                .collect(),
            visible: None,
            inaccessible: false,
            tags: Vec::new(),
            rust_typename: None,
            directive_invocations: Vec::new(),
        };
        registry.types.insert(ENTITY.into(), union);
        if let Some(MetaType::Object { fields, .. }) = registry.types.get_mut("Query") {
            for field in fields_of_query(&service) {
                fields.insert(field.name.clone(), field);
            }
        }
        Self::type_name().into()
    }

    async fn resolve(&self, _: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        Ok(Value::Null)
    }
}

fn fields_of_query(service: &str) -> [MetaField; 2] {
    let representations = schema::input(
        "representations",
        "[_Any!]!",
        "Which objects: each an object with `__typename` and `id`.",
    );
    [
        schema::field(
            ENTITIES,
            format!("[{ENTITY}]!"),
            "For gateways: several objects by their keys, in the order asked; null for each that you may not read.",
            vec![representations],
        ),
        schema::field(
            SERVICE,
            service,
            "For gateways: this server as a part of a federation.",
            vec![],
        ),
    ]
}

/// Answers `_entities` and `_service`; `None` for any other field.
pub(super) async fn resolve(ctx: &Context<'_>) -> Option<ServerResult<Option<Value>>> {
    match ctx.item.node.name.node.as_str() {
        ENTITIES => {
            let answer = entities(ctx).await;
            Some(answer.map(Some).map_err(|error| refuse(ctx, ctx.item, &error)))
        }
        SERVICE => Some(service(ctx).await.map(Some)),
        _ => None,
    }
}

async fn service(ctx: &Context<'_>) -> ServerResult<Value> {
    let sdl = ctx
        .data_opt::<ServiceSdl>()
        .map(|sdl| sdl.0.to_string())
        .unwrap_or_default();
    let within = ctx.with_selection_set(&ctx.item.node.selection_set);
    Service { sdl }.resolve(&within, ctx.item).await
}

async fn entities(ctx: &Context<'_>) -> Result<Value, ReadError> {
    let representations = match given(ctx, "representations") {
        Some(Value::List(representations)) => representations,
        Some(one) => vec![one],
        None => Vec::new(),
    };
    let located: Result<Vec<_>, _> = representations.iter().enumerate().map(place_of).collect();
    read_each(ctx, &located?).await
}

/// The type and row that a representation names; `None` when it cannot be one of ours, which looks like a row that is not
/// there.
fn place_of((place, given): (usize, &Value)) -> Result<Option<(usize, Uuid)>, ArgumentError> {
    let part = |name: &str| match given {
        Value::Object(parts) => parts.get(name),
        _ => None,
    };
    let (Some(Value::String(type_name)), Some(id)) = (part("__typename"), part("id")) else {
        return Err(ArgumentError(format!(
            "`representations[{place}]` needs `__typename` and `id`, such as {{\"__typename\": \"Board\", \"id\": \"board_…\"}}."
        )));
    };
    let object = CATALOGUE
        .objects()
        .iter()
        .position(|object| object.name == type_name)
        .ok_or_else(|| {
            ArgumentError(format!(
                "`representations[{place}]` names a type that has no key here: use a type that implements `Node`."
            ))
        })?;
    Ok(located(id, Some(object)))
}
