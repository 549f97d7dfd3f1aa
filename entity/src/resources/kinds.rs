//! Closed lists of what people write together and adopt (`domain.md` 2.6).

closed_enum! {
    /// What sort of thing a resource is.
    pub enum ResourceKind as "ResourceKind" {
        /// Says how to do something.
        Guide = "GUIDE",
        /// Says what an organisation does, and what it does not.
        Policy = "POLICY",
        /// Says what good looks like, so that it can be checked.
        Standard = "STANDARD",
        /// A promise that organisations and people make to each other.
        Pledge = "PLEDGE",
        /// Material to learn with.
        Training = "TRAINING",
        /// Says what was found out.
        Report = "REPORT",
        /// Something to work with, such as a checklist.
        Tool = "TOOL",
        /// A film.
        Video = "VIDEO",
    }

    /// How a resource stands, all its versions taken together.
    pub enum ResourceStatus as "ResourceStatus" {
        /// No version has been published yet: it is its authors' own matter.
        Draft = "DRAFT",
        /// One version is published.
        Published = "PUBLISHED",
        /// What was published has been withdrawn.
        Withdrawn = "WITHDRAWN",
    }

    /// How far a version of a resource has got.
    pub enum ResourceVersionStatus as "ResourceVersionStatus" {
        /// Being written.
        Draft = "DRAFT",
        /// Being reviewed; its text can still change.
        Review = "REVIEW",
        /// Signed off: its text stays as it is.
        SignedOff = "SIGNED_OFF",
        /// The version that counts.
        Published = "PUBLISHED",
        /// A later version took its place.
        Superseded = "SUPERSEDED",
        /// Taken back, with the reason.
        Withdrawn = "WITHDRAWN",
    }

    /// What somebody did for a version.
    pub enum ContributorRole as "ContributorRole" {
        /// Wrote it.
        Author = "AUTHOR",
        /// Worked on its text.
        Editor = "EDITOR",
        /// Made how it looks.
        Designer = "DESIGNER",
        /// Read it and said what they think.
        Reviewer = "REVIEWER",
        /// Tried out whether its formats work for them.
        Tester = "TESTER",
    }

    /// What a reviewer thinks of a version.
    pub enum ReviewVerdict as "ReviewVerdict" {
        /// It can be published like this.
        Approve = "APPROVE",
        /// Something has to change first.
        Changes = "CHANGES",
        /// It should not be published.
        Reject = "REJECT",
    }

    /// How far the adoption of a version has got.
    pub enum AdoptionStatus as "AdoptionStatus" {
        /// The organisation says that it will.
        Pledged = "PLEDGED",
        /// It works by it.
        Adopted = "ADOPTED",
        /// It has shown what came of it.
        Evidenced = "EVIDENCED",
        /// It no longer does, with the reason.
        Withdrawn = "WITHDRAWN",
    }

    /// Why a reader is offered the format and language they are offered.
    pub enum RenditionReason as "RenditionReason" {
        /// It is in the format and the language that you asked for in your details.
        Exact = "EXACT",
        /// It is in your format, but not in your language.
        OtherLanguage = "OTHER_LANGUAGE",
        /// It is not in your format, but in one that comes near to it.
        NearestFormat = "NEAREST_FORMAT",
        /// There is nothing in your format or near to it: this is the standard one.
        StandardOnly = "STANDARD_ONLY",
        /// Nothing is known of what you need: this is the standard one; where there is none and no text, the first that is there.
        NoPreference = "NO_PREFERENCE",
        /// There is nothing for you: nothing of it is published, or it has no text and no rendition that you may read in your format
        /// or near to it.
        None = "NONE",
    }
}
