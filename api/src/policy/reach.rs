//! What an organisation reaches of another's rows (`domain.md` 3): both are active, both are active members of an active
//! partnership, and both have signed an agreement of it that is in force and names the category.
//!
//! The holder's side is asked of the rows at hand and not gathered for a viewer beforehand: a page shows rows of few holders,
//! a viewer may reach hundreds.

use entity::parties::organisation;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership_member};
use sea_orm::EntityTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::store::{Rows, Tables, ViewerFact, has};

/// The rows' holder has signed an agreement of the rows' partnership that the viewer's acting organisation has signed too.
/// `agreements` are those of the acting organisation that are in force and name the category of the rows; what is asked of
/// its own side of them is known with the viewer.
pub(super) fn shared<E: EntityTrait>(
    rows: &Rows<E>,
    (partnership, holder): (E::Column, E::Column),
    agreements: ViewerFact,
) -> Expr {
    let shares = rows.exist(|tables| {
        let agreement = tables.rows::<data_sharing_agreement::Entity>("agreement");
        Condition::all()
            .add(agreement.among(data_sharing_agreement::Column::Id, agreements))
            .add(agreement.matches(data_sharing_agreement::Column::PartnershipId, rows, partnership))
            .add(signed_by_holder(tables, &agreement, (rows, holder)))
    });
    has(agreements).and(shares)
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
