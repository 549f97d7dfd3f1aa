//! What clients send for each step of a membership.

use async_graphql::{ID, InputObject};
use entity::boards::kinds::{MembershipEndReason, MembershipStage};

use super::take::{Side, Wanted};
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::planner::{Date, OneOf};

/// Whom to put forward.
#[derive(Debug, InputObject)]
pub struct BoardMembershipNominateInput {
    /// The board.
    pub board_id: ID,
    /// The person: somebody you may see, without an open path on this board.
    pub person_id: ID,
    /// The seat you have in mind, of the same board. Councillors and officers come by nomination of an organisation instead
    /// of a visit and an interview; which way it is depends on the kind of the seat.
    pub seat_id: Option<ID>,
    /// The organisation that puts them forward, which you must administer and act for; leave it out when the board does.
    pub nominated_by_organisation_id: Option<ID>,
    /// Why the person would like to join, in their own words: up to 2,000 characters. Read by the person, the board's chair
    /// and its host's administrator.
    pub motivation: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Who visits a meeting.
    BoardMembershipRecordVisitInput("The membership.") {
        /// The day they watched a meeting: one at which their attendance is recorded as `VISITOR` and `PRESENT`. Leave it out
        /// and it is taken from there, now or at a later step; people are invited to join once they have attended.
        visited_on: Option<Date>,
        /// Anything to note, in plain words: up to 2,000 characters. Kept with the move to `VISITOR`.
        reason: Option<String>,
    }
}

action_input! {
    /// Who is invited to join.
    BoardMembershipInviteInput("The membership.") {
        /// Why the visit is waived, when none is recorded: up to 2,000 characters.
        waiver_reason: Option<String>,
        /// Anything to note, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Who is interviewed.
    BoardMembershipInterviewInput("The membership.") {
        /// Why the visit is waived, when none is recorded: up to 2,000 characters.
        waiver_reason: Option<String>,
        /// Anything to note, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Who is offered which seat.
    BoardMembershipOfferInput("The membership.") {
        /// The seat, of the same board.
        seat_id: ID,
        /// The first day of the term; the day of acceptance when you leave it out.
        from_on: Option<Date>,
        /// The last day of the term, no later than the board's terms last; that day when you leave it out.
        to_on: Option<Date>,
        /// Why the visit or the decision of an interview panel is waived, when one is missing: up to 2,000 characters.
        waiver_reason: Option<String>,
        /// Anything to note, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Which offer you accept.
    BoardMembershipAcceptInput("Your membership.") {
        /// True: you have declared your interests to the board, or that there are none. Needed unless you have said so
        /// before.
        conflicts_declared: Option<bool>,
    }
}

action_input! {
    /// Which path comes to its end before it led to a seat.
    BoardMembershipDeclineInput("The membership.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// From which board you step back.
    BoardMembershipWithdrawInput("Your membership.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Who is away for a time.
    BoardMembershipTakeLeaveInput("The membership.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// Who is back.
    BoardMembershipReturnInput("The membership.") {
        /// Anything to note, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

action_input! {
    /// For which membership you declare your interests.
    BoardMembershipDeclareConflictsInput("Your membership.") {}
}

action_input! {
    /// Which membership ends, and why.
    BoardMembershipEndInput("The membership.") {
        /// Why. You end your own membership with `STEPPED_DOWN`; `TERM_EXPIRED` is the server's to give.
        end_reason: OneOf<MembershipEndReason>,
        /// More about it, in plain words: up to 2,000 characters. Needed for `OTHER`.
        reason: Option<String>,
    }
}

/// An input that asks for one step.
pub(super) trait StepInput {
    /// The step.
    fn wanted(&self) -> Wanted<'_>;
}

/// `Input => "event", STAGE, Side, [fields], |input| { further values };`
macro_rules! steps {
    ($($input:ident => $action:literal, $to:ident, $side:ident, [$($field:literal),*], |$this:ident| { $($name:ident: $value:expr),* $(,)? };)+) => {$(
        impl StepInput for $input {
            fn wanted(&self) -> Wanted<'_> {
                let $this = self;
                Wanted {
                    $($name: $value,)*
                    fields: &[$($field),*],
                    ..Wanted::new(
                        (&$this.id, $this.expected_version, $this.idempotency_key.as_ref()),
                        ($action, MembershipStage::$to, Side::$side),
                    )
                }
            }
        }
    )+};
}

steps! {
    BoardMembershipRecordVisitInput => "board_membership.record_visit", Visitor, Board, ["visitedOn", "reason"], |input| {
        visited_on: input.visited_on.map(|on| on.0),
        reason: input.reason.as_deref(),
    };
    BoardMembershipInviteInput => "board_membership.invite", Invited, Board, ["waiverReason", "reason"], |input| {
        waiver_reason: input.waiver_reason.as_deref(),
        reason: input.reason.as_deref(),
    };
    BoardMembershipInterviewInput => "board_membership.interview", Interview, Board, ["waiverReason", "reason"], |input| {
        waiver_reason: input.waiver_reason.as_deref(),
        reason: input.reason.as_deref(),
    };
    BoardMembershipOfferInput => "board_membership.offer", Offered, Board,
        ["seatId", "fromOn", "toOn", "waiverReason", "reason"], |input| {
        seat_id: Some(&input.seat_id),
        from_on: input.from_on.map(|on| on.0),
        to_on: input.to_on.map(|on| on.0),
        waiver_reason: input.waiver_reason.as_deref(),
        reason: input.reason.as_deref(),
    };
    BoardMembershipAcceptInput => "board_membership.accept", Active, Person, ["conflictsDeclared"], |input| {
        declares_conflicts: input.conflicts_declared == Some(true),
    };
    BoardMembershipDeclineInput => "board_membership.decline", Declined, Either, ["reason"], |input| {
        reason: input.reason.as_deref(),
    };
    BoardMembershipWithdrawInput => "board_membership.withdraw", Withdrawn, Person, ["reason"], |input| {
        reason: input.reason.as_deref(),
    };
    BoardMembershipTakeLeaveInput => "board_membership.take_leave", OnLeave, Board, ["reason"], |input| {
        reason: input.reason.as_deref(),
    };
    BoardMembershipReturnInput => "board_membership.return", Active, Board, ["reason"], |input| {
        reason: input.reason.as_deref(),
    };
    BoardMembershipEndInput => "board_membership.end", Ended, Either, ["endReason", "reason"], |input| {
        end_reason: Some(input.end_reason.0),
        reason: input.reason.as_deref(),
    };
}
