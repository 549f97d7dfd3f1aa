//! Interests are declared about monitoring visits, too. SQLite cannot change the rules of a table, so it is made anew and its rows
//! are taken over.

use sea_orm_migration::prelude::*;

use crate::m20261122_000053_add_conflict_declaration_context as before;
use crate::m20261122_000053_add_conflict_declaration_context::{
    COMMON, INDEXES, NAME, NEW_INDEXES, OLD, put_aside,
};
use crate::table::{Table, drop_table};

/// Creates `conflict_declaration` with visits among its contexts, and takes that back.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What one declaration is about, in the columns that its context asks for.
const CONTEXT: &str = "(context = 'PANEL') = (panel_id IS NOT NULL) \
    AND (context IN ('BOARD', 'AGENDA_ITEM')) = (board_id IS NOT NULL) \
    AND (context = 'AGENDA_ITEM') = (agenda_item_id IS NOT NULL) \
    AND (context = 'MONITORING_VISIT') = (monitoring_visit_id IS NOT NULL) \
    AND (context = 'PANEL' OR application_id IS NULL)";

/// The index that only the new one has.
const OF_VISITS: &str = "ix_conflict_declaration_monitoring_visit_id_person_id";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, &[INDEXES, NEW_INDEXES].concat()).await?;
        Table::identified(NAME)
            .one_of("context", &["PANEL", "BOARD", "AGENDA_ITEM", "MONITORING_VISIT"])
            .optional_reference("panel_id", "interview_panel")
            .optional_reference("board_id", "board")
            .optional_reference("agenda_item_id", "agenda_item")
            .optional_reference("monitoring_visit_id", "monitoring_visit")
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
                "assessment <> 'RECUSE' OR application_id IS NOT NULL OR agenda_item_id IS NOT NULL \
                 OR monitoring_visit_id IS NOT NULL",
            )
            .versioned()
            .index(&["panel_id", "id"])
            .index(&["board_id", "id"])
            .index(&["agenda_item_id", "person_id"])
            .index(&["monitoring_visit_id", "person_id"])
            .index(&["person_id", "application_id"])
            .index(&["application_id", "id"])
            .index(&["assessed_by_person_id", "id"])
            .create(manager)
            .await?;
        let common = format!("context, board_id, agenda_item_id, {COMMON}");
        let copy = format!("INSERT INTO {NAME} ({common}) SELECT {common} FROM {OLD}");
        manager.get_connection().execute_unprepared(&copy).await?;
        drop_table(manager, OLD).await
    }

    /// What was declared about a visit has no place in the table as it was.
    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        put_aside(manager, &[INDEXES, NEW_INDEXES, &[OF_VISITS]].concat()).await?;
        before::create(manager).await?;
        let common = format!("context, board_id, agenda_item_id, {COMMON}");
        let copy = format!(
            "INSERT INTO {NAME} ({common}) SELECT {common} FROM {OLD} WHERE context <> 'MONITORING_VISIT'"
        );
        manager.get_connection().execute_unprepared(&copy).await?;
        drop_table(manager, OLD).await
    }
}
