//! The history of the database: one file per change, each of which runs on SQLite and on PostgreSQL 15, forwards and
//! backwards.
//!
//! # Adding a change
//!
//! 1. A new file `mYYYYMMDD_NNNNNN_<what>.rs` with one table, or one change to one; an applied file is never edited.
//! 2. Its line in the list below, at the end.
//! 3. The entity in the `entity` crate. The tests of this crate compare the two: columns, types, and the values of closed
//!    enumerations.
//!
//! Rules that the database can keep, it keeps: foreign keys, unique indexes over the rows they concern, and checks. They are
//! what stops two requests at the same time from breaking together what neither breaks alone.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub use sea_orm_migration::prelude::{DbErr, MigratorTrait};

use sea_orm_migration::prelude::*;

mod append_only;
mod identifier_format;
mod m20261121_000001_create_organisation;
mod m20261121_000002_create_geography;
mod m20261121_000003_create_person;
mod m20261121_000004_create_user_account;
mod m20261121_000005_create_partnership;
mod m20261121_000006_create_partnership_member;
mod m20261121_000007_create_initiative;
mod m20261121_000008_create_constituency;
mod m20261121_000009_create_board;
mod m20261121_000010_create_board_seat;
mod m20261121_000011_create_board_membership;
mod m20261121_000012_create_service_account;
mod m20261121_000013_create_role_grant;
mod m20261121_000014_create_organisation_identifier;
mod m20261121_000015_create_site;
mod m20261121_000016_create_site_identifier;
mod m20261121_000017_create_service;
mod m20261121_000018_create_service_account_secret;
mod m20261121_000019_create_affiliation;
mod m20261121_000020_create_access_need;
mod m20261121_000021_create_consent;
mod m20261121_000022_create_data_sharing_agreement;
mod m20261121_000023_create_agreement_party;
mod m20261121_000024_create_board_membership_change;
mod m20261121_000025_create_audit_event;
mod m20261121_000026_create_outbox_event;
mod m20261121_000027_create_idempotency_record;
mod m20261121_000028_create_setting;
mod m20261122_000029_add_audit_event_subject;
mod m20261122_000030_create_meeting_series;
mod m20261122_000031_create_meeting;
mod m20261122_000032_create_agenda_item;
mod m20261122_000033_create_attendance;
mod m20261122_000034_create_board_decision;
mod m20261122_000035_create_board_action;
mod m20261122_000036_create_paper;
mod m20261122_000037_create_access_need_met;
mod m20261122_000038_add_papers_due_days_to_board;
mod m20261122_000039_create_training_course;
mod m20261122_000040_create_training_record;
mod m20261122_000041_create_vacancy;
mod m20261122_000042_create_application;
mod m20261122_000043_create_equality_tally;
mod m20261122_000044_create_interview_panel;
mod m20261122_000045_create_panellist;
mod m20261122_000046_create_panel_question;
mod m20261122_000047_create_conflict_declaration;
mod m20261122_000048_create_score;
mod m20261122_000049_create_moderated_score;
mod m20261122_000050_create_panel_decision;
mod m20261122_000051_create_access_version;
mod m20261122_000052_create_contribution;
mod m20261122_000053_add_conflict_declaration_context;
mod m20261122_000054_add_contact_to_application;
mod m20261122_000055_create_calendar_feed;
mod m20261122_000056_widen_board_action_index;
mod m20261122_000057_create_media;
mod m20261122_000058_add_media_to_application;
mod m20261122_000059_create_media_piece;
mod m20261122_000060_create_loose_object;
mod m20261122_000061_create_resource;
mod m20261122_000062_create_resource_version;
mod m20261122_000063_create_contributor;
mod m20261122_000064_create_rendition;
mod m20261122_000065_create_resource_review;
mod m20261122_000066_create_adoption;
mod m20261122_000067_create_feedback;
mod m20261122_000068_create_feedback_step;
mod m20261122_000069_create_feedback_story;
mod m20261122_000070_create_you_said_we_did;
mod m20261122_000071_create_you_said_we_did_source;
mod m20261122_000072_create_event;
mod m20261122_000073_create_event_attendance;
mod m20261122_000074_create_event_outcome;
mod m20261122_000075_create_resource_version_words;
mod m20261122_000076_pin_resource_version_to_paper;
mod m20261122_000077_create_adoption_evidence;
mod m20261122_000078_keep_adoption_evidence;
mod m20261122_000079_confirm_event_attendance;
mod m20261122_000080_add_organisation_to_geography;
mod m20261122_000081_create_outcome_framework;
mod m20261122_000082_create_outcome;
mod m20261122_000083_create_outcome_descriptor;
mod m20261122_000084_create_indicator;
mod m20261122_000085_create_indicator_version;
mod m20261122_000086_create_disaggregation;
mod m20261122_000087_create_import_batch;
mod m20261122_000088_create_import_error;
mod m20261122_000089_create_observation;
mod m20261122_000090_create_indicator_target;
mod m20261122_000091_add_past_to_resource_version_words;
mod m20261122_000092_create_suppression_policy;
mod m20261122_000093_create_release;
mod m20261122_000094_create_published_figure;
mod m20261122_000095_create_monitoring_visit;
mod m20261122_000096_create_peer_reviewer;
mod m20261122_000097_create_visit_rating;
mod m20261122_000098_declare_conflicts_to_visits;
mod m20261122_000099_let_partners_import;
mod m20261123_000100_index_heads_of_resource_version_words;
mod m20261123_000101_leave_trail_in_one_statement;
mod m20261123_000102_leave_delivery_unsaid;
mod m20261123_000103_index_published_figure_by_subject;
mod m20261123_000104_count_access_by_the_clock;
mod m20261123_000105_leave_trails_of_several;
mod m20261124_000106_say_once_what_changed;
mod statements;
mod table;

