//! `indicatorSeries`: an indicator over time.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::outcomes::kinds::{IndicatorPolarity, ObservationMarker, TargetKind};
use entity::outcomes::{disaggregation, indicator, indicator_target, indicator_version, observation};
use sea_orm::sea_query::{Condition, ExprTrait};

use super::verdict::{FigureChange, NOT_THERE, REWORDED};
use super::{depends_on_length, figures, is_about, measured, people, periods_differ, subject};
use crate::domains::outcomes::rules::change::Measured;
use crate::domains::outcomes::rules::series::{Breaks, lines};
use crate::domains::outcomes::settings::count;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, find, page_size, unusable_argument};
use crate::planner::{Date, Decimal, OneOf, Planned};
use crate::store::{ReadSession, Rows};

/// The field of `Query`.
#[derive(Default)]
pub struct SeriesQuery;

#[Object]
impl SeriesQuery {
    /// An indicator over time for one area, organisation, service or site, beside its targets: a line of figures, which stops where
    /// the wording changed and nobody judged the wordings comparable. Null unless you may read one such figure.
    async fn indicator_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the indicator.")] indicator: ID,
        #[graphql(desc = "The global id of the area, organisation, service or site.")] subject: ID,
        #[graphql(desc = "The global id of the people; everybody when you name none.")]
        disaggregation: Option<ID>,
        #[graphql(desc = "Only periods that begin on this day or later.")] period_from: Option<Date>,
        #[graphql(desc = "Only periods that end on this day or earlier.")] period_until: Option<Date>,
        #[graphql(
            desc = "How many figures at most: 1 to 100; 25 when you ask for nothing. Where there are more, the question is refused."
        )]
        first: Option<i32>,
    ) -> Result<Option<IndicatorSeries>> {
        let first = page_size(ctx, first)?;
        let found = find::<indicator::Entity>(ctx, &indicator).await?;
        let people = people(ctx, disaggregation.as_ref()).await?;
        let (Some(indicator), Some(people), Some((of, id))) = (found, people, self::subject(&subject)) else {
            return Ok(None);
        };
        let most = area_settings(ctx)?.outcomes.most_figures;
        let all = |rows: &Rows<observation::Entity>| {
            use observation::Column as C;
            is_about(rows, of, id)
                .add(rows.column(C::IndicatorId).eq(indicator.id))
                .add(rows.column(C::DisaggregationId).eq(people.id))
        };
        // The figure of the baseline's period counts, whichever periods are asked for.
        let figures = figures(ctx, most, all).await?;
        let is_asked_for = |figure: &&observation::Model| {
            period_from.is_none_or(|from| from.0 <= figure.period_start)
                && period_until.is_none_or(|until| figure.period_end <= until.0)
        };
        let asked: Vec<_> = figures.iter().filter(is_asked_for).cloned().collect();
        if asked.is_empty() {
            return Ok(None);
        }
        if asked.len() > count(first) {
            let there_are = asked.len();
            let message =
                format!("There are {there_are} figures: ask for as many with `first`, or for fewer periods.");
            return Err(unusable_argument(&message));
        }
        let session = ctx.data::<ReadSession>()?;
        let versions = session
            .find_by::<indicator_version::Entity>(indicator_version::Column::IndicatorId, indicator.id)
            .await
            .map_err(|error| fault(&error))?;
        let of_them = |rows: &Rows<indicator_target::Entity>| {
            use indicator_target::Column as C;
            Condition::all()
                .add(rows.column(C::IndicatorId).eq(indicator.id))
                .add(rows.column(C::SubjectType).eq(of))
                .add(rows.column(C::SubjectId).eq(id))
                .add(rows.column(C::DisaggregationId).eq(people.id))
        };
        let targets = session
            .narrowed::<indicator_target::Entity>(of_them, u64::from(most) + 1)
            .await;
        let targets = targets.map_err(|error| fault(&error))?;
        if targets.len() > count(most) {
            let message =
                format!("This is about more than {most} targets: end those that do not count any more.");
            return Err(unusable_argument(&message));
        }
        let told = Told {
            indicator,
            people,
            versions,
            targets,
            figures,
        };
        Ok(Some(told.series(asked)))
    }
}

