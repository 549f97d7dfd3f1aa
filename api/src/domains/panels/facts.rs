//! What the rules of panels ask the database. Everything about a vacancy and its panel happens one after the other: each
//! change holds the vacancy first, and looks at everything else after that.

use async_graphql::ID;
use chrono::NaiveDate;
use entity::boards::board_membership;
use entity::boards::kinds::MembershipStage;
use entity::id::{InterviewPanelId, PersonId, TrainingCourseId, VacancyId};
use entity::panels::kinds::{ConflictAssessment, PanelStatus};
use entity::panels::{
    conflict_declaration, interview_panel, panel_question, panellist, training_record, vacancy,
};
use sea_orm::ColumnTrait;
use sea_orm::sea_query::Condition;

use super::rules::panels::PanellistFacts;
use super::rules::training::is_current;
use super::vacancies::persist::held;
use crate::domains::violation::Violations;
use crate::events::Event;
use crate::graphql::patch::seen;
use crate::store::{StoreError, WriteSession};

/// Something happened to a panel.
pub(super) fn event(
    action: &'static str,
    entity: &'static str,
    id: impl Into<sea_orm::prelude::Uuid>,
    vacancy: &vacancy::Model,
) -> Event {
    Event::new(action, entity, id).of_organisation(vacancy.organisation_id)
}

/// A panel with its vacancy, which is held until the change is over.
#[derive(Debug)]
pub(in crate::domains) struct HeldPanel {
    pub panel: interview_panel::Model,
    pub vacancy: vacancy::Model,
}

/// The panel with an id, if the viewer may see it; otherwise notes that there is none.
pub(in crate::domains) async fn seen_panel(
    session: &WriteSession,
    violations: &mut Violations,
    field: &str,
    id: &ID,
) -> Result<Option<HeldPanel>, StoreError> {
    let Some(before) = seen::<interview_panel::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    let Some(vacancy) = held(session, before.vacancy_id).await? else {
        return Ok(None);
    };
    // As it is now that nobody else changes it; and still only if the viewer may see it.
    let panel = seen::<interview_panel::Entity>(session, violations, field, id).await?;
    Ok(panel.map(|panel| HeldPanel { panel, vacancy }))
}

/// The panel of a row that was found in scope, with its vacancy, which is held until the change is over.
pub(in crate::domains) async fn panel_of(
    session: &WriteSession,
    id: InterviewPanelId,
) -> Result<Option<HeldPanel>, StoreError> {
    let this = || Condition::all().add(interview_panel::Column::Id.eq(id));
    let Some(before) = session.facts::<interview_panel::Entity>(this()).await?.pop() else {
        return Ok(None);
    };
    let Some(vacancy) = held(session, before.vacancy_id).await? else {
        return Ok(None);
    };
    let panel = session.facts::<interview_panel::Entity>(this()).await?.pop();
    Ok(panel.map(|panel| HeldPanel { panel, vacancy }))
}

/// The panels of a vacancy, the rounds in order.
pub(super) async fn rounds(
    session: &WriteSession,
    vacancy: VacancyId,
) -> Result<Vec<interview_panel::Model>, StoreError> {
    let of_it = Condition::all().add(interview_panel::Column::VacancyId.eq(vacancy));
    let mut rounds = session.facts::<interview_panel::Entity>(of_it).await?;
    rounds.sort_by_key(|panel| panel.round);
    Ok(rounds)
}

/// The round that is under way.
pub(super) async fn under_way(
    session: &WriteSession,
    vacancy: VacancyId,
) -> Result<Option<interview_panel::Model>, StoreError> {
    let mut rounds = rounds(session, vacancy).await?;
    rounds.retain(|panel| panel.status != PanelStatus::Decided);
    Ok(rounds.pop())
}

/// Those who take part in a panel.
pub(super) async fn taking_part(
    session: &WriteSession,
    panel: InterviewPanelId,
) -> Result<Vec<panellist::Model>, StoreError> {
    let of_it = Condition::all()
        .add(panellist::Column::PanelId.eq(panel))
        .add(panellist::Column::StoodDownAt.is_null());
    session.facts::<panellist::Entity>(of_it).await
}

