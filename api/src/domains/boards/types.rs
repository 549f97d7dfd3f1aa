//! How initiatives, boards, seats and members look to clients.

use entity::boards::kinds::{
    BoardKind, BoardStatus, LadderRung, MembershipEndReason, MembershipStage, Principle, SeatKind, Stage,
};
use entity::boards::{
    board, board_membership, board_membership_change, board_seat, constituency, initiative,
};
use entity::meetings::{board_action, board_decision, meeting};
use entity::panels::conflict_declaration;
use entity::parties::{organisation, person, user_account};
use entity::partnerships::partnership;
use entity::resources::resource;

use super::abilities::{nominate, of_a_board_run_by, own, own_or_steered, run_by};
use super::look_back::last_step_then;
use super::representation;
use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup};
use crate::policy::areas::boards::{may_manage_constituencies, path_readers, reason_readers};
use crate::policy::areas::initiatives::may_update_initiative;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<initiative::Entity>()
        .with::<board::Entity>()
        .with::<board_seat::Entity>()
        .with::<constituency::Entity>()
        .with::<board_membership::Entity>()
        .with::<board_membership_change::Entity>()
        .roots::<initiative::Entity>(
            "initiative",
            "A piece of work by its id.",
            "initiatives",
            "The pieces of work you may read.",
        )
        .roots::<board::Entity>(
            "board",
            "A board by its id.",
            "boards",
            "The boards you may read.",
        )
        .roots::<constituency::Entity>(
            "constituency",
            "A constituency by its id.",
            "constituencies",
            "The groups of people that members can speak for: reference data, open to everybody.",
        )
        .roots::<board_membership::Entity>(
            "boardMembership",
            "A board membership by its id.",
            "boardMemberships",
            "The board memberships you may read.",
        )
        .root_one::<board_seat::Entity>("boardSeat", "A seat on a board by its id.")
}

impl Declared for initiative::Entity {
    const NAME: &'static str = "Initiative";
    const PREFIX: &'static str = "initiative";

    fn declare() -> ObjectType {
        use initiative::Column as C;
        ObjectType::of::<Self>(
            "A piece of work that a partnership does together with the people it concerns. Read by those who take part in \
             the partnership and by whoever may read a board of it.",
        )
        .column("title", C::Title, "What it is called.")
        .column("summary", C::Summary, "What it is about, in a few plain words.")
        .several_of::<Stage>("stages", C::Stages, "The parts of the work that are done together.")
        .one_of::<LadderRung>("rungClaimed", C::RungClaimed, "How far people share in it, by its own account.")
        .one_of::<LadderRung>("rungAssessed", C::RungAssessed, "How far people share in it, as others judged.")
        .several_of::<Principle>("principles", C::Principles, "The principles it commits itself to.")
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership.")
        .to_many::<board::Entity>("boards", board::Column::InitiativeId, "Its boards, as far as you may read them.")
        .to_many::<resource::Entity>(
            "resources",
            resource::Column::InitiativeId,
            "What people write together in it, as far as you may read it.",
        )
        .viewer_can(
            "InitiativeViewerCan",
            vec![Ability::new("update", &[C::PartnershipId], "Change it.", |row, viewer| {
                Ok(may_update_initiative(viewer, row.id(0)?).into())
            })],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<LadderRung>("rungClaimed", C::RungClaimed, "Only claiming these rungs.")
        .filter("partnership", FilterTest::Is("partnership_id", partnership::Entity::PREFIX), "Only of this partnership.")
    }
}

impl Declared for board::Entity {
    const NAME: &'static str = "Board";
    const PREFIX: &'static str = "board";

