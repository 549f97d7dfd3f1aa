//! Closed lists of training, vacancies and interview panels (`domain.md` 2.3).

closed_enum! {
    /// What somebody is sought for.
    pub enum VacancyKind as "VacancyKind" {
        /// A paid post in the recruiting organisation.
        StaffPost = "STAFF_POST",
        /// A seat on a board that the recruiting organisation hosts.
        BoardSeat = "BOARD_SEAT",
        /// Work as a researcher with lived experience.
        PeerResearcher = "PEER_RESEARCHER",
    }
    /// How far a vacancy has got.
    pub enum VacancyStatus as "VacancyStatus" {
        /// Being written; nobody but the recruiting organisation sees it.
        Draft = "DRAFT",
        /// Announced. Applications are taken from the opening to the closing time.
        Open = "OPEN",
        /// No more applications; the panel draws up its list of candidates.
        Closed = "CLOSED",
        /// The panel interviews and scores.
        Interviewing = "INTERVIEWING",
        /// The panel has decided about every candidate.
        Decided = "DECIDED",
        /// Somebody has accepted.
        Filled = "FILLED",
        /// Nobody was appointed, or nobody accepted.
        Unfilled = "UNFILLED",
        /// Called off before a decision.
        Withdrawn = "WITHDRAWN",
    }

    /// How far an application has got.
    pub enum ApplicationStatus as "ApplicationStatus" {
        /// Handed in.
        Submitted = "SUBMITTED",
        /// A candidate: the panel will interview them.
        Shortlisted = "SHORTLISTED",
        /// All scores of the panel are in.
        Interviewed = "INTERVIEWED",
        /// The panel has decided to appoint them.
        Offered = "OFFERED",
        /// They have taken the offer.
        Accepted = "ACCEPTED",
        /// Not appointed.
        Rejected = "REJECTED",
        /// They have turned the offer down.
        Declined = "DECLINED",
        /// They have taken the application back.
        Withdrawn = "WITHDRAWN",
    }

    /// What somebody may say about themselves, so that an organisation can see who it reaches. Nobody has to answer.
    pub enum EqualityAnswer as "EqualityAnswer" {
        /// Younger than 25.
        AgeUnder25 = "AGE_UNDER_25",
        /// Between 25 and 49.
        Age25To49 = "AGE_25_TO_49",
        /// Between 50 and 64.
        Age50To64 = "AGE_50_TO_64",
        /// 65 or older.
        Age65OrOver = "AGE_65_OR_OVER",
        /// Disabled.
        DisabledYes = "DISABLED_YES",
        /// Not disabled.
        DisabledNo = "DISABLED_NO",
        /// An unpaid carer.
        CarerYes = "CARER_YES",
        /// Not an unpaid carer.
        CarerNo = "CARER_NO",
        /// Female.
        SexFemale = "SEX_FEMALE",
        /// Male.
        SexMale = "SEX_MALE",
        /// Asian or Asian British.
        EthnicityAsian = "ETHNICITY_ASIAN",
        /// Black, Black British, Caribbean or African.
        EthnicityBlack = "ETHNICITY_BLACK",
        /// Mixed or several ethnic groups.
        EthnicityMixed = "ETHNICITY_MIXED",
        /// White.
        EthnicityWhite = "ETHNICITY_WHITE",
        /// Another ethnic group.
        EthnicityOther = "ETHNICITY_OTHER",
    }

    /// How far an interview panel has got.
    pub enum PanelStatus as "PanelStatus" {
        /// Being put together: panellists, questions, declarations.
        Forming = "FORMING",
        /// Complete: it can begin to score.
        Ready = "READY",
        /// Panellists score, each by themselves; the questions are fixed.
        Scoring = "SCORING",
        /// All scores are in, and the panellists see each other's.
        Moderating = "MODERATING",
        /// Every candidate has a decision; nothing changes any more.
        Decided = "DECIDED",
    }

    /// As whom somebody sits on an interview panel.
    pub enum PanelCapacity as "PanelCapacity" {
        /// As somebody with lived experience of services.
        LivedExperience = "LIVED_EXPERIENCE",
        /// As an unpaid carer.
        Carer = "CARER",
        /// As staff of the recruiting organisation.
        Staff = "STAFF",
        /// As a professional from elsewhere.
        Professional = "PROFESSIONAL",
    }

    /// What interests are declared about.
    pub enum ConflictContext as "ConflictContext" {
        /// An interview panel, and its candidates.
        Panel = "PANEL",
        /// The work of a board.
        Board = "BOARD",
        /// An item on the agenda of a board.
        AgendaItem = "AGENDA_ITEM",
        /// A visit to a service by peer reviewers.
        MonitoringVisit = "MONITORING_VISIT",
    }

    /// What ties somebody to what they have a say in.
    pub enum ConflictNature as "ConflictNature" {
        /// There is nothing to declare.
        None = "NONE",
        /// Works or worked with or for the candidate, the provider, or whom the item is about.
        Employment = "EMPLOYMENT",
        /// Has money at stake.
        Financial = "FINANCIAL",
        /// Receives a service that the candidate, the provider, or whom the item is about, gives or runs.
        ReceivesService = "RECEIVES_SERVICE",
        /// Is family.
        Family = "FAMILY",
        /// Knows the candidate, whom the visit is to, or whom the item is about, personally.
        Personal = "PERSONAL",
        /// Something else.
        Other = "OTHER",
    }

    /// How serious a conflict of interest is.
    pub enum ConflictLevel as "ConflictLevel" {
        /// The interests do conflict.
        Actual = "ACTUAL",
        /// The interests could come to conflict.
        Potential = "POTENTIAL",
        /// Somebody could think that they conflict.
        Perceived = "PERCEIVED",
    }

    /// What somebody else made of a declared conflict.
    pub enum ConflictAssessment as "ConflictAssessment" {
        /// Not assessed yet.
        Pending = "PENDING",
        /// No reason to change anything.
        Clear = "CLEAR",
        /// They take part, with precautions.
        Mitigate = "MITIGATE",
        /// They have no part in what concerns this candidate, this item or this visit.
        Recuse = "RECUSE",
    }

    /// What a panel decided about a candidate.
    pub enum PanelOutcome as "PanelOutcome" {
        /// The candidate is offered the place.
        Appoint = "APPOINT",
        /// The candidate could be appointed, and others go first.
        Reserve = "RESERVE",
        /// The candidate is not appointed.
        Reject = "REJECT",
    }
}
