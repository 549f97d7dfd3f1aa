//! "You said, we did": who may see and do what (`domain.md` 2.5 and 3).
//!
//! | | administrator of the organisation that answers for it | everybody else |
//! |---|---|---|
//! | draft, withdrawn | write | – |
//! | published | withdraw | read |
//! | what it goes back to | write, while it is a draft | that there is something, once it is published |
//!
//! A source shows the feedback, decision, action or review that it names only to whoever may read that anyway. The story of feedback
//! appears while the person consents: see [`super::feedback`].

use entity::change::{you_said_we_did, you_said_we_did_source};
use entity::parties::organisation;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::policy::{Denied, Permit, Viewer};
use crate::store::{Rows, Scope, Scoped, ViewerFact};

impl Scoped for you_said_we_did::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        use you_said_we_did::Column as C;
        Scope::when(
            Condition::any()
                .add(rows.column(C::Status).eq("PUBLISHED"))
                .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations)),
        )
    }
}

impl Scoped for you_said_we_did_source::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, you_said_we_did::Entity>(rows, you_said_we_did_source::Column::YouSaidWeDidId)
    }
}

/// Leave to write what an organisation says it did.
#[derive(Debug)]
pub struct AnswerFor;

/// Whether the viewer may write what an organisation says it did: its administrator.
#[must_use]
pub fn may_answer_for(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.administers(organisation)
}

/// Leave to begin a "you said, we did".
///
/// # Errors
/// [`Denied`] unless [`may_answer_for`].
pub fn create_you_said_we_did(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<AnswerFor, organisation::Model>, Denied> {
    Permit::when(may_answer_for(viewer, organisation.id.0), organisation)
}

/// Leave to write, publish and withdraw a "you said, we did".
///
/// # Errors
/// [`Denied`] unless [`may_answer_for`].
pub fn change_you_said_we_did(
    viewer: &Viewer,
    row: you_said_we_did::Model,
) -> Result<Permit<AnswerFor, you_said_we_did::Model>, Denied> {
    Permit::when(may_answer_for(viewer, row.organisation_id.0), row)
}

/// Leave to write a "you said, we did" reaches what it goes back to.
///
/// # Errors
/// [`Denied`] for a source of another one.
pub fn change_source(
    of: &Permit<AnswerFor, you_said_we_did::Model>,
    source: you_said_we_did_source::Model,
) -> Result<Permit<AnswerFor, you_said_we_did_source::Model>, Denied> {
    Permit::when(source.you_said_we_did_id == of.model().id, source)
}
