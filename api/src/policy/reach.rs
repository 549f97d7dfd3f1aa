//! What an organisation reaches of another's rows (`domain.md` 3): both are active, both are active members of an active
//! partnership, and both have signed an agreement of it that is in force and names the category.
//!
//! It is asked of the rows at hand and not gathered for a viewer beforehand: a page shows rows of few holders, a viewer may
//! reach hundreds.

use entity::Described;
use entity::parties::organisation;
use entity::partnerships::kinds::DataCategory;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership_member};
use sea_orm::EntityTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::store::{Parameter, Rows, Tables, ViewerFact};

/// The rows' holder shares this category with the viewer's acting organisation, by an agreement of the rows' partnership.
pub(super) fn shared<E: EntityTrait>(
    rows: &Rows<E>,
    (partnership, holder): (E::Column, E::Column),
    category: DataCategory,
) -> Expr {
    let shares = rows.exist(|tables| {
        let agreement = tables.rows::<data_sharing_agreement::Entity>("agreement");
        Condition::all()
            .add(agreement.matches(data_sharing_agreement::Column::PartnershipId, rows, partnership))
            .add(agreement.lists(data_sharing_agreement::Column::Categories, category.stored_name()))
            .add(in_force(&agreement))
            .add(signed_by_own(tables, &agreement))
            .add(signed_by_holder(tables, &agreement, (rows, holder)))
    });
    // Of one's own side everything but the signature is known with the viewer.
    rows.among(partnership, ViewerFact::JoinedPartnerships)
        .and(shares)
}

fn in_force(agreement: &Rows<data_sharing_agreement::Entity>) -> Condition {
    use data_sharing_agreement::Column as A;
    Condition::all()
        .add(agreement.column(A::Status).eq("ACTIVE"))
        .add(agreement.column(A::StartsOn).lte(Parameter::Today.expr()))
        .add(agreement.column(A::ExpiresOn).gt(Parameter::Today.expr()))
}

fn signed_by_own(tables: &mut Tables, agreement: &Rows<data_sharing_agreement::Entity>) -> Condition {
    use agreement_party::Column as P;
    let own = tables.rows::<agreement_party::Entity>("own");
    Condition::all()
        .add(own.matches(P::AgreementId, agreement, data_sharing_agreement::Column::Id))
        .add(own.is(P::OrganisationId, ViewerFact::ActingOrganisation))
        .add(own.column(P::SignedAt).is_not_null())
}

fn signed_by_holder<E: EntityTrait>(
    tables: &mut Tables,
    agreement: &Rows<data_sharing_agreement::Entity>,
    (rows, holder): (&Rows<E>, E::Column),
) -> Condition {
    use agreement_party::Column as P;
    use partnership_member::Column as M;
    let theirs = tables.rows::<agreement_party::Entity>("theirs");
    let member = tables.rows::<partnership_member::Entity>("member");
    let organisation = tables.rows::<organisation::Entity>("holder");
    Condition::all()
        .add(theirs.matches(P::AgreementId, agreement, data_sharing_agreement::Column::Id))
        .add(theirs.matches(P::OrganisationId, rows, holder))
        .add(theirs.column(P::SignedAt).is_not_null())
        .add(member.matches(
            M::PartnershipId,
            agreement,
            data_sharing_agreement::Column::PartnershipId,
        ))
        .add(member.matches(M::OrganisationId, &theirs, P::OrganisationId))
        .add(member.column(M::Status).eq("ACTIVE"))
        .add(organisation.matches(organisation::Column::Id, &theirs, P::OrganisationId))
        .add(organisation.column(organisation::Column::Status).eq("ACTIVE"))
}
