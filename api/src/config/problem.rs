//! What is wrong with the settings, said so that it can be put right without reading any code.

use std::fmt;

use super::mask::mask_text;

/// One setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The setting as `section.key`, or the name of a file.
    pub setting: String,
    /// The value found, secrets masked; absent when the setting itself is unknown or a file cannot be read.
    pub found: Option<String>,
    /// Where the value came from: a file or an environment variable.
    pub origin: Option<String>,
    /// What is wrong, or what would be right.
    pub advice: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.setting)?;
        if let Some(found) = &self.found {
            write!(formatter, " = {found}")?;
        }
        if let Some(origin) = &self.origin {
            write!(formatter, " (from {origin})")?;
        }
        write!(formatter, ": {}", self.advice)
    }
}

/// All problems found so far.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// A report on one section.
    pub fn section<'problems>(&'problems mut self, name: &str) -> Report<'problems> {
        Report {
            section: name.to_owned(),
            problems: self,
        }
    }

    pub(super) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Names the origin of those problems that were found in values and not in files.
    pub(super) fn trace_origins(&mut self, origin_of: impl Fn(&str) -> Option<String>) {
        for problem in self.0.iter_mut().filter(|problem| problem.origin.is_none()) {
            problem.origin = origin_of(&problem.setting);
        }
    }

    /// Nothing when there are none, an error with all of them otherwise.
    pub(super) fn into_result<T>(self, value: T) -> Result<T, SettingsError> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(SettingsError { problems: self.0 })
        }
    }
}

/// Collects what is wrong with one section; see [`Section::check`](super::Section::check).
#[derive(Debug)]
pub struct Report<'problems> {
    section: String,
    problems: &'problems mut Problems,
}

impl Report<'_> {
    /// Reports that `key` has the value `found`, and in `advice` what would be right: "must be at least 1".
    ///
    /// Secrets and passwords in `found` are masked.
    pub fn wrong(&mut self, key: &str, found: impl fmt::Display, advice: impl Into<String>) {
        let setting = format!("{}.{key}", self.section);
        let found = Some(mask_text(&setting, &found.to_string()));
        self.problems.push(Problem {
            setting,
            found,
            origin: None,
            advice: advice.into(),
        });
    }

    /// Reports `key` unless its value lies within `from..=to`; `unit` is a plural noun, or empty.
    pub fn within<T: PartialOrd + fmt::Display>(&mut self, key: &str, found: T, from: T, to: T, unit: &str) {
        if found < from || found > to {
            let unit = if unit.is_empty() {
                String::new()
            } else {
                format!(" {unit}")
            };
            self.wrong(key, found, format!("must be from {from} to {to}{unit}"));
        }
    }
}

/// Every problem with the settings, in the order of the settings.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", listing(problems))]
pub struct SettingsError {
    /// The problems; never empty.
    pub problems: Vec<Problem>,
}

fn listing(problems: &[Problem]) -> String {
    let count = match problems.len() {
        1 => "1 setting cannot be used:".to_owned(),
        many => format!("{many} settings cannot be used:"),
    };
    problems
        .iter()
        .fold(count, |text, problem| format!("{text}\n  {problem}"))
}
