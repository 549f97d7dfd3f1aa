//! How organisations and people look to clients.

use entity::boards::board_membership;
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ClientGroup, ConsentMethod, ConsentPurpose, ContactChannel,
    CqcRating, GeographyLevel, IdentifierScheme, InformationFormat, Nation, OrganisationKind,
    OrganisationStatus, Role, ScopeType, ServiceDelivery, ServiceKind, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, geography, organisation, organisation_identifier, person, role_grant,
    service, service_account, site, site_identifier, user_account,
};
use entity::partnerships::{partnership, partnership_member};

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::planner::{Catalogue, Cells, Compute};
use crate::policy::Viewer;
use crate::policy::areas::access::{may_manage_service_accounts, may_revoke_role};
use crate::policy::areas::parties::{self as policy, contact_readers};
use crate::policy::areas::people::{
    may_anonymise_person, may_end_affiliation, may_suspend_user, may_update_person, may_write_own,
};
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

impl Declared for geography::Entity {
    const NAME: &'static str = "Geography";
    const PREFIX: &'static str = "geography";

    fn declare() -> ObjectType {
        use geography::Column as C;
        ObjectType::of::<Self>(
            "An area: a country, a region, a council area. Reference data that everybody may read.",
        )
        .column("name", C::Name, "What the area is called.")
        .one_of::<GeographyLevel>("level", C::Level, "What kind of area it is.")
        .column(
            "gss",
            C::Gss,
            "Its nine-character code of the Office for National Statistics.",
        )
        .column(
            "cassr",
            C::Cassr,
            "Its three-digit code as a council with adult social services responsibilities.",
        )
        .column(
            "localCode",
            C::LocalCode,
            "The code a data release gives to areas that have no other.",
        )
        .column("validFrom", C::ValidFrom, "The first day of its present code.")
        .column(
            "validTo",
            C::ValidTo,
            "The last day, when another area took its place.",
        )
        .to_one::<Self>("parent", C::ParentId, "The area it lies in.")
        .to_one::<Self>("successor", C::SuccessorId, "The area that took its place.")
        .to_many::<Self>("children", C::ParentId, "The areas that lie in it.")
        .to_many::<site::Entity>(
            "sites",
            site::Column::LocalAuthorityId,
            "The sites that lie in it.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .filter_one_of::<GeographyLevel>("level", C::Level, "Only these kinds of area.")
        .filter(
            "nameContains",
            FilterTest::Contains("name"),
            "Only those whose name contains this text.",
        )
    }
}

impl Declared for person::Entity {
    const NAME: &'static str = "Person";
    const PREFIX: &'static str = "person";

