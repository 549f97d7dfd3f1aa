//! How agreements are signed and ended. The partnership is held first, then the agreement, so that of two last signatures
//! the second sees the first.

use async_graphql::ID;
use entity::id::UserId;
use entity::parties::organisation;
use entity::partnerships::kinds::AgreementStatus;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::super::persist::{Partner, at_fields, hold, is_current, partners};
use super::super::rules::agreement::{PartyFacts, check_termination, plan_signature};
use super::super::rules::standing::check_open;
use super::mutation::{PartnershipAgreementSignInput, PartnershipAgreementTerminateInput};
use crate::domains::violation::{Violations, long_text};
use crate::events::Event;
use crate::graphql::patch::{refused, seen};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::partnerships as policy;
use crate::store::{StoreError, WriteSession};

pub(in super::super) fn event(
    action: &'static str,
    of: &data_sharing_agreement::Model,
    changed: serde_json::Value,
) -> Event {
    Event::new(action, "data_sharing_agreement", of.id)
        .changed(changed)
        .of_partnership(of.partnership_id)
}

pub(super) fn party_event(
    action: &'static str,
    agreement: &data_sharing_agreement::Model,
    of: &agreement_party::Model,
    changed: serde_json::Value,
) -> Event {
    Event::new(action, "agreement_party", of.id)
        .changed(changed)
        .of_organisation(of.organisation_id)
        .of_partnership(agreement.partnership_id)
}

/// The parties of an agreement, and who takes part in its partnership.
pub(in super::super) struct Parties {
    rows: Vec<agreement_party::Model>,
    members: Vec<Partner>,
}

impl Parties {
    /// What rules ask about the parties.
    pub fn facts(&self) -> Vec<PartyFacts> {
        let takes_part = |party: &agreement_party::Model| {
            self.members
                .iter()
                .any(|of| of.member.organisation_id == party.organisation_id && of.facts.takes_part())
        };
        self.rows
            .iter()
            .map(|party| PartyFacts::of(party, takes_part(party)))
            .collect()
    }
}

/// The parties of an agreement.
pub(in super::super) async fn parties_of(
    session: &WriteSession,
    agreement: &data_sharing_agreement::Model,
) -> Result<Parties, StoreError> {
    let of = Condition::all().add(agreement_party::Column::AgreementId.eq(agreement.id));
    Ok(Parties {
        rows: session.facts::<agreement_party::Entity>(of).await?,
        members: partners(session, agreement.partnership_id).await?,
    })
}

/// An agreement and its partnership.
pub(super) type Held = (data_sharing_agreement::Model, partnership::Model);

/// An agreement that the viewer may see, held with its partnership; otherwise notes that there is none.
pub(super) async fn held(
    session: &WriteSession,
    violations: &mut Violations,
    id: &ID,
) -> Result<Option<Held>, StoreError> {
    let Some(agreement) = seen::<data_sharing_agreement::Entity>(session, violations, "id", id).await? else {
        return Ok(None);
    };
    session
        .lock::<partnership::Entity>(agreement.partnership_id)
        .await?;
    let of = Condition::all().add(partnership::Column::Id.eq(agreement.partnership_id));
    let partnership = session.facts::<partnership::Entity>(of).await?.pop();
    let agreement = hold::<data_sharing_agreement::Entity>(session, violations, "id", id).await?;
    Ok(agreement.zip(partnership))
}

pub(super) async fn sign(change: Change<'_>, input: &PartnershipAgreementSignInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let held = held(session, &mut violations, &input.id).await?;
    let field = "organisationId";
    let organisation = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id);
    let organisation = organisation.await?;
    let (Some((agreement, partnership)), Some(organisation)) = (held, organisation) else {
        return Err(refused(violations));
    };
    let (true, Some(user)) = (
        policy::may_sign(change.viewer, organisation.id),
        change.viewer.user(),
    ) else {
        return Err(Denied.into());
    };
    is_current(agreement.version, input.expected_version)?;
    let parties = parties_of(session, &agreement).await?;
    let today = session.now().date_naive();
    violations.keep(check_open(partnership.status, "id"));
    let plan = plan_signature(&agreement, &parties.facts(), organisation.id, today);
    let status = violations.keep_all(plan.map_err(|found| at_fields(&[("expiresOn", "id")], found)));
    violations.into_result()?;
    let party = parties
        .rows
        .into_iter()
        .find(|party| party.organisation_id == organisation.id);
    let permit = policy::sign_agreement(change.viewer, party.ok_or(Denied)?)?;
    let row = agreement_party::ActiveModel {
        signed_at: Set(Some(session.now())),
        signed_by_user_id: Set(Some(UserId(user))),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let party = session.update(&permit, permit.model().version, row).await?;
    let id = agreement.id.0;
    let mut events = vec![party_event("agreement_party.sign", &agreement, &party, changed)];
    if status == Some(AgreementStatus::Active) {
        let permit = policy::complete_agreement(&permit, agreement)?;
        let row = data_sharing_agreement::ActiveModel {
            status: Set(AgreementStatus::Active),
            ..Default::default()
        };
        let changed = WriteSession::changed(Some(permit.model()), &row);
        let agreement = session.update(&permit, input.expected_version, row).await?;
        events.push(event("data_sharing_agreement.activate", &agreement, changed));
    }
    Ok(session.record_all(events, id))
}

pub(super) async fn terminate(
    change: Change<'_>,
    input: &PartnershipAgreementTerminateInput,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let held = held(session, &mut violations, &input.id).await?;
    let field = "organisationId";
    let organisation = seen::<organisation::Entity>(session, &mut violations, field, &input.organisation_id);
    let organisation = organisation.await?;
    let reason = violations.keep(long_text("reason", &input.reason, 1..=2_000));
    let (Some((agreement, _)), Some(organisation)) = (held, organisation) else {
        return Err(refused(violations));
    };
    let permit = policy::terminate_agreement(change.viewer, organisation.id, agreement)?;
    let before = permit.model();
    is_current(before.version, input.expected_version)?;
    let parties = parties_of(session, before).await?;
    let checked = check_termination(before, &parties.facts(), organisation.id);
    violations.keep_all(checked.map_err(|found| at_fields(&[("status", "id")], found)));
    violations.into_result()?;

    let row = data_sharing_agreement::ActiveModel {
        status: Set(AgreementStatus::Terminated),
        terminated_at: Set(Some(session.now())),
        terminated_by_organisation_id: Set(Some(organisation.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let agreement = session.update(&permit, input.expected_version, row).await?;
    let event = event("data_sharing_agreement.terminate", &agreement, changed)
        .of_organisation(organisation.id)
        .because(reason);
    Ok(session.record(event, agreement.id.0))
}
