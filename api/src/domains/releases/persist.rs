//! How policies and releases are written.

use std::panic::resume_unwind;

use async_graphql::ID;
use entity::id::{OrganisationId, ReleaseId, SuppressionPolicyId};
use entity::outcomes::{observation, outcome_framework};
use entity::parties::organisation;
use entity::releases::kinds::ReleaseStatus;
use entity::releases::{release, suppression_policy};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::gather::{
    Indicators, corrected, earlier, indicators, known, observed, of_publisher, policy_of, published, said,
};
use super::mutation::{ReleaseMakeInput, SuppressionPolicyCreateInput};
use super::rules::assemble::{Known, assemble};
use super::rules::numbered::{Contents, Release};
use super::rules::policy::Policy;
use super::rules::states::{
    LONGEST_TITLE, check_move, check_nothing_corrected, check_nothing_since, check_policy,
};
use super::{figures, rules};
use crate::domains::outcomes::Written;
use crate::domains::outcomes::settings::count;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, optional_long_text, text};
use crate::events::Event;
use crate::graphql::patch::{fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::releases::{self as policy, PublishFigures};
use crate::store::{StoreError, WriteSession};
use crate::telemetry::spawn_blocking;

fn event(action: &'static str, row: &release::Model) -> Event {
    let event = Event::new(action, "release", row.id);
    match row.publisher_organisation_id {
        Some(publisher) => event.of_organisation(publisher),
        None => event,
    }
}

pub(super) async fn create_policy(change: Change<'_>, input: &SuppressionPolicyCreateInput) -> ChangeResult {
    use suppression_policy::Column as C;
    let session = change.session;
    let mut violations = Violations::default();
    let name = violations.keep(text("name", &input.name, 1..=LONGEST_TITLE));
    let rule = Policy {
        suppress_min: input.suppress_min.into(),
        suppress_max: input.suppress_max.into(),
        round_to: input.round_to.into(),
        secondary: input.secondary.unwrap_or(true),
    };
    if let Err(error) = rule.check() {
        violations.push(unusable(error));
    }
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(organisation) = found else {
        return Err(refused(violations));
    };
    let permit = policy::word_policy(change.viewer, organisation)?;
    let of = permit.model().id;
    if let Some(name) = &name {
        let same = Condition::all()
            .add(C::OrganisationId.eq(of))
            .add(C::Name.eq(name));
        let is_new = session.count::<suppression_policy::Entity>(same).await? == 0;
        violations.check(is_new, Code::AlreadyExists, "name", || {
            "Another policy of this organisation has this name, and policies never change. Choose another name.".to_owned()
        });
    }
    violations.into_result()?;
    let row = suppression_policy::ActiveModel {
        id: Set(SuppressionPolicyId::new()),
        organisation_id: Set(of),
        name: Set(name.unwrap_or_default()),
        suppress_min: Set(input.suppress_min),
        suppress_max: Set(input.suppress_max),
        round_to: Set(input.round_to),
        secondary: Set(rule.secondary),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, suppression_policy::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = Event::new("suppression_policy.create", "suppression_policy", row.id)
        .of_organisation(row.organisation_id)
        .changed(changed);
    Ok(session.record(event, row.id.0))
}

/// A policy that cannot be applied, at the field that is to blame.
fn unusable(error: rules::policy::PolicyError) -> Violation {
    let field = match error {
        rules::policy::PolicyError::Range => "suppressMin",
        rules::policy::PolicyError::Rounding => "roundTo",
    };
    Violation::new(
        Code::OutOfRange,
        field,
        format!("This policy cannot be applied: {error}."),
    )
}

/// What a release is made of.
struct Material {
    observations: Vec<observation::Model>,
    indicators: Indicators,
}

/// The figures that are to be published: some, and not too many.
async fn material(
    session: &WriteSession,
    violations: &mut Violations,
    (framework, publisher): (&outcome_framework::Model, Option<OrganisationId>),
    most: u32,
) -> Result<Material, StoreError> {
    let indicators = indicators(session, framework.id).await?;
    let those = of_publisher(publisher, &indicators);
    let there_are = session.count::<observation::Entity>(those.clone()).await?;
    violations.check(there_are > 0, Code::RuleBroken, "frameworkId", || {
        "There is no final figure of this framework that was recorded for this publisher. A second person marks figures as final: see \
         observationFinalise."
            .to_owned()
    });
    let fits = usize::try_from(there_are).is_ok_and(|there_are| there_are <= count(most));
    violations.check(fits, Code::LimitExceeded, "frameworkId", || {
        format!(
            "There are {there_are} final figures of this framework, and a release has {most} at the most."
        )
    });
    let observations = if violations.is_empty() {
        session.facts::<observation::Entity>(those).await?
    } else {
        Vec::new()
    };
    Ok(Material {
        observations,
        indicators,
    })
}

/// What earlier releases leave no way to publish.
fn exposed() -> Violation {
    let message = "Together with what was published before, these figures would give small numbers away, whatever is withheld of them: \
                   a figure became small that was shown before, or what was shown before leaves one number for it. Publish its place or \
                   its people together with others, or leave the period out until it can be.";
    Violation::new(Code::RuleBroken, "frameworkId", message)
}

/// What the release says, checked against every release of the framework before; and the publisher's last one, with its rows.
async fn contents(
    session: &WriteSession,
    rule: Policy,
    material: &Material,
    before: &[release::Model],
) -> Result<Option<Contents>, StoreError> {
    let mut all = material.observations.clone();
    let mut told = Vec::new();
    for release in before {
        let (earlier, rows) = earlier(session, release, &material.indicators).await?;
        told.push(earlier);
        all.extend(rows);
    }
    let known: Known = known(session, &all).await?;
    let observed = observed(&material.observations, &material.indicators);
    // It keeps a processor busy for a while: no worker waits for it.
    let masking = spawn_blocking("masking small numbers", move || {
        assemble(rule, &observed, &known, &told)
    });
    let made = masking
        .await
        .unwrap_or_else(|error| resume_unwind(error.into_panic()));
    Ok(made.ok().map(|(contents, _)| contents))
}

/// The publisher's release that a new one comes after.
fn last(before: &[release::Model], publisher: Option<OrganisationId>) -> Option<&release::Model> {
    let own = before
        .iter()
        .filter(|of| of.publisher_organisation_id == publisher);
    own.max_by_key(|of| of.number)
}

/// What somebody wants a release of, as far as it is there.
struct Asked {
    framework: outcome_framework::Model,
    publisher: Option<OrganisationId>,
    chosen: Option<suppression_policy::Model>,
    title: String,
    note: Option<String>,
}

impl Asked {
    async fn of(
        session: &WriteSession,
        violations: &mut Violations,
        Written { input, limits }: &Written<ReleaseMakeInput>,
    ) -> Result<Option<Self>, StoreError> {
        let title = violations.keep(text("title", &input.title, 1..=LONGEST_TITLE));
        let note = violations.keep(optional_long_text("note", input.note.as_deref(), limits.text()));
        let field = "frameworkId";
        let framework =
            seen::<outcome_framework::Entity>(session, violations, field, &input.framework_id).await?;
        let field = "publisherOrganisationId";
        let named = input.publisher_organisation_id.as_ref();
        let publisher = seen_if_named::<organisation::Entity>(session, violations, field, named).await?;
        let field = "suppressionPolicyId";
        let named = input.suppression_policy_id.as_ref();
        let chosen = seen_if_named::<suppression_policy::Entity>(session, violations, field, named).await?;
        let (Some(framework), true) = (
            framework,
            input.publisher_organisation_id.is_some() == publisher.is_some(),
        ) else {
            return Ok(None);
        };
        Ok(Some(Self {
            framework,
            publisher: publisher.map(|of| of.id),
            chosen,
            title: title.unwrap_or_default(),
            note: note.flatten(),
        }))
    }

    fn rule(&self) -> Policy {
        self.chosen.as_ref().map_or_else(Policy::default, |of| Policy {
            suppress_min: of.suppress_min.into(),
            suppress_max: of.suppress_max.into(),
            round_to: of.round_to.into(),
            secondary: of.secondary,
        })
    }

    /// The draft, checked against so many releases.
    fn drafted(self, made: &Release, checked: usize) -> release::ActiveModel {
        release::ActiveModel {
            id: Set(ReleaseId::new()),
            framework_id: Set(self.framework.id),
            publisher_organisation_id: Set(self.publisher),
            title: Set(self.title),
            note: Set(self.note),
            status: Set(ReleaseStatus::Draft),
            suppression_policy_id: Set(self.chosen.map(|of| of.id)),
            suppress_min: Set(narrow(made.policy.suppress_min)),
            suppress_max: Set(narrow(made.policy.suppress_max)),
            round_to: Set(narrow(made.policy.round_to)),
            secondary: Set(made.policy.secondary),
            made_after: Set(i32::try_from(checked).unwrap_or(i32::MAX)),
            sha256: Set(made.sha256.clone()),
            ..Default::default()
        }
    }
}

pub(super) async fn make(change: Change<'_>, written: &Written<ReleaseMakeInput>) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let Some(asked) = Asked::of(session, &mut violations, written).await? else {
        return Err(refused(violations));
    };
    let permit = policy::make_release(change.viewer, asked.publisher.map(|of| of.0))?;
    if let Some(chosen) = &asked.chosen {
        violations.keep(check_policy(asked.publisher, chosen.organisation_id));
    }
    let of = (&asked.framework, asked.publisher);
    let material = material(session, &mut violations, of, written.limits.most_published).await?;
    violations.into_result()?;
    let before = session
        .facts::<release::Entity>(published(asked.framework.id))
        .await?;
    let Some(contents) = Box::pin(contents(session, asked.rule(), &material, &before)).await? else {
        return Err(ChangeError::from(vec![exposed()]));
    };
    let (last, said) = match last(&before, asked.publisher) {
        Some(last) => {
            let said = said(session, last).await?;
            let number = last.number.and_then(|number| u32::try_from(number).ok());
            let last = Release::of(
                number.unwrap_or_default(),
                policy_of(last),
                figures::contents(&said),
            );
            (Some(last), said)
        }
        None => (None, Vec::new()),
    };
    let made = Release::after(last.as_ref(), asked.rule(), contents);
    let row = asked.drafted(&made, before.len());
    let changed = WriteSession::changed::<_, release::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let rows = figures::rows(row.id, &made, &material.observations, &said, session.now());
    session.insert_all(&permit, rows).await?;
    let event = event("release.make", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

/// Policies come from whole numbers of this size.
fn narrow(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A release that the viewer may see and publish, held, as it is now; no other of its framework is published meanwhile.
async fn held(
    change: Change<'_>,
    violations: &mut Violations,
    (id, expected_version): (&ID, i32),
    to: ReleaseStatus,
) -> Result<Option<Permit<PublishFigures, release::Model>>, ChangeError> {
    let session = change.session;
    let Some(found) = seen::<release::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    session
        .hold(&format!("releases of {}", found.framework_id.0))
        .await?;
    session.lock::<release::Entity>(found.id).await?;
    let this = Condition::all().add(release::Column::Id.eq(found.id));
    let Some(row) = session.facts::<release::Entity>(this).await?.pop() else {
        return Ok(None);
    };
    let permit = policy::publish_release(change.viewer, row)?;
    fresh(expected_version, permit.model().version)?;
    violations.keep(check_move(permit.model().status, to));
    Ok(Some(permit))
}

pub(super) async fn publish(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let named = (id, expected_version);
    let Some(permit) = held(change, &mut violations, named, ReleaseStatus::Published).await? else {
        return Err(refused(violations));
    };
    let draft = permit.model();
    let before = session
        .facts::<release::Entity>(published(draft.framework_id))
        .await?;
    if draft.status == ReleaseStatus::Draft {
        violations.keep(check_nothing_since(draft.made_after, before.len() as u64));
        violations.keep(check_nothing_corrected(corrected(session, draft).await?));
    }
    violations.into_result()?;
    let last = last(&before, draft.publisher_organisation_id).cloned();
    let number = last
        .as_ref()
        .and_then(|of| of.number)
        .map_or(1, |number| number + 1);
    if let Some(last) = last {
        let version = last.version;
        let superseded = release::ActiveModel {
            superseded_at: Set(Some(session.now())),
            ..Default::default()
        };
        let last = policy::publish_release(change.viewer, last)?;
        session.update(&last, version, superseded).await?;
    }
    let row = release::ActiveModel {
        status: Set(ReleaseStatus::Published),
        number: Set(Some(number)),
        published_at: Set(Some(session.now())),
        ..Default::default()
    };
    write(session, &permit, (row, "release.publish")).await
}

pub(super) async fn discard(change: Change<'_>, id: &ID, expected_version: i32) -> ChangeResult {
    let mut violations = Violations::default();
    let named = (id, expected_version);
    let Some(permit) = held(change, &mut violations, named, ReleaseStatus::Discarded).await? else {
        return Err(refused(violations));
    };
    violations.into_result()?;
    let row = release::ActiveModel {
        status: Set(ReleaseStatus::Discarded),
        ..Default::default()
    };
    write(change.session, &permit, (row, "release.discard")).await
}

async fn write(
    session: &WriteSession,
    permit: &Permit<PublishFigures, release::Model>,
    (row, action): (release::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(permit, before.version, row).await?;
    let event = event(action, &row).changed(changed);
    Ok(session.record(event, row.id.0))
}
