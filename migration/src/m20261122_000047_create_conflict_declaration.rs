//! What panellists declare about their ties to candidates. Nobody assesses their own; who is recused is so from one candidate.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `conflict_declaration`.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("conflict_declaration")
            .reference("panel_id", "interview_panel")
            .reference("person_id", "person")
            .optional_reference("application_id", "application")
            .one_of("nature", &["NONE", "EMPLOYMENT", "FINANCIAL", "RECEIVES_SERVICE", "FAMILY", "PERSONAL", "OTHER"])
            .optional_one_of("level", &["ACTUAL", "POTENTIAL", "PERCEIVED"])
            .optional_text("detail")
            .optional_one_of("assessment", &["PENDING", "CLEAR", "MITIGATE", "RECUSE"])
            .optional_reference("assessed_by_person_id", "person")
            .optional("assessed_at", ColumnDef::timestamp_with_time_zone)
            .optional_text("mitigation")
            .check("none_is_bare", "(nature = 'NONE') = (assessment IS NULL) AND (nature <> 'NONE' OR (level IS NULL AND application_id IS NULL))")
            .check("no_self_assessment", "assessed_by_person_id <> person_id")
            .check("recusal_names_a_candidate", "assessment <> 'RECUSE' OR application_id IS NOT NULL")
            .versioned()
            .index(&["panel_id", "id"])
            .index(&["person_id", "application_id"])
            .index(&["application_id", "id"])
            .index(&["assessed_by_person_id", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "conflict_declaration").await
    }
}
