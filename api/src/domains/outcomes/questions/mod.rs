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
use entity::outcomes::kinds::{DisaggregationDimension, ObservationQuality, SubjectType};
use entity::outcomes::{disaggregation, observation};
use entity::parties::{geography, organisation, service, site};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::observation::naming::TOTAL;
use super::rules::change::Measured;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, find, unusable_argument};
use crate::planner::declare::Declared;
use crate::planner::{Date, global_id};
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
fn subject(id: &str) -> Option<(SubjectType, Uuid)> {
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
async fn people(ctx: &Context<'_>, named: Option<&ID>) -> Result<Option<disaggregation::Model>> {
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

/// The current figures in scope that pass a test. The limit of one question is a setting; more are refused, never cut.
async fn figures(
    ctx: &Context<'_>,
    test: impl FnOnce(&Rows<observation::Entity>) -> Condition,
) -> Result<Vec<observation::Model>> {
    let most = area_settings(ctx)?.outcomes.most_figures;
    let current = |rows: &Rows<observation::Entity>| {
        test(rows).add(rows.column(observation::Column::IsCurrent).eq(true))
    };
    let found = ctx
        .data::<ReadSession>()?
        .narrowed::<observation::Entity>(current, u64::from(most) + 1)
        .await;
    let found = found.map_err(|error| fault(&error))?;
    if found.len() > super::settings::count(most) {
        let message =
            format!("This is about more than {most} figures: ask for fewer periods, or for fewer people.");
        return Err(unusable_argument(&message));
    }
    Ok(found)
}

/// The days between which periods lie: both are optional.
fn within(
    rows: &Rows<observation::Entity>,
    test: Condition,
    from: Option<&Date>,
    until: Option<&Date>,
) -> Condition {
    use observation::Column as C;
    let test = test.add_option(from.map(|from| rows.column(C::PeriodStart).gte(from.0)));
    test.add_option(until.map(|until| rows.column(C::PeriodEnd).lte(until.0)))
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
