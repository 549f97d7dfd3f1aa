//! How reviewers are written.

use async_graphql::ID;
use entity::id::PeerReviewerId;
use entity::parties::person;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer};
use sea_orm::Set;

use super::mutation::{PeerReviewerAddInput, PeerReviewerMakeLeadInput, PeerReviewerRemoveInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::settings::count;
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::domains::visits::facts::{event, reviewers, seen_visit, visit_of};
use crate::domains::visits::rules::reviewers::check_removal;
use crate::domains::visits::rules::states::{AT_WORK, IN_PREPARATION, check_state};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::visits as policy;
use crate::store::{WriteError, WriteSession};

const TABLE: &str = "peer_reviewer";

pub(super) async fn add(
    change: Change<'_>,
    Written { input, limits }: &Written<PeerReviewerAddInput>,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let person = seen::<person::Entity>(session, &mut violations, "personId", &input.person_id).await?;
    let found = seen_visit(session, &mut violations, "visitId", &input.visit_id).await?;
    let (Some(found), Some(person)) = (found, person) else {
        return Err(refused(violations));
    };
    let permit = policy::organise_visit(session, found).await??;
    let visit = permit.model();
    let what = "Reviewers are added";
    violations.keep(check_state("visitId", what, visit.status, IN_PREPARATION));
    let others = reviewers(session, visit.id).await?;
    let is_there = others.iter().any(|who| who.person_id == person.id);
    violations.check(!is_there, Code::AlreadyExists, "personId", || {
        "This person is among the reviewers already.".to_owned()
    });
    violations.check(person.anonymised_at.is_none(), Code::Inactive, "personId", || {
        "This person's details were erased, so they cannot take part any more.".to_owned()
    });
    let is_led = others.iter().any(|who| who.lead);
    violations.check(!(input.lead && is_led), Code::AlreadyExists, "lead", || {
        "Somebody leads this visit. Add them without, and make them lead after that.".to_owned()
    });
    let fits = others.len() < count(limits.most_reviewers);
    violations.check(fits, Code::LimitExceeded, "visitId", || {
        format!("It has {} reviewers, which is the most.", limits.most_reviewers)
    });
    violations.into_result()?;
    let row = peer_reviewer::ActiveModel {
        id: Set(PeerReviewerId::new()),
        visit_id: Set(visit.id),
        person_id: Set(person.id),
        lead: Set(input.lead),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, peer_reviewer::Model>(None, &row);
    let reviewer: peer_reviewer::Model = session.insert(&permit, row).await?;
    let event = event(("peer_reviewer.add", TABLE), reviewer.id, visit).changed(changed);
    Ok(session.record(event, reviewer.id.0))
}

/// A reviewer whom the viewer may see, as they are now that nobody else changes the visit.
async fn held(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<(peer_reviewer::Model, monitoring_visit::Model)>, WriteError<Refused>> {
    let Some(before) = seen::<peer_reviewer::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    let visit = visit_of(session, before.visit_id).await?;
    let reviewer = seen::<peer_reviewer::Entity>(session, violations, "id", id).await?;
    Ok(reviewer.map(|reviewer| (reviewer, visit)))
}

pub(super) async fn make_lead(change: Change<'_>, input: &PeerReviewerMakeLeadInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((reviewer, visit)) = held(session, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let organises = policy::organise_visit(session, visit).await??;
    let visit = organises.model();
    let permit = policy::change_reviewer(&organises, reviewer)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state("id", "Its lead is chosen", visit.status, AT_WORK));
    violations.check(!before.lead, Code::AlreadyExists, "id", || {
        "This reviewer leads the visit already.".to_owned()
    });
    violations.into_result()?;
    let mut events = Vec::new();
    for other in reviewers(session, visit.id).await? {
        if other.lead {
            let last = policy::change_reviewer(&organises, other)?;
            let row = peer_reviewer::ActiveModel {
                lead: Set(false),
                ..Default::default()
            };
            let changed = WriteSession::changed(Some(last.model()), &row);
            let last = session.update(&last, last.model().version, row).await?;
            events.push(event(("peer_reviewer.stop_leading", TABLE), last.id, visit).changed(changed));
        }
    }
    let row = peer_reviewer::ActiveModel {
        lead: Set(true),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let lead = session.update(&permit, before.version, row).await?;
    events.push(event(("peer_reviewer.make_lead", TABLE), lead.id, visit).changed(changed));
    Ok(session.record_all(events, lead.id.0))
}

pub(super) async fn remove(change: Change<'_>, input: &PeerReviewerRemoveInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some((reviewer, visit)) = held(session, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = if let Ok(own) = policy::leave_visit(change.viewer, reviewer.clone()) {
        own
    } else {
        let organises = policy::organise_visit(session, visit.clone()).await??;
        policy::change_reviewer(&organises, reviewer)?
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_state(
        "id",
        "Reviewers are taken off",
        visit.status,
        AT_WORK,
    ));
    let took_place = visit.status != VisitStatus::Planned;
    violations.keep(check_removal(took_place, before.lead));
    violations.into_result()?;
    let event = event(("peer_reviewer.remove", TABLE), before.id, &visit);
    session
        .delete::<_, _, Refused>(&permit, input.expected_version)
        .await?;
    Ok(session.record(event, before.id.0))
}
