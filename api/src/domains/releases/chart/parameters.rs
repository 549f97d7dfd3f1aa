//! What the query string of a chart may ask for.

use chrono::NaiveDate;
use serde_json::{Map, Value};

/// A mistake in the query string of a chart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    /// No parameter has this name.
    #[error("`{0}` is no parameter of a chart. There are: {names}.", names = PARAMETERS.map(|parameter| parameter.name).join(", "))]
    Unknown(String),
    /// A parameter was given twice.
    #[error("`{0}` is given twice. A chart is of one indicator and one subject.")]
    Twice(&'static str),
    /// A parameter that is needed was not given.
    #[error("`{0}` is missing: {1}.")]
    Missing(&'static str, &'static str),
    /// It is a day.
    #[error("`{0}` is a day such as 2026-03-01.")]
    NotDay(&'static str),
    /// It ends before it begins.
    #[error("`periodUntil` is before `periodFrom`: no period lies between them.")]
    Backwards,
}

struct Parameter {
    name: &'static str,
    is_day: bool,
    /// What to give, where it is needed.
    needed: Option<&'static str>,
}

const fn parameter(name: &'static str) -> Parameter {
    Parameter {
        name,
        is_day: false,
        needed: None,
    }
}

/// The arguments of `publishedSeries` by name, but for how many figures there may be: that is the server's to say.
const PARAMETERS: [Parameter; 5] = [
    Parameter {
        needed: Some("give the global id of the indicator"),
        ..parameter("indicator")
    },
    Parameter {
        needed: Some("give the global id of the area, organisation, service or site"),
        ..parameter("subject")
    },
    parameter("disaggregation"),
    Parameter {
        is_day: true,
        ..parameter("periodFrom")
    },
    Parameter {
        is_day: true,
        ..parameter("periodUntil")
    },
];

/// The variables that a query string asks for.
pub(super) fn read(asked: &[(String, String)]) -> Result<Map<String, Value>, Vec<ChartError>> {
    let (mut variables, mut errors) = (Map::new(), Vec::new());
    for (name, value) in asked {
        let Some(parameter) = PARAMETERS.iter().find(|known| known.name == name) else {
            errors.push(ChartError::Unknown(name.clone()));
            continue;
        };
        if parameter.is_day && day(value).is_none() {
            errors.push(ChartError::NotDay(parameter.name));
        }
        if variables
            .insert(name.clone(), Value::String(value.clone()))
            .is_some()
        {
            errors.push(ChartError::Twice(parameter.name));
        }
    }
    for parameter in &PARAMETERS {
        if let Some(give) = parameter.needed
            && !variables.contains_key(parameter.name)
        {
            errors.push(ChartError::Missing(parameter.name, give));
        }
    }
    let of = |name| variables.get(name).and_then(Value::as_str).and_then(day);
    if let (Some(from), Some(until)) = (of("periodFrom"), of("periodUntil"))
        && until < from
    {
        errors.push(ChartError::Backwards);
    }
    if errors.is_empty() {
        Ok(variables)
    } else {
        Err(errors)
    }
}

/// As the scalar `Date` is written.
fn day(text: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day.filter(|_| text.len() == 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Map<String, Value>, Vec<ChartError>> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        read(&pairs.collect::<Vec<_>>())
    }

    #[test]
    fn an_indicator_and_a_subject_are_enough() {
        let variables = asked(&[("indicator", "a"), ("subject", "b")]).unwrap();
        assert_eq!(variables.len(), 2);
        let of_some = [
            ("indicator", "a"),
            ("subject", "b"),
            ("disaggregation", "c"),
            ("periodFrom", "2020-04-01"),
            ("periodUntil", "2020-04-01"),
        ];
        assert_eq!(asked(&of_some).unwrap()["periodFrom"], "2020-04-01");
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let wrong = [
            ("subject", "b"),
            ("subject", "c"),
            ("colour", "red"),
            ("periodFrom", "2020-4-1"),
            ("periodUntil", "yesterday"),
        ];
        assert_eq!(
            asked(&wrong).unwrap_err(),
            [
                ChartError::Twice("subject"),
                ChartError::Unknown("colour".to_owned()),
                ChartError::NotDay("periodFrom"),
                ChartError::NotDay("periodUntil"),
                ChartError::Missing("indicator", "give the global id of the indicator"),
            ]
        );
        let backwards = [
            ("indicator", "a"),
            ("subject", "b"),
            ("periodFrom", "2021-04-01"),
            ("periodUntil", "2020-04-01"),
        ];
        assert_eq!(asked(&backwards).unwrap_err(), [ChartError::Backwards]);
        let message = ChartError::Unknown("colour".to_owned()).to_string();
        assert!(message.ends_with("There are: indicator, subject, disaggregation, periodFrom, periodUntil."));
    }
}
