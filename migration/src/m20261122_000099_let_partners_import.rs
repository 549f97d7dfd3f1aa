//! Partners import files that they uploaded: which file, what it calls things, who asked, how far it has got, and why it ended
//! early. The same bytes asked for in the same way are the same import, unless that one failed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Adds columns to `import_batch`, and takes them away.
#[derive(DeriveMigrationName)]
pub struct Migration;

const TABLE: &str = "import_batch";

/// SQLite adds a foreign key only together with its column, which no builder says.
const REFERENCES: [(&str, &str); 2] = [("media_id", "media"), ("service_account_id", "service_account")];

/// The rule before, the one that takes its place, and the index by which the same request is found.
const SAME_BYTES: &str = "uq_import_batch_organisation_id_kind_file_sha256";
const SAME_BYTES_PART: &str = "uq_import_batch_organisation_id_kind_file_sha256_part";
const SAME_REQUEST: &str = "ix_import_batch_same_request";

fn columns() -> Vec<ColumnDef> {
    let of = |name: &'static str| ColumnDef::new(name);
    vec![
        of("columns").json_binary().not_null().default("[]").take(),
        of("period_start").date().null().take(),
        of("period_end").date().null().take(),
        of("correction_reason").string().null().take(),
        of("request_sha256").string().null().take(),
        of("records_unchanged").big_integer().not_null().default(0).take(),
        of("file_bytes").big_integer().null().take(),
        of("bytes_read").big_integer().not_null().default(0).take(),
        of("attempts").integer().not_null().default(0).take(),
        of("failure").string().null().take(),
    ]
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let kind = match manager.get_database_backend() {
            DbBackend::Postgres => "uuid",
            _ => "uuid_text",
        };
        for (column, target) in REFERENCES {
            let add = format!(
                "ALTER TABLE {TABLE} ADD COLUMN {column} {kind} CONSTRAINT fk_{TABLE}_{column} REFERENCES {target} (id) \
                 ON DELETE RESTRICT ON UPDATE RESTRICT"
            );
            manager.get_connection().execute_unprepared(&add).await?;
            let mut index = Index::create();
            index.name(index_of(column)).table(TABLE).col(column).col("id");
            manager.create_index(index.take()).await?;
        }
        for mut column in columns() {
            let mut table = Table::alter();
            manager
                .alter_table(table.table(TABLE).add_column(&mut column).take())
                .await?;
        }
        drop_index(manager, SAME_BYTES).await?;
        let mut bytes = Index::create();
        bytes.name(SAME_BYTES_PART).table(TABLE).unique();
        bytes.col("organisation_id").col("kind").col("file_sha256");
        bytes.and_where(Expr::cust("request_sha256 IS NULL"));
        manager.create_index(bytes.take()).await?;
        let mut request = Index::create();
        request.name(SAME_REQUEST).table(TABLE);
        request
            .col("organisation_id")
            .col("file_sha256")
            .col("request_sha256")
            .col("id");
        manager.create_index(request.take()).await
    }

    /// What partners imported stays, but for how.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_index(manager, SAME_REQUEST).await?;
        drop_index(manager, SAME_BYTES_PART).await?;
        // Several imports of the same bytes cannot stand beside each other any more: each gets a hash of its own.
        let id = match manager.get_database_backend() {
            DbBackend::Postgres => "replace(id::text, '-', '')",
            _ => "lower(hex(id))",
        };
        let apart = format!(
            "UPDATE {TABLE} SET file_sha256 = substr({id} || file_sha256, 1, 64) WHERE request_sha256 IS NOT NULL"
        );
        manager.get_connection().execute_unprepared(&apart).await?;
        for column in columns().iter().rev() {
            drop_column(manager, column.get_column_name()).await?;
        }
        for (column, _) in REFERENCES {
            drop_index(manager, &index_of(column)).await?;
            drop_column(manager, column.to_owned()).await?;
        }
        let mut bytes = Index::create();
        bytes.name(SAME_BYTES).table(TABLE).unique();
        bytes.col("organisation_id").col("kind").col("file_sha256");
        manager.create_index(bytes.take()).await
    }
}

fn index_of(column: &str) -> String {
    format!("ix_{TABLE}_{column}_id")
}

async fn drop_index(manager: &SchemaManager<'_>, name: &str) -> Result<(), DbErr> {
    let mut index = Index::drop();
    index.name(name).table(TABLE);
    manager.drop_index(index).await
}

async fn drop_column(manager: &SchemaManager<'_>, name: String) -> Result<(), DbErr> {
    let mut table = Table::alter();
    manager
        .alter_table(table.table(TABLE).drop_column(name).take())
        .await
}
