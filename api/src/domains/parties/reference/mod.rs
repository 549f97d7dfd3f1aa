//! The areas that come with the server: councils with social care duties, regions, council types, England.
//!
//! Derived from NHS Digital, Measures from the Adult Social Care Outcomes Framework, England 2020-21, under the Open Government
//! Licence v3.0; `README.md` beside this file says how, and what to mind.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use entity::id::GeographyId;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use sea_orm::Set;
use sea_orm::sea_query::Condition;
use serde::Deserialize;

use crate::events::{Actor, Event};
use crate::policy::areas::organisations::{LoadReferenceData, load_reference_data};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Store, StoreError, WriteSession};

/// The areas, one line each.
const GEOGRAPHIES: &str = include_str!("geographies.csv");

/// Where the areas come from, as the audit says it.
const SOURCE: &str = "Reference data of the server. Source: NHS Digital, Measures from the Adult Social Care Outcomes \
                      Framework, England 2020-21, Open Government Licence v3.0.";

/// Why the reference data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file that comes with the server is damaged: a fault of ours.
    #[error("the areas that come with the server cannot be read")]
    Damaged(#[from] csv::Error),
    /// The server is not let: a fault of ours.
    #[error("the server may not load its reference data")]
    Denied(#[from] Denied),
}

/// One line of the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Area {
    level: GeographyLevel,
    local_code: Option<String>,
    cassr: Option<String>,
    gss: Option<String>,
    name: String,
    /// The local code of the area it lies in.
    parent: Option<String>,
}

fn areas() -> Result<Vec<Area>, csv::Error> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(GEOGRAPHIES.as_bytes())
        .deserialize()
        .collect()
}

/// Adds the areas that the database lacks, in one transaction with one event. What is there stays as it is, so this can run at
/// every start and on several nodes at once. Answers how many were added.
///
/// # Errors
/// See [`ReferenceError`]; then nothing was added.
pub async fn load(store: &Store, now: DateTime<Utc>) -> Result<usize, ReferenceError> {
    let areas = areas()?;
    let permit = load_reference_data()?;
    let session = store
        .begin(Viewer::public().values(), Actor::system("reference"), now)
        .await?;
    session.hold("reference data").await?;
    let mut known = Known::of(&session.facts::<geography::Entity>(Condition::all()).await?);
    let mut added = Vec::new();
    for area in &areas {
        if !known.holds(area) {
            let id = insert(&session, &permit, area, &known).await?;
            known.add(area.local_code.as_ref(), id);
            added.push(id);
        }
    }
    let Some(first) = added.first() else {
        return Ok(0);
    };
    let event = Event::new("geography.load", "geography", *first)
        .changed(serde_json::json!({ "rows": [null, added.len()] }))
        .because(Some(SOURCE.into()));
    let recorded = session.record(event, added.len());
    Ok(session.commit(recorded).await?)
}

async fn insert(
    session: &WriteSession,
    permit: &Permit<LoadReferenceData, ()>,
    area: &Area,
    known: &Known,
) -> Result<GeographyId, StoreError> {
    let parent = area
        .parent
        .as_ref()
        .and_then(|code| known.by_local_code.get(code));
    let row = geography::ActiveModel {
        id: Set(GeographyId::new()),
        gss: Set(area.gss.clone()),
        cassr: Set(area.cassr.clone()),
        local_code: Set(area.local_code.clone()),
        name: Set(area.name.clone()),
        level: Set(area.level),
        parent_id: Set(parent.copied()),
        ..Default::default()
    };
    Ok(session.insert(permit, row).await?.id)
}

/// The areas that are there, by each of their codes. Not every area has each code, and no code stands for two.
#[derive(Debug, Default)]
struct Known {
    by_local_code: HashMap<String, GeographyId>,
    others: std::collections::HashSet<(&'static str, String)>,
}

impl Known {
    fn of(rows: &[geography::Model]) -> Self {
        let mut known = Self::default();
        for row in rows {
            known.add(row.local_code.as_ref(), row.id);
            let codes = [("gss", &row.gss), ("cassr", &row.cassr)];
            known.others.extend(
                codes
                    .into_iter()
                    .filter_map(|(kind, code)| Some((kind, code.clone()?))),
            );
        }
        known
    }

    fn add(&mut self, local_code: Option<&String>, id: GeographyId) {
        if let Some(code) = local_code {
            self.by_local_code.insert(code.clone(), id);
        }
    }

    fn holds(&self, area: &Area) -> bool {
        let has = |kind, code: &Option<String>| {
            code.as_ref()
                .is_some_and(|code| self.others.contains(&(kind, code.clone())))
        };
        let local = area
            .local_code
            .as_ref()
            .is_some_and(|code| self.by_local_code.contains_key(code));
        local || has("gss", &area.gss) || has("cassr", &area.cassr)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn the_file_has_every_council_region_and_type_once() {
        let areas = areas().unwrap();
        let mut levels = BTreeMap::new();
        for area in &areas {
            *levels.entry(area.level.to_string()).or_insert(0) += 1;
            assert_eq!(
                area.cassr.is_some(),
                area.level == GeographyLevel::LocalAuthority,
                "{}",
                area.name
            );
            assert_eq!(
                area.gss.is_some(),
                area.level != GeographyLevel::CouncilType,
                "{}",
                area.name
            );
        }
        let expected = [
            ("COUNCIL_TYPE", 5),
            ("COUNTRY", 1),
            ("LOCAL_AUTHORITY", 151),
            ("REGION", 9),
        ];
        assert_eq!(
            levels.into_iter().collect::<Vec<_>>(),
            expected.map(|(level, count)| (level.to_owned(), count))
        );
    }

    #[test]
    fn every_parent_stands_above_its_parts() {
        let mut seen = Vec::new();
        for area in areas().unwrap() {
            if let Some(parent) = &area.parent {
                assert!(seen.contains(parent), "{} before {parent}", area.name);
            }
            seen.extend(area.local_code);
        }
    }
}
