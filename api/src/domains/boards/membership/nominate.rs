//! Putting somebody forward: the beginning of a path.

use entity::boards::kinds::MembershipStage;
use entity::boards::{board, board_membership, board_seat};
use entity::id::BoardMembershipId;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{organisation, person};
use entity::private::Private;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::input::BoardMembershipNominateInput;
use super::record::{event, record_history};
use super::take::held;
use crate::domains::boards::rules::moves::{NominationFacts, SeatFacts, check_nomination};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, optional_long_text};
use crate::graphql::patch::{refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::boards as policy;
use crate::store::{StoreError, WriteSession};

/// What a nomination names, as far as the viewer may see it.
struct Named {
    board: board::Model,
    person: person::Model,
    seat: Option<board_seat::Model>,
    organisation: Option<organisation::Model>,
}

async fn named(
    session: &WriteSession,
    violations: &mut Violations,
    input: &BoardMembershipNominateInput,
) -> Result<Option<Named>, StoreError> {
    let board = seen::<board::Entity>(session, violations, "boardId", &input.board_id).await?;
    let person = seen::<person::Entity>(session, violations, "personId", &input.person_id).await?;
    let seat = input.seat_id.as_ref();
    let seat = seen_if_named::<board_seat::Entity>(session, violations, "seatId", seat).await?;
    let field = "nominatedByOrganisationId";
    let organisation = input.nominated_by_organisation_id.as_ref();
    let organisation =
        seen_if_named::<organisation::Entity>(session, violations, field, organisation).await?;
    Ok(board.zip(person).map(|(board, person)| Named {
        board,
        person,
        seat,
        organisation,
    }))
}

/// Puts somebody forward for a board.
pub(super) async fn nominate(change: Change<'_>, input: &BoardMembershipNominateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let motivation = optional_long_text("motivation", input.motivation.as_deref(), 2_000);
    let motivation = violations.keep(motivation).flatten();
    let Some(named) = named(session, &mut violations, input).await? else {
        return Err(refused(violations));
    };
    let organisation = named.organisation.as_ref();
    let (board, host) = (named.board.id.0, named.board.host_organisation_id.0);
    if let Some(organisation) = organisation
        && policy::may_update_board(change.viewer, board, host)
        && !policy::may_nominate(change.viewer, board, host, Some(organisation.id.0))
    {
        violations.push(somebody_elses_name());
        return Err(refused(violations));
    }
    let permit = policy::nominate(
        change.viewer,
        named.board,
        organisation.map(|organisation| organisation.id),
    )?;
    check_names(&mut violations, &named.person, organisation);
    session.lock::<board::Entity>(permit.model().id).await?;
    let facts = facts(
        session,
        permit.model(),
        (&named.person, named.seat.as_ref(), organisation),
    )
    .await?;
    violations.keep_all(check_nomination(&facts));
    violations.into_result()?;

    let row = board_membership::ActiveModel {
        id: Set(BoardMembershipId::new()),
        board_id: Set(permit.model().id),
        person_id: Set(named.person.id),
        seat_id: Set(named.seat.map(|seat| seat.id)),
        nominated_by_organisation_id: Set(organisation.map(|organisation| organisation.id)),
        stage: Set(MembershipStage::Nominated),
        motivation: Set(motivation.map(Private::new)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, board_membership::Model>(None, &row);
    let membership = session.insert(&permit, row).await?;
    record_history(session, &permit, &membership, (None, None, false)).await?;
    let event = event("board_membership.nominate", permit.model(), &membership).changed(changed);
    Ok(session.record(event, membership.id.0))
}

fn somebody_elses_name() -> Violation {
    let message = "Only the administrator of an organisation puts people forward in its name. Let them do it, or leave the \
                   organisation out.";
    Violation::new(Code::Forbidden, "nominatedByOrganisationId", message)
}

fn check_names(
    violations: &mut Violations,
    person: &person::Model,
    organisation: Option<&organisation::Model>,
) {
    violations.check(person.anonymised_at.is_none(), Code::Inactive, "personId", || {
        "This person's details were erased, so they cannot be put forward any more.".to_owned()
    });
    let is_active = organisation.is_none_or(|organisation| organisation.status == OrganisationStatus::Active);
    violations.check(is_active, Code::Inactive, "nominatedByOrganisationId", || {
        "Only an active organisation puts people forward.".to_owned()
    });
}

async fn facts(
    session: &WriteSession,
    board: &board::Model,
    (person, seat, organisation): (
        &person::Model,
        Option<&board_seat::Model>,
        Option<&organisation::Model>,
    ),
) -> Result<NominationFacts, StoreError> {
    use board_membership::Column as C;
    let open = Condition::all()
        .add(C::BoardId.eq(board.id))
        .add(C::PersonId.eq(person.id))
        .add(C::Stage.is_not_in(MembershipStage::CLOSED));
    let seat = match seat {
        None => None,
        Some(seat) => {
            let held = session.count::<board_membership::Entity>(held(seat.id)).await? > 0;
            Some(SeatFacts::of(seat, held))
        }
    };
    let current = Condition::all().add(board::Column::Id.eq(board.id));
    let current = session.facts::<board::Entity>(current).await?.pop();
    Ok(NominationFacts {
        board_id: board.id,
        board_status: current.map_or(board.status, |board| board.status),
        seat,
        nominated_by_organisation: organisation.is_some(),
        has_open_path: session.count::<board_membership::Entity>(open).await? > 0,
    })
}
