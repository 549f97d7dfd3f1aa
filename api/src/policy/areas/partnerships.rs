//! Partnerships and agreements: who may see and do what.
//!
//! | | public | members' people, seated members | lead's administrator | each organisation's administrator | platform administrator |
//! |---|---|---|---|---|---|
//! | partnership: name | read | read | write | read | read |
//! | partnership: terms, members | – | read | write | joins, leaves for its own | read |
//! | agreements, signatures | – | read | write | signs, ends for its own | read |

use entity::boards::board;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::store::{Rows, Scope, Scoped, ViewerFact, is_true};

/// The viewer's organisation is an active member, or they sit on or chair a board of the partnership.
fn takes_part<E: sea_orm::EntityTrait>(rows: &Rows<E>, partnership: E::Column) -> Condition {
    Condition::any()
        .add(rows.among(partnership, ViewerFact::OwnPartnerships))
        .add(is_true(ViewerFact::IsPlatformAdministrator))
        .add(on_a_board_of(rows, partnership))
}

fn on_a_board_of<E: sea_orm::EntityTrait>(rows: &Rows<E>, partnership: E::Column) -> Expr {
    rows.exists::<board::Entity>(|board| {
        Condition::all()
            .add(board.matches(board::Column::PartnershipId, rows, partnership))
            .add(
                Condition::any()
                    .add(board.among(board::Column::Id, ViewerFact::SeatedBoards))
                    .add(board.among(board::Column::Id, ViewerFact::ChairedBoards)),
            )
    })
}

/// The viewer administers the organisation that leads the partnership, or one that is invited to it.
fn invited_or_leads(rows: &Rows<partnership::Entity>) -> Condition {
    let invited = rows.exists::<partnership_member::Entity>(|member| {
        Condition::all()
            .add(member.matches(
                partnership_member::Column::PartnershipId,
                rows,
                partnership::Column::Id,
            ))
            .add(member.column(partnership_member::Column::Status).ne("LEFT"))
            .add(member.among(
                partnership_member::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    Condition::any()
        .add(rows.among(
            partnership::Column::LeadOrganisationId,
            ViewerFact::AdministeredOrganisations,
        ))
        .add(invited)
}

impl Scoped for partnership::Entity {
    /// Everybody may read the name of a partnership that has begun; one that is forming is its members' own matter.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.column(partnership::Column::Status).ne("FORMING"))
                .add(rows.among(partnership::Column::Id, ViewerFact::OwnPartnerships))
                .add(is_true(ViewerFact::IsPlatformAdministrator))
                .add(invited_or_leads(rows)),
        )
    }
}

/// Who may read the terms of a partnership: those who take part in it or are invited to.
#[must_use]
pub fn terms_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<partnership::Entity>::new(alias, backend);
    Condition::any()
        .add(takes_part(&rows, partnership::Column::Id))
        .add(invited_or_leads(&rows))
}

impl Scoped for partnership_member::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let lead = rows.exists::<partnership::Entity>(|of| {
            Condition::all()
                .add(of.matches(
                    partnership::Column::Id,
                    rows,
                    partnership_member::Column::PartnershipId,
                ))
                .add(of.among(
                    partnership::Column::LeadOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::any()
                .add(takes_part(rows, partnership_member::Column::PartnershipId))
                .add(rows.among(
                    partnership_member::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(lead),
        )
    }
}

impl Scoped for data_sharing_agreement::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        let lead = rows.exists::<partnership::Entity>(|of| {
            Condition::all()
                .add(of.matches(
                    partnership::Column::Id,
                    rows,
                    data_sharing_agreement::Column::PartnershipId,
                ))
                .add(of.among(
                    partnership::Column::LeadOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
        });
        Scope::when(
            Condition::any()
                .add(takes_part(rows, data_sharing_agreement::Column::PartnershipId))
                .add(lead),
        )
    }
}

impl Scoped for agreement_party::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, data_sharing_agreement::Entity>(rows, agreement_party::Column::AgreementId)
    }
}
