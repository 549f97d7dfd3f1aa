//! The closed enumerations of partnerships and data-sharing agreements (`domain.md` 2.1).

closed_enum! {
    /// How far a partnership has got.
    pub enum PartnershipStatus as "PartnershipStatus" {
        /// Being set up. It becomes active with at least two organisations, one of them user-led.
        Forming = "FORMING",
        /// At work.
        Active = "ACTIVE",
        /// Ended for good.
        Closed = "CLOSED",
    }

    /// The part an organisation plays in a partnership.
    pub enum PartnershipRole as "PartnershipRole" {
        /// Set the partnership up and answers for it.
        Lead = "LEAD",
        /// Pays for services and decides who provides them.
        Commissioner = "COMMISSIONER",
        /// Provides care or support.
        Provider = "PROVIDER",
        /// Is run by the people it is for.
        UserLed = "USER_LED",
        /// Gives advice.
        Advisor = "ADVISOR",
        /// Watches, and takes no decisions.
        Observer = "OBSERVER",
    }

    /// How far the membership of an organisation in a partnership has got.
    pub enum PartnershipMemberStatus as "PartnershipMemberStatus" {
        /// Invited. Only an administrator of the invited organisation can accept.
        Invited = "INVITED",
        /// Taking part.
        Active = "ACTIVE",
        /// No longer taking part; what it could read through the partnership is closed to it at once.
        Left = "LEFT",
    }

    /// How far a data-sharing agreement has got.
    pub enum AgreementStatus as "AgreementStatus" {
        /// Being written and signed. It becomes active when every party has signed.
        Draft = "DRAFT",
        /// In force: it opens what it covers to its parties.
        Active = "ACTIVE",
        /// Past the date to which it was agreed; it opens nothing any more.
        Expired = "EXPIRED",
        /// Ended early by one of its parties; it opens nothing any more.
        Terminated = "TERMINATED",
    }

    /// The kinds of data that an agreement opens to its parties.
    pub enum DataCategory as "DataCategory" {
        /// Boards, their seats and their unpublished papers.
        Boards = "BOARDS",
        /// Who sits on which board, and how they came to.
        Memberships = "MEMBERSHIPS",
        /// How to reach a person. The person's consent is needed as well.
        PersonalContact = "PERSONAL_CONTACT",
        /// What a named person needs in order to take part. This is health data: consent and a further condition are
        /// needed as well.
        AccessNeeds = "ACCESS_NEEDS",
        /// Monitoring visits and unpublished figures.
        Monitoring = "MONITORING",
        /// Consultations, surveys and their counts.
        Consultations = "CONSULTATIONS",
        /// Tenders and their evaluation.
        Tenders = "TENDERS",
        /// Resources that are not published yet.
        Resources = "RESOURCES",
        /// Feedback about services, with names removed.
        Feedback = "FEEDBACK",
    }

    /// The lawful basis on which personal data is shared. Source: UK GDPR, article 6(1).
    pub enum LawfulBasis as "LawfulBasis" {
        /// The person agreed, for a stated purpose.
        Consent = "CONSENT",
        /// It is needed for a contract with the person.
        Contract = "CONTRACT",
        /// The law requires it.
        LegalObligation = "LEGAL_OBLIGATION",
        /// It is needed to protect somebody's life.
        VitalInterests = "VITAL_INTERESTS",
        /// It is needed for a task in the public interest that has a basis in law.
        PublicTask = "PUBLIC_TASK",
        /// It is needed for an organisation's legitimate interests, and the person's own do not outweigh them.
        LegitimateInterests = "LEGITIMATE_INTERESTS",
    }

    /// The further condition without which special category data, such as health data, cannot be shared. Source: UK
    /// GDPR, article 9(2).
    pub enum SpecialCategoryCondition as "SpecialCategoryCondition" {
        /// The person agreed explicitly: article 9(2)(a).
        ExplicitConsent = "EXPLICIT_CONSENT",
        /// Employment, social security and social protection law: article 9(2)(b).
        EmploymentAndSocialProtection = "EMPLOYMENT_AND_SOCIAL_PROTECTION",
        /// It protects the life of somebody who cannot consent: article 9(2)(c).
        VitalInterests = "VITAL_INTERESTS",
        /// A not-for-profit body about its own members: article 9(2)(d).
        NotForProfitBody = "NOT_FOR_PROFIT_BODY",
        /// The person has plainly made the data public: article 9(2)(e).
        MadePublic = "MADE_PUBLIC",
        /// Legal claims and the work of courts: article 9(2)(f).
        LegalClaims = "LEGAL_CLAIMS",
        /// Substantial public interest with a basis in law: article 9(2)(g).
        SubstantialPublicInterest = "SUBSTANTIAL_PUBLIC_INTEREST",
        /// Health or social care, under a duty of confidence: article 9(2)(h).
        HealthOrSocialCare = "HEALTH_OR_SOCIAL_CARE",
        /// Public health: article 9(2)(i).
        PublicHealth = "PUBLIC_HEALTH",
        /// Archiving, research and statistics: article 9(2)(j).
        ArchivingResearchStatistics = "ARCHIVING_RESEARCH_STATISTICS",
    }
}
