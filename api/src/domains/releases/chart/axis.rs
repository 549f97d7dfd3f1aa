//! The upright axis: what it runs from and to, and where its lines are.

use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;

/// The most spaces between the lines of the axis.
const MOST_SPACES: f64 = 5.0;

/// What an axis runs from and to. It holds zero, so that a small change does not look like a large one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) lowest: f64,
    pub(super) highest: f64,
    step: f64,
}

impl Axis {
    /// The axis for figures in a unit; nothing where there is no figure.
    pub(super) fn of(unit: IndicatorUnit, values: impl Iterator<Item = Decimal>) -> Option<Self> {
        let numbers: Vec<f64> = values.map(|value| number(unit, value)).collect();
        let (lowest, highest) = (
            numbers.iter().copied().reduce(f64::min)?.min(0.0),
            numbers.iter().copied().reduce(f64::max)?.max(0.0),
        );
        Some(match unit {
            IndicatorUnit::Thumbs if lowest >= -1.0 && highest <= 1.0 => Self {
                lowest: -1.0,
                highest: 1.0,
                step: 0.5,
            },
            IndicatorUnit::Percent if lowest >= 0.0 && highest > 50.0 && highest <= 100.0 => Self {
                lowest: 0.0,
                highest: 100.0,
                step: 20.0,
            },
            _ => {
                let step = step(highest - lowest);
                let lowest = (lowest / step).floor() * step;
                Self {
                    lowest,
                    highest: ((highest / step).ceil() * step).max(lowest + step),
                    step,
                }
            }
        })
    }

    /// Where its lines are, from the lowest up.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        let most = self.highest + self.step / 2.0;
        (0..=20_u8)
            .map(move |line| self.lowest + f64::from(line) * self.step)
            .take_while(move |line| *line < most)
    }

    /// What is written at a line: as many decimal places as its steps have.
    pub(super) fn label(self, line: f64) -> String {
        let places = (0..=6).find(|places| is_whole(self.step * 10_f64.powi(*places)));
        let places = usize::try_from(places.unwrap_or(6)).unwrap_or_default();
        let text = format!("{line:.places$}");
        // Rounding can leave a nought below nought.
        if text.trim_start_matches(['-', '0', '.']).is_empty() {
            return "0".to_owned();
        }
        text
    }
}

/// A figure as a number on the axis: money in pounds.
pub(super) fn number(unit: IndicatorUnit, value: Decimal) -> f64 {
    let number: f64 = value.to_string().parse().unwrap_or_default();
    match unit {
        IndicatorUnit::Pence => number / 100.0,
        _ => number,
    }
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-6
}

/// The smallest step of 1, 2, 2.5 or 5 times a power of ten of which few make up the span.
fn step(span: f64) -> f64 {
    if span <= 0.0 {
        return 1.0;
    }
    let least = span / MOST_SPACES;
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0].map(|times| times * power);
    steps
        .into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(unit: IndicatorUnit, values: &[&str]) -> Vec<String> {
        let values = values.iter().map(|value| value.parse().unwrap());
        let axis = Axis::of(unit, values).unwrap();
        axis.lines().map(|line| axis.label(line)).collect()
    }

    #[test]
    fn it_holds_zero_and_every_figure() {
        assert_eq!(
            lines(IndicatorUnit::Percent, &["61.2", "68"]),
            ["0", "20", "40", "60", "80", "100"]
        );
        assert_eq!(
            lines(IndicatorUnit::Percent, &["1.2"]),
            ["0.00", "0.25", "0.50", "0.75", "1.00", "1.25"].map(|label| if label == "0.00" {
                "0"
            } else {
                label
            })
        );
        assert_eq!(
            lines(IndicatorUnit::Score, &["19.1"]),
            ["0", "5", "10", "15", "20"]
        );
        assert_eq!(
            lines(IndicatorUnit::Thumbs, &["0.3"]),
            ["-1.0", "-0.5", "0", "0.5", "1.0"]
        );
        assert_eq!(lines(IndicatorUnit::Count, &["0"]), ["0", "1"]);
        assert_eq!(
            lines(IndicatorUnit::Count, &["-120", "260"]),
            ["-200", "-100", "0", "100", "200", "300"]
        );
        assert_eq!(
            lines(IndicatorUnit::Pence, &["900000000"]),
            ["0", "2000000", "4000000", "6000000", "8000000", "10000000"]
        );
    }

    #[test]
    fn without_figures_there_is_none() {
        assert_eq!(Axis::of(IndicatorUnit::Count, std::iter::empty()), None);
    }

    #[test]
    fn the_largest_figure_has_an_axis() {
        let axis = lines(IndicatorUnit::Count, &["9223372036854.775807"]);
        assert!(axis.len() <= 7, "{axis:?}");
    }
}
