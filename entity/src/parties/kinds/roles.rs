//! Roles and the scopes they are given in (`domain.md` 2.1 and 3).

closed_enum! {
    /// What an account may do within the scope it was given. No role by itself opens data about health or access needs.
    pub enum Role as "Role" {
        /// Runs the platform: checks and admits organisations, and sees no personal contact details.
        PlatformAdmin = "PLATFORM_ADMIN",
        /// Acts for one organisation: its sites, its people's roles, its partnerships and agreements.
        OrganisationAdmin = "ORGANISATION_ADMIN",
        /// Leads a board: its seats, its meetings, who moves to which stage.
        Chair = "CHAIR",
        /// Runs a board's work together with the chair, and sees that everyone can take part.
        Facilitator = "FACILITATOR",
        /// Commissions services on behalf of a council or an NHS body.
        Commissioner = "COMMISSIONER",
        /// Works for an organisation that provides care or support.
        ProviderUser = "PROVIDER_USER",
        /// Does approved research and sees what the approval covers, with names removed.
        Researcher = "RESEARCHER",
        /// Reads free-text answers in order to analyse them.
        Analyst = "ANALYST",
        /// Handles payments and expenses of one organisation.
        Finance = "FINANCE",
        /// A computer system acting for an organisation within the scopes of its account.
        Integration = "INTEGRATION",
    }

    /// Where a role applies.
    pub enum ScopeType as "ScopeType" {
        /// Everywhere on the platform.
        Platform = "PLATFORM",
        /// In one organisation.
        Organisation = "ORGANISATION",
        /// In one partnership.
        Partnership = "PARTNERSHIP",
        /// On one board.
        Board = "BOARD",
    }
}
