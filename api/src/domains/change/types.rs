//! How feedback, stories and "you said, we did" look to clients.

mod feedback;
mod you_said_we_did;

use entity::change::{
    feedback as feedback_table, feedback_account, feedback_step, feedback_story,
    you_said_we_did as you_said_we_did_table, you_said_we_did_source,
};

use crate::planner::Catalogue;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<feedback_table::Entity>()
        .with::<feedback_account::Entity>()
        .with::<feedback_step::Entity>()
        .with::<feedback_story::Entity>()
        .with::<you_said_we_did_table::Entity>()
        .with::<you_said_we_did_source::Entity>()
        .roots::<feedback_table::Entity>(
            "feedback",
            "A piece of feedback by its id.",
            "feedbackItems",
            "The feedback that you may read: yours, and that of your organisation and its services. What is late: \
             `filter: { isLate: true }`.",
        )
        .root_one::<feedback_account::Entity>("feedbackAccount", "The words of a piece of feedback, by their id.")
        .root_one::<feedback_story::Entity>("feedbackStory", "An anonymised story by its id.")
        .roots::<you_said_we_did_table::Entity>(
            "youSaidWeDid",
            "What people said and what was done about it, by its id.",
            "youSaidWeDidItems",
            "What people said and what was done about it: everything that is published, and the drafts of your organisation.",
        )
}
