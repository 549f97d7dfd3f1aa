//! What a row says, once its cells are read: nothing of it is looked up yet.

use entity::outcomes::kinds::{DisaggregationDimension as Dimension, SubjectType};
use sea_orm::prelude::Date;

use crate::domains::outcomes::rules::observations::Figure;

/// How a row names the wording that was measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct WordingSaid {
    /// By its global id.
    pub id: Option<String>,
    /// By the code of its framework,
    pub framework: Option<String>,
    /// the label of the framework's version,
    pub edition: Option<String>,
    /// the code of its indicator,
    pub indicator: Option<String>,
    /// and its number.
    pub number: Option<i32>,
}

/// How a row names what the figure is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SubjectSaid {
    /// What sort of thing it is.
    pub of: Option<SubjectType>,
    /// By its global id.
    pub id: Option<String>,
    /// An area by its code of the Office for National Statistics.
    pub gss: Option<String>,
    /// A council by its number.
    pub cassr: Option<String>,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What was measured.
    pub wording: WordingSaid,
    /// About what.
    pub subject: SubjectSaid,
    /// The first and the last day.
    pub period: (Date, Date),
    /// By what people are told apart, and whom of them it is about.
    pub people: (Dimension, String),
    /// The numbers. What the row calls final is provisional here.
    pub figure: Figure,
    /// Whether the row calls it final.
    pub is_final: bool,
    /// Which revision it is.
    pub revision: Option<i32>,
    /// Whether it is the current one.
    pub is_current: bool,
}
