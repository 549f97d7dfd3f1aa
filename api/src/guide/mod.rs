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
#[doc = include_str!("media.md")]
pub mod media {}

#[doc = include_str!("figures.md")]
pub mod figures {}

/// A story told in requests and answers: a seat on the Team-Up Board, from the nomination to a panel on which the member sits.
/// A test runs it.
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
}