/// Every change in the order in which it was made.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    #[expect(clippy::too_many_lines, reason = "one line for each change")]
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_create_organisation::Migration),
            Box::new(m20261121_000002_create_geography::Migration),
            Box::new(m20261121_000003_create_person::Migration),
            Box::new(m20261121_000004_create_user_account::Migration),
            Box::new(m20261121_000005_create_partnership::Migration),
            Box::new(m20261121_000006_create_partnership_member::Migration),
            Box::new(m20261121_000007_create_initiative::Migration),
            Box::new(m20261121_000008_create_constituency::Migration),
            Box::new(m20261121_000009_create_board::Migration),
            Box::new(m20261121_000010_create_board_seat::Migration),
            Box::new(m20261121_000011_create_board_membership::Migration),
            Box::new(m20261121_000012_create_service_account::Migration),
            Box::new(m20261121_000013_create_role_grant::Migration),
            Box::new(m20261121_000014_create_organisation_identifier::Migration),
            Box::new(m20261121_000015_create_site::Migration),
            Box::new(m20261121_000016_create_site_identifier::Migration),
            Box::new(m20261121_000017_create_service::Migration),
            Box::new(m20261121_000018_create_service_account_secret::Migration),
            Box::new(m20261121_000019_create_affiliation::Migration),
            Box::new(m20261121_000020_create_access_need::Migration),
            Box::new(m20261121_000021_create_consent::Migration),
            Box::new(m20261121_000022_create_data_sharing_agreement::Migration),
            Box::new(m20261121_000023_create_agreement_party::Migration),
            Box::new(m20261121_000024_create_board_membership_change::Migration),
            Box::new(m20261121_000025_create_audit_event::Migration),
            Box::new(m20261121_000026_create_outbox_event::Migration),
            Box::new(m20261121_000027_create_idempotency_record::Migration),
            Box::new(m20261121_000028_create_setting::Migration),
            Box::new(m20261122_000029_add_audit_event_subject::Migration),
            Box::new(m20261122_000030_create_meeting_series::Migration),
            Box::new(m20261122_000031_create_meeting::Migration),
            Box::new(m20261122_000032_create_agenda_item::Migration),
            Box::new(m20261122_000033_create_attendance::Migration),
            Box::new(m20261122_000034_create_board_decision::Migration),
            Box::new(m20261122_000035_create_board_action::Migration),
            Box::new(m20261122_000036_create_paper::Migration),
            Box::new(m20261122_000037_create_access_need_met::Migration),
            Box::new(m20261122_000038_add_papers_due_days_to_board::Migration),
            Box::new(m20261122_000039_create_training_course::Migration),
            Box::new(m20261122_000040_create_training_record::Migration),
            Box::new(m20261122_000041_create_vacancy::Migration),
            Box::new(m20261122_000042_create_application::Migration),
            Box::new(m20261122_000043_create_equality_tally::Migration),
            Box::new(m20261122_000044_create_interview_panel::Migration),
            Box::new(m20261122_000045_create_panellist::Migration),
            Box::new(m20261122_000046_create_panel_question::Migration),
            Box::new(m20261122_000047_create_conflict_declaration::Migration),
            Box::new(m20261122_000048_create_score::Migration),
            Box::new(m20261122_000049_create_moderated_score::Migration),
            Box::new(m20261122_000050_create_panel_decision::Migration),
            Box::new(m20261122_000051_create_access_version::Migration),
            Box::new(m20261122_000052_create_contribution::Migration),
            Box::new(m20261122_000053_add_conflict_declaration_context::Migration),
            Box::new(m20261122_000054_add_contact_to_application::Migration),
            Box::new(m20261122_000055_create_calendar_feed::Migration),
            Box::new(m20261122_000056_widen_board_action_index::Migration),
            Box::new(m20261122_000057_create_media::Migration),
            Box::new(m20261122_000058_add_media_to_application::Migration),
            Box::new(m20261122_000059_create_media_piece::Migration),
            Box::new(m20261122_000060_create_loose_object::Migration),
            Box::new(m20261122_000061_create_resource::Migration),
            Box::new(m20261122_000062_create_resource_version::Migration),
            Box::new(m20261122_000063_create_contributor::Migration),
            Box::new(m20261122_000064_create_rendition::Migration),
            Box::new(m20261122_000065_create_resource_review::Migration),
            Box::new(m20261122_000066_create_adoption::Migration),
            Box::new(m20261122_000067_create_feedback::Migration),
            Box::new(m20261122_000068_create_feedback_step::Migration),
            Box::new(m20261122_000069_create_feedback_story::Migration),
            Box::new(m20261122_000070_create_you_said_we_did::Migration),
            Box::new(m20261122_000071_create_you_said_we_did_source::Migration),
            Box::new(m20261122_000072_create_event::Migration),
            Box::new(m20261122_000073_create_event_attendance::Migration),
            Box::new(m20261122_000074_create_event_outcome::Migration),
            Box::new(m20261122_000075_create_resource_version_words::Migration),
            Box::new(m20261122_000076_pin_resource_version_to_paper::Migration),
            Box::new(m20261122_000077_create_adoption_evidence::Migration),
            Box::new(m20261122_000078_keep_adoption_evidence::Migration),
            Box::new(m20261122_000079_confirm_event_attendance::Migration),
            Box::new(m20261122_000080_add_organisation_to_geography::Migration),
            Box::new(m20261122_000081_create_outcome_framework::Migration),
            Box::new(m20261122_000082_create_outcome::Migration),
            Box::new(m20261122_000083_create_outcome_descriptor::Migration),
            Box::new(m20261122_000084_create_indicator::Migration),
            Box::new(m20261122_000085_create_indicator_version::Migration),
            Box::new(m20261122_000086_create_disaggregation::Migration),
            Box::new(m20261122_000087_create_import_batch::Migration),
            Box::new(m20261122_000088_create_import_error::Migration),
            Box::new(m20261122_000089_create_observation::Migration),
            Box::new(m20261122_000090_create_indicator_target::Migration),
            Box::new(m20261122_000091_add_past_to_resource_version_words::Migration),
            Box::new(m20261122_000092_create_suppression_policy::Migration),
            Box::new(m20261122_000093_create_release::Migration),
            Box::new(m20261122_000094_create_published_figure::Migration),
            Box::new(m20261122_000095_create_monitoring_visit::Migration),
            Box::new(m20261122_000096_create_peer_reviewer::Migration),
            Box::new(m20261122_000097_create_visit_rating::Migration),
            Box::new(m20261122_000098_declare_conflicts_to_visits::Migration),
            Box::new(m20261122_000099_let_partners_import::Migration),
            Box::new(m20261123_000100_index_heads_of_resource_version_words::Migration),
            Box::new(m20261123_000101_leave_trail_in_one_statement::Migration),
            Box::new(m20261123_000102_leave_delivery_unsaid::Migration),
            Box::new(m20261123_000103_index_published_figure_by_subject::Migration),
            Box::new(m20261123_000104_count_access_by_the_clock::Migration),
            Box::new(m20261123_000105_leave_trails_of_several::Migration),
            Box::new(m20261124_000106_say_once_what_changed::Migration),
        ]
    }
}
