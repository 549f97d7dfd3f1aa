//! The planned fields of `Query`, beside hand-written ones.

use std::borrow::Cow;

use async_graphql::registry::{MetaType, MetaTypeId, Registry};
use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult, Value,
    parser::types::Field,
};
use sea_orm::prelude::Uuid;

use super::catalogue::RootKind;
use super::page::{ArgumentError, argument, instant};
use super::planned::{PlanCache, objects, page_sizes, raw, refuse, session, viewer};
use super::run::{ReadError, Run};
use super::select::plan_list;
use super::write::Writer;
use super::{CATALOGUE, federation, global_id, schema};

/// The root of all queries: what is declared, and `rest`, which is written by hand.
#[derive(Clone, Debug, Default)]
pub struct Query<R>(pub R);

impl<R: ObjectType> OutputType for Query<R> {
    fn type_name() -> Cow<'static, str> {
        "Query".into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Object, |registry| {
            schema::register(&CATALOGUE, registry);
            R::create_type_info(registry);
            let hand_written = registry.types.remove(R::type_name().as_ref());
            let by_hand = hand_written
                .as_ref()
                .and_then(MetaType::fields)
                .cloned()
                .unwrap_or_default();
            let planned = schema::root_fields(&CATALOGUE)
                .into_iter()
                .map(|field| (field.name.clone(), field));
            async_graphql::registry::ObjectBuilder::new("Query", by_hand.into_iter().chain(planned).collect())
                .description(Some("Everything that can be read.".into()))
                .rust_typename(std::any::type_name::<Self>())
                .build()
        })
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, _: &Positioned<Field>) -> ServerResult<Value> {
        async_graphql::resolver_utils::resolve_container(ctx, self).await
    }
}

impl<R: ObjectType> ObjectType for Query<R> {}

impl<R: ObjectType> ContainerType for Query<R> {
    async fn resolve_field(&self, ctx: &Context<'_>) -> ServerResult<Option<Value>> {
        let name = ctx.item.node.name.node.as_str();
        let Some(root) = CATALOGUE.roots.iter().find(|root| root.name == name) else {
            return match federation::resolve(ctx).await {
                Some(answer) => answer,
                None => self.0.resolve_field(ctx).await,
            };
        };
        let answer = match root.kind {
            RootKind::One(object) => one(ctx, Some(object)).await,
            RootKind::Node => one(ctx, None).await,
            RootKind::List(object) => list(ctx, object).await,
            RootKind::Nodes => nodes(ctx).await,
        };
        match (answer, root.kind) {
            (Ok(answer), _) => Ok(Some(answer)),
            // A nullable field that fails is null, with its error beside; what was asked beside it is answered.
            (Err(error), RootKind::One(_) | RootKind::Node) => {
                ctx.add_error(refuse(ctx, ctx.item, &error));
                Ok(Some(Value::Null))
            }
            (Err(error), _) => Err(refuse(ctx, ctx.item, &error)),
        }
    }
}

pub(super) fn given(ctx: &Context<'_>, name: &str) -> Option<Value> {
    let arguments: Vec<_> = ctx
        .item
        .node
        .arguments
        .iter()
        .map(|(name, value)| (name.node.clone(), value.node.clone()))
        .collect();
    argument(&arguments, &ctx.query_env.variables, name)
}

/// The type and row of a global id; `None` when it cannot be the id of anything, which looks like a row that is not
/// there.
pub(super) fn located(id: &Value, wanted: Option<usize>) -> Option<(usize, Uuid)> {
    let text = match id {
        Value::String(text) => text.as_str(),
        _ => return None,
    };
    let (prefix, id) = global_id::decode(text)?;
    let object = CATALOGUE.by_prefix(prefix)?;
    wanted
        .is_none_or(|wanted| wanted == object)
        .then_some((object, id))
}

async fn one(ctx: &Context<'_>, wanted: Option<usize>) -> Result<Value, ReadError> {
    let Some((object, id)) = given(ctx, "id").as_ref().and_then(|id| located(id, wanted)) else {
        return Ok(Value::Null);
    };
    let as_of = instant("asOf", given(ctx, "asOf"))?;
    Ok(objects(ctx, object, vec![id], &ctx.item.node, as_of)
        .await?
        .pop()
        .unwrap_or_default())
}

async fn list(ctx: &Context<'_>, object: usize) -> Result<Value, ReadError> {
    let plan = PlanCache::plan(ctx, object, || plan_list(&CATALOGUE, object, &ctx.item.node))?;
    let run = Run::new(
        &CATALOGUE,
        &plan,
        session(ctx),
        viewer(ctx),
        &ctx.query_env.variables,
        None,
        page_sizes(ctx),
    )?;
    let fetched = run.fetch(0, Vec::new()).await?;
    let mut writer = Writer::new(&run);
    writer.list(&fetched)?;
    Ok(raw(writer.finish()))
}

async fn nodes(ctx: &Context<'_>) -> Result<Value, ReadError> {
    let ids = match given(ctx, "ids") {
        Some(Value::List(ids)) => ids,
        Some(id) => vec![id],
        None => Vec::new(),
    };
    let largest = page_sizes(ctx).largest;
    if ids.len() > largest as usize {
        let message = format!(
            "`ids` may hold at most {largest} ids; this one holds {}.",
            ids.len()
        );
        return Err(ArgumentError(message).into());
    }
    let located: Vec<_> = ids.iter().map(|id| located(id, None)).collect();
    read_each(ctx, &located).await
}

/// Reads objects of any types for a field's selection, in the order given: one read for each type.
pub(super) async fn read_each(
    ctx: &Context<'_>,
    located: &[Option<(usize, Uuid)>],
) -> Result<Value, ReadError> {
    let mut answers = vec![Value::Null; located.len()];
    let mut types: Vec<usize> = located.iter().flatten().map(|(object, _)| *object).collect();
    types.sort_unstable();
    types.dedup();
    for object in types {
        let places: Vec<(usize, Uuid)> = located
            .iter()
            .enumerate()
            .filter_map(|(place, found)| found.filter(|(of, _)| *of == object).map(|(_, id)| (place, id)))
            .collect();
        let ids = places.iter().map(|(_, id)| *id).collect();
        let found = objects(ctx, object, ids, &ctx.item.node, None).await?;
        for ((place, _), answer) in places.into_iter().zip(found) {
            answers[place] = answer;
        }
    }
    Ok(Value::List(answers))
}
