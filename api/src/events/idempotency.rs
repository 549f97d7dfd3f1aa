//! Keys that make a repeated request safe: same key, same request, same answer.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// How long a key may be: enough for a UUID with a prefix, short enough for an index.
const LONGEST: usize = 100;

/// A text you choose for a request, 8 to 100 letters, digits or `-_.:`, such as a UUID. Send the same key with the same
/// input again, and the change happens once; the same key with another input is refused as `CONFLICT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A key of the server's own, for jobs and the demo world.
    #[must_use]
    pub fn own(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

/// A text you choose for a request, 8 to 100 letters, digits or `-_.:`, such as a UUID. Send the same key with the same
/// input again, and the change happens once; the same key with another input is refused as `CONFLICT`.
#[Scalar(
    name = "IdempotencyKey",
    specified_by_url = "https://www.ietf.org/archive/id/draft-ietf-httpapi-idempotency-key-header-07.html"
)]
impl ScalarType for IdempotencyKey {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = value else {
            return Err(InputValueError::expected_type(value));
        };
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if (8..=LONGEST).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text))
        } else {
            Err(InputValueError::custom(
                "must be 8 to 100 letters, digits or -_.: , such as a UUID",
            ))
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// What tells two requests apart: SHA-256 over the operation and its input. JSON objects are compared by content, in
/// whatever order they were sent.
#[must_use]
pub fn request_hash(operation: &str, input: &serde_json::Value) -> String {
    let text = serde_json::json!([operation, sorted(input)]).to_string();
    hex(&Sha256::digest(text.as_bytes()))
}

fn sorted(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => {
            let mut pairs: Vec<_> = fields.iter().collect();
            pairs.sort_by_key(|(name, _)| *name);
            serde_json::Value::Array(
                pairs
                    .into_iter()
                    .map(|(name, value)| serde_json::json!([name, sorted(value)]))
                    .collect(),
            )
        }
        serde_json::Value::Array(values) => values.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_order_of_fields_does_not_matter_but_their_values_do() {
        let one = request_hash("boardCreate", &json!({ "name": "Ash", "quorum": 3 }));
        assert_eq!(
            one,
            request_hash("boardCreate", &json!({ "quorum": 3, "name": "Ash" }))
        );
        assert_ne!(
            one,
            request_hash("boardCreate", &json!({ "name": "Ash", "quorum": 4 }))
        );
        assert_ne!(
            one,
            request_hash("boardUpdate", &json!({ "name": "Ash", "quorum": 3 }))
        );
    }

    #[test]
    fn a_key_is_long_enough_not_to_repeat_by_chance() {
        assert!(IdempotencyKey::parse("2f1c9a4e-0001".into()).is_ok());
        for bad in ["", "short", "with space in it", &"x".repeat(101)] {
            assert!(IdempotencyKey::parse(bad.into()).is_err(), "{bad}");
        }
    }
}
