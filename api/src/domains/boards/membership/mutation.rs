//! What clients can do to memberships.

use async_graphql::{Context, Object, Result};
use entity::boards::board_membership;

use super::input::{
    BoardMembershipAcceptInput, BoardMembershipDeclareConflictsInput, BoardMembershipDeclineInput,
    BoardMembershipEndInput, BoardMembershipInterviewInput, BoardMembershipInviteInput,
    BoardMembershipNominateInput, BoardMembershipOfferInput, BoardMembershipRecordVisitInput,
    BoardMembershipReturnInput, BoardMembershipTakeLeaveInput, BoardMembershipWithdrawInput, StepInput,
};
use super::nominate::nominate;
use super::take::{declare_conflicts, take};
use crate::graphql::{Outcome, mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::global_id;

/// Mutations of memberships.
#[derive(Default)]
pub struct BoardMembershipMutation;

/// Runs the step that an input asks for.
async fn step<I, P>(ctx: &Context<'_>, input: I) -> Result<P>
where
    I: StepInput + Sync,
    P: From<Outcome>,
{
    let wanted = input.wanted();
    let about = global_id::decode_as(board_membership::Entity::PREFIX, wanted.id);
    let key = wanted.idempotency_key.cloned();
    Ok(mutate(ctx, key.as_ref(), about, &input, |change, input: &I| {
        Box::pin(take(change, input.wanted()))
    })
    .await?
    .into())
}

#[Object]
impl BoardMembershipMutation {
    /// Puts somebody forward for a board: a path on to it begins at `NOMINATED`. Needs: the board's chair or facilitator, the
    /// administrator of its host, or the administrator of the organisation in whose name it happens.
    async fn board_membership_nominate(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipNominateInput,
    ) -> Result<BoardMembershipNominatePayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(nominate(change, input))
        })
        .await?
        .into())
    }

    /// Asks somebody to watch a meeting, and records the day on which they did: `NOMINATED` becomes `VISITOR`. That they came
    /// is what the attendance of a meeting says (`attendanceRecord`). While they are visitor, invited or interviewed, the day
    /// can be added later. Visitors do not vote. Needs: the board's chair or
    /// facilitator, or the administrator of its host.
    async fn board_membership_record_visit(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipRecordVisitInput,
    ) -> Result<BoardMembershipRecordVisitPayload> {
        step(ctx, input).await
    }

    /// Invites somebody to join: `VISITOR` becomes `INVITED`. They have attended a meeting of the board as a visitor,
    /// or the visit is waived with a reason. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn board_membership_invite(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipInviteInput,
    ) -> Result<BoardMembershipInvitePayload> {
        step(ctx, input).await
    }

    /// Asks somebody to an interview: `INVITED` becomes `INTERVIEW`. Needs: the board's chair or facilitator, or the
    /// administrator of its host.
    async fn board_membership_interview(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipInterviewInput,
    ) -> Result<BoardMembershipInterviewPayload> {
        step(ctx, input).await
    }

    /// Offers somebody a seat: `INTERVIEW` becomes `OFFERED`, after the decision of an interview panel or a waiver with a
    /// reason. A councillor or an officer whom an organisation nominated is offered a seat of that kind at once. Needs: the
    /// board's chair or facilitator, or the administrator of its host.
    async fn board_membership_offer(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipOfferInput,
    ) -> Result<BoardMembershipOfferPayload> {
        step(ctx, input).await
    }

    /// Takes the seat that was offered: `OFFERED` becomes `ACTIVE`. The seat must still be free, and your interests declared.
    /// Needs: to be the person; nobody accepts for somebody else.
    async fn board_membership_accept(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipAcceptInput,
    ) -> Result<BoardMembershipAcceptPayload> {
        step(ctx, input).await
    }

    /// Says no before somebody is a member: the path becomes `DECLINED`. Needs: to be the person; or the board's chair or
    /// facilitator, or the administrator of its host, when the board says no.
    async fn board_membership_decline(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipDeclineInput,
    ) -> Result<BoardMembershipDeclinePayload> {
        step(ctx, input).await
    }

    /// Steps back before becoming a member: the path becomes `WITHDRAWN`. Needs: to be the person.
    async fn board_membership_withdraw(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipWithdrawInput,
    ) -> Result<BoardMembershipWithdrawPayload> {
        step(ctx, input).await
    }

    /// Notes that a member is away for a time: `ACTIVE` becomes `ON_LEAVE`. They keep their seat. Needs: the board's chair or
    /// facilitator, or the administrator of its host.
    async fn board_membership_take_leave(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipTakeLeaveInput,
    ) -> Result<BoardMembershipTakeLeavePayload> {
        step(ctx, input).await
    }

    /// Notes that a member is back from leave, within their term: `ON_LEAVE` becomes `ACTIVE`. Needs: the board's chair or
    /// facilitator, or the administrator of its host.
    async fn board_membership_return(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipReturnInput,
    ) -> Result<BoardMembershipReturnPayload> {
        step(ctx, input).await
    }

    /// Records that you have declared your interests to the board, or that there are none; again whenever they change.
    /// Needs: to be the person.
    async fn board_membership_declare_conflicts(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipDeclareConflictsInput,
    ) -> Result<BoardMembershipDeclareConflictsPayload> {
        let about = global_id::decode_as(board_membership::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(declare_conflicts(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }

    /// Ends a membership for a reason: `ACTIVE` or `ON_LEAVE` becomes `ENDED`, and the seat is free. Needs: the board's chair
    /// or facilitator, or the administrator of its host; or to be the person, who steps down.
    async fn board_membership_end(
        &self,
        ctx: &Context<'_>,
        input: BoardMembershipEndInput,
    ) -> Result<BoardMembershipEndPayload> {
        step(ctx, input).await
    }
}

payload! {
    /// What became of a nomination.
    BoardMembershipNominatePayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of recording a visit.
    BoardMembershipRecordVisitPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of an invitation.
    BoardMembershipInvitePayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of asking to an interview.
    BoardMembershipInterviewPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of an offer.
    BoardMembershipOfferPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of an acceptance.
    BoardMembershipAcceptPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of saying no.
    BoardMembershipDeclinePayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of stepping back.
    BoardMembershipWithdrawPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of a leave.
    BoardMembershipTakeLeavePayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of the return from a leave.
    BoardMembershipReturnPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of a declaration of interests.
    BoardMembershipDeclareConflictsPayload { board_membership: board_membership::Entity }
}

payload! {
    /// What became of the end of a membership.
    BoardMembershipEndPayload { board_membership: board_membership::Entity }
}
