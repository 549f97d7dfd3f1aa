//! What people told organisations, and what came of it.

use entity::change::kinds::{
    EffectClaim, FeedbackSource, FeedbackStatus, FigureKind, YouSaidWeDidSourceKind, YouSaidWeDidStatus,
};
use entity::change::{
    feedback, feedback_account, feedback_step, feedback_story, you_said_we_did, you_said_we_did_source,
};
use entity::parties::consent;
use entity::parties::kinds::{ConsentMethod, ConsentPurpose};
use entity::private::Private;

use super::{at, canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    use FeedbackStatus as S;
    for (person, withdrawn) in [
        ("visitor", false),
        ("board-member", false),
        ("former-member", true),
    ] {
        let mut consent = story_consent(person);
        consent.withdrawn_at = withdrawn.then(|| at("2026-02-20T09:00:00Z"));
        rows.consent.push(consent);
    }
    for (name, organisation, person, status) in [
        ("complaint", "ashdown-council", Some("visitor"), S::Investigating),
        ("told", "ashdown-council", Some("board-member"), S::Investigating),
        ("untold", "ashdown-council", Some("former-member"), S::Closed),
        ("late", "ashdown-council", Some("board-member"), S::Received),
        ("acknowledged", "ashdown-council", None, S::Acknowledged),
        ("acted", "ashdown-council", Some("board-chair"), S::Acted),
        ("fernley", "fernley-council", Some("fernley-member"), S::Received),
    ] {
        let mut row = feedback(name, organisation, status);
        if name == "complaint" {
            row.service_id = Some(key("service", "birch-house-support"));
            row.board_id = Some(key("board", "team-up"));
        }
        // Of another partnership: its provider reads nothing of it.
        if name == "fernley" {
            row.service_id = Some(key("service", "home-support"));
        }
        rows.feedback.push(row);
        let mut account = feedback_account(name, person);
        if matches!(name, "complaint" | "told" | "untold" | "late") {
            account.story_consent_id = person.map(|person| key("consent", &format!("{person} SHARE_STORY")));
        }
        rows.feedback_account.push(account);
        let mut step = feedback_step(name, S::Received);
        // Whoever has an account said it themselves.
        step.by_user_id = rows
            .user_account
            .iter()
            .find(|account| person.is_some_and(|person| account.person_id == key("person", person)))
            .map(|account| account.id);
        rows.feedback_step.push(step);
    }
    for (name, is_checked) in [("complaint", true), ("told", false), ("untold", true)] {
        rows.feedback_story.push(feedback_story(
            name,
            "council-admin",
            is_checked.then_some("board-chair"),
        ));
    }
    answers(rows);
}

fn answers(rows: &mut Rows) {
    use YouSaidWeDidStatus as S;
    for (name, organisation, status) in [
        ("published", "ashdown-council", S::Published),
        ("draft", "ashdown-council", S::Draft),
        ("withdrawn", "ashdown-council", S::Withdrawn),
        ("fernley", "fernley-council", S::Draft),
    ] {
        rows.you_said_we_did
            .push(you_said_we_did(name, organisation, status));
    }
    for (of, feedback, has_story) in [
        ("published", "complaint", true),
        ("published", "untold", true),
        ("draft", "complaint", false),
        ("withdrawn", "complaint", true),
        ("fernley", "fernley", false),
    ] {
        rows.you_said_we_did_source
            .push(from_feedback(of, feedback, has_story));
    }
    let mut decision = from_feedback("published", "first open", false);
    decision.kind = YouSaidWeDidSourceKind::BoardDecision;
    decision.feedback_id = None;
    decision.board_decision_id = rows.board_decision.first().map(|decision| decision.id);
    rows.you_said_we_did_source.push(decision);
}

