//! Frameworks, their outcomes, and what good, ok and not good look like.

use entity::gatherings::event;
use entity::outcomes::kinds::{DescriptorLevel, FrameworkStatus, OutcomeVoice};
use entity::outcomes::{indicator, outcome, outcome_descriptor, outcome_framework};
use entity::parties::organisation;
use entity::releases::release;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::outcome_frameworks::{may_retire, may_word};

impl Declared for outcome_framework::Entity {
    const NAME: &'static str = "OutcomeFramework";
    const PREFIX: &'static str = "outcome_framework";

    fn declare() -> ObjectType {
        use outcome_framework::Column as C;
        ObjectType::of::<Self>(
            "A version of a set of outcomes, and of the indicators that show whether they are met. Read by everybody once it is in \
             use; a draft by the administrator and the commissioners of its publisher.",
        )
        .column("code", C::Code, "The code it is known by, such as `ASCOF`: the same for all its versions.")
        .column("versionLabel", C::VersionLabel, "What tells this version from the others.")
        .column("title", C::Title, "What it is called.")
        .column("summary", C::Summary, "What it is about.")
        .column(
            "source",
            C::Source,
            "Whose framework it is and under which licence, for those that come with the server: credit it wherever you show \
             figures of it.",
        )
        .one_of::<FrameworkStatus>("status", C::Status, "How far it has got.")
        .column("liveAt", C::LiveAt, "When it came into use; null for a draft.")
        .column("retiredAt", C::RetiredAt, "When it went out of use; null unless it did.")
        .to_one::<organisation::Entity>(
            "publisherOrganisation",
            C::PublisherOrganisationId,
            "The organisation that publishes it; null for those that come with the server.",
        )
        .to_many::<outcome::Entity>("outcomes", outcome::Column::FrameworkId, "Its outcomes.")
        .to_many::<indicator::Entity>("indicators", indicator::Column::FrameworkId, "The indicators of all its outcomes.")
        .to_many::<release::Entity>("releases", release::Column::FrameworkId, "Its figures as they were published.")
        .viewer_can(
            "OutcomeFrameworkViewerCan",
            vec![
                Ability::new(
                    "word",
                    &[C::PublisherOrganisationId],
                    "Word it, its outcomes and its indicators, and publish it.",
                    |row, viewer| Ok(may_word(viewer, row.id(0)?).into()),
                ),
                Ability::new(
                    "retire",
                    &[C::PublisherOrganisationId],
                    "Take it out of use.",
                    |row, viewer| {
                        let publisher = row.id(0)?;
                        Ok(may_retire(viewer, (!publisher.is_nil()).then_some(publisher)).into())
                    },
                ),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .order("CODE", C::Code, "By code.")
        .filter_one_of::<FrameworkStatus>("status", C::Status, "Only in these states.")
        .filter("code", FilterTest::Contains("code"), "Only those whose code contains this.")
        .filter(
            "publisherOrganisation",
            FilterTest::Is("publisher_organisation_id", organisation::Entity::PREFIX),
            "Only those that this organisation publishes.",
        )
    }
}

impl Declared for outcome::Entity {
    const NAME: &'static str = "Outcome";
    const PREFIX: &'static str = "outcome";

    fn declare() -> ObjectType {
        use outcome::Column as C;
        ObjectType::of::<Self>("What people want to be true. Read by whoever reads its framework.")
            .column("code", C::Code, "Its code within the framework.")
            .column("statement", C::Statement, "What is to be true.")
            .one_of::<OutcomeVoice>("voice", C::Voice, "Who speaks in it.")
            .column("theme", C::Theme, "What it is about, to find it by.")
            .column("ordinal", C::Ordinal, "Its place in the framework, from 1.")
            .to_one::<outcome_framework::Entity>("framework", C::FrameworkId, "The framework.")
            .to_many::<outcome_descriptor::Entity>(
                "descriptors",
                outcome_descriptor::Column::OutcomeId,
                "What good, ok and not good look like: all three, or none.",
            )
            .to_many::<indicator::Entity>(
                "indicators",
                indicator::Column::OutcomeId,
                "What is measured to see whether it is met.",
            )
            .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
            .order("ORDINAL", C::Ordinal, "By place in the framework.")
            .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
            .filter_one_of::<OutcomeVoice>("voice", C::Voice, "Only in these voices.")
            .filter(
                "code",
                FilterTest::Contains("code"),
                "Only those whose code contains this.",
            )
    }
}

impl Declared for outcome_descriptor::Entity {
    const NAME: &'static str = "OutcomeDescriptor";
    const PREFIX: &'static str = "outcome_descriptor";

    fn declare() -> ObjectType {
        use outcome_descriptor::Column as C;
        ObjectType::of::<Self>(
            "What good, ok or not good looks like for an outcome. Read by whoever reads its framework.",
        )
        .one_of::<DescriptorLevel>("level", C::Level, "How well the outcome is met: the thumb.")
        .column("text", C::Text, "What that looks like.")
        .to_one::<outcome::Entity>("outcome", C::OutcomeId, "The outcome.")
        .to_one::<event::Entity>(
            "workshopEvent",
            C::WorkshopEventId,
            "The workshop at which it was agreed, where you may read that.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<DescriptorLevel>("level", C::Level, "Only of these levels.")
    }
}