/// Whether somebody takes part in a panel of a vacancy, or supports somebody who does.
pub(super) async fn is_on_a_panel(
    session: &WriteSession,
    vacancy: VacancyId,
    person: PersonId,
) -> Result<bool, StoreError> {
    for panel in rounds(session, vacancy).await? {
        let people = taking_part(session, panel.id).await?;
        if people
            .iter()
            .any(|who| who.person_id == person || who.supporter_person_id == Some(person))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What was declared to a panel.
pub(in crate::domains) async fn declared(
    session: &WriteSession,
    panel: InterviewPanelId,
) -> Result<Vec<conflict_declaration::Model>, StoreError> {
    let of_it = Condition::all().add(conflict_declaration::Column::PanelId.eq(panel));
    session.facts::<conflict_declaration::Entity>(of_it).await
}

/// The questions of a panel, in their order.
pub(super) async fn questions(
    session: &WriteSession,
    panel: InterviewPanelId,
) -> Result<Vec<panel_question::Model>, StoreError> {
    let of_it = Condition::all().add(panel_question::Column::PanelId.eq(panel));
    let mut questions = session.facts::<panel_question::Entity>(of_it).await?;
    questions.sort_by_key(|question| question.ordinal);
    Ok(questions)
}

/// What the rules need to know of the people of a panel.
pub(super) async fn people(
    session: &WriteSession,
    held: &HeldPanel,
    panellists: &[panellist::Model],
) -> Result<Vec<PanellistFacts>, StoreError> {
    let declared = declared(session, held.panel.id).await?;
    let members = sitting_members(session, &held.vacancy, panellists).await?;
    let course = held.panel.required_course_id;
    let on_it: Vec<PersonId> = panellists.iter().map(|who| who.person_id).collect();
    let trained = match course {
        Some(course) => trained(session, course, &on_it, session.now().date_naive()).await?,
        None => Vec::new(),
    };
    let facts = |who: &panellist::Model| {
        let mut own = declared.iter().filter(|of| of.person_id == who.person_id);
        PanellistFacts {
            capacity: who.capacity,
            chair: who.chair,
            is_member: members.contains(&who.person_id),
            has_declared: own.clone().next().is_some(),
            is_unassessed: own.any(|of| of.assessment == Some(ConflictAssessment::Pending)),
            is_trained: course.is_none() || trained.contains(&who.person_id),
        }
    };
    Ok(panellists.iter().map(facts).collect())
}

async fn sitting_members(
    session: &WriteSession,
    vacancy: &vacancy::Model,
    panellists: &[panellist::Model],
) -> Result<Vec<PersonId>, StoreError> {
    use board_membership::Column as C;
    let Some(board) = vacancy.board_id else {
        return Ok(Vec::new());
    };
    let sitting = Condition::all()
        .add(C::BoardId.eq(board))
        .add(C::Stage.eq(MembershipStage::Active))
        .add(C::PersonId.is_in(panellists.iter().map(|who| who.person_id)));
    let sitting = session.facts::<board_membership::Entity>(sitting).await?;
    Ok(sitting.iter().map(|membership| membership.person_id).collect())
}

/// Those of some people whose training in a course counts on a day.
pub(in crate::domains) async fn trained(
    session: &WriteSession,
    course: TrainingCourseId,
    people: &[PersonId],
    on: NaiveDate,
) -> Result<Vec<PersonId>, StoreError> {
    use training_record::Column as C;
    let completed = Condition::all()
        .add(C::CourseId.eq(course))
        .add(C::PersonId.is_in(people.iter().copied()));
    let completed = session.facts::<training_record::Entity>(completed).await?;
    let current = completed
        .iter()
        .filter(|record| is_current(record.completed_on, record.expires_on, on));
    Ok(current.map(|record| record.person_id).collect())
}
