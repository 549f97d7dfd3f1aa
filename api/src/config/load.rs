//! Layers, one on the other, and every mistake in them found in one pass.
//!
//! Deserialising stops at the first mistake. So each value that differs from the defaults is tried *alone* on top of them:
//! the mistakes are then independent, each has a name, and the sections need to know nothing of it.

use std::collections::BTreeMap;
use std::path::Path;

use config::{Config, ConfigError, File, FileFormat, Value as Layered, ValueKind};
use serde_json::Value;

use super::mask::{is_secret, mask_tree};
use super::{Problem, Problems, Settings, SettingsError, defaults};

/// The prefix of variables that name any setting.
const PREFIX: &str = "ROUNDTABLE__";

/// Variables short enough to type, and the settings that they stand for.
const SHORT: [(&str, &str); 5] = [
    ("ROUNDTABLE_HOST", "server.host"),
    ("ROUNDTABLE_PORT", "server.port"),
    ("ROUNDTABLE_DATA_DIR", "server.data_dir"),
    ("DATABASE_URL", "database.url"),
    ("RUST_LOG", "telemetry.log"),
];

/// The environment variables that the settings are loaded from.
#[derive(Clone, Debug, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// The environment of this process. A value that is not Unicode keeps its place with replacement characters.
    #[must_use]
    pub fn of_process() -> Self {
        std::env::vars_os()
            .map(|(name, value)| {
                (
                    name.to_string_lossy().into_owned(),
                    value.to_string_lossy().into_owned(),
                )
            })
            .collect()
    }

    /// The values given by variables; the short ones first, so that the long ones win.
    fn given(&self) -> impl Iterator<Item = (String, Given)> {
        let short = SHORT.iter().filter_map(|(variable, setting)| {
            let value = self.0.get(*variable)?;
            // Kubernetes sets ROUNDTABLE_PORT to `tcp://…` in every container beside a Service named "roundtable".
            let is_service_link = *variable == "ROUNDTABLE_PORT" && value.starts_with("tcp://");
            (!is_service_link).then_some(((*setting).to_owned(), *variable, value))
        });
        let long = self.0.iter().filter_map(|(variable, value)| {
            let setting = variable
                .strip_prefix(PREFIX)?
                .to_ascii_lowercase()
                .replace("__", ".");
            Some((setting, variable.as_str(), value))
        });
        short
            .chain(long)
            .filter(|(_, _, value)| !value.is_empty())
            .map(|(setting, variable, value)| (setting, Given::by_variable(variable, value)))
    }
}

impl FromIterator<(String, String)> for Variables {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(variables: T) -> Self {
        Self(variables.into_iter().collect())
    }
}

/// A value that somebody gave, and where.
struct Given {
    /// What the value may mean, the plainest reading first; a file leaves one reading only. Never empty.
    candidates: Vec<Value>,
    /// The reading that says most about the value: the one to show, and to explain what is wrong with it.
    clearest: usize,
    origin: String,
}

impl Given {
    /// The text of a variable: as it is, then as TOML, then as a list separated by commas.
    fn by_variable(variable: &str, text: &str) -> Self {
        let list = Value::from(text.split(',').map(str::trim).collect::<Vec<_>>());
        let typed = toml_value(text);
        Self {
            clearest: usize::from(typed.is_some()),
            candidates: [
                Some(Value::from(text)),
                typed,
                Some(list),
                toml_value(&format!("[{text}]")),
            ]
            .into_iter()
            .flatten()
            .collect(),
            origin: variable.to_owned(),
        }
    }

    /// A value from a file, which has a type already.
    fn by_file(file: &Path, value: Value) -> Self {
        Self {
            candidates: vec![value],
            clearest: 0,
            origin: file.display().to_string(),
        }
    }

    /// The value for people, secrets masked.
    fn shown(&self, setting: &str) -> Option<String> {
        let mut shown = toml::Value::try_from(self.candidates.get(self.clearest)?).ok()?;
        mask_tree(setting, &mut shown);
        Some(shown.to_string())
    }
}

