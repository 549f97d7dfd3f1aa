//! How people, their accounts, ties, needs, consents and roles look to clients, and service accounts.

use entity::boards::board_membership;
use entity::parties::kinds::{
    AccessNeedCategory, AffiliationKind, ConsentMethod, ConsentPurpose, ContactChannel, InformationFormat,
    Role, ScopeType, UserStatus,
};
use entity::parties::{
    access_need, affiliation, consent, organisation, person, role_grant, service_account, user_account,
};
use entity::partnerships::partnership;
use entity::reciprocity::contribution;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::access::{may_manage_service_accounts, may_revoke_role};
use crate::policy::areas::parties::contact_readers;
use crate::policy::areas::people::{
    may_anonymise_person, may_end_affiliation, may_suspend_user, may_update_person, may_write_own,
};

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
        .to_many::<contribution::Entity>(
            "contributions",
            contribution::Column::PersonId,
            "What they get for taking part. Read by themselves; by an organisation's administrator what it pays.",
        )
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
