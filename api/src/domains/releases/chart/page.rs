//! The page of a chart: the picture, and beside it the same figures as a table. Whoever does not see a picture reads the table; a picture
//! alone has one name and one description, and nothing in it can be gone through.
//!
//! It is HTML that is well-formed XML, too.

use super::markup::escaped;
use super::series::{Period, Series, Subject};
use super::{ChartFault, notes, picture, words};

/// The one style sheet of the page: the server's policy lets it in by its hash.
pub(super) const STYLE: &str = "body{margin:1rem auto;max-width:60rem;padding:0 1rem;font:1.1rem/1.5 sans-serif;color:#0b0c0c;\
background:#fff}h1{font-size:1.6rem;line-height:1.25;margin:0}figure{margin:1rem 0}svg{max-width:100%;height:auto}\
.table{overflow-x:auto}.table:focus-visible{outline:3px solid #12436d}table{border-collapse:collapse}\
caption{text-align:left;font-weight:bold;padding:.5rem 0}th,td{border:1px solid #505a5f;padding:.4rem .6rem;text-align:right}\
th{text-align:left;background:#f3f2f1}";

/// The page.
pub(super) fn write(series: &Series) -> Result<String, ChartFault> {
    let picture = picture::draw(series, picture::Place::OnPage)?;
    let title = escaped(&words::title(series));
    let (indicator, about) = (escaped(&series.indicator), escaped(&words::about(series)));
    let notes = list(notes::of(series));
    let releases = list(series.releases.iter().map(notes::release).collect());
    let source =
        notes::source(series).map_or_else(String::new, |source| format!("<p>{}</p>\n", escaped(&source)));
    Ok(format!(
        "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<h1>{indicator}</h1>\n<p>{about}</p>\n<figure>\n{picture}</figure>\n{}{notes}\
         <h2>Source</h2>\n{source}<p>Published in:</p>\n{releases}</main>\n</body>\n</html>\n",
        table(series)
    ))
}

fn list(items: Vec<String>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let items: Vec<_> = items
        .iter()
        .map(|item| format!("<li>{}</li>\n", escaped(item)))
        .collect();
    format!("<ul>\n{}</ul>\n", items.concat())
}

/// A row for each period, a column for each subject. It can be moved from side to side with the keyboard where it is wider than the page.
fn table(series: &Series) -> String {
    let heads: Vec<_> = series
        .subjects
        .iter()
        .map(|subject| format!("<th scope=\"col\">{}</th>", escaped(&subject.name)))
        .collect();
    let row = |period: Period| {
        let cells: Vec<_> = series
            .subjects
            .iter()
            .map(|subject| format!("<td>{}</td>", escaped(&cell(series, subject, period))))
            .collect();
        let (short, long) = (escaped(&words::short(period)), escaped(&words::long(period)));
        format!(
            "<tr><th scope=\"row\">{short}<br/><small>{long}</small></th>{}</tr>\n",
            cells.concat()
        )
    };
    let rows: Vec<_> = series.periods().into_iter().map(row).collect();
    format!(
        "<div class=\"table\" role=\"region\" aria-labelledby=\"caption\" tabindex=\"0\">\n<table>\n\
         <caption id=\"caption\">The same figures as a table. {}</caption>\n\
         <thead><tr><th scope=\"col\">Period</th>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n",
        escaped(words::unit(series.unit)),
        heads.concat(),
        rows.concat()
    )
}

/// What is published of a subject for a period: by two wordings, two figures. One that cannot be compared with those before says so.
fn cell(series: &Series, subject: &Subject, period: Period) -> String {
    let mut told = Vec::new();
    for (place, line) in subject.lines.iter().enumerate() {
        for (nth, point) in line
            .iter()
            .enumerate()
            .filter(|(_, point)| point.period == period)
        {
            let figure = words::told(series.unit, point);
            told.push(if place > 0 && nth == 0 {
                format!("{figure} (wording changed)")
            } else {
                figure
            });
        }
    }
    if told.is_empty() {
        return "none published".to_owned();
    }
    told.join("; ")
}
