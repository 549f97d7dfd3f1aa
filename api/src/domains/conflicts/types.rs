//! How declared conflicts look to clients.

use entity::boards::board;
use entity::meetings::agenda_item;
use entity::panels::kinds::{ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature};
use entity::panels::{application, conflict_declaration, interview_panel};
use entity::parties::person;
use entity::visits::monitoring_visit;

use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::conflicts::may_assess_conflict;

/// Adds the type and where its reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<conflict_declaration::Entity>()
        .root_one::<conflict_declaration::Entity>(
            "conflictDeclaration",
            "What somebody declared about their interests, by its id.",
        )
}

impl Declared for conflict_declaration::Entity {
    const NAME: &'static str = "ConflictDeclaration";
    const PREFIX: &'static str = "conflict_declaration";

    fn declare() -> ObjectType {
        use conflict_declaration::Column as C;
        ObjectType::of::<Self>(
            "What somebody declared about their interests, to an interview panel, to a board, about an item on its agenda or about a \
             monitoring visit; that there is nothing is a declaration, too. Read by the person and by whoever assesses it: who leads \
             the panel, the board or the visit, for what one of those declared the administrator of the organisation that recruits \
             or hosts the board, and whoever answers for the visit. Nobody else who is recused from the matter reads it.",
        )
        .one_of::<ConflictContext>("context", C::Context, "What it is about.")
        .one_of::<ConflictNature>("nature", C::Nature, "What ties them to it.")
        .one_of::<ConflictLevel>("level", C::Level, "How serious it is; null for `NONE`.")
        .column("detail", C::Detail, "More about it, in the words of the person.")
        .one_of::<ConflictAssessment>("assessment", C::Assessment, "What follows from it; null for `NONE`.")
        .column("assessedAt", C::AssessedAt, "When it was assessed.")
        .column("mitigation", C::Mitigation, "The precautions.")
        .to_one::<interview_panel::Entity>("panel", C::PanelId, "The panel, for what was declared to one.")
        .to_one::<board::Entity>("board", C::BoardId, "The board, for what was declared to one or about an item on its agenda.")
        .to_one::<agenda_item::Entity>("agendaItem", C::AgendaItemId, "The agenda item, where you may read it.")
        .to_one::<monitoring_visit::Entity>("monitoringVisit", C::MonitoringVisitId, "The visit, for what was declared about one.")
        .to_one::<person::Entity>("person", C::PersonId, "Who declares.")
        .to_one::<application::Entity>(
            "application",
            C::ApplicationId,
            "The candidate it is about, where you may read the application.",
        )
        .to_one::<person::Entity>("assessedBy", C::AssessedByPersonId, "Who assessed it.")
        .viewer_can(
            "ConflictDeclarationViewerCan",
            vec![Ability::when("assess", "Say what follows from it.", may_assess_conflict)],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was declared.")
        .filter_one_of::<ConflictContext>("context", C::Context, "Only about these.")
        .filter_one_of::<ConflictAssessment>("assessment", C::Assessment, "Only with these assessments.")
        .filter(
            "panel",
            FilterTest::Is("panel_id", interview_panel::Entity::PREFIX),
            "Only to this panel.",
        )
    }
}