    fn declare() -> ObjectType {
        use person::Column as C;
        ObjectType::of::<Self>(
            "A person. Read by themselves, by the administrator of an organisation they work for or belong to, and by \
             whoever may read a board membership of theirs.",
        )
        .column("displayName", C::DisplayName, "The name they want to be called by.")
        .private(
            "contact",
            PrivateGroup::new(
                "PersonContact",
                "How to reach a person and in which form. Read by the person, by the administrator of an organisation they \
                 work for or belong to, and, with their consent to be contacted, by the chair of a board they are on.",
                contact_readers,
            )
            .column("legalName", C::LegalName, "Their name in official papers, where it differs.")
            .column("email", C::Email, "Their email address.")
            .column("phone", C::Phone, "Their telephone number.")
            .one_of::<InformationFormat>("preferredFormat", C::PreferredFormat, "The format they want information in.")
            .one_of::<ContactChannel>("preferredChannel", C::PreferredChannel, "How they want to be reached.")
            .column("language", C::Language, "Their language, as a BCP 47 tag."),
        )
        .column("anonymisedAt", C::AnonymisedAt, "When their name was removed at their wish; null otherwise.")
        .to_many::<board_membership::Entity>(
            "boardMemberships",
            board_membership::Column::PersonId,
            "Their memberships of boards, as far as you may read them.",
        )
        .to_many::<affiliation::Entity>(
            "affiliations",
            affiliation::Column::PersonId,
            "Their ties to organisations. Read by themselves; by an organisation's administrator those to it.",
        )
        .to_many::<access_need::Entity>(
            "accessNeeds",
            access_need::Column::PersonId,
            "What they need to take part. Read by themselves and, with their consent, by the chair of a board they are on.",
        )
        .to_many::<consent::Entity>("consents", consent::Column::PersonId, "What they have agreed to.")
        .viewer_can(
            "PersonViewerCan",
            vec![
                Ability::when("update", "Change their name and contact details.", may_update_person),
                Ability::when("anonymise", "Erase who they are.", may_anonymise_person),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("DISPLAY_NAME", C::DisplayName, "By name.")
        .filter("nameContains", FilterTest::Contains("display_name"), "Only those whose name contains this text.")
    }
}

impl Declared for user_account::Entity {
    const NAME: &'static str = "User";
    const PREFIX: &'static str = "user";

    fn declare() -> ObjectType {
        use user_account::Column as C;
        ObjectType::of::<Self>(
            "An account with which a person signs in. Read by themselves, by the administrator of an organisation they \
             work for or belong to, and by the platform's administrator.",
        )
        .column("issuer", C::Issuer, "Who vouches for their identity: the issuer of their tokens.")
        .column("subject", C::Subject, "Who they are to that issuer.")
        .one_of::<UserStatus>("status", C::Status, "Whether they may sign in.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_many::<role_grant::Entity>("grants", role_grant::Column::UserId, "The roles they hold or held.")
        .viewer_can(
            "UserViewerCan",
            vec![
                Ability::when("suspend", "Shut them out.", may_suspend_user),
                Ability::when("resume", "Let them in again.", may_suspend_user),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<UserStatus>("status", C::Status, "Only with these statuses.")
    }
}

impl Declared for service_account::Entity {
    const NAME: &'static str = "ServiceAccount";
    const PREFIX: &'static str = "service_account";

    fn declare() -> ObjectType {
        use service_account::Column as C;
        ObjectType::of::<Self>(
            "An account with which a computer system signs in for an organisation. Read by that organisation's \
             administrator and by the platform's administrator.",
        )
        .column("name", C::Name, "What the system is called.")
        .column("clientId", C::ClientId, "Its OAuth 2 client id.")
        .texts("scopes", C::Scopes, "What its tokens may be used for.")
        .column("expiresAt", C::ExpiresAt, "When it stops working.")
        .column("revokedAt", C::RevokedAt, "When it was revoked; null while it holds.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation it acts for.")
        .to_many::<role_grant::Entity>("grants", role_grant::Column::ServiceAccountId, "The roles it holds or held.")
        .viewer_can(
            "ServiceAccountViewerCan",
            vec![
                Ability::new("rotateSecret", &[C::OrganisationId], "Give it a new secret.", |row, viewer| {
                    Ok(may_manage_service_accounts(viewer, row.id(0)?).into())
                }),
                Ability::new("revoke", &[C::OrganisationId], "Stop it for good.", |row, viewer| {
                    Ok(may_manage_service_accounts(viewer, row.id(0)?).into())
                }),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
    }
}

impl Declared for affiliation::Entity {
    const NAME: &'static str = "Affiliation";
    const PREFIX: &'static str = "affiliation";

    fn declare() -> ObjectType {
        use affiliation::Column as C;
        ObjectType::of::<Self>(
            "A tie between a person and an organisation. Read by the person, and by the organisation's administrator \
             unless it says that somebody receives a service.",
        )
        .one_of::<AffiliationKind>("kind", C::Kind, "What ties them.")
        .column("fromOn", C::FromOn, "The first day.")
        .column("toOn", C::ToOn, "The last day; null while it lasts.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .viewer_can(
            "AffiliationViewerCan",
            vec![Ability::new(
                "end",
                &[C::PersonId, C::OrganisationId, C::Kind],
                "End it.",
                |row, viewer| {
                    // A kind that this version does not know is nobody's to end.
                    let kind = row.text(2)?.parse::<AffiliationKind>();
                    let (person, organisation) = (row.id(0)?, row.id(1)?);
                    Ok(kind.is_ok_and(|kind| may_end_affiliation(viewer, person, organisation, kind)).into())
                },
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("FROM_ON", C::FromOn, "By the first day.")
        .filter_one_of::<AffiliationKind>("kind", C::Kind, "Only of these kinds.")
    }
}

impl Declared for access_need::Entity {
    const NAME: &'static str = "AccessNeed";
    const PREFIX: &'static str = "access_need";

    fn declare() -> ObjectType {
        use access_need::Column as C;
        ObjectType::of::<Self>(
            "What a person needs in order to take part: an adjustment, never a diagnosis. Read by the person and, with \
             their consent to share it, by the chair of a board they are on.",
        )
        .one_of::<AccessNeedCategory>("category", C::Category, "What kind of need it is.")
        .column("code", C::Code, "The adjustment, such as BSL_INTERPRETER.")
        .column("detail", C::Detail, "More about it, in the person's words.")
        .column("reviewDueOn", C::ReviewDueOn, "When to ask again.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .viewer_can(
            "AccessNeedViewerCan",
            vec![
                Ability::new("update", &[C::PersonId], "Change it.", |row, viewer| {
                    Ok(may_write_own(viewer, row.id(0)?).into())
                }),
                Ability::new("delete", &[C::PersonId], "Delete it.", |row, viewer| {
                    Ok(may_write_own(viewer, row.id(0)?).into())
                }),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<AccessNeedCategory>("category", C::Category, "Only of these kinds.")
    }
}

impl Declared for consent::Entity {
    const NAME: &'static str = "Consent";
    const PREFIX: &'static str = "consent";

    fn declare() -> ObjectType {
        use consent::Column as C;
        ObjectType::of::<Self>(
            "What a person has agreed to. Read by the person and by the organisation it was given to.",
        )
        .one_of::<ConsentPurpose>("purpose", C::Purpose, "What they agreed to.")
        .one_of::<ConsentMethod>("method", C::Method, "How they said so.")
        .column("givenAt", C::GivenAt, "When they agreed.")
        .column(
            "withdrawnAt",
            C::WithdrawnAt,
            "When they took it back; it counts no more from then on.",
        )
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<organisation::Entity>(
            "granteeOrganisation",
            C::GranteeOrganisationId,
            "The organisation it was given to; null when it was given in general.",
        )
        .viewer_can(
            "ConsentViewerCan",
            vec![Ability::new(
                "withdraw",
                &[C::PersonId],
                "Take it back.",
                |row, viewer| Ok(may_write_own(viewer, row.id(0)?).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("GIVEN_AT", C::GivenAt, "By when it was given.")
        .filter_one_of::<ConsentPurpose>("purpose", C::Purpose, "Only for these purposes.")
    }
}

impl Declared for role_grant::Entity {
    const NAME: &'static str = "RoleGrant";
    const PREFIX: &'static str = "role_grant";

    fn declare() -> ObjectType {
        use role_grant::Column as C;
        ObjectType::of::<Self>(
            "A role that somebody holds, where, and for how long. Read by its holder, by whoever may take it back (the \
             administrator of its organisation, of the host of its board or of the lead of its partnership, the chair of \
             its board), and by the platform's administrator.",
        )
        .one_of::<Role>("role", C::Role, "The role.")
        .one_of::<ScopeType>("scopeType", C::ScopeType, "What it holds for.")
        .column("validFrom", C::ValidFrom, "From when it holds.")
        .column("validTo", C::ValidTo, "Until when; null when no end is set.")
        .column("reason", C::Reason, "Why it was given.")
        .to_one::<user_account::Entity>("user", C::UserId, "The user who holds it.")
        .to_one::<service_account::Entity>("serviceAccount", C::ServiceAccountId, "The service account that holds it.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation it holds for.")
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership it holds for.")
        .to_one::<entity::boards::board::Entity>("board", C::BoardId, "The board it holds for.")
        .viewer_can(
            "RoleGrantViewerCan",
            vec![Ability::when("revoke", "Take it back.", may_revoke_role)],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("VALID_FROM", C::ValidFrom, "By when it begins.")
        .filter_one_of::<Role>("role", C::Role, "Only these roles.")
    }
}
