//! The audit: who may read it.
//!
//! An organisation's administrator reads what was done for it, a person what they did themselves, the platform's
//! administrator all of it. Who read special-category data about a person, that person reads too. The audit holds names of fields, never private values.

use entity::platform::audit_event;
use sea_orm::sea_query::Condition;

use crate::store::{Rows, Scope, Scoped, ViewerFact, is_true};

impl Scoped for audit_event::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(rows.is(audit_event::Column::ActorUserId, ViewerFact::User))
                .add(rows.is(audit_event::Column::SubjectPersonId, ViewerFact::Person))
                .add(rows.among(
                    audit_event::Column::ActingOrganisationId,
                    ViewerFact::AdministeredOrganisations,
                ))
                .add(is_true(ViewerFact::IsPlatformAdministrator)),
        )
    }
}
