//! The rules that the database keeps about monitoring visits.

use entity::id::{ConflictDeclarationId, MonitoringVisitId, PeerReviewerId, VisitRatingId};
use entity::panels::conflict_declaration;
use entity::panels::kinds::{ConflictAssessment, ConflictContext};
use entity::private::Private;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};
use sea_orm::prelude::DateTimeUtc;

use crate::rows::{id, panels, visits};
use crate::rules::{assert_refused, assert_taken, insert, on_each_filled_database};

fn next() -> monitoring_visit::Model {
    monitoring_visit::Model {
        id: MonitoringVisitId(id(930)),
        ..visits::monitoring_visit()
    }
}

#[tokio::test]
async fn a_visit_is_published_whole_and_after_the_comment_or_the_time_for_it() {
    on_each_filled_database(async |database| {
        let early = monitoring_visit::Model {
            status: VisitStatus::ProviderComment,
            ..next()
        };
        assert_refused(database, early, "ck_monitoring_visit_published_once_published").await;
        let unsent = monitoring_visit::Model {
            status: VisitStatus::Draft,
            published_at: None,
            ..next()
        };
        assert_refused(database, unsent, "ck_monitoring_visit_sent_whole").await;
        let silent = monitoring_visit::Model {
            text_for_public: None,
            ..next()
        };
        assert_refused(database, silent, "ck_monitoring_visit_sent_whole").await;
        let unheard = monitoring_visit::Model {
            provider_comment: None,
            provider_commented_at: None,
            comment_due_at: DateTimeUtc::from_timestamp(1_800_000_000, 0),
            ..next()
        };
        assert_refused(database, unheard, "ck_monitoring_visit_published_after_comment").await;
        let undated = monitoring_visit::Model {
            provider_commented_at: None,
            ..next()
        };
        assert_refused(database, undated, "ck_monitoring_visit_commented_once_sent").await;
        let called_off = monitoring_visit::Model {
            status: VisitStatus::Cancelled,
            published_at: None,
            ..next()
        };
        assert_refused(database, called_off, "ck_monitoring_visit_cancelled_with_reason").await;
        insert(database, next()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn one_reviewer_leads_and_each_outcome_is_rated_once_with_evidence() {
    on_each_filled_database(async |database| {
        let again = peer_reviewer::Model {
            id: PeerReviewerId(id(931)),
            lead: false,
            ..visits::peer_reviewer()
        };
        assert_taken(database, again).await;
        insert(database, next()).await.unwrap();
        let of_another = |number| peer_reviewer::Model {
            id: PeerReviewerId(id(number)),
            visit_id: next().id,
            ..visits::peer_reviewer()
        };
        insert(database, of_another(931)).await.unwrap();
        let mut person = crate::rows::parties::person();
        person.id = entity::id::PersonId(id(934));
        insert(database, person.clone()).await.unwrap();
        let second = peer_reviewer::Model {
            person_id: person.id,
            ..of_another(932)
        };
        assert_taken(database, second.clone()).await;
        insert(
            database,
            peer_reviewer::Model {
                lead: false,
                ..second
            },
        )
        .await
        .unwrap();
        let rating = || visit_rating::Model {
            id: VisitRatingId(id(933)),
            ..visits::visit_rating()
        };
        assert_taken(database, rating()).await;
        let bare = visit_rating::Model {
            visit_id: next().id,
            evidence: Private::new("  ".to_owned()),
            ..rating()
        };
        assert_refused(database, bare, "ck_visit_rating_evidence_not_blank").await;
    })
    .await;
}

#[tokio::test]
async fn interests_are_declared_about_a_visit_and_who_has_them_is_recused_from_it() {
    on_each_filled_database(async |database| {
        let about = || conflict_declaration::Model {
            id: ConflictDeclarationId(id(935)),
            context: ConflictContext::MonitoringVisit,
            panel_id: None,
            application_id: None,
            monitoring_visit_id: Some(visits::monitoring_visit().id),
            assessment: Some(ConflictAssessment::Recuse),
            ..panels::conflict_declaration()
        };
        let nowhere = conflict_declaration::Model {
            monitoring_visit_id: None,
            assessment: Some(ConflictAssessment::Pending),
            ..about()
        };
        assert_refused(database, nowhere, "ck_conflict_declaration_context_named").await;
        let both = conflict_declaration::Model {
            panel_id: panels::conflict_declaration().panel_id,
            ..about()
        };
        assert_refused(database, both, "ck_conflict_declaration_context_named").await;
        insert(database, about()).await.unwrap();
    })
    .await;
}
