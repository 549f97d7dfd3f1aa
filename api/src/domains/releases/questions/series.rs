//! `publishedSeries`: a published figure over time, beside those of larger areas.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::outcomes::{disaggregation, indicator, indicator_version};
use entity::parties::geography;
use entity::parties::kinds::GeographyLevel;
use entity::releases::kinds::PublishedAs;
use entity::releases::published_figure;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::holding;
use crate::domains::outcomes::questions::{people, subject};
use crate::domains::outcomes::rules::series::{Breaks, lines};
use crate::domains::outcomes::settings::count;
use crate::domains::releases::rules::places::council_type;
use crate::graphql::{fault, find, page_size, unusable_argument};
use crate::planner::{Date, Decimal, OneOf, Planned};
use crate::store::{ReadSession, Rows};

/// The field of `Query`.
#[derive(Default)]
pub struct PublishedSeriesQuery;

#[Object]
impl PublishedSeriesQuery {
    /// An indicator as it was published, over time, for one area, organisation, service or site; for a council beside its region, the
    /// country and all councils of its type. Lines stop where the wording changed and nobody judged the wordings comparable. Read by
    /// everybody; null unless such a figure is published.
    #[expect(clippy::too_many_arguments, reason = "they are the question's")]
    async fn published_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the indicator.")] indicator: ID,
        #[graphql(desc = "The global id of the area, organisation, service or site.")] subject: ID,
        #[graphql(desc = "The global id of the people; everybody when you name none.")]
        disaggregation: Option<ID>,
        #[graphql(desc = "Only periods that begin on this day or later.")] period_from: Option<Date>,
        #[graphql(desc = "Only periods that end on this day or earlier.")] period_until: Option<Date>,
        #[graphql(
            desc = "How many figures of each at most: 1 to 100; 25 when you ask for nothing. Where there are more, the question is refused."
        )]
        first: Option<i32>,
    ) -> Result<Option<PublishedSeries>> {
        let first = count(page_size(ctx, first)?);
        let found = find::<indicator::Entity>(ctx, &indicator).await?;
        let people = people(ctx, disaggregation.as_ref()).await?;
        let (Some(indicator), Some(people), Some((_, id))) = (found, people, self::subject(&subject)) else {
            return Ok(None);
        };
        let beside = match find::<geography::Entity>(ctx, &subject).await? {
            Some(area) => larger(ctx, &area).await?,
            None => Vec::new(),
        };
        let all: Vec<Uuid> = beside.iter().copied().chain([id]).collect();
        let test = |rows: &Rows<published_figure::Entity>| {
            use published_figure::Column as C;
            Condition::all()
                .add(rows.column(C::SubjectId).is_in(all))
                .add(rows.column(C::DisaggregationId).eq(people.id))
                .add_option(period_from.map(|from| rows.column(C::PeriodStart).gte(from.0)))
                .add_option(period_until.map(|until| rows.column(C::PeriodEnd).lte(until.0)))
        };
        let figures = holding(ctx, &indicator, test).await?;
        let of = |subject: Uuid| figures.iter().filter(move |figure| figure.subject_id == subject);
        if of(id).count() == 0 {
            return Ok(None);
        }
        let most = all_counts(&figures);
        if most > first {
            let message =
                format!("There are {most} figures: ask for as many with `first`, or for fewer periods.");
            return Err(unusable_argument(&message));
        }
        let versions = ctx
            .data::<ReadSession>()?
            .find_by::<indicator_version::Entity>(indicator_version::Column::IndicatorId, indicator.id)
            .await
            .map_err(|error| fault(&error))?;
        let told = Told { versions };
        let told_of: Vec<_> = beside.into_iter().filter(|area| of(*area).count() > 0).collect();
        let areas = Planned::list(told_of.iter().copied());
        let beside = told_of
            .iter()
            .zip(areas)
            .map(|(area, geography)| PublishedComparator {
                geography,
                lines: told.lines(of(*area).collect()),
            });
        Ok(Some(PublishedSeries {
            lines: told.lines(of(id).collect()),
            beside: beside.collect(),
            indicator: Planned::new(indicator.id),
            disaggregation: Planned::new(people.id),
        }))
    }
}

