//! How panellists are written.

use async_graphql::MaybeUndefined;
use entity::id::{PanellistId, PersonId, VacancyId};
use entity::panels::kinds::PanelStatus;
use entity::panels::{application, panellist};
use entity::parties::person;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{PanellistAddInput, PanellistStandDownInput, PanellistUpdateInput};
use crate::domains::panels::facts::{self, HeldPanel, event, panel_of, seen_panel};
use crate::domains::panels::rules::panels::{AT_WORK, BEFORE_SCORING, check_people, check_state};
use crate::domains::panels::scoring::follow::follow;
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::panels::{self as policy, FormPanel};
use crate::store::{StoreError, WriteSession};

async fn has_applied(
    session: &WriteSession,
    vacancy: VacancyId,
    person: PersonId,
) -> Result<bool, StoreError> {
    let own = Condition::all()
        .add(application::Column::VacancyId.eq(vacancy))
        .add(application::Column::PersonId.eq(person));
    Ok(session.count::<application::Entity>(own).await? > 0)
}

/// Somebody can have a part in a panel: they have not applied, and were not erased.
async fn check_part(
    session: &WriteSession,
    violations: &mut Violations,
    (field, person): (&str, &person::Model),
    vacancy: VacancyId,
) -> Result<(), StoreError> {
    let has_applied = has_applied(session, vacancy, person.id).await?;
    violations.check(!has_applied, Code::RuleBroken, field, || {
        "This person has applied for the vacancy, so they have no part in its panel.".to_owned()
    });
    violations.check(person.anonymised_at.is_none(), Code::Inactive, field, || {
        "This person's details were erased, so they cannot take part any more.".to_owned()
    });
    Ok(())
}

/// A supporter is somebody else than the panellists.
fn check_supporter(
    violations: &mut Violations,
    supporter: PersonId,
    scorer: PersonId,
    panellists: &[panellist::Model],
) {
    let is_on_it = supporter == scorer || panellists.iter().any(|who| who.person_id == supporter);
    violations.check(!is_on_it, Code::RuleBroken, "supporterPersonId", || {
        "A supporter is not one of the panellists: they score by themselves.".to_owned()
    });
}

