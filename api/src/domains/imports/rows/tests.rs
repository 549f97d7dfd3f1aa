//! What lines of files say, spelt as each year spells it.

use super::*;

const HEADINGS: &str = "Geographical Code,Geographical Description,Geographical Level,ONS Code,ASCOF Measure Code,\
                        Disaggregation Level,Measure Type,Measure Value,Measure Group";

fn one(line: &str) -> Result<Row, Fault> {
    let layout = Layout::ascof().unwrap();
    let text = format!("{HEADINGS}\n{line}\n");
    let mut rows = Rows::open(std::io::Cursor::new(text.into_bytes()), &layout).unwrap();
    rows.next(&layout).unwrap().unwrap()
}

fn value(word: &str) -> Result<Cell, FaultKind> {
    let line = format!("211,Kirklees,Council,E08000034,1E,Total,Outcome,{word},1E");
    one(&line).unwrap().cell.map_err(|fault| fault.kind)
}

fn kind(line: &str) -> FaultKind {
    one(line).unwrap_err().kind
}

#[test]
fn a_row_says_where_what_and_of_whom() {
    let row = one("211,Kirklees,Council,E08000034,1AM,Male,Margin Of Error,0.4,1A").unwrap();
    let layout = Layout::ascof().unwrap();
    assert_eq!((row.number, row.measure), (2, Measure::Margin));
    assert_eq!(row.key.place.level, GeographyLevel::LocalAuthority);
    assert_eq!(row.key.indicator, "1A");
    assert_eq!(layout.breakdowns[row.key.breakdown].code, "MALE");
    assert_eq!(row.cell, Ok(Cell::Number("0.4".parse().unwrap())));
}

#[test]
fn years_that_spell_it_otherwise_say_the_same() {
    let old = one("211,Kirklees,Council,E08000034,2D1864,18-64,Numerator,12,2D").unwrap();
    for other in [
        "211,Kirklees,Local Authority,E08000034,2D1864,18 to 64,numerator,12,2D",
        "211,Kirklees,COUNCIL,E08000034,2D1864,18 \u{2013} 64,NUMERATOR,12,",
        "211,Kirklees,local  authority,E08000034,2D1864,Aged 18-64,Numerator,\"12\",2D",
    ] {
        let other = other.replace("18 \u{2013} 64", "18\u{2013}64");
        assert_eq!(one(&other).unwrap(), old, "{other}");
    }
}

#[test]
fn without_a_column_of_breakdowns_the_code_says_it() {
    let layout = Layout::ascof().unwrap();
    let text = "Geographical Code,Geographical Level,ASCOF Measure Code,Measure Type,Measure Value\n\
                211,Council,1FF,Outcome,5\n211,Council,1F,Outcome,5\n211,Council,1I165OV,Outcome,5\n";
    let mut rows = Rows::open(std::io::Cursor::new(text), &layout).unwrap();
    let mut found = Vec::new();
    while let Some(row) = rows.next(&layout).unwrap() {
        let key = row.unwrap().key;
        found.push((key.indicator, layout.breakdowns[key.breakdown].code.clone()));
    }
    let expected = [("1F", "FEMALE"), ("1F", "TOTAL"), ("1I1", "65_OVER")];
    assert_eq!(
        found,
        expected.map(|(code, breakdown)| (code.to_owned(), breakdown.to_owned()))
    );
}

#[test]
fn a_value_is_a_number_or_says_why_there_is_none() {
    let number = |text: &str| Ok(Cell::Number(text.parse().unwrap()));
    assert_eq!(value("19.1"), number("19.1"));
    assert_eq!(value("\"1,234.5\""), number("1234.5"));
    assert_eq!(value("71.4%"), number("71.4"));
    assert_eq!(value("[c]"), Ok(Cell::Marked(Marker::Confidential)));
    assert_eq!(value("*"), Ok(Cell::Marked(Marker::Confidential)));
    assert_eq!(value("[X]"), Ok(Cell::Marked(Marker::NotAvailable)));
    assert_eq!(value("[z]"), Ok(Cell::Marked(Marker::NotApplicable)));
    assert_eq!(
        value(""),
        Ok(Cell::Marked(Marker::NotAvailable)),
        "blank in earlier years"
    );
    for wrong in ["about 60", "1.2E+05", "\"12,34\"", "0.1234567", "#REF!"] {
        assert_eq!(value(wrong), Err(FaultKind::NotANumber), "{wrong}");
    }
}

