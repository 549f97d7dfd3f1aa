//! The compiled-in default file, and what it tells about each setting.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Settings;

/// The default file: every setting, commented.
pub(super) const TEXT: &str = include_str!("../../config.default.toml");

/// The comment of each setting in the default file, as one line, by `section.key`.
///
/// A setting without a default is written as a comment too (`# url = "…"`), and counts.
pub(super) fn descriptions() -> BTreeMap<String, String> {
    let mut described = BTreeMap::new();
    let mut section = String::new();
    let mut comment: Vec<&str> = Vec::new();
    for line in TEXT.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
            comment.clear();
        } else if let Some(key) = key_of(line.trim_start_matches("# ")) {
            described.insert(format!("{section}.{key}"), comment.join(" "));
            comment.clear();
        } else if let Some(text) = line.strip_prefix('#') {
            comment.push(text.trim());
        } else {
            comment.clear();
        }
    }
    described
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(" = ")?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    is_key.then_some(key)
}

/// Every setting that exists, as `section.key`, those without a default included.
pub(super) fn known_settings() -> Result<Vec<String>, serde_json::Error> {
    let mut known = Vec::new();
    collect("", &serde_json::to_value(Settings::default())?, &mut known);
    Ok(known)
}

fn collect(path: &str, value: &Value, known: &mut Vec<String>) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (name, value) in fields {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                collect(&path, value, known);
            }
        }
        _ => known.push(path.to_owned()),
    }
}
