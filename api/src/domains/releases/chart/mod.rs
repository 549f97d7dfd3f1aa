//! Charts of published series, for people who look rather than read: a picture (SVG), and a page with the picture and the same figures
//! as a table (HTML).
//!
//! A chart asks one query of the public contract, `publishedSeries`, so it shows what is published and nothing else. What its reader may
//! not see is not there.
//!
//! - `parameters`: what a query string may ask for. - `series`: the answer, as what there is to draw.
//! - `words`: periods, figures and the description in plain English. - `notes`: what a reader has to know.
//! - `picture`: how it is drawn, with `axis`, `looks`, `layout` and `letters`. - `page`: the table beside it. - `markup`: texts within markup.

mod axis;
mod layout;
mod letters;
mod looks;
mod markup;
mod notes;
mod page;
mod parameters;
mod picture;
mod series;
mod settings;
mod words;

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

pub use self::parameters::ChartError;
pub use self::settings::ChartSettings;
use crate::graphql::Question;

const QUERY: &str = "query PublishedSeriesChart(
  $indicator: ID!
  $subject: ID!
  $disaggregation: ID
  $periodFrom: Date
  $periodUntil: Date
  $first: Int
) {
  publishedSeries(
    indicator: $indicator
    subject: $subject
    disaggregation: $disaggregation
    periodFrom: $periodFrom
    periodUntil: $periodUntil
    first: $first
  ) {
    indicator {
      title
      unit
      framework {
        source
      }
    }
    disaggregation {
      dimension
      label
    }
    lines {
      points {
        periodStart
        periodEnd
        value
        valueAs
        figure {
          geography {
            name
          }
          organisation {
            name
          }
          service {
            name
          }
          site {
            name
          }
          release {
            title
            number
            publishedAt
          }
        }
      }
    }
    beside {
      geography {
        name
      }
      lines {
        points {
          periodStart
          periodEnd
          value
          valueAs
          figure {
            release {
              title
              number
              publishedAt
            }
          }
        }
      }
    }
  }
}";

/// What a chart is given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A picture.
    Svg,
    /// A page: the picture, and the same figures as a table.
    Html,
}

impl Format {
    /// The format of a file of this name; nothing where there is no such file.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        match name {
            "published-series.svg" => Some(Self::Svg),
            "published-series.html" => Some(Self::Html),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The one style sheet that stands in it; nothing where there is none.
    #[must_use]
    pub const fn style(self) -> Option<&'static str> {
        match self {
            Self::Svg => None,
            Self::Html => Some(page::STYLE),
        }
    }
}

/// Why a chart could not be made of an answer: a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum ChartFault {
    /// It is not the answer to what was asked.
    #[error("the answer to a chart's question could not be read")]
    Answer(#[from] serde_json::Error),
    /// The plotting library failed.
    #[error("a chart could not be drawn: {0}")]
    Drawing(String),
}

/// A chart that is being made.
#[derive(Clone, Debug)]
pub struct Chart {
    format: Format,
    settings: ChartSettings,
    variables: Map<String, Value>,
}

impl Chart {
    /// A chart of what a query string asks for, with no more figures on a line than a page of a list has.
    ///
    /// # Errors
    /// Every mistake of the query string, see [`ChartError`]. What ids stand for is found out by the question.
    pub fn new(
        format: Format,
        settings: ChartSettings,
        page: u32,
        asked: &[(String, String)],
    ) -> Result<Self, Vec<ChartError>> {
        let settings = ChartSettings {
            most_figures: settings.most_figures.min(page),
            ..settings
        };
        let mut variables = parameters::read(asked)?;
        variables.insert("first".to_owned(), settings.most_figures.into());
        Ok(Self {
            format,
            settings,
            variables,
        })
    }

    /// What it is given as.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// How long whoever has it may show it without asking again, in seconds.
    #[must_use]
    pub const fn kept_seconds(&self) -> u32 {
        self.settings.cache_seconds
    }

    /// What to ask.
    #[must_use]
    pub fn question(&self) -> Question {
        Question {
            query: QUERY,
            variables: self.variables.clone(),
        }
    }

    /// What to say where the question was refused for its arguments: there are more figures than a chart holds.
    #[must_use]
    pub fn too_many(&self) -> String {
        let most = self.settings.most_figures;
        format!(
            "There are more figures than a chart holds, which is {most} on a line: ask for fewer periods with `periodFrom` and \
             `periodUntil`."
        )
    }

    /// The chart, from `data` of the answer; nothing where nothing is published that its reader may see.
    ///
    /// # Errors
    /// See [`ChartFault`].
    pub fn draw(&self, data: Value) -> Result<Option<String>, ChartFault> {
        let Some(series) = series::read(data)? else {
            return Ok(None);
        };
        let drawn = match self.format {
            Format::Svg => picture::draw(&series, picture::Place::Alone)?,
            Format::Html => page::write(&series)?,
        };
        Ok(Some(drawn))
    }
}
