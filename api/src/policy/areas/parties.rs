//! People, their accounts, ties, needs and consents: who may see what. Who may change it stands in [`super::people`], who gives
//! roles in [`super::access`], and organisations in [`super::organisations`].
//!
//! | | public | known | own organisation's administrator | the person | platform administrator |
//! |---|---|---|---|---|---|
//! | name | with consent | who sees them on a board | read, write | read, write | read |
//! | contact details | – | chair with consent | read | read, write | – |
//! | access needs | – | chair with consent | – | read, write | – |
//! | ties that say somebody receives a service | – | – | – | read, write | – |

use entity::boards::{board, board_membership};
use entity::panels::{application, panellist};
use entity::parties::{access_need, affiliation, consent, person, role_grant, service_account, user_account};
use entity::visits::peer_reviewer;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::feedback_tellers::has_told_own_organisation;
use super::gatherings::comes_to_own_event;
use crate::store::{Parameter, Rows, Scope, Scoped, ViewerFact, has, is_true};

impl Scoped for person::Entity {
    /// The person, the administrator of an organisation that they belong to, that deals with feedback of theirs, or that
    /// hosts an event to which they come, the platform's administrator, and whoever sees a membership or an application of
    /// theirs, a panel that they have a part in, or that they review a service.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(person::Column::Id, ViewerFact::Person))
                .add(belongs_to_own_organisation(rows, person::Column::Id))
                .add(has_told_own_organisation(rows, person::Column::Id))
                .add(comes_to_own_event(rows, person::Column::Id))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
        .or_shown_by::<_, board_membership::Entity>(rows, board_membership::Column::PersonId)
        .or_shown_by::<_, application::Entity>(rows, application::Column::PersonId)
        .or_shown_by::<_, panellist::Entity>(rows, panellist::Column::PersonId)
        .or_shown_by::<_, panellist::Entity>(rows, panellist::Column::SupporterPersonId)
        .or_shown_by::<_, peer_reviewer::Entity>(rows, peer_reviewer::Column::PersonId)
    }
}

/// The person works or volunteers for an organisation that the viewer administers. Receiving its services does not
/// count: that is nobody's business but the person's.
pub(super) fn belongs_to_own_organisation<E: sea_orm::EntityTrait>(
    rows: &Rows<E>,
    person: E::Column,
) -> Expr {
    let belongs = rows.exists::<affiliation::Entity>(|tie| {
        Condition::all()
            .add(tie.matches(affiliation::Column::PersonId, rows, person))
            .add(tie.column(affiliation::Column::Kind).is_not_in(RECEIVES))
            .add(still_runs(tie))
            .add(tie.among(
                affiliation::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
    });
    has(ViewerFact::AdministeredOrganisations).and(belongs)
}

/// The person works or volunteers for an organisation that the viewer does not administer.
pub(super) fn belongs_elsewhere<E: sea_orm::EntityTrait>(rows: &Rows<E>, person: E::Column) -> Expr {
    rows.exists::<affiliation::Entity>(|tie| {
        let own = tie.among(
            affiliation::Column::OrganisationId,
            ViewerFact::AdministeredOrganisations,
        );
        Condition::all()
            .add(tie.matches(affiliation::Column::PersonId, rows, person))
            .add(tie.column(affiliation::Column::Kind).is_not_in(RECEIVES))
            .add(still_runs(tie))
            .add(own.not())
    })
}

const RECEIVES: [&str; 2] = ["RECEIVES_SERVICE", "FAMILY_RECEIVES_SERVICE"];

/// The tie has begun and has not ended.
fn still_runs(tie: &Rows<affiliation::Entity>) -> Condition {
    let has_not_ended = Condition::any()
        .add(tie.column(affiliation::Column::ToOn).is_null())
        .add(tie.column(affiliation::Column::ToOn).gte(Parameter::Today.expr()));
    Condition::all()
        .add(
            tie.column(affiliation::Column::FromOn)
                .lte(Parameter::Today.expr()),
        )
        .add(has_not_ended)
}

/// Who may read a person's contact details: the person, the administrator of an organisation they belong to, and,
/// with the person's consent to be contacted, the chair of a board they are on.
#[must_use]
pub fn contact_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<person::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.is(person::Column::Id, ViewerFact::Person))
        .add(belongs_to_own_organisation(&rows, person::Column::Id))
        .add(on_chaired_board_with_consent(
            &rows,
            person::Column::Id,
            "CONTACT",
        ))
}

