//! `indicatorGaps`: which groups fare worse than everybody, and in what.

use std::collections::HashMap;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::id::{DisaggregationId, IndicatorId};
use entity::outcomes::kinds::IndicatorUnit;
use entity::outcomes::{disaggregation, indicator, observation, outcome_framework};
use sea_orm::sea_query::{Condition, ExprTrait};

use super::verdict::{ChangeVerdict, FigureChange, NOT_THERE};
use super::{figures, is_about, measured, people, subject};
use crate::domains::outcomes::settings::count;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, find, page_size};
use crate::planner::{Date, Planned};
use crate::store::{ReadSession, Rows};

/// The field of `Query`.
#[derive(Default)]
pub struct GapsQuery;

#[Object]
impl GapsQuery {
    /// How each group of people fares beside everybody, in each indicator of a framework, for one subject and period: the widest
    /// gaps to their disadvantage first. Counts and money are left out: a group is a part of everybody, and always less. Null unless you
    /// may read the framework and one such figure.
    async fn indicator_gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the framework.")] framework: ID,
        #[graphql(desc = "The global id of the area, organisation, service or site.")] subject: ID,
        #[graphql(desc = "The first day of the period.")] period_start: Date,
        #[graphql(desc = "The last day of the period.")] period_end: Date,
        #[graphql(desc = "How many of the gaps, the widest first: 1 to 100; 25 when you ask for nothing.")]
        first: Option<i32>,
    ) -> Result<Option<Vec<IndicatorGap>>> {
        let first = page_size(ctx, first)?;
        let framework = find::<outcome_framework::Entity>(ctx, &framework).await?;
        let everybody = people(ctx, None).await?;
        let (Some(framework), Some(everybody), Some((of, id))) =
            (framework, everybody, self::subject(&subject))
        else {
            return Ok(None);
        };
        let test = |rows: &Rows<observation::Entity>| {
            use observation::Column as C;
            let of_framework = rows.pointed::<indicator::Entity>(C::IndicatorId, |indicator| {
                Condition::all().add(indicator.column(indicator::Column::FrameworkId).eq(framework.id))
            });
            is_about(rows, of, id)
                .add(rows.column(C::PeriodStart).eq(period_start.0))
                .add(rows.column(C::PeriodEnd).eq(period_end.0))
                .add(of_framework)
        };
        let figures = figures(ctx, area_settings(ctx)?.outcomes.most_figures, test).await?;
        if figures.is_empty() {
            return Ok(None);
        }
        let indicators = ctx
            .data::<ReadSession>()?
            .find_by::<indicator::Entity>(indicator::Column::FrameworkId, framework.id)
            .await
            .map_err(|error| fault(&error))?;
        Ok(Some(gaps(&indicators, everybody.id, &figures, count(first))))
    }
}

/// A group of people beside everybody, in one indicator.
#[derive(Debug, SimpleObject)]
pub struct IndicatorGap {
    /// The indicator.
    indicator: Planned<indicator::Entity>,
    /// The group.
    disaggregation: Planned<disaggregation::Entity>,
    /// The group's figure.
    observation: Planned<observation::Entity>,
    /// Everybody's.
    everybody: Planned<observation::Entity>,
    /// The group beside everybody. The group is a part of everybody, so a gap that counts as more than chance is one.
    gap: FigureChange,
}

/// The gaps, those to somebody's disadvantage first, and among them the widest beside everybody's figure.
fn gaps(
    indicators: &[indicator::Model],
    everybody: DisaggregationId,
    figures: &[observation::Model],
    shown: usize,
) -> Vec<IndicatorGap> {
    let is_no_total =
        |one: &&indicator::Model| !matches!(one.unit, IndicatorUnit::Count | IndicatorUnit::Pence);
    let known = indicators.iter().filter(is_no_total);
    let known: HashMap<IndicatorId, &indicator::Model> = known.map(|one| (one.id, one)).collect();
    let wording = |figure: &observation::Model| figure.indicator_version_id;
    let of_everybody: HashMap<_, _> = figures
        .iter()
        .filter(|figure| figure.disaggregation_id == everybody)
        .map(|figure| (wording(figure), figure))
        .collect();
    let groups = figures
        .iter()
        .filter(|figure| figure.disaggregation_id != everybody);
    let pairs = groups.filter_map(|group| {
        let indicator = *known.get(&group.indicator_id)?;
        let everybody = *of_everybody.get(&wording(group))?;
        let gap = match (measured(everybody), measured(group)) {
            (Some(everybody), Some(group)) => FigureChange::between(indicator, everybody, group),
            _ => FigureChange::not_comparable(NOT_THERE),
        };
        Some((place(&gap, group, everybody), indicator, group, everybody, gap))
    });
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by(|(one, of, ..), (other, with, ..)| {
        one.cmp(other).then_with(|| of.ordinal.cmp(&with.ordinal))
    });
    pairs.truncate(shown);
    let indicators = Planned::list(pairs.iter().map(|(_, indicator, ..)| indicator.id.0));
    let people = Planned::list(pairs.iter().map(|(_, _, group, ..)| group.disaggregation_id.0));
    let observations = Planned::list(pairs.iter().map(|(_, _, group, ..)| group.id.0));
    let totals = Planned::list(pairs.iter().map(|(_, _, _, everybody, _)| everybody.id.0));
    let read = indicators
        .into_iter()
        .zip(people)
        .zip(observations.into_iter().zip(totals));
    read.zip(pairs)
        .map(
            |(((indicator, disaggregation), (observation, everybody)), (.., gap))| IndicatorGap {
                indicator,
                disaggregation,
                observation,
                everybody,
                gap,
            },
        )
        .collect()
}

/// Where a gap stands: by what can be said of it, then by its share of everybody's figure, in millionths, the widest first.
fn place(gap: &FigureChange, group: &observation::Model, everybody: &observation::Model) -> (u8, i128) {
    let order = match gap.verdict {
        ChangeVerdict::Worse => 0,
        ChangeVerdict::Rose | ChangeVerdict::Fell => 1,
        ChangeVerdict::Better => 2,
        ChangeVerdict::WithinMargin | ChangeVerdict::MarginUnknown => 3,
        ChangeVerdict::Same => 4,
        ChangeVerdict::NotComparable => 5,
    };
    let share = group.value.zip(everybody.value).map_or(0, |(group, everybody)| {
        let (group, everybody) = (i128::from(group.0), i128::from(everybody.0));
        (group - everybody).abs() * 1_000_000 / everybody.abs().max(1)
    });
    (order, -share)
}
