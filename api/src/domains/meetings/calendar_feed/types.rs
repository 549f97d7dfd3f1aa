//! How calendar feeds look to clients.

use entity::meetings::calendar_feed;
use entity::parties::person;

use crate::planner::declare::{Ability, Declared, ObjectType};
use crate::policy::areas::people::may_write_own;

impl Declared for calendar_feed::Entity {
    const NAME: &'static str = "CalendarFeed";
    const PREFIX: &'static str = "calendar_feed";

    fn declare() -> ObjectType {
        use calendar_feed::Column as C;
        ObjectType::of::<Self>(
            "A secret address under which a calendar program finds a person's meetings and the events at which they have a place. \
             Read by the person alone. The address \
             itself is shown once, when the feed is made or renewed, and not kept.",
        )
        .column("name", C::Name, "What the person calls it, such as the device that uses it.")
        .column("revokedAt", C::RevokedAt, "When it was stopped; it opens nothing from then on.")
        .to_one::<person::Entity>("person", C::PersonId, "Whose meetings it shows.")
        .viewer_can(
            "CalendarFeedViewerCan",
            vec![Ability::new(
                "manage",
                &[C::PersonId],
                "Give it another address, or stop it.",
                |row, viewer| Ok(may_write_own(viewer, row.id(0)?).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was made.")
    }
}
