//! How organisations look to clients; `people` says how people do.

mod geographies;
mod people;

use entity::outcomes::observation;
use entity::parties::kinds::{
    ClientGroup, CqcRating, IdentifierScheme, Nation, OrganisationKind, OrganisationStatus, ServiceDelivery,
    ServiceKind,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation, organisation_identifier, person, role_grant,
    service, service_account, site, site_identifier, user_account,
};
use entity::partnerships::partnership_member;
use entity::reciprocity::contribution;
use entity::resources::{adoption, resource};
use entity::visits::monitoring_visit;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::planner::{Catalogue, Cells, Compute};
use crate::policy::Viewer;
use crate::policy::areas::organisations as policy;
use crate::store::StoreError;

/// Whether the viewer may change what belongs to the organisation in the first column.
fn of_organisation(cells: &Cells<'_>, viewer: &Viewer) -> Result<serde_json::Value, StoreError> {
    Ok(policy::may_update_organisation(viewer, cells.id(0)?).into())
}

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<organisation::Entity>()
        .with::<organisation_identifier::Entity>()
        .with::<site::Entity>()
        .with::<site_identifier::Entity>()
        .with::<service::Entity>()
        .with::<geography::Entity>()
        .with::<person::Entity>()
        .with::<user_account::Entity>()
        .with::<service_account::Entity>()
        .with::<affiliation::Entity>()
        .with::<access_need::Entity>()
        .with::<consent::Entity>()
        .with::<role_grant::Entity>()
        .roots::<organisation::Entity>(
            "organisation",
            "An organisation by its id.",
            "organisations",
            "The organisations: everybody may read those that the platform has checked.",
        )
        .roots::<geography::Entity>(
            "geography",
            "An area by its id.",
            "geographies",
            "Councils with social care duties, regions and countries: reference data, open to everybody. Source: NHS \
             Digital, Measures from the Adult Social Care Outcomes Framework, England 2020-21, Open Government Licence v3.0.",
        )
        .roots::<service::Entity>("service", "A service by its id.", "services", "Care and support services.")
        .roots::<site::Entity>("site", "A site by its id.", "sites", "Places where organisations work.")
        .roots::<person::Entity>(
            "person",
            "A person by their id.",
            "persons",
            "The people you may see: yourself, those of an organisation you administer, and members you may read.",
        )
        .roots::<user_account::Entity>(
            "user",
            "A user account by its id.",
            "users",
            "User accounts: your own; those of people of an organisation you administer.",
        )
        .roots::<service_account::Entity>(
            "serviceAccount",
            "A service account by its id.",
            "serviceAccounts",
            "Service accounts of the organisation you administer.",
        )
}

impl Declared for organisation::Entity {
    const NAME: &'static str = "Organisation";
    const PREFIX: &'static str = "organisation";

