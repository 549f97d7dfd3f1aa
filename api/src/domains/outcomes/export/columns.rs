//! The columns of the CSV, each with what stands in it, and their description for programs (CSV on the Web).

use std::borrow::Cow;

use serde_json::{Value, json};

/// A column.
struct Column {
    name: &'static str,
    description: &'static str,
    /// By the data types of XML Schema, which CSV on the Web takes.
    datatype: &'static str,
    /// Where its value stands in an observation: the first of these that is there.
    places: &'static [&'static str],
}

const fn column(
    name: &'static str,
    datatype: &'static str,
    places: &'static [&'static str],
    description: &'static str,
) -> Column {
    Column {
        name,
        description,
        datatype,
        places,
    }
}

const COLUMNS: [Column; 30] = [
    column("id", "string", &["/id"], "The figure's id, for `node(id:)`."),
    column(
        "framework_code",
        "string",
        &["/indicator/framework/code"],
        "The code of the outcome framework.",
    ),
    column(
        "framework_version",
        "string",
        &["/indicator/framework/versionLabel"],
        "Which version of the framework it is.",
    ),
    column(
        "indicator_code",
        "string",
        &["/indicator/code"],
        "The indicator's code within the framework.",
    ),
    column(
        "indicator_title",
        "string",
        &["/indicator/title"],
        "What the indicator is called.",
    ),
    column("unit", "string", &["/indicator/unit"], "What it counts in."),
    column(
        "wording",
        "integer",
        &["/indicatorVersion/number"],
        "Which wording of the indicator was measured, from 1.",
    ),
    column(
        "indicator_version_id",
        "string",
        &["/indicatorVersion/id"],
        "The id of that wording.",
    ),
    column(
        "subject_type",
        "string",
        &["/subjectType"],
        "What the figure is about.",
    ),
    column(
        "subject_id",
        "string",
        &["/geography/id", "/organisation/id", "/service/id", "/site/id"],
        "The id of what it is about; empty where you may not read that.",
    ),
    column(
        "subject_name",
        "string",
        &[
            "/geography/name",
            "/organisation/name",
            "/service/name",
            "/site/name",
        ],
        "What that is called.",
    ),
    column(
        "area_gss",
        "string",
        &["/geography/gss"],
        "Of an area, the code of the Office for National Statistics.",
    ),
    column(
        "area_cassr",
        "string",
        &["/geography/cassr"],
        "Of a council with social care duties, its number.",
    ),
    column(
        "period_start",
        "date",
        &["/periodStart"],
        "The first day of the period.",
    ),
    column(
        "period_end",
        "date",
        &["/periodEnd"],
        "The last day of the period.",
    ),
    column(
        "dimension",
        "string",
        &["/disaggregation/dimension"],
        "By what people are told apart.",
    ),
    column(
        "people_code",
        "string",
        &["/disaggregation/code"],
        "Whom of them it is about, as a code.",
    ),
    column(
        "people",
        "string",
        &["/disaggregation/label"],
        "Whom of them it is about.",
    ),
    column(
        "numerator",
        "decimal",
        &["/numerator"],
        "How many of the denominator.",
    ),
    column("denominator", "decimal", &["/denominator"], "Of how many."),
    column("base", "decimal", &["/base"], "How many were asked, for surveys."),
    column(
        "value",
        "decimal",
        &["/value"],
        "The figure; empty just where `marker` is C, X or Z.",
    ),
    column(
        "margin",
        "decimal",
        &["/margin"],
        "The margin of error, either way, in 95 of 100 such surveys.",
    ),
    column(
        "marker",
        "string",
        &["/marker"],
        "Why the figure is not there (C withheld, X not available, Z not applicable), or LOW: it rounds to zero and is not zero.",
    ),
    column("quality", "string", &["/quality"], "What the figure is worth."),
    column(
        "revision",
        "integer",
        &["/revision"],
        "Which revision of the figure this is, from 1.",
    ),
    column(
        "is_current",
        "boolean",
        &["/isCurrent"],
        "Whether no later revision has taken its place.",
    ),
    column(
        "correction_reason",
        "string",
        &["/correctionReason"],
        "Why the revision before was corrected.",
    ),
    column(
        "finalised_at",
        "dateTime",
        &["/finalisedAt"],
        "When a second person marked it as final.",
    ),
    column(
        "source",
        "string",
        &["/indicator/framework/source"],
        "Where the framework is from, and under which licence: keep it with the figures.",
    ),
];

/// What spreadsheets take for a formula when a text begins with it.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Whether a spreadsheet would run it, or would with its apostrophes taken off.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A text as it stands in a file: those that a spreadsheet would run begin with an apostrophe, which it does not show.
pub(super) fn safe_text(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        return format!("'{text}").into();
    }
    text.into()
}

