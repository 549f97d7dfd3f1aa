//! Files of lists, whatever they are of.

use serde_json::Value;

use crate::app::App;
use crate::domains::outcomes::export::errors::{self, ErrorExport};
use crate::domains::outcomes::export::{self, ObservationExport};
use crate::http::Export;
use crate::http::pipeline::Call;

/// Where the columns of the figures are described for programs: beside them, by the rule of CSV on the Web.
const OBSERVATIONS: &str = "observations.csv-metadata.json";

/// A file of a list.
#[derive(Clone, Debug)]
pub enum AppExport {
    /// Figures.
    Observations(ObservationExport),
    /// What was wrong with an import.
    ImportErrors(ErrorExport),
}

impl AppExport {
    /// The file of a name; nothing where there is none.
    pub(super) fn of_file(app: &App, file: &str, asked: &[(String, String)]) -> Option<Result<Self, String>> {
        if ErrorExport::is_called(file) {
            let export = app.error_export(asked);
            return Some(export.map(Self::ImportErrors).map_err(|error| error.to_string()));
        }
        let export = app.export(export::Format::of_file(file)?, asked);
        Some(export.map(Self::Observations).map_err(|error| error.to_string()))
    }
}

/// The description of a file's columns at this name.
pub(super) fn description(file: &str) -> Option<Value> {
    if file == OBSERVATIONS {
        return Some(export::description());
    }
    errors::description(file)
}

impl Export for AppExport {
    fn media_type(&self) -> &'static str {
        match self {
            Self::Observations(export) => export.format().media_type(),
            Self::ImportErrors(_) => export::Format::Csv.media_type(),
        }
    }

    fn next(&self) -> Option<Call> {
        let question = match self {
            Self::Observations(export) => export.question(),
            Self::ImportErrors(export) => export.question(),
        };
        question.map(Call::from)
    }

    fn take(&mut self, data: Value) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Observations(export) => export.part(data),
            Self::ImportErrors(export) => export.part(data),
        }
    }

    fn is_there(&self) -> bool {
        match self {
            Self::Observations(_) => true,
            Self::ImportErrors(export) => export.is_there(),
        }
    }
}
