//! Decisions (`domain.md` 2.2): by consensus or by vote, by the voting members who are present at that moment.
//!
//! Who **can vote**: a person who is recorded as present as a `MEMBER`, is active on the board, holds an open seat with a
//! vote, and is not recused from the item. The board decides when at least its quorum of them is there, and at least its
//! quorum of lived experience among them. It does not decide while somebody's interest in the item waits to be assessed: they
//! could vote, and be recused afterwards.

use entity::boards::kinds::{BoardStatus, MembershipStage};
use entity::boards::{board_membership, board_seat};
use entity::id::PersonId;
use entity::meetings::attendance;
use entity::meetings::kinds::{
    AgendaItemKind, AgendaItemStatus, AttendanceCapacity, AttendanceStatus, DecisionMethod, DecisionOutcome,
    MeetingStatus,
};

use entity::panels::conflict_declaration;
use entity::panels::kinds::ConflictAssessment;

use crate::domains::boards::rules::quorum::VotingSeats;
use crate::domains::violation::{UserErrorCode as Code, Violations};

/// Counts who can vote at this moment: all of them, and those of lived experience. `recused` are those who take no part in
/// this item for a conflict of interest.
#[must_use]
pub fn voters(
    attendances: &[attendance::Model],
    memberships: &[board_membership::Model],
    seats: &[board_seat::Model],
    recused: &[PersonId],
) -> VotingSeats {
    let present = attendances.iter().filter(|attendance| {
        attendance.capacity == AttendanceCapacity::Member
            && attendance.status == AttendanceStatus::Present
            && !recused.contains(&attendance.person_id)
    });
    let seats = present.filter_map(|attendance| {
        let seat = memberships
            .iter()
            .find(|membership| {
                membership.person_id == attendance.person_id && membership.stage == MembershipStage::Active
            })?
            .seat_id?;
        seats.iter().find(|found| found.id == seat)
    });
    VotingSeats::count(seats)
}

/// Those who take no part in an item, by what was declared about it.
#[must_use]
pub fn recused(declared: &[conflict_declaration::Model]) -> Vec<PersonId> {
    let recused = declared
        .iter()
        .filter(|of| of.assessment == Some(ConflictAssessment::Recuse));
    recused.map(|of| of.person_id).collect()
}

/// Whether something that was declared waits to be assessed.
#[must_use]
pub fn is_unassessed(declared: &[conflict_declaration::Model]) -> bool {
    declared
        .iter()
        .any(|of| of.assessment == Some(ConflictAssessment::Pending))
}

/// The votes that were cast.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// For it.
    pub votes_for: Option<i32>,
    /// Against it.
    pub votes_against: Option<i32>,
    /// Neither.
    pub votes_abstain: Option<i32>,
}

/// What a decision depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecisionFacts {
    /// How far the board has got.
    pub board: BoardStatus,
    /// How far the meeting has got.
    pub meeting: MeetingStatus,
    /// How far the item has got.
    pub item: AgendaItemStatus,
    /// What the item is on the agenda for.
    pub kind: AgendaItemKind,
    /// How many voting members must be present.
    pub quorum: i32,
    /// How many of them must be of lived experience.
    pub quorum_lived: i32,
    /// Who can vote now.
    pub voters: VotingSeats,
    /// Whether somebody's interest in the item waits to be assessed.
    pub is_unassessed: bool,
    /// How it was decided.
    pub method: DecisionMethod,
    /// With what outcome.
    pub outcome: DecisionOutcome,
    /// The votes that were counted.
    pub votes: Votes,
}

/// Whether a decision can stand.
///
/// # Errors
/// `INACTIVE` for a board that is not at work, a meeting that is not held, or an item that is not on the agenda; `RULE_BROKEN`
/// for an item that is not for decision, without a quorum, for votes beside a consensus, for more votes than could be cast,
/// and for an outcome that the votes do not bear; `REQUIRED` for votes that were not counted, `OUT_OF_RANGE` for negative ones.
pub fn check_decision(facts: &DecisionFacts) -> Result<(), Vec<crate::domains::violation::Violation>> {
    let mut violations = Violations::default();
    check_place(&mut violations, facts);
    let quorum = (facts.quorum, facts.quorum_lived);
    check_quorum(&mut violations, ITEM, quorum, facts.voters);
    violations.check(!facts.is_unassessed, Code::RuleBroken, ITEM, || {
        "Somebody has declared an interest in this item, and nobody has assessed it (conflictAssess). Say first whether they take \
         part."
            .to_owned()
    });
    match facts.method {
        DecisionMethod::Consensus => check_nothing_counted(&mut violations, facts.votes),
        DecisionMethod::Vote => check_votes(&mut violations, facts),
    }
    violations.into_result()
}

