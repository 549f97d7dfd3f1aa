//! `observationComparison`: before and after.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use entity::outcomes::{indicator, indicator_version, observation};

use super::verdict::{FigureChange, NOT_THERE, REWORDED};
use super::{measured, periods_differ};
use crate::domains::outcomes::rules::before_after::{Side, before_after};
use crate::domains::outcomes::rules::series::Breaks;
use crate::graphql::{fault, find, unusable_argument};
use crate::planner::Planned;
use crate::store::ReadSession;

/// The field of `Query`.
#[derive(Default)]
pub struct ComparisonQuery;

#[Object]
impl ComparisonQuery {
    /// What changed from one figure to another of the same indicator, about the same subject and people: before and after an
    /// action, say. The first period is over when the second begins. Null unless you may read both.
    async fn observation_comparison(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The global id of the figure before.")] before: ID,
        #[graphql(desc = "The global id of the figure after.")] after: ID,
    ) -> Result<Option<ObservationComparison>> {
        let (Some(before), Some(after)) = (
            find::<observation::Entity>(ctx, &before).await?,
            find::<observation::Entity>(ctx, &after).await?,
        ) else {
            return Ok(None);
        };
        let about =
            |figure: &observation::Model| (figure.indicator_id, figure.subject_id, figure.disaggregation_id);
        if about(&before) != about(&after) {
            return Err(unusable_argument(
                "`before` and `after` must be figures of one indicator, about one subject and the same people.",
            ));
        }
        if before.id != after.id && before.period_end >= after.period_start {
            return Err(unusable_argument(
                "The period of `before` must be over when that of `after` begins: revisions of one figure are no change of what it is about.",
            ));
        }
        if !before.is_current || !after.is_current {
            return Err(unusable_argument(
                "A later revision has taken the place of one of the figures: compare the current ones.",
            ));
        }
        let session = ctx.data::<ReadSession>()?;
        let Some(indicator) = session
            .find::<indicator::Entity>(before.indicator_id)
            .await
            .map_err(|error| fault(&error))?
        else {
            return Ok(None);
        };
        let versions = session
            .find_by::<indicator_version::Entity>(indicator_version::Column::IndicatorId, indicator.id)
            .await
            .map_err(|error| fault(&error))?;
        Ok(Some(ObservationComparison::of(
            &indicator, &versions, &before, &after,
        )))
    }
}

/// Two figures of one indicator, side by side.
#[derive(Debug, SimpleObject)]
pub struct ObservationComparison {
    /// The figure before.
    before: Planned<observation::Entity>,
    /// The figure after.
    after: Planned<observation::Entity>,
    /// What changed, and whether it is more than chance.
    change: FigureChange,
    /// Whether one of them was told or estimated, and not counted. Nobody then knows how many people it is of: show it as "about".
    is_approximate: bool,
    /// Both figures in words, with what can be said of the change, and what they do not prove.
    text: String,
}

impl ObservationComparison {
    fn of(
        indicator: &indicator::Model,
        versions: &[indicator_version::Model],
        before: &observation::Model,
        after: &observation::Model,
    ) -> Self {
        let breaks = Breaks::of(
            versions
                .iter()
                .map(|version| (version.number, version.comparable_with_previous)),
        );
        let number = |figure: &observation::Model| {
            let found = versions
                .iter()
                .find(|version| version.id == figure.indicator_version_id);
            found.map(|version| version.number)
        };
        let is_one_line = number(before)
            .zip(number(after))
            .is_some_and(|(one, other)| breaks.are_comparable(one, other));
        let period = |figure: &observation::Model| (figure.period_start, figure.period_end);
        let differ = periods_differ(indicator.unit, period(before), period(after));
        let change = match (measured(before), measured(after)) {
            (Some(one), Some(other)) => match differ {
                Some(reason) => FigureChange::not_comparable(reason),
                None if is_one_line => FigureChange::between(indicator, one, other),
                None => FigureChange::not_comparable(REWORDED),
            },
            _ => FigureChange::not_comparable(NOT_THERE),
        };
        let shown = side(before)
            .zip(side(after))
            .map(|(one, other)| before_after(indicator.unit, one, other));
        Self {
            before: Planned::new(before.id),
            after: Planned::new(after.id),
            is_approximate: shown.as_ref().is_some_and(|shown| shown.is_approximate),
            text: shown.map_or_else(
                || NOT_THERE.to_owned(),
                |shown| format!("{} {}", shown.text, change.text),
            ),
            change,
        }
    }
}

fn side(figure: &observation::Model) -> Option<Side> {
    Some(Side {
        value: figure.value?,
        quality: figure.quality,
        numerator: figure.numerator,
        denominator: figure.denominator,
    })
}
