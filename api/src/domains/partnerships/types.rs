//! How partnerships and agreements look to clients.

use entity::boards::{board, initiative};
use entity::parties::{organisation, user_account};
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, LawfulBasis, PartnershipMemberStatus, PartnershipRole, PartnershipStatus,
    SpecialCategoryCondition,
};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};

use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::initiatives::may_create_initiative;
use crate::policy::areas::partnerships::{
    may_act_for_member, may_lead_partnership, may_sign, may_terminate, terms_readers,
};

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<partnership::Entity>()
        .with::<partnership_member::Entity>()
        .with::<data_sharing_agreement::Entity>()
        .with::<agreement_party::Entity>()
        .roots::<partnership::Entity>(
            "partnership",
            "A partnership by its id.",
            "partnerships",
            "The partnerships: everybody may read the names of those that have begun.",
        )
        .roots::<data_sharing_agreement::Entity>(
            "dataSharingAgreement",
            "A data-sharing agreement by its id.",
            "dataSharingAgreements",
            "Data-sharing agreements of the partnerships you take part in, and those that bind an organisation you administer.",
        )
}

impl Declared for partnership::Entity {
    const NAME: &'static str = "Partnership";
    const PREFIX: &'static str = "partnership";

    fn declare() -> ObjectType {
        use partnership::Column as C;
        ObjectType::of::<Self>(
            "Organisations that do something together. Everybody may read its name once it has begun; the rest is read by \
             those who take part.",
        )
        .column("name", C::Name, "What the partnership is called.")
        .private(
            "terms",
            PrivateGroup::new(
                "PartnershipTerms",
                "What the partners agreed on. Read by those who take part or are invited to.",
                terms_readers,
            )
            .column("purpose", C::Purpose, "What they want to do together.")
            .one_of::<PartnershipStatus>("status", C::Status, "How far it has got.")
            .column("startsOn", C::StartsOn, "The day it begins.")
            .column("endsOn", C::EndsOn, "The day it ends; null when no end is set."),
        )
        .to_many::<partnership_member::Entity>(
            "members",
            partnership_member::Column::PartnershipId,
            "The organisations in it. Read by those who take part.",
        )
        .to_many::<data_sharing_agreement::Entity>(
            "agreements",
            data_sharing_agreement::Column::PartnershipId,
            "What they agreed to share. Read by those who take part.",
        )
        .to_many::<initiative::Entity>("initiatives", initiative::Column::PartnershipId, "What they work on.")
        .to_many::<board::Entity>("boards", board::Column::PartnershipId, "Its boards, as far as you may read them.")
        .viewer_can("PartnershipViewerCan", abilities())
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter("nameContains", FilterTest::Contains("name"), "Only those whose name contains this text.")
    }
}

/// What its lead's administrator may do, and who may start work.
fn abilities() -> Vec<Ability> {
    use partnership::Column as C;
    let lead = |name, description| {
        Ability::new(name, &[C::LeadOrganisationId], description, |row, viewer| {
            Ok(may_lead_partnership(viewer, row.id(0)?).into())
        })
    };
    vec![
        lead("update", "Change what the partners agreed on."),
        lead("activate", "Let it start work."),
        lead("close", "End it."),
        lead("handOverLead", "Hand the lead over to another member."),
        lead("inviteMember", "Invite organisations."),
        lead(
            "writeAgreement",
            "Draft agreements to share data, and change them until they are signed.",
        ),
        Ability::new(
            "createInitiative",
            &[C::Id, C::LeadOrganisationId],
            "Start a piece of work.",
            |row, viewer| Ok(may_create_initiative(viewer, row.id(0)?, row.id(1)?).into()),
        ),
    ]
}

impl Declared for partnership_member::Entity {
    const NAME: &'static str = "PartnershipMember";
    const PREFIX: &'static str = "partnership_member";

