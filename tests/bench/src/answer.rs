//! Are the answers the same? Each server spells ids and times in its own way; this is the one way to compare them in.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

/// An answer with ids as bare UUIDs, times in UTC to the microsecond, and without what only its server understands.
#[must_use]
pub fn canonical(answer: Value) -> Value {
    match answer {
        Value::String(text) => Value::String(plain(text)),
        Value::Array(items) => items.into_iter().map(canonical).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| name != "endCursor" && name != "extensions")
            .map(|(name, value)| (name, canonical(value)))
            .collect(),
        other => other,
    }
}

/// Fields that hold exact numbers.
const NUMBERS: [&str; 3] = ["numerator", "denominator", "value"];

/// An answer that holds exact numbers as whole millionths, with the numbers themselves.
#[must_use]
pub fn out_of_millionths(answer: Value) -> Value {
    match answer {
        Value::Array(items) => items.into_iter().map(out_of_millionths).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| match &value {
                Value::String(text) if NUMBERS.contains(&name.as_str()) => {
                    let number = number_of_millionths(text).unwrap_or_else(|| text.clone());
                    (name, Value::String(number))
                }
                _ => (name, out_of_millionths(value)),
            })
            .collect(),
        other => other,
    }
}

fn number_of_millionths(text: &str) -> Option<String> {
    let millionths: i64 = text.parse().ok()?;
    let (whole, rest) = (millionths / 1_000_000, (millionths % 1_000_000).abs());
    let decimals = format!("{rest:06}");
    let decimals = decimals.trim_end_matches('0');
    Some(if decimals.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{decimals}")
    })
}

fn plain(text: String) -> String {
    let last = text.rsplit_once('_').map_or(text.as_str(), |(_, last)| last);
    if let Ok(id) = Uuid::try_parse(last) {
        return id.to_string();
    }
    match DateTime::parse_from_rfc3339(&text) {
        Ok(at) => at
            .with_timezone(&Utc)
            .to_rfc3339_opts(SecondsFormat::Micros, true),
        Err(_) => text,
    }
}

/// The first place at which two answers differ, in words; none when they are equal.
#[must_use]
pub fn difference(left: &Value, right: &Value, at: &str) -> Option<String> {
    match (left, right) {
        (Value::Object(ours), Value::Object(theirs)) => {
            let names = ours.keys().chain(theirs.keys());
            names.into_iter().find_map(|name| {
                let (ours, theirs) = (ours.get(name), theirs.get(name));
                let missing = Value::String("(nothing)".to_owned());
                difference(
                    ours.unwrap_or(&missing),
                    theirs.unwrap_or(&missing),
                    &format!("{at}.{name}"),
                )
            })
        }
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => ours
            .iter()
            .zip(theirs)
            .enumerate()
            .find_map(|(place, (ours, theirs))| difference(ours, theirs, &format!("{at}[{place}]"))),
        (Value::Array(ours), Value::Array(theirs)) => {
            Some(format!("{at}: {} items and {}", ours.len(), theirs.len()))
        }
        _ if left == right => None,
        _ => Some(format!("{at}: {left} and {right}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_same_answer_in_two_spellings_is_the_same() {
        let ours = json!({ "id": "board_0190c2de000070008000000000000001", "at": "2025-01-01T00:00:00Z", "endCursor": "x" });
        let theirs =
            json!({ "id": "0190c2de-0000-7000-8000-000000000001", "at": "2025-01-01T01:00:00.000+01:00" });
        assert_eq!(difference(&canonical(ours), &canonical(theirs), "data"), None);
    }

    #[test]
    fn millionths_are_spelt_as_numbers() {
        let kept = json!({ "value": "45500000", "numerator": "91000000", "code": "45500000" });
        let meant = json!({ "value": "45.5", "numerator": "91", "code": "45500000" });
        assert_eq!(out_of_millionths(kept), meant);
    }

    #[test]
    fn a_difference_is_named() {
        let found = difference(&json!({ "a": [1, 2] }), &json!({ "a": [1, 3] }), "data");
        assert_eq!(found.as_deref(), Some("data.a[1]: 2 and 3"));
    }
}
