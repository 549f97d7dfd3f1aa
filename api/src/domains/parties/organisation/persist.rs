//! How organisations are registered and changed.

use entity::id::{OrganisationId, RoleGrantId, UserId};
use entity::parties::kinds::{OrganisationStatus, Role, ScopeType};
use entity::parties::{organisation, organisation_identifier, role_grant};
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue, ColumnTrait, Set};

use super::mutation::{OrganisationCreateInput, OrganisationUpdateInput};
use crate::domains::parties::identifier::persist::{Code, check_organisation_code};
use crate::domains::parties::rules::organisation::{check_parent, check_successor};
use crate::domains::violation::{Violation, Violations, days_in_order, optional_long_text, text};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, patch};
use crate::policy::areas::organisations as policy;
use crate::store::{StoreError, WriteSession};

/// How far a line of parents or successors is followed: further than any body of health or social care reaches.
const LONGEST_LINE: usize = 32;

fn name(raw: &str) -> Result<String, Violation> {
    text("name", raw, 1..=200)
}

fn summary(raw: Option<&str>) -> Result<Option<String>, Violation> {
    optional_long_text("summary", raw, 2_000)
}

pub(super) async fn create(change: Change<'_>, input: &OrganisationCreateInput) -> ChangeResult {
    let permit = policy::create_organisation(change.viewer)?;
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(name(&input.name));
    let summary = violations.keep(summary(input.summary.as_deref()));
    let parent = patch::seen_if_named::<organisation::Entity>(
        session,
        &mut violations,
        "parentId",
        input.parent_id.as_ref(),
    )
    .await?;
    let code = input.identifier.as_ref().map(|given| Code {
        scheme: given.scheme.0,
        value: &given.value,
        valid_from: given.valid_from,
        valid_to: None,
    });
    let mut value = None;
    if let Some(code) = &code {
        let within = |violation: Violation| violation.within("identifier");
        let checked = check_organisation_code(session, code).await?;
        value = violations
            .keep_all(checked.map_err(|wrong| wrong.into_iter().map(within).collect::<Vec<Violation>>()));
    }
    violations.into_result()?;

    let organisation = organisation::ActiveModel {
        id: Set(OrganisationId::new()),
        name: Set(name.unwrap_or_default()),
        kind: Set(input.kind.0),
        nation: Set(input.nation.0),
        status: Set(OrganisationStatus::Pending),
        parent_id: Set(parent.map(|parent| parent.id)),
        opened_on: Set(input.opened_on.map(|day| day.0)),
        summary: Set(summary.flatten()),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, organisation::Model>(None, &organisation);
    let organisation = session.insert(&permit, organisation).await?;
    let mut events = vec![
        Event::new("organisation.create", "organisation", organisation.id)
            .changed(changed)
            .of_organisation(organisation.id),
    ];
    let administrator = administrator(organisation.id, *permit.model(), session);
    let changed = WriteSession::changed::<_, role_grant::Model>(None, &administrator);
    let administrator = session.insert(&permit, administrator).await?;
    events.push(
        Event::new("role_grant.create", "role_grant", administrator.id)
            .changed(changed)
            .of_organisation(organisation.id),
    );
    if let (Some(code), Some(value)) = (code, value) {
        let row = code.of_organisation(organisation.id, value);
        let changed = WriteSession::changed::<_, organisation_identifier::Model>(None, &row);
        let identifier = session.insert(&permit, row).await?;
        events.push(
            Event::new(
                "organisation_identifier.add",
                "organisation_identifier",
                identifier.id,
            )
            .changed(changed)
            .of_organisation(organisation.id),
        );
    }
    Ok(session.record_all(events, organisation.id.0))
}

/// Whoever registers an organisation administers it from now on: otherwise nobody could.
fn administrator(
    organisation: OrganisationId,
    user: UserId,
    session: &WriteSession,
) -> role_grant::ActiveModel {
    role_grant::ActiveModel {
        id: Set(RoleGrantId::new()),
        user_id: Set(Some(user)),
        role: Set(Role::OrganisationAdmin),
        scope_type: Set(ScopeType::Organisation),
        organisation_id: Set(Some(organisation)),
        valid_from: Set(session.now()),
        reason: Set(Some("Registered the organisation.".into())),
        ..Default::default()
    }
}

pub(super) async fn update(change: Change<'_>, input: &OrganisationUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(organisation) =
        patch::seen::<organisation::Entity>(session, &mut violations, "id", &input.id).await?
    else {
        // Without the object there is still all that is wrong with the input.
        read(session, &mut violations, input).await?;
        return Err(patch::refused(violations));
    };
    let permit = policy::update_organisation(change.viewer, organisation)?;
    let before = permit.model();
    patch::fresh(input.expected_version, before.version)?;
    let row = read(session, &mut violations, input).await?;
    violations.keep(days_in_order(
        ("openedOn", patch::after(&row.opened_on, before.opened_on)),
        ("closedOn", before.closed_on),
    ));
    if let ActiveValue::Set(Some(parent)) = row.parent_id {
        let line = line_from(session, parent, |organisation| organisation.parent_id).await?;
        violations.keep_all(check_parent(before.id, &line));
    }
    if let ActiveValue::Set(Some(successor)) = row.successor_id {
        let line = successors_from(session, successor).await?;
        violations.keep_all(check_successor(before, &line));
    }
    violations.into_result()?;

    let changed = WriteSession::changed(Some(before), &row);
    let organisation = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("organisation.update", "organisation", organisation.id)
        .changed(changed)
        .of_organisation(organisation.id);
    Ok(session.record(event, organisation.id.0))
}

/// What the input says, as far as it stands by itself.
async fn read(
    session: &WriteSession,
    violations: &mut Violations,
    input: &OrganisationUpdateInput,
) -> Result<organisation::ActiveModel, StoreError> {
    let parent = input.parent_id.value();
    let parent =
        patch::seen_if_named::<organisation::Entity>(session, violations, "parentId", parent).await?;
    let successor = input.successor_id.value();
    let successor =
        patch::seen_if_named::<organisation::Entity>(session, violations, "successorId", successor).await?;
    Ok(organisation::ActiveModel {
        name: patch::required(violations, "name", &input.name, |raw| name(raw)),
        kind: patch::required(violations, "kind", &input.kind, |kind| Ok(kind.0)),
        nation: patch::required(violations, "nation", &input.nation, |nation| Ok(nation.0)),
        summary: patch::optional(violations, &input.summary, |raw| summary(Some(raw))),
        opened_on: patch::optional(violations, &input.opened_on, |day| Ok(Some(day.0))),
        parent_id: patch::pointer(&input.parent_id, parent.as_ref(), |parent| parent.id),
        successor_id: patch::pointer(&input.successor_id, successor.as_ref(), |successor| successor.id),
        ..Default::default()
    })
}

/// The organisation that took over, the one that took over from it, and so on.
pub(super) async fn successors_from(
    session: &WriteSession,
    first: OrganisationId,
) -> Result<Vec<OrganisationId>, StoreError> {
    line_from(session, first, |organisation| organisation.successor_id).await
}

/// An organisation, the one it leads to, and so on; each is held, so that no other change bends the line meanwhile.
async fn line_from(
    session: &WriteSession,
    first: OrganisationId,
    next: impl Fn(&organisation::Model) -> Option<OrganisationId> + Send,
) -> Result<Vec<OrganisationId>, StoreError> {
    let mut line = Vec::new();
    let mut place = Some(first);
    while let Some(id) = place
        && !line.contains(&id)
        && line.len() < LONGEST_LINE
    {
        line.push(id);
        session.lock::<organisation::Entity>(id).await?;
        let this = Condition::all().add(organisation::Column::Id.eq(id));
        place = session
            .facts::<organisation::Entity>(this)
            .await?
            .first()
            .and_then(&next);
    }
    Ok(line)
}
