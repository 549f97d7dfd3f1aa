//! A million figures: of organisations, in frameworks of ten outcomes with two indicators each; and of the services of one
//! organisation, in an indicator of their own.
//!
//! The viewer's organisation recorded the last year, the others the year before. So the last twelve figures of each indicator are
//! the ones that the viewer sees, and whoever is asked without conditions gives the same answer.

use chrono::NaiveDate;
use uuid::Uuid;

use super::rows::{Cell, Rows, Table, at};
use super::{
    FRAMEWORKS, INDICATORS, MONTHS, OUTCOMES, SERVICE_MONTHS, SERVICES, VIEWER_ORGANISATION, parties::place,
};

/// The month in which the figures of services begin, and the one in which those of organisations do.
const FIRST_YEAR: i32 = 2016;
const OTHERS_FROM: usize = 84;
const VIEWER_FROM: usize = OTHERS_FROM + MONTHS;
/// What a percentage is of: figures then have one decimal at most.
const DENOMINATOR: usize = 200;

/// An indicator and the wording that was measured.
#[derive(Clone, Copy, Debug)]
struct Measured {
    indicator: Uuid,
    version: Uuid,
}

/// What figures are made of.
#[derive(Debug)]
pub struct Figures {
    rows: Rows,
    everybody: Uuid,
    measured: Vec<Measured>,
    of_services: Measured,
    services: Vec<Uuid>,
}

/// Frameworks, outcomes, indicators and services; their figures come after.
pub fn frameworks(mut rows: Rows) -> (Vec<Table>, Figures) {
    let everybody = rows.key();
    rows.add_versioned(
        "disaggregation",
        at(0),
        vec![
            ("id", Cell::Id(everybody)),
            ("dimension", Cell::Text("TOTAL".to_owned())),
            ("code", Cell::Text("TOTAL".to_owned())),
            ("label", Cell::Text("Everybody".to_owned())),
            ("ordinal", Cell::Integer(1)),
        ],
    );
    let mut measured = Vec::new();
    for number in 0..FRAMEWORKS {
        let framework = framework(&mut rows, &format!("WORLD-{number}"));
        for outcome in 0..OUTCOMES {
            measured.extend(an_outcome(&mut rows, framework, outcome, INDICATORS));
        }
    }
    let own = framework(&mut rows, "SERVICES");
    let of_services = an_outcome(&mut rows, own, 0, 1)[0];
    let services = (0..SERVICES).map(|number| service(&mut rows, number)).collect();
    let tables = rows.take_tables();
    let figures = Figures {
        rows,
        everybody,
        measured,
        of_services,
        services,
    };
    (tables, figures)
}

fn framework(rows: &mut Rows, code: &str) -> Uuid {
    let id = rows.key();
    rows.add_versioned(
        "outcome_framework",
        at(0),
        vec![
            ("id", Cell::Id(id)),
            ("publisher_organisation_id", Cell::Id(rows.organisations[1])),
            ("code", Cell::Text(code.to_owned())),
            ("version_label", Cell::Text("2016".to_owned())),
            ("title", Cell::Text("What matters to us".to_owned())),
            ("status", Cell::Text("LIVE".to_owned())),
            ("live_at", Cell::Instant(at(0))),
        ],
    );
    id
}

fn an_outcome(rows: &mut Rows, framework: Uuid, number: usize, indicators: usize) -> Vec<Measured> {
    let outcome = rows.key();
    rows.add_versioned(
        "outcome",
        at(0),
        vec![
            ("id", Cell::Id(outcome)),
            ("framework_id", Cell::Id(framework)),
            ("code", Cell::Text(format!("O{number}"))),
            (
                "statement",
                Cell::Text(format!("I decide how my days go in {}.", place(number))),
            ),
            ("voice", Cell::Text("I".to_owned())),
            ("ordinal", ordinal(number)),
        ],
    );
    let places = (0..indicators).map(|place| number * indicators + place);
    places
        .map(|place| indicator(rows, (framework, outcome), place))
        .collect()
}

fn indicator(rows: &mut Rows, (framework, outcome): (Uuid, Uuid), number: usize) -> Measured {
    let measured = Measured {
        indicator: rows.key(),
        version: rows.key(),
    };
    rows.add_versioned(
        "indicator",
        at(0),
        vec![
            ("id", Cell::Id(measured.indicator)),
            ("framework_id", Cell::Id(framework)),
            ("outcome_id", Cell::Id(outcome)),
            ("code", Cell::Text(format!("I{number}"))),
            (
                "title",
                Cell::Text("People who say that they have control over daily life".to_owned()),
            ),
            ("unit", Cell::Text("PERCENT".to_owned())),
            ("decimals", Cell::Integer(1)),
            ("polarity", Cell::Text("HIGHER".to_owned())),
            ("ordinal", ordinal(number)),
        ],
    );
    rows.add_versioned(
        "indicator_version",
        at(0),
        vec![
            ("id", Cell::Id(measured.version)),
            ("indicator_id", Cell::Id(measured.indicator)),
            ("number", Cell::Integer(1)),
            (
                "definition",
                Cell::Text("Of those asked, how many say so.".to_owned()),
            ),
            ("valid_from", Cell::Date(month(0).0)),
            ("comparable_with_previous", Cell::Boolean(false)),
        ],
    );
    measured
}

