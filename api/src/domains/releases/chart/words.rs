//! Periods and figures as people say them, and what a chart shows, in plain English.

use chrono::{Datelike, Months, NaiveDate};
use entity::decimal::Decimal;
use entity::outcomes::kinds::IndicatorUnit;

use super::axis::Axis;
use super::series::{Figure, Period, Point, Reason, Series, Subject};

/// What the axis counts in.
pub(super) const fn unit(unit: IndicatorUnit) -> &'static str {
    match unit {
        IndicatorUnit::Percent => "Per cent (%)",
        IndicatorUnit::Count => "Number",
        IndicatorUnit::RatePer100k => "For every 100,000 people",
        IndicatorUnit::Score => "Score",
        IndicatorUnit::Thumbs => "Mean of thumbs: 1 is up, 0 sideways, \u{2212}1 down",
        IndicatorUnit::Pence => "Pounds (£)",
    }
}

/// A figure in its unit: `61.2%`, `12,345`, `£1,234.50`.
pub(super) fn figure(unit: IndicatorUnit, value: Decimal) -> String {
    match unit {
        IndicatorUnit::Percent => format!("{}%", grouped(&value.to_string())),
        IndicatorUnit::Pence => pounds(value),
        _ => grouped(&value.to_string()),
    }
}

/// Millionths of pence as pounds; pence are left out where there are none.
fn pounds(value: Decimal) -> String {
    let (sign, size) = (if value.0 < 0 { "-" } else { "" }, value.0.unsigned_abs());
    // To the nearest penny: nothing smaller is money.
    let pence = (size + 500_000) / 1_000_000;
    let whole = grouped(&(pence / 100).to_string());
    match pence % 100 {
        0 => format!("{sign}£{whole}"),
        rest => format!("{sign}£{whole}.{rest:02}"),
    }
}

/// A number with a comma before every three digits of its whole part.
pub(super) fn grouped(number: &str) -> String {
    let (sign, size) = number.strip_prefix('-').map_or(("", number), |size| ("-", size));
    let (whole, rest) = size.split_at(size.find('.').unwrap_or(size.len()));
    let digits = whole.len();
    let mut grouped = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (digits - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// Why a figure is not shown, as one says it of the figure.
pub(super) const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Withheld => "withheld",
        Reason::NotAvailable => "not available",
        Reason::NotApplicable => "does not apply",
    }
}

/// The sign that stands for it, by the custom of official statistics in the United Kingdom.
pub(super) const fn sign(reason: Reason) -> &'static str {
    match reason {
        Reason::Withheld => "[c]",
        Reason::NotAvailable => "[x]",
        Reason::NotApplicable => "[z]",
    }
}

/// A figure, or why it is not shown.
pub(super) fn told(unit: IndicatorUnit, point: &Point) -> String {
    match point.figure {
        Figure::Shown { value, .. } => figure(unit, value),
        Figure::NotShown(why) => reason(why).to_owned(),
    }
}

/// A period in few letters: `2020-21`, `2020`, `Apr 2025`, `Apr to Sep 2025`.
pub(super) fn short(period: Period) -> String {
    let (start, end) = period;
    let Some(months) = whole_months(period) else {
        return if start == end {
            spelt(start)
        } else {
            format!("{} to {}", start.format("%-d %b %Y"), end.format("%-d %b %Y"))
        };
    };
    match (months, start.month()) {
        (12, 1) => start.year().to_string(),
        (12, _) => format!("{}-{:02}", start.year(), end.year().rem_euclid(100)),
        (1, _) => start.format("%b %Y").to_string(),
        _ if start.year() == end.year() => format!("{} to {}", start.format("%b"), end.format("%b %Y")),
        _ => format!("{} to {}", start.format("%b %Y"), end.format("%b %Y")),
    }
}

/// A period by its days: `1 April 2020 to 31 March 2021`.
pub(super) fn long((start, end): Period) -> String {
    format!("{} to {}", spelt(start), spelt(end))
}

