//! What a shape of file calls things: data that a partner can write for their own files.

use std::collections::{BTreeMap, HashMap};

use entity::outcomes::kinds::{IndicatorUnit, ObservationMarker as Marker};
use entity::parties::kinds::GeographyLevel;
use serde::{Deserialize, Serialize};

use super::fault::HeadingsError;

const ASCOF: &str = include_str!("layouts/ascof.toml");

/// A part of an observation: what one row of a long file holds.
#[derive(
    Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, strum::Display,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "lowercase")]
pub enum Measure {
    /// How many of them it is true of.
    Numerator,
    /// How many there are.
    Denominator,
    /// The figure itself.
    Outcome,
    /// How many people were asked.
    Base,
    /// Half the width of the interval that the figure lies in.
    Margin,
}

/// What is known of an indicator's figures before any is read.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// What its figures are measured in.
    pub unit: IndicatorUnit,
    /// With how many decimals they are published.
    pub decimals: u32,
    /// What their parts are rounded to before they are published: 1 when they are not.
    #[serde(default = "one")]
    pub parts_rounded_to: u32,
}

const fn one() -> u32 {
    1
}

/// One group that figures are given for, and how files name it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// What tells the groups apart: `AGE`, `SEX`; `TOTAL` for everybody.
    pub dimension: String,
    /// The code of the group.
    pub code: String,
    /// What the column of breakdowns says.
    pub names: Vec<String>,
    /// What the code of an indicator ends with.
    pub endings: Vec<String>,
}

/// The headings of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The code of the area.
    pub place: Vec<String>,
    /// Its level.
    pub level: Vec<String>,
    /// Its code of the Office for National Statistics.
    #[serde(default)]
    pub gss: Vec<String>,
    /// The code of the indicator, with or without the ending of its breakdown.
    pub indicator: Vec<String>,
    /// The breakdown; where there is no such column, the code's ending says it.
    #[serde(default)]
    pub breakdown: Vec<String>,
    /// Which part of an observation it is.
    pub measure: Vec<String>,
    /// The number, or a marker.
    pub value: Vec<String>,
    /// The code of the indicator without the ending.
    #[serde(default)]
    pub group: Vec<String>,
    /// The period; where there is no such column, whoever imports the file says it.
    #[serde(default)]
    pub period: Vec<String>,
}

impl Columns {
    /// Every heading that it knows.
    fn names(&self) -> impl Iterator<Item = &String> {
        let all = [
            &self.place,
            &self.level,
            &self.gss,
            &self.indicator,
            &self.breakdown,
            &self.measure,
            &self.value,
            &self.group,
            &self.period,
        ];
        all.into_iter().flatten()
    }
}

/// The framework whose indicators the codes of a file are.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FrameworkName {
    /// Its code.
    pub code: String,
    /// Which version of it.
    pub version_label: String,
}

/// The layout as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    credit: Option<String>,
    blank: Option<Marker>,
    framework: FrameworkName,
    columns: Columns,
    levels: BTreeMap<GeographyLevel, Vec<String>>,
    measures: BTreeMap<Measure, Vec<String>>,
    markers: BTreeMap<Marker, Vec<String>>,
    breakdowns: Vec<Breakdown>,
    indicators: BTreeMap<String, Shape>,
}

/// Why a layout cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    /// It is not TOML of this form.
    #[error("the layout cannot be read")]
    Toml(#[from] toml::de::Error),
    /// A word stands for two things.
    #[error("the layout lets \"{0}\" stand for two things")]
    Ambiguous(String),
}

/// What a shape of file calls things, ready to look words up.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What it is the layout of.
    pub title: String,
    /// Whom to credit for such files.
    pub credit: Option<String>,
    /// The framework whose indicators its codes are.
    pub framework: FrameworkName,
    pub(super) blank: Option<Marker>,
    pub(super) columns: Columns,
    /// The groups, in the order that [`super::rows::Key::breakdown`] counts.
    pub breakdowns: Vec<Breakdown>,
    /// The indicators by code.
    pub indicators: BTreeMap<String, Shape>,
    levels: HashMap<String, GeographyLevel>,
    measures: HashMap<String, Measure>,
    markers: HashMap<String, Marker>,
    names: HashMap<String, usize>,
}