/// The person is on a board that the viewer chairs, and has consented to this purpose: in general, or towards the
/// organisation that runs this very board.
fn on_chaired_board_with_consent<E: sea_orm::EntityTrait>(
    rows: &Rows<E>,
    person: E::Column,
    purpose: &'static str,
) -> Expr {
    let shared = rows.exists::<board_membership::Entity>(|membership| {
        let consents = membership.exists::<consent::Entity>(|given| {
            let to_the_host = given.exists::<board::Entity>(|host| {
                Condition::all()
                    .add(host.matches(board::Column::Id, membership, board_membership::Column::BoardId))
                    .add(host.matches(
                        board::Column::HostOrganisationId,
                        given,
                        consent::Column::GranteeOrganisationId,
                    ))
            });
            Condition::all()
                .add(given.matches(consent::Column::PersonId, rows, person))
                .add(given.column(consent::Column::Purpose).eq(purpose))
                .add(in_force(given))
                .add(
                    Condition::any()
                        .add(given.column(consent::Column::GranteeOrganisationId).is_null())
                        .add(to_the_host),
                )
        });
        Condition::all()
            .add(membership.matches(board_membership::Column::PersonId, rows, person))
            .add(membership.column(board_membership::Column::Stage).is_not_in([
                "ENDED",
                "DECLINED",
                "WITHDRAWN",
            ]))
            .add(membership.among(board_membership::Column::BoardId, ViewerFact::ChairedBoards))
            .add(consents)
    });
    has(ViewerFact::ChairedBoards).and(shared)
}

/// A consent counts until it is withdrawn; withdrawal takes effect with the next read.
#[must_use]
pub fn in_force(given: &Rows<consent::Entity>) -> Condition {
    Condition::any()
        .add(given.column(consent::Column::WithdrawnAt).is_null())
        .add(
            given
                .column(consent::Column::WithdrawnAt)
                .gt(Parameter::Now.expr()),
        )
}

impl Scoped for user_account::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(user_account::Column::Id, ViewerFact::User))
                .add(belongs_to_own_organisation(rows, user_account::Column::PersonId))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}

impl Scoped for service_account::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.among(
                    service_account::Column::OrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}

impl Scoped for affiliation::Entity {
    /// The person sees all their ties. An organisation's administrator sees those to it, but not who receives its
    /// services: such a tie is special-category data.
    fn scope(rows: &Rows<Self>) -> Scope {
        let to_own_organisation = Condition::all()
            .add(rows.among(
                affiliation::Column::OrganisationId,
                ViewerFact::AdministeredOrganisations,
            ))
            .add(rows.column(affiliation::Column::Kind).is_not_in(RECEIVES));
        Scope::when(
            Condition::any()
                .add(rows.is(affiliation::Column::PersonId, ViewerFact::Person))
                .add(to_own_organisation),
        )
    }
}

impl Scoped for access_need::Entity {
    /// The person; and the chair of a board they are on, once they have agreed to share their needs.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(access_need::Column::PersonId, ViewerFact::Person))
                .add(on_chaired_board_with_consent(
                    rows,
                    access_need::Column::PersonId,
                    "SHARE_ACCESS_NEEDS",
                )),
        )
    }
}

impl Scoped for consent::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(consent::Column::PersonId, ViewerFact::Person))
                .add(rows.among(
                    consent::Column::GranteeOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                )),
        )
    }
}

impl Scoped for role_grant::Entity {
    /// Whoever holds the role, whoever may take it back, and the platform's administrator.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            super::access::run_where_it_holds(rows)
                .add(rows.is(role_grant::Column::UserId, ViewerFact::User))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}
