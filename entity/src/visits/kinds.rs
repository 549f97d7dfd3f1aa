//! Closed lists of monitoring visits (`domain.md` 2.8).

closed_enum! {
    /// How far a monitoring visit has got.
    pub enum VisitStatus as "MonitoringVisitStatus" {
        /// Being prepared: who goes, and when.
        Planned = "PLANNED",
        /// It took place; nothing is written about it yet.
        Visited = "VISITED",
        /// The reviewers rate what they found, and write about it.
        Draft = "DRAFT",
        /// The provider reads it and can comment, once and until a time. Nothing else changes any more.
        ProviderComment = "PROVIDER_COMMENT",
        /// Everybody reads it. It never changes.
        Published = "PUBLISHED",
        /// Called off, and not published.
        Cancelled = "CANCELLED",
    }
}
