//! What anybody asks about published figures: how an area stands over time beside its region and the country, and where it stands among
//! others. Everything is worked out from what releases show, so it tells nobody more.

mod ranking;
mod series;

use std::collections::BTreeMap;

use async_graphql::{Context, Result};
use entity::id::ReleaseId;
use entity::outcomes::indicator;
use entity::releases::kinds::FigureChange;
use entity::releases::{published_figure, release};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::figures::key;
use super::types::latest;
use crate::domains::outcomes::settings::count;
use crate::domains::settings::area_settings;
use crate::graphql::{fault, unusable_argument};
use crate::store::{ReadSession, Rows};

/// The fields of `Query` that answer them.
#[derive(async_graphql::MergedObject, Default)]
pub struct ReleaseQuestions(series::PublishedSeriesQuery, ranking::PublishedRankingQuery);

/// The latest releases of one framework: one of each publisher.
const MOST_RELEASES: u64 = 10_000;

/// The published figures of an indicator that hold and pass a test. Where several publishers show the same figure, the one that was
/// published last counts. More than the limit are refused, never cut.
async fn holding(
    ctx: &Context<'_>,
    indicator: &indicator::Model,
    test: impl FnOnce(&Rows<published_figure::Entity>) -> Condition,
) -> Result<Vec<published_figure::Model>> {
    use published_figure::Column as C;
    let session = ctx.data::<ReadSession>()?;
    let most = area_settings(ctx)?.outcomes.most_figures;
    let releases = |rows: &Rows<release::Entity>| {
        latest(rows).add(
            rows.column(release::Column::FrameworkId)
                .eq(indicator.framework_id),
        )
    };
    let releases = session.narrowed::<release::Entity>(releases, MOST_RELEASES).await;
    let releases = releases.map_err(|error| fault(&error))?;
    let published: BTreeMap<_, _> = releases
        .iter()
        .map(|release| (release.id, release.published_at))
        .collect();
    let those = |rows: &Rows<published_figure::Entity>| {
        test(rows)
            .add(rows.column(C::IndicatorId).eq(indicator.id))
            .add(rows.column(C::Change).ne(FigureChange::Removed))
            .add(rows.pointed::<release::Entity>(C::ReleaseId, latest))
    };
    let found = session
        .narrowed::<published_figure::Entity>(those, u64::from(most) + 1)
        .await;
    let found = found.map_err(|error| fault(&error))?;
    if found.len() > count(most) {
        let message = format!("This is about more than {most} figures: ask for fewer periods.");
        return Err(unusable_argument(&message));
    }
    let published_at = |of: ReleaseId| published.get(&of).copied().flatten();
    Ok(last_published(found, published_at))
}

/// Of several figures of the same, the one that was published last.
fn last_published(
    figures: Vec<published_figure::Model>,
    published_at: impl Fn(ReleaseId) -> Option<DateTimeUtc>,
) -> Vec<published_figure::Model> {
    let mut last: BTreeMap<_, published_figure::Model> = BTreeMap::new();
    for figure in figures {
        match last.get(&key(&figure)) {
            Some(other) if published_at(other.release_id) >= published_at(figure.release_id) => {}
            _ => drop(last.insert(key(&figure), figure)),
        }
    }
    last.into_values().collect()
}

#[cfg(test)]
mod tests {
    use entity::outcomes::kinds::SubjectType;
    use entity::releases::kinds::PublishedAs;
    use sea_orm::prelude::Uuid;

    use super::*;

    fn figure(release: u128, subject: u128) -> published_figure::Model {
        let id = Uuid::from_u128;
        published_figure::Model {
            id: id(release * 100 + subject).into(),
            release_id: id(release).into(),
            observation_id: None,
            indicator_version_id: id(1).into(),
            indicator_id: id(1).into(),
            subject_type: SubjectType::Site,
            subject_id: id(subject),
            geography_id: None,
            organisation_id: None,
            service_id: None,
            site_id: Some(id(subject).into()),
            period_start: "2025-04-01".parse().unwrap(),
            period_end: "2026-03-31".parse().unwrap(),
            disaggregation_id: id(1).into(),
            numerator: None,
            numerator_as: PublishedAs::Suppressed,
            denominator: None,
            denominator_as: PublishedAs::Suppressed,
            value: None,
            value_as: PublishedAs::Suppressed,
            change: FigureChange::Added,
            created_at: DateTimeUtc::UNIX_EPOCH,
        }
    }

    #[test]
    fn what_was_published_last_counts_where_several_publishers_tell_of_the_same() {
        let at = |of: ReleaseId| DateTimeUtc::from_timestamp(i64::try_from(of.0.as_u128()).unwrap(), 0);
        for order in [[1, 2], [2, 1]] {
            let all = order
                .map(|release| figure(release, 7))
                .into_iter()
                .chain([figure(1, 8)]);
            let counting = last_published(all.collect(), at);
            let counting: Vec<_> = counting
                .iter()
                .map(|one| (one.release_id.0.as_u128(), one.subject_id.as_u128()))
                .collect();
            assert_eq!(counting, [(2, 7), (1, 8)]);
        }
    }
}
