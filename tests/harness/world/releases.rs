//! Policies of disclosure control, and releases.

use entity::outcomes::observation;
use entity::releases::kinds::{FigureChange, PublishedAs, ReleaseStatus};
use entity::releases::{published_figure, release, suppression_policy};

use super::{canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use ReleaseStatus as S;
    for organisation in ["ashdown-council", "fernley-council"] {
        rows.suppression_policy.push(suppression_policy(organisation));
    }
    for (name, framework, publisher, status, figure) in [
        ("first", "live", Some("ashdown-council"), S::Published, "area"),
        ("draft", "live", Some("ashdown-council"), S::Draft, "service"),
        ("dropped", "live", Some("ashdown-council"), S::Discarded, "area"),
        ("fernley", "live", Some("fernley-council"), S::Draft, "fernley"),
        ("national", "national", None, S::Draft, "region"),
    ] {
        let mut release = release(name, framework, publisher, status);
        release.made_after = i32::from(framework == "live" && status != S::Published);
        rows.release.push(release);
        let id = key("observation", figure);
        let observation = rows.observation.iter().find(|row| row.id == id).unwrap().clone();
        rows.published_figure.push(published_figure(name, &observation));
    }
    rows.release[1].suppression_policy_id = Some(key("suppression_policy", "ashdown-council"));
}

/// A policy that has the name of its organisation here.
pub fn suppression_policy(organisation: &str) -> suppression_policy::Model {
    suppression_policy::Model {
        id: key("suppression_policy", organisation),
        organisation_id: key("organisation", organisation),
        name: canary("suppression_policy", organisation, "name"),
        suppress_min: 1,
        suppress_max: 4,
        round_to: 5,
        secondary: true,
        created_at: recorded(),
        created_by: nobody(),
    }
}

/// A release of the figures of a framework; the first of its publisher, where it is published.
pub fn release(
    name: &str,
    framework: &str,
    publisher: Option<&str>,
    status: ReleaseStatus,
) -> release::Model {
    let text = |column| canary("release", name, column);
    let is_published = status == ReleaseStatus::Published;
    release::Model {
        id: key("release", name),
        framework_id: key("outcome_framework", framework),
        publisher_organisation_id: publisher.map(|publisher| key("organisation", publisher)),
        number: is_published.then_some(1),
        title: text("title"),
        note: Some(text("note")),
        status,
        suppression_policy_id: None,
        suppress_min: 1,
        suppress_max: 7,
        round_to: 5,
        secondary: true,
        made_after: 0,
        sha256: "fedcba9876543210".repeat(4),
        published_at: is_published.then(recorded),
        superseded_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What a release of the same name says of a figure: of some ten, so many that nobody may know.
pub fn published_figure(name: &str, of: &observation::Model) -> published_figure::Model {
    published_figure::Model {
        id: key("published_figure", name),
        release_id: key("release", name),
        observation_id: Some(of.id),
        indicator_version_id: of.indicator_version_id,
        indicator_id: of.indicator_id,
        subject_type: of.subject_type,
        subject_id: of.subject_id,
        geography_id: of.geography_id,
        organisation_id: of.organisation_id,
        service_id: of.service_id,
        site_id: of.site_id,
        period_start: of.period_start,
        period_end: of.period_end,
        disaggregation_id: of.disaggregation_id,
        numerator: None,
        numerator_as: PublishedAs::Suppressed,
        denominator: Some("10".parse().unwrap()),
        denominator_as: PublishedAs::Rounded,
        value: None,
        value_as: PublishedAs::Suppressed,
        change: FigureChange::Added,
        created_at: recorded(),
    }
}
