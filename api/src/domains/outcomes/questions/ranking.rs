//! `indicatorRanking`: services, sites, organisations or areas side by side.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::outcomes::kinds::SubjectType;
use entity::outcomes::{indicator, observation};
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::{figures, people};
use crate::domains::outcomes::rules::ranking::{Quartiles, quartiles, rank};
use crate::domains::outcomes::settings::count;
use crate::domains::settings::area_settings;
use crate::graphql::{find, page_size, unusable_argument};
use crate::planner::{Date, Decimal, OneOf, Planned};
use crate::store::Rows;

/// The field of `Query`.
#[derive(Default)]
pub struct RankingQuery;

#[Object]
impl RankingQuery {
    /// An indicator's figures for one period side by side, best first, among those that you may read: the services that your council
    /// pays for, say. Null unless you may read the indicator and one such figure.
    #[expect(clippy::too_many_arguments, reason = "they are the question's")]
    async fn indicator_ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the indicator.")] indicator: ID,
        #[graphql(desc = "What is set side by side.")] subject_type: OneOf<SubjectType>,
        #[graphql(desc = "Of areas, which; local authorities when you name none. It counts for areas only.")]
        level: Option<OneOf<GeographyLevel>>,
        #[graphql(desc = "The first day of the period.")] period_start: Date,
        #[graphql(desc = "The last day of the period.")] period_end: Date,
        #[graphql(desc = "The global id of the people; everybody when you name none.")]
        disaggregation: Option<ID>,
        #[graphql(
            desc = "How many of the places are shown, from the best: 1 to 100; 25 when you ask for nothing."
        )]
        first: Option<i32>,
    ) -> Result<Option<IndicatorRanking>> {
        let first = page_size(ctx, first)?;
        if subject_type.0 != SubjectType::Geography && level.is_some() {
            return Err(unusable_argument(
                "`level` is for areas: leave it out, or ask for `subjectType: GEOGRAPHY`.",
            ));
        }
        let found = find::<indicator::Entity>(ctx, &indicator).await?;
        let people = people(ctx, disaggregation.as_ref()).await?;
        let (Some(indicator), Some(people)) = (found, people) else {
            return Ok(None);
        };
        let level = level.map_or(GeographyLevel::LocalAuthority, |level| level.0);
        let test = |rows: &Rows<observation::Entity>| {
            use observation::Column as C;
            let test = Condition::all()
                .add(rows.column(C::IndicatorId).eq(indicator.id))
                .add(rows.column(C::SubjectType).eq(subject_type.0))
                .add(rows.column(C::PeriodStart).eq(period_start.0))
                .add(rows.column(C::PeriodEnd).eq(period_end.0))
                .add(rows.column(C::DisaggregationId).eq(people.id));
            let areas = (subject_type.0 == SubjectType::Geography).then(|| {
                rows.pointed::<geography::Entity>(C::GeographyId, |area| {
                    Condition::all().add(area.column(geography::Column::Level).eq(level))
                })
            });
            test.add_option(areas)
        };
        let figures = figures(ctx, area_settings(ctx)?.outcomes.most_figures, test).await?;
        Ok((!figures.is_empty()).then(|| IndicatorRanking::of(&indicator, &figures, count(first))))
    }
}

/// Figures side by side.
#[derive(Debug, SimpleObject)]
pub struct IndicatorRanking {
    /// Those that there are, best first, as many as you ask for. Where neither more nor less is better, the highest first.
    places: Vec<RankedObservation>,
    /// The marks between their quarters; null where there are no figures.
    quartiles: Option<FigureQuartiles>,
    /// How many are withheld or missing: they have no place, and are not counted among the others.
    without_figure: i32,
}

/// A figure among others.
#[derive(Debug, SimpleObject)]
pub struct RankedObservation {
    /// The figure.
    observation: Planned<observation::Entity>,
    /// Its place, from 1, the best. Equal figures share a place, and the places after it stay free.
    rank: i32,
    /// Among how many.
    among: i32,
    /// Its quarter, from 1, the best, to 4.
    quartile: i32,
}

/// The marks between the quarters of figures: the inclusive ones of spreadsheets (`QUARTILE.INC`).
#[derive(Debug, SimpleObject)]
pub struct FigureQuartiles {
    /// A quarter of the figures is not above it.
    lower: Decimal,
    /// Half of them are not above it.
    median: Decimal,
    /// Three quarters of them are not above it.
    upper: Decimal,
}

impl From<Quartiles> for FigureQuartiles {
    fn from(marks: Quartiles) -> Self {
        Self {
            lower: Decimal(marks.lower),
            median: Decimal(marks.median),
            upper: Decimal(marks.upper),
        }
    }
}

impl IndicatorRanking {
    fn of(indicator: &indicator::Model, figures: &[observation::Model], shown: usize) -> Self {
        let mut ranked = rank(
            indicator.polarity,
            figures.iter().map(|figure| (figure.id.0, figure.value)),
        );
        ranked.truncate(shown);
        let values: Vec<_> = figures.iter().filter_map(|figure| figure.value).collect();
        let observations = Planned::list(ranked.iter().map(|one| one.subject));
        let places = ranked
            .iter()
            .zip(observations)
            .map(|(one, observation)| RankedObservation {
                observation,
                rank: number(one.rank),
                among: number(one.of),
                quartile: one.quartile.into(),
            });
        Self {
            places: places.collect(),
            quartiles: quartiles(&values).map(FigureQuartiles::from),
            without_figure: number(figures.len() - values.len()),
        }
    }
}

pub(in crate::domains) fn number(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
