//! The rendition that a reader is offered, for all resources or versions of a level with one more statement. What the reader needs is
//! read with it: their own details and access needs, nobody else's.

use entity::Described;
use entity::parties::kinds::InformationFormat;
use entity::resources::kinds::{RenditionReason, ResourceStatus};
use entity::resources::{rendition, resource, resource_version};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::rules::readers::{Offered, Reader, choose};
use crate::planner::{Batch, BatchValue, Cells, FactColumn};
use crate::store::{Parameter, Rows, StoreError, ViewerFact};

const DESCRIPTION: &str = "The format that serves you best of those that you may read: the one that your details and access needs ask \
    for, in your language; or else the next best, with the reason. Without a rendition for you it is the text of the version itself; \
    where it has none, such as a film, there is nothing for you, and the reason says so.";

/// Of the published version of a resource.
pub(super) fn of_resource() -> Batch {
    let batch = Batch::over::<rendition::Entity>(
        "ResourceBestRendition",
        rendition::Column::ResourceId,
        is_published,
        of_published,
        DESCRIPTION,
    );
    fields(
        batch.needs(&[resource::Column::Status]),
        language_of_published_text,
    )
}

/// Of a version.
pub(super) fn of_version() -> Batch {
    let batch = Batch::over::<rendition::Entity>(
        "ResourceVersionBestRendition",
        rendition::Column::ResourceVersionId,
        |_, _| Condition::all(),
        of_any,
        DESCRIPTION,
    );
    fields(batch, language_of_text)
}

/// A rendition is a fact with an id. One fact more, without, says what is known of the reader and of the text itself, so that both
/// are known where there is no rendition at all.
fn fields(batch: Batch, text: FactColumn) -> Batch {
    let nothing: FactColumn = |_, _| Expr::cust("NULL");
    batch
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Id))
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Format))
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Language))
        .fact(nothing)
        .always(nothing)
        .always(own_formats)
        .always(own_language)
        .always(text)
        .one_of::<RenditionReason>("reason", "Why it is this one.")
        .one_of::<InformationFormat>(
            "format",
            "The format that you are offered; `STANDARD` for the text itself, and where there is nothing (`reason: NONE`).",
        )
        .object::<rendition::Entity>(
            "rendition",
            "The rendition; null when it is the text of the version itself, and where there is nothing.",
        )
}

fn rows(alias: &str, backend: DbBackend) -> Rows<rendition::Entity> {
    Rows::new(alias, backend)
}

fn is_published(alias: &str, backend: DbBackend) -> Condition {
    let rows = rows(alias, backend);
    let published = rows.exists::<resource_version::Entity>(|of| {
        Condition::all()
            .add(of.matches(
                resource_version::Column::Id,
                &rows,
                rendition::Column::ResourceVersionId,
            ))
            .add(of.column(resource_version::Column::Status).eq("PUBLISHED"))
    });
    Condition::all().add(published)
}

/// An expression over one part that the two databases spell alike but for the place of the part.
fn spelled(backend: DbBackend, sql: (&'static str, &'static str), part: Expr) -> Expr {
    let sql = match backend {
        DbBackend::Postgres => sql.0,
        _ => sql.1,
    };
    Expr::cust_with_exprs(sql, [part])
}

/// The language of the text of a version; null without a text.
fn language_of_text(alias: &str, backend: DbBackend) -> Expr {
    let id = Rows::<resource_version::Entity>::new(alias, backend).column(resource_version::Column::Id);
    let sql = (
        "(SELECT v.language FROM resource_version v WHERE v.id = $1 AND length(trim(v.body)) > 0)",
        "(SELECT v.language FROM resource_version v WHERE v.id = ? AND length(trim(v.body)) > 0)",
    );
    spelled(backend, sql, id)
}

/// The same of the published version of a resource.
fn language_of_published_text(alias: &str, backend: DbBackend) -> Expr {
    let id = Rows::<resource::Entity>::new(alias, backend).column(resource::Column::Id);
    let sql = (
        "(SELECT v.language FROM resource_version v WHERE v.resource_id = $1 AND v.status = 'PUBLISHED' \
          AND length(trim(v.body)) > 0)",
        "(SELECT v.language FROM resource_version v WHERE v.resource_id = ? AND v.status = 'PUBLISHED' \
          AND length(trim(v.body)) > 0)",
    );
    spelled(backend, sql, id)
}

fn viewer() -> Expr {
    Parameter::Viewer(ViewerFact::Person).expr()
}

/// The formats that the viewer can use: what they need, then what they prefer.
fn own_formats(_: &str, backend: DbBackend) -> Expr {
    let sql = (
        "(SELECT COALESCE((SELECT string_agg(n.code, ',' ORDER BY n.id) FROM access_need n WHERE n.person_id = p.id \
          AND n.category = 'INFORMATION_FORMAT') || ',', '') || p.preferred_format FROM person p WHERE p.id = $1)",
        "(SELECT COALESCE((SELECT group_concat(n.code, ',') FROM access_need n WHERE n.person_id = p.id \
          AND n.category = 'INFORMATION_FORMAT') || ',', '') || p.preferred_format FROM person p WHERE p.id = ?)",
    );
    spelled(backend, sql, viewer())
}

fn own_language(_: &str, backend: DbBackend) -> Expr {
    let sql = (
        "(SELECT p.language FROM person p WHERE p.id = $1)",
        "(SELECT p.language FROM person p WHERE p.id = ?)",
    );
    spelled(backend, sql, viewer())
}

fn of_published(resource: &Cells<'_>, facts: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    if resource.text(0)? == ResourceStatus::Published.stored_name() {
        return offer(facts);
    }
    Ok(told((None, RenditionReason::None), InformationFormat::Standard))
}

fn of_any(_: &Cells<'_>, facts: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    offer(facts)
}

fn told((found, reason): (Option<Uuid>, RenditionReason), format: InformationFormat) -> Vec<BatchValue> {
    vec![
        BatchValue::from(reason.stored_name()),
        BatchValue::from(format.stored_name()),
        BatchValue::Ids(found.into_iter().collect()),
    ]
}

fn offer(facts: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    let mut there = Vec::with_capacity(facts.len());
    let (mut reader, mut text) = (Reader::default(), "");
    for fact in facts {
        if let Some(id) = fact.optional_id(0)? {
            if let Ok(format) = fact.text(1)?.parse() {
                let language = fact.text(2)?;
                there.push((id, Offered { format, language }));
            }
        } else {
            reader = reader_of(fact)?;
            text = fact.text(3)?;
        }
    }
    // In the order in which they were added.
    there.sort_by_key(|(id, _)| *id);
    let (ids, offered): (Vec<Uuid>, Vec<Offered<'_>>) = there.into_iter().unzip();
    let (place, reason) = choose(&reader, &offered, Some(text).filter(|text| !text.is_empty()));
    let format = place.map_or(InformationFormat::Standard, |place| offered[place].format);
    Ok(told((place.map(|place| ids[place]), reason), format))
}

fn reader_of(fact: &Cells<'_>) -> Result<Reader, StoreError> {
    let language = fact.text(2)?;
    Ok(Reader {
        formats: fact
            .text(1)?
            .split(',')
            .filter_map(|name| name.parse().ok())
            .collect(),
        language: (!language.is_empty()).then(|| language.to_owned()),
    })
}
