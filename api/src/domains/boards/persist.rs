//! How boards are written.

use entity::boards::kinds::BoardStatus;
use entity::boards::{board, initiative};
use entity::id::{BoardId, InitiativeId};
use entity::parties::organisation;
use entity::partnerships::partnership;
use sea_orm::Set;

use super::mutation::{BoardCreateInput, BoardUpdateInput};
use crate::domains::violation::{Violations, number, optional_long_text, text};
use crate::events::Event;
use crate::graphql::input::{id_of, optional_id_of, patch, patch_nullable};
use crate::graphql::{Change, ChangeResult, Refusal};
use crate::policy::areas::boards as policy;
use crate::store::WriteSession;

pub(super) async fn create_board(change: Change<'_>, input: &BoardCreateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let name = violations.keep(text("name", &input.name, 1..=200));
    let purpose = violations.keep(optional_long_text("purpose", input.purpose.as_deref(), 2_000));
    let terms = violations.keep(optional_long_text(
        "termsOfReference",
        input.terms_of_reference.as_deref(),
        20_000,
    ));
    let note = violations.keep(optional_long_text(
        "eligibilityNote",
        input.eligibility_note.as_deref(),
        2_000,
    ));
    let quorum = violations.keep(number("quorum", input.quorum, 1..=1_000));
    let quorum_lived = violations.keep(number("quorumLived", input.quorum_lived, 0..=input.quorum.max(0)));
    let min_lived_bp = violations.keep(number("minLivedBp", input.min_lived_bp, 0..=10_000));
    let term = violations.keep(
        input
            .term_months
            .map(|months| number("termMonths", months, 1..=120))
            .transpose(),
    );
    violations.into_result()?;

    let partnership = id_of::<partnership::Entity>("partnershipId", &input.partnership_id)?;
    let host = id_of::<organisation::Entity>("hostOrganisationId", &input.host_organisation_id)?;
    let initiative = optional_id_of::<initiative::Entity>("initiativeId", input.initiative_id.as_ref())?;
    let session = change.session;
    let Some(partnership) = session.visible::<partnership::Entity>(partnership).await? else {
        return Err(Refusal::not_found("partnershipId").into());
    };
    let Some(host) = session.visible::<organisation::Entity>(host).await? else {
        return Err(Refusal::not_found("hostOrganisationId").into());
    };
    if let Some(id) = initiative
        && session.visible::<initiative::Entity>(id).await?.is_none()
    {
        return Err(Refusal::not_found("initiativeId").into());
    }
    let permit = policy::create_board(change.viewer, host)?;
    let row = board::ActiveModel {
        id: Set(BoardId::new()),
        name: Set(name.unwrap_or_default()),
        kind: Set(input.kind.0),
        initiative_id: Set(initiative.map(InitiativeId)),
        partnership_id: Set(partnership.id),
        host_organisation_id: Set(permit.model().id),
        purpose: Set(purpose.flatten()),
        terms_of_reference: Set(terms.flatten()),
        quorum: Set(quorum.unwrap_or_default()),
        quorum_lived: Set(quorum_lived.unwrap_or_default()),
        min_lived_bp: Set(min_lived_bp.unwrap_or_default()),
        term_months: Set(term.flatten()),
        eligibility_note: Set(note.flatten()),
        status: Set(BoardStatus::Forming),
        published_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, board::Model>(None, &row);
    let board = session.insert(&permit, row).await?;
    let event = Event::new("board.create", "board", board.id)
        .changed(changed)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id);
    Ok(session.record(event, board.id.0).await?)
}

pub(super) async fn update_board(change: Change<'_>, input: &BoardUpdateInput) -> ChangeResult {
    let session = change.session;
    let id = id_of::<board::Entity>("id", &input.id)?;
    let Some(board) = session.visible::<board::Entity>(id).await? else {
        return Err(Refusal::not_found("id").into());
    };
    let permit = policy::update_board(change.viewer, board)?;
    let before = permit.model();
    let mut violations = Violations::default();
    let name = violations.keep(
        input
            .name
            .as_deref()
            .map(|name| text("name", name, 1..=200))
            .transpose(),
    );
    let quorum = input.quorum.unwrap_or(before.quorum);
    violations.keep(number("quorum", quorum, 1..=1_000));
    violations.keep(number(
        "quorumLived",
        input.quorum_lived.unwrap_or(before.quorum_lived),
        0..=quorum.max(0),
    ));
    violations.keep(number(
        "minLivedBp",
        input.min_lived_bp.unwrap_or(before.min_lived_bp),
        0..=10_000,
    ));
    if let Some(months) = input.term_months.value() {
        violations.keep(number("termMonths", *months, 1..=120));
    }
    for (field, value, longest) in [
        ("purpose", &input.purpose, 2_000),
        ("termsOfReference", &input.terms_of_reference, 20_000),
        ("eligibilityNote", &input.eligibility_note, 2_000),
    ] {
        violations.keep(optional_long_text(
            field,
            value.value().map(String::as_str),
            longest,
        ));
    }
    violations.into_result()?;

    let row = board::ActiveModel {
        name: patch(name.flatten(), std::convert::identity),
        status: patch(input.status, |status| status.0),
        purpose: patch_nullable(input.purpose.clone(), std::convert::identity),
        terms_of_reference: patch_nullable(input.terms_of_reference.clone(), std::convert::identity),
        quorum: patch(input.quorum, std::convert::identity),
        quorum_lived: patch(input.quorum_lived, std::convert::identity),
        min_lived_bp: patch(input.min_lived_bp, std::convert::identity),
        term_months: patch_nullable(input.term_months, std::convert::identity),
        eligibility_note: patch_nullable(input.eligibility_note.clone(), std::convert::identity),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let board = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("board.update", "board", board.id)
        .changed(changed)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id);
    Ok(session.record(event, board.id.0).await?)
}