    fn declare() -> ObjectType {
        use organisation::Column as C;
        ObjectType::of::<Self>(
            "An organisation that takes part: a council, an NHS body, a care provider, a user-led group and so on. \
             Everybody may read it once the platform has checked it; before that, only its own administrator, whoever registered \
             it, and the platform's administrator.",
        )
        .column("name", C::Name, "What the organisation is called.")
        .one_of::<OrganisationKind>("kind", C::Kind, "What kind of organisation it is.")
        .one_of::<Nation>("nation", C::Nation, "The nation of the United Kingdom it works in.")
        .one_of::<OrganisationStatus>("status", C::Status, "Whether it has been checked and may act.")
        .column("summary", C::Summary, "What it does, in a few plain words.")
        .column("openedOn", C::OpenedOn, "The day it opened.")
        .column("closedOn", C::ClosedOn, "The day it closed.")
        .to_one::<Self>("parent", C::ParentId, "The organisation it belongs to.")
        .to_one::<Self>("successor", C::SuccessorId, "The organisation that took over from it.")
        .to_many::<organisation_identifier::Entity>(
            "identifiers",
            organisation_identifier::Column::OrganisationId,
            "The codes it is known by elsewhere, such as its ODS code.",
        )
        .to_many::<site::Entity>("sites", site::Column::OrganisationId, "The places where it works.")
        .to_many::<service::Entity>("services", service::Column::ProviderOrganisationId, "The services it provides.")
        .to_many::<service::Entity>(
            "commissionedServices",
            service::Column::CommissionerOrganisationId,
            "The services it pays others to provide.",
        )
        .to_many::<resource::Entity>(
            "resources",
            resource::Column::OwnerOrganisationId,
            "What it answers for of what people write together, as far as you may read it.",
        )
        .to_many::<adoption::Entity>(
            "adoptions",
            adoption::Column::OrganisationId,
            "What it and its services adopted, as far as you may read it.",
        )
        .to_many::<partnership_member::Entity>(
            "partnershipMemberships",
            partnership_member::Column::OrganisationId,
            "Its partnerships. Read by those who take part in them.",
        )
        .to_many::<affiliation::Entity>(
            "affiliations",
            affiliation::Column::OrganisationId,
            "The people who work for it or belong to it. Read by its administrator; never who receives its services.",
        )
        .to_many::<contribution::Entity>(
            "contributions",
            contribution::Column::OrganisationId,
            "What it pays people for taking part. Read by its administrator; by each person their own.",
        )
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::OrganisationId,
            "The figures about the organisation itself, where you read those.",
        )
        .viewer_can("OrganisationViewerCan", organisation_rights())
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<OrganisationKind>("kind", C::Kind, "Only these kinds.")
        .filter_one_of::<Nation>("nation", C::Nation, "Only in these nations.")
        .filter_one_of::<OrganisationStatus>("status", C::Status, "Only with these statuses.")
        .filter("nameContains", FilterTest::Contains("name"), "Only those whose name contains this text.")
    }
}

fn organisation_rights() -> Vec<Ability> {
    use organisation::Column::Id;
    let update: Compute = |cells, viewer| Ok(policy::may_update_organisation(viewer, cells.id(0)?).into());
    let check: Compute = |_, viewer| Ok(policy::may_check_organisation(viewer).into());
    vec![
        Ability::new(
            "update",
            &[Id],
            "Change it, and add codes, sites and services to it.",
            update,
        ),
        Ability::new("activate", &[Id], "Admit it when it has been checked.", check),
        Ability::new("suspend", &[Id], "Stop it for the time being.", check),
        Ability::new("resume", &[Id], "Let it take part again.", check),
        Ability::new("close", &[Id], "Close it for good.", update),
    ]
}

impl Declared for organisation_identifier::Entity {
    const NAME: &'static str = "OrganisationIdentifier";
    const PREFIX: &'static str = "organisation_identifier";

