//! One full row of each table of releases.

use entity::id::{OrganisationId, OutcomeFrameworkId, PublishedFigureId, ReleaseId, SuppressionPolicyId};
use entity::releases::kinds::{FigureChange, PublishedAs, ReleaseStatus};
use entity::releases::{published_figure, release, suppression_policy};

use super::{id, instant, outcomes};

pub fn suppression_policy() -> suppression_policy::Model {
    suppression_policy::Model {
        id: SuppressionPolicyId(id(320)),
        organisation_id: OrganisationId(id(1)),
        name: "name".to_owned(),
        suppress_min: 1,
        suppress_max: 7,
        round_to: 5,
        secondary: true,
        created_at: instant(),
        created_by: None,
    }
}

pub fn release() -> release::Model {
    release::Model {
        id: ReleaseId(id(321)),
        framework_id: OutcomeFrameworkId(id(300)),
        publisher_organisation_id: Some(OrganisationId(id(1))),
        number: Some(1),
        title: "title".to_owned(),
        note: Some("note".to_owned()),
        status: ReleaseStatus::Published,
        suppression_policy_id: Some(SuppressionPolicyId(id(320))),
        suppress_min: 1,
        suppress_max: 7,
        round_to: 5,
        secondary: true,
        made_after: 0,
        sha256: "0123456789abcdef".repeat(4),
        published_at: Some(instant()),
        superseded_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn published_figure() -> published_figure::Model {
    let of = outcomes::observation();
    published_figure::Model {
        id: PublishedFigureId(id(322)),
        release_id: ReleaseId(id(321)),
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
        numerator: Some("10".parse().unwrap()),
        numerator_as: PublishedAs::Rounded,
        denominator: Some("20".parse().unwrap()),
        denominator_as: PublishedAs::Rounded,
        value: Some("50".parse().unwrap()),
        value_as: PublishedAs::Rounded,
        change: FigureChange::Changed,
        created_at: instant(),
    }
}
