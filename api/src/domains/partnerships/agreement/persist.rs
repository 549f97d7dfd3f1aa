//! How agreements are signed and ended. The partnership is held first, then the agreement, so that of two last signatures
//! the second sees the first.

use entity::id::UserId;
use entity::parties::organisation;
use entity::partnerships::kinds::AgreementStatus;
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::super::persist::{Attempt, Partner, at_fields, hold, is_current, keep_id, partners};
use super::super::rules::agreement::{PartyFacts, check_termination, plan_signature};
use super::super::rules::standing::check_open;
use super::mutation::{PartnershipAgreementSignInput, PartnershipAgreementTerminateInput};
use crate::domains::violation::{Violations, long_text};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, Refusal};
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

/// An agreement that the viewer may see, held with its partnership.
pub(super) async fn held(
    session: &WriteSession,
    id: Uuid,
) -> Attempt<(data_sharing_agreement::Model, partnership::Model)> {
    if let Some(agreement) = session.visible::<data_sharing_agreement::Entity>(id).await? {
        session
            .lock::<partnership::Entity>(agreement.partnership_id)
            .await?;
        let of = Condition::all().add(partnership::Column::Id.eq(agreement.partnership_id));
        let partnership = session.facts::<partnership::Entity>(of).await?.pop();
        let agreement = hold::<data_sharing_agreement::Entity>(session, "id", id).await?;
        if let Some(partnership) = partnership {
            return Ok((agreement, partnership));
        }
    }
    Err(Refusal::not_found("id").into())
}

/// The same with the organisation that acts; whatever is not there is told at once.
async fn held_with(
    session: &WriteSession,
    id: Uuid,
    organisation: Uuid,
) -> Attempt<(
    data_sharing_agreement::Model,
    partnership::Model,
    organisation::Model,
)> {
    let Some(organisation) = session.visible::<organisation::Entity>(organisation).await? else {
        let mut missing = Refusal::not_found("organisationId");
        if session
            .visible::<data_sharing_agreement::Entity>(id)
            .await?
            .is_none()
        {
            missing.0.splice(0..0, Refusal::not_found("id").0);
        }
        return Err(missing.into());
    };
    let (agreement, partnership) = held(session, id).await?;
    Ok((agreement, partnership, organisation))
}

pub(super) async fn sign(change: Change<'_>, input: &PartnershipAgreementSignInput) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<data_sharing_agreement::Entity>(&mut violations, "id", &input.id);
    let organisation =
        keep_id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    violations.into_result()?;

    let session = change.session;
    let (agreement, partnership, organisation) = held_with(session, id, organisation).await?;
    let (true, Some(user)) = (
        policy::may_sign(change.viewer, organisation.id),
        change.viewer.user(),
    ) else {
        return Err(Denied.into());
    };
    is_current(agreement.version, input.expected_version)?;
    let parties = parties_of(session, &agreement).await?;
    let today = session.now().date_naive();
    let mut violations = Violations::default();
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
    Ok(session.record_all(events, id).await?)
}

pub(super) async fn terminate(
    change: Change<'_>,
    input: &PartnershipAgreementTerminateInput,
) -> ChangeResult {
    let mut violations = Violations::default();
    let id = keep_id::<data_sharing_agreement::Entity>(&mut violations, "id", &input.id);
    let organisation =
        keep_id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    let reason = violations.keep(long_text("reason", &input.reason, 1..=2_000));
    violations.into_result()?;

    let session = change.session;
    let (agreement, _, organisation) = held_with(session, id, organisation).await?;
    let permit = policy::terminate_agreement(change.viewer, organisation.id, agreement)?;
    let before = permit.model();
    is_current(before.version, input.expected_version)?;
    let parties = parties_of(session, before).await?;
    check_termination(before, &parties.facts(), organisation.id)
        .map_err(|found| at_fields(&[("status", "id")], found))?;
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
    Ok(session.record(event, agreement.id.0).await?)
}
