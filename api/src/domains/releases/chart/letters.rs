//! How texts stand in a picture.

use std::io;

use plotters::coord::Shift;
use plotters::prelude::{
    DrawingArea, DrawingAreaErrorKind, FontDesc, FontFamily, FontStyle, SVGBackend, Text, TextStyle,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::layout::wrapped;
use super::looks::INK;
use super::markup::cleaned;

/// How wide a picture is, in pixels; its reader may show it larger or smaller.
pub(super) const WIDTH: i32 = 800;
/// Where texts begin and how far to the right they go.
pub(super) const MARGIN: i32 = 24;
/// The letters of everything but the title, in pixels.
pub(super) const SIZE: f64 = 15.0;
/// How far apart lines of such letters are.
pub(super) const SPACE: i32 = 21;
/// The letters of the title.
const TITLE: f64 = 22.0;
/// How the library's sizes of letters are those of SVG.
const LETTERS: f64 = 1.24;
/// What is drawn on.
pub(super) type Sheet<'text> = DrawingArea<SVGBackend<'text>, Shift>;
/// What drawing answers.
pub(super) type Painted<T> = Result<T, DrawingAreaErrorKind<io::Error>>;

/// How a text is set.
pub(super) struct Letters {
    size: f64,
    is_bold: bool,
    space: i32,
    most: usize,
}

impl Letters {
    /// The title.
    pub(super) const fn title() -> Self {
        Self {
            size: TITLE,
            is_bold: true,
            space: 28,
            most: 3,
        }
    }

    /// Everything else.
    pub(super) const fn plain() -> Self {
        Self {
            size: SIZE,
            is_bold: false,
            space: SPACE,
            most: 3,
        }
    }
}

/// Writes a text from the left in as many lines as it needs and may have; answers where the next one begins.
pub(super) fn lines_of_text(sheet: &Sheet<'_>, text: &str, down: i32, letters: &Letters) -> Painted<i32> {
    let room = f64::from(WIDTH - 2 * MARGIN);
    let mut down = down;
    for line in wrapped(&cleaned(text), letters.size, room, letters.most) {
        let style = style(letters.size, letters.is_bold, HPos::Left, VPos::Top);
        sheet.draw(&Text::new(line, (MARGIN, down), style))?;
        down += letters.space;
    }
    Ok(down)
}

/// How a text that stands at a point is set.
pub(super) fn style(size: f64, is_bold: bool, across: HPos, upright: VPos) -> TextStyle<'static> {
    let weight = if is_bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let font = FontDesc::new(FontFamily::SansSerif, size * LETTERS, weight);
    TextStyle::from(font).color(&INK).pos(Pos::new(across, upright))
}
