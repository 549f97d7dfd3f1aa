//! Media: who may see and do what.
//!
//! | | the uploader, of what is their own | administrator of the organisation it belongs to | systems of that organisation, of what one of them uploaded | whoever may read what points to it |
//! |---|---|---|---|---|
//! | what is known of it | read, write | read, write | read, write | read |
//! | its bytes | send; read, once clean | send; read, once clean | send; read, once clean | read, once clean |
//!
//! Everybody who signs in as a person uploads for themselves; for an organisation its administrator and its systems do. Leave to read the
//! bytes is an address that holds for a while: it is made anew each time somebody reads `downloadUrl`, in scope, so whoever
//! loses the scope gets no other.
//!
//! What points to media stands in one list below, `references!`: whoever may read such a row may read the media with it, its
//! captions and its transcript, and nothing that any of them points to is taken away. A new reference is one line there.
//!
//! An import that is under way keeps its file from being taken away, too. It opens it to nobody: a file of figures holds more than each of
//! those who read of the import may read.

use entity::media::media;
use entity::outcomes::import_batch;
use entity::panels::application;
use entity::parties::kinds::Role;
use entity::parties::{organisation, person};
use entity::resources::{adoption, adoption_evidence, rendition, resource_version};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::people::AnonymisePerson;
use crate::events::Actor;
use crate::policy::{Denied, GrantScope, Permit, Viewer};
use crate::store::{Reached, Rows, Scope, Scoped, ViewerFact};

/// Makes what the list of references is good for.
macro_rules! references {
    ($($table:ident . $column:ident),+ $(,)?) => {
        /// Whoever may read a row that points to media may read the media, too.
        fn shown_by_references(scope: Scope, rows: &Rows<media::Entity>) -> Scope {
            scope$(.or_shown_by_each::<media::Entity, $table::Entity>(rows, $table::Column::$column))+
        }

        /// The viewer may read a row that points to media.
        fn is_shown(rows: &Rows<media::Entity>) -> Condition {
            Condition::any()$(.add(rows.exists_each::<$table::Entity>(|other| {
                Condition::all()
                    .add(other.matches($table::Column::$column, rows, media::Column::Id))
                    .add($table::Entity::scope(other).into_condition(Reached::Directly))
            })))+
        }

        /// Something points to media, whoever may read it.
        fn is_pointed_to(rows: &Rows<media::Entity>) -> Condition {
            Condition::any()$(.add(rows.exists_each::<$table::Entity>(|other| {
                other.matches($table::Column::$column, rows, media::Column::Id).into()
            })))+
        }
    };
}

// Every foreign key to `media` from another table, but for that of imports.
references! {
    application.MediaId,
    rendition.MediaId,
    adoption.EvidenceMediaId,
    adoption_evidence.MediaId,
}

/// It is the viewer's own, or of an organisation that they administer, or a system uploaded it for an organisation of which they are
/// one. Who uploaded a file for an organisation has no more to do with it once they administer it no longer.
fn is_own(rows: &Rows<media::Entity>) -> Condition {
    use media::Column as C;
    Condition::any()
        .add(
            Condition::all()
                .add(rows.is(C::UploadedByPersonId, ViewerFact::Person))
                .add(rows.column(C::OrganisationId).is_null()),
        )
        .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
        .add(
            Condition::all()
                .add(rows.among(C::OrganisationId, ViewerFact::IntegratedOrganisations))
                .add(rows.column(C::UploadedByPersonId).is_null()),
        )
}

/// Media that points to these by a column, as captions or a transcript, fulfils a condition.
fn belongs_to(
    rows: &Rows<media::Entity>,
    column: media::Column,
    condition: impl FnOnce(&Rows<media::Entity>) -> Condition,
) -> Expr {
    rows.exists_each::<media::Entity>(|recording| {
        Condition::all()
            .add(recording.matches(column, rows, media::Column::Id))
            .add(condition(recording))
    })
}

/// What a recording points to beside its own bytes.
const COMPANIONS: [media::Column; 2] = [media::Column::CaptionMediaId, media::Column::TranscriptMediaId];

impl Scoped for media::Entity {
    /// Whose own it is; the administrator of its organisation; whoever may read what points to it, or to the recording whose
    /// captions or transcript it is. Companions have none of their own, so nobody has to ask further.
    fn scope(rows: &Rows<Self>) -> Scope {
        let own = shown_by_references(Scope::when(is_own(rows)), rows);
        COMPANIONS.into_iter().fold(own, |scope, column| {
            let visible = belongs_to(rows, column, |recording| {
                Condition::any().add(is_own(recording)).add(is_shown(recording))
            });
            scope.or_shown_where::<Self>(column, visible)
        })
    }
}

/// An import reads it.
fn is_being_read(rows: &Rows<media::Entity>) -> Expr {
    rows.exists_each::<import_batch::Entity>(|batch| {
        batch
            .matches(import_batch::Column::MediaId, rows, media::Column::Id)
            .into()
    })
}

