//! Feedback: its facts, its words, its steps, its story.

use entity::boards::board;
use entity::change::kinds::{FeedbackSource, FeedbackStatus};
use entity::change::{feedback, feedback_account, feedback_step, feedback_story, you_said_we_did_source};
use entity::parties::{consent, organisation, person, service, user_account};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::feedback::{
    may_change_story, may_check_story, may_deal_with_feedback, may_write_story_of, step_note_readers,
    story_hand_readers,
};
use crate::policy::areas::people::may_write_own;
use crate::store::{Parameter, Rows};

/// Feedback that nobody has acknowledged in time.
fn is_late(alias: &str, backend: DbBackend) -> Condition {
    use feedback::Column as C;
    let rows = Rows::<feedback::Entity>::new(alias, backend);
    Condition::all()
        .add(rows.column(C::Status).eq("RECEIVED"))
        .add(rows.column(C::AcknowledgeBy).lt(Parameter::Now.expr()))
}

impl Declared for feedback::Entity {
    const NAME: &'static str = "Feedback";
    const PREFIX: &'static str = "feedback";

    fn declare() -> ObjectType {
        use feedback::Column as C;
        ObjectType::of::<Self>(
            "Something that somebody told an organisation: the facts, without the words and without who said them. Read by the \
             person, by the administrator of the organisation that deals with it, by the provider and the commissioner of the \
             service, where an agreement shares feedback with them, and by the chair of the board it was shared with.",
        )
        .one_of::<FeedbackSource>("source", C::Source, "What sort of feedback it is.")
        .one_of::<FeedbackStatus>("status", C::Status, "How far the organisation has got with it.")
        .column("receivedAt", C::ReceivedAt, "When it came in.")
        .column("acknowledgeBy", C::AcknowledgeBy, "When it is to be acknowledged at the latest.")
        .column("acknowledgedAt", C::AcknowledgedAt, "When it was acknowledged; null until then.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that deals with it.")
        .to_one::<service::Entity>("service", C::ServiceId, "The service it is about.")
        .to_one::<board::Entity>("board", C::BoardId, "The board it was shared with.")
        .to_many::<feedback_account::Entity>(
            "accounts",
            feedback_account::Column::FeedbackId,
            "The words, and who said them: one entry, for the person and whoever deals with it; none for anybody else.",
        )
        .to_many::<feedback_step::Entity>("steps", feedback_step::Column::FeedbackId, "What was done about it, step by step.")
        .to_many::<feedback_story::Entity>(
            "stories",
            feedback_story::Column::FeedbackId,
            "The anonymised story: one entry at most, while you may read it.",
        )
        .to_many::<you_said_we_did_source::Entity>(
            "answers",
            you_said_we_did_source::Column::FeedbackId,
            "Where people are told what came of it, as far as you may read it.",
        )
        .viewer_can(
            "FeedbackViewerCan",
            vec![
                Ability::new(
                    "deal",
                    &[C::OrganisationId],
                    "Acknowledge it, look into it, say what was done, share it with a board.",
                    |row, viewer| Ok(may_deal_with_feedback(viewer, row.id(0)?).into()),
                ),
                Ability::when(
                    "writeStory",
                    "Write its anonymised story, while the person agrees.",
                    may_write_story_of,
                ),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("RECEIVED_AT", C::ReceivedAt, "By when it came in.")
        .order("ACKNOWLEDGE_BY", C::AcknowledgeBy, "By when it is to be acknowledged.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<FeedbackSource>("source", C::Source, "Only of these sorts.")
        .filter_one_of::<FeedbackStatus>("status", C::Status, "Only in these states.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only what this organisation deals with.",
        )
        .filter("service", FilterTest::Is("service_id", service::Entity::PREFIX), "Only about this service.")
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only what was shared with this board.")
        .filter(
            "isLate",
            FilterTest::Holds(is_late),
            "Only what nobody has acknowledged in time; or only the others.",
        )
        .filter("receivedFrom", FilterTest::From("received_at"), "Only what came in at this instant or later.")
        .filter("receivedBefore", FilterTest::Before("received_at"), "Only what came in before this instant.")
    }
}

impl Declared for feedback_account::Entity {
    const NAME: &'static str = "FeedbackAccount";
    const PREFIX: &'static str = "feedback_account";

    fn declare() -> ObjectType {
        use feedback_account::Column as C;
        ObjectType::of::<Self>(
            "The words of feedback, and who said them. Read by the person and by the administrator of the organisation that deals \
             with it; by nobody else, whatever they read of the facts. Whoever reads somebody else's is named in the audit.",
        )
        .column("text", C::Text, "What they said; null once the person was erased.")
        .column("contact", C::Contact, "How they want to be reached about it, in their words. It stays with the words when nothing is done about it.")
        .to_one::<feedback::Entity>("feedback", C::FeedbackId, "The feedback.")
        .to_one::<person::Entity>("person", C::PersonId, "Who said it; null when they gave no name, and where you may not see them: after `NO_ACTION` the organisation sees \
             them only while they consent to it.")
        .to_one::<consent::Entity>(
            "storyConsent",
            C::StoryConsentId,
            "Their consent to the use of the story, where you may read it: given apart from the feedback.",
        )
        .viewer_can(
            "FeedbackAccountViewerCan",
            vec![Ability::new(
                "consentToStory",
                &[C::PersonId],
                "Agree to the use of your story.",
                |row, viewer| Ok(row.optional_id(0)?.is_some_and(|person| may_write_own(viewer, person)).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}

impl Declared for feedback_step::Entity {
    const NAME: &'static str = "FeedbackStep";
    const PREFIX: &'static str = "feedback_step";

    fn declare() -> ObjectType {
        use feedback_step::Column as C;
        ObjectType::of::<Self>(
            "What an organisation did about feedback; nobody can alter it. Read by whoever may read the facts of the feedback.",
        )
        .one_of::<FeedbackStatus>("fromStatus", C::FromStatus, "The status before; null at the beginning.")
        .one_of::<FeedbackStatus>("toStatus", C::ToStatus, "The status from then on.")
        .column("at", C::At, "When.")
        .private(
            "remark",
            PrivateGroup::new(
                "FeedbackStepRemark",
                "What was noted with it. Read by the person and by the administrator of the organisation that deals with the \
                 feedback.",
                step_note_readers,
            )
            .column("note", C::Note, "What was done, or why nothing was, in plain words."),
        )
        .to_one::<feedback::Entity>("feedback", C::FeedbackId, "The feedback.")
        .to_one_for::<user_account::Entity>(
            "byUser",
            C::ByUserId,
            step_note_readers,
            "Who did it, where you may read their account. Read by the person and by the administrator of the organisation that \
             deals with the feedback: the first step is the person's own.",
        )
        .order("AT", C::At, "By when.")
        .filter_one_of::<FeedbackStatus>("toStatus", C::ToStatus, "Only steps to these states.")
    }
}

impl Declared for feedback_story::Entity {
    const NAME: &'static str = "FeedbackStory";
    const PREFIX: &'static str = "feedback_story";

    fn declare() -> ObjectType {
        use feedback_story::Column as C;
        ObjectType::of::<Self>(
            "The story behind feedback, told so that nobody can be recognised. While the person agrees it is read by the \
             administrator of the organisation that deals with the feedback; once somebody else than its writer has checked it and \
             the person allows it to everybody, by whoever may read the facts of the feedback, and by everybody where it is published. When the person takes their \
             consent back, nobody but they reads it from the next request on.",
        )
        .column("text", C::Text, "The story.")
        .column("writtenAt", C::WrittenAt, "When it was written, or changed last.")
        .column("checkedAt", C::CheckedAt, "When somebody else checked it; null until then, and after each change.")
        .to_one::<feedback::Entity>("feedback", C::FeedbackId, "The feedback, where you may read it.")
        .to_one_for::<person::Entity>(
            "writtenBy",
            C::WrittenByPersonId,
            story_hand_readers,
            "Who wrote it, where you may see them. Read by the person whose story it is and by the administrator of the \
             organisation that deals with the feedback.",
        )
        .to_one_for::<person::Entity>(
            "checkedBy",
            C::CheckedByPersonId,
            story_hand_readers,
            "Who checked it, where you may see them: it may be the person whose story it is. Read by them and by the \
             administrator of the organisation that deals with the feedback.",
        )
        .to_many::<you_said_we_did_source::Entity>(
            "answers",
            you_said_we_did_source::Column::StoryId,
            "Where it is shown, as far as you may read it.",
        )
        .viewer_can(
            "FeedbackStoryViewerCan",
            vec![
                Ability::when("update", "Tell it in other words.", may_change_story),
                Ability::when("check", "Say that nobody can be recognised by it.", may_check_story),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("WRITTEN_AT", C::WrittenAt, "By when it was written.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}
