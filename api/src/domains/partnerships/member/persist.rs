//! How memberships are written. The partnership is held first: what its members do depends on each other.

use async_graphql::ID;
use entity::id::PartnershipMemberId;
use entity::parties::organisation;
use entity::partnerships::kinds::PartnershipMemberStatus::{self, Active, Invited, Left};
use entity::partnerships::{partnership, partnership_member};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::super::persist::{at_fields, form_again, hold, is_current, partners};
use super::super::rules::membership::{InvitationFacts, check_invitation, plan_move};
use super::super::rules::standing::check_way_out;
use super::mutation::{
    PartnershipMemberAcceptInput, PartnershipMemberDeclineInput, PartnershipMemberInviteInput,
    PartnershipMemberLeaveInput,
};
use crate::domains::violation::{Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult, Refusal};
use crate::policy::areas::partnerships as policy;
use crate::store::{WriteError, WriteSession};

fn event(action: &'static str, of: &partnership_member::Model, changed: serde_json::Value) -> Event {
    Event::new(action, "partnership_member", of.id)
        .changed(changed)
        .of_organisation(of.organisation_id)
        .of_partnership(of.partnership_id)
}

pub(super) async fn invite(change: Change<'_>, input: &PartnershipMemberInviteInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "partnershipId";
    let partnership = hold::<partnership::Entity>(session, &mut violations, field, &input.partnership_id);
    let partnership = partnership.await?;
    let field = "organisationId";
    let organisation = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id);
    let organisation = organisation.await?;
    let Some(partnership) = partnership else {
        return Err(refused(violations));
    };
    let permit = policy::lead_partnership(change.viewer, partnership)?;
    let Some(organisation) = organisation else {
        return Err(refused(violations));
    };
    let members = partners(session, permit.model().id).await?;
    check_invitation(&InvitationFacts {
        partnership_status: permit.model().status,
        kind: organisation.kind,
        organisation_status: organisation.status,
        role: input.role.0,
        has_open_membership: members
            .iter()
            .any(|partner| partner.member.organisation_id == organisation.id),
    })?;
    let row = partnership_member::ActiveModel {
        id: Set(PartnershipMemberId::new()),
        partnership_id: Set(permit.model().id),
        organisation_id: Set(organisation.id),
        role: Set(input.role.0),
        status: Set(Invited),
        invited_at: Set(session.now()),
        joined_on: Set(None),
        left_on: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, partnership_member::Model>(None, &row);
    let member = session.insert(&permit, row).await?;
    let event = event("partnership_member.invite", &member, changed);
    Ok(session.record(event, member.id.0))
}

/// A step that an organisation takes for itself.
struct Step<'a> {
    id: &'a ID,
    expected_version: i32,
    from: PartnershipMemberStatus,
    to: PartnershipMemberStatus,
    action: &'static str,
    reason: Option<&'a str>,
}

pub(super) async fn accept(change: Change<'_>, input: &PartnershipMemberAcceptInput) -> ChangeResult {
    let step = Step {
        id: &input.id,
        expected_version: input.expected_version,
        from: Invited,
        to: Active,
        action: "partnership_member.accept",
        reason: None,
    };
    take(change, step).await
}

pub(super) async fn decline(change: Change<'_>, input: &PartnershipMemberDeclineInput) -> ChangeResult {
    let step = Step {
        id: &input.id,
        expected_version: input.expected_version,
        from: Invited,
        to: Left,
        action: "partnership_member.decline",
        reason: input.reason.as_deref(),
    };
    take(change, step).await
}

pub(super) async fn leave(change: Change<'_>, input: &PartnershipMemberLeaveInput) -> ChangeResult {
    let step = Step {
        id: &input.id,
        expected_version: input.expected_version,
        from: Active,
        to: Left,
        action: "partnership_member.leave",
        reason: input.reason.as_deref(),
    };
    take(change, step).await
}

async fn take(change: Change<'_>, step: Step<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations.keep(optional_long_text("reason", step.reason, 2_000));
    let Some(member) = seen::<partnership_member::Entity>(session, &mut violations, "id", step.id).await?
    else {
        return Err(refused(violations));
    };
    session.lock::<partnership::Entity>(member.partnership_id).await?;
    session
        .lock::<organisation::Entity>(member.organisation_id)
        .await?;
    let Some(member) = hold::<partnership_member::Entity>(session, &mut violations, "id", step.id).await?
    else {
        return Err(refused(violations));
    };
    let permit = policy::act_for_member(change.viewer, member)?;
    let before = permit.model();
    is_current(before.version, step.expected_version)?;
    let of = Condition::all().add(partnership::Column::Id.eq(before.partnership_id));
    let partnership = session.facts::<partnership::Entity>(of).await?.pop();
    let of = Condition::all().add(organisation::Column::Id.eq(before.organisation_id));
    let organisation = session.facts::<organisation::Entity>(of).await?.pop();
    let (Some(partnership), Some(organisation)) = (partnership, organisation) else {
        return Err(Refusal::not_found("id").into());
    };
    let leads = partnership.lead_organisation_id == before.organisation_id;
    let today = session.now().date_naive();
    let statuses = (partnership.status, organisation.status);
    let way_out = match step.to {
        Left => check_way_out(before.status, step.from).map_err(|found| vec![found]),
        _ => Ok(()),
    };
    let plan = way_out.and_then(|()| plan_move(before, step.to, leads, statuses, today));
    let names = [("status", "id"), ("organisationId", "id")];
    let plan = violations.keep_all(plan.map_err(|found| at_fields(&names, found)));
    let Some(plan) = violations.into_result_with(plan)? else {
        return Err(WriteError::Stale);
    };
    let row = partnership_member::ActiveModel {
        status: Set(plan.status),
        joined_on: Set(plan.joined_on),
        left_on: Set(plan.left_on),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let member = session.update(&permit, step.expected_version, row).await?;
    let mut events = vec![event(step.action, &member, changed).because(reason.flatten())];
    if step.to == Left {
        events.extend(form_again(session, &permit, partnership).await?);
    }
    Ok(session.record_all(events, member.id.0))
}
