//! Every column, classed: who may ever see it. One page.
//!
//! A contract test compares this page with the database in both directions, so a new column cannot be forgotten here, and a
//! vanished one cannot linger.

/// How far a column may go. The scope of its row narrows this further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Everybody who may read the row.
    Public,
    /// Those who take part in the partnership.
    Partners,
    /// The board's own people.
    Board,
    /// The people of an interview panel, and those who recruit; the reviewers of a service, and those who asked for the review.
    Panel,
    /// Those who work on a resource or review a service; everybody, once it is published.
    Authors,
    /// Whom figures are about and who recorded them, until disclosure control has been applied: they stand in no audit.
    Owners,
    /// The person themselves, and whom they let.
    Subject,
    /// Nobody: it never leaves the server.
    Secret,
}

use Class::{Authors, Board, Owners, Panel, Partners, Public, Secret, Subject};

/// A table, the class of its columns, and those of another class.
type Table = (&'static str, Class, &'static [(&'static str, Class)]);

/// Every table.
const TABLES: &[Table] = &[
    ("organisation", Public, &[]),
    ("organisation_identifier", Public, &[]),
    ("site", Public, &[]),
    ("site_identifier", Public, &[]),
    ("service", Public, &[]),
    ("geography", Public, &[]),
    ("constituency", Public, &[]),
    (
        "person",
        Public,
        &[
            ("legal_name", Subject),
            ("email", Subject),
            ("phone", Subject),
            ("preferred_format", Subject),
            ("preferred_channel", Subject),
            ("language", Subject),
        ],
    ),
    ("user_account", Subject, &[]),
    ("service_account", Partners, &[]),
    ("service_account_secret", Secret, &[]),
    ("affiliation", Subject, &[]),
    ("access_need", Subject, &[]),
    ("consent", Subject, &[]),
    ("role_grant", Partners, &[]),
    ("partnership", Partners, &[("id", Public), ("name", Public)]),
    ("partnership_member", Partners, &[]),
    ("data_sharing_agreement", Partners, &[]),
    ("agreement_party", Partners, &[]),
    ("initiative", Partners, &[]),
    ("board", Public, &[]),
    ("board_seat", Public, &[]),
    (
        "board_membership",
        Board,
        &[
            ("motivation", Subject),
            ("visit_waiver_reason", Subject),
            ("decision_waiver_reason", Subject),
        ],
    ),
    ("board_membership_change", Board, &[("reason", Subject)]),
    ("meeting", Public, &[("online_url", Board), ("minutes", Board)]),
    ("meeting_series", Public, &[]),
    ("agenda_item", Public, &[]),
    ("paper", Public, &[]),
    ("access_need_met", Subject, &[]),
    ("attendance", Board, &[]),
    ("board_decision", Public, &[]),
    ("board_action", Board, &[]),
    ("calendar_feed", Subject, &[("secret_hash", Secret)]),
    ("training_course", Public, &[]),
    ("training_record", Subject, &[]),
    ("contribution", Subject, &[]),
    // What a draft says stands in no audit: many read that who may not read the draft.
    ("resource", Public, &[]),
    ("resource_version", Authors, &[]),
    ("contributor", Authors, &[("credit_name", Subject)]),
    ("rendition", Authors, &[]),
    ("resource_review", Authors, &[]),
    ("adoption", Public, &[]),
    ("adoption_evidence", Public, &[]),
    ("feedback", Partners, &[]),
    ("feedback_account", Subject, &[]),
    ("feedback_step", Partners, &[("note", Subject)]),
    ("feedback_story", Subject, &[]),
    ("you_said_we_did", Public, &[]),
    ("you_said_we_did_source", Public, &[]),
    ("event", Public, &[("online_url", Partners)]),
    ("event_host", Public, &[]),
    ("event_attendance", Subject, &[]),
    ("event_outcome", Public, &[]),
    ("outcome_framework", Public, &[]),
    ("outcome", Public, &[]),
    ("outcome_descriptor", Public, &[]),
    ("indicator", Public, &[]),
    ("indicator_version", Public, &[]),
    ("disaggregation", Public, &[]),
    ("observation", Owners, &[]),
    ("indicator_target", Owners, &[]),
    ("import_batch", Owners, &[]),
    ("import_error", Owners, &[]),
    ("suppression_policy", Public, &[]),
    ("release", Public, &[]),
    ("published_figure", Public, &[("observation_id", Secret)]),
    ("monitoring_visit", Authors, &[("text_for_provider", Subject)]),
    ("peer_reviewer", Panel, &[]),
    // What was seen and heard may name people, and tell of their health.
    ("visit_rating", Authors, &[("evidence", Subject)]),
    ("vacancy", Public, &[]),
    ("application", Subject, &[]),
    ("equality_tally", Partners, &[]),
    ("interview_panel", Panel, &[]),
    ("panellist", Panel, &[]),
    ("panel_question", Panel, &[]),
    ("conflict_declaration", Subject, &[]),
    ("score", Subject, &[]),
    ("moderated_score", Subject, &[]),
    ("panel_decision", Subject, &[]),
    ("media", Subject, &[]),
    ("media_piece", Secret, &[]),
    ("loose_object", Secret, &[]),
    ("audit_event", Partners, &[]),
    ("outbox_event", Secret, &[]),
    ("idempotency_record", Secret, &[]),
    ("setting", Secret, &[]),
    ("access_version", Secret, &[]),
];

/// The tables of special-category data (UK GDPR article 9), of what is sealed until others have spoken, and of what people say
/// about their care, which tells of their health, each with the column that says whom a row is about. Whoever
/// reads such a row about somebody else is named in the audit (`domain.md` 2.9, 3).
const SPECIAL_CATEGORY: &[(&str, &str)] = &[
    ("access_need", "person_id"),
    ("access_need_met", "person_id"),
    ("score", "person_id"),
    ("feedback_account", "person_id"),
];

/// For a table of special-category data, the column that says whom a row is about.
#[must_use]
pub fn special_category(table: &str) -> Option<&'static str> {
    let found = SPECIAL_CATEGORY.iter().find(|(name, _)| *name == table);
    found.map(|(_, person)| *person)
}

/// The class of a column; none for a table that is not on this page.
#[must_use]
pub fn class(table: &str, column: &str) -> Option<Class> {
    let (_, usual, others) = TABLES.iter().find(|(name, ..)| *name == table)?;
    Some(
        others
            .iter()
            .find(|(name, _)| *name == column)
            .map_or(*usual, |(_, class)| *class),
    )
}

/// Whether the values of a column may stand in the audit.
#[must_use]
pub fn is_open(table: &str, column: &str) -> bool {
    matches!(class(table, column), Some(Public | Partners | Board))
}

/// The tables on this page, and the columns named apart.
pub fn page() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLES
        .iter()
        .map(|(table, _, others)| (*table, others.iter().map(|(column, _)| *column).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_details_are_the_persons_own() {
        assert_eq!(class("person", "email"), Some(Subject));
        assert_eq!(class("person", "display_name"), Some(Public));
        assert!(!is_open("person", "phone"));
        assert!(!is_open("service_account_secret", "secret_hash"));
        assert!(!is_open("a_table_nobody_classed", "name"));
    }
}
