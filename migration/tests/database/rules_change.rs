//! The rules that the database keeps about feedback, about what came of it, and about events.

use entity::change::kinds::{FeedbackStatus, YouSaidWeDidStatus};
use entity::change::{feedback, feedback_account, feedback_story, you_said_we_did, you_said_we_did_source};
use entity::gatherings::kinds::{EventAudience, EventHostStatus};
use entity::gatherings::{event, event_host};
use entity::id::{
    EventHostId, EventId, FeedbackAccountId, FeedbackId, FeedbackStoryId, PersonId, YouSaidWeDidId,
    YouSaidWeDidSourceId,
};

use crate::rows::{change, gatherings, id, instant};
use crate::rules::{assert_refused, on_each_filled_database};

#[tokio::test]
async fn nobody_checks_their_own_writing() {
    on_each_filled_database(async |database| {
        let own = feedback_story::Model {
            id: FeedbackStoryId(id(900)),
            checked_by_person_id: Some(PersonId(id(7))),
            checked_at: Some(instant()),
            ..change::feedback_story()
        };
        assert_refused(database, own, "ck_feedback_story_checked_by_another").await;
        let by_nobody = feedback_story::Model {
            id: FeedbackStoryId(id(900)),
            checked_at: Some(instant()),
            ..change::feedback_story()
        };
        assert_refused(database, by_nobody, "ck_feedback_story_checked_by_somebody").await;
    })
    .await;
}

#[tokio::test]
async fn feedback_is_acknowledged_once_it_is_answered_and_anonymous_feedback_consents_to_nothing() {
    on_each_filled_database(async |database| {
        let unanswered = feedback::Model {
            id: FeedbackId(id(901)),
            status: FeedbackStatus::Received,
            ..change::feedback()
        };
        assert_refused(database, unanswered, "ck_feedback_acknowledged_once_answered").await;
        let nobodys = feedback_account::Model {
            id: FeedbackAccountId(id(902)),
            person_id: None,
            ..change::feedback_account()
        };
        assert_refused(database, nobodys, "ck_feedback_account_consent_is_somebodys").await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_says_what_was_done_or_why_not_and_figures_come_together() {
    on_each_filled_database(async |database| {
        let answer = || you_said_we_did::Model {
            id: YouSaidWeDidId(id(903)),
            ..change::you_said_we_did()
        };
        let silent = you_said_we_did::Model {
            did: None,
            why_not: None,
            ..answer()
        };
        assert_refused(database, silent, "ck_you_said_we_did_done_or_why_not").await;
        let unmarked = you_said_we_did::Model {
            figure_kind: None,
            ..answer()
        };
        assert_refused(database, unmarked, "ck_you_said_we_did_figures_whole").await;
        let unclaimed = you_said_we_did::Model {
            effect_claim: None,
            ..answer()
        };
        assert_refused(database, unclaimed, "ck_you_said_we_did_figures_whole").await;
        let by_nobody = you_said_we_did::Model {
            status: YouSaidWeDidStatus::Published,
            withdrawn_at: None,
            withdrawal_reason: None,
            published_by_person_id: None,
            ..answer()
        };
        assert_refused(database, by_nobody, "ck_you_said_we_did_published_by_somebody").await;
        let sourceless = you_said_we_did_source::Model {
            id: YouSaidWeDidSourceId(id(904)),
            feedback_id: None,
            story_id: None,
            ..change::you_said_we_did_source()
        };
        assert_refused(database, sourceless, "ck_you_said_we_did_source_one_source").await;
    })
    .await;
}

#[tokio::test]
async fn an_event_has_room_and_says_for_whom_it_is() {
    on_each_filled_database(async |database| {
        let another = || event::Model {
            id: EventId(id(905)),
            ..gatherings::event()
        };
        let empty = event::Model {
            capacity: Some(0),
            ..another()
        };
        assert_refused(database, empty, "ck_event_capacity_positive").await;
        let nobodys = event::Model {
            audience: EventAudience::Everybody,
            ..another()
        };
        assert_refused(database, nobodys, "ck_event_audience_named").await;
        let unasked = event_host::Model {
            id: EventHostId(id(906)),
            status: EventHostStatus::Invited,
            ..gatherings::event_host()
        };
        assert_refused(
            database,
            unasked,
            "ck_event_host_answered_once_there_is_an_answer",
        )
        .await;
    })
    .await;
}
