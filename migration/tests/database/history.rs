//! The history of the database runs forwards, backwards to nothing, and forwards again.

use migration::{Migrator, MigratorTrait};

use crate::support;

#[tokio::test]
async fn migrations_go_up_down_and_up_again() {
    support::on_each_database(async |database| {
        Migrator::up(database, None).await.unwrap();
        let first = support::tables(database).await;
        assert!(first.contains(&"board_membership".to_owned()));

        Migrator::down(database, None).await.unwrap();
        assert_eq!(
            support::tables(database).await,
            Vec::<String>::new(),
            "down leaves nothing behind"
        );

        Migrator::up(database, None).await.unwrap();
        assert_eq!(support::tables(database).await, first);
    })
    .await;
}

#[test]
fn every_migration_is_named_for_its_place() {
    let names: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    for (index, name) in names.iter().enumerate() {
        let number = format!("_{:06}_", index + 1);
        assert!(
            name.contains(&number),
            "{name} is number {} of the list",
            index + 1
        );
    }
}
