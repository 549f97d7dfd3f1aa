//! How resources are written.

use async_graphql::{ID, MaybeUndefined};
use entity::boards::{board, initiative};
use entity::id::{OrganisationId, ResourceId, ResourceVersionId};
use entity::list::EnumList;
use entity::parties::kinds::OrganisationStatus;
use entity::parties::{organisation, person};
use entity::partnerships::kinds::PartnershipMemberStatus;
use entity::partnerships::partnership_member;
use entity::resources::kinds::{ResourceStatus, ResourceVersionStatus};
use entity::resources::{resource, resource_version};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{ResourceCreateInput, ResourceUpdateInput};
use crate::domains::resources::hold::{event, hold_resource};
use crate::domains::resources::rules::resources as rules;
use crate::domains::resources::settings::ResourceSettings;
use crate::domains::violation::{UserErrorCode as Code, Violations, text};
use crate::graphql::patch::{self, fresh, refused, seen, seen_if_named};
use crate::graphql::{Change, ChangeResult};
use crate::policy::Denied;
use crate::policy::areas::resource_work as policy;
use crate::store::{StoreError, WriteSession};

/// What a resource points to, where the client named it and may see it.
struct Pointers {
    initiative: Option<initiative::Model>,
    board: Option<board::Model>,
    signer: Option<person::Model>,
}

async fn pointers(
    session: &WriteSession,
    violations: &mut Violations,
    (initiative, board, signer): (Option<&ID>, Option<&ID>, Option<&ID>),
) -> Result<Pointers, StoreError> {
    let initiative =
        seen_if_named::<initiative::Entity>(session, violations, "initiativeId", initiative).await?;
    let board = seen_if_named::<board::Entity>(session, violations, "boardId", board).await?;
    let signer = seen_if_named::<person::Entity>(session, violations, "signerPersonId", signer).await?;
    let is_erased = signer
        .as_ref()
        .is_some_and(|signer| signer.anonymised_at.is_some());
    violations.check(!is_erased, Code::Inactive, "signerPersonId", || {
        "This person's details were erased, so they sign nothing any more.".to_owned()
    });
    Ok(Pointers {
        initiative,
        board,
        signer,
    })
}

/// A resource comes from work, or is asked for by a board, of a partnership that its owner takes part in.
async fn check_own_work(
    session: &WriteSession,
    violations: &mut Violations,
    (pointers, owner): (&Pointers, OrganisationId),
) -> Result<(), StoreError> {
    use partnership_member::Column as C;
    let initiative = pointers
        .initiative
        .as_ref()
        .map(|of| ("initiativeId", of.partnership_id));
    let board = pointers.board.as_ref().map(|of| ("boardId", of.partnership_id));
    for (field, partnership) in initiative.into_iter().chain(board) {
        let takes_part = Condition::all()
            .add(C::PartnershipId.eq(partnership))
            .add(C::OrganisationId.eq(owner))
            .add(C::Status.eq(PartnershipMemberStatus::Active));
        let takes_part = session.count::<partnership_member::Entity>(takes_part).await? > 0;
        violations.check(takes_part, Code::RuleBroken, field, || {
            "The owner takes no part in the partnership of this. Choose what its own partnerships work on.".to_owned()
        });
    }
    Ok(())
}