#[test]
fn windows_1252_is_read_as_it_was_meant() {
    let layout = Layout::ascof().unwrap();
    let mut text = format!("{HEADINGS}\n").into_bytes();
    text.extend_from_slice(b"702,Ynys M\xf4n,Council,E09000007,2D1864,18\x9664,Numerator,12,2D\n");
    let mut rows = Rows::open(std::io::Cursor::new(text), &layout).unwrap();
    let row = rows.next(&layout).unwrap().unwrap().unwrap();
    assert_eq!(layout.breakdowns[row.key.breakdown].code, "18_64");
}

#[test]
fn each_fault_has_its_row_its_column_and_what_would_be_right() {
    let fault = one("12,Kirklees,Council,E08000034,1E,Total,Outcome,5,1E").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "row 2, column Geographical Code: The number of a council has three digits, and \"12\" has not: a spreadsheet may have \
         dropped the zeros at its beginning. Write 012."
    );
    assert_eq!(
        kind("211,Kirklees,Parish,E08000034,1E,Total,Outcome,5,1E"),
        FaultKind::UnknownLevel
    );
    assert_eq!(
        kind("211,Kirklees,Council,E08000034,1E,Total,Median,5,1E"),
        FaultKind::UnknownMeasure
    );
    assert_eq!(
        kind("211,Kirklees,Council,E08000034,1E,Teenagers,Outcome,5,1E"),
        FaultKind::UnknownBreakdown
    );
    assert_eq!(
        kind("211,Kirklees,Council,E08000034,1EM,Female,Outcome,5,1E"),
        FaultKind::CodesDisagree
    );
    assert_eq!(
        kind("211,Kirklees,Council,E08000034,,Total,Outcome,5,1E"),
        FaultKind::Blank
    );
    assert_eq!(
        kind("211,Kirklees,Council,E08000034,1E,Total,Outcome,5"),
        FaultKind::WrongWidth
    );
    let unknown = one("211,Kirklees,Council,E08000034,1K,Total,Outcome,5,1K").unwrap_err();
    assert_eq!(unknown.kind, FaultKind::UnknownIndicator);
    assert!(
        unknown.message.contains("\"1A\" or \"1B\""),
        "{}",
        unknown.message
    );
    let negative = one("211,Kirklees,Council,E08000034,1E,Total,Base,-5,1E").unwrap();
    assert_eq!(
        negative.cell.map_err(|fault| fault.kind),
        Err(FaultKind::OutOfRange)
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_swallow_the_file() {
    let layout = Layout::ascof().unwrap();
    let text = format!("{HEADINGS}\n\"211,{}", "Kirklees,Council\n".repeat(200_000));
    let mut rows = Rows::open(std::io::Cursor::new(text), &layout).unwrap();
    assert!(matches!(
        rows.next(&layout),
        Err(FileError::LongLine { row: 1, .. })
    ));
}

#[test]
fn an_empty_file_and_one_with_other_columns_say_so() {
    let layout = Layout::ascof().unwrap();
    assert!(matches!(
        Rows::open(std::io::empty(), &layout),
        Err(FileError::Empty)
    ));
    let wrong = Rows::open(std::io::Cursor::new("a,b\n1,2\n"), &layout).unwrap_err();
    assert!(
        wrong
            .to_string()
            .contains("The column \"Measure Value\" is missing"),
        "{wrong}"
    );
}
