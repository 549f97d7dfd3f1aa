//! How the audit looks to clients.

use entity::parties::{organisation, person, service_account, user_account};
use entity::platform::audit_event;

use crate::planner::Catalogue;
use crate::planner::declare::{Declared, FilterTest, ObjectType, Scalar};
use crate::planner::{CATALOGUE, Cells, global_id};
use crate::policy::Viewer;
use crate::store::StoreError;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue.with::<audit_event::Entity>().roots::<audit_event::Entity>(
        "auditEvent",
        "An entry of the audit by its id.",
        "auditEvents",
        "The audit, as far as you may read it: what you did; what was done for the organisation you administer; who read \
         special-category data about you.",
    )
}

impl Declared for audit_event::Entity {
    const NAME: &'static str = "AuditEvent";
    const PREFIX: &'static str = "audit_event";

    fn declare() -> ObjectType {
        use audit_event::Column as C;
        ObjectType::of::<Self>(
            "Something that was done: who, what, to which object, for which organisation. Nobody can alter it, and each \
             entry carries the fingerprint of the one before. Read by whoever did it, by the administrator of the \
             organisation it was done for, and by the platform's administrator. Among them are the reads of special-category \
             data such as access needs: the person whose data they are finds here who read them. It never holds private \
             values.",
        )
        .column("at", C::At, "When.")
        .column(
            "action",
            C::Action,
            "What was done, such as `board.update`, or `special_category.read` when somebody read data about access or health.",
        )
        .column("sequence", C::Sequence, "Its place in the trail, counted from 1 without gaps.")
        .column("entity", C::Entity, "The kind of object, as its table is called.")
        .computed(
            "entityId",
            "ID",
            vec![("entity", Scalar::String), ("entity_id", Scalar::Id(""))],
            object_id,
            "The object's global id, for kinds of objects that clients can read.",
        )
        .computed(
            "changedFields",
            "[String!]!",
            vec![("changed", Scalar::Json)],
            changed_fields,
            "The names of the fields that changed. Their values stay in the audit itself.",
        )
        .column("reason", C::Reason, "Why, where a reason must be given.")
        .column("requestId", C::RequestId, "The request it happened in.")
        .column("previousHash", C::PreviousHash, "The fingerprint of the entry before.")
        .column("hash", C::Hash, "The fingerprint of this entry.")
        .to_one::<user_account::Entity>("actorUser", C::ActorUserId, "The user who did it.")
        .to_one::<service_account::Entity>("actorServiceAccount", C::ActorServiceAccountId, "The system that did it.")
        .to_one::<organisation::Entity>("actingOrganisation", C::ActingOrganisationId, "For which organisation.")
        .to_one::<person::Entity>("subjectPerson", C::SubjectPersonId, "Whose special-category data were read; null for changes.")
        .order("AT", C::At, "By when.")
        .filter("entity", FilterTest::Contains("entity"), "Only of this kind of object.")
    }
}

fn object_id(cells: &Cells<'_>, _: &Viewer) -> Result<serde_json::Value, StoreError> {
    let table = cells.text(0)?;
    let object = CATALOGUE
        .objects()
        .iter()
        .find(|object| object.source.table() == table);
    let id = cells.id(1)?;
    Ok(object.map(|object| global_id::encode(object.prefix, id)).into())
}

fn changed_fields(cells: &Cells<'_>, _: &Viewer) -> Result<serde_json::Value, StoreError> {
    let changed = cells.json(0)?;
    let names = changed
        .as_object()
        .map(|fields| fields.keys().cloned().collect::<Vec<_>>());
    Ok(names.unwrap_or_default().into())
}
