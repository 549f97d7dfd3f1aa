//! Databases for the tests: SQLite in memory always, PostgreSQL when `ROUNDTABLE_TEST_POSTGRES_URL` names a server.

use migration::{Migrator, MigratorTrait};
use sea_orm::sqlx::types::Uuid;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

/// An empty SQLite database in memory. One connection, because each would have a database of its own.
pub async fn sqlite() -> DatabaseConnection {
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

/// Runs `test` on an empty SQLite database and, where one is named, on an empty PostgreSQL database of its own.
pub async fn on_each_database(test: impl AsyncFn(&DatabaseConnection)) {
    test(&sqlite().await).await;
    let Ok(url) = std::env::var("ROUNDTABLE_TEST_POSTGRES_URL") else {
        eprintln!("skipped on PostgreSQL: ROUNDTABLE_TEST_POSTGRES_URL is not set");
        return;
    };
    let server = Database::connect(&url).await.unwrap();
    let name = format!("roundtable_migration_{}", Uuid::now_v7().simple());
    server
        .execute_unprepared(&format!("CREATE DATABASE {name}"))
        .await
        .unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    let database = Database::connect(format!("{base}/{name}")).await.unwrap();
    test(&database).await;
    database.close().await.unwrap();
    server
        .execute_unprepared(&format!("DROP DATABASE {name}"))
        .await
        .unwrap();
}

/// The same with every migration applied.
pub async fn on_each_migrated_database(test: impl AsyncFn(&DatabaseConnection)) {
    on_each_database(async |database| {
        Migrator::up(database, None).await.unwrap();
        test(database).await;
    })
    .await;
}

/// The texts in the first column of what `sql` answers.
pub async fn texts(database: &DatabaseConnection, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter()
        .map(|row| row.try_get_by_index::<String>(0).unwrap())
        .collect()
}

/// The names of the tables there are, besides those of the migrator and the database itself, and the indexes of words.
pub async fn tables(database: &DatabaseConnection) -> Vec<String> {
    let sql = match database.get_database_backend() {
        DbBackend::Sqlite => {
            "SELECT name FROM sqlite_master WHERE type = 'table' \
             AND name NOT LIKE 'sqlite%' AND name <> 'seaql_migrations' AND name NOT GLOB '*_words*' ORDER BY name"
        }
        _ => {
            "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' \
             AND tablename <> 'seaql_migrations' AND right(tablename::text, 6) <> '_words' ORDER BY tablename"
        }
    };
    texts(database, sql).await
}

/// Calls the macro `$each` with the module of every entity, so that a test speaks about all of them.
macro_rules! every_entity {
    ($each:ident) => {
        $each! {
            entity::parties::organisation, entity::parties::organisation_identifier, entity::parties::site,
            entity::parties::site_identifier, entity::parties::service, entity::parties::geography,
            entity::parties::person, entity::parties::user_account, entity::parties::service_account,
            entity::parties::service_account_secret, entity::parties::affiliation, entity::parties::access_need,
            entity::parties::consent, entity::parties::role_grant,
            entity::partnerships::partnership, entity::partnerships::partnership_member,
            entity::partnerships::data_sharing_agreement, entity::partnerships::agreement_party,
            entity::boards::initiative, entity::boards::constituency, entity::boards::board,
            entity::boards::board_seat, entity::boards::board_membership, entity::boards::board_membership_change,
            entity::meetings::meeting_series, entity::meetings::paper, entity::meetings::access_need_met,
            entity::meetings::meeting, entity::meetings::agenda_item, entity::meetings::attendance,
            entity::meetings::board_decision, entity::meetings::board_action,
            entity::meetings::calendar_feed,
            entity::media::media, entity::media::media_piece, entity::media::loose_object,
            entity::panels::training_course, entity::panels::training_record,
            entity::panels::vacancy, entity::panels::application, entity::panels::equality_tally,
            entity::panels::interview_panel, entity::panels::panellist, entity::panels::panel_question,
            entity::panels::conflict_declaration,
            entity::panels::score, entity::panels::moderated_score, entity::panels::panel_decision,
            entity::reciprocity::contribution,
            entity::resources::resource, entity::resources::resource_version, entity::resources::contributor,
            entity::resources::rendition, entity::resources::resource_review, entity::resources::adoption,
            entity::resources::adoption_evidence,
            entity::change::feedback, entity::change::feedback_account, entity::change::feedback_step,
            entity::change::feedback_story, entity::change::you_said_we_did, entity::change::you_said_we_did_source,
            entity::gatherings::event, entity::gatherings::event_host, entity::gatherings::event_attendance,
            entity::gatherings::event_outcome,
            entity::outcomes::outcome_framework, entity::outcomes::outcome, entity::outcomes::outcome_descriptor,
            entity::outcomes::indicator, entity::outcomes::indicator_version, entity::outcomes::disaggregation,
            entity::outcomes::import_batch, entity::outcomes::import_error, entity::outcomes::observation,
            entity::outcomes::indicator_target,
            entity::releases::suppression_policy, entity::releases::release, entity::releases::published_figure,
            entity::visits::monitoring_visit, entity::visits::peer_reviewer, entity::visits::visit_rating,
            entity::platform::audit_event, entity::platform::outbox_event, entity::platform::idempotency_record,
            entity::platform::setting,
            entity::platform::access_version
        }
    };
}
pub(crate) use every_entity;

/// A SQLite database in memory with every migration applied.
pub async fn sqlite_migrated() -> DatabaseConnection {
    let database = sqlite().await;
    Migrator::up(&database, None).await.unwrap();
    database
}
