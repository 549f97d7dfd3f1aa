//! How papers are written. Those of confidential items go into the audit without their values.

use async_graphql::ID;
use entity::id::PaperId;
use entity::meetings::{agenda_item, paper};
use entity::resources::resource_version;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::PaperAddInput;
use crate::domains::meetings::hold::{event, hold_board, meeting_now, without_values};
use crate::domains::meetings::rules::papers;
use crate::domains::violation::{Violations, text};
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::meeting_preparation::withdraw_paper;
use crate::policy::areas::meetings as policy;
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "paper";

pub(super) async fn add(change: Change<'_>, input: &PaperAddInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=200));
    let document = violations.keep_all(papers::paper(papers::Sent {
        format: input.format.as_ref().map(|format| format.0),
        media_type: input.media_type.as_deref(),
        url: input.url.as_deref(),
        body: input.body.as_deref(),
        pins_version: input.resource_version_id.is_some(),
        is_another_format: input.original_id.is_some(),
    }));
    let version = input.resource_version_id.as_ref();
    let field = "resourceVersionId";
    let version = seen_if_named::<resource_version::Entity>(session, &mut violations, field, version).await?;
    if let Some(version) = &version {
        violations.keep(papers::check_version(version.status));
    }
    let original = input.original_id.as_ref();
    let original = seen_if_named::<paper::Entity>(session, &mut violations, "originalId", original).await?;
    let item = seen::<agenda_item::Entity>(session, &mut violations, "agendaItemId", &input.agenda_item_id);
    let Some(item) = item.await? else {
        return Err(refused(violations));
    };
    let board = hold_board(session, item.board_id).await?;
    let meeting = meeting_now(session, item.meeting_id).await?;
    let permit = policy::update_agenda_item(change.viewer, item, board.host_organisation_id)?;
    let item = permit.model();
    violations.keep_all(papers::check_new(meeting.status, item, original.as_ref()));
    violations.into_result()?;
    let Some(document) = document else {
        return Err(WriteError::Stale);
    };

    let row = paper::ActiveModel {
        id: Set(PaperId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting.id),
        agenda_item_id: Set(item.id),
        original_id: Set(original.map(|original| original.id)),
        title: Set(title.unwrap_or_default()),
        format: Set(document.format),
        media_type: Set(document.media_type),
        url: Set(document.url),
        body: Set(document.body),
        resource_version_id: Set(version.map(|version| version.id)),
        ..Default::default()
    };
    let mut changed = WriteSession::changed::<_, paper::Model>(None, &row);
    if item.confidential {
        changed = without_values(&changed);
    }
    let paper = session.insert(&permit, row).await?;
    let event = event(("paper.add", TABLE), paper.id, &board).changed(changed);
    Ok(session.record(event, paper.id.0))
}

pub(super) async fn withdraw(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<paper::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let board = hold_board(session, found.board_id).await?;
    let this = Condition::all().add(agenda_item::Column::Id.eq(found.agenda_item_id));
    let Some(item) = session.facts::<agenda_item::Entity>(this).await?.pop() else {
        return Err(WriteError::Stale);
    };
    let confidential = item.confidential;
    let item = policy::update_agenda_item(change.viewer, item, board.host_organisation_id)?;
    let permit = withdraw_paper(&item, found)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(papers::check_withdrawal(before));
    violations.into_result()?;
    let row = paper::ActiveModel {
        withdrawn_at: Set(Some(session.now())),
        ..Default::default()
    };
    let mut changed = WriteSession::changed(Some(before), &row);
    if confidential {
        changed = without_values(&changed);
    }
    let paper: paper::Model = session
        .update::<_, _, _, Refused>(&permit, expected_version, row)
        .await?;
    let event = event(("paper.withdraw", TABLE), paper.id, &board).changed(changed);
    Ok(session.record(event, paper.id.0))
}
