//! What clients can do to panellists.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result};
use entity::panels::kinds::PanelCapacity;
use entity::panels::panellist;

use super::persist;
use crate::domains::boards::input::action_input;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};

/// Mutations of panellists.
#[derive(Default)]
pub struct PanellistMutation;

#[Object]
impl PanellistMutation {
    /// Adds somebody to a panel that has not begun to score. Nobody who has applied can sit on it or support somebody there.
    /// Needs: the panel's chair, or the administrator of the organisation that recruits.
    async fn panellist_add(
        &self,
        ctx: &Context<'_>,
        input: PanellistAddInput,
    ) -> Result<PanellistAddPayload> {
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), None, &input, |change, input| {
            Box::pin(persist::add(change, input))
        })
        .await?
        .into())
    }

    /// Changes who leads a panel, who supports whom, and, until it begins to score, as whom somebody sits there. Needs: the
    /// panel's chair, or the administrator of the organisation that recruits.
    async fn panellist_update(
        &self,
        ctx: &Context<'_>,
        input: PanellistUpdateInput,
    ) -> Result<PanellistUpdatePayload> {
        let about = global_id::decode_as(panellist::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::update(change, input))
        })
        .await?
        .into())
    }

    /// Takes somebody off a panel for the rest of the round. Once it has begun to score, those who remain must still make a
    /// panel. Needs: the panellist; or the panel's chair, or the administrator of the organisation that recruits.
    async fn panellist_stand_down(
        &self,
        ctx: &Context<'_>,
        input: PanellistStandDownInput,
    ) -> Result<PanellistStandDownPayload> {
        let about = global_id::decode_as(panellist::Entity::PREFIX, &input.id);
        let key = input.idempotency_key.clone();
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::stand_down(change, input))
        })
        .await?
        .into())
    }
}

/// Who joins a panel.
#[derive(Debug, InputObject)]
pub struct PanellistAddInput {
    /// The panel.
    pub panel_id: ID,
    /// The person: somebody you may see.
    pub person_id: ID,
    /// As whom they sit there.
    pub capacity: OneOf<PanelCapacity>,
    /// Whether they lead the panel; no when you leave it out. Several can.
    pub chair: Option<bool>,
    /// Who supports them and may enter scores for them: somebody you may see, who is not on the panel.
    pub supporter_person_id: Option<ID>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change about a panellist. A field that is left out stays; null empties it, where it can be empty.
#[derive(Debug, InputObject)]
pub struct PanellistUpdateInput {
    /// The panellist.
    pub id: ID,
    /// The version as you read it.
    pub expected_version: i32,
    /// As whom they sit there.
    pub capacity: MaybeUndefined<OneOf<PanelCapacity>>,
    /// Whether they lead the panel.
    pub chair: MaybeUndefined<bool>,
    /// Who supports them and may enter scores for them; null for nobody.
    pub supporter_person_id: MaybeUndefined<ID>,
}

action_input! {
    /// Who stands down.
    PanellistStandDownInput("The panellist.") {
        /// Why, in plain words: up to 2,000 characters.
        reason: Option<String>,
    }
}

payload! {
    /// What became of a new panellist.
    PanellistAddPayload { panellist: panellist::Entity }
}

payload! {
    /// What became of a change to a panellist.
    PanellistUpdatePayload { panellist: panellist::Entity }
}

payload! {
    /// What became of a panellist who stands down.
    PanellistStandDownPayload { panellist: panellist::Entity }
}
