//! The closed enumerations of feedback and of what came of it (`domain.md` 2.5).

closed_enum! {
    /// What sort of feedback it is.
    pub enum FeedbackSource as "FeedbackSource" {
        /// Something went wrong for somebody, and they ask for it to be put right.
        Complaint = "COMPLAINT",
        /// Something went well.
        Compliment = "COMPLIMENT",
        /// Something could be done better, or anew.
        Idea = "IDEA",
        /// Something does not work, for one or for many.
        Issue = "ISSUE",
        /// Somebody fears that something may go wrong.
        Concern = "CONCERN",
    }

    /// How far an organisation has got with a piece of feedback.
    pub enum FeedbackStatus as "FeedbackStatus" {
        /// It came in, and nobody has answered yet.
        Received = "RECEIVED",
        /// Somebody has answered that it came in, and who deals with it.
        Acknowledged = "ACKNOWLEDGED",
        /// Somebody looks into it.
        Investigating = "INVESTIGATING",
        /// Something was done about it.
        Acted = "ACTED",
        /// Nothing was done about it, for a reason that was given.
        NoAction = "NO_ACTION",
        /// It is over: whoever gave it was told what came of it.
        Closed = "CLOSED",
    }

    /// How far a "you said, we did" has got.
    pub enum YouSaidWeDidStatus as "YouSaidWeDidStatus" {
        /// It is being written, and only the administrators of its organisation see it.
        Draft = "DRAFT",
        /// Everybody may read it.
        Published = "PUBLISHED",
        /// It was published, and taken back.
        Withdrawn = "WITHDRAWN",
    }

    /// What a "you said, we did" goes back to.
    pub enum YouSaidWeDidSourceKind as "YouSaidWeDidSourceKind" {
        /// Something that somebody told the organisation.
        Feedback = "FEEDBACK",
        /// A decision of a board.
        BoardDecision = "BOARD_DECISION",
        /// Something that somebody did for a board.
        Action = "ACTION",
        /// What a reviewer said of a resource.
        ResourceReview = "RESOURCE_REVIEW",
    }

    /// What sort of figures stand before and after a change.
    pub enum FigureKind as "FigureKind" {
        /// An estimate as somebody reported it. Nobody has counted: there is no numerator and no denominator.
        ReportedEstimate = "REPORTED_ESTIMATE",
    }

    /// What is claimed about the cause of a change in figures. Nothing here is proof of cause.
    pub enum EffectClaim as "EffectClaim" {
        /// The figure was another one afterwards; nothing is claimed about why.
        Afterwards = "AFTERWARDS",
        /// Those concerned say that what was done contributed to it. Contribution is not proof of cause.
        Contributed = "CONTRIBUTED",
    }
}
