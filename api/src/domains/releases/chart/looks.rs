//! What tells one line from another: shade, mark and dashes, so that nobody needs colours to read a chart.

use plotters::style::RGBColor;

/// What a point is marked with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) colour: RGBColor,
    pub(super) mark: Mark,
    /// How long dashes and the gaps between them are, in pixels; a line without is drawn through.
    pub(super) dashes: Option<(u32, u32)>,
    pub(super) breadth: u32,
}

/// Texts, and the line at zero.
pub(super) const INK: RGBColor = RGBColor(0x0b, 0x0c, 0x0c);
/// Where the wording changed.
pub(super) const SOFT: RGBColor = RGBColor(0x50, 0x5a, 0x5f);
/// Lines that only guide the eye.
pub(super) const FAINT: RGBColor = RGBColor(0xd8, 0xdb, 0xde);

/// The colours are those that the Government's Analysis Function tested for people who see colours differently: dark and light shades
/// take turns.
const LOOKS: [Look; 4] = [
    Look {
        colour: RGBColor(0x12, 0x43, 0x6d),
        mark: Mark::Circle,
        dashes: None,
        breadth: 3,
    },
    Look {
        colour: RGBColor(0x1d, 0x8a, 0x80),
        mark: Mark::Square,
        dashes: Some((9, 5)),
        breadth: 2,
    },
    Look {
        colour: RGBColor(0x80, 0x16, 0x50),
        mark: Mark::Triangle,
        dashes: Some((2, 4)),
        breadth: 2,
    },
    Look {
        colour: RGBColor(0xd2, 0x4e, 0x0f),
        mark: Mark::Diamond,
        dashes: Some((16, 6)),
        breadth: 2,
    },
];

/// The look of the line in a place, counted from nought.
pub(super) fn look(place: usize) -> Look {
    LOOKS[place % LOOKS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

    /// How light a colour is (WCAG 2.2, relative luminance).
    fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
        let part = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(one: RGBColor, other: RGBColor) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn everything_stands_out_from_the_paper() {
        assert!(contrast(INK, PAPER) >= 7.0 && contrast(SOFT, PAPER) >= 4.5);
        for look in LOOKS {
            let contrast = contrast(look.colour, PAPER);
            assert!(contrast >= 4.0, "{look:?} has {contrast}; marks need 3");
        }
    }

    #[test]
    fn no_two_lines_are_told_apart_by_colour_alone() {
        for (place, one) in LOOKS.iter().enumerate() {
            for other in &LOOKS[place + 1..] {
                assert!(
                    one.mark != other.mark && one.dashes != other.dashes,
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
