//! How partnerships are written. The partnership is held first, so that its members stay as the rules found them.

use async_graphql::{ID, MaybeUndefined};
use entity::id::{PartnershipId, PartnershipMemberId};
use entity::parties::organisation;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipRole, PartnershipStatus};
use entity::partnerships::{partnership, partnership_member};
use sea_orm::Set;

use super::super::persist::{Attempt, Partner, at_fields, facts_of, hold, is_current, partners};
use super::super::rules::life::{PartnerFacts, PartnershipPlan, check_dates, plan_status};
use super::super::rules::membership::plan_handover;
use super::super::rules::standing::{check_lead, check_open};
use super::mutation::{
    PartnershipActivateInput, PartnershipCloseInput, PartnershipCreateInput, PartnershipLeadHandOverInput,
    PartnershipUpdateInput,
};
use crate::domains::violation::{Violation, Violations, long_text, optional_long_text, text};
use crate::events::Event;
use crate::graphql::input::{patch, patch_nullable};
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::partnerships::{self as policy, LeadPartnership};
use crate::store::{WriteError, WriteSession};

fn event(action: &'static str, of: &partnership::Model, changed: serde_json::Value) -> Event {
    Event::new(action, "partnership", of.id)
        .changed(changed)
        .of_organisation(of.lead_organisation_id)
        .of_partnership(of.id)
}