/// Whether anything points to media: a row of another table, or a recording whose captions or transcript it is.
#[must_use]
pub fn is_referenced(rows: &Rows<media::Entity>) -> Condition {
    let others = Condition::any().add(is_pointed_to(rows)).add(is_being_read(rows));
    COMPANIONS.into_iter().fold(others, |condition, column| {
        condition.add(belongs_to(rows, column, |_| Condition::all()))
    })
}

/// From when on a version is what people were asked about, and stays as it is.
const SETTLED: [&str; 4] = ["SIGNED_OFF", "PUBLISHED", "SUPERSEDED", "WITHDRAWN"];

/// Whether others decide by a file as it is, with what belongs to it: it was handed in with an application that was not taken
/// back, a version that was signed off shows it, or it was shown as evidence of an adoption.
#[must_use]
pub fn is_settled(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<media::Entity>::new(alias, backend);
    let handed_in = rows.exists_each::<application::Entity>(|of| {
        Condition::all()
            .add(of.matches(application::Column::MediaId, &rows, media::Column::Id))
            .add(of.column(application::Column::Status).ne("WITHDRAWN"))
    });
    let signed_off = rows.exists_each::<rendition::Entity>(|of| {
        let version = of.exists_each::<resource_version::Entity>(|version| {
            Condition::all()
                .add(of.matches(
                    rendition::Column::ResourceVersionId,
                    version,
                    resource_version::Column::Id,
                ))
                .add(version.column(resource_version::Column::Status).is_in(SETTLED))
        });
        Condition::all()
            .add(of.matches(rendition::Column::MediaId, &rows, media::Column::Id))
            .add(version)
    });
    let shown = rows.exists_each::<adoption_evidence::Entity>(|of| {
        of.matches(adoption_evidence::Column::MediaId, &rows, media::Column::Id)
            .into()
    });
    Condition::any().add(handed_in).add(signed_off).add(shown)
}

/// Whether nothing points to a file, so that it may be taken away.
#[must_use]
pub fn is_unreferenced(alias: &str, backend: DbBackend) -> Condition {
    is_referenced(&Rows::new(alias, backend)).not()
}

/// Leave to announce a file, and to say what it is.
#[derive(Debug)]
pub struct UploadMedia;
/// Leave to do with files what the clock, their content and the scanner ask for.
#[derive(Debug)]
pub struct KeepMedia;

/// Leave to upload for oneself: everybody who is a person.
///
/// # Errors
/// [`Denied`] for somebody else's.
pub fn upload_own(
    viewer: &Viewer,
    person: person::Model,
) -> Result<Permit<UploadMedia, person::Model>, Denied> {
    Permit::when(viewer.person() == Some(person.id.0), person)
}

/// Leave to upload for an organisation: its administrator, and its systems.
///
/// # Errors
/// [`Denied`] for everybody else.
pub fn upload_for(
    viewer: &Viewer,
    organisation: organisation::Model,
) -> Result<Permit<UploadMedia, organisation::Model>, Denied> {
    let is_system = is_system_of(viewer, organisation.id.0);
    Permit::when(viewer.administers(organisation.id) || is_system, organisation)
}

/// The viewer is a computer system of an organisation.
fn is_system_of(viewer: &Viewer, organisation: Uuid) -> bool {
    viewer.holds(Role::Integration, GrantScope::Organisation(organisation))
}

/// Whether the viewer may say what a file is, and take it away: whose own it is, the administrator of its organisation, and the
/// organisation's systems where one of them uploaded it.
#[must_use]
pub fn may_manage_media(viewer: &Viewer, uploader: Option<Uuid>, organisation: Option<Uuid>) -> bool {
    match organisation {
        Some(organisation) => {
            viewer.administers(organisation) || uploader.is_none() && is_system_of(viewer, organisation)
        }
        None => uploader.is_some() && viewer.person() == uploader,
    }
}

/// Leave to say what a file is, and to take it away.
///
/// # Errors
/// [`Denied`] unless [`may_manage_media`].
pub fn manage_media(
    viewer: &Viewer,
    media: media::Model,
) -> Result<Permit<UploadMedia, media::Model>, Denied> {
    let uploader = media.uploaded_by_person_id.map(|id| id.0);
    let organisation = media.organisation_id.map(|id| id.0);
    Permit::when(may_manage_media(viewer, uploader, organisation), media)
}

/// Files are stored, found harmful and removed by the server itself.
///
/// # Errors
/// [`Denied`] for accounts.
pub fn keep_media(actor: &Actor, media: media::Model) -> Result<Permit<KeepMedia, media::Model>, Denied> {
    Permit::when(actor.user.is_none() && actor.service.is_none(), media)
}

/// Leave to erase a person reaches the files that are theirs alone.
///
/// # Errors
/// [`Denied`] for those of others, and of organisations.
pub fn erase_media(
    person: &Permit<AnonymisePerson, person::Model>,
    media: media::Model,
) -> Result<Permit<AnonymisePerson, media::Model>, Denied> {
    let is_own = media.organisation_id.is_none() && media.uploaded_by_person_id == Some(person.model().id);
    Permit::when(is_own, media)
}
