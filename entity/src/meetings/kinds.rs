//! The closed enumerations of meetings (`domain.md` 2.2).

closed_enum! {
    /// How far a meeting has got.
    pub enum MeetingStatus as "MeetingStatus" {
        /// It is being prepared, and only the board's own people and its host's administrator see it.
        Draft = "DRAFT",
        /// It was announced, and everybody on the board is invited.
        Published = "PUBLISHED",
        /// It has begun or is over: attendance and decisions are recorded.
        Held = "HELD",
        /// Its minutes are written, and wait for the next meeting.
        MinutesDraft = "MINUTES_DRAFT",
        /// The next meeting approved its minutes.
        MinutesApproved = "MINUTES_APPROVED",
        /// It does not take place.
        Cancelled = "CANCELLED",
    }

    /// What an item is on the agenda for.
    pub enum AgendaItemKind as "AgendaItemKind" {
        /// The board decides.
        Decision = "DECISION",
        /// The board talks about it.
        Discussion = "DISCUSSION",
        /// The board is told something.
        Information = "INFORMATION",
    }

    /// How far an agenda item has got.
    pub enum AgendaItemStatus as "AgendaItemStatus" {
        /// A member put it forward, and the chair has not answered.
        Proposed = "PROPOSED",
        /// It is on the agenda.
        Accepted = "ACCEPTED",
        /// The chair said no.
        Declined = "DECLINED",
        /// It was taken back.
        Withdrawn = "WITHDRAWN",
    }

    /// In what capacity somebody attends a meeting.
    pub enum AttendanceCapacity as "AttendanceCapacity" {
        /// On the board. Only members vote, and only those whose seat has a vote.
        Member = "MEMBER",
        /// Gets to know the board, perhaps on the way to joining it. Visitors never vote.
        Visitor = "VISITOR",
        /// Works for an organisation and is there for it, without a seat.
        Officer = "OFFICER",
        /// Supports somebody who attends.
        Supporter = "SUPPORTER",
        /// Watches.
        Observer = "OBSERVER",
    }

    /// Whether somebody attended a meeting.
    pub enum AttendanceStatus as "AttendanceStatus" {
        /// They were asked to come.
        Invited = "INVITED",
        /// They said that they cannot come.
        Apologies = "APOLOGIES",
        /// They are or were there.
        Present = "PRESENT",
        /// They were not there, or have left.
        Absent = "ABSENT",
    }

    /// How a board decides.
    pub enum DecisionMethod as "DecisionMethod" {
        /// Nobody present objects, and nothing is counted.
        Consensus = "CONSENSUS",
        /// Voting members vote, and the votes are counted.
        Vote = "VOTE",
    }

    /// What came of a decision.
    pub enum DecisionOutcome as "DecisionOutcome" {
        /// The board wants it.
        Approved = "APPROVED",
        /// The board does not want it.
        Rejected = "REJECTED",
        /// The board puts it off.
        Deferred = "DEFERRED",
    }

    /// How far an action has got.
    pub enum ActionStatus as "ActionStatus" {
        /// It is to be done.
        Open = "OPEN",
        /// It was done.
        Done = "DONE",
        /// Something stands in its way.
        Blocked = "BLOCKED",
        /// It will not be done.
        Dropped = "DROPPED",
    }
}

impl MeetingStatus {
    /// The statuses of a meeting that has taken place.
    pub const TOOK_PLACE: [Self; 3] = [Self::Held, Self::MinutesDraft, Self::MinutesApproved];

    /// Whether the meeting has taken place.
    #[must_use]
    pub const fn took_place(self) -> bool {
        matches!(self, Self::Held | Self::MinutesDraft | Self::MinutesApproved)
    }

    /// Whether the meeting is still to come, as far as anybody has said.
    #[must_use]
    pub const fn is_to_come(self) -> bool {
        matches!(self, Self::Draft | Self::Published)
    }
}
