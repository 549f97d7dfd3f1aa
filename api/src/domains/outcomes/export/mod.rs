//! Figures as files: CSV for spreadsheets, JSON Lines for programs, and the description of the CSV's columns.
//!
//! An export asks queries of the public contract, page by page, so it holds what its reader may read and nothing else, as GraphQL
//! answers it, and no more of it at once than a page. [`errors`] does the same for what was wrong with an import.

mod columns;
pub mod errors;
mod walk;

use serde::Deserialize;
use serde_json::{Map, Value, json};

pub use self::columns::{description, plain_text};
use self::walk::Walk;
use crate::graphql::{Page, Question};

const QUERY: &str = "query ObservationExport($first: Int!, $after: String, $filter: ObservationFilter) {
  observations(first: $first, after: $after, filter: $filter) {
    nodes {
      id
      indicator {
        code
        title
        unit
        framework {
          code
          versionLabel
          source
        }
      }
      indicatorVersion {
        id
        number
      }
      subjectType
      geography {
        id
        name
        gss
        cassr
      }
      organisation {
        id
        name
      }
      service {
        id
        name
      }
      site {
        id
        name
      }
      periodStart
      periodEnd
      disaggregation {
        dimension
        code
        label
      }
      numerator
      denominator
      base
      value
      margin
      marker
      quality
      revision
      isCurrent
      correctionReason
      finalisedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}";

/// The most figures that are read at once: with what is read beside each, a page costs nine times as many points.
const PAGE: u32 = 100;

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values (RFC 4180), in UTF-8, with a heading.
    Csv,
    /// A JSON object on each line.
    JsonLines,
}

impl Format {
    /// The format of a file of this name; nothing where there is no such file.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        match name {
            "observations.csv" => Some(Self::Csv),
            "observations.jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
        }
    }
}

/// Why a file cannot be made as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No filter has this name.
    #[error("`{0}` is no filter of observations. There are: {names}.", names = FILTERS.map(|(name, _)| name).join(", "))]
    UnknownFilter(String),
    /// A filter was given twice.
    #[error(
        "`{0}` is given twice. Several values of one filter stand in one parameter, with commas between them."
    )]
    Twice(String),
    /// It is yes or no.
    #[error("`{0}` is `true` or `false`.")]
    NotBoolean(String),
}

/// How the value of a filter is written in a query string.
#[derive(Clone, Copy, Debug)]
enum Given {
    Text,
    List,
    Boolean,
}

/// The filters of `observations` by name: `ObservationFilter` of the contract.
const FILTERS: [(&str, Given); 13] = [
    ("disaggregation", Given::Text),
    ("geography", Given::Text),
    ("importBatch", Given::Text),
    ("includeEarlierRevisions", Given::Boolean),
    ("indicator", Given::Text),
    ("indicatorVersion", Given::Text),
    ("organisation", Given::Text),
    ("periodFrom", Given::Text),
    ("periodUntil", Given::Text),
    ("quality", Given::List),
    ("service", Given::Text),
    ("site", Given::Text),
    ("subjectType", Given::List),
];

/// A file of observations that is being written.
#[derive(Clone, Debug)]
pub struct ObservationExport {
    format: Format,
    page: u32,
    filter: Map<String, Value>,
    walk: Walk,
}

#[derive(Debug, Deserialize)]
struct Answer {
    observations: Page<Value>,
}

impl ObservationExport {
    /// A file of the observations that pass the filters of a query string, read so many at once, and no more than a hundred.
    ///
    /// # Errors
    /// See [`ExportError`]. Values are checked as those of any query.
    pub fn new(format: Format, page: u32, asked: &[(String, String)]) -> Result<Self, ExportError> {
        let mut filter = Map::new();
        for (name, value) in asked {
            let given = FILTERS.iter().find(|(known, _)| known == name);
            let (_, given) = given.ok_or_else(|| ExportError::UnknownFilter(name.clone()))?;
            let value = match given {
                Given::Text => json!(value),
                Given::List => value.split(',').map(str::trim).collect(),
                Given::Boolean => match value.as_str() {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    _ => return Err(ExportError::NotBoolean(name.clone())),
                },
            };
            if filter.insert(name.clone(), value).is_some() {
                return Err(ExportError::Twice(name.clone()));
            }
        }
        Ok(Self {
            format,
            page: page.min(PAGE),
            filter,
            walk: Walk::default(),
        })
    }

    /// What it is written in.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// What to ask next; nothing when the file is complete.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        let Value::Object(variables) =
            json!({ "first": self.page, "after": self.walk.after(), "filter": self.filter })
        else {
            return None;
        };
        (!self.walk.is_over()).then_some(Question {
            query: QUERY,
            variables,
        })
    }

    /// The next part of the file, from `data` of the answer to the last question.
    ///
    /// # Errors
    /// It is not an answer to it: a fault of ours.
    pub fn part(&mut self, data: Value) -> Result<Vec<u8>, serde_json::Error> {
        let page = serde_json::from_value::<Answer>(data)?.observations;
        let is_first = self.walk.pass(page.page_info);
        match self.format {
            Format::Csv => columns::write(&page.nodes, is_first),
            Format::JsonLines => {
                let mut lines = Vec::new();
                for node in &page.nodes {
                    serde_json::to_writer(&mut lines, node)?;
                    lines.push(b'\n');
                }
                Ok(lines)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(asked: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        asked.iter().map(pair).collect()
    }

    fn export(asked: &[(&str, &str)]) -> Result<ObservationExport, ExportError> {
        ObservationExport::new(Format::JsonLines, 2, &pairs(asked))
    }

    #[test]
    fn filters_are_those_of_the_list() {
        let asked = [
            ("subjectType", "SERVICE, SITE"),
            ("includeEarlierRevisions", "true"),
            ("periodFrom", "2024-04-01"),
        ];
        let question = export(&asked).unwrap().question().unwrap();
        assert_eq!(
            Value::Object(question.variables),
            json!({ "first": 2, "after": null, "filter": {
                "subjectType": ["SERVICE", "SITE"], "includeEarlierRevisions": true, "periodFrom": "2024-04-01",
            } })
        );
    }

    #[test]
    fn what_is_no_filter_is_named() {
        let message = export(&[("colour", "red")]).unwrap_err().to_string();
        assert!(
            message
                .starts_with("`colour` is no filter of observations. There are: disaggregation, geography,")
        );
        assert_eq!(
            export(&[("site", "a"), ("site", "b")]).unwrap_err(),
            ExportError::Twice("site".to_owned())
        );
        assert_eq!(
            export(&[("includeEarlierRevisions", "yes")]).unwrap_err(),
            ExportError::NotBoolean("includeEarlierRevisions".to_owned())
        );
    }

    #[test]
    fn pages_follow_each_other_until_there_are_no_more() {
        let mut export = export(&[]).unwrap();
        let page = |id: &str, more: bool| {
            json!({ "observations": {
                "nodes": [{ "id": id }], "pageInfo": { "hasNextPage": more, "endCursor": format!("after {id}") },
            } })
        };
        assert_eq!(export.part(page("a", true)).unwrap(), b"{\"id\":\"a\"}\n");
        assert_eq!(export.question().unwrap().variables["after"], "after a");
        assert_eq!(export.part(page("b", false)).unwrap(), b"{\"id\":\"b\"}\n");
        assert!(export.question().is_none());
    }
}
