//! What anybody asks about published figures: how an area stands over time beside its region and the country, and where it stands among
//! others. Everything is worked out from what releases show, so it tells nobody more.

mod ranking;
mod series;

use std::collections::BTreeMap;

use async_graphql::{Context, Result};
use entity::outcomes::indicator;
use entity::releases::kinds::FigureChange;
use entity::releases::{published_figure, release};
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
    let mut holding: BTreeMap<_, published_figure::Model> = BTreeMap::new();
    for figure in found {
        let at = |figure: &published_figure::Model| published.get(&figure.release_id).copied().flatten();
        match holding.get(&key(&figure)) {
            Some(other) if at(other) >= at(&figure) => {}
            _ => drop(holding.insert(key(&figure), figure)),
        }
    }
    Ok(holding.into_values().collect())
}
