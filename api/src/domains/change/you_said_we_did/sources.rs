//! What a draft goes back to.

use async_graphql::ID;
use entity::change::kinds::YouSaidWeDidSourceKind as Kind;
use entity::change::{feedback, feedback_story, you_said_we_did, you_said_we_did_source};
use entity::id::YouSaidWeDidSourceId;
use entity::meetings::{board_action, board_decision};
use entity::resources::resource_review;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::YouSaidWeDidSourceAddInput;
use super::persist::{Written, held, managed};
use crate::domains::change::rules::you_said_we_did::check_draft;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::change as policy;
use crate::store::{StoreError, WriteSession};

const TABLE: &str = "you_said_we_did_source";

fn event(action: &'static str, id: YouSaidWeDidSourceId, of: &you_said_we_did::Model) -> Event {
    Event::new(action, TABLE, id).of_organisation(of.organisation_id)
}

/// What the input names, as far as the viewer may see it.
#[derive(Debug, Default)]
struct Named {
    feedback: Option<feedback::Model>,
    story: Option<feedback_story::Model>,
    decision: Option<board_decision::Model>,
    action: Option<board_action::Model>,
    review: Option<resource_review::Model>,
}

async fn named(
    change: Change<'_>,
    violations: &mut Violations,
    input: &YouSaidWeDidSourceAddInput,
) -> Result<Named, StoreError> {
    let session = change.session;
    let (feedback, story) = (input.feedback_id.as_ref(), input.story_id.as_ref());
    let (decision, action) = (input.board_decision_id.as_ref(), input.action_id.as_ref());
    let review = input.resource_review_id.as_ref();
    Ok(Named {
        feedback: seen_if_named::<feedback::Entity>(session, violations, "feedbackId", feedback).await?,
        story: seen_if_named::<feedback_story::Entity>(session, violations, "storyId", story).await?,
        decision: seen_if_named::<board_decision::Entity>(session, violations, "boardDecisionId", decision)
            .await?,
        action: seen_if_named::<board_action::Entity>(session, violations, "actionId", action).await?,
        review: seen_if_named::<resource_review::Entity>(session, violations, "resourceReviewId", review)
            .await?,
    })
}

/// Just one source is named.
fn kind_of(input: &YouSaidWeDidSourceAddInput) -> Result<Kind, Violation> {
    let named = [
        (Kind::Feedback, input.feedback_id.is_some()),
        (Kind::BoardDecision, input.board_decision_id.is_some()),
        (Kind::Action, input.action_id.is_some()),
        (Kind::ResourceReview, input.resource_review_id.is_some()),
    ];
    let mut named = named.into_iter().filter(|(_, is_named)| *is_named);
    match (named.next(), named.next()) {
        (Some((kind, _)), None) => Ok(kind),
        (None, _) => {
            let message = "Name what it goes back to: feedback, a decision of a board, something done for one, or the \
                           review of a resource.";
            Err(Violation::new(Code::Required, "feedbackId", message))
        }
        (Some(_), Some(_)) => {
            let message = "A source is one thing. Name the others as sources of their own.";
            Err(Violation::new(Code::RuleBroken, "", message))
        }
    }
}

/// The organisation answers for feedback that it deals with itself, and shows the story of that feedback.
fn check_feedback(violations: &mut Violations, named: &Named, of: &you_said_we_did::Model) {
    if let Some(feedback) = &named.feedback {
        let is_theirs = feedback.organisation_id == of.organisation_id;
        violations.check(is_theirs, Code::RuleBroken, "feedbackId", || {
            "Another organisation deals with this feedback. Only that one tells what came of it.".to_owned()
        });
    }
    if let Some(story) = &named.story {
        let tells_of_it = named
            .feedback
            .as_ref()
            .is_some_and(|feedback| feedback.id == story.feedback_id);
        violations.check(tells_of_it, Code::RuleBroken, "storyId", || {
            "This is not the story of the feedback that you name. Name that feedback, or its own story."
                .to_owned()
        });
    }
}

