//! How boards are set up and changed.

use entity::boards::kinds::BoardStatus;
use entity::boards::{board, board_seat, initiative};
use entity::id::BoardId;
use entity::parties::organisation;
use entity::partnerships::kinds::PartnershipMemberStatus;
use entity::partnerships::{partnership, partnership_member};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{BoardCreateInput, BoardUpdateInput};
use crate::domains::boards::rules::quorum::{QuorumRules, check_board};
use crate::domains::boards::rules::set_up::{NewBoardFacts, check_new_board};
use crate::domains::meetings::rules::papers::MOST_DAYS;
use crate::domains::violation::{Violation, Violations, number, optional_long_text, text};
use crate::events::Event;
use crate::graphql::patch::{self, after, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::areas::boards as policy;
use crate::store::WriteSession;

/// The most voting members that a quorum can ask for.
const LARGEST_QUORUM: i32 = 1_000;
/// The longest term, in months: ten years.
const LONGEST_TERM: i32 = 120;

/// How many days before a meeting its papers are due, unless a board has set itself something else.
const USUAL_PAPERS_DUE_DAYS: i32 = 7;

/// How many days before a meeting its papers are due.
fn papers_due_days(days: i32) -> Result<i32, Violation> {
    number("papersDueDays", days, 0..=MOST_DAYS)
}

/// Notes which of the numbers are out of range.
fn check_numbers(violations: &mut Violations, rules: QuorumRules) {
    let quorum = rules.quorum;
    violations.keep(number("quorum", quorum, 1..=LARGEST_QUORUM));
    violations.keep(number("quorumLived", rules.quorum_lived, 0..=quorum.max(0)));
    violations.keep(number("minLivedBp", rules.min_lived_bp, 0..=10_000));
    if let Some(months) = rules.term_months {
        violations.keep(number("termMonths", months, 1..=LONGEST_TERM));
    }
}

/// Something happened to a board.
pub(super) fn event(action: &'static str, board: &board::Model) -> Event {
    Event::new(action, "board", board.id)
        .of_organisation(board.host_organisation_id)
        .of_partnership(board.partnership_id)
}

pub(super) async fn create(change: Change<'_>, input: &BoardCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(text("name", &input.name, 1..=200));
    let mut long = |field, value: &Option<String>, longest| {
        let text = optional_long_text(field, value.as_deref(), longest);
        violations.keep(text).flatten()
    };
    let purpose = long("purpose", &input.purpose, 2_000);
    let terms_of_reference = long("termsOfReference", &input.terms_of_reference, 20_000);
    let eligibility_note = long("eligibilityNote", &input.eligibility_note, 2_000);
    let rules = QuorumRules {
        quorum: input.quorum,
        quorum_lived: input.quorum_lived,
        min_lived_bp: input.min_lived_bp,
        term_months: input.term_months,
    };
    check_numbers(&mut violations, rules);
    let papers_due = papers_due_days(input.papers_due_days.unwrap_or(USUAL_PAPERS_DUE_DAYS));
    let papers_due = violations.keep(papers_due);
    let partnership =
        seen::<partnership::Entity>(session, &mut violations, "partnershipId", &input.partnership_id);
    let partnership = partnership.await?;
    let host = seen::<organisation::Entity>(
        session,
        &mut violations,
        "hostOrganisationId",
        &input.host_organisation_id,
    );
    let host = host.await?;
    let initiative = input.initiative_id.as_ref();
    let initiative =
        seen_if_named::<initiative::Entity>(session, &mut violations, "initiativeId", initiative);
    let initiative = initiative.await?;
    let (Some(partnership), Some(host)) = (partnership, host) else {
        return Err(refused(violations));
    };
    let permit = policy::create_board(change.viewer, host)?;
    let facts = new_board_facts(session, &partnership, permit.model(), initiative.as_ref()).await?;
    violations.keep_all(check_new_board(&facts));
    violations.into_result()?;

    let row = board::ActiveModel {
        id: Set(BoardId::new()),
        name: Set(name.unwrap_or_default()),
        kind: Set(input.kind.0),
        initiative_id: Set(initiative.map(|initiative| initiative.id)),
        partnership_id: Set(partnership.id),
        host_organisation_id: Set(permit.model().id),
        purpose: Set(purpose),
        terms_of_reference: Set(terms_of_reference),
        quorum: Set(rules.quorum),
        quorum_lived: Set(rules.quorum_lived),
        min_lived_bp: Set(rules.min_lived_bp),
        term_months: Set(rules.term_months),
        papers_due_days: Set(papers_due.unwrap_or(USUAL_PAPERS_DUE_DAYS)),
        eligibility_note: Set(eligibility_note),
        status: Set(BoardStatus::Forming),
        published_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, board::Model>(None, &row);
    let board = session.insert(&permit, row).await?;
    let event = event("board.create", &board).changed(changed);
    Ok(session.record(event, board.id.0))
}

async fn new_board_facts(
    session: &WriteSession,
    partnership: &partnership::Model,
    host: &organisation::Model,
    initiative: Option<&initiative::Model>,
) -> Result<NewBoardFacts, crate::store::StoreError> {
    use partnership_member::Column as C;
    session.lock::<partnership::Entity>(partnership.id).await?;
    let takes_part = Condition::all()
        .add(C::PartnershipId.eq(partnership.id))
        .add(C::OrganisationId.eq(host.id))
        .add(C::Status.eq(PartnershipMemberStatus::Active));
    Ok(NewBoardFacts {
        partnership_status: partnership.status,
        host_status: host.status,
        host_takes_part: session.count::<partnership_member::Entity>(takes_part).await? > 0,
        initiative_is_elsewhere: initiative.is_some_and(|of| of.partnership_id != partnership.id),
    })
}

pub(super) async fn update(change: Change<'_>, input: &BoardUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let row = patch_of(&mut violations, input);
    let Some(board) = seen::<board::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::update_board(change.viewer, board)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    let rules = QuorumRules {
        quorum: after(&row.quorum, before.quorum),
        quorum_lived: after(&row.quorum_lived, before.quorum_lived),
        min_lived_bp: after(&row.min_lived_bp, before.min_lived_bp),
        term_months: after(&row.term_months, before.term_months),
    };
    let mut numbers = Violations::default();
    check_numbers(&mut numbers, rules);
    if numbers.is_empty() && rules != QuorumRules::from(before) {
        session.lock::<board::Entity>(before.id).await?;
        let seats = seats_of(session, before.id).await?;
        numbers.keep_all(check_board(before.status, rules, &seats));
    }
    violations.extend(numbers);
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let board = session.update(&permit, input.expected_version, row).await?;
    let event = event("board.update", &board).changed(changed);
    Ok(session.record(event, board.id.0))
}

fn patch_of(violations: &mut Violations, input: &BoardUpdateInput) -> board::ActiveModel {
    let name = |name: &String| text("name", name, 1..=200);
    let any = |number: &i32| Ok::<_, Violation>(*number);
    let long = |field: &'static str, longest: usize| {
        move |value: &String| optional_long_text(field, Some(value), longest)
    };
    board::ActiveModel {
        name: patch::required(violations, "name", &input.name, name),
        quorum: patch::required(violations, "quorum", &input.quorum, any),
        quorum_lived: patch::required(violations, "quorumLived", &input.quorum_lived, any),
        min_lived_bp: patch::required(violations, "minLivedBp", &input.min_lived_bp, any),
        term_months: patch::optional(violations, &input.term_months, |months| Ok(Some(*months))),
        papers_due_days: patch::required(violations, "papersDueDays", &input.papers_due_days, |days| {
            papers_due_days(*days)
        }),
        purpose: patch::optional(violations, &input.purpose, long("purpose", 2_000)),
        terms_of_reference: patch::optional(
            violations,
            &input.terms_of_reference,
            long("termsOfReference", 20_000),
        ),
        eligibility_note: patch::optional(
            violations,
            &input.eligibility_note,
            long("eligibilityNote", 2_000),
        ),
        ..Default::default()
    }
}

/// All seats of a board, closed ones too.
pub(in crate::domains::boards) async fn seats_of(
    session: &WriteSession,
    board: BoardId,
) -> Result<Vec<board_seat::Model>, crate::store::StoreError> {
    let of_the_board = Condition::all().add(board_seat::Column::BoardId.eq(board));
    session.facts::<board_seat::Entity>(of_the_board).await
}
