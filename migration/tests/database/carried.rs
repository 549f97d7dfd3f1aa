//! What stood in tables that were made anew, or got new columns, is there afterwards.

use entity::gatherings::event_attendance;
use entity::id::{
    AdoptionId, ConflictDeclarationId, EventAttendanceId, PaperId, PersonId, ServiceId, UserId,
};
use entity::meetings::paper;
use entity::panels::conflict_declaration;
use entity::panels::kinds::ConflictContext;
use entity::parties::kinds::{InformationFormat, ServiceDelivery};
use entity::parties::{person, service};
use entity::resources::kinds::AdoptionStatus;
use entity::resources::{adoption, adoption_evidence};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait};

use crate::rows::{gatherings, id, instant, meetings, panels, parties, resources, visits};
use crate::rules::{assert_refused, insert, on_each_filled_database};
use crate::support::texts;

/// How many changes were made since this one.
fn since(name: &str) -> u32 {
    let all = Migrator::migrations();
    let place = all.iter().position(|change| change.name().contains(name));
    u32::try_from(all.len() - place.unwrap()).unwrap()
}

fn document(number: u128, original: Option<u128>) -> paper::Model {
    paper::Model {
        id: PaperId(id(number)),
        original_id: original.map(|number| PaperId(id(number))),
        format: InformationFormat::EasyRead,
        media_type: Some("text/plain".to_owned()),
        body: Some(format!("body {number}")),
        resource_version_id: None,
        ..meetings::paper()
    }
}

/// Backwards, papers that are versions go with their other formats, and documents stay; forwards again, all of these are there.
#[tokio::test]
async fn papers_keep_their_documents() {
    on_each_filled_database(async |database| {
        for row in [
            document(910, None),
            document(911, Some(910)),
            document(912, Some(35)),
        ] {
            insert(database, row).await.unwrap();
        }
        Migrator::down(database, Some(since("000076_pin"))).await.unwrap();
        let there = texts(database, "SELECT body FROM paper ORDER BY body").await;
        assert_eq!(there, ["body 910", "body 911"]);
        Migrator::up(database, None).await.unwrap();
        let mut found = paper::Entity::find().all(database).await.unwrap();
        found.sort_by_key(|row| row.id.0);
        assert_eq!(found, [document(910, None), document(911, Some(910))]);
    })
    .await;
}

/// Backwards, what was declared about visits goes, and everything else stays; forwards again, it is there.
#[tokio::test]
async fn declarations_are_taken_over() {
    on_each_filled_database(async |database| {
        let about_a_visit = conflict_declaration::Model {
            id: ConflictDeclarationId(id(940)),
            context: ConflictContext::MonitoringVisit,
            panel_id: None,
            application_id: None,
            monitoring_visit_id: Some(visits::monitoring_visit().id),
            ..panels::conflict_declaration()
        };
        insert(database, about_a_visit).await.unwrap();
        Migrator::down(database, Some(since("000098_declare")))
            .await
            .unwrap();
        let there = texts(database, "SELECT context FROM conflict_declaration").await;
        assert_eq!(there, ["PANEL"]);
        Migrator::up(database, None).await.unwrap();
        let found = conflict_declaration::Entity::find().all(database).await.unwrap();
        assert_eq!(found, [panels::conflict_declaration()]);
    })
    .await;
}

/// No service may say that it is paid for in a way that nobody knows.
async fn assert_unknown(database: &DatabaseConnection, delivery: &str) {
    let change = format!("UPDATE service SET delivery = '{delivery}'");
    let error = database.execute_unprepared(&change).await.unwrap_err();
    let error = error.to_string();
    assert!(error.contains("ck_service_delivery_known"), "{error}");
}

