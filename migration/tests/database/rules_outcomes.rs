//! The rules that the database keeps about figures.

use entity::id::{GeographyId, IndicatorVersionId, ObservationId, OrganisationId, UserId};
use entity::outcomes::kinds::{ObservationMarker, ObservationQuality, SubjectType};
use entity::outcomes::{indicator_version, observation};

use crate::rows::{id, instant, outcomes, parties};
use crate::rules::{assert_refused, assert_taken, on_each_filled_database};

fn another() -> observation::Model {
    observation::Model {
        id: ObservationId(id(910)),
        revision: 3,
        ..outcomes::observation()
    }
}

#[tokio::test]
async fn a_figure_is_about_one_thing() {
    on_each_filled_database(async |database| {
        let two = observation::Model {
            organisation_id: Some(OrganisationId(id(1))),
            ..another()
        };
        assert_refused(database, two, "ck_observation_one_subject").await;
        let other = observation::Model {
            subject_type: SubjectType::Geography,
            ..another()
        };
        assert_refused(database, other, "ck_observation_one_subject").await;
        let misnamed = observation::Model {
            subject_type: SubjectType::Geography,
            service_id: None,
            geography_id: Some(GeographyId(parties::geography().id.0)),
            ..another()
        };
        assert_refused(database, misnamed, "ck_observation_subject_named").await;
    })
    .await;
}

#[tokio::test]
async fn a_figure_is_absent_just_when_its_marker_says_why() {
    on_each_filled_database(async |database| {
        let silent = observation::Model {
            value: None,
            marker: None,
            ..another()
        };
        assert_refused(database, silent, "ck_observation_value_unless_marked").await;
        let told = observation::Model {
            marker: Some(ObservationMarker::Confidential),
            ..another()
        };
        assert_refused(database, told, "ck_observation_value_unless_marked").await;
        let negative = observation::Model {
            base: Some("-1".parse().unwrap()),
            ..another()
        };
        assert_refused(database, negative, "ck_observation_counts_not_negative").await;
        let invented = observation::Model {
            quality: ObservationQuality::Reported,
            finalised_at: None,
            finalised_by: None,
            ..another()
        };
        assert_refused(database, invented, "ck_observation_reported_without_counts").await;
    })
    .await;
}

#[tokio::test]
async fn a_figure_is_corrected_by_a_revision_and_final_by_a_second_person() {
    on_each_filled_database(async |database| {
        let over = observation::Model {
            revision: 2,
            ..another()
        };
        assert_taken(database, over).await;
        let unreasoned = observation::Model {
            correction_reason: None,
            ..another()
        };
        assert_refused(database, unreasoned, "ck_observation_corrected_for_a_reason").await;
        let by_its_recorder = observation::Model {
            created_by: Some(UserId(id(8))),
            ..another()
        };
        assert_refused(
            database,
            by_its_recorder,
            "ck_observation_final_by_a_second_person",
        )
        .await;
        let by_nobody = observation::Model {
            finalised_at: None,
            finalised_by: None,
            ..another()
        };
        assert_refused(
            database,
            by_nobody.clone(),
            "ck_observation_final_by_a_second_person",
        )
        .await;
        let provisional = observation::Model {
            quality: ObservationQuality::Provisional,
            finalised_at: Some(instant()),
            ..another()
        };
        assert_refused(database, provisional, "ck_observation_final_by_a_second_person").await;
    })
    .await;
}

#[tokio::test]
async fn the_first_wording_is_comparable_with_none() {
    on_each_filled_database(async |database| {
        let first = indicator_version::Model {
            id: IndicatorVersionId(id(911)),
            number: 1,
            ..outcomes::indicator_version()
        };
        assert_refused(database, first, "ck_indicator_version_first_breaks").await;
    })
    .await;
}
