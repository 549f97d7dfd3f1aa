//! The rules that the database keeps about releases.

use entity::id::{PublishedFigureId, ReleaseId};
use entity::outcomes::kinds::SubjectType;
use entity::releases::kinds::{FigureChange, PublishedAs, ReleaseStatus};
use entity::releases::{published_figure, release};

use crate::rows::{id, releases};
use crate::rules::{assert_refused, assert_taken, insert, on_each_filled_database};

fn next() -> release::Model {
    release::Model {
        id: ReleaseId(id(920)),
        number: Some(2),
        ..releases::release()
    }
}

#[tokio::test]
async fn a_release_is_numbered_once_and_when_it_is_published() {
    on_each_filled_database(async |database| {
        let again = release::Model {
            number: Some(1),
            ..next()
        };
        assert_taken(database, again).await;
        let unnumbered = release::Model {
            number: None,
            ..next()
        };
        assert_refused(database, unnumbered, "ck_release_published_once_published").await;
        let early = release::Model {
            status: ReleaseStatus::Draft,
            ..next()
        };
        assert_refused(database, early, "ck_release_published_once_published").await;
        let cut = release::Model {
            sha256: "0123".to_owned(),
            ..next()
        };
        assert_refused(database, cut, "ck_release_hash_whole").await;
        insert(database, next()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_number_that_is_withheld_is_not_stored() {
    on_each_filled_database(async |database| {
        let another = || published_figure::Model {
            id: PublishedFigureId(id(921)),
            period_end: "2030-03-31".parse().unwrap(),
            ..releases::published_figure()
        };
        let known = published_figure::Model {
            numerator_as: PublishedAs::Suppressed,
            ..another()
        };
        assert_refused(database, known, "ck_published_figure_numerator_shown").await;
        let missing = published_figure::Model {
            value: None,
            ..another()
        };
        assert_refused(database, missing, "ck_published_figure_value_shown").await;
        let gone = published_figure::Model {
            change: FigureChange::Removed,
            ..another()
        };
        assert_refused(database, gone, "ck_published_figure_made_of_a_figure").await;
        let other = published_figure::Model {
            subject_type: SubjectType::Geography,
            ..another()
        };
        assert_refused(database, other, "ck_published_figure_one_subject").await;
        assert_taken(
            database,
            published_figure::Model {
                period_end: releases::published_figure().period_end,
                ..another()
            },
        )
        .await;
        insert(database, another()).await.unwrap();
    })
    .await;
}
