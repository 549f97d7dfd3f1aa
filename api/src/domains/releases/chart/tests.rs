//! What is drawn, of answers as the API gives them.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Value, json};

use super::*;

/// A figure of the year from April, or why it is not shown.
fn point(year: i32, figure: &str) -> Value {
    let stands = ["SUPPRESSED", "NOT_AVAILABLE", "NOT_APPLICABLE"].contains(&figure);
    json!({
        "periodStart": format!("{year}-04-01"),
        "periodEnd": format!("{}-03-31", year + 1),
        "value": if stands { Value::Null } else { json!(figure) },
        "valueAs": if stands { figure } else { "ROUNDED" },
        "figure": {
            "geography": { "name": "Ashdown" },
            "release": { "title": "What matters", "number": 2, "publishedAt": "2026-05-03T09:00:00Z" },
        },
    })
}

fn line(points: &[(i32, &str)]) -> Value {
    let points: Vec<_> = points.iter().map(|(year, figure)| point(*year, figure)).collect();
    json!({ "points": points })
}

fn answer(lines: &[Value], beside: &[Value]) -> Value {
    json!({ "publishedSeries": {
        "indicator": { "title": "People who say that care is good", "unit": "PERCENT",
                       "framework": { "source": "SYN source, Open Government Licence v3.0" } },
        "disaggregation": { "dimension": "TOTAL", "label": "Everybody" },
        "lines": lines,
        "beside": beside,
    } })
}

fn beside(name: &str, lines: &[Value]) -> Value {
    json!({ "geography": { "name": name }, "lines": lines })
}