/// The most figures that any one subject has.
fn all_counts(figures: &[published_figure::Model]) -> usize {
    let subjects: BTreeSet<_> = figures.iter().map(|figure| figure.subject_id).collect();
    let of = |subject: &Uuid| {
        figures
            .iter()
            .filter(|figure| figure.subject_id == *subject)
            .count()
    };
    subjects.iter().map(of).max().unwrap_or_default()
}

/// The areas that an area is set beside: its region, the country, and all councils of its type.
async fn larger(ctx: &Context<'_>, area: &geography::Model) -> Result<Vec<Uuid>> {
    let session = ctx.data::<ReadSession>()?;
    let (mut larger, mut next) = (Vec::new(), area.parent_id);
    while let Some(parent) = next.filter(|parent| !larger.contains(&parent.0)) {
        larger.push(parent.0);
        let found = session.find::<geography::Entity>(parent).await;
        next = found
            .map_err(|error| fault(&error))?
            .and_then(|parent| parent.parent_id);
    }
    if area.level == GeographyLevel::LocalAuthority
        && let Some(letter) = council_type(area)
    {
        let of_type = |rows: &Rows<geography::Entity>| {
            use geography::Column as C;
            Condition::all()
                .add(rows.column(C::Level).eq(GeographyLevel::CouncilType))
                .add(rows.column(C::LocalCode).eq(letter))
        };
        let found = session.narrowed::<geography::Entity>(of_type, 1).await;
        larger.extend(
            found
                .map_err(|error| fault(&error))?
                .iter()
                .map(|of_type| of_type.id.0),
        );
    }
    Ok(larger)
}

/// An indicator as it was published, over time.
#[derive(Debug, SimpleObject)]
pub struct PublishedSeries {
    /// The indicator.
    indicator: Planned<indicator::Entity>,
    /// Whom the figures are of.
    disaggregation: Planned<disaggregation::Entity>,
    /// Its lines, the earliest first. Figures of different lines cannot be compared: draw nothing between them.
    lines: Vec<PublishedLine>,
    /// For a council: its region, the country and all councils of its type, as far as their figures are published.
    beside: Vec<PublishedComparator>,
}

/// What an area is set beside.
#[derive(Debug, SimpleObject)]
pub struct PublishedComparator {
    /// The larger area.
    geography: Planned<geography::Entity>,
    /// Its lines, the earliest first.
    lines: Vec<PublishedLine>,
}

/// Published figures of wordings that can be compared with each other.
#[derive(Debug, SimpleObject)]
pub struct PublishedLine {
    /// The figures, the earliest first.
    points: Vec<PublishedPoint>,
}

/// A published figure in a series.
#[derive(Debug, SimpleObject)]
pub struct PublishedPoint {
    /// The first day of the period.
    period_start: Date,
    /// The last day of the period.
    period_end: Date,
    /// The figure; null where it is not shown.
    value: Option<Decimal>,
    /// How it stands: what is `SUPPRESSED` is neither zero nor missing.
    value_as: OneOf<PublishedAs>,
    /// All that is published of it.
    figure: Planned<published_figure::Entity>,
}

struct Told {
    versions: Vec<indicator_version::Model>,
}

impl Told {
    fn number(&self, figure: &published_figure::Model) -> i32 {
        let mut versions = self.versions.iter();
        let found = versions.find(|version| version.id == figure.indicator_version_id);
        found.map_or(0, |version| version.number)
    }

    fn lines(&self, mut figures: Vec<&published_figure::Model>) -> Vec<PublishedLine> {
        figures.sort_by_key(|figure| (figure.period_end, figure.period_start, self.number(figure)));
        let comparable =
            |version: &indicator_version::Model| (version.number, version.comparable_with_previous);
        let breaks = Breaks::of(self.versions.iter().map(comparable));
        let read = Planned::list(figures.iter().map(|figure| figure.id.0));
        let points = figures.iter().zip(read).map(|(figure, read)| {
            let point = PublishedPoint {
                period_start: Date(figure.period_start),
                period_end: Date(figure.period_end),
                value: figure.value.map(Decimal),
                value_as: OneOf(figure.value_as),
                figure: read,
            };
            (self.number(figure), point)
        });
        let cut = lines(&breaks, points).into_iter();
        cut.map(|points| PublishedLine { points }).collect()
    }
}
