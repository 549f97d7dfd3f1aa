//! The closed enumerations of initiatives, boards and their members (`domain.md` 2.2 and 4).

closed_enum! {
    /// The rungs of the ladder of co-production, from the lowest to the highest. Source: the ladder published by Think
    /// Local Act Personal and its National Co-production Advisory Group.
    pub enum LadderRung as "LadderRung" {
        /// People attend passively and have no say.
        Coercion = "COERCION",
        /// People are helped to understand how services work, and have no say in them.
        Educating = "EDUCATING",
        /// People are told what has been decided. Telling people after a decision can claim no rung above this one.
        Informing = "INFORMING",
        /// People are asked what they think, and others decide what to do with it.
        Consultation = "CONSULTATION",
        /// People have more chances to say what they think and may influence some decisions.
        Engagement = "ENGAGEMENT",
        /// People take part in designing a service, and not always in delivering it.
        CoDesign = "CO_DESIGN",
        /// People and professionals share power as equals from design to delivery and review.
        CoProduction = "CO_PRODUCTION",
    }

    /// The parts of the work in which people who use services and professionals act together.
    pub enum Stage as "Stage" {
        /// Deciding together what is needed and how it should work.
        CoDesign = "CO_DESIGN",
        /// Making the decisions together, including those about money.
        CoDecision = "CO_DECISION",
        /// Doing the work together.
        CoDelivery = "CO_DELIVERY",
        /// Judging together how well it worked.
        CoEvaluation = "CO_EVALUATION",
    }

    /// The principles of co-production that a piece of work commits itself to.
    pub enum Principle as "Principle" {
        /// Everyone has assets, and nobody counts for more than another.
        Equality = "EQUALITY",
        /// People who are often left out are actively brought in.
        Diversity = "DIVERSITY",
        /// Everyone can take part on an equal footing.
        Accessibility = "ACCESSIBILITY",
        /// People get something back for what they put in.
        Reciprocity = "RECIPROCITY",
    }

    /// What a board is for.
    pub enum BoardKind as "BoardKind" {
        /// A standing board on which people who use services and professionals decide together.
        CoproductionBoard = "COPRODUCTION_BOARD",
        /// Inquires into one question for a set time and reports with recommendations.
        Commission = "COMMISSION",
        /// People who use a service, who say regularly how it works for them.
        ReferenceGroup = "REFERENCE_GROUP",
        /// Providers of a service, who work on it together with the commissioner.
        ProviderGroup = "PROVIDER_GROUP",
        /// Watches over a piece of work, with professionals and people with lived experience among its members.
        SteeringGroup = "STEERING_GROUP",
        /// Sees that accepted recommendations are carried out.
        ImplementationGroup = "IMPLEMENTATION_GROUP",
    }

    /// How far a board has got.
    pub enum BoardStatus as "BoardStatus" {
        /// Being set up; it cannot decide yet.
        Forming = "FORMING",
        /// At work.
        Active = "ACTIVE",
        /// Not meeting at present.
        Dormant = "DORMANT",
        /// Ended for good.
        Closed = "CLOSED",
    }

    /// In what capacity the holder of a seat sits on a board.
    pub enum SeatKind as "SeatKind" {
        /// Somebody who uses, or has used, the services concerned.
        LivedExperience = "LIVED_EXPERIENCE",
        /// An unpaid carer of somebody who uses services.
        Carer = "CARER",
        /// A councillor whom the board has co-opted.
        CouncillorCoopted = "COUNCILLOR_COOPTED",
        /// An officer of a council or another public body.
        Officer = "OFFICER",
        /// Somebody from an organisation that provides care or support.
        Provider = "PROVIDER",
        /// A health professional.
        Clinician = "CLINICIAN",
        /// Somebody from a voluntary, community or social enterprise organisation.
        Vcse = "VCSE",
    }

    /// How far a person has got on the path on to, through and off a board.
    pub enum MembershipStage as "MembershipStage" {
        /// Put forward, by an organisation or by themselves.
        Nominated = "NOMINATED",
        /// Invited to watch a meeting before deciding; visitors cannot vote.
        Visitor = "VISITOR",
        /// Invited to be interviewed.
        Invited = "INVITED",
        /// Being interviewed by people who include sitting members.
        Interview = "INTERVIEW",
        /// Offered a seat, which the person may accept.
        Offered = "OFFERED",
        /// A member who holds a seat.
        Active = "ACTIVE",
        /// A member who holds a seat and is away for a time.
        OnLeave = "ON_LEAVE",
        /// No longer a member.
        Ended = "ENDED",
        /// The person, or the board, said no.
        Declined = "DECLINED",
        /// The person stepped back before becoming a member.
        Withdrawn = "WITHDRAWN",
    }

    /// Why a board membership ended.
    pub enum MembershipEndReason as "MembershipEndReason" {
        /// The term came to its end.
        TermExpired = "TERM_EXPIRED",
        /// The member chose to leave.
        SteppedDown = "STEPPED_DOWN",
        /// The member no longer meets the conditions of the board or the seat.
        NoLongerEligible = "NO_LONGER_ELIGIBLE",
        /// The board ended the membership.
        Removed = "REMOVED",
        /// The seat was closed.
        SeatClosed = "SEAT_CLOSED",
        /// The board was closed.
        BoardClosed = "BOARD_CLOSED",
        /// A reason that is not given here.
        Other = "OTHER",
    }
}

impl BoardStatus {
    /// Every status in which a board may still do something.
    pub const OPEN: [Self; 3] = [Self::Forming, Self::Active, Self::Dormant];
}

impl MembershipStage {
    /// The stages in which a person holds a seat, so that nobody else can (`domain.md` 2.2).
    pub const HOLDING: [Self; 2] = [Self::Active, Self::OnLeave];

    /// The stages from which there is no way on; a person may then start anew on the same board.
    pub const CLOSED: [Self; 3] = [Self::Ended, Self::Declined, Self::Withdrawn];

    /// Whether a person in this stage holds a seat.
    #[must_use]
    pub fn holds_a_seat(self) -> bool {
        Self::HOLDING.contains(&self)
    }

    /// Whether the path of the person on this board has come to its end.
    #[must_use]
    pub fn is_closed(self) -> bool {
        Self::CLOSED.contains(&self)
    }
}
