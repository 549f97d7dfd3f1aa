//! The answer to a chart's question, as what there is to draw.

use chrono::{DateTime, NaiveDate, Utc};
use entity::decimal::Decimal;
use entity::outcomes::kinds::{DisaggregationDimension, IndicatorUnit};
use entity::releases::kinds::PublishedAs;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::domains::outcomes::questions::periods_differ;

/// The first and the last day of a period.
pub(super) type Period = (NaiveDate, NaiveDate);

/// What a chart shows.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) indicator: String,
    pub(super) unit: IndicatorUnit,
    /// Whom the figures are of; nothing for everybody.
    pub(super) people: Option<String>,
    /// What the chart is about, and then what it is set beside.
    pub(super) subjects: Vec<Subject>,
    /// The credit that the framework's licence asks for.
    pub(super) source: Option<String>,
    /// The releases that the figures stand in, the latest first.
    pub(super) releases: Vec<Release>,
}

/// An area, organisation, service or site with its figures.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) name: String,
    /// Figures that can be compared with each other, in the order of time.
    pub(super) lines: Vec<Vec<Point>>,
}

/// A figure of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) period: Period,
    pub(super) figure: Figure,
}

/// What is published of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figure {
    /// It is shown.
    Shown { value: Decimal, is_rounded: bool },
    /// It is not, and why.
    NotShown(Reason),
}

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Withheld,
    NotAvailable,
    NotApplicable,
}

/// Where figures were published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Release {
    pub(super) published_at: Option<DateTime<Utc>>,
    pub(super) title: String,
    pub(super) number: Option<i32>,
}

impl Point {
    /// The figure, where it is shown.
    pub(super) const fn value(&self) -> Option<Decimal> {
        match self.figure {
            Figure::Shown { value, .. } => Some(value),
            Figure::NotShown(_) => None,
        }
    }

    /// Why it is not shown, where it is not.
    pub(super) const fn reason(&self) -> Option<Reason> {
        match self.figure {
            Figure::Shown { .. } => None,
            Figure::NotShown(reason) => Some(reason),
        }
    }
}

impl Subject {
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.lines.iter().flatten()
    }

    /// The runs of figures between which a line is drawn. It stops where the wording changed, where a figure is not shown, and where
    /// two periods cannot be set against each other.
    pub(super) fn runs(&self, unit: IndicatorUnit) -> Vec<Vec<(Period, Decimal)>> {
        let mut runs: Vec<Vec<(Period, Decimal)>> = Vec::new();
        for line in &self.lines {
            let mut goes_on = false;
            for point in line {
                let Some(value) = point.value() else {
                    goes_on = false;
                    continue;
                };
                match runs.last_mut() {
                    Some(run) if goes_on && follows(unit, run, point.period) => {
                        run.push((point.period, value));
                    }
                    _ => runs.push(vec![(point.period, value)]),
                }
                goes_on = true;
            }
        }
        runs
    }

    /// The periods on either side of each place where the wording changed.
    pub(super) fn breaks(&self) -> impl Iterator<Item = (Period, Period)> {
        let beside = self.lines.iter().zip(self.lines.iter().skip(1));
        beside.filter_map(|(before, after)| Some((before.last()?.period, after.first()?.period)))
    }
}

fn follows(unit: IndicatorUnit, run: &[(Period, Decimal)], period: Period) -> bool {
    run.last()
        .is_some_and(|(before, _)| *before != period && periods_differ(unit, *before, period).is_none())
}

impl Series {
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.subjects.iter().flat_map(Subject::points)
    }

    /// The periods that figures are of, in the order of time.
    pub(super) fn periods(&self) -> Vec<Period> {
        let mut periods: Vec<_> = self.points().map(|point| point.period).collect();
        periods.sort_unstable_by_key(|(start, end)| (*end, *start));
        periods.dedup();
        periods
    }

    /// Why figures are not shown, each reason once.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let mut reasons: Vec<_> = self.points().filter_map(Point::reason).collect();
        reasons.sort_unstable();
        reasons.dedup();
        reasons
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    published_series: Option<Told>,
}

