//! `publishedRanking`: areas side by side, as their figures were published.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::id::GeographyId;
use entity::outcomes::indicator;
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use entity::releases::kinds::PublishedAs;
use entity::releases::published_figure;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::holding;
use crate::domains::outcomes::questions::people;
use crate::domains::outcomes::questions::ranking::{FigureQuartiles, number};
use crate::domains::outcomes::rules::ranking::{Ranked, quartiles, rank};
use crate::domains::outcomes::settings::count;
use crate::domains::releases::rules::places::council_type;
use crate::graphql::{fault, find, page_size};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, Planned, global_id};
use crate::store::{ReadSession, Rows};

/// The most areas of one level.
const MOST_AREAS: u64 = 10_000;

/// The field of `Query`.
#[derive(Default)]
pub struct PublishedRankingQuery;

#[Object]
impl PublishedRankingQuery {
    /// Areas side by side, best first, as their figures for one period were published: all councils, those of a region, or those of a
    /// type. Read by everybody; null unless such a figure is published. Figures that are withheld have no place, and no place tells
    /// what they are.
    #[expect(clippy::too_many_arguments, reason = "they are the question's")]
    async fn published_ranking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the indicator.")] indicator: ID,
        #[graphql(desc = "Which areas; local authorities when you name none.")] level: Option<
            OneOf<GeographyLevel>,
        >,
        #[graphql(desc = "Only areas that belong to the one with this global id: a region, say.")]
        within: Option<ID>,
        #[graphql(
            desc = "Only councils of the same type as the council with this global id: shire counties, say."
        )]
        like: Option<ID>,
        #[graphql(desc = "The first day of the period.")] period_start: Date,
        #[graphql(desc = "The last day of the period.")] period_end: Date,
        #[graphql(desc = "The global id of the people; everybody when you name none.")]
        disaggregation: Option<ID>,
        #[graphql(
            desc = "The global id of an area whose place you want to know, even where it is not among the first."
        )]
        area: Option<ID>,
        #[graphql(
            desc = "How many of the places are shown, from the best: 1 to 100; 25 when you ask for nothing."
        )]
        first: Option<i32>,
    ) -> Result<Option<PublishedRanking>> {
        let first = count(page_size(ctx, first)?);
        let found = find::<indicator::Entity>(ctx, &indicator).await?;
        let people = people(ctx, disaggregation.as_ref()).await?;
        let (Some(indicator), Some(people)) = (found, people) else {
            return Ok(None);
        };
        let level = level.map_or(GeographyLevel::LocalAuthority, |level| level.0);
        let areas = areas(ctx, level, within.as_ref(), like.as_ref()).await?;
        let test = |rows: &Rows<published_figure::Entity>| {
            use published_figure::Column as C;
            let of_level = rows.pointed::<geography::Entity>(C::GeographyId, |area| {
                Condition::all().add(area.column(geography::Column::Level).eq(level))
            });
            Condition::all()
                .add(rows.column(C::PeriodStart).eq(period_start.0))
                .add(rows.column(C::PeriodEnd).eq(period_end.0))
                .add(rows.column(C::DisaggregationId).eq(people.id))
                .add(of_level)
        };
        let mut figures = holding(ctx, &indicator, test).await?;
        figures.retain(|figure| figure.geography_id.is_some_and(|of| areas.contains(&of)));
        let area = area.and_then(|id| global_id::decode_as(geography::Entity::PREFIX, &id));
        let area = area.map(GeographyId);
        Ok((!figures.is_empty()).then(|| PublishedRanking::of(&indicator, &figures, first, area)))
    }
}

/// The areas of a level that are set side by side.
async fn areas(
    ctx: &Context<'_>,
    level: GeographyLevel,
    within: Option<&ID>,
    like: Option<&ID>,
) -> Result<BTreeSet<GeographyId>> {
    let of_level = |rows: &Rows<geography::Entity>| {
        Condition::all().add(rows.column(geography::Column::Level).eq(level))
    };
    let found = ctx
        .data::<ReadSession>()?
        .narrowed::<geography::Entity>(of_level, MOST_AREAS)
        .await;
    let mut found = found.map_err(|error| fault(&error))?;
    if let Some(within) = within {
        let whole = global_id::decode_as(geography::Entity::PREFIX, within);
        found.retain(|area| whole.is_some() && area.parent_id.map(|parent| parent.0) == whole);
    }
    if let Some(like) = like {
        let model = find::<geography::Entity>(ctx, like).await?;
        let letter = model.as_ref().and_then(council_type);
        found.retain(|area| letter.is_some() && council_type(area) == letter);
    }
    Ok(found.into_iter().map(|area| area.id).collect())
}

/// Published figures side by side.
#[derive(Debug, SimpleObject)]
pub struct PublishedRanking {
    /// Those that are shown, best first, as many as you ask for. Where neither more nor less is better, the highest first.
    places: Vec<RankedPublishedFigure>,
    /// The place of the area that you asked for; null where its figure is not shown.
    place: Option<RankedPublishedFigure>,
    /// The marks between their quarters; null where no figure is shown.
    quartiles: Option<FigureQuartiles>,
    /// How many are withheld: they have no place, and are not counted among the others.
    suppressed: i32,
    /// How many are missing.
    without_figure: i32,
}

/// A published figure among others.
#[derive(Debug, SimpleObject)]
pub struct RankedPublishedFigure {
    /// The figure.
    figure: Planned<published_figure::Entity>,
    /// Its place, from 1, the best. Equal figures share a place, and the places after it stay free.
    rank: i32,
    /// Among how many.
    among: i32,
    /// Its quarter, from 1, the best, to 4.
    quartile: i32,
}

impl RankedPublishedFigure {
    fn of<T>(one: &Ranked<T>, figure: Planned<published_figure::Entity>) -> Self {
        Self {
            figure,
            rank: number(one.rank),
            among: number(one.of),
            quartile: one.quartile.into(),
        }
    }
}

impl PublishedRanking {
    fn of(
        indicator: &indicator::Model,
        figures: &[published_figure::Model],
        shown: usize,
        area: Option<GeographyId>,
    ) -> Self {
        let ranked = rank(
            indicator.polarity,
            figures.iter().map(|figure| (figure.id, figure.value)),
        );
        let own = figures
            .iter()
            .find(|figure| area.is_some() && figure.geography_id == area);
        let place = own.and_then(|own| ranked.iter().find(|one| one.subject == own.id));
        let place = place.map(|one| RankedPublishedFigure::of(one, Planned::new(one.subject)));
        let first = &ranked[..ranked.len().min(shown)];
        let read = Planned::list(first.iter().map(|one| one.subject.0));
        let places = first.iter().zip(read);
        let values: Vec<_> = figures.iter().filter_map(|figure| figure.value).collect();
        let suppressed = figures
            .iter()
            .filter(|figure| figure.value_as == PublishedAs::Suppressed)
            .count();
        Self {
            places: places
                .map(|(one, figure)| RankedPublishedFigure::of(one, figure))
                .collect(),
            place,
            quartiles: quartiles(&values).map(FigureQuartiles::from),
            suppressed: number(suppressed),
            without_figure: number(figures.len() - values.len() - suppressed),
        }
    }
}
