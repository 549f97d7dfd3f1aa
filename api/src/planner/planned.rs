//! Objects answered by the planner, wherever they stand in an answer.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextBase, ContextSelectionSet, Name, OutputType, Positioned, ServerError, ServerResult, Value,
};
use moka::sync::Cache;
use sea_orm::prelude::{DateTimeUtc, Uuid};

use super::declare::Declared;
use super::page::PageSizes;
use super::plan::Plan;
use super::run::{ReadError, Run};
use super::select::{Unplanned, plan_objects};
use super::siblings::Siblings;
use super::write::Writer;
use super::{CATALOGUE, schema};
use crate::error::ErrorCode;
use crate::graphql::document::NormalisedOperation;
use crate::policy::Viewer;
use crate::store::ReadSession;

/// The plans of documents seen before: by document, place in it, and type.
#[derive(Clone, Debug)]
pub struct PlanCache(Cache<(u64, String, usize), Arc<Plan>>);

impl PlanCache {
    /// A cache for so many plans.
    #[must_use]
    pub fn new(plans: u64) -> Self {
        Self(Cache::new(plans))
    }

    /// The plan of a place in the request's document, made when it is not there yet.
    pub(super) fn plan<T>(
        ctx: &ContextBase<'_, T>,
        object: usize,
        make: impl FnOnce() -> Result<Plan, Unplanned>,
    ) -> Result<Arc<Plan>, Unplanned> {
        let (Some(cache), Some(operation)) =
            (ctx.data_opt::<Self>(), ctx.data_opt::<Arc<NormalisedOperation>>())
        else {
            return make().map(Arc::new);
        };
        let key = (operation.id, place(ctx), object);
        if let Some(plan) = cache.0.get(&key) {
            return Ok(plan);
        }
        let plan = Arc::new(make()?);
        cache.0.insert(key, plan.clone());
        Ok(plan)
    }
}

/// An object that is read by the planner: null when the viewer may not read it.
#[derive(Clone, Debug)]
pub struct Planned<E> {
    id: Uuid,
    /// Those it is read with.
    siblings: Option<Beside>,
    entity: PhantomData<E>,
}

/// Where the siblings of an object stand.
#[derive(Clone, Debug)]
enum Beside {
    /// In the same list.
    InList(Arc<Siblings>),
    /// In the answers to other requests of the same viewer.
    InRequests(Arc<Siblings>),
}

impl<E: Declared> Planned<E> {
    /// The object with this id.
    #[must_use]
    pub fn new(id: impl Into<Uuid>) -> Self {
        Self {
            id: id.into(),
            siblings: None,
            entity: PhantomData,
        }
    }

    /// The objects with these ids, in their order, for a list that was found by other means than a plan: whatever is selected of
    /// them is read for all at once.
    #[must_use]
    pub fn list(ids: impl IntoIterator<Item = Uuid>) -> Vec<Self> {
        let siblings = Arc::new(Siblings::new(ids.into_iter().collect()));
        let one = |id: &Uuid| Self {
            id: *id,
            siblings: Some(Beside::InList(siblings.clone())),
            entity: PhantomData,
        };
        siblings.ids.iter().map(one).collect()
    }

    /// The object with this id, which was made together with others that other requests of the same viewer are answered with. Of
    /// those that select the same, one reads for all.
    #[must_use]
    pub fn made_with(id: impl Into<Uuid>, others: Arc<Siblings>) -> Self {
        Self {
            siblings: Some(Beside::InRequests(others)),
            ..Self::new(id)
        }
    }

    async fn read(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> Result<Value, ReadError> {
        let object = CATALOGUE.by_name(E::NAME);
        let read = async |ids: Vec<Uuid>| objects(ctx, object, ids, &field.node, None).await;
        let answer = match &self.siblings {
            None => None,
            Some(Beside::InList(siblings)) => {
                let read = async || read(siblings.ids.clone()).await;
                return Ok(siblings
                    .answer(place(ctx), self.id, read)
                    .await?
                    .unwrap_or_default());
            }
            Some(Beside::InRequests(siblings)) => match shared_place(ctx, object, field)? {
                Some(place) => {
                    let read = async || read(siblings.ids.clone()).await;
                    siblings.answer(place, self.id, read).await?
                }
                None => None,
            },
        };
        match answer {
            Some(answer) => Ok(answer),
            None => Ok(read(vec![self.id]).await?.pop().unwrap_or_default()),
        }
    }
}

impl<E: Declared> OutputType for Planned<E> {
    fn type_name() -> Cow<'static, str> {
        E::NAME.into()
    }

