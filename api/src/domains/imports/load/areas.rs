//! The areas of figures that never were, for a database to try them in.

use chrono::{DateTime, Utc};
use entity::id::GeographyId;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::{ImportFailure, begin};
use crate::domains::imports::synthetic::{COUNCILS, RETIRED_GSS, council};
use crate::events::Event;
use crate::policy::areas::imports::import_figures;
use crate::store::Store;

/// Adds the areas of synthetic figures that are not there yet. Answers how many.
///
/// # Errors
/// When the database fails; then none was added.
pub async fn add_synthetic_areas(store: &Store, now: DateTime<Utc>) -> Result<usize, ImportFailure> {
    let permit = import_figures()?;
    let session = begin(store, now).await?;
    session.hold("reference data").await?;
    let there = Condition::all().add(geography::Column::Gss.like("E99%"));
    let there = session.facts::<geography::Entity>(there).await?;
    let lacks = |gss: &str| there.iter().all(|row| row.gss.as_deref() != Some(gss));
    let mut rows = Vec::new();
    let mut last = GeographyId::new();
    for number in 1..=COUNCILS {
        let (code, gss, name) = council(number);
        if lacks(&gss) {
            last = GeographyId::new();
            rows.push(area(last, Some(code), gss, name));
        }
    }
    if lacks(RETIRED_GSS) {
        // Out of use before the first year, and without a number: that is its successor's now.
        let mut retired = area(
            GeographyId::new(),
            None,
            RETIRED_GSS.to_owned(),
            "SYN Council, before".to_owned(),
        );
        retired.valid_to = Set(chrono::NaiveDate::from_ymd_opt(1999, 3, 31));
        rows.push(retired);
    }
    let added = rows.len();
    if added == 0 {
        return Ok(0);
    }
    for row in rows {
        session.insert(&permit, row).await?;
    }
    let event = Event::new("geography.load", "geography", last)
        .changed(serde_json::json!({ "rows": [null, added] }))
        .because(Some("Areas of synthetic figures.".into()));
    let recorded = session.record(event, added);
    Ok(session.commit(recorded).await?)
}

fn area(id: GeographyId, code: Option<String>, gss: String, name: String) -> geography::ActiveModel {
    geography::ActiveModel {
        id: Set(id),
        gss: Set(Some(gss)),
        cassr: Set(code),
        name: Set(name),
        level: Set(GeographyLevel::LocalAuthority),
        ..Default::default()
    }
}