impl Layout {
    /// The layout of the open-data files of the Adult Social Care Outcomes Framework.
    ///
    /// # Errors
    /// When the file that comes with the server is damaged: a fault of ours.
    pub fn ascof() -> Result<Self, LayoutError> {
        Self::parse(ASCOF)
    }

    /// That layout as it is written: the example for others.
    #[must_use]
    pub const fn example() -> &'static str {
        ASCOF
    }

    /// Reads a layout. The one of ASCOF, `layouts/ascof.toml`, is the example.
    ///
    /// # Errors
    /// When it is not TOML of this form, or a word stands for two things.
    pub fn parse(text: &str) -> Result<Self, LayoutError> {
        let written: Written = toml::from_str(text)?;
        let groups = written.breakdowns.iter().enumerate();
        Ok(Self {
            names: index(groups.map(|(at, breakdown)| (at, &breakdown.names)))?,
            levels: index(written.levels.iter().map(|(level, names)| (*level, names)))?,
            measures: index(written.measures.iter().map(|(measure, names)| (*measure, names)))?,
            markers: index(written.markers.iter().map(|(marker, names)| (*marker, names)))?,
            title: written.title,
            credit: written.credit,
            framework: written.framework,
            blank: written.blank,
            columns: written.columns,
            breakdowns: written.breakdowns,
            indicators: written.indicators,
        })
    }

    pub(super) fn level(&self, word: &str) -> Option<GeographyLevel> {
        self.levels.get(&plain(word)).copied()
    }

    pub(super) fn measure(&self, word: &str) -> Option<Measure> {
        self.measures.get(&plain(word)).copied()
    }

    pub(super) fn marker(&self, word: &str) -> Option<Marker> {
        self.markers.get(&plain(word)).copied()
    }

    pub(super) fn breakdown(&self, word: &str) -> Option<usize> {
        self.names.get(&plain(word)).copied()
    }
}

fn index<'a, T: Copy>(
    entries: impl Iterator<Item = (T, &'a Vec<String>)>,
) -> Result<HashMap<String, T>, LayoutError> {
    let mut found = HashMap::new();
    for (value, names) in entries {
        for name in names {
            if found.insert(plain(name), value).is_some() {
                return Err(LayoutError::Ambiguous(name.clone()));
            }
        }
    }
    Ok(found)
}

/// A word without what publishers change from year to year: case, kinds of dashes, spaces.
#[must_use]
pub fn plain(word: &str) -> String {
    let dashed = word.replace(
        [
            '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}',
        ],
        "-",
    );
    let words: Vec<_> = dashed.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}

/// Where each column is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub(super) place: usize,
    pub(super) level: usize,
    pub(super) gss: Option<usize>,
    pub(super) indicator: usize,
    pub(super) breakdown: Option<usize>,
    pub(super) measure: usize,
    pub(super) value: usize,
    pub(super) group: Option<usize>,
    pub(super) period: Option<usize>,
}

impl Found {
    /// Finds the columns of a layout among the headings of a file.
    ///
    /// # Errors
    /// All that are missing or there twice.
    pub fn among(columns: &Columns, headings: &[String]) -> Result<Self, HeadingsError> {
        let mut wrong = HeadingsError::default();
        let place = needed(columns, &columns.place, headings, &mut wrong);
        let level = needed(columns, &columns.level, headings, &mut wrong);
        let gss = find(&columns.gss, headings, &mut wrong);
        let indicator = needed(columns, &columns.indicator, headings, &mut wrong);
        let breakdown = find(&columns.breakdown, headings, &mut wrong);
        let measure = needed(columns, &columns.measure, headings, &mut wrong);
        let value = needed(columns, &columns.value, headings, &mut wrong);
        let group = find(&columns.group, headings, &mut wrong);
        let period = find(&columns.period, headings, &mut wrong);
        if wrong == HeadingsError::default() {
            return Ok(Self {
                place,
                level,
                gss,
                indicator,
                breakdown,
                measure,
                value,
                group,
                period,
            });
        }
        wrong.found = headings.to_vec();
        Err(wrong)
    }
}

