//! What clients can do to papers.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::meetings::paper;
use entity::parties::kinds::InformationFormat;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of papers.
#[derive(Default)]
pub struct PaperMutation;

#[Object]
impl PaperMutation {
    /// Adds a document to an agenda item, another format of one that is there, or a version of a resource. Needs: whoever put the item forward; or the
    /// board's chair or facilitator, or the administrator of its host.
    async fn paper_add(&self, ctx: &Context<'_>, input: PaperAddInput) -> Result<PaperAddPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::add(change, input))
        })
        .await?
        .into())
    }

    /// Takes a document back, for good. The board's own people still see that it was there. Needs: whoever put the item
    /// forward; or the board's chair or facilitator, or the administrator of its host.
    async fn paper_withdraw(
        &self,
        ctx: &Context<'_>,
        input: PaperWithdrawInput,
    ) -> Result<PaperWithdrawPayload> {
        let about = global_id::decode_as(paper::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::withdraw(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// A paper for an agenda item: a document, which lies at an address or is a text; or a version of a resource.
#[derive(Debug, InputObject)]
pub struct PaperAddInput {
    /// The item.
    pub agenda_item_id: ID,
    /// The paper of the same item that this is another format of; leave it out for a new one.
    pub original_id: Option<ID>,
    /// What it is called: 1 to 200 characters.
    pub title: String,
    /// The format that the document is in. All but `STANDARD` count as accessible. Leave it out for a version of a resource.
    pub format: Option<OneOf<InformationFormat>>,
    /// The media type of the document, such as `application/pdf`. Leave it out for a version of a resource.
    pub media_type: Option<String>,
    /// Where it lies: an address that begins with `https://`. An address, a body or a version is needed.
    pub url: Option<String>,
    /// Its text: up to 50,000 characters, with a media type that begins with `text/`.
    pub body: Option<String>,
    /// The version of a resource, in the place of a document: one that you may read and that was not withdrawn. It is read by whoever
    /// may read it anyway; its renditions are its formats.
    pub resource_version_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which document is taken back.
    PaperWithdrawInput("The paper.") {}
}

payload! {
    /// What became of a new document.
    PaperAddPayload { paper: paper::Entity }
}

payload! {
    /// What became of a document that was taken back.
    PaperWithdrawPayload { paper: paper::Entity }
}
