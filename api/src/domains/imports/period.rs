//! The periods of figures as files write them: years from April to March.

use chrono::NaiveDate;

/// A period: its first and its last day.
pub type Period = (NaiveDate, NaiveDate);

/// The year that a text such as `2020-21`, `2020/21` or `2020-2021` means: from 1 April to 31 March.
#[must_use]
pub fn financial_year(text: &str) -> Option<Period> {
    let (first, second) = text.trim().split_once(['-', '/', '\u{2013}'])?;
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if first.len() != 4 || !are_digits(first) || !are_digits(second) {
        return None;
    }
    let start: i32 = first.parse().ok()?;
    let next = (start + 1).to_string();
    let is_next = match second.len() {
        2 => next.ends_with(second),
        4 => next == second,
        _ => false,
    };
    if !is_next {
        return None;
    }
    Some((
        NaiveDate::from_ymd_opt(start, 4, 1)?,
        NaiveDate::from_ymd_opt(start + 1, 3, 31)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_written_in_three_ways_and_lasts_from_april_to_march() {
        let expected = Some(("2020-04-01".parse().unwrap(), "2021-03-31".parse().unwrap()));
        for text in ["2020-21", " 2020/21", "2020-2021", "2020\u{2013}21"] {
            assert_eq!(financial_year(text), expected, "{text}");
        }
        assert!(financial_year("1999-00").is_some());
        for wrong in ["2020", "2020-22", "20-21", "2020-1", "", "2020-21-22", "+020-21"] {
            assert_eq!(financial_year(wrong), None, "{wrong}");
        }
    }
}
