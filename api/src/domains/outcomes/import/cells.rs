//! What a row says: its cells, read one by one. Everything that is wrong is said at once.

use csv::ByteRecord;
use entity::Described;
use entity::decimal::Decimal;
use entity::outcomes::kinds::{
    DisaggregationDimension as Dimension, ImportColumn as Column, ObservationMarker as Marker,
    ObservationQuality as Quality,
};
use sea_orm::prelude::Date;

use super::fault::{LineFault, shortened};
use super::headings::Columns;
use super::said::{Said, SubjectSaid, WordingSaid};
use crate::domains::imports::fault::FaultKind;
use crate::domains::imports::source;
use crate::domains::outcomes::export::plain_text;
use crate::domains::outcomes::observation::naming::TOTAL;
use crate::domains::outcomes::rules::observations::Figure;
use crate::domains::violation::UserErrorCode as Code;

/// How long a cell may be, in characters: some times what ids, codes and numbers take.
const LONGEST_CELL: usize = 200;

/// The cells of a row under its columns.
struct Cells<'a> {
    record: &'a ByteRecord,
    columns: &'a Columns,
    faults: Vec<LineFault>,
}

impl Cells<'_> {
    /// What stands in a cell; nothing where it is blank.
    fn text(&self, column: Column) -> Option<String> {
        let cell = self.record.get(self.columns.place(column)?)?;
        let text = source::text(cell);
        let text = plain_text(text.trim());
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The same as something else than a text; `right` says how it is written.
    fn read<T>(&mut self, column: Column, right: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column)?;
        let value = read(&text);
        if value.is_none() {
            let message = format!("\"{}\" cannot be read here: write {right}.", shortened(&text));
            self.faults
                .push(LineFault::said(Code::InvalidFormat, column, message).of(&text));
        }
        value
    }

    /// One of a closed list, in letters of any size.
    fn one_of<T: Described>(&mut self, column: Column) -> Option<T> {
        let names: Vec<_> = T::values().iter().map(|(name, _)| *name).collect();
        self.read(column, &format!("one of {}", names.join(", ")), |text| {
            text.to_uppercase().parse().ok()
        })
    }

    /// A number; nothing where a marker stands, which only the value's own column says more of.
    fn number(&mut self, column: Column) -> Option<Decimal> {
        let text = self.text(column)?;
        if marker(&text).is_some() {
            return None;
        }
        match text.parse() {
            Ok(number) => Some(number),
            Err(error) => {
                let message = format!(
                    "\"{}\" {error}. Write digits, with a full stop before decimal places, and no commas, per cent signs or \
                     currencies.",
                    shortened(&text)
                );
                self.faults
                    .push(LineFault::written(FaultKind::NotANumber, Some(column), message).of(&text));
                None
            }
        }
    }

    /// The first and the last day; `usual` where the row says neither.
    fn period(&mut self, usual: Option<(Date, Date)>) -> (Option<Date>, Option<Date>) {
        let is_blank = |column| self.text(column).is_none();
        let usual = usual.filter(|_| is_blank(Column::PeriodStart) && is_blank(Column::PeriodEnd));
        let start = self.day(Column::PeriodStart, usual.map(|(start, _)| start));
        (start, self.day(Column::PeriodEnd, usual.map(|(_, end)| end)))
    }

    fn day(&mut self, column: Column, usual: Option<Date>) -> Option<Date> {
        let right = "the day as year, month and day, such as 2025-04-01";
        if self.text(column).is_none() {
            if usual.is_none() {
                let message = format!("The period is missing: write {right}.");
                self.faults.push(LineFault::said(Code::Required, column, message));
            }
            return usual;
        }
        self.read(column, right, |text| {
            let has_length = text.len() == "2025-04-01".len();
            Date::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| has_length)
        })
    }

    fn wording(&mut self) -> WordingSaid {
        let said = WordingSaid {
            id: self.text(Column::IndicatorVersionId),
            framework: self.text(Column::FrameworkCode),
            edition: self.text(Column::FrameworkVersion),
            indicator: self.text(Column::IndicatorCode),
            number: self.read(Column::Wording, "a whole number from 1", |text| text.parse().ok()),
        };
        if said.id.is_none() {
            for (column, text) in [
                (Column::FrameworkCode, &said.framework),
                (Column::IndicatorCode, &said.indicator),
            ] {
                if text.is_none() {
                    let message = "Name the indicator: by the codes of its framework and its own, or by the id of its wording.";
                    self.faults.push(LineFault::said(Code::Required, column, message));
                }
            }
        }
        said
    }

    fn subject(&mut self) -> SubjectSaid {
        let said = SubjectSaid {
            of: self.one_of(Column::SubjectType),
            id: self.text(Column::SubjectId),
            gss: self.text(Column::AreaGss),
            cassr: self.text(Column::AreaCassr),
        };
        if said.id.is_none() && said.gss.is_none() && said.cassr.is_none() {
            let columns = [Column::SubjectId, Column::AreaGss, Column::AreaCassr];
            let column = columns
                .into_iter()
                .find(|column| self.columns.place(*column).is_some());
            let message = "Name what the figure is about: by its id, or an area by its code.";
            let column = column.unwrap_or(Column::SubjectId);
            self.faults.push(LineFault::said(Code::Required, column, message));
        }
        said
    }

    fn people(&mut self) -> (Dimension, String) {
        let dimension = self.one_of(Column::Dimension);
        let code = self.text(Column::PeopleCode);
        let dimension = dimension.unwrap_or(Dimension::Total);
        if code.is_none() && dimension != Dimension::Total {
            let message = format!("Say whom of those told apart by {dimension} it is about.");
            self.faults
                .push(LineFault::said(Code::Required, Column::PeopleCode, message));
        }
        (dimension, code.unwrap_or_else(|| TOTAL.to_owned()))
    }

    /// The numbers, and whether the row calls them final.
    fn figure(&mut self) -> (Figure, bool) {
        let told = self.one_of::<Marker>(Column::Marker);
        let marked = self.text(Column::Value).and_then(|text| marker(&text));
        if let (Some(told), Some(marked)) = (told, marked)
            && told != marked
        {
            let message =
                format!("The row says {marked} in the place of the value, and {told} here. Say one of them.");
            let fault = LineFault::said(Code::RuleBroken, Column::Marker, message);
            self.faults.push(fault.of(&told.to_string()));
        }
        let quality = self.one_of(Column::Quality).unwrap_or(Quality::Provisional);
        let is_final = quality == Quality::Final;
        let figure = Figure {
            numerator: self.number(Column::Numerator),
            denominator: self.number(Column::Denominator),
            base: self.number(Column::Base),
            value: self.number(Column::Value),
            margin: self.number(Column::Margin),
            marker: told.or(marked),
            quality: if is_final { Quality::Provisional } else { quality },
        };
        (figure, is_final)
    }

    fn is_current(&mut self) -> bool {
        let read = self.read(Column::IsCurrent, "true or false", |text| {
            text.to_lowercase().parse().ok()
        });
        read.unwrap_or(true)
    }
}

