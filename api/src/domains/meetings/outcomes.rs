//! How decisions and actions look to clients.

use entity::boards::board;
use entity::meetings::kinds::{ActionStatus, DecisionMethod, DecisionOutcome};
use entity::meetings::{agenda_item, board_action, board_decision, meeting};
use entity::parties::person;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::abilities::progress;
use crate::domains::boards::abilities::of_a_board_run_by;
use crate::planner::declare::{Declared, FilterTest, ObjectType};
use crate::store::{Parameter, Rows, ViewerFact};

impl Declared for board_decision::Entity {
    const NAME: &'static str = "BoardDecision";
    const PREFIX: &'static str = "board_decision";

    fn declare() -> ObjectType {
        use board_decision::Column as C;
        ObjectType::of::<Self>(
            "What a board decided; nobody can alter it. Read by the board's own people and its host's administrator, as far as \
             they may read the agenda item; by whoever else may read the item once the minutes are approved.",
        )
        .column("text", C::Text, "What was decided, in plain words.")
        .one_of::<DecisionMethod>("method", C::Method, "How.")
        .one_of::<DecisionOutcome>("outcome", C::Outcome, "With what outcome.")
        .column("votesFor", C::VotesFor, "Votes for it; null for a consensus.")
        .column("votesAgainst", C::VotesAgainst, "Votes against it; null for a consensus.")
        .column("votesAbstain", C::VotesAbstain, "Abstentions; null for a consensus.")
        .column("votingPresent", C::VotingPresent, "How many voting members were present at that moment.")
        .column(
            "livedPresent",
            C::LivedPresent,
            "How many of them sit there for lived experience, or as a carer.",
        )
        .column("decidedAt", C::DecidedAt, "When it was recorded.")
        .to_one::<agenda_item::Entity>("agendaItem", C::AgendaItemId, "The agenda item.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting.")
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .order("DECIDED_AT", C::DecidedAt, "By when.")
        .filter_one_of::<DecisionOutcome>("outcome", C::Outcome, "Only with these outcomes.")
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only of this board.")
    }
}

/// What is not done after its day.
fn is_overdue(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<board_action::Entity>::new(alias, backend);
    Condition::all()
        .add(
            rows.column(board_action::Column::Status)
                .is_in(["OPEN", "BLOCKED"]),
        )
        .add(
            rows.column(board_action::Column::DueOn)
                .lt(Parameter::Today.expr()),
        )
}

fn is_mine(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<board_action::Entity>::new(alias, backend);
    rows.is(board_action::Column::OwnerPersonId, ViewerFact::Person)
        .into()
}

impl Declared for board_action::Entity {
    const NAME: &'static str = "Action";
    const PREFIX: &'static str = "action";

    fn declare() -> ObjectType {
        use board_action::Column as C;
        ObjectType::of::<Self>(
            "Something that somebody does for a board, by a day. Read by whoever owns it, by the board's own people and, unless \
             it follows from a confidential item, by its host's administrator.",
        )
        .column("title", C::Title, "What is to be done.")
        .column("detail", C::Detail, "More about it.")
        .column("dueOn", C::DueOn, "By which day.")
        .one_of::<ActionStatus>("status", C::Status, "How far it has got.")
        .column("statusNote", C::StatusNote, "What stands in its way, why it was dropped, or what came of it.")
        .column("closedAt", C::ClosedAt, "When it was done or dropped.")
        .to_one::<person::Entity>("ownerPerson", C::OwnerPersonId, "Who does it, where you may see them.")
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting at which it was agreed.")
        .to_one::<agenda_item::Entity>("agendaItem", C::AgendaItemId, "The agenda item that it follows from.")
        .viewer_can(
            "ActionViewerCan",
            vec![
                of_a_board_run_by("update", "Change it, or drop it.", C::BoardId),
                progress("progress", "Complete it, say what stands in its way, go on with it."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("DUE_ON", C::DueOn, "By the day by which it is to be done.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<ActionStatus>("status", C::Status, "Only with these statuses.")
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only of this board.")
        .filter("ownerPerson", FilterTest::Is("owner_person_id", person::Entity::PREFIX), "Only this person's.")
        .filter("isMine", FilterTest::Holds(is_mine), "Only your own; or only those of others.")
        .filter(
            "isOverdue",
            FilterTest::Holds(is_overdue),
            "Only those that are open or blocked after their day; or only the others.",
        )
    }
}
