//! How a chart is drawn.
//!
//! From top to bottom: what it is of, the unit, the lines, a row of signs for each subject of which a figure is not shown, the periods, the
//! names of the lines, and what a reader has to know. What is not shown stands in no place of the axis: it is not zero.

use std::ops::Range;

use chrono::Datelike;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{
    Cartesian2d, Circle, Color, DashedLineSeries, DrawingArea, IntoDrawingArea, LineSeries, PathElement,
    Polygon, RGBColor, Rectangle, SVGBackend, ShapeStyle, Text,
};
use plotters::style::text_anchor::{HPos, VPos};
use sha2::{Digest, Sha256};

use super::axis::{Axis, number};
use super::layout::{cut, width};
use super::letters::{Letters, MARGIN, Painted, SIZE, SPACE, Sheet, WIDTH, lines_of_text, style};
use super::looks::{FAINT, INK, Look, Mark, SOFT, look};
use super::markup::{cleaned, escaped};
use super::series::{Period, Point, Series, Subject};
use super::{ChartFault, notes, words};
use crate::hex::hex;

/// Where lines are drawn between.
const SIDES: Range<i32> = 96..WIDTH - MARGIN - 8;
/// How high the space for lines is.
const HEIGHT: i32 = 300;
/// Taller than any picture: what is not needed is left out.
const SHEET: u32 = 10_000;
/// Up to so many figures of the first subject are written at their marks; of more, the first and the last are.
const MOST_WRITTEN: usize = 8;

type Plot<'text> = DrawingArea<SVGBackend<'text>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Where a picture stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is a file, whose description says where the table is.
    Alone,
    /// It is a part of the page with the table.
    OnPage,
}

/// The picture of a series.
pub(super) fn draw(series: &Series, place: Place) -> Result<String, ChartFault> {
    let axis = Axis::of(series.unit, series.points().filter_map(Point::value));
    let mut drawn = String::new();
    let height = paint(series, axis, &mut drawn).map_err(|error| ChartFault::Drawing(error.to_string()))?;
    // The library's own first and last tag know nothing of titles.
    let inside = drawn.split_once('>').map_or("", |(_, inside)| inside);
    let inside = inside.rsplit_once("</svg>").map_or(inside, |(inside, _)| inside);
    let title = words::title(series);
    let mut description = words::description(series, axis);
    for more in [notes::source(series), notes::published(series)]
        .into_iter()
        .flatten()
    {
        description = format!("{description} {more}");
    }
    if place == Place::Alone {
        description += " The same figures stand in a table: put .html in the place of .svg in the address.";
    }
    let (title, description) = (escaped(&title), escaped(&description));
    // Several pictures may stand on one page of somebody's.
    let own = hex(&Sha256::digest(format!("{title}\n{description}"))[..6]);
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         role=\"img\" aria-labelledby=\"title-{own} description-{own}\">\n<title id=\"title-{own}\">{title}</title>\n\
         <desc id=\"description-{own}\">{description}</desc>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n{}\n</svg>\n",
        inside.trim()
    ))
}

/// Paints everything, and answers how high it is.
fn paint(series: &Series, axis: Option<Axis>, drawn: &mut String) -> Painted<i32> {
    let breadth = u32::try_from(WIDTH).unwrap_or_default();
    let sheet = SVGBackend::with_string(drawn, (breadth, SHEET)).into_drawing_area();
    let mut down = MARGIN;
    down = lines_of_text(&sheet, &series.indicator, down, &Letters::title())?;
    down = lines_of_text(&sheet, &words::about(series), down, &Letters::plain())?;
    down = lines_of_text(&sheet, words::unit(series.unit), down + 10, &Letters::plain())?;
    let plot = Frame::new(series, axis, down + 22);
    plot.guides(&sheet)?;
    plot.breaks(&sheet, series)?;
    for (place, subject) in series.subjects.iter().enumerate().rev() {
        plot.subject(&sheet, series, subject, look(place))?;
    }
    if let Some(subject) = series.subjects.first() {
        plot.figures(&sheet, series, subject)?;
    }
    down = plot.not_shown(&sheet, series)?;
    down = plot.periods(&sheet, series, down)?;
    down = names(&sheet, series, down + 12)?;
    let source = notes::source(series).into_iter().chain(notes::published(series));
    for note in notes::of(series).into_iter().chain(source) {
        down = lines_of_text(&sheet, &note, down + 4, &Letters::plain())?;
    }
    sheet.present()?;
    Ok(down + MARGIN / 2)
}

