//! How releases look to clients.

use entity::outcomes::{indicator, indicator_version, outcome_framework};
use entity::parties::organisation;
use entity::releases::kinds::{FigureChange, PublishedAs, ReleaseStatus};
use entity::releases::{published_figure, release, suppression_policy};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::domains::outcomes::types::{about, sifted};
use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::releases::may_publish;
use crate::store::Rows;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<suppression_policy::Entity>()
        .with::<release::Entity>()
        .with::<published_figure::Entity>()
        .roots::<suppression_policy::Entity>(
            "suppressionPolicy",
            "A policy of disclosure control by its id.",
            "suppressionPolicies",
            "What organisations take to be too small to publish.",
        )
        .roots::<release::Entity>(
            "release",
            "A release by its id.",
            "releases",
            "The releases that are published, and the drafts of your organisation.",
        )
        .roots::<published_figure::Entity>(
            "publishedFigure",
            "A figure of a release by its id.",
            "publishedFigures",
            "The figures of all releases: with `isLatest: true` those that hold.",
        )
}

/// It is published, and no other has taken its place.
fn is_latest(alias: &str, backend: DbBackend) -> Condition {
    latest(&Rows::new(alias, backend))
}

pub(super) fn latest(rows: &Rows<release::Entity>) -> Condition {
    use release::Column as C;
    Condition::all()
        .add(rows.column(C::Status).eq("PUBLISHED"))
        .add(rows.column(C::SupersededAt).is_null())
}

/// Its release is published and gives it, and no other has taken its place.
fn is_of_the_latest(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<published_figure::Entity>::new(alias, backend);
    Condition::all()
        .add(rows.column(published_figure::Column::Change).ne("REMOVED"))
        .add(rows.pointed::<release::Entity>(published_figure::Column::ReleaseId, latest))
}

impl Declared for suppression_policy::Entity {
    const NAME: &'static str = "SuppressionPolicy";
    const PREFIX: &'static str = "suppression_policy";

    fn declare() -> ObjectType {
        use suppression_policy::Column as C;
        ObjectType::of::<Self>(
            "Which counts an organisation takes to be too small to publish, and how it rounds the others. It never changes: releases \
             say by which they were made. Read by everybody.",
        )
        .column("name", C::Name, "What it is called.")
        .column("suppressMin", C::SuppressMin, "The smallest count that is withheld: 1 or more, because nought is about nobody.")
        .column("suppressMax", C::SuppressMax, "The largest count that is withheld for being small.")
        .column("roundTo", C::RoundTo, "What the others are rounded to a multiple of; 1 leaves them as they are.")
        .column(
            "secondary",
            C::Secondary,
            "Whether more is withheld, so that nothing withheld can be worked out from what is shown.",
        )
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation whose policy it is.")
        .to_many::<release::Entity>("releases", release::Column::SuppressionPolicyId, "What was made by it.")
        .column("createdAt", C::CreatedAt, "When it was recorded.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only of this organisation.",
        )
    }
}

impl Declared for release::Entity {
    const NAME: &'static str = "Release";
    const PREFIX: &'static str = "release";