pub(super) fn spelt(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// How many whole months a period is; nothing where it is not of whole ones.
fn whole_months((start, end): Period) -> Option<i32> {
    let after = end.succ_opt()?;
    if start.day() != 1 || after.day() != 1 {
        return None;
    }
    let months =
        (after.year() - start.year()) * 12 + after.month0().cast_signed() - start.month0().cast_signed();
    let counted = start.checked_add_months(Months::new(u32::try_from(months).ok()?))?;
    (counted == after).then_some(months)
}

/// What a chart is called: the indicator, of what, of whom.
pub(super) fn title(series: &Series) -> String {
    format!("{}: {}", series.indicator, about(series))
}

/// What a chart is about, and of whom.
pub(super) fn about(series: &Series) -> String {
    let name = series.subjects.first().map_or("", |subject| &subject.name);
    match &series.people {
        Some(people) => format!("{name}, {people}"),
        None => name.to_owned(),
    }
}

/// What a chart shows, for whoever does not see it.
pub(super) fn description(series: &Series, axis: Option<Axis>) -> String {
    let mut sentences = vec![format!("Line chart. Counted in: {}.", unit(series.unit))];
    for (place, subject) in series.subjects.iter().enumerate() {
        let beside = if place == 0 { "" } else { "Beside it, " };
        sentences.push(format!("{beside}{}", of_subject(series.unit, subject)));
    }
    if let Some(axis) = axis {
        let end = |number: f64| grouped(&axis.label(number));
        sentences.push(format!(
            "The axis runs from {} to {}.",
            end(axis.lowest),
            end(axis.highest)
        ));
    }
    sentences.extend(super::notes::of(series));
    sentences.join(" ")
}

fn of_subject(unit: IndicatorUnit, subject: &Subject) -> String {
    let shown: Vec<_> = subject
        .points()
        .filter_map(|point| Some((point.period, point.value()?)))
        .collect();
    let name = &subject.name;
    let at = |(period, value): (Period, Decimal)| format!("{} in {}", figure(unit, value), short(period));
    let mut sentences = vec![match (shown.first(), shown.last()) {
        (Some(first), Some(last)) if shown.len() > 1 => {
            let lowest = shown.iter().min_by_key(|(_, value)| *value).unwrap_or(first);
            let highest = shown
                .iter()
                .rev()
                .max_by_key(|(_, value)| *value)
                .unwrap_or(first);
            format!(
                "{name}: {} figures, from {} to {}; the lowest is {}, the highest {}.",
                shown.len(),
                at(*first),
                at(*last),
                at(*lowest),
                at(*highest)
            )
        }
        (Some(only), _) => format!("{name}: one figure, {}.", at(*only)),
        _ => format!("{name}: no figure is shown."),
    }];
    for why in [Reason::Withheld, Reason::NotAvailable, Reason::NotApplicable] {
        let periods: Vec<_> = subject
            .points()
            .filter(|point| point.reason() == Some(why))
            .map(|point| short(point.period))
            .collect();
        if !periods.is_empty() {
            let verb = match (why, periods.len()) {
                (Reason::NotApplicable, 1) => "does not apply",
                (Reason::NotApplicable, _) => "do not apply",
                (Reason::Withheld, 1) => "is withheld",
                (Reason::Withheld, _) => "are withheld",
                (Reason::NotAvailable, 1) => "is not available",
                (Reason::NotAvailable, _) => "are not available",
            };
            let those = if periods.len() == 1 { "That" } else { "Those" };
            sentences.push(format!("{those} of {} {verb}.", periods.join(", ")));
        }
    }
    for (before, after) in subject.breaks() {
        sentences.push(format!(
            "The wording changed between {} and {}: the line stops there.",
            short(before),
            short(after)
        ));
    }
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(start: &str, end: &str) -> Period {
        (start.parse().unwrap(), end.parse().unwrap())
    }

    #[test]
    fn periods_are_said_as_people_say_them() {
        for (start, end, said) in [
            ("2020-04-01", "2021-03-31", "2020-21"),
            ("1999-04-01", "2000-03-31", "1999-00"),
            ("2020-01-01", "2020-12-31", "2020"),
            ("2024-02-01", "2024-02-29", "Feb 2024"),
            ("2025-04-01", "2025-09-30", "Apr to Sep 2025"),
            ("2025-10-01", "2026-03-31", "Oct 2025 to Mar 2026"),
            ("2025-04-02", "2025-04-20", "2 Apr 2025 to 20 Apr 2025"),
            ("2025-04-02", "2025-04-02", "2 April 2025"),
        ] {
            assert_eq!(short(period(start, end)), said);
        }
        assert_eq!(
            long(period("2020-04-01", "2021-03-31")),
            "1 April 2020 to 31 March 2021"
        );
    }

    #[test]
    fn figures_are_said_in_their_unit() {
        let said = |of, value: &str| figure(of, value.parse().unwrap());
        assert_eq!(said(IndicatorUnit::Percent, "61.2"), "61.2%");
        assert_eq!(said(IndicatorUnit::Count, "1234567"), "1,234,567");
        assert_eq!(said(IndicatorUnit::RatePer100k, "-1234.5"), "-1,234.5");
        assert_eq!(said(IndicatorUnit::Pence, "123450"), "£1,234.50");
        assert_eq!(said(IndicatorUnit::Pence, "-500"), "-£5");
        assert_eq!(said(IndicatorUnit::Score, "19.1"), "19.1");
    }
}