/// A marker as publishers write it in the place of a number: `[c]`.
fn marker(text: &str) -> Option<Marker> {
    let name = text.strip_prefix('[')?.strip_suffix(']')?;
    name.to_uppercase().parse().ok()
}

/// The cells that are longer than anything that could stand in them. What stands there is not kept.
fn too_long(record: &ByteRecord, columns: &Columns) -> Vec<LineFault> {
    let is_long = |cell: &[u8]| source::text(cell).trim().chars().nth(LONGEST_CELL).is_some();
    let long = columns
        .places()
        .filter(|(_, place)| record.get(*place).is_some_and(is_long));
    let fault = |(column, _)| {
        let message = format!(
            "This cell has more than {LONGEST_CELL} characters, which nothing has that belongs here."
        );
        LineFault::said(Code::TooLong, column, message)
    };
    long.map(fault).collect()
}

/// What a row says. `usual` is the period of rows that name none.
///
/// # Errors
/// Everything that is wrong with how it is written.
pub fn said(
    record: &ByteRecord,
    columns: &Columns,
    usual: Option<(Date, Date)>,
) -> Result<Said, Vec<LineFault>> {
    if record.len() != columns.width() {
        let message = format!(
            "This row has {} cells, and there are {} headings. A comma may be missing or too many.",
            record.len(),
            columns.width()
        );
        return Err(vec![LineFault::written(FaultKind::WrongWidth, None, message)]);
    }
    let long = too_long(record, columns);
    if !long.is_empty() {
        return Err(long);
    }
    let mut cells = Cells {
        record,
        columns,
        faults: Vec::new(),
    };
    let (wording, subject) = (cells.wording(), cells.subject());
    let (start, end) = cells.period(usual);
    let people = cells.people();
    let (figure, is_final) = cells.figure();
    let revision = cells.read(Column::Revision, "a whole number from 1", |text| {
        text.parse().ok()
    });
    let is_current = cells.is_current();
    match (start, end) {
        (Some(start), Some(end)) if cells.faults.is_empty() => Ok(Said {
            wording,
            subject,
            period: (start, end),
            people,
            figure,
            is_final,
            revision,
            is_current,
        }),
        _ => Err(cells.faults),
    }
}

#[cfg(test)]
mod tests {
    use entity::outcomes::kinds::SubjectType;

    use super::super::fault::LineCode;
    use super::*;

    const HEADINGS: &str = "framework_code,indicator_code,wording,subject_type,subject_id,area_gss,period_start,period_end,dimension,\
                            people_code,numerator,denominator,value,marker,quality,revision,is_current";

    fn read(row: &str) -> Result<Said, Vec<LineFault>> {
        read_with(row, None)
    }

    fn read_with(row: &str, usual: Option<(Date, Date)>) -> Result<Said, Vec<LineFault>> {
        let headings = HEADINGS.split(',').map(ToOwned::to_owned).collect();
        let columns = Columns::among(headings, &[], false).unwrap();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(row.as_bytes());
        let mut record = ByteRecord::new();
        reader.read_byte_record(&mut record).unwrap();
        said(&record, &columns, usual)
    }

