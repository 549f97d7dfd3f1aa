//! Adoptions, which of them are overdue, and which are of what no longer counts.

use entity::media::media;
use entity::parties::{geography, organisation, service, user_account};
use entity::resources::kinds::AdoptionStatus;
use entity::resources::{adoption, adoption_evidence, resource, resource_version};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::adoptions::may_adopt;
use crate::store::{Parameter, Rows};

/// It is worked by, and the day by which the adopter was to look at it again is over.
fn is_overdue(alias: &str, backend: DbBackend) -> Condition {
    use adoption::Column as C;
    let rows = Rows::<adoption::Entity>::new(alias, backend);
    Condition::all()
        .add(rows.column(C::Status).is_in(["ADOPTED", "EVIDENCED"]))
        .add(rows.column(C::ReviewDueOn).lt(Parameter::Today.expr()))
}

/// A later version took the place of the one that is adopted.
fn is_superseded(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<adoption::Entity>::new(alias, backend);
    let superseded = rows.exists::<resource_version::Entity>(|of| {
        Condition::all()
            .add(of.matches(
                resource_version::Column::Id,
                &rows,
                adoption::Column::ResourceVersionId,
            ))
            .add(of.column(resource_version::Column::Status).eq("SUPERSEDED"))
    });
    Condition::all().add(superseded)
}

impl Declared for adoption::Entity {
    const NAME: &'static str = "Adoption";
    const PREFIX: &'static str = "adoption";

    fn declare() -> ObjectType {
        use adoption::Column as C;
        ObjectType::of::<Self>(
            "That an organisation, or one of its services, adopts one version of a resource. Said in public: read by everybody \
             while it stands and its version does. What was withdrawn is read by the administrators of the adopter and of the \
             resource's owner.",
        )
        .one_of::<AdoptionStatus>("status", C::Status, "How far it has got.")
        .column("pledgedOn", C::PledgedOn, "The day of the pledge.")
        .column("adoptedOn", C::AdoptedOn, "The day from which it is worked by.")
        .column("reviewDueOn", C::ReviewDueOn, "The day by which the adopter looks again at how it goes.")
        .column("renewedOn", C::RenewedOn, "The day on which the adopter last did, and went on.")
        .column("evidence", C::Evidence, "What came of it, in the adopter's words, as they showed it last: `evidenceShown` has all of it.")
        .to_one::<media::Entity>("evidenceMedia", C::EvidenceMediaId, "What came of it, as a file: the last that was shown.")
        .column("evidencedAt", C::EvidencedAt, "When that was last shown.")
        .column("withdrawnAt", C::WithdrawnAt, "When it was withdrawn.")
        .column("withdrawnReason", C::WithdrawnReason, "Why it was withdrawn.")
        .to_one::<resource_version::Entity>(
            "resourceVersion",
            C::ResourceVersionId,
            "The version that is adopted, and no other.",
        )
        .to_one::<resource::Entity>("resource", C::ResourceId, "The resource.")
        .to_one::<organisation::Entity>(
            "organisation",
            C::OrganisationId,
            "The organisation that adopts it, or whose service does.",
        )
        .to_one::<service::Entity>(
            "service",
            C::ServiceId,
            "The service, where one service adopts it and not the whole organisation.",
        )
        .to_one::<geography::Entity>("geography", C::GeographyId, "The area where it is adopted.")
        .to_many::<adoption_evidence::Entity>(
            "evidenceShown",
            adoption_evidence::Column::AdoptionId,
            "What came of it, each time the adopter showed something: newer evidence takes nothing away.",
        )
        .viewer_can(
            "AdoptionViewerCan",
            vec![Ability::new(
                "change",
                &[C::OrganisationId],
                "Say how far it has got, and end it.",
                |row, viewer| Ok(may_adopt(viewer, row.id(0)?).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("PLEDGED_ON", C::PledgedOn, "By the day of the pledge.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<AdoptionStatus>("status", C::Status, "Only with these statuses.")
        .filter("resource", FilterTest::Is("resource_id", resource::Entity::PREFIX), "Only of this resource.")
        .filter(
            "resourceVersion",
            FilterTest::Is("resource_version_id", resource_version::Entity::PREFIX),
            "Only of this version.",
        )
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only by this organisation and its services.",
        )
        .filter("service", FilterTest::Is("service_id", service::Entity::PREFIX), "Only by this service.")
        .filter("geography", FilterTest::Is("geography_id", geography::Entity::PREFIX), "Only in this area.")
        .filter(
            "isOverdue",
            FilterTest::Holds(is_overdue),
            "Only those whose review was due before today; or only the others.",
        )
        .filter(
            "isSuperseded",
            FilterTest::Holds(is_superseded),
            "Only those of a version that a later one took the place of; or only the others.",
        )
    }
}

impl Declared for adoption_evidence::Entity {
    const NAME: &'static str = "AdoptionEvidence";
    const PREFIX: &'static str = "adoption_evidence";

    fn declare() -> ObjectType {
        use adoption_evidence::Column as C;
        ObjectType::of::<Self>(
            "What came of an adoption, as the adopter showed it at one time; nobody can alter it. Read by whoever may read the \
             adoption.",
        )
        .column("text", C::Text, "What came of it, in the adopter's words.")
        .to_one::<media::Entity>("media", C::MediaId, "What came of it, as a file; null where there was none.")
        .column("shownAt", C::ShownAt, "When it was shown.")
        .to_one::<adoption::Entity>("adoption", C::AdoptionId, "The adoption.")
        .to_one::<user_account::Entity>("byUser", C::ByUserId, "Who showed it, where you may read their account.")
        .order("SHOWN_AT", C::ShownAt, "By when it was shown.")
    }
}
