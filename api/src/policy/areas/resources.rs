//! What people write together: who may see and do what (`domain.md` 2.6, 2.10 and 3). Adoptions stand in
//! [`super::adoptions`].
//!
//! | | public | reviewer, tester | author, editor, designer | lead | designated signer | chair of the board that asked | owner's administrator | adopter's administrator |
//! |---|---|---|---|---|---|---|---|---|
//! | resource, once a version was published | read | read | read | read | read | write | write | read |
//! | resource before that | – | read | read | read | read | write | write | – |
//! | version, published or superseded | read | read | read | read | read | read | publish, withdraw | read |
//! | version being written, reviewed, signed off | – | of that version | write | write | read; sign off | write | write; publish | – |
//! | version withdrawn after it was published | – | of that version | of that version | of that version | read | read | read | read what they adopted |
//! | reviews | – | read; write own | read; settle | read; settle | read | read; settle | read; settle | – |
//! | contributors | with the version | with the version | with the version | write | read | write | write | with the version |
//! | credit of a contributor | with consent to be named | read; own: write | read; own: write | write | read | write | write | with consent |
//! | rendition, checked by a user group and not stale | with the version | read | write | write | read | write | write | with the version |
//! | rendition otherwise | – | of that version | write | write | read | write | write | – |
//!
//! Whoever is named here as somebody of a version is so for that version alone: who wrote the first does not see the draft of the
//! second unless they write that, too. An administrator of an organisation that contributes is a contributor in its name. The
//! administrator of a user-led organisation that contributes to a version checks its renditions; nobody else does.

use entity::resources::{contributor, rendition, resource, resource_review, resource_version};
use sea_orm::sea_query::{Condition, Expr, ExprTrait};
use sea_orm::{DbBackend, EntityTrait};

use super::adoptions::adopted_by_own_organisation;
use super::people::named_publicly;
use crate::store::{Rows, Scope, Scoped, ViewerFact, has};

/// The viewer runs the resource: they administer its owner, chair the board that asked for it, or sign its versions off.
fn close_to_resource(rows: &Rows<resource::Entity>) -> Condition {
    use resource::Column as C;
    Condition::any()
        .add(rows.among(C::OwnerOrganisationId, ViewerFact::AdministeredOrganisations))
        .add(rows.among(C::BoardId, ViewerFact::ChairedBoards))
        .add(rows.is(C::SignerPersonId, ViewerFact::Person))
}

/// The viewer contributes, themselves or as the administrator of an organisation, to what `matches` says.
fn contributes<E: EntityTrait>(
    rows: &Rows<E>,
    matches: impl Fn(&Rows<contributor::Entity>) -> Expr,
) -> Condition {
    use contributor::Column as C;
    let in_person = rows.exists::<contributor::Entity>(|own| {
        Condition::all()
            .add(matches(own))
            .add(own.is(C::PersonId, ViewerFact::Person))
    });
    let in_its_name = rows.exists::<contributor::Entity>(|own| {
        Condition::all()
            .add(matches(own))
            .add(own.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
    });
    Condition::any()
        .add(has(ViewerFact::Person).and(in_person))
        .add(has(ViewerFact::AdministeredOrganisations).and(in_its_name))
}

impl Scoped for resource::Entity {
    /// Everybody, once a version was published; before that those who run it and those who contribute to it.
    fn scope(rows: &Rows<Self>) -> Scope {
        use resource::Column as C;
        let theirs = contributes(rows, |own| {
            own.matches(contributor::Column::ResourceId, rows, C::Id)
        });
        Scope::when(
            Condition::any()
                .add(rows.column(C::Status).ne("DRAFT"))
                .add(close_to_resource(rows))
                .add(theirs),
        )
    }
}

/// The viewer sees the version before it is published: they run its resource, or contribute to this version.
fn close_to_version(rows: &Rows<resource_version::Entity>) -> Condition {
    use resource_version::Column as C;
    let runs = rows.pointed::<resource::Entity>(C::ResourceId, close_to_resource);
    let can_run = has(ViewerFact::Person)
        .or(has(ViewerFact::AdministeredOrganisations))
        .or(has(ViewerFact::ChairedBoards));
    let theirs = contributes(rows, |own| {
        own.matches(contributor::Column::ResourceVersionId, rows, C::Id)
    });
    Condition::any().add(can_run.and(runs)).add(theirs)
}

/// What everybody may read: what was published, and has not been withdrawn.
fn is_public(rows: &Rows<resource_version::Entity>) -> Condition {
    rows.column(resource_version::Column::Status)
        .is_in(["PUBLISHED", "SUPERSEDED"])
        .into()
}

impl Scoped for resource_version::Entity {
    /// Everybody, once published; before that those close to it. What was withdrawn stays with them and with who adopted it.
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::when(
            Condition::any()
                .add(is_public(rows))
                .add(close_to_version(rows))
                .add(adopted_by_own_organisation(rows, resource_version::Column::Id)),
        )
    }
}

/// The same of what belongs to a version.
fn close_through<E: EntityTrait>(rows: &Rows<E>, version: E::Column) -> Expr {
    rows.pointed::<resource_version::Entity>(version, close_to_version)
}

impl Scoped for contributor::Entity {
    fn scope(rows: &Rows<Self>) -> Scope {
        Scope::through::<_, resource_version::Entity>(rows, contributor::Column::ResourceVersionId)
    }
}

/// Who may read by which name a contributor is credited: those close to the version; others while the person consents to have
/// their name published. Organisations stand by their name.
#[must_use]
pub fn credit_readers(alias: &str, backend: DbBackend) -> Condition {
    use contributor::Column as C;
    let rows = Rows::<contributor::Entity>::new(alias, backend);
    Condition::any()
        .add(rows.column(C::OrganisationId).is_not_null())
        .add(named_publicly(&rows, C::PersonId))
        .add(close_through(&rows, C::ResourceVersionId))
}

/// A user group has checked the rendition, and the text of its version has not changed since.
pub(super) fn is_checked(rows: &Rows<rendition::Entity>) -> Expr {
    use rendition::Column as C;
    rows.exists::<resource_version::Entity>(|of| {
        Condition::all()
            .add(of.matches(resource_version::Column::Id, rows, C::ResourceVersionId))
            .add(of.matches(
                resource_version::Column::ContentRevision,
                rows,
                C::CheckedContentRevision,
            ))
    })
}

/// Whether the rendition has to be checked: nobody has, or the text of its version changed since.
#[must_use]
pub fn is_stale(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<rendition::Entity>::new(alias, backend);
    Condition::all().add(is_checked(&rows).not())
}

/// Who sees the version of a rendition before it is published.
#[must_use]
pub fn draft_readers(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<rendition::Entity>::new(alias, backend);
    Condition::all().add(close_through(&rows, rendition::Column::ResourceVersionId))
}

impl Scoped for rendition::Entity {
    /// Whoever sees the version, once a user group has checked it; before that those close to the version.
    fn scope(rows: &Rows<Self>) -> Scope {
        use rendition::Column as C;
        Scope::through::<_, resource_version::Entity>(rows, C::ResourceVersionId).and(
            Condition::any()
                .add(is_checked(rows))
                .add(close_through(rows, C::ResourceVersionId)),
        )
    }
}

impl Scoped for resource_review::Entity {
    /// Those close to the version, and nobody else at any time.
    fn scope(rows: &Rows<Self>) -> Scope {
        use resource_review::Column as C;
        Scope::through::<_, resource_version::Entity>(rows, C::ResourceVersionId)
            .and(close_through(rows, C::ResourceVersionId))
    }
}