    fn declare() -> ObjectType {
        use board::Column as C;
        ObjectType::of::<Self>(
            "A group on which people who use services and professionals decide together. Read by everybody once published; \
             before that by its members, visitors and candidates, its host's people, the platform's administrator, and \
             partner organisations under a live agreement for boards.",
        )
        .column("name", C::Name, "What the board is called.")
        .one_of::<BoardKind>("kind", C::Kind, "What the board is for.")
        .one_of::<BoardStatus>("status", C::Status, "How far the board has got.")
        .column("purpose", C::Purpose, "What it sets out to do.")
        .column("termsOfReference", C::TermsOfReference, "The terms it works under.")
        .column("quorum", C::Quorum, "How many voting members must be there to decide.")
        .column("quorumLived", C::QuorumLived, "How many of them must have lived experience or be carers.")
        .column(
            "minLivedBp",
            C::MinLivedBp,
            "The least share of voting seats for lived experience and carers, in basis points: 10,000 is all.",
        )
        .column("termMonths", C::TermMonths, "How many months a membership lasts; null when no limit is set.")
        .column(
            "papersDueDays",
            C::PapersDueDays,
            "How many days before a meeting its papers are due in an accessible format.",
        )
        .column("eligibilityNote", C::EligibilityNote, "Who can be a member, in plain words.")
        .column("publishedAt", C::PublishedAt, "From when everybody may read the board; null when it is not published.")
        .to_one::<initiative::Entity>("initiative", C::InitiativeId, "The piece of work it belongs to.")
        .to_one::<partnership::Entity>("partnership", C::PartnershipId, "The partnership it belongs to.")
        .to_one::<organisation::Entity>("hostOrganisation", C::HostOrganisationId, "The organisation that runs it.")
        .to_many::<board_seat::Entity>("seats", board_seat::Column::BoardId, "Its seats, filled and vacant.")
        .to_many::<board_membership::Entity>(
            "memberships",
            board_membership::Column::BoardId,
            "Its members, and for the board's own people those on their way. As far as you may read them.",
        )
        .to_many::<board_membership_change::Entity>(
            "history",
            board_membership_change::Column::BoardId,
            "What happened to its memberships, as far as you may read it.",
        )
        .to_many_as_of::<board_membership_change::Entity>(
            "membershipsAsOf",
            board_membership_change::Column::BoardId,
            last_step_then,
            "The memberships as they stood at an instant, as far as you may read them now: of each the step it had come to, \
             with its stage (`toStage`), its seat, and since when (`changedAt`). Those that had ended by then are among them; \
             filter by `toStage` for those who were members.",
        )
        .to_many::<meeting::Entity>("meetings", meeting::Column::BoardId, "Its meetings, as far as you may read them.")
        .to_many::<board_decision::Entity>("decisions", board_decision::Column::BoardId, "What it decided, as far as you may read it.")
        .to_many::<resource::Entity>("resources", resource::Column::BoardId, "What it asked people to write, as far as you may read it.")
        .to_many::<board_action::Entity>("actions", board_action::Column::BoardId, "What is to be done for it, as far as you may read it.")
        .to_many::<conflict_declaration::Entity>(
            "conflictDeclarations",
            conflict_declaration::Column::BoardId,
            "The interests that were declared to it and about its agenda: your own, and those that you assess.",
        )
        .batch("representation", representation::declare())
        .viewer_can(
            "BoardViewerCan",
            vec![
                run_by("update", "Change it."),
                run_by("changeStatus", "Activate it, let it rest, close it."),
                run_by("publish", "Publish it, or take it back from the public."),
                run_by("createSeat", "Add seats."),
                nominate("nominate", "Put somebody forward, for the board or in the name of the organisation you act for."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<BoardKind>("kind", C::Kind, "Only these kinds.")
        .filter_one_of::<BoardStatus>("status", C::Status, "Only with these statuses.")
        .filter("partnership", FilterTest::Is("partnership_id", partnership::Entity::PREFIX), "Only of this partnership.")
        .filter(
            "hostOrganisation",
            FilterTest::Is("host_organisation_id", organisation::Entity::PREFIX),
            "Only run by this organisation.",
        )
        .filter("nameContains", FilterTest::Contains("name"), "Only those whose name contains this text.")
    }
}

impl Declared for board_seat::Entity {
    const NAME: &'static str = "BoardSeat";
    const PREFIX: &'static str = "board_seat";

    fn declare() -> ObjectType {
        use board_seat::Column as C;
        ObjectType::of::<Self>("A place on a board. Read by whoever may read the board.")
            .column("label", C::Label, "What the seat is called.")
            .one_of::<SeatKind>("kind", C::Kind, "In what capacity its holder sits there.")
            .column("voting", C::Voting, "Whether its holder votes.")
            .column(
                "closedAt",
                C::ClosedAt,
                "When the seat was given up; null while it exists.",
            )
            .to_one::<constituency::Entity>(
                "constituency",
                C::ConstituencyId,
                "The people its holder speaks for.",
            )
            .to_one::<board::Entity>("board", C::BoardId, "The board.")
            .to_many::<board_membership::Entity>(
                "memberships",
                board_membership::Column::SeatId,
                "Who holds it and who held it, as far as you may read them.",
            )
            .viewer_can(
                "BoardSeatViewerCan",
                vec![
                    of_a_board_run_by("update", "Change it.", C::BoardId),
                    of_a_board_run_by("close", "Close it.", C::BoardId),
                ],
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("LABEL", C::Label, "By label.")
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
            .filter_one_of::<SeatKind>("kind", C::Kind, "Only of these kinds.")
            .filter(
                "constituency",
                FilterTest::Is("constituency_id", constituency::Entity::PREFIX),
                "Only for this constituency.",
            )
    }
}

impl Declared for constituency::Entity {
    const NAME: &'static str = "Constituency";
    const PREFIX: &'static str = "constituency";

    fn declare() -> ObjectType {
        use constituency::Column as C;
        ObjectType::of::<Self>(
            "A group of people that a member of a board can speak for. Everybody may read it.",
        )
        .column("code", C::Code, "Its short name.")
        .column("label", C::Label, "What it is called.")
        .column("description", C::Description, "Whom it takes in.")
        .to_many::<board_seat::Entity>(
            "seats",
            board_seat::Column::ConstituencyId,
            "The seats for it, on the boards you may read.",
        )
        .viewer_can(
            "ConstituencyViewerCan",
            vec![Ability::new("update", &[] as &[C], "Change it.", |_, viewer| {
                Ok(may_manage_constituencies(viewer).into())
            })],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("LABEL", C::Label, "By label.")
        .order("CODE", C::Code, "By code.")
    }
}

impl Declared for board_membership::Entity {
    const NAME: &'static str = "BoardMembership";
    const PREFIX: &'static str = "board_membership";

    fn declare() -> ObjectType {
        use board_membership::Column as C;
        ObjectType::of::<Self>(
            "A person's way onto a board and their time on it. Read by the person, the board's members and chair, its host's \
             administrator and, for nominations, the nominating organisation's; once somebody is a member also by the \
             host's people and by partners under a live agreement for memberships; and by everybody on a published board, \
             when the person consents to be named.",
        )
        .one_of::<MembershipStage>("stage", C::Stage, "How far it has got.")
        .column("fromOn", C::FromOn, "The first day of the term.")
        .column("toOn", C::ToOn, "The last day of the term.")
        .one_of::<MembershipEndReason>("endReason", C::EndReason, "Why it ended.")
        .column("conflictDeclaredAt", C::ConflictDeclaredAt, "When the person declared their interests.")
        .private(
            "path",
            PrivateGroup::new(
                "BoardMembershipPath",
                "How somebody came to the board. Read by the person, the board's chair and its host's administrator.",
                path_readers,
            )
                .column("visitedOn", C::VisitedOn, "The day they watched a meeting as a visitor.")
            .column("motivation", C::Motivation, "Why they want to be a member, in their words.")
            .column("visitWaiverReason", C::VisitWaiverReason, "Why they were invited without a visit first.")
            .column("decisionWaiverReason", C::DecisionWaiverReason, "Why a place was offered without a panel's decision."),
        )
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<board_seat::Entity>("seat", C::SeatId, "The seat they hold.")
        .to_one::<organisation::Entity>(
            "nominatedByOrganisation",
            C::NominatedByOrganisationId,
            "The organisation that put them forward.",
        )
        .to_many::<board_membership_change::Entity>(
            "history",
            board_membership_change::Column::MembershipId,
            "What happened to it, as far as you may read it.",
        )
        .viewer_can(
            "BoardMembershipViewerCan",
            vec![
                of_a_board_run_by(
                    "steer",
                    "Move the person on: record a visit, invite, interview, offer a seat, note a leave and the return.",
                    C::BoardId,
                ),
                own("accept", "Accept the seat that was offered."),
                own("withdraw", "Step back before becoming a member."),
                own("declareConflicts", "Declare your interests."),
                own_or_steered("decline", "Say no, as the person or for the board."),
                own_or_steered("end", "End the membership, or step down."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .order("STAGE", C::Stage, "By stage, in the alphabet's order.")
        .filter_one_of::<MembershipStage>("stage", C::Stage, "Only at these stages.")
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only of this board.")
        .filter("person", FilterTest::Is("person_id", person::Entity::PREFIX), "Only of this person.")
    }
}

impl Declared for board_membership_change::Entity {
    const NAME: &'static str = "BoardMembershipChange";
    const PREFIX: &'static str = "board_membership_change";

    fn declare() -> ObjectType {
        use board_membership_change::Column as C;
        ObjectType::of::<Self>(
            "A step in the life of a membership; nobody can alter it. Read by whoever may read the membership; what happened \
             before somebody was a member only by the person, the board's own people and its host's administrator.",
        )
        .one_of::<MembershipStage>("fromStage", C::FromStage, "The stage before; null at the beginning.")
        .one_of::<MembershipStage>("toStage", C::ToStage, "The stage from then on.")
        .column("changedAt", C::ChangedAt, "When.")
        .column("waiver", C::Waiver, "Whether a rule was waived for it.")
        .private(
            "account",
            PrivateGroup::new(
                "BoardMembershipChangeAccount",
                "Why it happened. Read by the person, the board's chair and its host's administrator.",
                reason_readers,
            )
            .column("reason", C::Reason, "Why, in plain words."),
        )
        .to_one::<board_membership::Entity>("membership", C::MembershipId, "The membership.")
        .to_one::<board::Entity>("board", C::BoardId, "The board.")
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<board_seat::Entity>("seat", C::SeatId, "The seat, from the offer on.")
        .to_one::<user_account::Entity>("changedByUser", C::ChangedByUserId, "Who did it, where you may read their account.")
        .order("CHANGED_AT", C::ChangedAt, "By when.")
        .filter_one_of::<MembershipStage>("toStage", C::ToStage, "Only steps to these stages.")
    }
}