/// A heading by its letters and digits: `Measure_Group` is `Measure Group`.
fn bare(heading: &str) -> String {
    let letters = heading.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn find(names: &[String], headings: &[String], wrong: &mut HeadingsError) -> Option<usize> {
    let mut places = headings
        .iter()
        .enumerate()
        .filter(|(_, heading)| names.iter().any(|name| bare(name) == bare(heading)));
    let first = places.next()?;
    if let Some(second) = places.next() {
        wrong.doubled.push((first.1.clone(), second.1.clone()));
    }
    Some(first.0)
}

fn needed(columns: &Columns, names: &[String], headings: &[String], wrong: &mut HeadingsError) -> usize {
    find(names, headings, wrong).unwrap_or_else(|| {
        let wanted = names.first().cloned().unwrap_or_default();
        // What is the heading of another column is not meant for this one.
        let free = headings
            .iter()
            .filter(|heading| !columns.names().any(|name| bare(name) == bare(heading)));
        let near = free
            .map(|heading| (strsim::jaro_winkler(&bare(heading), &bare(&wanted)), heading))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|one, other| one.0.total_cmp(&other.0));
        wrong
            .missing
            .push((wanted, near.map(|(_, heading)| heading.clone())));
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(line: &str) -> Vec<String> {
        line.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn headings_may_differ_in_case_spaces_and_order() {
        let ascof = Layout::ascof().unwrap();
        let found = Found::among(
            &ascof.columns,
            &headings("measure value,MEASURE_TYPE,ascof  measure code,Geographical level,geographical code"),
        )
        .unwrap();
        assert_eq!((found.value, found.measure, found.indicator), (0, 1, 2));
        assert_eq!((found.level, found.place, found.group), (3, 4, None));
    }

    #[test]
    fn all_missing_headings_are_named_at_once_with_what_may_be_meant() {
        let ascof = Layout::ascof().unwrap();
        let wrong = Found::among(
            &ascof.columns,
            &headings("Geographical Code,Geographical Level,ASCOF Measure Code,Measure Tipe,Measure Type.,MeasureType"),
        )
        .unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "The column \"Measure Value\" is missing (is \"Measure Tipe\" meant for it?). The columns \"Measure Type.\" and \
             \"MeasureType\" stand for the same thing. The first line of the file has: Geographical Code, Geographical \
             Level, ASCOF Measure Code, Measure Tipe, Measure Type., MeasureType."
        );
    }

    #[test]
    fn a_word_means_the_same_in_each_year_s_spelling() {
        let ascof = Layout::ascof().unwrap();
        assert_eq!(ascof.level("council"), ascof.level("Local  Authority"));
        assert_eq!(ascof.level("England"), ascof.level("NATIONAL"));
        assert_eq!(ascof.measure("Margin Of Error"), ascof.measure("margin of error"));
        assert_eq!(ascof.breakdown("18 to 64"), ascof.breakdown("18\u{2013}64"));
        assert_ne!(ascof.breakdown("18-64"), ascof.breakdown("64 and under"));
        assert_eq!(ascof.marker("[C]"), Some(Marker::Confidential));
    }

    #[test]
    fn a_layout_in_which_a_word_stands_for_two_things_is_refused() {
        let twice = ASCOF.replace("\"Region\", \"Regional\"", "\"Region\", \"England\"");
        assert!(matches!(Layout::parse(&twice), Err(LayoutError::Ambiguous(word)) if word == "England"));
    }
}
