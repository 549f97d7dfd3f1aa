//! How consents are written. Their events are private: they are the person's, whatever role the person acts in.

use entity::id::{ConsentId, OrganisationId, PersonId};
use entity::parties::{consent, organisation, person};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ConsentGiveInput, ConsentWithdrawInput};
use crate::domains::parties::facts;
use crate::domains::parties::rules::person::{check_consent, plan_withdrawal};
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::people as policy;
use crate::store::WriteSession;

pub(super) async fn give(change: Change<'_>, input: &ConsentGiveInput) -> ChangeResult {
    let session = change.session;
    let purpose = input.purpose.0;
    let given_at = input.given_at.map_or(session.now(), |at| at.0);
    let mut violations = Violations::default();
    let grantee = input
        .grantee_organisation_id
        .as_ref()
        .map(|id| facts::id::<organisation::Entity>(&mut violations, "granteeOrganisationId", id));
    let names_one = grantee.is_some();
    violations.keep_all(check_consent(purpose, names_one, given_at, None, session.now()));
    violations.into_result()?;

    let id = PersonId(change.viewer.person().ok_or(Denied)?);
    let person = facts::visible::<person::Entity>(session, "", id.0).await?;
    let permit = policy::write_own(change.viewer, id, person)?;
    if let Some(grantee) = grantee {
        facts::visible::<organisation::Entity>(session, "granteeOrganisationId", grantee).await?;
    }
    let grantee = grantee.map(OrganisationId);
    session.lock::<person::Entity>(id).await?;
    let erased = permit.model().anonymised_at;
    let mut violations = Violations::default();
    violations.keep_all(check_consent(purpose, names_one, given_at, erased, session.now()));
    let in_force = Condition::all()
        .add(consent::Column::PersonId.eq(id))
        .add(consent::Column::Purpose.eq(purpose))
        .add(consent::Column::WithdrawnAt.is_null())
        .add(match grantee {
            Some(grantee) => consent::Column::GranteeOrganisationId.eq(grantee),
            None => consent::Column::GranteeOrganisationId.is_null(),
        });
    let is_there = session.count::<consent::Entity>(in_force).await? > 0;
    violations.check(!is_there, Code::AlreadyExists, "purpose", || {
        "You have agreed to this already, and not taken it back.".to_owned()
    });
    violations.into_result()?;

    let row = consent::ActiveModel {
        id: Set(ConsentId::new()),
        person_id: Set(id),
        purpose: Set(purpose),
        grantee_organisation_id: Set(grantee),
        given_at: Set(given_at),
        method: Set(input.method.0),
        withdrawn_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, consent::Model>(None, &row);
    let consent = session.insert(&permit, row).await?;
    let event = Event::new("consent.give", "consent", consent.id)
        .changed(changed)
        .private();
    Ok(session.record(event, consent.id.0))
}

pub(super) async fn withdraw(change: Change<'_>, input: &ConsentWithdrawInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<consent::Entity>(&mut violations, "id", &input.id);
    violations.into_result()?;

    let consent = facts::visible::<consent::Entity>(session, "id", id).await?;
    let permit = policy::write_own(change.viewer, consent.person_id, consent)?;
    facts::check_version(permit.model().version, input.expected_version)?;
    let withdrawn_at = plan_withdrawal(permit.model(), session.now())?;
    let row = consent::ActiveModel {
        withdrawn_at: Set(Some(withdrawn_at)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let consent = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("consent.withdraw", "consent", consent.id)
        .changed(changed)
        .private();
    Ok(session.record(event, consent.id.0))
}
