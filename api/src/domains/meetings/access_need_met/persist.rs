//! How arrangements are written. Their events are private, as those of the needs are.

use async_graphql::ID;
use entity::id::{AccessNeedId, AccessNeedMetId};
use entity::meetings::{access_need_met, attendance, meeting};
use entity::parties::access_need;
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::AccessNeedMetArrangeInput;
use crate::domains::meetings::hold::{hold_board, meeting_now};
use crate::domains::meetings::rules::needs::{ArrangementFacts, check_arrangement, check_confirmation};
use crate::domains::violation::{Violations, long_text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::meeting_preparation::arrange_for;
use crate::policy::areas::people::write_own;
use crate::policy::{Denied, Permit};
use crate::store::{WriteError, WriteSession};

/// The longest arrangement, in characters.
const LONGEST: usize = 2_000;

fn event(action: &'static str, id: AccessNeedMetId) -> Event {
    Event::new(action, "access_need_met", id).private()
}

pub(super) async fn arrange(change: Change<'_>, input: &AccessNeedMetArrangeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let arrangement = violations.keep(long_text("arrangement", &input.arrangement, 1..=LONGEST));
    let need = seen::<access_need::Entity>(session, &mut violations, "accessNeedId", &input.access_need_id);
    let need = need.await?;
    let meeting = seen::<meeting::Entity>(session, &mut violations, "meetingId", &input.meeting_id).await?;
    let (Some(need), Some(meeting)) = (need, meeting) else {
        return Err(refused(violations));
    };
    let board = hold_board(session, meeting.board_id).await?;
    let meeting = meeting_now(session, meeting.id).await?;
    let permit = arrange_for(change.viewer, meeting)?;
    let meeting = permit.model();
    let comes = Condition::all()
        .add(attendance::Column::MeetingId.eq(meeting.id))
        .add(attendance::Column::PersonId.eq(need.person_id));
    let attendance = session.facts::<attendance::Entity>(comes).await?.pop();
    let arranged = Condition::all()
        .add(access_need_met::Column::MeetingId.eq(meeting.id))
        .add(access_need_met::Column::AccessNeedId.eq(need.id));
    violations.keep_all(check_arrangement(&ArrangementFacts {
        meeting: meeting.status,
        attendance: attendance.map(|attendance| attendance.status),
        is_arranged: session.count::<access_need_met::Entity>(arranged).await? > 0,
    }));
    violations.into_result()?;

    let row = access_need_met::ActiveModel {
        id: Set(AccessNeedMetId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting.id),
        access_need_id: Set(need.id),
        person_id: Set(need.person_id),
        arrangement: Set(Private::new(arrangement.unwrap_or_default())),
        confirmed_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, access_need_met::Model>(None, &row);
    let met = session.insert(&permit, row).await?;
    let event = event("access_need_met.arrange", met.id).changed(changed);
    Ok(session.record(event, met.id.0))
}

pub(super) async fn confirm(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(met) = seen::<access_need_met::Entity>(session, &mut violations, "id", id).await? else {
        return Err(refused(violations));
    };
    let permit = write_own(change.viewer, met.person_id, met)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_confirmation(before.confirmed_at.is_some()));
    violations.into_result()?;
    let row = access_need_met::ActiveModel {
        confirmed_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let met: access_need_met::Model = session
        .update::<_, _, _, Refused>(&permit, expected_version, row)
        .await?;
    let event = event("access_need_met.confirm", met.id).changed(changed);
    Ok(session.record(event, met.id.0))
}

/// Takes away what was arranged for a need, which is about to go itself; `permit` gives leave for each.
///
/// # Errors
/// When leave is refused, or the database fails.
pub(in crate::domains) async fn forget<A>(
    session: &WriteSession,
    need: AccessNeedId,
    permit: impl Fn(access_need_met::Model) -> Result<Permit<A, access_need_met::Model>, Denied>,
) -> Result<(), WriteError<Refused>> {
    let of = Condition::all().add(access_need_met::Column::AccessNeedId.eq(need));
    for met in session.facts::<access_need_met::Entity>(of).await? {
        let version = met.version;
        let permit = permit(met)?;
        session.delete::<_, _, Refused>(&permit, version).await?;
    }
    Ok(())
}
