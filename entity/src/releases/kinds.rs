//! Closed lists of releases (`domain.md` 2.8 and 4).

closed_enum! {
    /// How far a release has got.
    pub enum ReleaseStatus as "ReleaseStatus" {
        /// Made, and to be looked at before it is published.
        Draft = "DRAFT",
        /// Everybody reads it. It never changes; a correction is another release.
        Published = "PUBLISHED",
        /// It was not published, and will not be.
        Discarded = "DISCARDED",
    }

    /// How a number stands in a release.
    pub enum PublishedAs as "PublishedAs" {
        /// As it is.
        Exact = "EXACT",
        /// Rounded, or worked out from rounded numbers.
        Rounded = "ROUNDED",
        /// Withheld, so that nobody can be recognised. It is neither zero nor missing.
        Suppressed = "SUPPRESSED",
        /// Nobody gave it.
        NotAvailable = "NOT_AVAILABLE",
        /// There can be none.
        NotApplicable = "NOT_APPLICABLE",
    }

    /// What became of a figure since the publisher's release before of the same framework.
    pub enum FigureChange as "PublishedFigureChange" {
        /// It was not there.
        Added = "ADDED",
        /// It showed something else.
        Changed = "CHANGED",
        /// It showed the same.
        Same = "SAME",
        /// It was there, and this release does not give it.
        Removed = "REMOVED",
    }
}