/// The names of the lines, each beside a piece of it; nothing where there is one, which the heading names.
fn names(sheet: &Sheet<'_>, series: &Series, down: i32) -> Painted<i32> {
    let mut down = down;
    if series.subjects.len() < 2 {
        return Ok(down);
    }
    for (place, subject) in series.subjects.iter().enumerate() {
        let (look, middle) = (look(place), down + SPACE / 2);
        stroke(sheet, &[(MARGIN, middle), (MARGIN + 56, middle)], look)?;
        mark(sheet, (MARGIN + 28, middle), look)?;
        let room = f64::from(WIDTH - 2 * MARGIN - 68);
        let name = cut(&cleaned(&subject.name), SIZE, room);
        let style = style(SIZE, place == 0, HPos::Left, VPos::Center);
        sheet.draw(&Text::new(name, (MARGIN + 68, middle), style))?;
        down += SPACE + 3;
    }
    Ok(down + 6)
}

/// A line through points.
fn stroke(sheet: &Sheet<'_>, points: &[(i32, i32)], look: Look) -> Painted<()> {
    let style = look.colour.stroke_width(look.breadth);
    let points = points.iter().copied();
    match look.dashes {
        None => LineSeries::new(points, style)
            .into_iter()
            .try_for_each(|part| sheet.draw(&part)),
        Some((dash, gap)) => DashedLineSeries::new(points, dash, gap, style)
            .into_iter()
            .try_for_each(|part| sheet.draw(&part)),
    }
}

/// What a point is marked with.
fn mark(sheet: &Sheet<'_>, (x, y): (i32, i32), look: Look) -> Painted<()> {
    let filled: ShapeStyle = look.colour.filled();
    match look.mark {
        Mark::Circle => sheet.draw(&Circle::new((x, y), 5, filled)),
        Mark::Square => sheet.draw(&Rectangle::new([(x - 5, y - 5), (x + 5, y + 5)], filled)),
        Mark::Triangle => sheet.draw(&Polygon::new(
            vec![(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)],
            filled,
        )),
        Mark::Diamond => {
            let corners = vec![(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)];
            sheet.draw(&Polygon::new(corners, filled))
        }
    }
}

/// The space for lines.
struct Frame {
    axis: Option<Axis>,
    days: Range<f64>,
    top: i32,
}

impl Frame {
    fn new(series: &Series, axis: Option<Axis>, top: i32) -> Self {
        let periods = series.periods();
        let from = periods.iter().map(|(start, _)| day(*start)).reduce(f64::min);
        let until = periods.iter().map(|(_, end)| day(*end) + 1.0).reduce(f64::max);
        Self {
            axis,
            days: from.unwrap_or(0.0)..until.unwrap_or(1.0),
            top,
        }
    }

    const fn bottom(&self) -> i32 {
        self.top + HEIGHT
    }

