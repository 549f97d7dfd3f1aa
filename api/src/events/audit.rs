//! The audit's chain: each entry carries the fingerprint of the one before, so one altered entry shows.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// What an entry's fingerprint covers.
#[derive(Clone, Debug)]
pub struct AuditEntry<'a> {
    /// Its place, counted from one.
    pub sequence: i64,
    /// When.
    pub at: DateTimeUtc,
    /// The user who did it.
    pub actor_user: Option<Uuid>,
    /// The system that did it.
    pub actor_service: Option<Uuid>,
    /// For which organisation.
    pub acting_organisation: Option<Uuid>,
    /// What.
    pub action: &'a str,
    /// To which kind of object.
    pub entity: &'a str,
    /// To which object.
    pub entity_id: Uuid,
    /// Which fields.
    pub changed: &'a serde_json::Value,
    /// Why.
    pub reason: Option<&'a str>,
    /// In which request.
    pub request_id: &'a str,
    /// The fingerprint of the entry before; empty for the first.
    pub previous_hash: &'a str,
    /// The person whose special-category data were read.
    pub subject_person: Option<Uuid>,
}

/// The fingerprint of an entry: SHA-256 over its fields as a JSON array, so that no two entries spell alike.
#[must_use]
pub fn fingerprint(entry: &AuditEntry<'_>) -> String {
    let fields = serde_json::json!([
        entry.sequence,
        entry.at.timestamp_micros(),
        entry.actor_user,
        entry.actor_service,
        entry.acting_organisation,
        entry.action,
        entry.entity,
        entry.entity_id,
        entry.changed,
        entry.reason,
        entry.request_id,
        entry.previous_hash,
        entry.subject_person,
    ]);
    let digest = Sha256::digest(fields.to_string().as_bytes());
    hex(&digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(changed: &'a serde_json::Value, reason: Option<&'a str>) -> AuditEntry<'a> {
        AuditEntry {
            sequence: 7,
            at: DateTimeUtc::UNIX_EPOCH,
            actor_user: Some(Uuid::from_u128(1)),
            actor_service: None,
            acting_organisation: None,
            action: "board.update",
            entity: "board",
            entity_id: Uuid::from_u128(2),
            changed,
            reason,
            request_id: "r",
            previous_hash: "",
            subject_person: None,
        }
    }

    #[test]
    fn any_altered_field_alters_the_fingerprint() {
        let changed = serde_json::json!({ "name": ["Ash", "Elm"] });
        let original = fingerprint(&entry(&changed, None));
        assert_eq!(original, fingerprint(&entry(&changed, None)));
        assert_ne!(original, fingerprint(&entry(&changed, Some("because"))));
        assert_ne!(
            original,
            fingerprint(&entry(&serde_json::json!({ "name": ["Ash", "Oak"] }), None))
        );
        assert_ne!(
            original,
            fingerprint(&AuditEntry {
                sequence: 8,
                ..entry(&changed, None)
            })
        );
        assert_ne!(
            original,
            fingerprint(&AuditEntry {
                subject_person: Some(Uuid::from_u128(3)),
                ..entry(&changed, None)
            })
        );
    }
}