pub(super) async fn add(change: Change<'_>, input: &PanellistAddInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let person = seen::<person::Entity>(session, &mut violations, "personId", &input.person_id).await?;
    let supporter = input.supporter_person_id.as_ref();
    let supporter =
        seen_if_named::<person::Entity>(session, &mut violations, "supporterPersonId", supporter).await?;
    let held = seen_panel(session, &mut violations, "panelId", &input.panel_id).await?;
    let (Some(held), Some(person)) = (held, person) else {
        return Err(refused(violations));
    };
    let permit = policy::form_panel(session, held.panel).await??;
    let panel = permit.model();
    violations.keep(check_state(
        "panelId",
        "Panellists are added",
        panel.status,
        BEFORE_SCORING,
    ));
    let of_it = Condition::all().add(panellist::Column::PanelId.eq(panel.id));
    let all = session.facts::<panellist::Entity>(of_it).await?;
    let is_there = all.iter().any(|who| who.person_id == person.id);
    violations.check(!is_there, Code::AlreadyExists, "personId", || {
        "This person is on the panel, or has stood down from it for this round.".to_owned()
    });
    let supports = all.iter().any(|who| who.supporter_person_id == Some(person.id));
    violations.check(!supports, Code::RuleBroken, "personId", || {
        "This person supports somebody on the panel, so they are not a panellist themselves.".to_owned()
    });
    check_part(session, &mut violations, ("personId", &person), held.vacancy.id).await?;
    if let Some(supporter) = &supporter {
        let field = "supporterPersonId";
        check_part(session, &mut violations, (field, supporter), held.vacancy.id).await?;
        check_supporter(&mut violations, supporter.id, person.id, &all);
    }
    violations.into_result()?;

    let row = panellist::ActiveModel {
        id: Set(PanellistId::new()),
        panel_id: Set(panel.id),
        person_id: Set(person.id),
        capacity: Set(input.capacity.0),
        chair: Set(input.chair == Some(true)),
        supporter_person_id: Set(supporter.map(|supporter| supporter.id)),
        stood_down_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, panellist::Model>(None, &row);
    let panellist = session.insert(&permit, row).await?;
    let event = event("panellist.add", "panellist", panellist.id, &held.vacancy).changed(changed);
    Ok(session.record(event, panellist.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &PanellistUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let supporter = input.supporter_person_id.value();
    let supporter =
        seen_if_named::<person::Entity>(session, &mut violations, "supporterPersonId", supporter).await?;
    let row = panellist::ActiveModel {
        capacity: patch::required(&mut violations, "capacity", &input.capacity, |capacity| {
            Ok(capacity.0)
        }),
        chair: patch::required(&mut violations, "chair", &input.chair, |chair| Ok(*chair)),
        supporter_person_id: patch::pointer(&input.supporter_person_id, supporter.as_ref(), |of| of.id),
        ..Default::default()
    };
    let Some(found) = seen::<panellist::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(held) = panel_of(session, found.panel_id).await? else {
        return Err(refused(violations));
    };
    let forms = policy::form_panel(session, held.panel.clone()).await??;
    let permit = policy::change_panellist(&forms, found)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_takes_part(&mut violations, before);
    let allowed = match input.capacity {
        MaybeUndefined::Undefined => AT_WORK,
        _ => BEFORE_SCORING,
    };
    violations.keep(check_state(
        "id",
        "This can be changed",
        held.panel.status,
        allowed,
    ));
    if let Some(supporter) = &supporter {
        let field = "supporterPersonId";
        check_part(session, &mut violations, (field, supporter), held.vacancy.id).await?;
        let others = facts::taking_part(session, held.panel.id).await?;
        check_supporter(&mut violations, supporter.id, before.person_id, &others);
    }
    if row.chair == Set(false) && held.panel.status != PanelStatus::Forming {
        let others = facts::taking_part(session, held.panel.id).await?;
        let is_led = others.iter().any(|who| who.chair && who.id != before.id);
        violations.check(is_led, Code::RuleBroken, "chair", || {
            "Somebody leads the panel. Make another panellist its chair first.".to_owned()
        });
    }
    violations.into_result()?;
    write(session, &permit, held, (row, "panellist.update"), None).await
}

/// Whoever has stood down stays so.
fn check_takes_part(violations: &mut Violations, panellist: &panellist::Model) {
    violations.check(panellist.stood_down_at.is_none(), Code::Inactive, "id", || {
        "This panellist has stood down for this round.".to_owned()
    });
}

pub(super) async fn stand_down(change: Change<'_>, input: &PanellistStandDownInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let reason = violations
        .keep(optional_long_text("reason", input.reason.as_deref(), 2_000))
        .flatten();
    let Some(found) = seen::<panellist::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(held) = panel_of(session, found.panel_id).await? else {
        return Err(refused(violations));
    };
    let permit = if let Ok(own) = policy::stand_down(change.viewer, found.clone()) {
        own
    } else {
        let forms = policy::form_panel(session, held.panel.clone()).await??;
        policy::change_panellist(&forms, found)?
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    check_takes_part(&mut violations, before);
    violations.keep(check_state(
        "id",
        "Panellists stand down",
        held.panel.status,
        AT_WORK,
    ));
    check_rest(session, &mut violations, &held, before).await?;
    violations.into_result()?;
    let row = panellist::ActiveModel {
        stood_down_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, held, (row, "panellist.stand_down"), reason).await
}

/// A panel that has begun to score stays a panel without somebody.
async fn check_rest(
    session: &WriteSession,
    violations: &mut Violations,
    held: &HeldPanel,
    leaving: &panellist::Model,
) -> Result<(), StoreError> {
    if BEFORE_SCORING.contains(&held.panel.status) {
        return Ok(());
    }
    let mut rest = facts::taking_part(session, held.panel.id).await?;
    rest.retain(|who| who.id != leaving.id);
    let rest = facts::people(session, held, &rest).await?;
    violations.keep_all(check_people(held.vacancy.kind, &rest));
    Ok(())
}

async fn write(
    session: &WriteSession,
    permit: &Permit<FormPanel, panellist::Model>,
    held: HeldPanel,
    (row, action): (panellist::ActiveModel, &'static str),
    reason: Option<String>,
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let panellist = session.update(permit, before.version, row).await?;
    let event = event(action, "panellist", panellist.id, &held.vacancy)
        .changed(changed)
        .because(reason);
    let mut events = vec![event];
    events.extend(follow(session, held.vacancy).await?);
    Ok(session.record_all(events, panellist.id.0))
}