pub(super) async fn create(change: Change<'_>, input: &PartnershipCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "leadOrganisationId";
    let lead = hold::<organisation::Entity>(session, &mut violations, field, &input.lead_organisation_id);
    let lead = lead.await?;
    let name = violations.keep(text("name", &input.name, 1..=200));
    let purpose = violations.keep(long_text("purpose", &input.purpose, 1..=5_000));
    let (starts_on, ends_on) = (input.starts_on.0, input.ends_on.map(|day| day.0));
    violations.keep(check_dates(starts_on, ends_on));
    let Some(lead) = lead else {
        return Err(refused(violations));
    };
    let permit = policy::create_partnership(change.viewer, lead)?;
    violations.keep(check_lead(permit.model().status));
    violations.into_result()?;

    let row = partnership::ActiveModel {
        id: Set(PartnershipId::new()),
        name: Set(name.unwrap_or_default()),
        purpose: Set(purpose.unwrap_or_default()),
        status: Set(PartnershipStatus::Forming),
        starts_on: Set(starts_on),
        ends_on: Set(ends_on),
        lead_organisation_id: Set(permit.model().id),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, partnership::Model>(None, &row);
    let partnership = session.insert(&permit, row).await?;
    let row = partnership_member::ActiveModel {
        id: Set(PartnershipMemberId::new()),
        partnership_id: Set(partnership.id),
        organisation_id: Set(partnership.lead_organisation_id),
        role: Set(PartnershipRole::Lead),
        status: Set(PartnershipMemberStatus::Active),
        invited_at: Set(session.now()),
        joined_on: Set(Some(session.now().date_naive())),
        left_on: Set(None),
        ..Default::default()
    };
    let joined = WriteSession::changed::<_, partnership_member::Model>(None, &row);
    let member = session.insert(&permit, row).await?;
    let events = vec![
        event("partnership.create", &partnership, changed),
        Event::new("partnership_member.join", "partnership_member", member.id)
            .changed(joined)
            .of_organisation(member.organisation_id)
            .of_partnership(partnership.id),
    ];
    Ok(session.record_all(events, partnership.id.0))
}

/// The lead's permit for a partnership, which is held and as the client knows it; otherwise notes that there is none.
async fn led(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
    expected_version: i32,
) -> Attempt<Option<Permit<LeadPartnership, partnership::Model>>> {
    let Some(partnership) = hold::<partnership::Entity>(change.session, violations, "id", id).await? else {
        return Ok(None);
    };
    let permit = policy::lead_partnership(change.viewer, partnership)?;
    is_current(permit.model().version, expected_version)?;
    Ok(Some(permit))
}

pub(super) async fn update(change: Change<'_>, input: &PartnershipUpdateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let permit = led(change, &mut violations, &input.id, input.expected_version).await?;
    let name = input.name.as_deref().map(|name| text("name", name, 1..=200));
    let name = violations.keep(name.transpose());
    let purpose = input
        .purpose
        .as_deref()
        .map(|purpose| long_text("purpose", purpose, 1..=5_000));
    let purpose = violations.keep(purpose.transpose());
    let before = permit.as_ref().map(Permit::model);
    let starts_on = input.starts_on.map(|day| day.0);
    let ends_on = match input.ends_on {
        MaybeUndefined::Undefined => before.and_then(|before| before.ends_on),
        MaybeUndefined::Null => None,
        MaybeUndefined::Value(day) => Some(day.0),
    };
    if let Some(starts_on) = starts_on.or(before.map(|before| before.starts_on)) {
        violations.keep(check_dates(starts_on, ends_on));
    }
    let Some(permit) = permit else {
        return Err(refused(violations));
    };
    violations.keep(check_open(permit.model().status, "id"));
    violations.into_result()?;

    let row = partnership::ActiveModel {
        name: patch(name.flatten(), std::convert::identity),
        purpose: patch(purpose.flatten(), std::convert::identity),
        starts_on: patch(input.starts_on, |day| day.0),
        ends_on: patch_nullable(input.ends_on, |day| day.0),
        ..Default::default()
    };
    save(change, &permit, "partnership.update", row, None).await
}

async fn save(
    change: Change<'_>,
    permit: &Permit<LeadPartnership, partnership::Model>,
    action: &'static str,
    row: partnership::ActiveModel,
    reason: Option<String>,
) -> ChangeResult {
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let partnership = change.session.update(permit, permit.model().version, row).await?;
    let event = event(action, &partnership, changed).because(reason);
    Ok(change.session.record(event, partnership.id.0))
}

pub(super) async fn activate(change: Change<'_>, input: &PartnershipActivateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let permit = led(change, &mut violations, &input.id, input.expected_version).await?;
    let Some(permit) = permit else {
        return Err(refused(violations));
    };
    let members = partners(change.session, permit.model().id).await?;
    // The organisations, too, stay as the rule finds them; in one order, so that nobody waits in a circle.
    let mut organisations: Vec<_> = members
        .iter()
        .map(|partner| partner.member.organisation_id)
        .collect();
    organisations.sort_unstable();
    for organisation in organisations {
        change.session.lock::<organisation::Entity>(organisation).await?;
    }
    let members = partners(change.session, permit.model().id).await?;
    let plan = plan(change, &permit, PartnershipStatus::Active, &members)?;
    change_status(change, &permit, plan, None).await
}

pub(super) async fn close(change: Change<'_>, input: &PartnershipCloseInput) -> ChangeResult {
    let mut violations = Violations::default();
    let permit = led(change, &mut violations, &input.id, input.expected_version).await?;
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    let Some(permit) = permit else {
        return Err(refused(violations));
    };
    let plan = violations.keep_all(plan(change, &permit, PartnershipStatus::Closed, &[]));
    let Some(plan) = violations.into_result_with(plan)? else {
        return Err(WriteError::Stale);
    };
    change_status(change, &permit, plan, reason.flatten()).await
}

fn plan(
    change: Change<'_>,
    permit: &Permit<LeadPartnership, partnership::Model>,
    to: PartnershipStatus,
    members: &[Partner],
) -> Result<PartnershipPlan, Vec<Violation>> {
    let before = permit.model();
    let days = (before.starts_on, before.ends_on);
    let today = change.session.now().date_naive();
    plan_status(before.status, to, days, &facts_of(members), today)
        .map_err(|found| at_fields(&[("status", "id"), ("endsOn", "id")], found))
}

async fn change_status(
    change: Change<'_>,
    permit: &Permit<LeadPartnership, partnership::Model>,
    plan: PartnershipPlan,
    reason: Option<String>,
) -> ChangeResult {
    let row = partnership::ActiveModel {
        status: Set(plan.status),
        ends_on: Set(plan.ends_on),
        ..Default::default()
    };
    let action = match plan.status {
        PartnershipStatus::Closed => "partnership.close",
        _ => "partnership.activate",
    };
    save(change, permit, action, row, reason).await
}

pub(super) async fn hand_over(change: Change<'_>, input: &PartnershipLeadHandOverInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let permit = led(change, &mut violations, &input.id, input.expected_version).await?;
    let field = "newLeadOrganisationId";
    let heir = seen::<organisation::Entity>(session, &mut violations, field, &input.new_lead_organisation_id);
    let heir = heir.await?;
    let (Some(permit), Some(heir)) = (permit, heir) else {
        return Err(refused(violations));
    };
    let members = partners(session, permit.model().id).await?;
    let member_of = |id| {
        members
            .iter()
            .find(|partner| partner.member.organisation_id == id)
    };
    let stranger = PartnerFacts {
        organisation_id: heir.id,
        kind: heir.kind,
        organisation_status: heir.status,
        status: PartnershipMemberStatus::Left,
    };
    let former = member_of(permit.model().lead_organisation_id);
    let next = member_of(heir.id);
    let facts = |partner: Option<&Partner>| partner.map_or(stranger, |partner| partner.facts);
    let plan = plan_handover(
        &facts(former),
        input.former_lead_role.0,
        &facts(next),
        permit.model().status,
    )?;
    let row = partnership::ActiveModel {
        lead_organisation_id: Set(heir.id),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let partnership = session.update(&permit, permit.model().version, row).await?;
    let mut events = vec![event("partnership.hand_over_lead", &partnership, changed)];
    for (partner, role) in [(former, plan.former_lead), (next, plan.new_lead)] {
        let Some(partner) = partner else { continue };
        let permit = policy::hand_over_lead(&permit, partner.member.clone())?;
        let row = partnership_member::ActiveModel {
            role: Set(role),
            ..Default::default()
        };
        let changed = WriteSession::changed(Some(permit.model()), &row);
        let member = session.update(&permit, permit.model().version, row).await?;
        events.push(
            Event::new("partnership_member.change_role", "partnership_member", member.id)
                .changed(changed)
                .of_organisation(member.organisation_id)
                .of_partnership(partnership.id),
        );
    }
    Ok(session.record_all(events, partnership.id.0))
}
