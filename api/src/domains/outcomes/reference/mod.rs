//! What comes with the server: the Adult Social Care Outcomes Framework, and by what people are told apart in figures.
//!
//! Codes are those of the Department of Health and Social Care; all words are this product's own. `README.md` beside this file says
//! how they were checked.

mod files;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveTime, Utc};
use entity::id::{DisaggregationId, IndicatorId, IndicatorVersionId, OutcomeFrameworkId, OutcomeId};
use entity::outcomes::kinds::{FrameworkStatus, OutcomeVoice};
use entity::outcomes::{disaggregation, indicator, indicator_version, outcome, outcome_framework};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use self::files::{Disaggregation, Framework, Indicator, Outcome, read};
use crate::events::{Actor, Event};
use crate::policy::areas::organisations::{LoadReferenceData, load_reference_data};
use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Store, StoreError, WriteSession};

/// Why the reference data could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that comes with the server is damaged: a fault of ours.
    #[error("the frameworks that come with the server cannot be read")]
    Damaged(#[from] csv::Error),
    /// The server is not let: a fault of ours.
    #[error("the server may not load its reference data")]
    Denied(#[from] Denied),
}

/// Adds the frameworks and the ways to tell people apart that the database lacks, in one transaction with one event. What is there
/// stays as it is, so this can run at every start and on several nodes at once. Answers how many were added.
///
/// # Errors
/// See [`ReferenceError`]; then nothing was added.
pub async fn load(store: &Store, now: DateTime<Utc>) -> Result<usize, ReferenceError> {
    let permit = load_reference_data()?;
    let session = store
        .begin(Viewer::public().values(), Actor::system("reference"), now)
        .await?;
    session.hold("reference data").await?;
    let mut added = people(&session, &permit).await?;
    added.extend(frameworks(&session, &permit).await?);
    let Some((table, first)) = added.first().copied() else {
        return Ok(0);
    };
    let event = Event::new("outcome_framework.load", table, first)
        .changed(serde_json::json!({ "rows": [null, added.len()] }))
        .because(Some(
            "Reference data of the server. Source: Department of Health and Social Care, Adult Social Care Outcomes Framework; \
             titles paraphrased."
                .into(),
        ));
    let recorded = session.record(event, added.len());
    Ok(session.commit(recorded).await?)
}

type Added = Vec<(&'static str, Uuid)>;
type Leave = Permit<LoadReferenceData, ()>;

/// By what people are told apart.
async fn people(session: &WriteSession, permit: &Leave) -> Result<Added, ReferenceError> {
    let there = session.facts::<disaggregation::Entity>(Condition::all()).await?;
    let there: BTreeSet<_> = there
        .iter()
        .map(|row| (row.dimension, row.code.as_str()))
        .collect();
    let mut added = Added::new();
    for (place, row) in (1..).zip(read::<Disaggregation>(files::DISAGGREGATIONS)?) {
        if there.contains(&(row.dimension, row.code.as_str())) {
            continue;
        }
        let id = DisaggregationId::new();
        let model = disaggregation::ActiveModel {
            id: Set(id),
            dimension: Set(row.dimension),
            code: Set(row.code),
            label: Set(row.label),
            ordinal: Set(place),
            ..Default::default()
        };
        session.insert(permit, model).await?;
        added.push(("disaggregation", id.0));
    }
    Ok(added)
}

async fn frameworks(session: &WriteSession, permit: &Leave) -> Result<Added, ReferenceError> {
    let own = Condition::all().add(outcome_framework::Column::PublisherOrganisationId.is_null());
    let there = session.facts::<outcome_framework::Entity>(own).await?;
    let outcomes = read::<Outcome>(files::OUTCOMES)?;
    let indicators = read::<Indicator>(files::INDICATORS)?;
    let mut added = Added::new();
    for row in read::<Framework>(files::FRAMEWORKS)? {
        let is_there = there
            .iter()
            .any(|of| of.code == row.code && of.version_label == row.version_label);
        if is_there {
            continue;
        }
        let label = row.version_label.clone();
        let framework = framework(session, permit, row).await?;
        added.push(("outcome_framework", framework.0));
        let mut by_code = BTreeMap::new();
        for (place, of) in (1..).zip(outcomes.iter().filter(|of| of.version_label == label)) {
            by_code.insert(
                of.code.as_str(),
                one_outcome(session, permit, (framework, place), of).await?,
            );
        }
        let theirs = indicators.iter().filter(|of| of.version_label == label);
        for (place, of) in (1..).zip(theirs) {
            if let Some(outcome) = by_code.get(of.outcome.as_str()) {
                one_indicator(session, permit, (framework, *outcome, place), of).await?;
            }
        }
    }
    Ok(added)
}

async fn framework(
    session: &WriteSession,
    permit: &Leave,
    row: Framework,
) -> Result<OutcomeFrameworkId, StoreError> {
    let model = outcome_framework::ActiveModel {
        id: Set(OutcomeFrameworkId::new()),
        code: Set(row.code),
        version_label: Set(row.version_label),
        title: Set(row.title),
        summary: Set(Some(row.summary)),
        source: Set(Some(row.source)),
        status: Set(FrameworkStatus::Live),
        live_at: Set(Some(row.live_on.and_time(NaiveTime::MIN).and_utc())),
        ..Default::default()
    };
    Ok(session.insert(permit, model).await?.id)
}

async fn one_outcome(
    session: &WriteSession,
    permit: &Leave,
    (framework, place): (OutcomeFrameworkId, i32),
    row: &Outcome,
) -> Result<OutcomeId, StoreError> {
    let model = outcome::ActiveModel {
        id: Set(OutcomeId::new()),
        framework_id: Set(framework),
        code: Set(row.code.clone()),
        statement: Set(row.statement.clone()),
        voice: Set(OutcomeVoice::System),
        theme: Set(Some(row.theme.clone())),
        ordinal: Set(place),
        ..Default::default()
    };
    Ok(session.insert(permit, model).await?.id)
}

async fn one_indicator(
    session: &WriteSession,
    permit: &Leave,
    (framework, outcome, place): (OutcomeFrameworkId, OutcomeId, i32),
    row: &Indicator,
) -> Result<(), StoreError> {
    let model = indicator::ActiveModel {
        id: Set(IndicatorId::new()),
        framework_id: Set(framework),
        outcome_id: Set(outcome),
        code: Set(row.code.clone()),
        title: Set(row.title.clone()),
        unit: Set(row.unit),
        decimals: Set(row.decimals),
        polarity: Set(row.polarity),
        ordinal: Set(place),
        ..Default::default()
    };
    let indicator = session.insert(permit, model).await?.id;
    let model = indicator_version::ActiveModel {
        id: Set(IndicatorVersionId::new()),
        indicator_id: Set(indicator),
        number: Set(1),
        definition: Set(row.definition.clone()),
        valid_from: Set(row.valid_from),
        valid_to: Set(row.valid_to),
        comparable_with_previous: Set(false),
        ..Default::default()
    };
    session.insert(permit, model).await?;
    Ok(())
}