    fn declare() -> ObjectType {
        use release::Column as C;
        ObjectType::of::<Self>(
            "Figures of a framework as they are published: small numbers withheld, the others rounded, and, where `secondary` is \
             true, nothing that gives a withheld one away, not together with the releases of the framework before either. It never changes; a correction is another release. Read \
             by everybody once it is published; a draft by the administrator and the commissioners of its publisher.",
        )
        .column(
            "number",
            C::Number,
            "Its number among the publisher's releases of the framework, from 1; null until it is published.",
        )
        .column("title", C::Title, "What it is called.")
        .column("note", C::Note, "What its readers have to know.")
        .one_of::<ReleaseStatus>("status", C::Status, "How far it has got.")
        .column("suppressMin", C::SuppressMin, "The smallest count that is withheld in it.")
        .column("suppressMax", C::SuppressMax, "The largest count that is withheld in it for being small.")
        .column("roundTo", C::RoundTo, "What the others are rounded to a multiple of; 1 leaves them as they are.")
        .column(
            "secondary",
            C::Secondary,
            "Whether more is withheld, so that nothing withheld can be worked out from what is shown.",
        )
        .column(
            "sha256",
            C::Sha256,
            "The SHA-256 of all that it says, in lower-case hexadecimal. The guide to figures says of which lines.",
        )
        .column("publishedAt", C::PublishedAt, "When it was published; null unless it was.")
        .column(
            "supersededAt",
            C::SupersededAt,
            "When the publisher's next release of the framework took its place; null while it is the latest.",
        )
        .to_one::<outcome_framework::Entity>("framework", C::FrameworkId, "The framework whose indicators it is about.")
        .to_one::<organisation::Entity>(
            "publisherOrganisation",
            C::PublisherOrganisationId,
            "The organisation whose figures it publishes; null for what came with the server or was loaded by its operator.",
        )
        .to_one::<suppression_policy::Entity>(
            "suppressionPolicy",
            C::SuppressionPolicyId,
            "The policy that it was made by; null for the one that comes with the server.",
        )
        .to_many::<published_figure::Entity>(
            "figures",
            published_figure::Column::ReleaseId,
            "What it says: with `filter: {change: [ADDED, CHANGED, REMOVED]}` what changed since the release before.",
        )
        .viewer_can(
            "ReleaseViewerCan",
            vec![Ability::new(
                "publish",
                &[C::PublisherOrganisationId],
                "Publish it, or discard it, while it is a draft.",
                |row, viewer| {
                    let publisher = row.id(0)?;
                    Ok(may_publish(viewer, (!publisher.is_nil()).then_some(publisher)).into())
                },
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was made.")
        .filter_one_of::<ReleaseStatus>("status", C::Status, "Only in these states.")
        .filter(
            "isLatest",
            FilterTest::Holds(is_latest),
            "Only those that are published and hold (`true`), or all others (`false`).",
        )
        .filter(
            "framework",
            FilterTest::Is("framework_id", outcome_framework::Entity::PREFIX),
            "Only of this framework.",
        )
        .filter(
            "publisherOrganisation",
            FilterTest::Is("publisher_organisation_id", organisation::Entity::PREFIX),
            "Only of figures of this organisation.",
        )
    }
}

impl Declared for published_figure::Entity {
    const NAME: &'static str = "PublishedFigure";
    const PREFIX: &'static str = "published_figure";

    fn declare() -> ObjectType {
        use published_figure::Column as C;
        let object = ObjectType::of::<Self>(
            "A figure of an indicator as it is published. A number that is withheld is null, and `…As` says `SUPPRESSED`: it is neither \
             zero nor missing. Read by whoever reads the release.",
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
            .decimal("numerator", C::Numerator, "How many of the denominator; null where it is not shown.")
            .one_of::<PublishedAs>("numeratorAs", C::NumeratorAs, "How the numerator stands.")
            .decimal("denominator", C::Denominator, "Of how many; null where it is not shown.")
            .one_of::<PublishedAs>("denominatorAs", C::DenominatorAs, "How the denominator stands.")
            .decimal(
                "value",
                C::Value,
                "The figure; null where it is not shown. A percentage is worked out from the numerator and the denominator as they \
                 are shown.",
            )
            .one_of::<PublishedAs>("valueAs", C::ValueAs, "How the figure stands.")
            .one_of::<FigureChange>("change", C::Change, "What became of it since the publisher's release before.")
            .to_one::<indicator::Entity>("indicator", C::IndicatorId, "The indicator.")
            .to_one::<indicator_version::Entity>("indicatorVersion", C::IndicatorVersionId, "The wording that was measured.")
            .to_one::<release::Entity>("release", C::ReleaseId, "The release.")
            .column("createdAt", C::CreatedAt, "When the release was made.")
            .order("PERIOD_START", C::PeriodStart, "By the first day of the period.");
        sifted(object)
            .filter(
                "isLatest",
                FilterTest::Holds(is_of_the_latest),
                "Only those that hold: of releases that are published and of which no other took the place (`true`), or all others (`false`).",
            )
            .filter(
                "release",
                FilterTest::Is("release_id", release::Entity::PREFIX),
                "Only of this release.",
            )
            .filter(
                "indicatorVersion",
                FilterTest::Is("indicator_version_id", indicator_version::Entity::PREFIX),
                "Only of this wording.",
            )
            .filter_one_of::<FigureChange>("change", C::Change, "Only those of which this became.")
            .filter_one_of::<PublishedAs>("valueAs", C::ValueAs, "Only those whose figure stands like this.")
    }
}
