//! Migrations on a SQLite file: from nothing, back, and by two nodes at once.

use sea_orm_migration::prelude::*;

use super::*;

/// Creates a table slowly enough for two nodes to meet.
struct First;
/// Creates a second table.
struct Second;

impl MigrationName for First {
    fn name(&self) -> &'static str {
        "first"
    }
}

impl MigrationName for Second {
    fn name(&self) -> &'static str {
        "second"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for First {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sleep(Duration::from_millis(300)).await;
        manager
            .get_connection()
            .execute_unprepared("CREATE TABLE one (id INTEGER)")
            .await
            .map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("DROP TABLE one")
            .await
            .map(|_| ())
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Second {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("CREATE TABLE two (id INTEGER)")
            .await
            .map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .get_connection()
            .execute_unprepared("DROP TABLE two")
            .await
            .map(|_| ())
    }
}

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(First), Box::new(Second)]
    }
}

fn settings(directory: &Path) -> Settings {
    let mut settings = Settings::default();
    settings.server.data_dir = directory.join("not yet there? 100%");
    settings
}

async fn applied(settings: &Settings) -> Vec<bool> {
    status::<Migrator>(settings)
        .await
        .unwrap()
        .iter()
        .map(|state| state.applied)
        .collect()
}

#[tokio::test]
async fn a_database_goes_up_and_down_and_up_again() {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());

    assert_eq!(applied(&settings).await, [false, false]);
    assert!(
        !settings.server.data_dir.exists(),
        "asking for the status creates nothing"
    );
    assert_eq!(
        down::<Migrator>(&settings, 1).await.unwrap(),
        Vec::<String>::new()
    );

    assert_eq!(up::<Migrator>(&settings).await.unwrap(), ["first", "second"]);
    assert!(settings.server.data_dir.join("roundtable.db").exists());
    assert_eq!(up::<Migrator>(&settings).await.unwrap(), Vec::<String>::new());
    assert_eq!(applied(&settings).await, [true, true]);

    assert_eq!(down::<Migrator>(&settings, 1).await.unwrap(), ["second"]);
    assert_eq!(applied(&settings).await, [true, false]);
    assert_eq!(up::<Migrator>(&settings).await.unwrap(), ["second"]);
}

#[tokio::test]
async fn nodes_that_start_together_migrate_once() {
    let directory = tempfile::tempdir().unwrap();
    let settings = settings(directory.path());
    let nodes = (0..4).map(|_| up::<Migrator>(&settings));
    let mut done: Vec<_> = futures_util::future::try_join_all(nodes).await.unwrap();
    done.sort();
    assert_eq!(done.concat(), ["first", "second"]);
}

#[tokio::test]
async fn a_node_gives_up_after_the_configured_wait() {
    let directory = tempfile::tempdir().unwrap();
    let mut settings = settings(directory.path());
    settings.database.migration_wait_seconds = 0;
    std::fs::create_dir_all(&settings.server.data_dir).unwrap();
    let other = File::create(lock_path(&settings.server.data_dir.join("roundtable.db"))).unwrap();
    other.lock().unwrap();

    let error = up::<Migrator>(&settings).await.unwrap_err();
    assert!(matches!(error, MigrateError::Busy { .. }), "{error}");
    drop(other);
    assert_eq!(up::<Migrator>(&settings).await.unwrap().len(), 2);
}
