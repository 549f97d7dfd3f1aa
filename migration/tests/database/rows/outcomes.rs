//! One full row of each table of outcomes and of figures.

use entity::decimal::Decimal;
use entity::id::{
    DisaggregationId, ImportBatchId, ImportErrorId, IndicatorId, IndicatorTargetId, IndicatorVersionId,
    ObservationId, OrganisationId, OutcomeDescriptorId, OutcomeFrameworkId, OutcomeId, UserId,
};
use entity::outcomes::kinds::{
    DescriptorLevel, DisaggregationDimension, FrameworkStatus, ImportKind, ImportStatus, IndicatorPolarity,
    IndicatorUnit, ObservationMarker, ObservationQuality, OutcomeVoice, SubjectType, TargetKind,
};
use entity::outcomes::{
    disaggregation, import_batch, import_error, indicator, indicator_target, indicator_version, observation,
    outcome, outcome_descriptor, outcome_framework,
};

use entity::list::TextList;

use super::{date, id, instant};

pub fn outcome_framework() -> outcome_framework::Model {
    outcome_framework::Model {
        id: OutcomeFrameworkId(id(300)),
        publisher_organisation_id: Some(OrganisationId(id(1))),
        code: "code".to_owned(),
        version_label: "version label".to_owned(),
        title: "title".to_owned(),
        summary: Some("summary".to_owned()),
        source: Some("source".to_owned()),
        status: FrameworkStatus::Retired,
        live_at: Some(instant()),
        retired_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn outcome() -> outcome::Model {
    outcome::Model {
        id: OutcomeId(id(301)),
        framework_id: OutcomeFrameworkId(id(300)),
        code: "code".to_owned(),
        statement: "statement".to_owned(),
        voice: OutcomeVoice::I,
        theme: Some("theme".to_owned()),
        ordinal: 1,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn outcome_descriptor() -> outcome_descriptor::Model {
    outcome_descriptor::Model {
        id: OutcomeDescriptorId(id(302)),
        outcome_id: OutcomeId(id(301)),
        level: DescriptorLevel::NotGood,
        text: "text".to_owned(),
        workshop_event_id: Some(super::gatherings::event().id),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn indicator() -> indicator::Model {
    indicator::Model {
        id: IndicatorId(id(303)),
        framework_id: OutcomeFrameworkId(id(300)),
        outcome_id: OutcomeId(id(301)),
        code: "code".to_owned(),
        title: "title".to_owned(),
        unit: IndicatorUnit::RatePer100k,
        decimals: 1,
        polarity: IndicatorPolarity::Lower,
        ordinal: 1,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn indicator_version() -> indicator_version::Model {
    indicator_version::Model {
        id: IndicatorVersionId(id(304)),
        indicator_id: IndicatorId(id(303)),
        number: 2,
        definition: "definition".to_owned(),
        valid_from: date(2023, 4, 1),
        valid_to: Some(date(2026, 3, 31)),
        comparable_with_previous: true,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn disaggregation() -> disaggregation::Model {
    disaggregation::Model {
        id: DisaggregationId(id(305)),
        dimension: DisaggregationDimension::SupportReason,
        code: "code".to_owned(),
        label: "label".to_owned(),
        ordinal: 1,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn import_batch() -> import_batch::Model {
    import_batch::Model {
        id: ImportBatchId(id(306)),
        organisation_id: Some(OrganisationId(id(1))),
        kind: ImportKind::Ascof,
        source: "source".to_owned(),
        file_name: Some("file name".to_owned()),
        file_sha256: "0123456789abcdef".repeat(4),
        status: ImportStatus::Completed,
        rows_read: 5_000_000_000,
        rows_refused: 1,
        records_made: 4_999_999_999,
        records_unchanged: 6_000_000_000,
        media_id: None,
        file_bytes: Some(7_000_000_000),
        bytes_read: 7_000_000_000,
        columns: TextList(vec!["VALUE=Outcome".to_owned()]),
        period_start: Some(date(2025, 4, 1)),
        period_end: Some(date(2025, 4, 1)),
        correction_reason: Some("correction reason".to_owned()),
        request_sha256: Some("fedcba9876543210".repeat(4)),
        attempts: 2,
        failure: Some("failure".to_owned()),
        service_account_id: None,
        started_at: instant(),
        finished_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn import_error() -> import_error::Model {
    import_error::Model {
        id: ImportErrorId(id(307)),
        import_batch_id: ImportBatchId(id(306)),
        row_number: 5_000_000_000,
        column_name: Some("column".to_owned()),
        code: "code".to_owned(),
        message: "message".to_owned(),
        raw_value: Some("raw value".to_owned()),
        created_at: instant(),
    }
}

/// Numbers that a binary fraction or a float of 32 bits would not keep.
pub fn observation() -> observation::Model {
    observation::Model {
        id: ObservationId(id(308)),
        indicator_version_id: IndicatorVersionId(id(304)),
        indicator_id: IndicatorId(id(303)),
        subject_type: SubjectType::Service,
        subject_id: super::parties::service().id.0,
        geography_id: None,
        organisation_id: None,
        service_id: Some(super::parties::service().id),
        site_id: None,
        period_start: date(2024, 4, 1),
        period_end: date(2025, 3, 31),
        disaggregation_id: DisaggregationId(id(305)),
        numerator: Some("33992831.000001".parse().unwrap()),
        denominator: Some(Decimal(i64::MAX)),
        base: Some("580".parse().unwrap()),
        value: Some("0".parse().unwrap()),
        margin: Some("20.7".parse().unwrap()),
        marker: Some(ObservationMarker::Low),
        quality: ObservationQuality::Final,
        revision: 2,
        is_current: true,
        correction_reason: Some("correction reason".to_owned()),
        recorded_by_organisation_id: Some(OrganisationId(id(1))),
        finalised_at: Some(instant()),
        finalised_by: Some(UserId(id(8))),
        import_batch_id: Some(ImportBatchId(id(306))),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn indicator_target() -> indicator_target::Model {
    indicator_target::Model {
        id: IndicatorTargetId(id(309)),
        indicator_id: IndicatorId(id(303)),
        kind: TargetKind::Baseline,
        subject_type: SubjectType::Service,
        subject_id: super::parties::service().id.0,
        geography_id: None,
        organisation_id: None,
        service_id: Some(super::parties::service().id),
        site_id: None,
        period_start: date(2024, 4, 1),
        period_end: date(2025, 3, 31),
        disaggregation_id: DisaggregationId(id(305)),
        value: "-0.000001".parse().unwrap(),
        note: Some("note".to_owned()),
        agreed_on: date(2024, 4, 1),
        set_by_organisation_id: OrganisationId(id(1)),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
