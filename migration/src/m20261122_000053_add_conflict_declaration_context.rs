//! Interests are declared to boards and about agenda items, too. SQLite cannot make a filled column optional, so the table is made
//! anew and its rows are taken over.

use sea_orm_migration::prelude::*;

use crate::m20261122_000047_create_conflict_declaration as before;
use crate::table::{Table, drop_table};

/// Creates `conflict_declaration` with its context, and takes that back.
#[derive(DeriveMigrationName)]
pub struct Migration;

pub(crate) const NAME: &str = "conflict_declaration";
pub(crate) const OLD: &str = "conflict_declaration_before";

/// What one declaration is about, in the columns that its context asks for.
const CONTEXT: &str = "(context = 'PANEL' AND panel_id IS NOT NULL AND board_id IS NULL AND agenda_item_id IS NULL) \
    OR (context = 'BOARD' AND panel_id IS NULL AND board_id IS NOT NULL AND agenda_item_id IS NULL \
        AND application_id IS NULL) \
    OR (context = 'AGENDA_ITEM' AND panel_id IS NULL AND board_id IS NOT NULL AND agenda_item_id IS NOT NULL \
        AND application_id IS NULL)";

/// The columns that both have.
pub(crate) const COMMON: &str = "id, panel_id, person_id, application_id, nature, level, detail, assessment, \
    assessed_by_person_id, assessed_at, mitigation, version, created_at, updated_at, created_by";

/// The indexes that both have, whose names the new table takes over.
pub(crate) const INDEXES: &[&str] = &[
    "ix_conflict_declaration_panel_id_id",
    "ix_conflict_declaration_person_id_application_id",
    "ix_conflict_declaration_application_id_id",
    "ix_conflict_declaration_assessed_by_person_id_id",
    "ix_conflict_declaration_created_at_id",
];

/// The indexes that only the new one has.
pub(crate) const NEW_INDEXES: &[&str] = &[
    "ix_conflict_declaration_board_id_id",
    "ix_conflict_declaration_agenda_item_id_person_id",
];

/// Renames the table to [`OLD`], so that another takes its name and those of its indexes.
pub(crate) async fn put_aside(manager: &SchemaManager<'_>, indexes: &[&'static str]) -> Result<(), DbErr> {
    for index in indexes {
        let mut drop = Index::drop();
        drop.name(*index).table(NAME);
        manager.drop_index(drop).await?;
    }
    let rename = sea_query::Table::rename().table(NAME, OLD).take();
    manager.rename_table(rename).await
}

/// The table with its context.
pub(crate) async fn create(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    Table::identified(NAME)
        .one_of("context", &["PANEL", "BOARD", "AGENDA_ITEM"])
        .optional_reference("panel_id", "interview_panel")
        .optional_reference("board_id", "board")
        .optional_reference("agenda_item_id", "agenda_item")
        .reference("person_id", "person")
        .optional_reference("application_id", "application")
        .one_of(
            "nature",
            &[
                "NONE",
                "EMPLOYMENT",
                "FINANCIAL",
                "RECEIVES_SERVICE",
                "FAMILY",
                "PERSONAL",
                "OTHER",
            ],
        )
        .optional_one_of("level", &["ACTUAL", "POTENTIAL", "PERCEIVED"])
        .optional_text("detail")
        .optional_one_of("assessment", &["PENDING", "CLEAR", "MITIGATE", "RECUSE"])
        .optional_reference("assessed_by_person_id", "person")
        .optional("assessed_at", ColumnDef::timestamp_with_time_zone)
        .optional_text("mitigation")
        .check("context_named", CONTEXT)
        .check(
            "none_is_bare",
            "(nature = 'NONE') = (assessment IS NULL) \
             AND (nature <> 'NONE' OR (level IS NULL AND application_id IS NULL))",
        )
        .check("no_self_assessment", "assessed_by_person_id <> person_id")
        .check(
            "recusal_names_its_matter",
            "assessment <> 'RECUSE' OR application_id IS NOT NULL OR agenda_item_id IS NOT NULL",
        )
        .versioned()
        .index(&["panel_id", "id"])
        .index(&["board_id", "id"])
        .index(&["agenda_item_id", "person_id"])
        .index(&["person_id", "application_id"])
        .index(&["application_id", "id"])
        .index(&["assessed_by_person_id", "id"])
        .create(manager)
        .await
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, INDEXES).await?;
        create(manager).await?;
        let copy = format!("INSERT INTO {NAME} (context, {COMMON}) SELECT 'PANEL', {COMMON} FROM {OLD}");
        manager.get_connection().execute_unprepared(&copy).await?;
        drop_table(manager, OLD).await
    }

    /// What was declared elsewhere than to a panel has no place in the table as it was.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, &[INDEXES, NEW_INDEXES].concat()).await?;
        before::Migration.up(manager).await?;
        let copy =
            format!("INSERT INTO {NAME} ({COMMON}) SELECT {COMMON} FROM {OLD} WHERE context = 'PANEL'");
        manager.get_connection().execute_unprepared(&copy).await?;
        drop_table(manager, OLD).await
    }
}
