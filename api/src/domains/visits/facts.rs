//! What the rules of visits ask the database. Everything about a visit happens one after the other: each change holds the visit
//! first, and looks at everything else after that.

use std::collections::BTreeSet;

use async_graphql::ID;
use entity::id::{MonitoringVisitId, OrganisationId, OutcomeFrameworkId, PersonId};
use entity::outcomes::{outcome, outcome_descriptor};
use entity::panels::conflict_declaration;
use entity::panels::kinds::ConflictAssessment;
use entity::parties::{affiliation, service};
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};
use sea_orm::ColumnTrait;
use sea_orm::prelude::{Date, Uuid};
use sea_orm::sea_query::Condition;

use super::rules::report::Rated;
use super::rules::reviewers::{ReviewerFacts, lasts_on, makes_partial};
use super::rules::states::Comment;
use crate::domains::panels::facts::trained;
use crate::domains::violation::Violations;
use crate::events::Event;
use crate::graphql::Refused;
use crate::graphql::patch::seen;
use crate::store::{StoreError, WriteError, WriteSession};

/// Something happened to something of a visit.
pub(super) fn event(
    (action, entity): (&'static str, &'static str),
    id: impl Into<Uuid>,
    visit: &monitoring_visit::Model,
) -> Event {
    Event::new(action, entity, id).of_organisation(visit.responsible_organisation_id)
}

/// The visit with an id, if the viewer may see it, held until the change is over; otherwise notes that there is none.
pub(in crate::domains) async fn seen_visit(
    session: &WriteSession,
    violations: &mut Violations,
    field: &str,
    id: &ID,
) -> Result<Option<monitoring_visit::Model>, StoreError> {
    let Some(before) = seen::<monitoring_visit::Entity>(session, violations, field, id).await? else {
        return Ok(None);
    };
    session.lock::<monitoring_visit::Entity>(before.id).await?;
    // As it is now that nobody else changes it; and still only if the viewer may see it.
    seen::<monitoring_visit::Entity>(session, violations, field, id).await
}

/// The visit of a row that was found in scope, held until the change is over.
pub(in crate::domains) async fn visit_of(
    session: &WriteSession,
    id: MonitoringVisitId,
) -> Result<monitoring_visit::Model, WriteError<Refused>> {
    session.lock::<monitoring_visit::Entity>(id).await?;
    let this = Condition::all().add(monitoring_visit::Column::Id.eq(id));
    let found = session.facts::<monitoring_visit::Entity>(this).await?.pop();
    found.ok_or(WriteError::Stale)
}

/// The service that is visited.
pub(super) async fn service_of(
    session: &WriteSession,
    visit: &monitoring_visit::Model,
) -> Result<service::Model, WriteError<Refused>> {
    let this = Condition::all().add(service::Column::Id.eq(visit.service_id));
    let found = session.facts::<service::Entity>(this).await?.pop();
    found.ok_or(WriteError::Stale)
}

/// Who goes on a visit.
pub(super) async fn reviewers(
    session: &WriteSession,
    visit: MonitoringVisitId,
) -> Result<Vec<peer_reviewer::Model>, StoreError> {
    let of_it = Condition::all().add(peer_reviewer::Column::VisitId.eq(visit));
    session.facts::<peer_reviewer::Entity>(of_it).await
}

/// What was declared about a visit.
pub(in crate::domains) async fn declared(
    session: &WriteSession,
    visit: MonitoringVisitId,
) -> Result<Vec<conflict_declaration::Model>, StoreError> {
    let about_it = Condition::all().add(conflict_declaration::Column::MonitoringVisitId.eq(visit));
    session.facts::<conflict_declaration::Entity>(about_it).await
}

/// Those of some people whom something ties to the provider on a day.
async fn tied(
    session: &WriteSession,
    provider: OrganisationId,
    people: &[PersonId],
    on: Date,
) -> Result<BTreeSet<Uuid>, StoreError> {
    use affiliation::Column as C;
    let theirs = Condition::all()
        .add(C::OrganisationId.eq(provider))
        .add(C::PersonId.is_in(people.iter().copied()));
    let ties = session.facts::<affiliation::Entity>(theirs).await?;
    let binding =
        |tie: &&affiliation::Model| makes_partial(tie.kind) && lasts_on(on, (tie.from_on, tie.to_on));
    Ok(ties.iter().filter(binding).map(|tie| tie.person_id.0).collect())
}

/// What the rules need to know of the reviewers of a visit on its day.
pub(super) async fn people(
    session: &WriteSession,
    visit: &monitoring_visit::Model,
    on: Date,
) -> Result<Vec<ReviewerFacts>, WriteError<Refused>> {
    let reviewers = reviewers(session, visit.id).await?;
    let ids: Vec<PersonId> = reviewers.iter().map(|who| who.person_id).collect();
    let provider = service_of(session, visit).await?.provider_organisation_id;
    let declared = declared(session, visit.id).await?;
    let trained = trained(session, visit.required_course_id, &ids, on).await?;
    let tied = tied(session, provider, &ids, on).await?;
    let facts = |who: &peer_reviewer::Model| {
        let mut own = declared.iter().filter(|of| of.person_id == who.person_id);
        let is_any = |what| own.clone().any(|of| of.assessment == Some(what));
        ReviewerFacts {
            lead: who.lead,
            is_trained: trained.contains(&who.person_id),
            is_unassessed: is_any(ConflictAssessment::Pending),
            is_recused: is_any(ConflictAssessment::Recuse),
            is_mitigated: is_any(ConflictAssessment::Mitigate),
            is_tied: tied.contains(&who.person_id.0),
            has_declared: own.next().is_some(),
        }
    };
    Ok(reviewers.iter().map(facts).collect())
}

/// The outcomes of a framework with the levels that are described, and how a visit rates them.
pub(super) async fn rated(
    session: &WriteSession,
    framework: OutcomeFrameworkId,
    ratings: &[visit_rating::Model],
) -> Result<Vec<Rated>, StoreError> {
    let of_it = Condition::all().add(outcome::Column::FrameworkId.eq(framework));
    let mut outcomes = session.facts::<outcome::Entity>(of_it).await?;
    outcomes.sort_by_key(|of| of.ordinal);
    let theirs = outcome_descriptor::Column::OutcomeId.is_in(outcomes.iter().map(|of| of.id));
    let theirs = Condition::all().add(theirs);
    let descriptors = session.facts::<outcome_descriptor::Entity>(theirs).await?;
    let one = |of: outcome::Model| Rated {
        described: descriptors
            .iter()
            .filter(|text| text.outcome_id == of.id)
            .map(|text| text.level)
            .collect(),
        level: ratings
            .iter()
            .find(|rating| rating.outcome_id == of.id)
            .map(|rating| rating.level),
        outcome: of.id,
        code: of.code,
    };
    Ok(outcomes.into_iter().map(one).collect())
}

/// The ratings of a visit.
pub(super) async fn ratings(
    session: &WriteSession,
    visit: MonitoringVisitId,
) -> Result<Vec<visit_rating::Model>, StoreError> {
    let of_it = Condition::all().add(visit_rating::Column::VisitId.eq(visit));
    session.facts::<visit_rating::Entity>(of_it).await
}

/// What a comment, and a publication, depend on.
pub(super) fn comment(session: &WriteSession, visit: &monitoring_visit::Model) -> Comment {
    Comment {
        status: visit.status,
        due_at: visit.comment_due_at,
        is_there: visit.provider_commented_at.is_some(),
        now: session.now(),
    }
}
