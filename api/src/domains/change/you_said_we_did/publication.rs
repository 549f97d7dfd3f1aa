//! A draft is published, and what was published is withdrawn.

use async_graphql::ID;
use entity::change::kinds::YouSaidWeDidStatus;
use entity::change::{feedback, feedback_story, you_said_we_did, you_said_we_did_source};
use entity::id::{PersonId, YouSaidWeDidId};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::YouSaidWeDidWithdrawInput;
use super::persist::{managed, write};
use crate::domains::change::facts::is_agreed_for_everybody;
use crate::domains::change::rules::you_said_we_did::{SourceFacts, check_move, check_publication};
use crate::domains::violation::{Violation, Violations, long_text};
use crate::graphql::patch::{fresh, refused};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::store::{StoreError, WriteSession};

pub(super) async fn publish(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(permit) = managed(change, &mut violations, ("id", id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let sources = sources(session, before.id).await?;
    violations.keep_all(check_publication(before.status, sources).map_err(at_id));
    violations.into_result()?;
    let row = you_said_we_did::ActiveModel {
        status: Set(YouSaidWeDidStatus::Published),
        published_at: Set(Some(session.now())),
        published_by_person_id: Set(Some(change.viewer.person().map(PersonId).ok_or(Denied)?)),
        ..Default::default()
    };
    write(session, &permit, (row, "you_said_we_did.publish")).await
}

/// What it goes back to, and whether the stories among that may be told. Each is held, so that it is not rewritten meanwhile.
async fn sources(session: &WriteSession, id: YouSaidWeDidId) -> Result<SourceFacts, StoreError> {
    let of_it = Condition::all().add(you_said_we_did_source::Column::YouSaidWeDidId.eq(id));
    let sources = session.facts::<you_said_we_did_source::Entity>(of_it).await?;
    let mut facts = SourceFacts {
        sources: sources.len(),
        ..SourceFacts::default()
    };
    for (story, feedback) in sources
        .iter()
        .filter_map(|source| source.story_id.zip(source.feedback_id))
    {
        session.lock::<feedback::Entity>(feedback).await?;
        let this = Condition::all().add(feedback::Column::Id.eq(feedback));
        let feedback = session.facts::<feedback::Entity>(this).await?.pop();
        let this = Condition::all().add(feedback_story::Column::Id.eq(story));
        let story = session.facts::<feedback_story::Entity>(this).await?.pop();
        let is_checked = story.is_some_and(|story| story.checked_at.is_some());
        facts.unchecked_stories += usize::from(!is_checked);
        let is_agreed = match feedback {
            Some(feedback) => is_agreed_for_everybody(session, &feedback).await?,
            None => false,
        };
        facts.stories_without_consent += usize::from(!is_agreed);
    }
    Ok(facts)
}

pub(super) async fn withdraw(change: Change<'_>, input: &YouSaidWeDidWithdrawInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(long_text("reason", &input.reason, 1..=2_000));
    let Some(permit) = managed(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let checked = check_move(before.status, YouSaidWeDidStatus::Withdrawn);
    violations.keep_all(checked.map_err(|wrong| at_id(vec![wrong])));
    violations.into_result()?;
    let row = you_said_we_did::ActiveModel {
        status: Set(YouSaidWeDidStatus::Withdrawn),
        withdrawn_at: Set(Some(session.now())),
        withdrawal_reason: Set(reason),
        ..Default::default()
    };
    write(session, &permit, (row, "you_said_we_did.withdraw")).await
}

/// These inputs name nothing but the object.
fn at_id(violations: Vec<Violation>) -> Vec<Violation> {
    crate::domains::boards::input::at_input(violations, &[])
}
