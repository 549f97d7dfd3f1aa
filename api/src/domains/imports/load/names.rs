//! What the codes of a file stand for in this database.

use std::collections::{HashMap, HashSet};

use entity::decimal::Decimal;
use entity::id::{DisaggregationId, GeographyId, IndicatorId, IndicatorVersionId};
use entity::outcomes::kinds::{DisaggregationDimension, ObservationMarker};
use entity::outcomes::{disaggregation, indicator, indicator_version, outcome_framework};
use entity::parties::geography;
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;
use sha2::{Digest, Sha256};

use super::ImportFailure;
use crate::domains::imports::fault::{Fault, FaultKind};
use crate::domains::imports::layout::Layout;
use crate::domains::imports::period::Period;
use crate::domains::imports::pivot::{Gathered, Part};
use crate::domains::imports::places::Places;
use crate::store::WriteSession;

/// An observation ready to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    pub version: IndicatorVersionId,
    pub indicator: IndicatorId,
    pub place: GeographyId,
    pub period: Period,
    pub people: DisaggregationId,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub base: Option<Decimal>,
    pub value: Option<Decimal>,
    pub margin: Option<Decimal>,
    pub marker: Option<ObservationMarker>,
}

/// The figures that a file gave already, as sixteen bytes each: a file may name one area in two ways.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<[u8; 16]>);

impl Seen {
    fn is_new(
        &mut self,
        version: IndicatorVersionId,
        place: GeographyId,
        (first, last): Period,
        people: DisaggregationId,
    ) -> bool {
        let mut hash = Sha256::new();
        for id in [version.0, place.0, people.0] {
            hash.update(id.as_bytes());
        }
        hash.update(format!("{first},{last}"));
        let whole: [u8; 32] = hash.finalize().into();
        let mut short = [0; 16];
        short.copy_from_slice(&whole[..16]);
        self.0.insert(short)
    }
}

/// The areas, indicators and groups of people of this database, by the codes of a layout.
#[derive(Debug)]
pub(super) struct Names {
    places: Places,
    /// The wordings of each indicator, with the days between which they count.
    wordings: HashMap<String, Vec<indicator_version::Model>>,
    /// The groups, in the order of the layout.
    people: Vec<Option<DisaggregationId>>,
}

impl Names {
    /// Reads them.
    pub async fn load(session: &WriteSession, layout: &Layout) -> Result<Self, ImportFailure> {
        let places = Places::of(session.facts::<geography::Entity>(Condition::all()).await?);
        let rows = session.facts::<disaggregation::Entity>(Condition::all()).await?;
        let by_code: HashMap<_, _> = rows
            .iter()
            .map(|row| ((row.dimension, row.code.as_str()), row.id))
            .collect();
        let people = layout.breakdowns.iter().map(|breakdown| {
            let dimension: DisaggregationDimension = breakdown.dimension.parse().ok()?;
            by_code.get(&(dimension, breakdown.code.as_str())).copied()
        });
        Ok(Self {
            places,
            people: people.collect(),
            wordings: wordings(session, layout).await?,
        })
    }

    /// What an observation is to be written as.
    ///
    /// # Errors
    /// What is wrong with it, at its first row.
    pub fn ready(
        &self,
        gathered: &Gathered,
        period: Option<Period>,
        seen: &mut Seen,
    ) -> Result<Ready, Fault> {
        let key = &gathered.key;
        let refused = |kind, message| Fault {
            row: gathered.first_row,
            column: None,
            kind,
            message,
        };
        let Some(period) = key.period.or(period) else {
            let message = "The file has no column of periods; say which period it is of.".to_owned();
            return Err(refused(FaultKind::UnknownPeriod, message));
        };
        let place = self
            .places
            .find(&key.place, period)
            .map_err(|fault| refused(fault.kind, fault.message))?;
        let wordings = self.wordings.get(&key.indicator).into_iter().flatten();
        let mut in_use =
            wordings.filter(|row| row.valid_from <= period.0 && row.valid_to.is_none_or(|to| period.1 <= to));
        let Some(wording) = in_use.next() else {
            let message = format!(
                "The framework had no indicator \"{}\" from {} to {}.",
                key.indicator, period.0, period.1
            );
            return Err(refused(FaultKind::UnknownIndicator, message));
        };
        let Some(people) = self.people.get(key.breakdown).copied().flatten() else {
            let message = "This server does not tell these people apart from others.".to_owned();
            return Err(refused(FaultKind::UnknownBreakdown, message));
        };
        if !seen.is_new(wording.id, place, period, people) {
            let message =
                "Another row is about the same, with another code for the area. Leave only the right one.";
            return Err(refused(FaultKind::Duplicate, message.to_owned()));
        }
        let number = |part: Part| part.and_then(|(_, cell)| cell.number());
        Ok(Ready {
            version: wording.id,
            indicator: wording.indicator_id,
            place,
            period,
            people,
            numerator: number(gathered.numerator),
            denominator: number(gathered.denominator),
            base: number(gathered.base),
            value: number(gathered.outcome),
            margin: number(gathered.margin),
            marker: gathered.outcome.and_then(|(_, cell)| cell.marker()),
        })
    }
}

async fn wordings(
    session: &WriteSession,
    layout: &Layout,
) -> Result<HashMap<String, Vec<indicator_version::Model>>, ImportFailure> {
    use outcome_framework::Column as F;
    let (code, label) = (&layout.framework.code, &layout.framework.version_label);
    let named = Condition::all()
        .add(F::Code.eq(code))
        .add(F::VersionLabel.eq(label))
        .add(F::PublisherOrganisationId.is_null());
    let Some(framework) = session
        .facts::<outcome_framework::Entity>(named)
        .await?
        .into_iter()
        .next()
    else {
        return Err(ImportFailure::UnknownFramework {
            code: code.clone(),
            label: label.clone(),
        });
    };
    let of_it = Condition::all().add(indicator::Column::FrameworkId.eq(framework.id));
    let indicators = session.facts::<indicator::Entity>(of_it).await?;
    let ids: Vec<_> = indicators.iter().map(|row| row.id).collect();
    let of_those = Condition::all().add(indicator_version::Column::IndicatorId.is_in(ids));
    let codes: HashMap<_, _> = indicators.into_iter().map(|row| (row.id, row.code)).collect();
    let mut wordings: HashMap<String, Vec<_>> = HashMap::new();
    for row in session.facts::<indicator_version::Entity>(of_those).await? {
        if let Some(code) = codes.get(&row.indicator_id) {
            wordings.entry(code.clone()).or_default().push(row);
        }
    }
    Ok(wordings)
}