    fn declare() -> ObjectType {
        use organisation_identifier::Column as C;
        ObjectType::of::<Self>(
            "A code an organisation is known by elsewhere. Read by whoever may read the organisation.",
        )
        .one_of::<IdentifierScheme>("scheme", C::Scheme, "Who gives out the code.")
        .column("value", C::Value, "The code, in its scheme's usual spelling.")
        .column(
            "validFrom",
            C::ValidFrom,
            "The first day it held; null when unknown.",
        )
        .column(
            "validTo",
            C::ValidTo,
            "The last day it held; null while it holds.",
        )
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .viewer_can(
            "OrganisationIdentifierViewerCan",
            vec![Ability::new(
                "end",
                &[C::OrganisationId],
                "End it.",
                of_organisation,
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("SCHEME", C::Scheme, "By scheme.")
        .filter_one_of::<IdentifierScheme>("scheme", C::Scheme, "Only of these schemes.")
    }
}

impl Declared for site::Entity {
    const NAME: &'static str = "Site";
    const PREFIX: &'static str = "site";

    fn declare() -> ObjectType {
        use site::Column as C;
        ObjectType::of::<Self>(
            "A place where an organisation works. Read by whoever may read the organisation.",
        )
        .column("name", C::Name, "What the place is called.")
        .column("uprn", C::Uprn, "Its unique property reference number.")
        .column("postcode", C::Postcode, "Its postcode.")
        .column("latitude", C::Latitude, "Degrees north, WGS 84.")
        .column("longitude", C::Longitude, "Degrees east, WGS 84.")
        .column("beds", C::Beds, "How many beds it has, for care homes.")
        .one_of::<CqcRating>(
            "cqcRating",
            C::CqcRating,
            "Its latest rating by the Care Quality Commission.",
        )
        .column("ratingOn", C::RatingOn, "The day of that rating.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .to_one::<geography::Entity>(
            "localAuthority",
            C::LocalAuthorityId,
            "The council area it lies in.",
        )
        .to_many::<site_identifier::Entity>(
            "identifiers",
            site_identifier::Column::SiteId,
            "The codes it is known by elsewhere.",
        )
        .to_many::<service::Entity>(
            "services",
            service::Column::SiteId,
            "The services provided there.",
        )
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::SiteId,
            "The figures about it, where you read those.",
        )
        .viewer_can(
            "SiteViewerCan",
            vec![Ability::new(
                "update",
                &[C::OrganisationId],
                "Change it, and add and end its codes.",
                of_organisation,
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .filter_one_of::<CqcRating>("cqcRating", C::CqcRating, "Only with these ratings.")
        .filter(
            "localAuthority",
            FilterTest::Is("local_authority_id", geography::Entity::PREFIX),
            "Only in this area.",
        )
        .filter(
            "nameContains",
            FilterTest::Contains("name"),
            "Only those whose name contains this text.",
        )
    }
}

impl Declared for site_identifier::Entity {
    const NAME: &'static str = "SiteIdentifier";
    const PREFIX: &'static str = "site_identifier";

    fn declare() -> ObjectType {
        use site_identifier::Column as C;
        ObjectType::of::<Self>("A code a site is known by elsewhere. Read by whoever may read the site.")
            .one_of::<IdentifierScheme>("scheme", C::Scheme, "Who gives out the code.")
            .column("value", C::Value, "The code, in its scheme's usual spelling.")
            .column(
                "validFrom",
                C::ValidFrom,
                "The first day it held; null when unknown.",
            )
            .column(
                "validTo",
                C::ValidTo,
                "The last day it held; null while it holds.",
            )
            .to_one::<site::Entity>("site", C::SiteId, "The site.")
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("SCHEME", C::Scheme, "By scheme.")
            .filter_one_of::<IdentifierScheme>("scheme", C::Scheme, "Only of these schemes.")
    }
}

impl Declared for service::Entity {
    const NAME: &'static str = "Service";
    const PREFIX: &'static str = "service";

    fn declare() -> ObjectType {
        use service::Column as C;
        ObjectType::of::<Self>(
            "A care or support service. Read by whoever may read the organisation that provides it.",
        )
        .column("name", C::Name, "What the service is called.")
        .one_of::<ServiceKind>("kind", C::Kind, "What kind of service it is.")
        .one_of::<ServiceDelivery>("delivery", C::Delivery, "How it is paid for.")
        .several_of::<ClientGroup>("clientGroups", C::ClientGroups, "Whom it serves.")
        .column("startsOn", C::StartsOn, "The day it starts.")
        .column("endsOn", C::EndsOn, "The day it ends; null when no end is set.")
        .to_one::<organisation::Entity>("provider", C::ProviderOrganisationId, "Who provides it.")
        .to_one::<organisation::Entity>("commissioner", C::CommissionerOrganisationId, "Who pays for it.")
        .to_one::<site::Entity>(
            "site",
            C::SiteId,
            "Where it is provided; null when at people's homes.",
        )
        .to_many::<adoption::Entity>(
            "adoptions",
            adoption::Column::ServiceId,
            "What it adopted, as far as you may read it.",
        )
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::ServiceId,
            "The figures about it, where you read those.",
        )
        .to_many::<monitoring_visit::Entity>(
            "monitoringVisits",
            monitoring_visit::Column::ServiceId,
            "The visits to it by peer reviewers: what is published, and what else you may read.",
        )
        .viewer_can(
            "ServiceViewerCan",
            vec![Ability::new(
                "update",
                &[C::ProviderOrganisationId],
                "Change it.",
                of_organisation,
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .order("STARTS_ON", C::StartsOn, "By the day it starts.")
        .filter_one_of::<ServiceKind>("kind", C::Kind, "Only these kinds.")
        .filter_one_of::<ServiceDelivery>("delivery", C::Delivery, "Only paid for in these ways.")
        .filter(
            "commissioner",
            FilterTest::Is("commissioner_organisation_id", organisation::Entity::PREFIX),
            "Only those that this organisation pays for.",
        )
    }
}
