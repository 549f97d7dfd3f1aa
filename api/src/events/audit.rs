//! The audit's chain: each entry carries the fingerprint of the one before, so one altered entry shows.

use sea_orm::prelude::{DateTimeUtc, Uuid};
use serde_json::json;
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
    /// Which fields, as JSON.
    pub changed: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
    /// In which request.
    pub request_id: &'a str,
    /// The fingerprint of the entry before; empty for the first.
    pub previous_hash: &'a str,
    /// The person whose special-category data were read.
    pub subject_person: Option<Uuid>,
}

/// How a fingerprint spells an entry, in parts: the database knows what the chain decides, and what changed is written once.
/// `[place,before,changed,between,"fingerprint before",behind]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled<'a> {
    /// When, who, for whom, and what to which object.
    pub before: String,
    /// Which fields.
    pub changed: &'a str,
    /// Why, and in which request.
    pub between: String,
    /// The person whose special-category data were read.
    pub behind: String,
}

impl<'a> AuditEntry<'a> {
    /// What a fingerprint covers, but for the entry's place and the fingerprint before.
    #[must_use]
    pub fn spelled(&self) -> Spelled<'a> {
        let before = [
            json!(self.at.timestamp_micros()),
            json!(self.actor_user),
            json!(self.actor_service),
            json!(self.acting_organisation),
            json!(self.action),
            json!(self.entity),
            json!(self.entity_id),
        ];
        Spelled {
            before: before.map(|field| field.to_string()).join(","),
            changed: self.changed,
            between: [json!(self.reason), json!(self.request_id)]
                .map(|field| field.to_string())
                .join(","),
            behind: json!(self.subject_person).to_string(),
        }
    }
}

/// The fingerprint of an entry: SHA-256 over its fields as a JSON array, so that no two entries spell alike.
#[must_use]
pub fn fingerprint(entry: &AuditEntry<'_>) -> String {
    let Spelled {
        before,
        changed,
        between,
        behind,
    } = entry.spelled();
    let (place, previous) = (entry.sequence, json!(entry.previous_hash));
    let spelled = format!("[{place},{before},{changed},{between},{previous},{behind}]");
    hex(&Sha256::digest(spelled.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(changed: &'a str, reason: Option<&'a str>) -> AuditEntry<'a> {
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
        let changed = r#"{"name":["Ash","Elm"]}"#;
        let original = fingerprint(&entry(changed, None));
        assert_eq!(original, fingerprint(&entry(changed, None)));
        assert_ne!(original, fingerprint(&entry(changed, Some("because"))));
        assert_ne!(original, fingerprint(&entry(r#"{"name":["Ash","Oak"]}"#, None)));
        assert_ne!(
            original,
            fingerprint(&AuditEntry {
                sequence: 8,
                ..entry(changed, None)
            })
        );
        assert_ne!(
            original,
            fingerprint(&AuditEntry {
                subject_person: Some(Uuid::from_u128(3)),
                ..entry(changed, None)
            })
        );
    }

    #[test]
    fn a_fingerprint_covers_every_field_as_a_json_array() {
        let changed = serde_json::json!({ "name": ["\"Ash\", Elm", null], "beds": [1, 2.5] });
        let spelled = changed.to_string();
        let reason = "a \"reason\"\nof two lines, é";
        let entry = AuditEntry {
            previous_hash: "a1b2",
            ..entry(&spelled, Some(reason))
        };
        let (user, board) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let array = json!([
            7,
            0,
            user,
            null,
            null,
            "board.update",
            "board",
            board,
            changed,
            reason,
            "r",
            "a1b2",
            null
        ]);
        assert_eq!(
            hex(&Sha256::digest(array.to_string().as_bytes())),
            fingerprint(&entry)
        );
    }
}