    fn faults(row: &str) -> Vec<String> {
        let faults = read(row).err().unwrap_or_default();
        let one = |fault: &LineFault| {
            let column = fault.column.map(super::super::headings::usual);
            format!("{} {}", fault.code, column.unwrap_or_default())
        };
        faults.iter().map(one).collect()
    }

    #[test]
    fn a_row_of_our_own_export_says_all_of_it() {
        let row = "MATTERS,1A,2,SERVICE,service_1,,2025-04-01,2025-06-30,SEX,FEMALE,7,10,70,,FINAL,3,false";
        let said = read(row).unwrap();
        assert_eq!(said.wording.number, Some(2));
        assert_eq!(said.subject.of, Some(SubjectType::Service));
        assert_eq!(said.people, (Dimension::Sex, "FEMALE".to_owned()));
        assert_eq!(said.figure.value, "70".parse().ok());
        assert_eq!((said.figure.quality, said.is_final), (Quality::Provisional, true));
        assert_eq!((said.revision, said.is_current), (Some(3), false));
    }

    #[test]
    fn what_is_left_blank_is_what_is_usual() {
        let said = read("'=MATTERS,1A,,,,E09000001,2025-04-01,2025-06-30,,,,,-0.5,,,,").unwrap();
        assert_eq!(
            said.wording.framework.as_deref(),
            Some("=MATTERS"),
            "no apostrophe"
        );
        assert_eq!(said.people, (Dimension::Total, TOTAL.to_owned()));
        assert_eq!(said.figure.quality, Quality::Provisional);
        assert_eq!((said.revision, said.is_current), (None, true));
    }

    #[test]
    fn markers_stand_in_their_column_or_in_the_place_of_the_number() {
        for row in [
            "A,1,,,s,,2025-04-01,2025-06-30,,,[c],10,[c],,,,",
            "A,1,,,s,,2025-04-01,2025-06-30,,,,10,,c,,,",
        ] {
            let figure = read(row).unwrap().figure;
            assert_eq!(figure.marker, Some(Marker::Confidential), "{row}");
            assert_eq!((figure.numerator, figure.value), (None, None), "{row}");
            assert_eq!(figure.denominator, "10".parse().ok(), "{row}");
        }
    }

    #[test]
    fn everything_that_cannot_be_read_is_said_at_once() {
        assert_eq!(
            faults(",,two,TOWN,,,01/04/2025,,AGE,,\"1,000\",5%,about 5,,GOOD,x,maybe"),
            [
                "INVALID_FORMAT wording",
                "REQUIRED framework_code",
                "REQUIRED indicator_code",
                "INVALID_FORMAT subject_type",
                "REQUIRED subject_id",
                "INVALID_FORMAT period_start",
                "REQUIRED period_end",
                "REQUIRED people_code",
                "INVALID_FORMAT quality",
                "NOT_A_NUMBER numerator",
                "NOT_A_NUMBER denominator",
                "NOT_A_NUMBER value",
                "INVALID_FORMAT revision",
                "INVALID_FORMAT is_current",
            ]
        );
        assert_eq!(faults("MATTERS,1A"), ["WRONG_WIDTH "]);
    }

    #[test]
    fn what_stands_in_a_cell_is_kept_shortened() {
        let long = "9".repeat(150) + "x";
        let found = read(&format!("A,1,,,s,,2025-04-01,2025-06-30,,,,,{long},,,,")).unwrap_err();
        assert_eq!(found[0].raw.as_ref().map(String::len), Some(100));
        let longer = "é".repeat(LONGEST_CELL + 1);
        let found = read(&format!("A,1,,,s,,2025-04-01,2025-06-30,,,,,{longer},,,,")).unwrap_err();
        assert_eq!(
            (found.len(), found[0].code, &found[0].raw),
            (1, LineCode::Said(Code::TooLong), &None)
        );
    }

    #[test]
    fn two_markers_are_one_too_many() {
        let row = |marker| format!("A,1,,,s,,2025-04-01,2025-06-30,,,,,[c],{marker},,,");
        assert_eq!(faults(&row("X")), ["RULE_BROKEN marker"]);
        assert!(read(&row("c")).is_ok());
    }

    #[test]
    fn the_usual_period_is_of_rows_that_name_none() {
        let day = |text: &str| text.parse().unwrap();
        let usual = Some((day("2025-01-01"), day("2025-03-31")));
        let period = |start: &str, end: &str| read_with(&format!("A,1,,,s,,{start},{end},,,,,5,,,,"), usual);
        assert_eq!(
            period("", "").unwrap().period,
            (day("2025-01-01"), day("2025-03-31"))
        );
        for (start, end, missing) in [
            ("2025-02-01", "", Column::PeriodEnd),
            ("", "2025-02-01", Column::PeriodStart),
        ] {
            let found = period(start, end).unwrap_err();
            assert_eq!(
                (found[0].code, found[0].column),
                (LineCode::Said(Code::Required), Some(missing))
            );
        }
    }
}
