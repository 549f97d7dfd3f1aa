//! How papers look to clients, and which of them are late.

use entity::meetings::{agenda_item, meeting, paper};
use entity::parties::kinds::InformationFormat;
use entity::resources::resource_version;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::abilities::own_paper;
use crate::planner::declare::{Declared, FilterTest, ObjectType};
use crate::policy::areas::meeting_preparation::version_in_time;
use crate::store::{Parameter, Rows};

/// A first paper whose day is over, and that was not there in an accessible format by then.
fn is_late(alias: &str, backend: DbBackend) -> Condition {
    use paper::Column as C;
    let rows = Rows::<paper::Entity>::new(alias, backend);
    let due = rows.exists::<meeting::Entity>(|at| {
        let in_time = at.exists::<paper::Entity>(|other| {
            let same = Condition::any()
                .add(other.matches(C::Id, &rows, C::Id))
                .add(other.matches(C::OriginalId, &rows, C::Id));
            Condition::all()
                .add(same)
                .add(other.column(C::Format).ne("STANDARD"))
                .add(other.column(C::WithdrawnAt).is_null())
                .add(
                    other
                        .column(C::CreatedAt)
                        .lte(at.column(meeting::Column::PapersDueAt)),
                )
        });
        let in_time = in_time.or(version_in_time(at, &rows));
        Condition::all()
            .add(at.matches(meeting::Column::Id, &rows, C::MeetingId))
            .add(at.column(meeting::Column::PapersDueAt).lt(Parameter::Now.expr()))
            .add(at.column(meeting::Column::Status).ne("CANCELLED"))
            .add(in_time.not())
    });
    Condition::all()
        .add(rows.column(C::OriginalId).is_null())
        .add(rows.column(C::WithdrawnAt).is_null())
        .add(due)
}

impl Declared for paper::Entity {
    const NAME: &'static str = "Paper";
    const PREFIX: &'static str = "paper";

    fn declare() -> ObjectType {
        use paper::Column as C;
        ObjectType::of::<Self>(
            "A paper for an agenda item: a document in one format, or a version of a resource. Read by whoever may read the item; \
             once taken back, by the board's own people and its host's administrator.",
        )
        .column("title", C::Title, "What it is called.")
        .one_of::<InformationFormat>("format", C::Format, "The format it is in. All but `STANDARD` count as accessible. A version \
             of a resource is `STANDARD`, and brings its own formats: its renditions.")
        .column(
            "mediaType",
            C::MediaType,
            "The media type of the document, such as `application/pdf`; null for a version of a resource.",
        )
        .column("url", C::Url, "Where it lies; null when its text is here, and for a version of a resource.")
        .column("body", C::Body, "Its text; null when it lies elsewhere, and for a version of a resource.")
        .to_one::<resource_version::Entity>(
            "resourceVersion",
            C::ResourceVersionId,
            "The version of a resource that it is, where you may read that; null for a document.",
        )
        .column("withdrawnAt", C::WithdrawnAt, "When it was taken back.")
        .to_one::<paper::Entity>("original", C::OriginalId, "The paper that this is another format of; null for the first.")
        .to_one::<agenda_item::Entity>("agendaItem", C::AgendaItemId, "The agenda item.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting.")
        .to_one::<entity::boards::board::Entity>("board", C::BoardId, "The board.")
        .to_many::<paper::Entity>("renditions", C::OriginalId, "The same document in other formats.")
        .viewer_can("PaperViewerCan", vec![own_paper("withdraw", "Take it back.")])
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was added.")
        .order("TITLE", C::Title, "By title.")
        .filter_one_of::<InformationFormat>("format", C::Format, "Only in these formats.")
        .filter("meeting", FilterTest::Is("meeting_id", meeting::Entity::PREFIX), "Only for this meeting.")
        .filter(
            "isLate",
            FilterTest::Holds(is_late),
            "Only first papers that were not there in an accessible format when they were due, so many days before the meeting \
             as the board has set itself (`Meeting.papersDueAt`); or only the others. A version of a resource is there once a \
             user group has checked an accessible rendition of it that you may read.",
        )
    }
}