/// An indicator over time.
#[derive(Debug, SimpleObject)]
pub struct IndicatorSeries {
    /// The indicator.
    indicator: Planned<indicator::Entity>,
    /// Whom the figures are of.
    disaggregation: Planned<disaggregation::Entity>,
    /// Its lines, the earliest first. Figures of different lines cannot be compared: draw nothing between them.
    lines: Vec<SeriesLine>,
    /// Where things began, as somebody agreed it: the latest such baseline that you may read.
    baseline: Option<Planned<indicator_target::Entity>>,
    /// The change from the baseline to the last figure that is asked for; null without either, and where the figure is the earlier one.
    change_since_baseline: Option<FigureChange>,
    /// What is to be reached next: the earliest target for the last figure's period or a later one.
    next_target: Option<Planned<indicator_target::Entity>>,
}

/// Figures of wordings that can be compared with each other.
#[derive(Debug, SimpleObject)]
pub struct SeriesLine {
    /// The figures, the earliest first.
    points: Vec<SeriesPoint>,
}

/// A figure in a series.
#[derive(Debug, SimpleObject)]
pub struct SeriesPoint {
    /// The first day of the period.
    period_start: Date,
    /// The last day of the period.
    period_end: Date,
    /// The figure; null just when `marker` is `C`, `X` or `Z`.
    value: Option<Decimal>,
    /// Why it is not there, or what has to be minded about it.
    marker: Option<OneOf<ObservationMarker>>,
    /// The change from the figure before it on the line; null for the first.
    change: Option<FigureChange>,
    /// What was to be reached in the period.
    target: Option<Decimal>,
    /// Whether it was reached; null without a target or a figure, and where neither more nor less is better.
    meets_target: Option<bool>,
    /// All that is known of the figure.
    observation: Planned<observation::Entity>,
}

/// What a series is told with.
struct Told {
    indicator: indicator::Model,
    people: disaggregation::Model,
    versions: Vec<indicator_version::Model>,
    targets: Vec<indicator_target::Model>,
    /// All of them, whichever periods are asked for.
    figures: Vec<observation::Model>,
}

impl Told {
    fn number(&self, figure: &observation::Model) -> i32 {
        let found = self
            .versions
            .iter()
            .find(|version| version.id == figure.indicator_version_id);
        found.map_or(0, |version| version.number)
    }

    fn series(&self, mut figures: Vec<observation::Model>) -> IndicatorSeries {
        figures.sort_by_key(|figure| (figure.period_end, figure.period_start, self.number(figure)));
        let breaks = Breaks::of(
            self.versions
                .iter()
                .map(|version| (version.number, version.comparable_with_previous)),
        );
        let read = Planned::list(figures.iter().map(|figure| figure.id.0));
        let numbered = figures
            .iter()
            .zip(read)
            .map(|(figure, read)| (self.number(figure), (figure, read)));
        let baseline = self.baseline();
        let last = figures.iter().rev().find(|figure| figure.value.is_some());
        let change_since_baseline = baseline
            .zip(last)
            .filter(|(baseline, last)| baseline.period_end <= last.period_end)
            .map(|(baseline, last)| self.change_since(baseline, last, &breaks));
        IndicatorSeries {
            indicator: Planned::new(self.indicator.id),
            disaggregation: Planned::new(self.people.id),
            lines: lines(&breaks, numbered)
                .into_iter()
                .map(|line| self.line(line))
                .collect(),
            baseline: baseline.map(|baseline| Planned::new(baseline.id)),
            change_since_baseline,
            next_target: self
                .next_target(figures.last())
                .map(|target| Planned::new(target.id)),
        }
    }

    fn line(&self, line: Vec<(&observation::Model, Planned<observation::Entity>)>) -> SeriesLine {
        let mut before: Option<&observation::Model> = None;
        let point = |(figure, observation): (&observation::Model, _), before: Option<&observation::Model>| {
            let target = self.target_for(figure.period_start, figure.period_end);
            SeriesPoint {
                period_start: Date(figure.period_start),
                period_end: Date(figure.period_end),
                value: figure.value.map(Decimal),
                marker: figure.marker.map(OneOf),
                change: before.map(|before| self.change(before, figure)),
                target: target.map(|target| Decimal(target.value)),
                meets_target: figure
                    .value
                    .zip(target)
                    .and_then(|(value, target)| meets(self.indicator.polarity, value, target.value)),
                observation,
            }
        };
        let mut points = Vec::with_capacity(line.len());
        for (figure, observation) in line {
            points.push(point((figure, observation), before));
            before = Some(figure);
        }
        SeriesLine { points }
    }

