//! What goes into a release: the observations, what is known to add up, and every release before.

use std::collections::{BTreeMap, BTreeSet};

use entity::id::{IndicatorId, OrganisationId, OutcomeFrameworkId};
use entity::outcomes::kinds::{ObservationQuality, SubjectType};
use entity::outcomes::{disaggregation, indicator, observation};
use entity::parties::{geography, service, site};
use entity::releases::kinds::ReleaseStatus;
use entity::releases::{published_figure, release};
use sea_orm::ColumnTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Query, SelectStatement};

use super::figures::{contents, key_of};
use super::rules::assemble::{Earlier, Known, Observed};
use super::rules::cells::Source;
use super::rules::people::groups;
use super::rules::places::{wholes, within_organisations};
use super::rules::policy::Policy;
use crate::store::{StoreError, WriteSession};

/// The indicators of a framework.
pub(super) type Indicators = BTreeMap<IndicatorId, indicator::Model>;

/// The indicators of a framework, by their ids.
pub(super) async fn indicators(
    session: &WriteSession,
    framework: OutcomeFrameworkId,
) -> Result<Indicators, StoreError> {
    let of_it = Condition::all().add(indicator::Column::FrameworkId.eq(framework));
    let found = session.facts::<indicator::Entity>(of_it).await?;
    Ok(found.into_iter().map(|of| (of.id, of)).collect())
}

/// The final figures that an organisation recorded of these indicators, or that the server's operator loaded.
pub(super) fn of_publisher(publisher: Option<OrganisationId>, indicators: &Indicators) -> Condition {
    use observation::Column as C;
    let recorder = match publisher {
        Some(organisation) => C::RecordedByOrganisationId.eq(organisation),
        None => C::RecordedByOrganisationId.is_null(),
    };
    Condition::all()
        .add(recorder)
        .add(C::IndicatorId.is_in(indicators.keys().copied()))
        .add(C::IsCurrent.eq(true))
        .add(C::Quality.eq(ObservationQuality::Final))
}

/// Observations as they go into a release.
pub(super) fn observed(rows: &[observation::Model], indicators: &Indicators) -> Vec<Observed> {
    let one = |row: &observation::Model| {
        let of = indicators.get(&row.indicator_id)?;
        Some(Observed {
            key: key_of(row),
            source: Source {
                unit: of.unit,
                places: u32::try_from(of.decimals).unwrap_or_default(),
                value: row.value,
                marker: row.marker,
            },
            numerator: row.numerator,
            denominator: row.denominator,
            base: row.base,
        })
    };
    rows.iter().filter_map(one).collect()
}

/// The policy by which a release was made.
pub(super) fn policy_of(release: &release::Model) -> Policy {
    Policy {
        suppress_min: release.suppress_min.into(),
        suppress_max: release.suppress_max.into(),
        round_to: release.round_to.into(),
        secondary: release.secondary,
    }
}

/// The releases of a framework that everybody reads, whoever published them.
pub(super) fn published(framework: OutcomeFrameworkId) -> Condition {
    Condition::all()
        .add(release::Column::FrameworkId.eq(framework))
        .add(release::Column::Status.eq(ReleaseStatus::Published))
}

/// What a release says.
pub(super) async fn said(
    session: &WriteSession,
    release: &release::Model,
) -> Result<Vec<published_figure::Model>, StoreError> {
    let of_it = Condition::all().add(published_figure::Column::ReleaseId.eq(release.id));
    session.facts::<published_figure::Entity>(of_it).await
}

/// A release before, with the revisions that it was made of.
pub(super) async fn earlier(
    session: &WriteSession,
    release: &release::Model,
    indicators: &Indicators,
) -> Result<(Earlier, Vec<observation::Model>), StoreError> {
    let figures = said(session, release).await?;
    let those = Condition::all().add(observation::Column::Id.in_subquery(behind(release)));
    let rows = session.facts::<observation::Entity>(those).await?;
    let earlier = Earlier {
        policy: policy_of(release),
        observed: observed(&rows, indicators),
        contents: contents(&figures),
    };
    Ok((earlier, rows))
}

/// How many figures that a draft was made of have been corrected since.
pub(super) async fn corrected(session: &WriteSession, draft: &release::Model) -> Result<u64, StoreError> {
    let those = Condition::all()
        .add(observation::Column::Id.in_subquery(behind(draft)))
        .add(observation::Column::IsCurrent.eq(false));
    session.count::<observation::Entity>(those).await
}

/// The revisions that a release was made of.
fn behind(release: &release::Model) -> SelectStatement {
    let mut behind = Query::select();
    behind
        .column(published_figure::Column::ObservationId)
        .from(published_figure::Entity)
        .and_where(published_figure::Column::ReleaseId.eq(release.id))
        .and_where(published_figure::Column::ObservationId.is_not_null());
    behind
}

/// What is known to add up, of what these observations are about.
pub(super) async fn known(
    session: &WriteSession,
    observations: &[observation::Model],
) -> Result<Known, StoreError> {
    let everything = Condition::all();
    let areas = session.facts::<geography::Entity>(everything.clone()).await?;
    let people = session.facts::<disaggregation::Entity>(everything).await?;
    let mut places = wholes(&areas);
    places.extend(organisations(session, observations).await?);
    Ok(Known {
        places,
        groups: groups(&people),
    })
}

/// The sites and services of every organisation that these observations have to do with.
async fn organisations(
    session: &WriteSession,
    observations: &[observation::Model],
) -> Result<Vec<(Uuid, Vec<Uuid>)>, StoreError> {
    let about = |of: SubjectType| -> BTreeSet<Uuid> {
        let those = observations.iter().filter(|row| row.subject_type == of);
        those.map(|row| row.subject_id).collect()
    };
    let mut concerned = about(SubjectType::Organisation);
    let (services, sites) = (about(SubjectType::Service), about(SubjectType::Site));
    if concerned.is_empty() && services.is_empty() && sites.is_empty() {
        return Ok(Vec::new());
    }
    let all_services = session.facts::<service::Entity>(Condition::all()).await?;
    let all_sites = session.facts::<site::Entity>(Condition::all()).await?;
    let of_services = all_services.iter().filter(|row| services.contains(&row.id.0));
    concerned.extend(of_services.map(|row| row.provider_organisation_id.0));
    let of_sites = all_sites.iter().filter(|row| sites.contains(&row.id.0));
    concerned.extend(of_sites.map(|row| row.organisation_id.0));
    let is_concerned = |of: OrganisationId| concerned.contains(&of.0);
    let some_sites: Vec<_> = all_sites
        .into_iter()
        .filter(|row| is_concerned(row.organisation_id))
        .collect();
    let some_services: Vec<_> = all_services
        .into_iter()
        .filter(|row| is_concerned(row.provider_organisation_id))
        .collect();
    Ok(within_organisations(&some_sites, &some_services))
}