fn toml_value(text: &str) -> Option<Value> {
    let mut table: toml::Table = toml::from_str(&format!("value = {text}")).ok()?;
    let value = table.remove("value").filter(|_| table.is_empty())?;
    serde_json::to_value(value).ok()
}

/// Loads the settings; see [`Settings::load`].
pub(super) fn load(file: Option<&Path>, variables: &Variables) -> Result<Settings, SettingsError> {
    let mut problems = Problems::default();
    let defaults = Defaults::compiled_in().map_err(|error| broken_defaults(&error))?;
    let mut given = BTreeMap::new();
    if let Some(path) = file {
        match Config::builder()
            .add_source(File::from(path).format(FileFormat::Toml))
            .build()
        {
            Ok(config) => defaults.flatten("", config.cache, path, &mut given),
            Err(error) => problems.push(unreadable(path, &error)),
        }
    }
    given.extend(variables.given());

    let mut effective = defaults.tree.clone();
    for (setting, given) in &given {
        match defaults.value_that_fits(setting, given) {
            Ok(value) => put(&mut effective, setting, value),
            Err(advice) => problems.push(Problem {
                setting: setting.clone(),
                found: given.shown(setting),
                origin: Some(given.origin.clone()),
                advice,
            }),
        }
    }

    let settings: Settings = serde_json::from_value(effective).map_err(|error| broken_defaults(&error))?;
    settings.check(&mut problems);
    problems.trace_origins(|setting| given.get(setting).map(|given| given.origin.clone()));
    problems.into_result(settings)
}

/// What the compiled-in file says: the lowest layer, the names that exist, and the advice for each.
struct Defaults {
    tree: Value,
    known: Vec<String>,
    comments: BTreeMap<String, String>,
}

impl Defaults {
    fn compiled_in() -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self {
            tree: serde_json::to_value(toml::from_str::<toml::Table>(defaults::TEXT)?)?,
            known: defaults::known_settings()?,
            comments: defaults::descriptions(),
        })
    }

    /// Takes a file apart into settings. A setting that is itself a table or a list stays whole.
    fn flatten(&self, path: &str, layered: Layered, file: &Path, given: &mut BTreeMap<String, Given>) {
        match layered.kind {
            ValueKind::Table(table) if !self.is_setting(path) && !table.is_empty() => {
                for (name, value) in table {
                    let path = if path.is_empty() {
                        name
                    } else {
                        format!("{path}.{name}")
                    };
                    self.flatten(&path, value, file, given);
                }
            }
            ValueKind::Table(_) if path.is_empty() || self.is_section(path) => {}
            kind => {
                given.insert(path.to_owned(), Given::by_file(file, to_json(kind)));
            }
        }
    }

    fn is_setting(&self, path: &str) -> bool {
        self.known.iter().any(|known| known == path)
    }

    fn is_section(&self, path: &str) -> bool {
        self.known
            .iter()
            .any(|known| known.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The first reading that the setting accepts, tried alone on top of the defaults; otherwise advice.
    fn value_that_fits(&self, setting: &str, given: &Given) -> Result<Value, String> {
        if !self.is_setting(setting) {
            return Err(self.unknown(setting));
        }
        let mut errors = Vec::new();
        for candidate in &given.candidates {
            let mut trial = self.tree.clone();
            put(&mut trial, setting, candidate.clone());
            match serde_json::from_value::<Settings>(trial) {
                Ok(_) => return Ok(candidate.clone()),
                Err(error) => errors.push(error.to_string()),
            }
        }
        let error = errors
            .get(1)
            .or(errors.first())
            .map(String::as_str)
            .unwrap_or_default();
        let expected = if is_secret(setting) {
            "this value cannot be used".to_owned()
        } else {
            plain_english(error)
        };
        Err(match self.comments.get(setting) {
            Some(comment) => format!("{expected}. {comment}"),
            None => expected,
        })
    }

    /// Advice for a setting that does not exist: the nearest one that does.
    fn unknown(&self, setting: &str) -> String {
        if self.is_section(setting) {
            return format!(
                "this is a section and has no value of its own; its settings are named {setting}.…"
            );
        }
        let sections = self
            .known
            .iter()
            .filter_map(|known| known.rsplit_once('.'))
            .map(|(section, _)| section);
        let nearest = self
            .known
            .iter()
            .map(String::as_str)
            .chain(sections)
            .map(|known| (strsim::jaro_winkler(setting, known), known))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|(one, _), (other, _)| one.total_cmp(other));
        match nearest {
            Some((_, known)) => format!("there is no such setting; did you mean {known}?"),
            None => "there is no such setting; `roundtable check-config` prints those that exist".to_owned(),
        }
    }
}

