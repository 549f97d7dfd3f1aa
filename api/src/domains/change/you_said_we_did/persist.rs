//! How drafts are written.

use async_graphql::{ID, MaybeUndefined};
use entity::change::kinds::{FigureKind, YouSaidWeDidStatus};
use entity::change::you_said_we_did;
use entity::id::YouSaidWeDidId;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::organisation;
use sea_orm::sea_query::Condition;
use sea_orm::{ActiveValue, ColumnTrait, Set};

use super::mutation::{ReportedEffectInput, YouSaidWeDidCreateInput, YouSaidWeDidUpdateInput};
use crate::domains::change::rules::you_said_we_did::{LONGEST_MEASURE, check_answer, check_draft, figure};
use crate::domains::change::settings::{FeedbackSettings, characters};
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, long_text, optional_long_text, text,
};
use crate::events::Event;
use crate::graphql::patch::{self, after, fresh, refused, seen};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::change::{self as policy, AnswerFor};
use crate::store::{StoreError, WriteSession};

/// What is written, with the limits of this server.
#[derive(Debug)]
pub(super) struct Written<I> {
    pub input: I,
    pub limits: FeedbackSettings,
}

/// Something happened to a "you said, we did".
pub(super) fn event(action: &'static str, row: &you_said_we_did::Model) -> Event {
    Event::new(action, "you_said_we_did", row.id).of_organisation(row.organisation_id)
}

/// It as it is now, held so that it stays so.
pub(super) async fn held(
    session: &WriteSession,
    id: YouSaidWeDidId,
) -> Result<Option<you_said_we_did::Model>, StoreError> {
    session.lock::<you_said_we_did::Entity>(id).await?;
    let this = Condition::all().add(you_said_we_did::Column::Id.eq(id));
    Ok(session.facts::<you_said_we_did::Entity>(this).await?.pop())
}

/// Leave to change the one with an id, if the viewer may see it. It is held until the change is over.
pub(super) async fn managed(
    change: Change<'_>,
    violations: &mut Violations,
    (field, id): (&str, &ID),
) -> Result<Option<Permit<AnswerFor, you_said_we_did::Model>>, ChangeError> {
    let found = seen::<you_said_we_did::Entity>(change.session, violations, field, id).await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let Some(row) = held(change.session, found.id).await? else {
        return Ok(None);
    };
    Ok(Some(policy::change_you_said_we_did(change.viewer, row)?))
}

/// The figures of an effect, checked.
fn effect(violations: &mut Violations, input: &ReportedEffectInput, row: &mut you_said_we_did::ActiveModel) {
    let inside = |wrong: Violation| wrong.within("effect");
    let measure = text("measure", &input.measure, 1..=LONGEST_MEASURE).map_err(inside);
    let before = figure("before", &input.before).map_err(inside);
    let reported_after = figure("after", &input.after).map_err(inside);
    row.reported_measure = Set(violations.keep(measure));
    row.reported_before = Set(violations.keep(before));
    row.reported_after = Set(violations.keep(reported_after));
    row.figure_kind = Set(Some(FigureKind::ReportedEstimate));
    row.effect_claim = Set(Some(input.claim.0));
}

pub(super) async fn create(change: Change<'_>, written: &Written<YouSaidWeDidCreateInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let longest = characters(limits.longest_story);
    let mut violations = Violations::default();
    let said = violations.keep(long_text("said", &input.said, 1..=longest));
    let did = violations.keep(optional_long_text("did", input.did.as_deref(), longest));
    let why_not = violations.keep(optional_long_text("whyNot", input.why_not.as_deref(), longest));
    if let (Some(did), Some(why_not)) = (&did, &why_not) {
        violations.keep(check_answer(did.as_deref(), why_not.as_deref()));
    }
    let mut row = you_said_we_did::ActiveModel {
        id: Set(YouSaidWeDidId::new()),
        said: Set(said.unwrap_or_default()),
        did: Set(did.flatten()),
        why_not: Set(why_not.flatten()),
        status: Set(YouSaidWeDidStatus::Draft),
        ..Default::default()
    };
    if let Some(input) = &input.effect {
        effect(&mut violations, input, &mut row);
    }
    let field = "organisationId";
    let found = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id).await?;
    let Some(found) = found else {
        return Err(refused(violations));
    };
    let permit = policy::create_you_said_we_did(change.viewer, found)?;
    let organisation = permit.model();
    violations.check(
        organisation.status == OrganisationStatus::Active,
        Code::Inactive,
        field,
        || {
            format!(
                "This organisation is {}. Only an active organisation answers.",
                organisation.status
            )
        },
    );
    violations.into_result()?;
    row.organisation_id = Set(organisation.id);
    let changed = WriteSession::changed::<_, you_said_we_did::Model>(None, &row);
    let row = session.insert(&permit, row).await?;
    let event = event("you_said_we_did.create", &row).changed(changed);
    Ok(session.record(event, row.id.0))
}

pub(super) async fn update(change: Change<'_>, written: &Written<YouSaidWeDidUpdateInput>) -> ChangeResult {
    let session = change.session;
    let Written { input, limits } = written;
    let longest = characters(limits.longest_story);
    let mut violations = Violations::default();
    let mut row = you_said_we_did::ActiveModel {
        said: patch::required(&mut violations, "said", &input.said, |said| {
            long_text("said", said, 1..=longest)
        }),
        did: patch::optional(&mut violations, &input.did, |did| {
            optional_long_text("did", Some(did), longest)
        }),
        why_not: patch::optional(&mut violations, &input.why_not, |why_not| {
            optional_long_text("whyNot", Some(why_not), longest)
        }),
        ..Default::default()
    };
    match &input.effect {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => without_effect(&mut row),
        MaybeUndefined::Value(input) => effect(&mut violations, input, &mut row),
    }
    let Some(permit) = managed(change, &mut violations, ("id", &input.id)).await? else {
        return Err(refused(violations));
    };
    let before = permit.model();
    fresh(input.expected_version, before.version)?;
    violations.keep(check_draft(before.status, "id"));
    let did = after(&row.did, before.did.clone());
    let why_not = after(&row.why_not, before.why_not.clone());
    violations.keep(check_answer(did.as_deref(), why_not.as_deref()));
    violations.into_result()?;
    write(session, &permit, (row, "you_said_we_did.update")).await
}

fn without_effect(row: &mut you_said_we_did::ActiveModel) {
    row.reported_measure = Set(None);
    row.reported_before = Set(None);
    row.reported_after = Set(None);
    row.figure_kind = ActiveValue::Set(None);
    row.effect_claim = ActiveValue::Set(None);
}

pub(super) async fn write(
    session: &WriteSession,
    permit: &Permit<AnswerFor, you_said_we_did::Model>,
    (row, action): (you_said_we_did::ActiveModel, &'static str),
) -> ChangeResult {
    let before = permit.model();
    let changed = WriteSession::changed(Some(before), &row);
    let row = session.update(permit, before.version, row).await?;
    let event = event(action, &row).changed(changed);
    Ok(session.record(event, row.id.0))
}
