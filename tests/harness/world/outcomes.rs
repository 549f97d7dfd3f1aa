//! Frameworks, indicators and figures.

use entity::list::TextList;
use entity::outcomes::kinds::{
    DescriptorLevel, DisaggregationDimension, FrameworkStatus, ImportKind, ImportStatus, IndicatorPolarity,
    IndicatorUnit, ObservationQuality, OutcomeVoice, SubjectType, TargetKind,
};
use entity::outcomes::{
    disaggregation, import_batch, import_error, indicator, indicator_target, indicator_version, observation,
    outcome, outcome_descriptor, outcome_framework,
};

use super::ids::uuid;
use super::{at, canary, day, key, nobody, recorded};
use crate::Rows;

/// What a figure is about: the kind of its ids, and its name in the world.
pub type About<'a> = (&'a str, &'a str);

pub(super) fn fill(rows: &mut Rows) {
    words(rows);
    figures(rows);
}

fn words(rows: &mut Rows) {
    use FrameworkStatus as S;
    for (name, publisher, status) in [
        ("live", Some("ashdown-council"), S::Live),
        ("draft", Some("ashdown-council"), S::Draft),
        ("over", Some("ashdown-council"), S::Retired),
        ("fernley", Some("fernley-council"), S::Draft),
        ("national", None, S::Live),
    ] {
        rows.outcome_framework
            .push(outcome_framework(name, publisher, status));
        rows.outcome.push(outcome(name, "home"));
        rows.indicator.push(indicator(name, "home", "satisfied"));
        rows.indicator_version
            .push(indicator_version(name, "satisfied", 1));
    }
    let mut bare = outcome("draft", "bare");
    bare.ordinal = 2;
    rows.outcome.push(bare);
    for level in [
        DescriptorLevel::Good,
        DescriptorLevel::Ok,
        DescriptorLevel::NotGood,
    ] {
        rows.outcome_descriptor
            .push(outcome_descriptor("draft", "home", level));
        rows.outcome_descriptor
            .push(outcome_descriptor("fernley", "home", level));
        rows.outcome_descriptor
            .push(outcome_descriptor("live", "home", level));
    }
    let mut undefined = indicator("live", "home", "undefined");
    undefined.ordinal = 2;
    rows.indicator.push(undefined);
    let mut unused = indicator_version("draft", "satisfied", 2);
    unused.valid_from = day("2026-01-01");
    unused.comparable_with_previous = true;
    rows.indicator_version[1].valid_to = Some(day("2025-12-31"));
    rows.indicator_version.push(unused);
    for (name, dimension, place) in [
        ("TOTAL", DisaggregationDimension::Total, 1),
        ("FEMALE", DisaggregationDimension::Sex, 2),
    ] {
        rows.disaggregation.push(disaggregation(name, dimension, place));
    }
}

fn figures(rows: &mut Rows) {
    for (name, organisation) in [
        ("council", Some("ashdown-council")),
        ("fernley", Some("fernley-council")),
        ("server", None),
    ] {
        rows.import_batch.push(import_batch(name, organisation));
        rows.import_error.push(import_error(name));
    }
    for (name, about, recorder) in [
        (
            "service",
            ("service", "birch-house-support"),
            Some("ashdown-council"),
        ),
        ("area", ("geography", "ashdown"), Some("ashdown-council")),
        ("region", ("geography", "ashdown-region"), None),
        ("group", ("organisation", "cedar-voices"), Some("cedar-voices")),
        ("house", ("site", "birch-house"), Some("birch-care")),
        (
            "corrected",
            ("service", "birch-house-support"),
            Some("birch-care"),
        ),
        (
            "fernley",
            ("organisation", "fernley-council"),
            Some("fernley-council"),
        ),
    ] {
        rows.observation.push(observation(name, "live", about, recorder));
    }
    let find = |rows: &mut Rows, name: &str| {
        let id = key("observation", name);
        rows.observation.iter().position(|row| row.id == id).unwrap()
    };
    let region = find(rows, "region");
    rows.observation[region].indicator_version_id = key("indicator_version", "national satisfied 1");
    rows.observation[region].indicator_id = key("indicator", "national satisfied");
    rows.observation[region].import_batch_id = Some(key("import_batch", "server"));
    rows.observation[region].quality = ObservationQuality::Final;
    let area = find(rows, "area");
    rows.observation[area].created_by = Some(key("user", "council-admin"));
    let first = find(rows, "corrected");
    rows.observation[first].period_start = day("2023-04-01");
    rows.observation[first].period_end = day("2024-03-31");
    rows.observation[first].is_current = false;
    let mut second = rows.observation[first].clone();
    second.id = key("observation", "corrected again");
    second.revision = 2;
    second.is_current = true;
    second.correction_reason = Some(canary("observation", "corrected again", "correction_reason"));
    rows.observation.push(second);
    for (name, about, setter) in [
        ("area", ("geography", "ashdown"), "ashdown-council"),
        ("service", ("service", "birch-house-support"), "birch-care"),
        ("fernley", ("organisation", "fernley-council"), "fernley-council"),
    ] {
        rows.indicator_target
            .push(indicator_target(name, "live", about, setter));
    }
}