/// A fault in this program, not in anybody's settings; the tests exclude it.
fn broken_defaults(error: &dyn std::fmt::Display) -> SettingsError {
    let advice = format!("the compiled-in defaults are broken, which is a fault in Roundtable: {error}");
    SettingsError {
        problems: vec![Problem {
            setting: "defaults".to_owned(),
            found: None,
            origin: None,
            advice,
        }],
    }
}

fn unreadable(path: &Path, error: &ConfigError) -> Problem {
    let advice = match std::fs::read_to_string(path) {
        Err(cause) => format!("this file cannot be read: {cause}"),
        Ok(text) => match text.parse::<toml::Table>() {
            Err(cause) => format!("this file is not valid TOML: {}", at_line(&text, &cause)),
            Ok(_) => error.to_string(),
        },
    };
    Problem {
        setting: path.display().to_string(),
        found: None,
        origin: None,
        advice,
    }
}

/// The place and the reason, without quoting the line: it may hold a secret.
fn at_line(text: &str, error: &toml::de::Error) -> String {
    let before = error
        .span()
        .and_then(|span| text.get(..span.start))
        .unwrap_or_default();
    format!(
        "line {}: {}",
        before.matches('\n').count() + 1,
        error.message().replace('\n', ", ")
    )
}

fn to_json(kind: ValueKind) -> Value {
    match kind {
        ValueKind::Nil => Value::Null,
        ValueKind::Boolean(value) => value.into(),
        ValueKind::I64(value) => value.into(),
        ValueKind::U64(value) => value.into(),
        ValueKind::I128(value) => value.to_string().into(),
        ValueKind::U128(value) => value.to_string().into(),
        ValueKind::Float(value) => value.into(),
        ValueKind::String(value) => value.into(),
        ValueKind::Table(table) => table
            .into_iter()
            .map(|(name, value)| (name, to_json(value.kind)))
            .collect(),
        ValueKind::Array(items) => items.into_iter().map(|item| to_json(item.kind)).collect(),
    }
}

/// Sets `section.key` in a tree of tables, making the tables on the way.
fn put(tree: &mut Value, setting: &str, value: Value) {
    let mut place = tree;
    for name in setting.split('.') {
        if !place.is_object() {
            *place = Value::Object(serde_json::Map::new());
        }
        place = &mut place[name];
    }
    *place = value;
}

/// What was expected, from the words of serde into words for operators.
fn plain_english(error: &str) -> String {
    let is_about_the_value = ["invalid type", "invalid value", "unknown variant"]
        .iter()
        .any(|start| error.starts_with(start));
    let Some((_, expected)) = error.rsplit_once("expected ").filter(|_| is_about_the_value) else {
        return error.to_owned();
    };
    let range = match expected {
        "u8" => u8::MAX.to_string(),
        "u16" => u16::MAX.to_string(),
        "u32" => u32::MAX.to_string(),
        "u64" | "usize" => u64::MAX.to_string(),
        "i8" | "i16" | "i32" | "i64" | "isize" => return "expected a whole number".to_owned(),
        "f32" | "f64" => return "expected a number".to_owned(),
        "a boolean" => return "expected true or false".to_owned(),
        "a string" | "path string" => return "expected text in quotes".to_owned(),
        "a sequence" => return "expected a list".to_owned(),
        other => return format!("expected {other}"),
    };
    format!("expected a whole number from 0 to {range}")
}

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