pub(super) async fn create(
    change: Change<'_>,
    input: &ResourceCreateInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let title = violations.keep(text("title", &input.title, 1..=200));
    let topics = violations.keep_all(rules::topics(&input.topics, settings));
    let language = violations.keep(rules::language("language", &input.language));
    let named = (
        input.initiative_id.as_ref(),
        input.board_id.as_ref(),
        input.signer_person_id.as_ref(),
    );
    let pointers = pointers(session, &mut violations, named).await?;
    let field = "ownerOrganisationId";
    let owner = seen::<organisation::Entity>(session, &mut violations, field, &input.owner_organisation_id);
    let Some(owner) = owner.await? else {
        return Err(refused(violations));
    };
    let permit = policy::create_resource(change.viewer, owner)?;
    let owner = permit.model();
    session.lock::<organisation::Entity>(owner.id).await?;
    check_own_work(session, &mut violations, (&pointers, owner.id)).await?;
    let is_active = owner.status == OrganisationStatus::Active;
    violations.check(is_active, Code::Inactive, field, || {
        format!(
            "This organisation is {}. Only an active one begins a resource.",
            owner.status
        )
    });
    violations.into_result()?;

    let title = title.unwrap_or_default();
    let row = resource::ActiveModel {
        id: Set(ResourceId::new()),
        owner_organisation_id: Set(owner.id),
        initiative_id: Set(pointers.initiative.map(|initiative| initiative.id)),
        board_id: Set(pointers.board.map(|board| board.id)),
        kind: Set(input.kind.0),
        title: Set(title.clone()),
        topics: Set(topics.unwrap_or_default()),
        target_groups: Set(input.target_groups.iter().map(|group| group.0).collect()),
        status: Set(ResourceStatus::Draft),
        signer_person_id: Set(pointers.signer.map(|signer| signer.id)),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, resource::Model>(None, &row);
    let resource = session.insert(&permit, row).await?;
    let first = resource_version::ActiveModel {
        id: Set(ResourceVersionId::new()),
        resource_id: Set(resource.id),
        number: Set(1),
        status: Set(ResourceVersionStatus::Draft),
        title: Set(title),
        language: Set(language.unwrap_or_default()),
        content_revision: Set(1),
        ..Default::default()
    };
    session.insert(&permit, first).await?;
    let event = event(("resource.create", "resource"), resource.id, &resource).changed(changed);
    Ok(session.record(event, resource.id.0))
}

pub(super) async fn update(
    change: Change<'_>,
    input: &ResourceUpdateInput,
    settings: &ResourceSettings,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let topics = match &input.topics {
        MaybeUndefined::Value(raw) => violations.keep_all(rules::topics(raw, settings)),
        _ => None,
    };
    let named = (
        input.initiative_id.value(),
        input.board_id.value(),
        input.signer_person_id.value(),
    );
    let pointers = pointers(session, &mut violations, named).await?;
    let row = resource::ActiveModel {
        kind: patch::required(&mut violations, "kind", &input.kind, |kind| Ok(kind.0)),
        topics: patch::required(&mut violations, "topics", &input.topics, |_| {
            Ok(topics.clone().unwrap_or_default())
        }),
        target_groups: patch::required(&mut violations, "targetGroups", &input.target_groups, |groups| {
            Ok(EnumList::new(groups.iter().map(|group| group.0)))
        }),
        initiative_id: patch::pointer(&input.initiative_id, pointers.initiative.as_ref(), |of| of.id),
        board_id: patch::pointer(&input.board_id, pointers.board.as_ref(), |of| of.id),
        signer_person_id: patch::pointer(&input.signer_person_id, pointers.signer.as_ref(), |of| of.id),
        ..Default::default()
    };
    let Some(found) = seen::<resource::Entity>(session, &mut violations, "id", &input.id).await? else {
        return Err(refused(violations));
    };
    let Some(found) = hold_resource(session, found.id).await? else {
        return Err(refused(violations));
    };
    // Who may sign off, and whose chair may write, is the owner's to say.
    let owner_only = !input.signer_person_id.is_undefined() || !input.board_id.is_undefined();
    if owner_only && !policy::may_publish(change.viewer, found.owner_organisation_id.0) {
        return Err(Denied.into());
    }
    let permit = policy::update_resource(change.viewer, found)?;
    fresh(input.expected_version, permit.model().version)?;
    let owner = permit.model().owner_organisation_id;
    check_own_work(session, &mut violations, (&pointers, owner)).await?;
    violations.into_result()?;
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let resource = session.update(&permit, input.expected_version, row).await?;
    let event = event(("resource.update", "resource"), resource.id, &resource).changed(changed);
    Ok(session.record(event, resource.id.0))
}
