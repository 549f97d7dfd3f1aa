//! What the writes of this area share: holding rows, the facts about partners, and partnerships that lose one.

use async_graphql::ID;
use entity::id::{OrganisationId, PartnershipId};
use entity::parties::organisation;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipStatus};
use entity::partnerships::{partnership, partnership_member};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::rules::life::{PartnerFacts, status_with};
use crate::domains::violation::{Violation, Violations};
use crate::events::Event;
use crate::graphql::Refused;
use crate::graphql::patch::seen;
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::Permit;
use crate::policy::areas::partnerships as policy;
use crate::store::{StoreError, WriteError, WriteSession};

/// A step of a change that may be refused.
pub type Attempt<T> = Result<T, WriteError<Refused>>;

/// A row that the viewer may see, held until the transaction ends; otherwise notes that there is none.
///
/// # Errors
/// When the database fails.
pub(in crate::domains) async fn hold<E: Declared>(
    session: &WriteSession,
    violations: &mut Violations,
    field: &str,
    id: &ID,
) -> Result<Option<E::Model>, StoreError> {
    if let Some(key) = global_id::decode_as(E::PREFIX, id)
        && session.visible::<E>(key).await?.is_some()
    {
        session.lock::<E>(key).await?;
    }
    // Again: somebody may have held and changed it meanwhile.
    seen::<E>(session, violations, field, id).await
}

/// The client knows the row as it is.
pub(in crate::domains) fn is_current(version: i32, expected: i32) -> Attempt<()> {
    if version == expected {
        Ok(())
    } else {
        Err(WriteError::Stale)
    }
}

/// The same violations, with the paths of the rules turned into fields of an input that calls them otherwise.
pub(in crate::domains) fn at_fields(names: &[(&str, &str)], mut found: Vec<Violation>) -> Vec<Violation> {
    for violation in &mut found {
        if let Some(first) = violation.path.first_mut()
            && let Some((_, field)) = names.iter().find(|(rule, _)| first == rule)
        {
            (*field).clone_into(first);
        }
    }
    found
}

/// An organisation that is invited to a partnership or a member of it.
#[derive(Clone, Debug)]
pub(super) struct Partner {
    /// Its membership.
    pub member: partnership_member::Model,
    /// What rules ask about it.
    pub facts: PartnerFacts,
}

/// Everybody who is invited to a partnership or a member of it.
pub(super) async fn partners(
    session: &WriteSession,
    partnership: PartnershipId,
) -> Result<Vec<Partner>, StoreError> {
    use partnership_member::Column as M;
    let open = Condition::all()
        .add(M::PartnershipId.eq(partnership))
        .add(M::Status.ne(PartnershipMemberStatus::Left));
    let members = session.facts::<partnership_member::Entity>(open).await?;
    let ids = members.iter().map(|member| member.organisation_id);
    let organisations = session
        .facts::<organisation::Entity>(Condition::all().add(organisation::Column::Id.is_in(ids)))
        .await?;
    let partner = |member: partnership_member::Model| {
        let organisation = organisations.iter().find(|of| of.id == member.organisation_id)?;
        let facts = PartnerFacts {
            organisation_id: organisation.id,
            kind: organisation.kind,
            organisation_status: organisation.status,
            status: member.status,
        };
        Some(Partner { member, facts })
    };
    Ok(members.into_iter().filter_map(partner).collect())
}

/// What rules ask about everybody in a partnership.
pub(super) fn facts_of(partners: &[Partner]) -> Vec<PartnerFacts> {
    partners.iter().map(|partner| partner.facts).collect()
}

/// Lets a partnership form again when it has lost a partner that it needs; to be asked after the loss, with the permit of
/// the change that caused it. The partnership is held already.
///
/// # Errors
/// When the database fails.
pub(super) async fn form_again<A, M>(
    session: &WriteSession,
    cause: &Permit<A, M>,
    partnership: partnership::Model,
) -> Attempt<Option<Event>> {
    let facts = facts_of(&partners(session, partnership.id).await?);
    let status = status_with(partnership.status, &facts);
    if status == partnership.status {
        return Ok(None);
    }
    let permit = policy::lose_partner(cause, partnership)?;
    let row = partnership::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let after = session.update(&permit, permit.model().version, row).await?;
    let event = Event::new("partnership.form_again", "partnership", after.id)
        .changed(changed)
        .of_organisation(after.lead_organisation_id)
        .of_partnership(after.id);
    Ok(Some(event))
}

/// The same for every partnership of an organisation: to be asked in the transaction that suspends or closes it, after the
/// organisation was changed. Answers with the events to record beside the organisation's own.
///
/// # Errors
/// When the database fails.
pub async fn leave_partnerships_of<A>(
    session: &WriteSession,
    cause: &Permit<A, organisation::Model>,
    organisation: OrganisationId,
) -> Attempt<Vec<Event>> {
    use partnership_member::Column as M;
    let active = Condition::all()
        .add(M::OrganisationId.eq(organisation))
        .add(M::Status.eq(PartnershipMemberStatus::Active));
    let mut events = Vec::new();
    for member in session.facts::<partnership_member::Entity>(active).await? {
        session.lock::<partnership::Entity>(member.partnership_id).await?;
        let at_work = Condition::all()
            .add(partnership::Column::Id.eq(member.partnership_id))
            .add(partnership::Column::Status.eq(PartnershipStatus::Active));
        for partnership in session.facts::<partnership::Entity>(at_work).await? {
            events.extend(form_again(session, cause, partnership).await?);
        }
    }
    Ok(events)
}
