//! How access needs are written. Their events are private: that somebody has a need is nobody else's to know.

use async_graphql::MaybeUndefined;
use entity::id::{AccessNeedId, PersonId};
use entity::parties::{access_need, person};
use entity::private::Private;
use sea_orm::Set;

use super::mutation::{AccessNeedCreateInput, AccessNeedDeleteInput, AccessNeedUpdateInput};
use crate::domains::meetings::access_need_met::forget;
use crate::domains::parties::facts;
use crate::domains::parties::rules::person::{check_not_erased, check_review, need_code};
use crate::domains::violation::{Violations, optional_long_text};
use crate::events::Event;
use crate::graphql::input::{patch, patch_nullable};
use crate::graphql::{Change, ChangeError, ChangeResult};
use crate::policy::areas::meeting_preparation::forget_with_need;
use crate::policy::areas::people::{self as policy, WriteOwn};
use crate::policy::{Denied, Permit};
use crate::store::WriteSession;

/// Characters of a detail at most.
const DETAIL_LENGTH: usize = 2_000;

pub(super) async fn create(change: Change<'_>, input: &AccessNeedCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let code = violations.keep(need_code(&input.code));
    let detail = detail(&mut violations, input.detail.as_deref());
    let review_due_on = input.review_due_on.map(|day| day.0);
    violations.keep(check_review(review_due_on, session.now().date_naive()));
    violations.into_result()?;

    let id = PersonId(change.viewer.person().ok_or(Denied)?);
    let person = facts::visible::<person::Entity>(session, "", id.0).await?;
    let permit = policy::write_own(change.viewer, id, person)?;
    check_not_erased(permit.model().anonymised_at)?;
    let row = access_need::ActiveModel {
        id: Set(AccessNeedId::new()),
        person_id: Set(id),
        category: Set(input.category.0),
        code: Set(code.unwrap_or_default()),
        detail: Set(detail),
        review_due_on: Set(review_due_on),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, access_need::Model>(None, &row);
    let need = session.insert(&permit, row).await?;
    let event = event("access_need.create", need.id).changed(changed);
    Ok(session.record(event, need.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &AccessNeedUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<access_need::Entity>(&mut violations, "id", &input.id);
    let code = input
        .code
        .as_deref()
        .and_then(|code| violations.keep(need_code(code)));
    let detail = match &input.detail {
        MaybeUndefined::Undefined => MaybeUndefined::Undefined,
        MaybeUndefined::Null => MaybeUndefined::Null,
        MaybeUndefined::Value(raw) => {
            detail(&mut violations, Some(raw)).map_or(MaybeUndefined::Null, MaybeUndefined::Value)
        }
    };
    let review_due_on = input.review_due_on.value().map(|day| day.0);
    violations.keep(check_review(review_due_on, session.now().date_naive()));
    violations.into_result()?;

    let permit = own(change, id).await?;
    let row = access_need::ActiveModel {
        category: patch(input.category, |category| category.0),
        code: patch(code, std::convert::identity),
        detail: patch_nullable(detail, std::convert::identity),
        review_due_on: patch_nullable(input.review_due_on, |day| day.0),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let need = session.update(&permit, input.expected_version, row).await?;
    let event = event("access_need.update", need.id).changed(changed);
    Ok(session.record(event, need.id.0))
}

pub(super) async fn delete(change: Change<'_>, input: &AccessNeedDeleteInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<access_need::Entity>(&mut violations, "id", &input.id);
    violations.into_result()?;

    let permit = own(change, id).await?;
    let need = permit.model().id;
    forget(session, need, |met| forget_with_need(&permit, met)).await?;
    session.delete(&permit, input.expected_version).await?;
    let id = permit.model().id;
    Ok(session.record(event("access_need.delete", id), id.0))
}

/// Leave to change a need. The chair of a board may read it, with consent, and not change it.
async fn own(
    change: Change<'_>,
    id: sea_orm::prelude::Uuid,
) -> Result<Permit<WriteOwn, access_need::Model>, ChangeError> {
    let need = facts::visible::<access_need::Entity>(change.session, "id", id).await?;
    Ok(policy::write_own(change.viewer, need.person_id, need)?)
}

fn detail(violations: &mut Violations, raw: Option<&str>) -> Option<Private<String>> {
    let detail = violations.keep(optional_long_text("detail", raw, DETAIL_LENGTH));
    detail.flatten().map(Private::new)
}

fn event(action: &'static str, id: AccessNeedId) -> Event {
    Event::new(action, "access_need", id).private()
}
