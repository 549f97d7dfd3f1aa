//! How hosts are written.

use async_graphql::ID;
use entity::gatherings::event_host;
use entity::gatherings::kinds::EventHostStatus;
use entity::id::EventHostId;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use sea_orm::Set;

use super::mutation::EventHostInviteInput;
use crate::domains::gatherings::event::{Limited, run};
use crate::domains::gatherings::hold::{happened, hold, hosts};
use crate::domains::gatherings::rules::events::check_to_come;
use crate::domains::gatherings::rules::hosts::{check_answer, check_invitation};
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::graphql::patch::{fresh, refused, seen};
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::gatherings as policy;
use crate::store::WriteSession;

const TABLE: &str = "event_host";

pub(super) async fn invite(change: Change<'_>, limited: &Limited<EventHostInviteInput>) -> ChangeResult {
    let session = change.session;
    let Limited { input, limits } = limited;
    let mut violations = Violations::default();
    let field = "organisationId";
    let asked = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let permit = run(change, &mut violations, ("eventId", &input.event_id)).await?;
    let (Some(permit), Some(asked)) = (permit, asked) else {
        return Err(refused(violations));
    };
    let event = permit.model();
    violations.keep(check_to_come(event, session.now(), "eventId"));
    violations.check(
        asked.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. Only an active organisation hosts events.",
                asked.status
            )
        },
    );
    let all = hosts(session, event.id).await?;
    let part = all.iter().find(|host| host.organisation_id == asked.id).cloned();
    violations.keep(check_invitation(part.as_ref().map(|part| part.status)));
    let is_room = u32::try_from(all.len()).is_ok_and(|asked| asked < limits.most_hosts);
    violations.check(is_room || part.is_some(), Code::LimitExceeded, "eventId", || {
        format!(
            "{} organisations were asked to host this event, which is the most.",
            all.len()
        )
    });
    violations.into_result()?;

    let row = event_host::ActiveModel {
        status: Set(EventHostStatus::Invited),
        invited_at: Set(session.now()),
        answered_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed(part.as_ref(), &row);
    let host: event_host::Model = if let Some(part) = part {
        let permit = policy::ask_host_again(&permit, part)?;
        let version = permit.model().version;
        session.update::<_, _, _, Refused>(&permit, version, row).await?
    } else {
        let row = event_host::ActiveModel {
            id: Set(EventHostId::new()),
            event_id: Set(event.id),
            organisation_id: Set(asked.id),
            ..row
        };
        session.insert(&permit, row).await?
    };
    let asked = happened(("event_host.invite", TABLE), host.id, &all).changed(changed);
    Ok(session.record(asked, host.id.0))
}

/// What an organisation answers, or that it leaves.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub id: &'a ID,
    pub expected_version: i32,
    /// The name of the event.
    pub action: &'static str,
    pub to: EventHostStatus,
}

pub(super) async fn answer(change: Change<'_>, wanted: Answer<'_>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(found) = seen::<event_host::Entity>(session, &mut violations, "id", wanted.id).await? else {
        return Err(refused(violations));
    };
    let event = hold(session, found.event_id).await?;
    let all = hosts(session, event.id).await?;
    // As it is now that nobody else changes it.
    let Some(now) = all.iter().find(|host| host.id == found.id) else {
        return Err(refused(violations));
    };
    let permit = policy::answer_as_host(change.viewer, now.clone())?;
    let before = permit.model();
    fresh(wanted.expected_version, before.version)?;
    let is_other =
        |host: &&event_host::Model| host.id != before.id && host.status == EventHostStatus::Accepted;
    let others = all.iter().filter(is_other).count();
    violations.keep_all(check_answer(before.status, wanted.to, others));
    violations.keep(check_to_come(&event, session.now(), "id"));
    violations.into_result()?;
    let row = event_host::ActiveModel {
        status: Set(wanted.to),
        answered_at: Set(Some(session.now())),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let host: event_host::Model = session
        .update::<_, _, _, Refused>(&permit, before.version, row)
        .await?;
    let answered = happened((wanted.action, TABLE), host.id, &all).changed(changed);
    Ok(session.record(answered, host.id.0))
}
