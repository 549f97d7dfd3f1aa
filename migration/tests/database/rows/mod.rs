//! One full row of each table. They refer to each other, so that they can be inserted in the order of [`every_row`].
//! Tests change what they are about with `..rows::board()`.

pub mod boards;
pub mod change;
pub mod gatherings;
pub mod media;
pub mod meetings;
pub mod outcomes;
pub mod panels;
pub mod parties;
pub mod partnerships;
pub mod platform;
pub mod reciprocity;
pub mod releases;
pub mod resources;
pub mod visits;

use sea_orm::prelude::{Date, DateTimeUtc, Json, Uuid};

/// An identifier for use in tests.
pub fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// An instant with the microseconds that PostgreSQL keeps.
pub fn instant() -> DateTimeUtc {
    DateTimeUtc::from_timestamp_micros(1_772_600_767_123_456).unwrap()
}

/// A calendar date.
pub fn date(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

/// Some JSON.
pub fn json() -> Json {
    Json::Object(
        [("name".to_owned(), Json::String("new".to_owned()))]
            .into_iter()
            .collect(),
    )
}

/// Calls the macro `$each` with the table and the row of every entity, parents before children.
macro_rules! every_row {
    ($each:ident) => {
        $each! {
            parties organisation, parties geography, parties person, parties user_account,
            partnerships partnership, partnerships partnership_member, boards initiative, boards constituency,
            boards board, boards board_seat, boards board_membership, parties service_account, parties role_grant,
            parties organisation_identifier, parties site, parties site_identifier, parties service,
            parties service_account_secret, parties affiliation, parties access_need, parties consent,
            partnerships data_sharing_agreement, partnerships agreement_party, boards board_membership_change,
            meetings meeting_series, meetings meeting, meetings agenda_item, meetings access_need_met,
            meetings attendance, meetings board_decision, meetings board_action,
            meetings calendar_feed,
            media media, media media_piece, media loose_object,
            panels training_course, panels training_record, panels vacancy, panels application,
            panels equality_tally, panels interview_panel, panels panellist, panels panel_question,
            panels score, panels moderated_score, panels panel_decision,
            reciprocity contribution,
            resources resource, resources resource_version, meetings paper, resources contributor, resources rendition,
            resources resource_review, resources adoption, resources adoption_evidence,
            change feedback, change feedback_account, change feedback_step, change feedback_story,
            change you_said_we_did, change you_said_we_did_source,
            gatherings event, gatherings event_host, gatherings event_attendance, gatherings event_outcome,
            outcomes outcome_framework, outcomes outcome, outcomes outcome_descriptor, outcomes indicator,
            outcomes indicator_version, outcomes disaggregation, outcomes import_batch, outcomes import_error,
            outcomes observation, outcomes indicator_target,
            releases suppression_policy, releases release, releases published_figure,
            visits monitoring_visit, visits peer_reviewer, visits visit_rating,
            panels conflict_declaration,
            platform audit_event, platform outbox_event, platform idempotency_record, platform setting,
            platform access_version
        }
    };
}
pub(crate) use every_row;