    /// The scales: days across, the unit upright. Without figures there is no unit.
    fn plot<'text>(&self, sheet: &Sheet<'text>) -> Plot<'text> {
        let (lowest, highest) = self.axis.map_or((0.0, 1.0), |axis| (axis.lowest, axis.highest));
        sheet.apply_coord_spec(Cartesian2d::new(
            self.days.clone(),
            lowest..highest,
            (SIDES, self.bottom()..self.top),
        ))
    }

    /// The lines that guide the eye, with what they stand for.
    fn guides(&self, sheet: &Sheet<'_>) -> Painted<()> {
        let Some(axis) = self.axis else {
            let text = "No figure is shown.";
            let at = (
                i32::midpoint(SIDES.start, SIDES.end),
                i32::midpoint(self.top, self.bottom()),
            );
            sheet.draw(&Text::new(
                text,
                at,
                style(SIZE, false, HPos::Center, VPos::Center),
            ))?;
            return rule(sheet, SIDES, self.bottom(), INK);
        };
        let plot = self.plot(sheet);
        for line in axis.lines() {
            let (_, up) = plot.map_coordinate(&(self.days.start, line));
            let label = axis.label(line);
            let colour = if label == "0" { INK } else { FAINT };
            rule(sheet, SIDES, up, colour)?;
            let style = style(SIZE, false, HPos::Right, VPos::Center);
            sheet.draw(&Text::new(words::grouped(&label), (SIDES.start - 10, up), style))?;
        }
        Ok(())
    }

    /// Where the wording changed: an upright line of dots between the figures that cannot be compared.
    fn breaks(&self, sheet: &Sheet<'_>, series: &Series) -> Painted<()> {
        let plot = self.plot(sheet);
        let mut spans: Vec<_> = series
            .subjects
            .iter()
            .flat_map(Subject::breaks)
            .map(|(before, after)| {
                let sides = [across(&plot, before), across(&plot, after)];
                (sides[0].min(sides[1]), sides[0].max(sides[1]))
            })
            .collect();
        spans.sort_unstable();
        let mut merged: Vec<(i32, i32)> = Vec::new();
        for (from, until) in spans {
            match merged.last_mut() {
                // Subjects of which fewer figures are published break over a longer time, at the same wording.
                Some(last) if from < last.1 => *last = (from.max(last.0), until.min(last.1)),
                _ => merged.push((from, until)),
            }
        }
        merged.dedup();
        let mut free = SIDES.start;
        for (from, until) in merged {
            let x = i32::midpoint(from, until);
            let points = [(x, self.top - 14), (x, self.bottom())];
            for part in DashedLineSeries::new(points, 3, 3, SOFT.stroke_width(2)) {
                sheet.draw(&part)?;
            }
            let text = "wording changed";
            let room = whole(width(text, SIZE));
            if x + 6 >= free && x + 6 + room <= WIDTH {
                let style = style(SIZE, false, HPos::Left, VPos::Center);
                sheet.draw(&Text::new(text, (x + 6, self.top - 12), style))?;
                free = x + 6 + room + 8;
            }
        }
        Ok(())
    }

    /// The lines and marks of a subject.
    fn subject(&self, sheet: &Sheet<'_>, series: &Series, subject: &Subject, look: Look) -> Painted<()> {
        let plot = self.plot(sheet);
        for run in subject.runs(series.unit) {
            let places: Vec<_> = run
                .iter()
                .map(|(period, value)| plot.map_coordinate(&(middle(*period), number(series.unit, *value))))
                .collect();
            if places.len() > 1 {
                stroke(sheet, &places, look)?;
            }
            for place in places {
                mark(sheet, place, look)?;
            }
        }
        Ok(())
    }

    /// Figures of the first subject beside their marks.
    fn figures(&self, sheet: &Sheet<'_>, series: &Series, subject: &Subject) -> Painted<()> {
        let plot = self.plot(sheet);
        let shown: Vec<_> = subject
            .points()
            .filter_map(|point| Some((point.period, point.value()?)))
            .collect();
        let mut free = 0;
        for (place, (period, value)) in shown.iter().enumerate() {
            let is_written = shown.len() <= MOST_WRITTEN || place == 0 || place + 1 == shown.len();
            let (x, y) = plot.map_coordinate(&(middle(*period), number(series.unit, *value)));
            let text = words::figure(series.unit, *value);
            let half = whole(width(&text, SIZE)) / 2;
            if is_written && x - half >= free {
                let style = style(SIZE, true, HPos::Center, VPos::Bottom);
                sheet.draw(&Text::new(text, (x, y - 7), style))?;
                free = x + half + 4;
            }
        }
        Ok(())
    }

    /// A row of signs below the lines for each subject of which a figure is not shown.
    fn not_shown(&self, sheet: &Sheet<'_>, series: &Series) -> Painted<i32> {
        let plot = self.plot(sheet);
        let mut down = self.bottom() + 10;
        for (place, subject) in series.subjects.iter().enumerate() {
            let signs: Vec<_> = subject
                .points()
                .filter_map(|point| Some((across(&plot, point.period), point.reason()?)))
                .collect();
            if signs.is_empty() {
                continue;
            }
            let middle = down + SPACE / 2;
            mark(sheet, (SIDES.start - 20, middle), look(place))?;
            for (x, reason) in signs {
                let style = style(SIZE, true, HPos::Center, VPos::Center);
                sheet.draw(&Text::new(words::sign(reason), (x, middle), style))?;
            }
            down += SPACE;
        }
        Ok(down)
    }

    /// The periods, as many as there is room for.
    fn periods(&self, sheet: &Sheet<'_>, series: &Series, down: i32) -> Painted<i32> {
        let plot = self.plot(sheet);
        let mut free = 0;
        for period in series.periods() {
            let x = across(&plot, period);
            let tick = PathElement::new([(x, self.bottom()), (x, self.bottom() + 6)], INK.stroke_width(1));
            sheet.draw(&tick)?;
            let text = words::short(period);
            let half = whole(width(&text, SIZE)) / 2;
            let at = x.clamp(half.min(WIDTH / 2), (WIDTH - half).max(WIDTH / 2));
            if at - half >= free {
                let style = style(SIZE, false, HPos::Center, VPos::Center);
                sheet.draw(&Text::new(text, (at, down + SPACE / 2), style))?;
                free = at + half + 8;
            }
        }
        Ok(down + SPACE)
    }
}

/// A level line.
fn rule(sheet: &Sheet<'_>, sides: Range<i32>, up: i32, colour: RGBColor) -> Painted<()> {
    let line = PathElement::new([(sides.start, up), (sides.end, up)], colour.stroke_width(1));
    sheet.draw(&line)
}

/// How far to the right a period stands: at its middle.
fn across(plot: &Plot<'_>, period: Period) -> i32 {
    plot.map_coordinate(&(middle(period), 0.0)).0
}

fn middle((start, end): Period) -> f64 {
    f64::midpoint(day(start), day(end) + 1.0)
}

fn day(day: chrono::NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// A length in whole pixels.
fn whole(length: f64) -> i32 {
    // Texts of a chart are cut to its width, so this is some hundreds.
    format!("{length:.0}").parse().unwrap_or(WIDTH)
}