    fn declare() -> ObjectType {
        use partnership_member::Column as C;
        ObjectType::of::<Self>(
            "An organisation's place in a partnership. Read by those who take part in it, and by the organisation's own \
             administrator.",
        )
        .one_of::<PartnershipRole>("role", C::Role, "What it does in the partnership.")
        .one_of::<PartnershipMemberStatus>("status", C::Status, "Whether it has accepted, or has left.")
        .column("invitedAt", C::InvitedAt, "When it was invited.")
        .column("joinedOn", C::JoinedOn, "The day it accepted.")
        .column("leftOn", C::LeftOn, "The day it left.")
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .viewer_can(
            "PartnershipMemberViewerCan",
            [
                ("accept", "Accept the invitation."),
                ("decline", "Decline the invitation."),
                ("leave", "Leave the partnership."),
            ]
            .map(|(name, description)| {
                Ability::new(name, &[C::OrganisationId], description, |row, viewer| {
                    Ok(may_act_for_member(viewer, row.id(0)?).into())
                })
            })
            .into(),
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("INVITED_AT", C::InvitedAt, "By when it was invited.")
        .filter_one_of::<PartnershipRole>("role", C::Role, "Only in these roles.")
        .filter_one_of::<PartnershipMemberStatus>("status", C::Status, "Only with these statuses.")
    }
}

impl Declared for data_sharing_agreement::Entity {
    const NAME: &'static str = "DataSharingAgreement";
    const PREFIX: &'static str = "data_sharing_agreement";

    fn declare() -> ObjectType {
        use data_sharing_agreement::Column as C;
        ObjectType::of::<Self>(
            "What the members of a partnership let each other read, why, and for how long. While it is in force, each \
             party that has signed reads the others' rows of its categories. Read by those who take part, and by the \
             administrators of its parties.",
        )
        .column("title", C::Title, "What the agreement is called.")
        .column("purpose", C::Purpose, "What the data may be used for.")
        .several_of::<DataCategory>("categories", C::Categories, "What is shared.")
        .one_of::<LawfulBasis>("lawfulBasis", C::LawfulBasis, "Why sharing is lawful: UK GDPR Article 6.")
        .one_of::<SpecialCategoryCondition>(
            "specialCategoryCondition",
            C::Art9Condition,
            "Why sharing special-category data is lawful: UK GDPR Article 9.",
        )
        .column("dpiaReference", C::DpiaReference, "Where its data protection impact assessment is filed.")
        .one_of::<AgreementStatus>("status", C::Status, "Whether it is in force.")
        .column("startsOn", C::StartsOn, "The first day it shares anything.")
        .column("expiresOn", C::ExpiresOn, "The day from which it shares nothing any more.")
        .column("terminatedAt", C::TerminatedAt, "When a party ended it early.")
        .to_one::<organisation::Entity>(
            "terminatedByOrganisation",
            C::TerminatedByOrganisationId,
            "The party that ended it early.",
        )
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership.")
        .to_many::<agreement_party::Entity>(
            "parties",
            agreement_party::Column::AgreementId,
            "The organisations it binds, and whether they have signed.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("EXPIRES_ON", C::ExpiresOn, "By the day from which it shares nothing any more.")
        .order("TITLE", C::Title, "By title.")
        .filter_one_of::<AgreementStatus>("status", C::Status, "Only with these statuses.")
    }
}

impl Declared for agreement_party::Entity {
    const NAME: &'static str = "AgreementParty";
    const PREFIX: &'static str = "agreement_party";

    fn declare() -> ObjectType {
        use agreement_party::Column as C;
        ObjectType::of::<Self>(
            "An organisation that an agreement binds. Read by whoever may read the agreement.",
        )
        .column("signedAt", C::SignedAt, "When it signed; null until it does.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation.")
        .to_one::<user_account::Entity>("signedByUser", C::SignedByUserId, "Who signed for it.")
        .to_one::<data_sharing_agreement::Entity>("agreement", C::AgreementId, "The agreement.")
        .viewer_can(
            "AgreementPartyViewerCan",
            vec![
                Ability::new(
                    "sign",
                    &[C::OrganisationId],
                    "Sign the agreement for this party.",
                    |row, viewer| Ok(may_sign(viewer, row.id(0)?).into()),
                ),
                Ability::new(
                    "terminate",
                    &[C::OrganisationId],
                    "End the agreement for this party.",
                    |row, viewer| Ok(may_terminate(viewer, row.id(0)?).into()),
                ),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}
