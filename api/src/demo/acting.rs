//! Who does a step, and for which organisation.

use sea_orm::prelude::Uuid;

use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::ActingOrganisation;

/// Who registers organisations. They act for none of them, but to hand them over.
pub(super) const FOUNDER: &str = "platform-admin";

/// Somebody, and the organisation they act for.
#[derive(Clone, Debug)]
pub(super) struct Acting {
    /// The subject of their account.
    pub subject: String,
    /// The organisation.
    pub organisation: ActingOrganisation,
}

impl Acting {
    /// Somebody who has a role in at most one organisation. The founder acts for none, whatever they have registered.
    pub fn of(subject: &str) -> Self {
        let organisation = match subject {
            FOUNDER => ActingOrganisation::Named(Uuid::nil()),
            _ => ActingOrganisation::Only,
        };
        Self {
            subject: subject.to_owned(),
            organisation,
        }
    }

    /// The founder, acting for an organisation.
    pub fn founder_for(organisation: &str) -> Self {
        let prefix = entity::parties::organisation::Entity::PREFIX;
        let id = global_id::decode_as(prefix, organisation).unwrap_or_default();
        Self {
            subject: FOUNDER.to_owned(),
            organisation: ActingOrganisation::Named(id),
        }
    }
}
