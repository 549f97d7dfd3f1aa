//! What commissioners ask about figures: each question is one field, with its rules applied, in place of a report that somebody
//! would have to put together.
//!
//! - [`series`]: an indicator over time, cut where the wording changed, beside its targets.
//! - [`comparison`]: before and after.
//! - [`gaps`]: which groups fare worse than everybody, and in what.
//! - [`ranking`]: services, sites or areas side by side.
//! - [`totals`]: figures put together by exact rules.
//!
//! Every answer is made of figures that the viewer may read, and of no others: ranks and totals are among those. What can be
//! worked out from them is what the viewer could have worked out.

pub mod comparison;
pub mod gaps;
pub mod ranking;
pub mod series;
pub mod totals;
mod verdict;

use async_graphql::{Context, ID, Result};
use chrono::{Datelike, NaiveDate, TimeDelta};
use entity::outcomes::kinds::{DisaggregationDimension, IndicatorUnit, ObservationQuality, SubjectType};
use entity::outcomes::{disaggregation, observation};
use entity::parties::{geography, organisation, service, site};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::observation::naming::TOTAL;
use super::rules::change::Measured;
use crate::graphql::{fault, find, unusable_argument};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::store::{ReadSession, Rows};

/// The fields of `Query` that answer them.
#[derive(async_graphql::MergedObject, Default)]
pub struct OutcomeQuestions(
    series::SeriesQuery,
    comparison::ComparisonQuery,
    gaps::GapsQuery,
    ranking::RankingQuery,
    totals::TotalsQuery,
);

/// What a global id names, as the subject of figures; nothing for an id of another kind.
pub(in crate::domains) fn subject(id: &str) -> Option<(SubjectType, Uuid)> {
    let kinds = [
        (SubjectType::Geography, geography::Entity::PREFIX),
        (SubjectType::Organisation, organisation::Entity::PREFIX),
        (SubjectType::Service, service::Entity::PREFIX),
        (SubjectType::Site, site::Entity::PREFIX),
    ];
    let decoded = |(of, prefix)| global_id::decode_as(prefix, id).map(|id| (of, id));
    kinds.into_iter().find_map(decoded)
}

/// The people with an id, or everybody where none is named; nothing for people that do not exist.
pub(in crate::domains) async fn people(
    ctx: &Context<'_>,
    named: Option<&ID>,
) -> Result<Option<disaggregation::Model>> {
    use disaggregation::Column as C;
    if let Some(named) = named {
        return find::<disaggregation::Entity>(ctx, named).await;
    }
    let everybody = |rows: &Rows<disaggregation::Entity>| {
        Condition::all()
            .add(rows.column(C::Dimension).eq(DisaggregationDimension::Total))
            .add(rows.column(C::Code).eq(TOTAL))
    };
    let found = ctx
        .data::<ReadSession>()?
        .narrowed::<disaggregation::Entity>(everybody, 1)
        .await;
    Ok(found.map_err(|error| fault(&error))?.pop())
}

/// That a figure is about this. Each kind of subject has a column of its own, which its index is on.
fn is_about(rows: &Rows<observation::Entity>, of: SubjectType, id: Uuid) -> Condition {
    use observation::Column as C;
    let column = match of {
        SubjectType::Geography => C::GeographyId,
        SubjectType::Organisation => C::OrganisationId,
        SubjectType::Service => C::ServiceId,
        SubjectType::Site => C::SiteId,
    };
    Condition::all().add(rows.column(column).eq(id))
}

type Period = (NaiveDate, NaiveDate);

/// Whether values of two periods differ because one is longer: twice as long a period counts twice as much, though nothing changed.
fn depends_on_length(unit: IndicatorUnit, one: Period, other: Period) -> bool {
    let length = |(start, end): Period| {
        let end = end + TimeDelta::days(1);
        let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let days = i64::from(end.day()) - i64::from(start.day());
        (months(end) - months(start), days)
    };
    match unit {
        IndicatorUnit::Count | IndicatorUnit::Pence | IndicatorUnit::RatePer100k => {
            length(one) != length(other)
        }
        IndicatorUnit::Percent | IndicatorUnit::Score | IndicatorUnit::Thumbs => false,
    }
}

/// Why figures of two periods cannot be set against each other, whatever they say; nothing where they can.
pub(in crate::domains) fn periods_differ(
    unit: IndicatorUnit,
    one: Period,
    other: Period,
) -> Option<&'static str> {
    if depends_on_length(unit, one, other) {
        return Some("Their periods are not of the same length.");
    }
    let overlap = one.0 <= other.1 && other.0 <= one.1 && one != other;
    overlap.then_some("Their periods overlap: they are partly of the same time.")
}

/// The current figures in scope that pass a test. More than the limit are refused, never cut.
async fn figures(
    ctx: &Context<'_>,
    most: u32,
    test: impl FnOnce(&Rows<observation::Entity>) -> Condition,
) -> Result<Vec<observation::Model>> {
    let current = |rows: &Rows<observation::Entity>| {
        test(rows).add(rows.column(observation::Column::IsCurrent).eq(true))
    };
    let found = ctx
        .data::<ReadSession>()?
        .narrowed::<observation::Entity>(current, u64::from(most) + 1)
        .await;
    let found = found.map_err(|error| fault(&error))?;
    if found.len() > super::settings::count(most) {
        let message = format!(
            "This is about more than {most} figures: ask for more with `first`, for fewer periods, or for fewer people."
        );
        return Err(unusable_argument(&message));
    }
    Ok(found)
}

/// What a figure says, with what is known of how exact it is; nothing where it is withheld or missing.
fn measured(figure: &observation::Model) -> Option<Measured> {
    let is_told = matches!(
        figure.quality,
        ObservationQuality::Estimate | ObservationQuality::Reported
    );
    Some(Measured {
        value: figure.value?,
        margin: figure.margin,
        is_sample: figure.base.is_some() || is_told,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        (start.parse().unwrap(), end.parse().unwrap())
    }

    #[test]
    fn counts_of_periods_of_one_length_are_compared_and_shares_of_any() {
        let year = period("2024-04-01", "2025-03-31");
        let leap_year = period("2023-04-01", "2024-03-31");
        let quarter = period("2025-04-01", "2025-06-30");
        let other_quarter = period("2025-07-01", "2025-09-30");
        assert_eq!(periods_differ(IndicatorUnit::Count, leap_year, year), None);
        assert_eq!(periods_differ(IndicatorUnit::Pence, quarter, other_quarter), None);
        assert!(periods_differ(IndicatorUnit::RatePer100k, year, quarter).is_some());
        assert_eq!(periods_differ(IndicatorUnit::Percent, year, quarter), None);
    }

    #[test]
    fn periods_that_overlap_are_not_compared() {
        let (year, part) = (
            period("2024-04-01", "2025-03-31"),
            period("2025-01-01", "2025-03-31"),
        );
        assert!(periods_differ(IndicatorUnit::Percent, year, part).is_some());
        assert_eq!(periods_differ(IndicatorUnit::Percent, year, year), None);
    }
}
