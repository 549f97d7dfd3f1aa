//! Figures, and what they are to reach.

use entity::outcomes::kinds::{ObservationMarker, ObservationQuality, SubjectType, TargetKind};
use entity::outcomes::{
    disaggregation, import_batch, indicator, indicator_target, indicator_version, observation,
};
use entity::parties::{geography, organisation, service, site};
use sea_orm::sea_query::{Condition, ExprTrait};
use sea_orm::{ColumnTrait, DbBackend};

use crate::planner::declare::{Declared, FilterTest, ObjectType};
use crate::store::Rows;

/// No later revision has taken its place.
fn is_current(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<observation::Entity>::new(alias, backend);
    rows.column(observation::Column::IsCurrent).eq(true).into()
}

/// The fields that say what a figure or a target is about.
pub(in crate::domains) fn about<C: ColumnTrait>(object: ObjectType, columns: [C; 8]) -> ObjectType {
    let [
        kind,
        geography,
        organisation,
        service,
        site,
        start,
        end,
        disaggregation,
    ] = columns;
    object
        .one_of::<SubjectType>(
            "subjectType",
            kind,
            "What it is about: the one of the next four that is filled.",
        )
        .to_one::<geography::Entity>("geography", geography, "The area.")
        .to_one::<organisation::Entity>("organisation", organisation, "The organisation.")
        .to_one::<service::Entity>("service", service, "The service.")
        .to_one::<site::Entity>("site", site, "The site.")
        .column("periodStart", start, "The first day of the period.")
        .column("periodEnd", end, "The last day of the period.")
        .to_one::<disaggregation::Entity>(
            "disaggregation",
            disaggregation,
            "Whom of the people there it is about.",
        )
}

/// The filters by what it is about.
pub(in crate::domains) fn sifted(object: ObjectType) -> ObjectType {
    object
        .filter(
            "indicator",
            FilterTest::Is("indicator_id", indicator::Entity::PREFIX),
            "Only of this indicator.",
        )
        .filter_one_of::<SubjectType>(
            "subjectType",
            observation::Column::SubjectType,
            "Only about these.",
        )
        .filter(
            "geography",
            FilterTest::Is("geography_id", geography::Entity::PREFIX),
            "Only about this area.",
        )
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only about this organisation.",
        )
        .filter(
            "service",
            FilterTest::Is("service_id", service::Entity::PREFIX),
            "Only about this service.",
        )
        .filter(
            "site",
            FilterTest::Is("site_id", site::Entity::PREFIX),
            "Only about this site.",
        )
        .filter(
            "disaggregation",
            FilterTest::Is("disaggregation_id", disaggregation::Entity::PREFIX),
            "Only about these people.",
        )
        .filter(
            "periodFrom",
            FilterTest::FromDay("period_start"),
            "Only for periods that begin on this day or later.",
        )
        .filter(
            "periodUntil",
            FilterTest::UntilDay("period_end"),
            "Only for periods that end on this day or earlier.",
        )
}

impl Declared for observation::Entity {
    const NAME: &'static str = "Observation";
    const PREFIX: &'static str = "observation";

    fn declare() -> ObjectType {
        use observation::Column as C;
        let object = ObjectType::of::<Self>(
            "A figure of an indicator as it was recorded, before disclosure control. Read by those whom it is about: the \
             administrator, commissioners, provider users and systems of the organisation, of the provider of the service or of \
             whoever runs the site; the same, without provider users, of the council that answers for the area, of whoever pays \
             for the service, and of whoever recorded it. By nobody else.",
        );
        let object = about(
            object,
            [
                C::SubjectType,
                C::GeographyId,
                C::OrganisationId,
                C::ServiceId,
                C::SiteId,
                C::PeriodStart,
                C::PeriodEnd,
                C::DisaggregationId,
            ],
        );
        let object = object
            .decimal("numerator", C::Numerator, "How many of the denominator.")
            .decimal("denominator", C::Denominator, "Of how many.")
            .decimal("base", C::Base, "How many were asked, for surveys.")
            .decimal("value", C::Value, "The figure; null just when `marker` is `C`, `X` or `Z`.")
            .decimal(
                "margin",
                C::Margin,
                "The margin of error: in 95 of 100 such surveys the true value is within so much of the figure, either way.",
            )
            .one_of::<ObservationMarker>("marker", C::Marker, "Why it is not there, or what has to be minded about it.")
            .one_of::<ObservationQuality>("quality", C::Quality, "What it is worth: show it wherever you show the figure.")
            .column("revision", C::Revision, "Which revision of the figure this is, from 1.")
            .column("isCurrent", C::IsCurrent, "Whether no later revision has taken its place.")
            .column(
                "correctionReason",
                C::CorrectionReason,
                "Why the revision before was corrected; null for the first.",
            )
            .column("finalisedAt", C::FinalisedAt, "When a second person marked it as final.")
            .to_one::<indicator::Entity>("indicator", C::IndicatorId, "The indicator.")
            .to_one::<indicator_version::Entity>("indicatorVersion", C::IndicatorVersionId, "The wording that was measured.")
            .to_one::<organisation::Entity>(
                "recordedByOrganisation",
                C::RecordedByOrganisationId,
                "The organisation that recorded it; null for what came with the server or was loaded by its operator.",
            )
            .to_one::<import_batch::Entity>("importBatch", C::ImportBatchId, "The import with which it came.")
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("PERIOD_START", C::PeriodStart, "By the first day of the period.");
        sifted(object)
            .filter(
                "indicatorVersion",
                FilterTest::Is("indicator_version_id", indicator_version::Entity::PREFIX),
                "Only of this wording.",
            )
            .filter(
                "importBatch",
                FilterTest::Is("import_batch_id", import_batch::Entity::PREFIX),
                "Only what came with this import.",
            )
            .filter_one_of::<ObservationQuality>("quality", C::Quality, "Only what is worth this.")
            .filter(
                "includeEarlierRevisions",
                FilterTest::Unless(is_current),
                "With `true`, revisions that a later one took the place of, too; otherwise only current ones.",
            )
    }
}

impl Declared for indicator_target::Entity {
    const NAME: &'static str = "IndicatorTarget";
    const PREFIX: &'static str = "indicator_target";

    fn declare() -> ObjectType {
        use indicator_target::Column as C;
        let object = ObjectType::of::<Self>(
            "What an indicator is to reach, or what it is compared with. Read like the figures: by those whom it is about and the \
             organisation that set it.",
        )
        .one_of::<TargetKind>("kind", C::Kind, "Whether it is to be reached, or is where things began.");
        let object = about(
            object,
            [
                C::SubjectType,
                C::GeographyId,
                C::OrganisationId,
                C::ServiceId,
                C::SiteId,
                C::PeriodStart,
                C::PeriodEnd,
                C::DisaggregationId,
            ],
        );
        let object = object
            .decimal("value", C::Value, "The value.")
            .column("note", C::Note, "Who agreed it, and why this much.")
            .column("agreedOn", C::AgreedOn, "The day on which it was agreed.")
            .to_one::<indicator::Entity>("indicator", C::IndicatorId, "The indicator.")
            .to_one::<organisation::Entity>(
                "setByOrganisation",
                C::SetByOrganisationId,
                "The organisation that set it.",
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("PERIOD_START", C::PeriodStart, "By the first day of the period.")
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.");
        sifted(object).filter_one_of::<TargetKind>("kind", C::Kind, "Only of these kinds.")
    }
}
