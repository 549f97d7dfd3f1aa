//! What people get for taking part, and how long it took.

use sea_orm_migration::prelude::*;

use crate::table::{Table, drop_table};

/// Creates and drops `contribution`.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What can be offered, and what a person can get in the end.
const REWARDS: &[&str] = &["PAYMENT", "TIME_CREDIT", "VOUCHER", "NONE", "DONATED"];

/// That just one of these columns is filled.
const ONE_ACTIVITY: &str = "(CASE WHEN meeting_id IS NULL THEN 0 ELSE 1 END) \
    + (CASE WHEN interview_panel_id IS NULL THEN 0 ELSE 1 END) \
    + (CASE WHEN training_course_id IS NULL THEN 0 ELSE 1 END) \
    + (CASE WHEN activity IS NULL THEN 0 ELSE 1 END) = 1";

/// That an offer says how much, in the measure of its kind.
const MEASURED: &str = "(offered_reward IN ('PAYMENT', 'VOUCHER') \
        AND offered_pence IS NOT NULL AND offered_credit_minutes IS NULL) \
    OR (offered_reward = 'TIME_CREDIT' AND offered_pence IS NULL AND offered_credit_minutes IS NOT NULL) \
    OR (offered_reward = 'NONE' AND offered_pence IS NULL AND offered_credit_minutes IS NULL)";

/// That an answer is whole, and that there is none before the person has answered.
const ANSWERED: &str = "(status IN ('OFFERED', 'WITHDRAWN') AND reward IS NULL AND answered_at IS NULL \
        AND accepted_pence IS NULL AND accepted_credit_minutes IS NULL AND minutes IS NULL) \
    OR (status IN ('ACCEPTED', 'DECLINED', 'DONATED') AND reward IS NOT NULL AND answered_at IS NOT NULL \
        AND agreed_before IS NOT NULL)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        Table::identified("contribution")
            .reference("person_id", "person")
            .reference("organisation_id", "organisation")
            .optional_reference("meeting_id", "meeting")
            .optional_reference("interview_panel_id", "interview_panel")
            .optional_reference("training_course_id", "training_course")
            .optional_text("activity")
            .required("starts_at", ColumnDef::timestamp_with_time_zone)
            .required("expected_minutes", ColumnDef::integer)
            .one_of("offered_reward", REWARDS)
            .optional("offered_pence", ColumnDef::integer)
            .optional("offered_credit_minutes", ColumnDef::integer)
            .one_of(
                "status",
                &["OFFERED", "ACCEPTED", "DECLINED", "DONATED", "WITHDRAWN"],
            )
            .optional_one_of("reward", REWARDS)
            .optional("accepted_pence", ColumnDef::integer)
            .optional("accepted_credit_minutes", ColumnDef::integer)
            .optional("agreed_before", ColumnDef::boolean)
            .optional("answered_at", ColumnDef::timestamp_with_time_zone)
            .optional("minutes", ColumnDef::integer)
            .optional_one_of("minutes_recorded_by", &["PERSON", "ORGANISATION"])
            .optional("minutes_confirmed_at", ColumnDef::timestamp_with_time_zone)
            .versioned()
            .check("one_activity", ONE_ACTIVITY)
            .check("offer_measured", MEASURED)
            .check("answer_whole", ANSWERED)
            .check("offered_pence_positive", "offered_pence > 0")
            .check("offered_credit_minutes_positive", "offered_credit_minutes > 0")
            .check(
                "accepted_pence_no_more_than_offered",
                "accepted_pence IS NULL OR (accepted_pence > 0 AND accepted_pence <= offered_pence)",
            )
            .check(
                "accepted_credit_no_more_than_offered",
                "accepted_credit_minutes IS NULL \
                 OR (accepted_credit_minutes > 0 AND accepted_credit_minutes <= offered_credit_minutes)",
            )
            .check("expected_minutes_positive", "expected_minutes > 0")
            .check("minutes_not_negative", "minutes >= 0")
            .check(
                "minutes_recorded_by_somebody",
                "(minutes IS NULL) = (minutes_recorded_by IS NULL)",
            )
            .check(
                "minutes_confirmed_when_recorded",
                "minutes_confirmed_at IS NULL OR minutes IS NOT NULL",
            )
            .index(&["person_id", "starts_at", "id"])
            .index(&["organisation_id", "starts_at", "id"])
            .index(&["meeting_id", "id"])
            .index(&["interview_panel_id", "id"])
            .index(&["training_course_id", "id"])
            .index(&["starts_at", "id"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_table(manager, "contribution").await
    }
}