/// The text that stands in a file: the other way round, so that it is the same again.
#[must_use]
pub fn plain_text(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// Rows for observations, with the heading before the first of them.
pub(super) fn write(observations: &[Value], with_heading: bool) -> Result<Vec<u8>, serde_json::Error> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| serde::ser::Error::custom(error);
    if with_heading {
        writer
            .write_record(COLUMNS.iter().map(|column| column.name))
            .map_err(failed)?;
    }
    for observation in observations {
        writer
            .write_record(COLUMNS.iter().map(|column| column.cell(observation)))
            .map_err(failed)?;
    }
    writer.into_inner().map_err(serde::ser::Error::custom)
}

impl Column {
    /// What stands in the column for an observation. Texts that spreadsheets would run as a formula begin with an apostrophe, which
    /// they do not show; numbers are left as they are.
    fn cell(&self, observation: &Value) -> String {
        let found = self
            .places
            .iter()
            .find_map(|place| observation.pointer(place).filter(|value| !value.is_null()));
        match found {
            None => String::new(),
            Some(Value::String(text)) if self.datatype == "string" => safe_text(text).into_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        }
    }
}

/// The description of the file beside it (W3C, Metadata Vocabulary for Tabular Data).
#[must_use]
pub fn description() -> Value {
    let columns = COLUMNS.iter().map(|column| {
        json!({
            "name": column.name,
            "titles": column.name,
            "dc:description": column.description,
            "datatype": column.datatype,
            "required": column.name == "id",
        })
    });
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "url": "observations.csv",
        "dc:title": "Figures of outcomes",
        "dc:description": "Figures as they were recorded, before disclosure control: those that whoever asks may read. Figures of the \
                           Adult Social Care Outcomes Framework contain public sector information licensed under the Open Government \
                           Licence v3.0.",
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": ",", "doubleQuote": true, "lineTerminators": ["\r\n"] },
        "tableSchema": { "columns": columns.collect::<Vec<_>>(), "primaryKey": "id" },
    })
}

#[cfg(test)]
mod tests {
    use entity::outcomes::kinds::ImportColumn;

    use super::*;

    fn rows(observations: &[Value]) -> Vec<csv::StringRecord> {
        let bytes = write(observations, true).unwrap();
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        reader.records().map(Result::unwrap).collect()
    }

    fn cell(row: &csv::StringRecord, name: &str) -> String {
        let place = COLUMNS.iter().position(|column| column.name == name).unwrap();
        row[place].to_owned()
    }

    #[test]
    fn no_text_is_a_formula_and_every_number_stays_one() {
        let title = "=HYPERLINK(\"https://example.org\",\"a, b\")\r\nmore";
        let row =
            &rows(&[json!({ "id": "observation_1", "value": "-0.5", "indicator": { "title": title } })])[0];
        assert_eq!(cell(row, "indicator_title"), format!("'{title}"));
        assert_eq!(cell(row, "value"), "-0.5");
        for formula in ["+1", "-1", "@a", "\ta"] {
            let row = &rows(&[json!({ "correctionReason": formula })])[0];
            assert_eq!(cell(row, "correction_reason"), format!("'{formula}"));
        }
    }

    #[test]
    fn the_apostrophe_is_taken_off_again() {
        for text in [
            "=1+1", "'=1+1", "''@a", "plain", "'plain", "''", "-", "it's = 2", "\r", "",
        ] {
            assert_eq!(plain_text(&safe_text(text)), text);
        }
        assert_eq!(safe_text("'plain"), "'plain");
    }

    #[test]
    fn every_column_that_is_imported_is_exported_under_its_usual_name() {
        for column in <ImportColumn as sea_orm::Iterable>::iter() {
            let name = crate::domains::outcomes::import::headings::usual(column);
            assert!(COLUMNS.iter().any(|exported| exported.name == name), "{name}");
        }
    }

    #[test]
    fn what_a_figure_is_about_stands_in_one_column_and_what_is_not_there_is_empty() {
        let row = &rows(&[json!({
            "geography": null, "service": { "id": "service_1", "name": "At home" }, "isCurrent": true, "revision": 2, "marker": null,
        })])[0];
        assert_eq!(
            (cell(row, "subject_id"), cell(row, "subject_name")),
            ("service_1".to_owned(), "At home".to_owned())
        );
        assert_eq!(
            (cell(row, "is_current"), cell(row, "revision")),
            ("true".to_owned(), "2".to_owned())
        );
        assert_eq!(cell(row, "marker"), "");
    }

    #[test]
    fn the_description_names_every_column_in_its_place() {
        let description = description();
        let names = description["tableSchema"]["columns"].as_array().unwrap().iter();
        let names: Vec<_> = names.map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(names, COLUMNS.map(|column| column.name));
    }
}