fn drawn(format: Format, answer: Value) -> Option<String> {
    let asked =
        [("indicator", "a"), ("subject", "b")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let chart = Chart::new(format, ChartSettings::default(), 100, &asked).unwrap();
    chart.draw(answer).unwrap()
}

fn picture(answer: Value) -> String {
    drawn(Format::Svg, answer).unwrap()
}

/// Reads a document to its end, and counts its tags; the texts are joined.
fn parsed(document: &str) -> (Vec<String>, String) {
    let mut reader = Reader::from_str(document);
    reader.config_mut().check_end_names = true;
    let (mut tags, mut texts, mut depth) = (Vec::new(), String::new(), 0);
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}: {document}"))
        {
            Event::Start(tag) => {
                depth += 1;
                tags.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{tag:?}");
            }
            Event::Empty(tag) => tags.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap()),
            Event::End(_) => depth -= 1,
            Event::Text(text) => texts.push_str(std::str::from_utf8(&text).unwrap()),
            Event::GeneralRef(name) => {
                let name = String::from_utf8(name.to_vec()).unwrap();
                assert!(
                    ["lt", "gt", "amp", "quot", "apos", "#39"].contains(&name.as_str()),
                    "{name}"
                );
                texts.extend(["&", &name, ";"]);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{document}");
    (tags, texts)
}

fn count(tags: &[String], name: &str) -> usize {
    tags.iter().filter(|tag| *tag == name).count()
}

#[test]
fn a_picture_says_what_it_shows() {
    let svg = picture(answer(
        &[line(&[(2017, "61.2"), (2018, "58"), (2019, "68")])],
        &[],
    ));
    let (tags, texts) = parsed(&svg);
    assert!(svg.contains("role=\"img\""), "{svg}");
    assert_eq!((count(&tags, "title"), count(&tags, "desc")), (1, 1));
    assert_eq!(count(&tags, "circle"), 3, "{svg}");
    assert!(
        texts.contains("People who say that care is good: Ashdown"),
        "{texts}"
    );
    let told = "Ashdown: 3 figures, from 61.2% in 2017-18 to 68% in 2019-20; the lowest is 58% in 2018-19, the highest 68% in 2019-20.";
    assert!(texts.contains(told), "{texts}");
    assert!(texts.contains("The axis runs from 0 to 100."), "{texts}");
    assert!(
        texts.contains("SYN source, Open Government Licence v3.0"),
        "{texts}"
    );
    assert!(texts.contains("What matters (release 2), 3 May 2026"), "{texts}");
    assert!(
        texts.contains("Per cent (%)") && texts.contains("put .html in the place of .svg"),
        "{texts}"
    );
}

/// How many lines are drawn through points: the rules of the axis and the ticks below it come in one colour of their own each.
fn strokes(svg: &str) -> usize {
    svg.matches("stroke=\"#12436D\" stroke-width=\"3\"").count()
}

#[test]
fn lines_stop_at_what_is_withheld_and_it_is_not_zero() {
    let svg = picture(answer(
        &[line(&[
            (2016, "60"),
            (2017, "61"),
            (2018, "SUPPRESSED"),
            (2019, "62"),
            (2020, "63"),
        ])],
        &[],
    ));
    let (tags, texts) = parsed(&svg);
    assert_eq!(
        (strokes(&svg), count(&tags, "circle")),
        (2, 5),
        "four figures and the mark of the row of signs: {svg}"
    );
    assert!(texts.contains("That of 2018-19 is withheld."), "{texts}");
    assert!(
        texts.contains("[c] withheld, so that nobody can be recognised. It is not zero."),
        "{texts}"
    );
    let with_gap = picture(answer(
        &[line(&[(2016, "60"), (2017, "61"), (2019, "62"), (2020, "63")])],
        &[],
    ));
    assert_eq!(
        strokes(&with_gap),
        1,
        "a year of which nothing is published stops no line"
    );
}

#[test]
fn lines_stop_where_the_wording_changed() {
    let svg = picture(answer(
        &[
            line(&[(2016, "60"), (2017, "61")]),
            line(&[(2018, "40"), (2019, "42")]),
        ],
        &[],
    ));
    let (_, texts) = parsed(&svg);
    assert_eq!(strokes(&svg), 2, "{svg}");
    assert!(
        texts.contains("The wording changed between 2017-18 and 2018-19: the line stops there."),
        "{texts}"
    );
    assert!(texts.contains("wording changed"), "{texts}");
}

#[test]
fn periods_that_overlap_are_not_joined() {
    let mut part = point(2018, "50");
    part["periodStart"] = json!("2019-01-01");
    let points = json!({ "points": [point(2017, "40"), part, point(2018, "60")] });
    assert_eq!(strokes(&picture(answer(&[points], &[]))), 1);
}

#[test]
fn one_figure_is_a_mark_and_none_is_said() {
    let svg = picture(answer(&[line(&[(2019, "61.2")])], &[]));
    let (tags, texts) = parsed(&svg);
    assert_eq!((strokes(&svg), count(&tags, "circle")), (0, 1));
    assert!(
        texts.contains("Ashdown: one figure, 61.2% in 2019-20."),
        "{texts}"
    );
    let none = picture(answer(
        &[line(&[(2019, "SUPPRESSED"), (2020, "NOT_AVAILABLE")])],
        &[],
    ));
    let (_, texts) = parsed(&none);
    assert!(
        texts.contains("No figure is shown.") && texts.contains("Ashdown: no figure is shown."),
        "{texts}"
    );
    assert!(
        texts.contains("[x] not available") && !texts.contains("The axis runs"),
        "{texts}"
    );
    assert_eq!(drawn(Format::Svg, json!({ "publishedSeries": null })), None);
}

#[test]
fn what_its_reader_may_not_know_of_is_not_drawn() {
    let mut hidden = point(2019, "61.2");
    hidden["figure"]["geography"] = Value::Null;
    let lines = [json!({ "points": [hidden] })];
    for format in [Format::Svg, Format::Html] {
        assert_eq!(drawn(format, answer(&lines, &[])), None);
    }
}

#[test]
fn each_line_has_a_mark_of_its_own() {
    let lines = [line(&[(2018, "60"), (2019, "61")])];
    let areas = ["Region", "England", "All of its type"].map(|name| beside(name, &lines));
    let svg = picture(answer(&lines, &areas));
    let (tags, texts) = parsed(&svg);
    // Two figures of each, and one beside the name.
    assert_eq!((count(&tags, "circle"), count(&tags, "polygon")), (3, 6), "{svg}");
    assert!(texts.contains("Beside it, England: 2 figures"), "{texts}");
}

#[test]
fn the_page_holds_the_same_figures_as_a_table() {
    let lines = [
        line(&[(2017, "61.2"), (2018, "SUPPRESSED")]),
        line(&[(2019, "50")]),
    ];
    let html = drawn(
        Format::Html,
        answer(&lines, &[beside("England", &[line(&[(2017, "65")])])]),
    )
    .unwrap();
    let (tags, texts) = parsed(&html);
    assert_eq!(
        (count(&tags, "svg"), count(&tags, "table"), count(&tags, "tr")),
        (1, 1, 4)
    );
    assert!(
        html.contains("<th scope=\"col\">Ashdown</th><th scope=\"col\">England</th>"),
        "{html}"
    );
    assert!(
        html.contains("<small>1 April 2017 to 31 March 2018</small></th><td>61.2%</td><td>65%</td>"),
        "{html}"
    );
    assert!(
        html.contains("<td>withheld</td><td>none published</td>"),
        "{html}"
    );
    assert!(html.contains("<td>50% (wording changed)</td>"), "{html}");
    assert!(texts.contains("Source: SYN source"), "{texts}");
    assert!(!texts.contains("put .html in the place"), "{texts}");
}

#[test]
fn names_are_no_markup() {
    let evil = "<script>alert(1)</script> ]]> \"'&amp; <!-- \u{0}\u{8} -->";
    let mut of_partner = answer(
        &[line(&[(2019, "61.2")])],
        &[beside(evil, &[line(&[(2019, "65")])])],
    );
    of_partner["publishedSeries"]["indicator"]["title"] = json!(evil);
    of_partner["publishedSeries"]["indicator"]["framework"]["source"] = json!(evil);
    of_partner["publishedSeries"]["lines"][0]["points"][0]["figure"]["geography"]["name"] = json!(evil);
    of_partner["publishedSeries"]["lines"][0]["points"][0]["figure"]["release"]["title"] = json!(evil);
    of_partner["publishedSeries"]["disaggregation"] = json!({ "dimension": "SEX", "label": evil });
    for format in [Format::Svg, Format::Html] {
        let document = drawn(format, of_partner.clone()).unwrap();
        let (tags, texts) = parsed(&document);
        assert_eq!(count(&tags, "script"), 0, "{document}");
        assert!(!document.contains("<script") && !document.contains("]]>") && !document.contains("<!--"));
        assert!(
            texts.contains("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt;"),
            "{texts}"
        );
    }
}

#[test]
fn however_long_names_are_and_however_many_figures_there_are_it_can_be_drawn() {
    let figures: Vec<_> = (1900..2000).map(|year| (year, "9223372036854.775807")).collect();
    let mut all = answer(&[line(&figures)], &[]);
    all["publishedSeries"]["indicator"]["title"] = json!("word ".repeat(2_000));
    all["publishedSeries"]["indicator"]["unit"] = json!("COUNT");
    let svg = picture(all);
    let (tags, _) = parsed(&svg);
    assert_eq!(count(&tags, "circle"), 100);
    assert!(
        count(&tags, "text") < 60,
        "labels stand on each other: {}",
        count(&tags, "text")
    );
}

#[test]
fn money_is_drawn_in_pounds() {
    let mut money = answer(&[line(&[(2018, "123450"), (2019, "250000")])], &[]);
    money["publishedSeries"]["indicator"]["unit"] = json!("PENCE");
    let (_, texts) = parsed(&picture(money));
    assert!(
        texts.contains("£1,234.50") && texts.contains("The axis runs from 0 to 2,500."),
        "{texts}"
    );
}