const ITEM: &str = "agendaItemId";

fn check_place(violations: &mut Violations, facts: &DecisionFacts) {
    violations.check(facts.board == BoardStatus::Active, Code::Inactive, ITEM, || {
        format!("This board is {}, and only an ACTIVE board decides.", facts.board)
    });
    violations.check(facts.meeting == MeetingStatus::Held, Code::Inactive, ITEM, || {
        format!(
            "The meeting is {}. Decisions are recorded while it is HELD, until its minutes are written.",
            facts.meeting
        )
    });
    violations.check(
        facts.item == AgendaItemStatus::Accepted,
        Code::Inactive,
        ITEM,
        || format!("This item is {}, so it is not on the agenda.", facts.item),
    );
    violations.check(facts.kind == AgendaItemKind::Decision, Code::RuleBroken, ITEM, || {
        format!(
            "This item was on the agenda for {}, so nobody could know that it would be decided. Put it on the next agenda for \
             DECISION.",
            facts.kind
        )
    });
}

/// Whether enough voting members are there, and enough of them of lived experience: for a decision, and to approve minutes.
pub(super) fn check_quorum(
    violations: &mut Violations,
    field: &str,
    (quorum, quorum_lived): (i32, i32),
    voters: VotingSeats,
) {
    let (all, lived) = (voters.all, voters.lived);
    violations.check(i64::from(all) >= i64::from(quorum), Code::RuleBroken, field, || {
        format!(
            "{all} voting members are recorded as present, and the quorum is {quorum}. Record who else is there, or decide at \
             another meeting."
        )
    });
    violations.check(i64::from(lived) >= i64::from(quorum_lived), Code::RuleBroken, field, || {
        format!(
            "{lived} voting members with lived experience are recorded as present, and the quorum asks for {quorum_lived}. Record \
             who else is there, or decide at another meeting."
        )
    });
}

impl Votes {
    fn named(self) -> [(&'static str, Option<i32>); 3] {
        [
            ("votesFor", self.votes_for),
            ("votesAgainst", self.votes_against),
            ("votesAbstain", self.votes_abstain),
        ]
    }
}

fn check_nothing_counted(violations: &mut Violations, votes: Votes) {
    for (field, _) in votes.named().into_iter().filter(|(_, votes)| votes.is_some()) {
        violations.check(false, Code::RuleBroken, field, || {
            "A consensus is not counted. Leave the votes out, or record a VOTE.".to_owned()
        });
    }
}

fn check_votes(violations: &mut Violations, facts: &DecisionFacts) {
    let mut cast = 0;
    for (field, votes) in facts.votes.named() {
        violations.check(votes.is_some(), Code::Required, field, || {
            "A vote is counted: say how many voted for, against, and neither; 0 is a number, too.".to_owned()
        });
        violations.check(
            votes.is_none_or(|votes| votes >= 0),
            Code::OutOfRange,
            field,
            || "Votes are counted from 0.".to_owned(),
        );
        cast += i64::from(votes.unwrap_or_default().max(0));
    }
    let all = facts.voters.all;
    violations.check(cast <= i64::from(all), Code::RuleBroken, "votesFor", || {
        format!(
            "{cast} votes were counted, and {all} voting members are recorded as present. Visitors, officers without a seat, \
             supporters and observers do not vote."
        )
    });
    let (votes_for, votes_against) = (facts.votes.votes_for, facts.votes.votes_against);
    let (Some(votes_for), Some(votes_against)) = (votes_for, votes_against) else {
        return;
    };
    let bears = match facts.outcome {
        DecisionOutcome::Approved => votes_for > votes_against,
        DecisionOutcome::Rejected => votes_for <= votes_against,
        DecisionOutcome::Deferred => true,
    };
    violations.check(bears, Code::RuleBroken, "outcome", || {
        format!(
            "With {votes_for} for and {votes_against} against, the outcome is not {}. More votes for than against approve; \
             otherwise it is rejected or deferred.",
            facts.outcome
        )
    });
}

#[cfg(test)]
mod tests;
