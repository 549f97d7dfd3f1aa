//! Which column of a file is which: as our own export calls them, unless whoever asks says otherwise.

use entity::Described;
use entity::outcomes::kinds::ImportColumn as Column;
use sea_orm::Iterable;

use crate::domains::imports::fault::HeadingsError;

/// How many columns there are.
const COUNT: usize = 22;

/// What our own export calls a column.
#[must_use]
pub fn usual(column: Column) -> String {
    column.stored_name().to_lowercase()
}

/// A column that the file calls otherwise, as it is kept: `VALUE=Outcome`.
#[must_use]
pub fn kept(column: Column, heading: &str) -> String {
    format!("{column}={heading}")
}

/// The same, read back; nothing where it is none.
#[must_use]
pub fn read(kept: &str) -> Option<(Column, String)> {
    let (column, heading) = kept.split_once('=')?;
    Some((column.parse().ok()?, heading.to_owned()))
}

/// Headings are compared without regard to case and to white space around them.
fn plain(heading: &str) -> String {
    heading.trim().to_lowercase()
}

/// The columns of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    places: [Option<usize>; COUNT],
    headings: Vec<String>,
}

impl Columns {
    /// Finds the columns among the headings of a file. `has_period` says that rows which name no period have one all the same.
    ///
    /// # Errors
    /// All that are missing or there twice.
    pub fn among(
        headings: Vec<String>,
        named: &[(Column, String)],
        has_period: bool,
    ) -> Result<Self, HeadingsError> {
        let mut columns = Self {
            places: [None; COUNT],
            headings,
        };
        let mut wrong = HeadingsError::default();
        let is_claimed = |heading: &str| named.iter().any(|(_, claimed)| plain(claimed) == plain(heading));
        for column in Column::iter() {
            let mapped = named.iter().find(|(of, _)| *of == column);
            let wanted = mapped.map_or_else(|| usual(column), |(_, heading)| heading.clone());
            let mut found = columns
                .headings
                .iter()
                .enumerate()
                .filter(|(_, heading)| plain(heading) == plain(&wanted))
                .filter(|(_, heading)| mapped.is_some() || !is_claimed(heading));
            let first = found.next();
            if let (Some((_, first)), Some((_, second))) = (first, found.next()) {
                wrong.doubled.push((first.clone(), second.clone()));
            }
            if first.is_none() && mapped.is_some() {
                wrong.missing.push((wanted, None));
            }
            columns.places[column as usize] = first.map(|(place, _)| place);
        }
        for needed in columns.missing(has_period) {
            wrong.missing.push((needed.to_owned(), None));
        }
        if wrong.missing.is_empty() && wrong.doubled.is_empty() {
            return Ok(columns);
        }
        wrong.found.clone_from(&columns.headings);
        Err(wrong)
    }

    /// What every row needs and the file has no column for.
    fn missing(&self, has_period: bool) -> impl Iterator<Item = &'static str> {
        let has = |column| self.place(column).is_some();
        let names_indicator =
            has(Column::IndicatorVersionId) || has(Column::FrameworkCode) && has(Column::IndicatorCode);
        let names_subject = has(Column::SubjectId) || has(Column::AreaGss) || has(Column::AreaCassr);
        let names_figure =
            has(Column::Value) || has(Column::Marker) || has(Column::Numerator) && has(Column::Denominator);
        let names_period = has_period || has(Column::PeriodStart) && has(Column::PeriodEnd);
        let needed = [
            (names_indicator, "framework_code\" and \"indicator_code"),
            (names_subject, "subject_id\", \"area_gss\" or \"area_cassr"),
            (names_period, "period_start\" and \"period_end"),
            (names_figure, "value"),
        ];
        needed
            .into_iter()
            .filter(|(is_there, _)| !is_there)
            .map(|(_, needed)| needed)
    }

    /// Where a column stands, from 0.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    /// What the file calls a column.
    #[must_use]
    pub fn heading(&self, column: Column) -> Option<&str> {
        self.headings.get(self.place(column)?).map(String::as_str)
    }

    /// Every column that the file has, with its place.
    pub fn places(&self) -> impl Iterator<Item = (Column, usize)> {
        Column::iter().filter_map(|column| Some((column, self.place(column)?)))
    }

    /// How many cells a row has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.headings.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(headings: &[&str], named: &[(Column, &str)]) -> Result<Columns, String> {
        let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
        let named: Vec<_> = named
            .iter()
            .map(|(column, heading)| (*column, (*heading).to_owned()))
            .collect();
        Columns::among(headings, &named, false).map_err(|error| error.to_string())
    }

    #[test]
    fn there_is_a_place_for_every_column() {
        assert_eq!(Column::iter().count(), COUNT);
        for column in Column::iter() {
            assert_eq!(
                read(&kept(column, "a=b")),
                Some((column, "a=b".to_owned())),
                "{column}"
            );
        }
        assert_eq!(read("COLOUR=red"), None);
    }

    #[test]
    fn our_own_headings_need_no_words() {
        let columns = found(
            &[
                "id",
                "Framework_Code ",
                "indicator_code",
                "subject_id",
                "period_start",
                "period_end",
                "value",
            ],
            &[],
        )
        .unwrap();
        assert_eq!(columns.place(Column::FrameworkCode), Some(1));
        assert_eq!(columns.heading(Column::Value), Some("value"));
        assert_eq!(columns.place(Column::Margin), None);
    }

    #[test]
    fn other_headings_are_named() {
        let headings = ["Set", "Measure", "ONS code", "from", "to", "Outcome", "value"];
        let named = [
            (Column::FrameworkCode, "set"),
            (Column::IndicatorCode, "Measure"),
            (Column::AreaGss, "ONS code"),
            (Column::PeriodStart, "from"),
            (Column::PeriodEnd, "to"),
            (Column::Value, "Outcome"),
        ];
        let columns = found(&headings, &named).unwrap();
        assert_eq!(
            columns.place(Column::Value),
            Some(5),
            "not the one that is called so"
        );
    }

    #[test]
    fn a_heading_that_was_named_stands_for_that_alone() {
        let headings = [
            "framework_code",
            "indicator_code",
            "area_gss",
            "period_start",
            "period_end",
            "base",
            "value",
        ];
        let columns = found(&headings, &[(Column::Value, "base"), (Column::Margin, "VALUE")]).unwrap();
        assert_eq!(columns.place(Column::Value), Some(5));
        assert_eq!(columns.place(Column::Margin), Some(6));
        assert_eq!(
            columns.place(Column::Base),
            None,
            "not the same numbers once more"
        );
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once() {
        let said = found(&["value", "Value", "from"], &[(Column::PeriodStart, "begin")]).unwrap_err();
        for part in [
            "\"begin\" is missing",
            "\"framework_code\" and \"indicator_code\" is missing",
            "\"subject_id\", \"area_gss\" or \"area_cassr\" is missing",
            "\"value\" and \"Value\" stand for the same thing",
            "The first line of the file has: value, Value, from.",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        let parts = ["indicator_version_id", "area_cassr", "numerator", "denominator"].map(ToOwned::to_owned);
        assert!(Columns::among(parts.to_vec(), &[], true).is_ok());
    }
}