/// Backwards, a service of which nobody said how it is paid for becomes the nearest there was; what refers to services stays, either way.
#[tokio::test]
async fn services_stay_when_nobody_said_how_they_are_paid_for() {
    on_each_filled_database(async |database| {
        let unsaid = |number: u128, delivery| service::Model {
            id: ServiceId(id(number)),
            delivery,
            ..parties::service()
        };
        insert(database, unsaid(917, ServiceDelivery::NotStated))
            .await
            .unwrap();
        let deliveries = "SELECT delivery FROM service ORDER BY id";
        Migrator::down(database, Some(since("000102_leave")))
            .await
            .unwrap();
        assert_eq!(
            texts(database, deliveries).await,
            ["COMMISSIONED", "COMMISSIONED"]
        );
        assert_unknown(database, "NOT_STATED").await;
        Migrator::up(database, None).await.unwrap();
        let found = service::Entity::find().all(database).await.unwrap();
        assert!(
            found.contains(&parties::service()) && found.len() == 2,
            "{found:?}"
        );
        insert(database, unsaid(918, ServiceDelivery::NotStated))
            .await
            .unwrap();
        assert_unknown(database, "BY_MAGIC").await;
        if database.get_database_backend() == DbBackend::Sqlite {
            assert_eq!(texts(database, "PRAGMA integrity_check").await, ["ok"]);
            assert!(texts(database, "PRAGMA foreign_key_check").await.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_paper_is_one_thing() {
    on_each_filled_database(async |database| {
        let both = paper::Model {
            resource_version_id: meetings::paper().resource_version_id,
            media_type: None,
            ..document(913, None)
        };
        assert_refused(database, both, "ck_paper_a_link_a_text_or_a_version").await;
        let nothing = paper::Model {
            body: None,
            ..document(913, None)
        };
        assert_refused(database, nothing, "ck_paper_a_link_a_text_or_a_version").await;
        let untyped = paper::Model {
            media_type: None,
            ..document(913, None)
        };
        assert_refused(database, untyped, "ck_paper_documents_have_a_media_type").await;
        let in_a_format = paper::Model {
            id: PaperId(id(913)),
            format: InformationFormat::EasyRead,
            ..meetings::paper()
        };
        assert_refused(database, in_a_format, "ck_paper_a_version_brings_its_own_formats").await;
    })
    .await;
}

/// The evidence that adoptions hold is the first that is kept of each.
#[tokio::test]
async fn evidence_that_was_shown_before_is_kept() {
    on_each_filled_database(async |database| {
        let without = adoption::Model {
            id: AdoptionId(id(914)),
            status: AdoptionStatus::Adopted,
            evidence: None,
            evidenced_at: None,
            withdrawn_at: None,
            withdrawn_reason: None,
            ..resources::adoption()
        };
        insert(database, without).await.unwrap();
        Migrator::down(database, Some(since("000077_create")))
            .await
            .unwrap();
        Migrator::up(database, None).await.unwrap();
        let kept = adoption_evidence::Entity::find().all(database).await.unwrap();
        assert_eq!(kept.len(), 1);
        assert_eq!(
            (kept[0].adoption_id, kept[0].text.as_str()),
            (AdoptionId(id(75)), "evidence")
        );
        assert_eq!((kept[0].shown_at, kept[0].by_user_id), (instant(), None));
    })
    .await;
}

/// Who asked for a place is who made the row; whoever asked for their own has confirmed it.
#[tokio::test]
async fn places_say_who_asked_for_them() {
    on_each_filled_database(async |database| {
        let another = |number: u128| PersonId(id(number));
        let user: UserId = parties::user_account().id;
        for number in [915, 916] {
            let row = person::Model {
                id: another(number),
                ..parties::person()
            };
            insert(database, row).await.unwrap();
            let place = event_attendance::Model {
                id: EventAttendanceId(id(number)),
                person_id: another(number),
                created_by: (number == 915).then_some(user),
                ..gatherings::event_attendance()
            };
            insert(database, place).await.unwrap();
        }
        let by = "UPDATE event_attendance SET created_by = (SELECT id FROM user_account) WHERE person_id = (SELECT person_id FROM user_account)";
        database.execute_unprepared(by).await.unwrap();
        Migrator::down(database, Some(since("000079_confirm")))
            .await
            .unwrap();
        Migrator::up(database, None).await.unwrap();
        let owner = parties::user_account().person_id;
        let mut found = event_attendance::Entity::find().all(database).await.unwrap();
        found.sort_by_key(|row| row.id.0);
        let told: Vec<_> = found
            .iter()
            .map(|row| (row.person_id, row.registered_by_person_id, row.confirmed_at))
            .collect();
        assert_eq!(
            told,
            [
                (owner, Some(owner), Some(instant())),
                (another(915), Some(owner), None),
                (another(916), None, None),
            ]
        );
    })
    .await;
}

/// The version of the filled database is withdrawn: that is past, whenever the index learned it.
#[tokio::test]
async fn what_is_past_is_known_beside_the_words() {
    on_each_filled_database(async |database| {
        let keys = match database.get_database_backend() {
            DbBackend::Sqlite => "resource_version_words_key",
            _ => "resource_version_words",
        };
        let past = format!(
            "SELECT v.status FROM resource_version v JOIN {keys} k ON k.version_id = v.id WHERE k.past ORDER BY v.status"
        );
        assert_eq!(texts(database, &past).await, ["WITHDRAWN"]);
        Migrator::down(database, Some(since("000091_add_past")))
            .await
            .unwrap();
        Migrator::up(database, None).await.unwrap();
        assert_eq!(texts(database, &past).await, ["WITHDRAWN"]);
        let again = "UPDATE resource_version SET status = 'PUBLISHED', withdrawn_at = NULL, withdrawn_reason = NULL";
        database.execute_unprepared(again).await.unwrap();
        assert!(texts(database, &past).await.is_empty());
        let superseded = "UPDATE resource_version SET status = 'SUPERSEDED'";
        database.execute_unprepared(superseded).await.unwrap();
        assert_eq!(texts(database, &past).await, ["SUPERSEDED"]);
    })
    .await;
}

/// On SQLite heads have an index of their own: each text that has a number is in it, whenever the index learned it, until it has none.
#[tokio::test]
async fn heads_have_the_numbers_of_their_texts() {
    on_each_filled_database(async |database| {
        if database.get_database_backend() != DbBackend::Sqlite {
            return;
        }
        let count =
            async |what: &str| texts(database, &format!("SELECT CAST(count(*) AS TEXT) FROM {what}")).await;
        let heads = "resource_version_words_head";
        let numbered = count("resource_version_words_key").await;
        assert_ne!(numbered, ["0"]);
        assert_eq!(count(heads).await, numbered);
        Migrator::down(database, Some(since("000100_index_heads")))
            .await
            .unwrap();
        Migrator::up(database, None).await.unwrap();
        assert_eq!(count(heads).await, numbered);
        let fitting = format!("{heads} WHERE {heads} MATCH 'title : zebras'");
        assert_eq!(count(&fitting).await, ["0"]);
        let renamed = "UPDATE resource_version SET title = 'A zebra'";
        database.execute_unprepared(renamed).await.unwrap();
        assert_eq!(count(&fitting).await, numbered);
        let unnumbered = "DELETE FROM resource_version_words_key";
        database.execute_unprepared(unnumbered).await.unwrap();
        assert_eq!(count(heads).await, ["0"]);
    })
    .await;
}
