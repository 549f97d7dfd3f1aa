//! How partnerships are written. The partnership is held first, so that its members stay as the rules found them.

use entity::id::{PartnershipId, PartnershipMemberId};
use entity::parties::organisation;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipRole, PartnershipStatus};
use entity::partnerships::{partnership, partnership_member};
use sea_orm::Set;
use sea_orm::prelude::Uuid;

use super::super::persist::{Attempt, Partner, at_fields, facts_of, hold, is_current, keep_id, partners};
use super::super::rules::life::{PartnerFacts, check_dates, plan_status};
use super::super::rules::membership::plan_handover;
use super::super::rules::standing::{check_lead, check_open};
use super::mutation::{
    PartnershipActivateInput, PartnershipCloseInput, PartnershipCreateInput, PartnershipLeadHandOverInput,
    PartnershipUpdateInput,
};
use crate::domains::violation::{Violations, long_text, optional_long_text, text};
use crate::events::Event;
use crate::graphql::input::{patch, patch_nullable};
use crate::graphql::{Change, ChangeResult, Refusal};
use crate::policy::Permit;
use crate::policy::areas::partnerships::{self as policy, LeadPartnership};
use crate::store::WriteSession;

fn event(action: &'static str, of: &partnership::Model, changed: serde_json::Value) -> Event {
    Event::new(action, "partnership", of.id)
        .changed(changed)
        .of_organisation(of.lead_organisation_id)
        .of_partnership(of.id)
}

pub(super) async fn create(change: Change<'_>, input: &PartnershipCreateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let lead =
        keep_id::<organisation::Entity>(&mut violations, "leadOrganisationId", &input.lead_organisation_id);
    let name = violations.keep(text("name", &input.name, 1..=200));
    let purpose = violations.keep(long_text("purpose", &input.purpose, 1..=5_000));
    let (starts_on, ends_on) = (input.starts_on.0, input.ends_on.map(|day| day.0));
    violations.keep(check_dates(starts_on, ends_on));
    violations.into_result()?;

    let session = change.session;
    let lead = hold::<organisation::Entity>(session, "leadOrganisationId", lead).await?;
    let permit = policy::create_partnership(change.viewer, lead)?;
    check_lead(permit.model().status)?;
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
    Ok(session.record_all(events, partnership.id.0).await?)
}

/// The partnership, held, with the lead's permit, as the client knows it.
async fn led(
    change: Change<'_>,
    id: Uuid,
    expected_version: i32,
) -> Attempt<Permit<LeadPartnership, partnership::Model>> {
    let partnership = hold::<partnership::Entity>(change.session, "id", id).await?;
    let permit = policy::lead_partnership(change.viewer, partnership)?;
    is_current(permit.model().version, expected_version)?;
    Ok(permit)
}

pub(super) async fn update(change: Change<'_>, input: &PartnershipUpdateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<partnership::Entity>(&mut violations, "id", &input.id);
    let name = input.name.as_deref().map(|name| text("name", name, 1..=200));
    let name = violations.keep(name.transpose());
    let purpose = input
        .purpose
        .as_deref()
        .map(|purpose| long_text("purpose", purpose, 1..=5_000));
    let purpose = violations.keep(purpose.transpose());
    if let Some(starts_on) = input.starts_on {
        violations.keep(check_dates(starts_on.0, input.ends_on.value().map(|day| day.0)));
    }
    violations.into_result()?;

    let permit = led(change, id, input.expected_version).await?;
    let before = permit.model();
    let mut violations = Violations::default();
    violations.keep(check_open(before.status, "id"));
    let ends_on = input
        .ends_on
        .as_opt_ref()
        .map_or(before.ends_on, |ends_on| ends_on.map(|day| day.0));
    violations.keep(check_dates(
        input.starts_on.map_or(before.starts_on, |day| day.0),
        ends_on,
    ));
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
    Ok(change.session.record(event, partnership.id.0).await?)
}

pub(super) async fn activate(change: Change<'_>, input: &PartnershipActivateInput) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<partnership::Entity>(&mut violations, "id", &input.id);
    violations.into_result()?;
    let permit = led(change, id, input.expected_version).await?;
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
    change_status(change, &permit, PartnershipStatus::Active, &members, None).await
}

pub(super) async fn close(change: Change<'_>, input: &PartnershipCloseInput) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<partnership::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    violations.into_result()?;
    let permit = led(change, id, input.expected_version).await?;
    change_status(change, &permit, PartnershipStatus::Closed, &[], reason.flatten()).await
}

async fn change_status(
    change: Change<'_>,
    permit: &Permit<LeadPartnership, partnership::Model>,
    to: PartnershipStatus,
    members: &[Partner],
    reason: Option<String>,
) -> ChangeResult {
    let before = permit.model();
    let days = (before.starts_on, before.ends_on);
    let today = change.session.now().date_naive();
    let plan = plan_status(before.status, to, days, &facts_of(members), today)
        .map_err(|found| at_fields(&[("status", "id"), ("endsOn", "id")], found))?;
    let row = partnership::ActiveModel {
        status: Set(plan.status),
        ends_on: Set(plan.ends_on),
        ..Default::default()
    };
    let action = match to {
        PartnershipStatus::Closed => "partnership.close",
        _ => "partnership.activate",
    };
    save(change, permit, action, row, reason).await
}

pub(super) async fn hand_over(change: Change<'_>, input: &PartnershipLeadHandOverInput) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<partnership::Entity>(&mut violations, "id", &input.id);
    let field = "newLeadOrganisationId";
    let heir = keep_id::<organisation::Entity>(&mut violations, field, &input.new_lead_organisation_id);
    violations.into_result()?;

    let session = change.session;
    let permit = led(change, id, input.expected_version).await?;
    let Some(heir) = session.visible::<organisation::Entity>(heir).await? else {
        return Err(Refusal::not_found(field).into());
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
    Ok(session.record_all(events, partnership.id.0).await?)
}
