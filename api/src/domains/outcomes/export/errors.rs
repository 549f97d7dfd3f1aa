//! What was wrong with the rows of an import, as a file: whoever reads the import gets it, page by page.

use serde::Deserialize;
use serde_json::{Value, json};

use super::columns::safe_text;
use super::walk::Walk;
use crate::graphql::{Page, Question};

const QUERY: &str = "query ImportErrorExport($import: ID!, $first: Int!, $after: String) {
  importBatch(id: $import) {
    errors(first: $first, after: $after, orderBy: { field: ROW_NUMBER }) {
      nodes {
        rowNumber
        columnName
        code
        message
        rawValue
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}";

/// The file.
const FILE: &str = "import-errors.csv";
/// Its description for programs.
const DESCRIPTION: &str = "import-errors.csv-metadata.json";
/// The one parameter.
const IMPORT: &str = "importBatchId";

/// The columns: name, what they are by the data types of XML Schema, and what stands in them.
const COLUMNS: [(&str, &str, &str); 5] = [
    (
        "row",
        "integer",
        "Which row of the file, as spreadsheets number them: the headings are row 1.",
    ),
    (
        "column",
        "string",
        "The column, as the file calls it; empty where the whole row is wrong.",
    ),
    ("code", "string", "What sort of thing is wrong, for programs."),
    ("message", "string", "What is wrong and what would be right."),
    ("raw", "string", "What stands there, shortened."),
];

/// Why the file cannot be made as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorExportError {
    /// The import is not named, or something else is.
    #[error("Name the import, and nothing else: `import-errors.csv?importBatchId=import_batch_…`.")]
    NotNamed,
}

/// A file of what was wrong with the rows of an import.
#[derive(Clone, Debug)]
pub struct ErrorExport {
    import: String,
    page: u32,
    walk: Walk,
    is_there: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    import_batch: Option<Import>,
}

#[derive(Debug, Deserialize)]
struct Import {
    errors: Page<Fault>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fault {
    row_number: String,
    column_name: Option<String>,
    code: String,
    message: String,
    raw_value: Option<String>,
}

impl ErrorExport {
    /// Whether a file is called so.
    #[must_use]
    pub fn is_called(name: &str) -> bool {
        name == FILE
    }

    /// The file for the import that a query string names, read so many rows at once.
    ///
    /// # Errors
    /// See [`ErrorExportError`].
    pub fn new(page: u32, asked: &[(String, String)]) -> Result<Self, ErrorExportError> {
        match asked {
            [(name, import)] if name == IMPORT => Ok(Self {
                import: import.clone(),
                page,
                walk: Walk::default(),
                is_there: true,
            }),
            _ => Err(ErrorExportError::NotNamed),
        }
    }

    /// Whether there is such an import that the caller may read, as far as has been asked.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        self.is_there
    }

    /// What to ask next; nothing when the file is complete.
    #[must_use]
    pub fn question(&self) -> Option<Question> {
        let Value::Object(variables) =
            json!({ "import": self.import, "first": self.page, "after": self.walk.after() })
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
        let Some(import) = serde_json::from_value::<Answer>(data)?.import_batch else {
            self.is_there = false;
            self.walk.end();
            return Ok(Vec::new());
        };
        let page = import.errors;
        let is_first = self.walk.pass(page.page_info);
        write(&page.nodes, is_first).map_err(serde::ser::Error::custom)
    }
}

fn write(faults: &[Fault], with_heading: bool) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    if with_heading {
        writer.write_record(COLUMNS.map(|(name, ..)| name))?;
    }
    for fault in faults {
        let text = |text: &Option<String>| safe_text(text.as_deref().unwrap_or_default()).into_owned();
        writer.write_record([
            fault.row_number.clone(),
            text(&fault.column_name),
            fault.code.clone(),
            safe_text(&fault.message).into_owned(),
            text(&fault.raw_value),
        ])?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// The description of the file beside it (W3C, Metadata Vocabulary for Tabular Data), where a file is called so.
#[must_use]
pub fn description(name: &str) -> Option<Value> {
    let columns = COLUMNS.map(|(name, datatype, description)| {
        json!({ "name": name, "titles": name, "dc:description": description, "datatype": datatype, "required": name != "column" && name != "raw" })
    });
    (name == DESCRIPTION).then(|| {
        json!({
            "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
            "url": FILE,
            "dc:title": "What was wrong with the rows of an import",
            "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "doubleQuote": true, "lineTerminators": ["\r\n"] },
            "tableSchema": { "columns": columns },
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    fn page(row: &str, more: bool) -> Value {
        json!({ "importBatch": { "errors": {
            "nodes": [{
                "rowNumber": row, "columnName": "value", "code": "NOT_A_NUMBER", "message": "That is none.", "rawValue": "=1+1",
            }],
            "pageInfo": { "hasNextPage": more, "endCursor": row },
        } } })
    }

    #[test]
    fn one_import_is_named_and_nothing_else() {
        assert!(ErrorExport::new(2, &asked(&[("importBatchId", "import_batch_1")])).is_ok());
        for pairs in [
            &[][..],
            &[("batch", "import_batch_1")],
            &[("importBatchId", "a"), ("importBatchId", "b")],
        ] {
            assert_eq!(
                ErrorExport::new(2, &asked(pairs)).unwrap_err(),
                ErrorExportError::NotNamed
            );
        }
    }

    #[test]
    fn pages_follow_each_other_and_no_cell_is_a_formula() {
        let mut export = ErrorExport::new(2, &asked(&[("importBatchId", "import_batch_1")])).unwrap();
        let first = String::from_utf8(export.part(page("2", true)).unwrap()).unwrap();
        assert_eq!(
            first,
            "row,column,code,message,raw\r\n2,value,NOT_A_NUMBER,That is none.,'=1+1\r\n"
        );
        assert_eq!(export.question().unwrap().variables["after"], "2");
        let second = String::from_utf8(export.part(page("3", false)).unwrap()).unwrap();
        assert_eq!(second, "3,value,NOT_A_NUMBER,That is none.,'=1+1\r\n");
        assert!(export.question().is_none() && export.is_there());
    }

    #[test]
    fn an_import_that_nobody_may_read_is_not_there() {
        let mut export = ErrorExport::new(2, &asked(&[("importBatchId", "import_batch_1")])).unwrap();
        assert_eq!(export.part(json!({ "importBatch": null })).unwrap(), b"");
        assert!(!export.is_there() && export.question().is_none());
    }
}