    fn qualified_type_name() -> String {
        E::NAME.into()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        schema::register(&CATALOGUE, registry);
        E::NAME.into()
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        match self.read(ctx, field).await {
            Ok(answer) => Ok(answer),
            // The field is nullable: it is null, with its error beside.
            Err(error) => {
                ctx.add_error(refuse(ctx, field, &error));
                Ok(Value::Null)
            }
        }
    }
}

/// The place of a field in the document. All objects of a list have the same.
fn place<T>(ctx: &ContextBase<'_, T>) -> String {
    let mut place = String::new();
    for part in ctx.path_node.iter().flat_map(|node| node.to_string_vec()) {
        // Names of fields never begin with a digit; places in lists do.
        if !part.starts_with(|first: char| first.is_ascii_digit()) {
            place.push('.');
            place.push_str(&part);
        }
    }
    place
}

/// The place of a field in all requests whose document is the same; none where the same selection may answer another thing to each.
fn shared_place(
    ctx: &ContextSelectionSet<'_>,
    object: usize,
    field: &Positioned<Field>,
) -> Result<Option<String>, Unplanned> {
    let Some(operation) = ctx.data_opt::<Arc<NormalisedOperation>>() else {
        return Ok(None);
    };
    let plan = PlanCache::plan(ctx, object, || {
        plan_objects(&CATALOGUE, object, &field.node.selection_set.node)
    })?;
    let is_shared = plan.answers_all_alike();
    Ok(is_shared.then(|| format!("{}{}", operation.id, place(ctx))))
}

/// Reads objects of one type for a field's selection, in the order of their ids; fields that look back show `as_of`.
pub(super) async fn objects<T>(
    ctx: &ContextBase<'_, T>,
    object: usize,
    ids: Vec<Uuid>,
    field: &Field,
    as_of: Option<DateTimeUtc>,
) -> Result<Vec<Value>, ReadError> {
    let (session, viewer) = (session(ctx), viewer(ctx));
    let plan = PlanCache::plan(ctx, object, || {
        plan_objects(&CATALOGUE, object, &field.selection_set.node)
    })?;
    let run = Run::new(
        &CATALOGUE,
        &plan,
        session,
        viewer,
        &ctx.query_env.variables,
        as_of,
        page_sizes(ctx),
    )?;
    let fetched = run.fetch(0, ids.clone()).await?;
    ids.into_iter()
        .map(|id| {
            let mut writer = Writer::new(&run);
            writer.object(&fetched, id)?;
            Ok(raw(writer.finish()))
        })
        .collect()
}

pub(super) fn session<'a, T>(ctx: &ContextBase<'a, T>) -> &'a ReadSession {
    ctx.data_unchecked::<ReadSession>()
}

pub(super) fn viewer<'a, T>(ctx: &ContextBase<'a, T>) -> &'a Viewer {
    ctx.data_unchecked::<Arc<Viewer>>()
}

pub(super) fn page_sizes<T>(ctx: &ContextBase<'_, T>) -> PageSizes {
    ctx.data_opt::<PageSizes>().copied().unwrap_or_default()
}

/// JSON that is written already, as a value of async-graphql.
pub(super) fn raw(json: String) -> Value {
    if json == "null" {
        return Value::Null;
    }
    let token = Name::new(async_graphql_value::RAW_VALUE_TOKEN);
    Value::Object(std::iter::once((token, Value::String(json))).collect())
}

/// The error a client sees: the rule for a wrong argument, and for a fault of ours nothing but its code.
pub(super) fn refuse<T>(
    ctx: &ContextBase<'_, T>,
    field: &Positioned<Field>,
    error: &ReadError,
) -> ServerError {
    let (code, message) = match error {
        ReadError::Argument(argument) => (ErrorCode::InvalidArgument, argument.to_string()),
        ReadError::Store(_) | ReadError::Unplanned(_) => {
            tracing::error!(error = error as &dyn std::error::Error, "a read failed");
            (ErrorCode::Internal, ErrorCode::Internal.description().to_owned())
        }
    };
    let mut refusal = ServerError::new(message, Some(field.pos));
    refusal
        .extensions
        .get_or_insert_default()
        .set("code", code.as_str());
    ctx.set_error_path(refusal)
}
