//! A number that grows whenever something changes that decides what an account may reach, in the same transaction. Nodes
//! remember what they loaded about an account, and ask at each request only whether the number is still the same.
//!
//! Triggers count, not the program: whoever changes a grant, by whatever way, is noticed at the next request.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{Table, drop_table};

/// Creates and drops `access_version` and the triggers that count.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// The tables behind what an account may reach, with those of their columns that matter.
const WATCHED: [(&str, &[&str]); 9] = [
    (
        "user_account",
        &["id", "issuer", "subject", "status", "person_id"],
    ),
    (
        "service_account",
        &[
            "id",
            "client_id",
            "organisation_id",
            "scopes",
            "expires_at",
            "revoked_at",
        ],
    ),
    (
        "role_grant",
        &[
            "user_id",
            "service_account_id",
            "role",
            "scope_type",
            "organisation_id",
            "partnership_id",
            "board_id",
            "valid_from",
            "valid_to",
        ],
    ),
    ("organisation", &["id", "status"]),
    ("partnership", &["id", "status"]),
    (
        "partnership_member",
        &["partnership_id", "organisation_id", "status"],
    ),
    (
        "data_sharing_agreement",
        &[
            "id",
            "partnership_id",
            "categories",
            "status",
            "starts_on",
            "expires_on",
        ],
    ),
    (
        "agreement_party",
        &["agreement_id", "organisation_id", "signed_at"],
    ),
    ("board_membership", &["board_id", "person_id", "stage"]),
];

const INDEX: &str = "idx_board_membership_board_id_stage_person_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::new("access_version")
            .named("name")
            .required("version", ColumnDef::big_integer)
            .create(manager)
            .await?;
        let connection = manager.get_connection();
        connection
            .execute_unprepared("INSERT INTO access_version (name, version) VALUES ('accounts', 1)")
            .await?;
        for statement in counting(manager.get_database_backend()) {
            connection.execute_unprepared(&statement).await?;
        }
        let index = Index::create()
            .name(INDEX)
            .table("board_membership")
            .col("board_id")
            .col("stage")
            .col("person_id")
            .take();
        manager.create_index(index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = Index::drop().name(INDEX).table("board_membership").to_owned();
        manager.drop_index(index).await?;
        let connection = manager.get_connection();
        match manager.get_database_backend() {
            DbBackend::Sqlite => {
                for (table, _) in WATCHED {
                    for event in ["insert", "update", "delete"] {
                        let drop = format!("DROP TRIGGER {table}_{event}_changes_access");
                        connection.execute_unprepared(&drop).await?;
                    }
                }
            }
            _ => {
                let drop = "DROP FUNCTION access_changed() CASCADE";
                connection.execute_unprepared(drop).await?;
            }
        }
        drop_table(manager, "access_version").await
    }
}

/// The triggers. On PostgreSQL they wait for the commit: a transaction that holds the row of the number locks nothing else
/// after it, so that none can wait for another in a ring. And they count once in a transaction, however many rows it changed.
fn counting(backend: DbBackend) -> Vec<String> {
    const COUNT: &str = "UPDATE access_version SET version = version + 1 WHERE name = 'accounts'";
    let triggers = WATCHED.iter().flat_map(|(table, columns)| {
        let columns = columns.join(", ");
        match backend {
            DbBackend::Sqlite => ["INSERT", "UPDATE", "DELETE"]
                .map(|event| {
                    let name = event.to_lowercase();
                    let of = if event == "UPDATE" { format!(" OF {columns}") } else { String::new() };
                    format!(
                        "CREATE TRIGGER {table}_{name}_changes_access AFTER {event}{of} ON {table} BEGIN {COUNT}; END"
                    )
                })
                .to_vec(),
            _ => vec![
                format!(
                    "CREATE CONSTRAINT TRIGGER {table}_changes_access \
                     AFTER INSERT OR UPDATE OF {columns} OR DELETE ON {table} \
                     DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION access_changed()"
                ),
                format!(
                    "CREATE TRIGGER {table}_emptied_changes_access AFTER TRUNCATE ON {table} \
                     FOR EACH STATEMENT EXECUTE FUNCTION access_changed()"
                ),
            ],
        }
    });
    let function = format!(
        "CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF current_setting('roundtable.access_changed', true) IS DISTINCT FROM 'yes' THEN \
         {COUNT}; PERFORM set_config('roundtable.access_changed', 'yes', true); END IF; RETURN NULL; END $$"
    );
    let first = (backend != DbBackend::Sqlite).then_some(function);
    first.into_iter().chain(triggers).collect()
}