/// A consent to the use of a person's story, by everybody.
pub fn story_consent(person: &str) -> consent::Model {
    consent::Model {
        id: key("consent", &format!("{person} SHARE_STORY")),
        person_id: key("person", person),
        purpose: ConsentPurpose::ShareStory,
        grantee_organisation_id: None,
        given_at: recorded(),
        method: ConsentMethod::Spoken,
        withdrawn_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Feedback that came in a month ago, and was to be acknowledged within three days.
pub fn feedback(name: &str, organisation: &str, status: FeedbackStatus) -> feedback::Model {
    feedback::Model {
        id: key("feedback", name),
        organisation_id: key("organisation", organisation),
        service_id: None,
        board_id: None,
        source: FeedbackSource::Complaint,
        status,
        received_at: at("2026-02-02T09:00:00Z"),
        acknowledge_by: at("2026-02-05T09:00:00Z"),
        acknowledged_at: (status != FeedbackStatus::Received).then(|| at("2026-02-03T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// The words of feedback, of the same name.
pub fn feedback_account(name: &str, person: Option<&str>) -> feedback_account::Model {
    let private = |column| Some(Private::new(canary("feedback_account", name, column)));
    feedback_account::Model {
        id: key("feedback_account", name),
        feedback_id: key("feedback", name),
        person_id: person.map(|person| key("person", person)),
        text: private("text"),
        contact: private("contact"),
        story_consent_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A step about feedback.
pub fn feedback_step(feedback: &str, to: FeedbackStatus) -> feedback_step::Model {
    let name = format!("{feedback} {to}");
    feedback_step::Model {
        id: key("feedback_step", &name),
        feedback_id: key("feedback", feedback),
        from_status: None,
        to_status: to,
        at: at("2026-02-02T09:00:00Z"),
        note: Some(Private::new(canary("feedback_step", &name, "note"))),
        by_user_id: None,
    }
}

/// The story of feedback, of the same name.
pub fn feedback_story(name: &str, writer: &str, checker: Option<&str>) -> feedback_story::Model {
    feedback_story::Model {
        id: key("feedback_story", name),
        feedback_id: key("feedback", name),
        text: Private::new(canary("feedback_story", name, "text")),
        written_by_person_id: key("person", writer),
        written_at: at("2026-02-10T09:00:00Z"),
        checked_by_person_id: checker.map(|checker| key("person", checker)),
        checked_at: checker.map(|_| at("2026-02-12T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What was said and done, with figures.
pub fn you_said_we_did(name: &str, organisation: &str, status: YouSaidWeDidStatus) -> you_said_we_did::Model {
    use YouSaidWeDidStatus as S;
    let text = |column| canary("you_said_we_did", name, column);
    let is_published = status != S::Draft;
    you_said_we_did::Model {
        id: key("you_said_we_did", name),
        organisation_id: key("organisation", organisation),
        said: text("said"),
        did: Some(text("did")),
        why_not: Some(text("why_not")),
        status,
        reported_measure: Some(text("reported_measure")),
        reported_before: Some(text("reported_before")),
        reported_after: Some(text("reported_after")),
        figure_kind: Some(FigureKind::ReportedEstimate),
        effect_claim: Some(EffectClaim::Contributed),
        published_at: is_published.then(|| at("2026-02-15T09:00:00Z")),
        published_by_person_id: is_published.then(|| key("person", "council-admin")),
        withdrawn_at: (status == S::Withdrawn).then(|| at("2026-02-20T09:00:00Z")),
        withdrawal_reason: (status == S::Withdrawn).then(|| text("withdrawal_reason")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Feedback as a source, with its story or without.
pub fn from_feedback(of: &str, feedback: &str, has_story: bool) -> you_said_we_did_source::Model {
    you_said_we_did_source::Model {
        id: key("you_said_we_did_source", &format!("{of} {feedback}")),
        you_said_we_did_id: key("you_said_we_did", of),
        kind: YouSaidWeDidSourceKind::Feedback,
        feedback_id: Some(key("feedback", feedback)),
        story_id: has_story.then(|| key("feedback_story", feedback)),
        board_decision_id: None,
        board_action_id: None,
        resource_review_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
