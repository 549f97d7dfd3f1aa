//! Guides: for those who run Roundtable, build on it, or build it.

#[doc = include_str!("adding_an_entity.md")]
pub mod adding_an_entity {}

#[doc = include_str!("api_design.md")]
pub mod api_design {}

#[doc = include_str!("operating.md")]
pub mod operating {}

#[doc = include_str!("integrating.md")]
pub mod integrating {}

#[doc = include_str!("resources.md")]
pub mod resources {}

#[doc = include_str!("outcomes.md")]
pub mod outcomes {}

#[doc = include_str!("figures.md")]
pub mod figures {}

#[doc = include_str!("importing.md")]
pub mod importing {}

#[doc = include_str!("directory.md")]
pub mod directory {}

#[doc = include_str!("media.md")]
pub mod media {}

/// Stories told in requests and answers. A test runs them as they are written.
///
/// - A seat on the Team-Up Board in Oxfordshire, from the nomination to a panel on which the member sits: begins with
///   [`nominated`](walkthrough::nominated).
/// - [`norfolk`](walkthrough::norfolk): a member's idea becomes a resource that others adopt.
/// - [`nottingham`](walkthrough::nottingham): services adopt a pledge, and another version takes its place.
/// - [`manor`](walkthrough::manor): people edit a policy, are paid for it, and named if they want to be.
pub mod walkthrough {
    #[doc = include_str!("walkthrough/nominated.md")]
    pub mod nominated {}

    #[doc = include_str!("walkthrough/panel.md")]
    pub mod panel {}

    #[doc = include_str!("walkthrough/scores.md")]
    pub mod scores {}

    #[doc = include_str!("walkthrough/member.md")]
    pub mod member {}

    #[doc = include_str!("walkthrough/interviewing.md")]
    pub mod interviewing {}

    /// An idea, written together, shown at an event with two hosts, and adopted.
    pub mod norfolk {
        #[doc = include_str!("walkthrough/norfolk/idea.md")]
        pub mod idea {}

        #[doc = include_str!("walkthrough/norfolk/written.md")]
        pub mod written {}

        #[doc = include_str!("walkthrough/norfolk/showcase.md")]
        pub mod showcase {}

        #[doc = include_str!("walkthrough/norfolk/adopted.md")]
        pub mod adopted {}
    }

    /// A pledge that services adopt, look at again, and take back; and its next version.
    pub mod nottingham {
        #[doc = include_str!("walkthrough/nottingham/adopted.md")]
        pub mod adopted {}

        #[doc = include_str!("walkthrough/nottingham/another_version.md")]
        pub mod another_version {}

        #[doc = include_str!("walkthrough/nottingham/superseded.md")]
        pub mod superseded {}
    }

    /// A policy that residents edit for pay.
    pub mod manor {
        #[doc = include_str!("walkthrough/manor/agreed.md")]
        pub mod agreed {}

        #[doc = include_str!("walkthrough/manor/edited.md")]
        pub mod edited {}

        #[doc = include_str!("walkthrough/manor/named.md")]
        pub mod named {}
    }
}
