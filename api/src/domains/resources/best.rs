//! The rendition that a reader is offered, for all resources or versions of a level with one more statement. What the reader needs is
//! read with it: their own details and access needs, nobody else's.

use entity::Described;
use entity::parties::kinds::InformationFormat;
use entity::resources::kinds::{RenditionReason, ResourceStatus};
use entity::resources::{rendition, resource, resource_version};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::rules::readers::{Offered, Reader, choose};
use crate::planner::{Batch, BatchValue, Cells};
use crate::store::{Parameter, Rows, StoreError, ViewerFact};

const DESCRIPTION: &str = "The format that serves you best of those that you may read: the one that your details and access needs ask \
    for, in your language; or else the next best, with the reason. Without a rendition it is the text of the version itself.";

/// Of the published version of a resource.
pub(super) fn of_resource() -> Batch {
    let batch = Batch::over::<rendition::Entity>(
        "ResourceBestRendition",
        rendition::Column::ResourceId,
        is_published,
        of_published,
        DESCRIPTION,
    );
    fields(batch.needs(&[resource::Column::Status]))
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
    fields(batch.needs(&[resource_version::Column::Status]))
}

fn fields(batch: Batch) -> Batch {
    batch
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Id))
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Format))
        .fact(|alias, backend| rows(alias, backend).column(rendition::Column::Language))
        .fact(language_of_text)
        .fact(own_formats)
        .fact(own_language)
        .one_of::<RenditionReason>("reason", "Why it is this one.")
        .one_of::<InformationFormat>(
            "format",
            "The format that you are offered; `STANDARD` for the text itself.",
        )
        .object::<rendition::Entity>(
            "rendition",
            "The rendition; null when it is the text of the version itself.",
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

fn language_of_text(alias: &str, backend: DbBackend) -> Expr {
    let version = rows(alias, backend).column(rendition::Column::ResourceVersionId);
    let sql = (
        "(SELECT v.language FROM resource_version v WHERE v.id = $1)",
        "(SELECT v.language FROM resource_version v WHERE v.id = ?)",
    );
    spelled(backend, sql, version)
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

fn of_published(resource: &Cells<'_>, there: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    let is_published = resource.text(0)? == ResourceStatus::Published.stored_name();
    offer(is_published, there)
}

fn of_any(_: &Cells<'_>, there: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    offer(true, there)
}

fn offer(has_text: bool, there: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    let told = |reason: RenditionReason, format: InformationFormat, found: Option<sea_orm::prelude::Uuid>| {
        vec![
            BatchValue::from(reason.stored_name()),
            BatchValue::from(format.stored_name()),
            BatchValue::Ids(found.into_iter().collect()),
        ]
    };
    let Some(first) = there.first() else {
        let reason = if has_text {
            RenditionReason::StandardOnly
        } else {
            RenditionReason::None
        };
        return Ok(told(reason, InformationFormat::Standard, None));
    };
    let mut offered = Vec::with_capacity(there.len());
    let mut ids = Vec::with_capacity(there.len());
    for of in there {
        if let Ok(format) = of.text(1)?.parse() {
            offered.push(Offered {
                format,
                language: of.text(2)?,
            });
            ids.push(of.id(0)?);
        }
    }
    let language = first.text(5)?;
    let reader = Reader {
        formats: first
            .text(4)?
            .split(',')
            .filter_map(|name| name.parse().ok())
            .collect(),
        language: (!language.is_empty()).then(|| language.to_owned()),
    };
    let (place, reason) = choose(&reader, &offered, first.text(3)?);
    let format = place.map_or(InformationFormat::Standard, |place| offered[place].format);
    Ok(told(reason, format, place.map(|place| ids[place])))
}
