//! How decisions are written: with the board held, so that who is there stays as the rules find it.

use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership, board_seat};
use entity::id::{BoardDecisionId, PersonId};
use entity::meetings::kinds::AttendanceStatus;
use entity::meetings::{agenda_item, attendance, board_decision, meeting};
use entity::panels::conflict_declaration;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::BoardDecisionRecordInput;
use crate::domains::boards::rules::quorum::VotingSeats;
use crate::domains::meetings::hold::{event, hold_board, meeting_now, without_values};
use crate::domains::meetings::rules::decisions::{
    DecisionFacts, Votes, check_decision, is_unassessed, recused, voters,
};
use crate::domains::violation::{Violations, long_text};
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::meetings as policy;
use crate::store::{WriteError, WriteSession};

/// The longest text of a decision, in characters.
const LONGEST_TEXT: usize = 5_000;

pub(super) async fn record(change: Change<'_>, input: &BoardDecisionRecordInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let text = violations.keep(long_text("text", &input.text, 1..=LONGEST_TEXT));
    let item = seen::<agenda_item::Entity>(session, &mut violations, "agendaItemId", &input.agenda_item_id);
    let Some(item) = item.await? else {
        return Err(refused(violations));
    };
    let board = hold_board(session, item.board_id).await?;
    let meeting = meeting_now(session, item.meeting_id).await?;
    let permit = policy::record_decision(change.viewer, item, board.host_organisation_id)?;
    let item = permit.model();
    let declared = declared_about(session, item).await?;
    let facts = DecisionFacts {
        board: board.status,
        meeting: meeting.status,
        item: item.status,
        kind: item.kind,
        quorum: board.quorum,
        quorum_lived: board.quorum_lived,
        voters: voters_now(session, &board, &meeting, &recused(&declared)).await?,
        is_unassessed: is_unassessed(&declared),
        method: input.method.0,
        outcome: input.outcome.0,
        votes: Votes {
            votes_for: input.votes_for,
            votes_against: input.votes_against,
            votes_abstain: input.votes_abstain,
        },
    };
    violations.keep_all(check_decision(&facts));
    violations.into_result()?;

    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let row = board_decision::ActiveModel {
        id: Set(BoardDecisionId::new()),
        board_id: Set(board.id),
        meeting_id: Set(meeting.id),
        agenda_item_id: Set(item.id),
        text: Set(text.unwrap_or_default()),
        method: Set(facts.method),
        outcome: Set(facts.outcome),
        votes_for: Set(facts.votes.votes_for),
        votes_against: Set(facts.votes.votes_against),
        votes_abstain: Set(facts.votes.votes_abstain),
        voting_present: Set(count(facts.voters.all)),
        lived_present: Set(count(facts.voters.lived)),
        decided_at: Set(session.now()),
    };
    let mut changed = WriteSession::changed::<_, board_decision::Model>(None, &row);
    if item.confidential {
        changed = without_values(&changed);
    }
    let decision = session.insert(&permit, row).await?;
    let event = event(("board_decision.record", "board_decision"), decision.id, &board).changed(changed);
    Ok(session.record(event, decision.id.0))
}

/// Who can vote at the meeting now, but for those who are recused.
pub(in crate::domains::meetings) async fn voters_now(
    session: &WriteSession,
    board: &board::Model,
    meeting: &meeting::Model,
    recused: &[PersonId],
) -> Result<VotingSeats, WriteError<Refused>> {
    let present = Condition::all()
        .add(attendance::Column::MeetingId.eq(meeting.id))
        .add(attendance::Column::Status.eq(AttendanceStatus::Present));
    let active = Condition::all()
        .add(board_membership::Column::BoardId.eq(board.id))
        .add(board_membership::Column::Stage.eq(MembershipStage::Active));
    let of_the_board = Condition::all().add(board_seat::Column::BoardId.eq(board.id));
    let present = session.facts::<attendance::Entity>(present).await?;
    let active = session.facts::<board_membership::Entity>(active).await?;
    let seats = session.facts::<board_seat::Entity>(of_the_board).await?;
    Ok(voters(&present, &active, &seats, recused))
}

/// What was declared about an item and is not cleared.
async fn declared_about(
    session: &WriteSession,
    item: &agenda_item::Model,
) -> Result<Vec<conflict_declaration::Model>, WriteError<Refused>> {
    use conflict_declaration::Column as C;
    let about = Condition::all().add(C::AgendaItemId.eq(item.id));
    Ok(session.facts::<conflict_declaration::Entity>(about).await?)
}
