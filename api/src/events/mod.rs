//! What happened: the audit trail, the outbox, and answers kept for repeated requests.
//!
//! All three are written in the transaction of the change itself (`store::WriteSession`), so that nothing can change
//! without a trace, and nothing acknowledged is forgotten.

mod audit;
mod change;
mod idempotency;

pub use audit::{AuditEntry, Spelled, fingerprint};
pub use change::changed_fields;
pub use idempotency::{IdempotencyKey, request_hash};

use std::sync::OnceLock;

use entity::id::{OrganisationId, PartnershipId, PersonId};
use sea_orm::prelude::Uuid;

/// What the audit calls a read of special-category data.
pub const READ: &str = "special_category.read";

/// A row of special-category data that a viewer was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpecialCategoryRead {
    /// The table.
    pub entity: &'static str,
    /// The row.
    pub entity_id: Uuid,
    /// Whom it is about.
    pub person: Uuid,
}

/// Who did something, for whom, in which request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The user; none when a system did it.
    pub user: Option<Uuid>,
    /// The service account; none when a person did it.
    pub service: Option<Uuid>,
    /// The organisation it was done for.
    pub acting_organisation: Option<Uuid>,
    /// The request it happened in.
    pub request_id: String,
}

impl Actor {
    /// The server itself: jobs that run by its clock.
    #[must_use]
    pub fn system(job: &str) -> Self {
        Self {
            request_id: format!("job:{job}"),
            ..Self::default()
        }
    }

    /// A short text that tells actors apart, for idempotency.
    #[must_use]
    pub fn key(&self) -> String {
        match (self.user, self.service) {
            (Some(user), _) => format!("user:{user}"),
            (None, Some(service)) => format!("service:{service}"),
            (None, None) => "system".into(),
        }
    }
}

/// Something that happened, as it will stand in the audit and in the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What was done, such as `board.update`. It is the outbox's topic, too.
    pub action: &'static str,
    /// The kind of object: its table.
    pub entity: &'static str,
    /// The object.
    pub entity_id: Uuid,
    /// The fields that changed, before and after; of private ones only that they did.
    pub changed: serde_json::Value,
    /// Why, where a reason must be given.
    pub reason: Option<String>,
    /// The organisation whose partners may hear of it.
    pub organisation: Option<OrganisationId>,
    /// The partnership whose partners may hear of it.
    pub partnership: Option<PartnershipId>,
    /// Whether it is nobody's business but the person's: then the audit names no organisation it was done for, whose
    /// administrator could read of it.
    pub private: bool,
    /// The person whose special-category data were read: they find it in their own log. Nobody else is told of a read, so
    /// it does not go to the outbox.
    pub read_about: Option<PersonId>,
    /// The request it happened in, where the changes of several share a transaction.
    pub request_id: Option<String>,
    /// What changed, as it stands in the audit.
    spelled_changed: OnceLock<String>,
}

impl Event {
    /// An event about an object.
    #[must_use]
    pub fn new(action: &'static str, entity: &'static str, entity_id: impl Into<Uuid>) -> Self {
        Self {
            action,
            entity,
            entity_id: entity_id.into(),
            changed: serde_json::Value::Object(serde_json::Map::new()),
            reason: None,
            organisation: None,
            partnership: None,
            private: false,
            read_about: None,
            request_id: None,
            spelled_changed: OnceLock::new(),
        }
    }

    /// Somebody read special-category data about a person (`domain.md` 2.9).
    #[must_use]
    pub fn read(read: SpecialCategoryRead) -> Self {
        Self {
            private: true,
            read_about: Some(PersonId(read.person)),
            ..Self::new(READ, read.entity, read.entity_id)
        }
    }

    /// With the fields that changed.
    #[must_use]
    pub fn changed(mut self, changed: serde_json::Value) -> Self {
        self.changed = changed;
        self.spelled_changed.take();
        self
    }

    /// What changed, as the audit spells it. It is spelled once: whoever waits for something anyway can have that done meanwhile.
    pub fn spelled_changed(&self) -> &str {
        self.spelled_changed.get_or_init(|| self.changed.to_string())
    }

    /// With the reason given.
    #[must_use]
    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }

    /// A matter of the person alone, such as an access need: not done for any organisation, whatever role they act in.
    #[must_use]
    pub const fn private(mut self) -> Self {
        self.private = true;
        self
    }

    /// In this request, which shares its transaction with others.
    #[must_use]
    pub fn in_request(mut self, request_id: String) -> Self {
        self.request_id = Some(request_id);
        self
    }

    /// Of interest to an organisation and its partners.
    #[must_use]
    pub const fn of_organisation(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// Of interest to a partnership.
    #[must_use]
    pub const fn of_partnership(mut self, partnership: PartnershipId) -> Self {
        self.partnership = Some(partnership);
        self
    }
}
