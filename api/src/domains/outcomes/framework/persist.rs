//! How frameworks are written.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql::ID;
use entity::id::{OrganisationId, OutcomeFrameworkId};
use entity::outcomes::kinds::FrameworkStatus;
use entity::outcomes::{indicator, indicator_version, outcome, outcome_descriptor, outcome_framework};
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{OutcomeFrameworkCreateInput, OutcomeFrameworkUpdateInput};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::rules::frameworks::{
    FrameworkFacts, LONGEST_CODE, LONGEST_TITLE, check_draft, check_move, check_publication,
};
use crate::domains::violation::{UserErrorCode as Code, Violations, optional_long_text, text};
use crate::events::Event;
use crate::graphql::patch::{self, after, fresh, refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::outcome_frameworks::{self as policy, WordFramework};
use crate::store::{StoreError, WriteSession};

/// Something happened about a framework.
pub(in crate::domains::outcomes) fn event(
    (action, table): (&'static str, &'static str),
    id: impl Into<sea_orm::prelude::Uuid>,
    framework: &outcome_framework::Model,
) -> Event {
    let event = Event::new(action, table, id);
    match framework.publisher_organisation_id {
        Some(publisher) => event.of_organisation(publisher),
        None => event,
    }
}

/// A framework as it is now, held so that it stays so.
pub(in crate::domains::outcomes) async fn held(
    session: &WriteSession,
    id: OutcomeFrameworkId,
) -> Result<Option<outcome_framework::Model>, StoreError> {
    session.lock::<outcome_framework::Entity>(id).await?;
    let this = Condition::all().add(outcome_framework::Column::Id.eq(id));
    Ok(session.facts::<outcome_framework::Entity>(this).await?.pop())
}

/// Leave to word a framework, as it is now; it is held until the change is over.
///
/// # Errors
/// `NOT_FOUND` has been noted where the viewer may not see it; `FORBIDDEN`.
pub(in crate::domains::outcomes) async fn worded(
    change: Change<'_>,
    id: OutcomeFrameworkId,
) -> Result<Option<Permit<WordFramework, outcome_framework::Model>>, ChangeError> {
    match held(change.session, id).await? {
        Some(framework) => Ok(Some(policy::word_framework(change.viewer, framework)?)),
        None => Ok(None),
    }
}

/// No other framework of the publisher has this code and this label.
async fn check_new(
    session: &WriteSession,
    violations: &mut Violations,
    (publisher, code, label): (Option<OrganisationId>, &str, &str),
    own: Option<OutcomeFrameworkId>,
) -> Result<(), StoreError> {
    use outcome_framework::Column as C;
    let same = Condition::all()
        .add(C::PublisherOrganisationId.eq(publisher))
        .add(C::Code.eq(code))
        .add(C::VersionLabel.eq(label));
    let same = session.facts::<outcome_framework::Entity>(same).await?;
    let is_new = same.iter().all(|row| Some(row.id) == own);
    violations.check(is_new, Code::AlreadyExists, "versionLabel", || {
        format!("There is a framework {code} of this organisation with this label already.")
    });
    Ok(())
}

pub(super) async fn create(
    change: Change<'_>,
    written: &Written<OutcomeFrameworkCreateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let code = violations.keep(text("code", &input.code, 1..=LONGEST_CODE));
    let label = violations.keep(text("versionLabel", &input.version_label, 1..=LONGEST_CODE));
    let title = violations.keep(text("title", &input.title, 1..=LONGEST_TITLE));
    let summary = violations.keep(optional_long_text(
        "summary",
        input.summary.as_deref(),
        limits.text(),
    ));
    let field = "publisherOrganisationId";
    let named = &input.publisher_organisation_id;
    let Some(publisher) = seen::<organisation::Entity>(session, &mut violations, field, named).await? else {
        return Err(refused(violations));
    };
    let permit = policy::create_framework(change.viewer, publisher)?;
    let publisher = permit.model();
    let is_active = publisher.status == OrganisationStatus::Active;
    violations.check(is_active, Code::Inactive, field, || {
        format!(
            "This organisation is {}. Only an active one publishes anything.",
            publisher.status
        )
    });
    if let (Some(code), Some(label)) = (&code, &label) {
        check_new(session, &mut violations, (Some(publisher.id), code, label), None).await?;
    }
    violations.into_result()?;
    let row = outcome_framework::ActiveModel {
        id: Set(OutcomeFrameworkId::new()),
        publisher_organisation_id: Set(Some(publisher.id)),
        code: Set(code.unwrap_or_default()),
        version_label: Set(label.unwrap_or_default()),
        title: Set(title.unwrap_or_default()),
        summary: Set(summary.flatten()),
        status: Set(FrameworkStatus::Draft),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, outcome_framework::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event(("outcome_framework.create", "outcome_framework"), row.id, &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

/// The framework with an id that the viewer may see, held.
async fn found(
    change: Change<'_>,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<outcome_framework::Model>, ChangeError> {
    let session = change.session;
    match seen::<outcome_framework::Entity>(session, violations, "id", id).await? {
        Some(found) => Ok(held(session, found.id).await?),
        None => Ok(None),
    }
}

pub(super) async fn update(
    change: Change<'_>,
    written: &Written<OutcomeFrameworkUpdateInput>,
) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let mut violations = Violations::default();
    let row = outcome_framework::ActiveModel {
        version_label: patch::required(&mut violations, "versionLabel", &input.version_label, |label| {
            text("versionLabel", label, 1..=LONGEST_CODE)
        }),
        title: patch::required(&mut violations, "title", &input.title, |title| {
            text("title", title, 1..=LONGEST_TITLE)
        }),
        summary: patch::optional(&mut violations, &input.summary, |summary| {
            optional_long_text("summary", Some(summary), limits.text())
        }),
        ..Default::default()
    };
    let Some(framework) = found(change, &mut violations, &input.id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_framework(change.viewer, framework)?;
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_draft(before.status, "id"));
    let label = after(&row.version_label, before.version_label.clone());
    let same = (
        before.publisher_organisation_id,
        before.code.as_str(),
        label.as_str(),
    );
    check_new(session, &mut violations, same, Some(before.id)).await?;
    violations.into_result()?;
    write(session, &permit, (row, "outcome_framework.update")).await
}

async fn write<A>(
    session: &WriteSession,
    permit: &Permit<A, outcome_framework::Model>,
    (row, action): (outcome_framework::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(permit, before.version, row).await?;
    let event = event((action, "outcome_framework"), row.id, &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn publish(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(framework) = found(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::word_framework(change.viewer, framework)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    let facts = facts(session, before.id).await?;
    violations.keep_all(check_publication(before.status, &facts));
    violations.into_result()?;
    let row = outcome_framework::ActiveModel {
        status: Set(FrameworkStatus::Live),
        live_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "outcome_framework.publish")).await
}

/// What is known of a framework that is to be used.
async fn facts(session: &WriteSession, id: OutcomeFrameworkId) -> Result<FrameworkFacts, StoreError> {
    let of_it = Condition::all().add(outcome::Column::FrameworkId.eq(id));
    let outcomes = session.facts::<outcome::Entity>(of_it).await?;
    let those = outcome_descriptor::Column::OutcomeId.is_in(outcomes.iter().map(|of| of.id));
    let mut levels: BTreeMap<_, usize> = BTreeMap::new();
    for descriptor in session
        .facts::<outcome_descriptor::Entity>(Condition::all().add(those))
        .await?
    {
        *levels.entry(descriptor.outcome_id).or_default() += 1;
    }
    let of_it = Condition::all().add(indicator::Column::FrameworkId.eq(id));
    let indicators = session.facts::<indicator::Entity>(of_it).await?;
    let those = indicator_version::Column::IndicatorId.is_in(indicators.iter().map(|of| of.id));
    let versions = session
        .facts::<indicator_version::Entity>(Condition::all().add(those))
        .await?;
    let defined: BTreeSet<_> = versions.iter().map(|version| version.indicator_id).collect();
    let half = outcomes
        .iter()
        .filter(|of| levels.get(&of.id).is_some_and(|said| *said < 3));
    let undefined = indicators.iter().filter(|of| !defined.contains(&of.id));
    Ok(FrameworkFacts {
        outcomes: outcomes.len(),
        half_described: half.map(|of| of.code.clone()).collect(),
        undefined: undefined.map(|of| of.code.clone()).collect(),
    })
}

pub(super) async fn retire(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(framework) = found(change, &mut violations, id).await? else {
        return Err(refused(violations));
    };
    let permit = policy::retire_framework(change.viewer, framework)?;
    let before = permit.model();
    fresh(expected_version, before.version)?;
    violations.keep(check_move(before.status, FrameworkStatus::Retired));
    violations.into_result()?;
    let row = outcome_framework::ActiveModel {
        status: Set(FrameworkStatus::Retired),
        retired_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "outcome_framework.retire")).await
}
