//! What the calendar does to agreements: they begin and end on their days, and the record says so.
//!
//! Nothing that anybody may read waits for this: `store/who.rs` asks for the days themselves. An agreement that was signed by
//! all before its first day shares from the moment it is activated here.

use std::convert::Infallible;

use entity::partnerships::kinds::AgreementStatus;
use entity::partnerships::{agreement_party, data_sharing_agreement};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::{Condition, Query};
use sea_orm::{ColumnTrait, Set};

use super::agreement::{event, parties_of};
use super::rules::agreement::{check_activation, is_due_to_expire};
use crate::events::{Actor, Event};
use crate::policy::Viewer;
use crate::policy::areas::partnerships as policy;
use crate::store::{Store, StoreError, WriteError, WriteSession};

/// The name under which the audit knows this job.
pub const JOB: &str = "agreements";

use data_sharing_agreement::{Column as C, Entity as Agreement, Model};

/// Both at once: what the job does.
///
/// # Errors
/// When the database fails; what was done before stays done, and the rest is done the next time.
pub async fn keep_agreements(store: &Store, now: DateTimeUtc) -> Result<usize, StoreError> {
    Ok(expire_agreements(store, now).await? + activate_agreements(store, now).await?)
}

/// Marks agreements as expired that no longer hold from today or earlier; answers how many.
///
/// # Errors
/// When the database fails.
pub async fn expire_agreements(store: &Store, now: DateTimeUtc) -> Result<usize, StoreError> {
    let session = begin(store, now).await?;
    let today = now.date_naive();
    let due = Condition::all()
        .add(C::Status.eq(AgreementStatus::Active))
        .add(C::ExpiresOn.lte(today));
    let mut events = Vec::new();
    for agreement in session.facts::<Agreement>(due).await? {
        if is_due_to_expire(&agreement, today) {
            let action = "data_sharing_agreement.expire";
            events.extend(settle(&session, agreement, AgreementStatus::Expired, action).await?);
        }
    }
    finish(session, events).await
}

/// Brings agreements into force that were complete before their first day came, or became complete because a party left;
/// answers how many.
///
/// # Errors
/// When the database fails.
pub async fn activate_agreements(store: &Store, now: DateTimeUtc) -> Result<usize, StoreError> {
    let session = begin(store, now).await?;
    let today = now.date_naive();
    let signed = Query::select()
        .column(agreement_party::Column::AgreementId)
        .from(agreement_party::Entity)
        .cond_where(agreement_party::Column::SignedAt.is_not_null())
        .to_owned();
    let due = Condition::all()
        .add(C::Status.eq(AgreementStatus::Draft))
        .add(C::StartsOn.lte(today))
        .add(C::ExpiresOn.gt(today))
        .add(C::Id.in_subquery(signed));
    let mut events = Vec::new();
    for agreement in session.facts::<Agreement>(due).await? {
        session.lock::<Agreement>(agreement.id).await?;
        let parties = parties_of(&session, &agreement).await?;
        if check_activation(&agreement, &parties.facts(), today).is_ok() {
            let action = "data_sharing_agreement.activate";
            events.extend(settle(&session, agreement, AgreementStatus::Active, action).await?);
        }
    }
    finish(session, events).await
}

async fn begin(store: &Store, now: DateTimeUtc) -> Result<WriteSession, StoreError> {
    store
        .begin(Viewer::public().values(), Actor::system(JOB), now)
        .await
}

/// Sets the status, unless somebody has changed the agreement meanwhile: then the next time will see it as it is.
async fn settle(
    session: &WriteSession,
    agreement: Model,
    status: AgreementStatus,
    action: &'static str,
) -> Result<Option<Event>, StoreError> {
    let Ok(permit) = policy::keep_agreement(session.actor(), agreement) else {
        return Ok(None);
    };
    let row = data_sharing_agreement::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    match session
        .update::<_, _, _, Infallible>(&permit, permit.model().version, row)
        .await
    {
        Ok(agreement) => Ok(Some(event(action, &agreement, changed))),
        Err(WriteError::Stale) => Ok(None),
        Err(WriteError::Store(error)) => Err(error),
        Err(WriteError::Refused(never)) => match never {},
    }
}

async fn finish(session: WriteSession, events: Vec<Event>) -> Result<usize, StoreError> {
    let settled = events.len();
    if settled > 0 {
        let recorded = session.record_all(events, settled);
        session.commit(recorded).await?;
    }
    Ok(settled)
}
