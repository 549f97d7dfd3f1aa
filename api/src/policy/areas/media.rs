//! Media: who may see and do what.
//!
//! | | the uploader | administrator of the organisation it belongs to | whoever may read what points to it |
//! |---|---|---|---|
//! | what is known of it | read, write | read, write | read |
//! | its bytes | read, once clean | read, once clean | read, once clean |
//!
//! What points to media stands in one list below, [`references`]: whoever may read such a row may read the media with it, its
//! captions and its transcript, and nothing that any of them points to is taken away. A new reference is one line there.

use entity::media::media;
use entity::panels::application;
use sea_orm::sea_query::{Condition, Expr};

use crate::store::{Reached, Rows, Scope, Scoped, ViewerFact};

/// Makes what the list of references is good for.
macro_rules! references {
    ($($table:ident . $column:ident),+ $(,)?) => {
        /// Whoever may read a row that points to media may read the media, too.
        fn shown_by_references(scope: Scope, rows: &Rows<media::Entity>) -> Scope {
            scope$(.or_shown_by::<media::Entity, $table::Entity>(rows, $table::Column::$column))+
        }

        /// The viewer may read a row that points to media.
        fn is_shown(rows: &Rows<media::Entity>) -> Condition {
            Condition::any()$(.add(rows.exists::<$table::Entity>(|other| {
                Condition::all()
                    .add(other.matches($table::Column::$column, rows, media::Column::Id))
                    .add($table::Entity::scope(other).into_condition(Reached::Directly))
            })))+
        }

        /// Something points to media, whoever may read it.
        fn is_pointed_to(rows: &Rows<media::Entity>) -> Condition {
            Condition::any()$(.add(rows.exists::<$table::Entity>(|other| {
                other.matches($table::Column::$column, rows, media::Column::Id).into()
            })))+
        }
    };
}

// Every foreign key to `media` from another table.
references! {
    application.MediaId,
}

/// The viewer uploads it, or administers the organisation that it belongs to.
fn is_own(rows: &Rows<media::Entity>) -> Condition {
    use media::Column as C;
    Condition::any()
        .add(rows.is(C::UploadedByPersonId, ViewerFact::Person))
        .add(rows.among(C::OrganisationId, ViewerFact::AdministeredOrganisations))
}

/// Media that points to these as its captions or its transcript fulfils a condition.
fn belongs_to(rows: &Rows<media::Entity>, condition: impl FnOnce(&Rows<media::Entity>) -> Condition) -> Expr {
    use media::Column as C;
    rows.exists::<media::Entity>(|recording| {
        let points = Condition::any()
            .add(recording.matches(C::CaptionMediaId, rows, C::Id))
            .add(recording.matches(C::TranscriptMediaId, rows, C::Id));
        Condition::all().add(points).add(condition(recording))
    })
}

impl Scoped for media::Entity {
    /// The uploader; the administrator of its organisation; whoever may read what points to it, or to the recording whose
    /// captions or transcript it is.
    fn scope(rows: &Rows<Self>) -> Scope {
        let with_a_recording = belongs_to(rows, |recording| {
            Condition::any().add(is_own(recording)).add(is_shown(recording))
        });
        let own = Condition::any().add(is_own(rows)).add(with_a_recording);
        shown_by_references(Scope::when(own), rows)
    }
}

/// Whether anything points to media: a row of another table, or a recording whose captions or transcript it is.
#[must_use]
pub fn is_referenced(rows: &Rows<media::Entity>) -> Condition {
    Condition::any()
        .add(is_pointed_to(rows))
        .add(belongs_to(rows, |_| Condition::all()))
}