    fn change(&self, before: &observation::Model, after: &observation::Model) -> FigureChange {
        let period = |figure: &observation::Model| (figure.period_start, figure.period_end);
        if let Some(reason) = periods_differ(self.indicator.unit, period(before), period(after)) {
            return FigureChange::not_comparable(reason);
        }
        match (measured(before), measured(after)) {
            (Some(before), Some(after)) => FigureChange::between(&self.indicator, before, after),
            _ => FigureChange::not_comparable(NOT_THERE),
        }
    }

    fn baseline(&self) -> Option<&indicator_target::Model> {
        let baselines = self
            .targets
            .iter()
            .filter(|target| target.kind == TargetKind::Baseline);
        baselines.max_by_key(|baseline| (baseline.agreed_on, baseline.period_end, baseline.created_at))
    }

    /// The change from the baseline to a figure. Where the baseline's period has a figure, its wording and its margin of error count; a
    /// baseline without one is as exact as the figures are, which of a survey nobody knows.
    fn change_since(
        &self,
        baseline: &indicator_target::Model,
        last: &observation::Model,
        breaks: &Breaks,
    ) -> FigureChange {
        let of_baseline = (baseline.period_start, baseline.period_end);
        let of_last = (last.period_start, last.period_end);
        if let Some(reason) = periods_differ(self.indicator.unit, of_baseline, of_last) {
            return FigureChange::not_comparable(reason);
        }
        let same_period = self
            .figures
            .iter()
            .find(|figure| (figure.period_start, figure.period_end) == of_baseline);
        let version = match same_period {
            Some(figure) => Some(self.number(figure)),
            None => self.version_on(baseline.period_end),
        };
        let Some(version) = version else {
            return FigureChange::not_comparable(
                "The indicator had no wording then: nobody knows what the baseline is of.",
            );
        };
        let Some(now) = measured(last) else {
            return FigureChange::not_comparable(NOT_THERE);
        };
        if !breaks.are_comparable(version, self.number(last)) {
            return FigureChange::not_comparable(REWORDED);
        }
        let known = same_period.and_then(measured);
        let before = Measured {
            value: baseline.value,
            margin: known.and_then(|known| known.margin),
            is_sample: known.map_or(now.is_sample, |known| known.is_sample),
        };
        FigureChange::between(&self.indicator, before, now)
    }

    /// The number of the wording that counted on a day.
    fn version_on(&self, day: NaiveDate) -> Option<i32> {
        let counted = self.versions.iter().filter(|version| {
            version.valid_from <= day && version.valid_to.is_none_or(|valid_to| day <= valid_to)
        });
        counted.map(|version| version.number).max()
    }

    /// The target of just this period; else, where values do not depend on how long a period is, the one agreed last whose period
    /// holds it.
    fn target_for(&self, start: NaiveDate, end: NaiveDate) -> Option<&indicator_target::Model> {
        let holding = self.targets.iter().filter(|target| {
            let of_target = (target.period_start, target.period_end);
            target.kind == TargetKind::Target
                && of_target.0 <= start
                && end <= of_target.1
                && !depends_on_length(self.indicator.unit, of_target, (start, end))
        });
        holding.max_by_key(|target| {
            let is_same = (target.period_start, target.period_end) == (start, end);
            (is_same, target.agreed_on, target.created_at)
        })
    }

    fn next_target(&self, last: Option<&observation::Model>) -> Option<&indicator_target::Model> {
        let from = last.map(|last| last.period_end);
        let ahead = self.targets.iter().filter(|target| {
            target.kind == TargetKind::Target && from.is_none_or(|from| from <= target.period_end)
        });
        ahead.min_by_key(|target| (target.period_end, target.created_at))
    }
}

fn meets(
    polarity: IndicatorPolarity,
    value: entity::decimal::Decimal,
    target: entity::decimal::Decimal,
) -> Option<bool> {
    match polarity {
        IndicatorPolarity::Higher => Some(value >= target),
        IndicatorPolarity::Lower => Some(value <= target),
        IndicatorPolarity::Neutral => None,
    }
}