/// A version of a framework.
pub fn outcome_framework(
    name: &str,
    publisher: Option<&str>,
    status: FrameworkStatus,
) -> outcome_framework::Model {
    let text = |column| canary("outcome_framework", name, column);
    outcome_framework::Model {
        id: key("outcome_framework", name),
        publisher_organisation_id: publisher.map(|publisher| key("organisation", publisher)),
        code: text("code"),
        version_label: text("version_label"),
        title: text("title"),
        summary: Some(text("summary")),
        source: Some(text("source")),
        status,
        live_at: (status != FrameworkStatus::Draft).then(recorded),
        retired_at: (status == FrameworkStatus::Retired).then(|| at("2026-02-01T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An outcome of a framework. Its name in the world is the framework's and its own.
pub fn outcome(framework: &str, name: &str) -> outcome::Model {
    let name = format!("{framework} {name}");
    let text = |column| canary("outcome", &name, column);
    outcome::Model {
        id: key("outcome", &name),
        framework_id: key("outcome_framework", framework),
        code: text("code"),
        statement: text("statement"),
        voice: OutcomeVoice::I,
        theme: Some(text("theme")),
        ordinal: 1,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What a level looks like for an outcome. Its name in the world is the outcome's and the level's.
pub fn outcome_descriptor(
    framework: &str,
    outcome: &str,
    level: DescriptorLevel,
) -> outcome_descriptor::Model {
    let outcome = format!("{framework} {outcome}");
    let name = format!("{outcome} {level}");
    outcome_descriptor::Model {
        id: key("outcome_descriptor", &name),
        outcome_id: key("outcome", &outcome),
        level,
        text: canary("outcome_descriptor", &name, "text"),
        workshop_event_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A percentage. Its name in the world is the framework's and its own.
pub fn indicator(framework: &str, outcome: &str, name: &str) -> indicator::Model {
    let outcome = format!("{framework} {outcome}");
    let name = format!("{framework} {name}");
    let text = |column| canary("indicator", &name, column);
    indicator::Model {
        id: key("indicator", &name),
        framework_id: key("outcome_framework", framework),
        outcome_id: key("outcome", &outcome),
        code: text("code"),
        title: text("title"),
        unit: IndicatorUnit::Percent,
        decimals: 1,
        polarity: IndicatorPolarity::Higher,
        ordinal: 1,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A wording that counts from April 2020. Its name in the world is the indicator's and its number.
pub fn indicator_version(framework: &str, indicator: &str, number: i32) -> indicator_version::Model {
    let indicator = format!("{framework} {indicator}");
    let name = format!("{indicator} {number}");
    indicator_version::Model {
        id: key("indicator_version", &name),
        indicator_id: key("indicator", &indicator),
        number,
        definition: canary("indicator_version", &name, "definition"),
        valid_from: day("2020-04-01"),
        valid_to: None,
        comparable_with_previous: false,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Some people; the code is the name.
pub fn disaggregation(name: &str, dimension: DisaggregationDimension, place: i32) -> disaggregation::Model {
    disaggregation::Model {
        id: key("disaggregation", name),
        dimension,
        code: name.to_owned(),
        label: canary("disaggregation", name, "label"),
        ordinal: place,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// Which kind of subject the ids of this kind are of.
fn subject_type(kind: &str) -> SubjectType {
    match kind {
        "geography" => SubjectType::Geography,
        "organisation" => SubjectType::Organisation,
        "service" => SubjectType::Service,
        _ => SubjectType::Site,
    }
}

/// A provisional figure for the year from April 2024, of 7 of 10, of the first wording of the framework's indicator `satisfied`.
pub fn observation(
    name: &str,
    framework: &str,
    (kind, about): About<'_>,
    recorder: Option<&str>,
) -> observation::Model {
    let subject = uuid(kind, about);
    let of = subject_type(kind);
    observation::Model {
        id: key("observation", name),
        indicator_version_id: key("indicator_version", &format!("{framework} satisfied 1")),
        indicator_id: key("indicator", &format!("{framework} satisfied")),
        subject_type: of,
        subject_id: subject,
        geography_id: (of == SubjectType::Geography).then(|| subject.into()),
        organisation_id: (of == SubjectType::Organisation).then(|| subject.into()),
        service_id: (of == SubjectType::Service).then(|| subject.into()),
        site_id: (of == SubjectType::Site).then(|| subject.into()),
        period_start: day("2024-04-01"),
        period_end: day("2025-03-31"),
        disaggregation_id: key("disaggregation", "TOTAL"),
        numerator: Some("7".parse().unwrap()),
        denominator: Some("10".parse().unwrap()),
        base: None,
        value: Some("70".parse().unwrap()),
        margin: None,
        marker: None,
        quality: ObservationQuality::Provisional,
        revision: 1,
        is_current: true,
        correction_reason: None,
        recorded_by_organisation_id: recorder.map(|recorder| key("organisation", recorder)),
        finalised_at: None,
        finalised_by: None,
        import_batch_id: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What the framework's indicator `satisfied` is to reach in the year from April 2026.
pub fn indicator_target(
    name: &str,
    framework: &str,
    (kind, about): About<'_>,
    setter: &str,
) -> indicator_target::Model {
    let subject = uuid(kind, about);
    let of = subject_type(kind);
    indicator_target::Model {
        id: key("indicator_target", name),
        indicator_id: key("indicator", &format!("{framework} satisfied")),
        kind: TargetKind::Target,
        subject_type: of,
        subject_id: subject,
        geography_id: (of == SubjectType::Geography).then(|| subject.into()),
        organisation_id: (of == SubjectType::Organisation).then(|| subject.into()),
        service_id: (of == SubjectType::Service).then(|| subject.into()),
        site_id: (of == SubjectType::Site).then(|| subject.into()),
        period_start: day("2026-04-01"),
        period_end: day("2027-03-31"),
        disaggregation_id: key("disaggregation", "TOTAL"),
        value: "80".parse().unwrap(),
        note: Some(canary("indicator_target", name, "note")),
        agreed_on: day("2026-02-01"),
        set_by_organisation_id: key("organisation", setter),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An import that was read to its end.
pub fn import_batch(name: &str, organisation: Option<&str>) -> import_batch::Model {
    let text = |column| canary("import_batch", name, column);
    import_batch::Model {
        id: key("import_batch", name),
        organisation_id: organisation.map(|organisation| key("organisation", organisation)),
        kind: ImportKind::Mapped,
        source: text("source"),
        file_name: Some(text("file_name")),
        file_sha256: "0123456789abcdef".repeat(4),
        status: ImportStatus::Completed,
        rows_read: 2,
        rows_refused: 1,
        records_made: 1,
        records_unchanged: 0,
        media_id: None,
        file_bytes: Some(80),
        bytes_read: 80,
        columns: TextList(vec![text("columns")]),
        period_start: None,
        period_end: None,
        correction_reason: Some(text("correction_reason")),
        request_sha256: organisation.map(|_| "fedcba9876543210".repeat(4)),
        attempts: 0,
        failure: None,
        service_account_id: None,
        started_at: recorded(),
        finished_at: Some(recorded()),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// What was wrong with the second row of an import of the same name.
pub fn import_error(name: &str) -> import_error::Model {
    let text = |column| canary("import_error", name, column);
    import_error::Model {
        id: key("import_error", name),
        import_batch_id: key("import_batch", name),
        row_number: 2,
        column_name: Some(text("column_name")),
        code: text("code"),
        message: text("message"),
        raw_value: Some(text("raw_value")),
        created_at: recorded(),
    }
}