fn service(rows: &mut Rows, number: usize) -> Uuid {
    let id = rows.key();
    rows.add_versioned(
        "service",
        at(0),
        vec![
            ("id", Cell::Id(id)),
            (
                "provider_organisation_id",
                Cell::Id(rows.organisations[VIEWER_ORGANISATION]),
            ),
            ("name", Cell::Text(format!("{} service {number}", place(number)))),
            ("kind", Cell::Text("HOMECARE".to_owned())),
            ("delivery", Cell::Text("COMMISSIONED".to_owned())),
            ("client_groups", Cell::Json("[]")),
            ("starts_on", Cell::Date(month(0).0)),
        ],
    );
    id
}

fn ordinal(number: usize) -> Cell {
    Cell::Integer(i32::try_from(number + 1).unwrap_or(i32::MAX))
}

/// The first and the last day of a month, counted from the first.
fn month(number: usize) -> (NaiveDate, NaiveDate) {
    let first = |number: usize| {
        let year = FIRST_YEAR + i32::try_from(number / 12).unwrap_or_default();
        let month = u32::try_from(number % 12 + 1).unwrap_or(1);
        NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
    };
    let last = first(number + 1).pred_opt().unwrap_or_default();
    (first(number), last)
}

/// About whom: the column that names it, and the row.
#[derive(Clone, Copy)]
enum Subject {
    Organisation(Uuid),
    Service(Uuid),
}

/// A figure's place in a month: which service, or which indicator and organisation.
enum Place {
    OfService(usize),
    OfOrganisation(usize, usize),
}

impl Figures {
    /// The table.
    pub const TABLE: &'static str = "observation";

    /// The columns that are filled.
    pub const COLUMNS: [&'static str; 20] = [
        "id",
        "indicator_version_id",
        "indicator_id",
        "subject_type",
        "subject_id",
        "organisation_id",
        "service_id",
        "period_start",
        "period_end",
        "disaggregation_id",
        "numerator",
        "denominator",
        "value",
        "quality",
        "revision",
        "is_current",
        "recorded_by_organisation_id",
        "version",
        "created_at",
        "updated_at",
    ];

    /// Every row, month by month, as figures come in. They are too many to be kept.
    pub fn into_rows(mut self) -> impl Iterator<Item = Vec<Cell>> {
        let (services, indicators) = (self.services.len(), self.measured.len());
        let of_month = move |number: usize| {
            let of_services = (0..services)
                .filter(move |_| number < SERVICE_MONTHS)
                .map(Place::OfService);
            let of_organisations = (0..indicators).flat_map(move |indicator| {
                reporting(number).map(move |by| Place::OfOrganisation(indicator, by))
            });
            of_services
                .chain(of_organisations)
                .map(move |place| (number, place))
        };
        (0..VIEWER_FROM + MONTHS)
            .flat_map(of_month)
            .map(move |(number, place)| match place {
                Place::OfService(service) => {
                    let subject = Subject::Service(self.services[service]);
                    self.figure(self.of_services, subject, VIEWER_ORGANISATION, number)
                }
                Place::OfOrganisation(indicator, organisation) => {
                    let subject = Subject::Organisation(self.rows.organisations[organisation]);
                    self.figure(self.measured[indicator], subject, organisation, number)
                }
            })
    }

    fn figure(
        &mut self,
        measured: Measured,
        subject: Subject,
        recorded_by: usize,
        number: usize,
    ) -> Vec<Cell> {
        let (kind, id, organisation, service) = match subject {
            Subject::Organisation(id) => ("ORGANISATION", id, Cell::Id(id), Cell::Null),
            Subject::Service(id) => ("SERVICE", id, Cell::Null, Cell::Id(id)),
        };
        let numerator = self.rows.below(DENOMINATOR + 1);
        let (start, end) = month(number);
        vec![
            Cell::Id(self.rows.key()),
            Cell::Id(measured.version),
            Cell::Id(measured.indicator),
            Cell::Text(kind.to_owned()),
            Cell::Id(id),
            organisation,
            service,
            Cell::Date(start),
            Cell::Date(end),
            Cell::Id(self.everybody),
            exact(numerator, 1),
            exact(DENOMINATOR, 1),
            exact(numerator * 100, DENOMINATOR),
            Cell::Text("PROVISIONAL".to_owned()),
            Cell::Integer(1),
            Cell::Boolean(true),
            Cell::Id(self.rows.organisations[recorded_by]),
            Cell::Integer(1),
            Cell::Instant(at(0)),
            Cell::Instant(at(0)),
        ]
    }
}

/// The organisations that have figures for a month.
fn reporting(number: usize) -> std::ops::Range<usize> {
    match number {
        OTHERS_FROM..VIEWER_FROM => VIEWER_ORGANISATION + 1..super::ORGANISATIONS,
        later if (VIEWER_FROM..VIEWER_FROM + MONTHS).contains(&later) => {
            VIEWER_ORGANISATION..VIEWER_ORGANISATION + 1
        }
        _ => 0..0,
    }
}

/// A fraction, in whole millionths.
fn exact(numerator: usize, denominator: usize) -> Cell {
    Cell::Long(i64::try_from(numerator * 1_000_000 / denominator).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::rows::on;
    use super::*;

    #[test]
    fn months_follow_each_other_without_a_gap() {
        for number in 0..130 {
            assert_eq!(month(number).1.succ_opt(), Some(month(number + 1).0));
        }
        assert!(month(VIEWER_FROM + MONTHS).0 <= on(0), "all of them are over");
    }
}
