//! The audit's chain: each entry carries the fingerprint of the one before, so one altered entry shows.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use serde_json::{Value, json};
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

/// The places of what the chain decides among the fields that a fingerprint covers.
const SEQUENCE: usize = 0;
const PREVIOUS_HASH: usize = 11;

impl AuditEntry<'_> {
    /// What a fingerprint covers, in its order.
    fn fields(&self) -> [Value; 13] {
        [
            json!(self.sequence),
            json!(self.at.timestamp_micros()),
            json!(self.actor_user),
            json!(self.actor_service),
            json!(self.acting_organisation),
            json!(self.action),
            json!(self.entity),
            json!(self.entity_id),
            self.changed.clone(),
            json!(self.reason),
            json!(self.request_id),
            json!(self.previous_hash),
            json!(self.subject_person),
        ]
    }

    /// How a fingerprint spells what stands between the entry's place and the fingerprint before, and what stands behind that, for the
    /// database, which knows those two: `[place,between,"fingerprint before",behind]`.
    #[must_use]
    pub fn spelled(&self) -> (String, String) {
        let fields = self.fields();
        let spell = |fields: &[Value]| {
            let fields: Vec<_> = fields.iter().map(Value::to_string).collect();
            fields.join(",")
        };
        (
            spell(&fields[SEQUENCE + 1..PREVIOUS_HASH]),
            spell(&fields[PREVIOUS_HASH + 1..]),
        )
    }
}

/// The fingerprint of an entry: SHA-256 over its fields as a JSON array, so that no two entries spell alike.
#[must_use]
pub fn fingerprint(entry: &AuditEntry<'_>) -> String {
    let fields = Value::from(entry.fields().to_vec());
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

    #[test]
    fn the_database_spells_an_entry_as_we_do() {
        let changed = serde_json::json!({ "name": ["\"Ash\", Elm", null], "beds": [1, 2.5] });
        let entry = AuditEntry {
            previous_hash: "a1b2",
            ..entry(&changed, Some("a \"reason\"\nof two lines, é"))
        };
        let (between, behind) = entry.spelled();
        let spelled = format!(
            "[{},{between},\"{}\",{behind}]",
            entry.sequence, entry.previous_hash
        );
        assert_eq!(hex(&Sha256::digest(spelled.as_bytes())), fingerprint(&entry));
    }
}