/// It is named once.
async fn check_new(
    session: &WriteSession,
    violations: &mut Violations,
    named: &Named,
    (of, most): (&you_said_we_did::Model, u32),
) -> Result<(), StoreError> {
    use you_said_we_did_source::Column as C;
    let of_it = Condition::all().add(C::YouSaidWeDidId.eq(of.id));
    let sources = session.facts::<you_said_we_did_source::Entity>(of_it).await?;
    let is_feedback = |id| sources.iter().any(|source| source.feedback_id == Some(id));
    let is_decision = |id| sources.iter().any(|source| source.board_decision_id == Some(id));
    let is_action = |id| sources.iter().any(|source| source.board_action_id == Some(id));
    let is_review = |id| sources.iter().any(|source| source.resource_review_id == Some(id));
    for (field, is_there) in [
        (
            "feedbackId",
            named.feedback.as_ref().is_some_and(|of| is_feedback(of.id)),
        ),
        (
            "boardDecisionId",
            named.decision.as_ref().is_some_and(|of| is_decision(of.id)),
        ),
        (
            "actionId",
            named.action.as_ref().is_some_and(|of| is_action(of.id)),
        ),
        (
            "resourceReviewId",
            named.review.as_ref().is_some_and(|of| is_review(of.id)),
        ),
    ] {
        violations.check(!is_there, Code::AlreadyExists, field, || {
            "It is named as a source already. To show its story, take that source out and add it anew."
                .to_owned()
        });
    }
    let is_room = u32::try_from(sources.len()).is_ok_and(|sources| sources < most);
    violations.check(is_room, Code::LimitExceeded, "youSaidWeDidId", || {
        format!("It names {most} sources, which is the most.")
    });
    Ok(())
}

pub(super) async fn add(change: Change<'_>, written: &Written<YouSaidWeDidSourceAddInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let kind = violations.keep(kind_of(input));
    let named = named(change, &mut violations, input).await?;
    let of = ("youSaidWeDidId", &input.you_said_we_did_id);
    let Some(permit) = managed(change, &mut violations, of).await? else {
        return Err(refused(violations));
    };
    let of = permit.model();
    violations.keep(check_draft(of.status, "youSaidWeDidId"));
    check_feedback(&mut violations, &named, of);
    check_new(session, &mut violations, &named, (of, limits.most_sources)).await?;
    violations.into_result()?;
    let row = you_said_we_did_source::ActiveModel {
        id: Set(YouSaidWeDidSourceId::new()),
        you_said_we_did_id: Set(of.id),
        kind: Set(kind.unwrap_or(Kind::Feedback)),
        feedback_id: Set(named.feedback.map(|feedback| feedback.id)),
        story_id: Set(named.story.map(|story| story.id)),
        board_decision_id: Set(named.decision.map(|decision| decision.id)),
        board_action_id: Set(named.action.map(|action| action.id)),
        resource_review_id: Set(named.review.map(|review| review.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, you_said_we_did_source::Model>(None, &row);
    let source = session.insert(&permit, row).await?;
    let event = event("you_said_we_did_source.add", source.id, of).changed(changed);
    Ok(session.record(event, source.id.0))
}

pub(super) async fn remove(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = seen::<you_said_we_did_source::Entity>(session, &mut violations, "id", id).await?;
    let Some(source) = found else {
        return Err(refused(violations));
    };
    let Some(of) = held(session, source.you_said_we_did_id).await? else {
        return Err(refused(violations));
    };
    let of = policy::change_you_said_we_did(change.viewer, of)?;
    let permit = policy::change_source(&of, source)?;
    fresh(expected_version, permit.model().version)?;
    violations.keep(check_draft(of.model().status, "id"));
    violations.into_result()?;
    session.delete(&permit, expected_version).await?;
    let id = permit.model().id;
    let event = event("you_said_we_did_source.remove", id, of.model());
    Ok(session.record(event, id.0))
}