#[derive(Deserialize)]
struct Told {
    indicator: Option<Indicator>,
    disaggregation: Option<People>,
    lines: Vec<Line>,
    beside: Vec<Beside>,
}

#[derive(Deserialize)]
struct Indicator {
    title: String,
    unit: IndicatorUnit,
    framework: Option<Framework>,
}

#[derive(Deserialize)]
struct Framework {
    source: Option<String>,
}

#[derive(Deserialize)]
struct People {
    dimension: DisaggregationDimension,
    label: String,
}

#[derive(Deserialize)]
struct Line {
    points: Vec<ToldPoint>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldPoint {
    period_start: NaiveDate,
    period_end: NaiveDate,
    #[serde(deserialize_with = "decimal")]
    value: Option<Decimal>,
    value_as: PublishedAs,
    figure: Option<OfRelease>,
}

#[derive(Deserialize)]
struct OfRelease {
    geography: Option<Named>,
    organisation: Option<Named>,
    service: Option<Named>,
    site: Option<Named>,
    release: Option<Release>,
}

#[derive(Deserialize)]
struct Beside {
    geography: Option<Named>,
    lines: Vec<Line>,
}

#[derive(Clone, Deserialize)]
struct Named {
    name: String,
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    text.map(|text| text.parse().map_err(serde::de::Error::custom))
        .transpose()
}

impl OfRelease {
    fn subject(&self) -> Option<&Named> {
        let areas_first = self.geography.as_ref().or(self.organisation.as_ref());
        areas_first.or(self.service.as_ref()).or(self.site.as_ref())
    }
}

impl ToldPoint {
    fn point(&self) -> Point {
        let figure = match (self.value_as, self.value) {
            (PublishedAs::Exact | PublishedAs::Rounded, Some(value)) => Figure::Shown {
                value,
                is_rounded: self.value_as == PublishedAs::Rounded,
            },
            (PublishedAs::Suppressed, _) => Figure::NotShown(Reason::Withheld),
            (PublishedAs::NotApplicable, _) => Figure::NotShown(Reason::NotApplicable),
            _ => Figure::NotShown(Reason::NotAvailable),
        };
        Point {
            period: (self.period_start, self.period_end),
            figure,
        }
    }
}

/// What there is to draw; nothing where nothing is published, or where the reader may not know of what it is about.
pub(super) fn read(data: Value) -> Result<Option<Series>, serde_json::Error> {
    let Some(told) = serde_json::from_value::<Answer>(data)?.published_series else {
        return Ok(None);
    };
    let figures = || told.lines.iter().flat_map(|line| &line.points);
    let name = figures().find_map(|point| point.figure.as_ref()?.subject().cloned());
    let (Some(name), Some(indicator)) = (name, told.indicator) else {
        return Ok(None);
    };
    let beside = told.beside.iter().flat_map(|beside| &beside.lines);
    let all = figures().chain(beside.flat_map(|line| &line.points));
    let mut releases: Vec<_> = all
        .filter_map(|point| point.figure.as_ref()?.release.clone())
        .collect();
    releases.sort_unstable_by(|one, other| other.cmp(one));
    releases.dedup();
    let lines = |lines: &[Line]| {
        let points = |line: &Line| line.points.iter().map(ToldPoint::point).collect();
        lines.iter().map(points).collect::<Vec<_>>()
    };
    let mut subjects = vec![Subject {
        name: name.name,
        lines: lines(&told.lines),
    }];
    for beside in told.beside {
        if let Some(area) = beside.geography {
            subjects.push(Subject {
                name: area.name,
                lines: lines(&beside.lines),
            });
        }
    }
    let some_people = told
        .disaggregation
        .filter(|people| people.dimension != DisaggregationDimension::Total);
    Ok(Some(Series {
        indicator: indicator.title,
        unit: indicator.unit,
        people: some_people.map(|people| people.label),
        subjects,
        source: indicator.framework.and_then(|framework| framework.source),
        releases,
    }))
}
