//! Resources.

use entity::boards::{board, initiative};
use entity::parties::kinds::ClientGroup;
use entity::parties::{organisation, person};
use entity::resources::kinds::{ResourceKind, ResourceStatus};
use entity::resources::{adoption, resource, resource_version};

use crate::planner::declare::{Declared, EnumType, FilterTest, ObjectType};

impl Declared for resource::Entity {
    const NAME: &'static str = "Resource";
    const PREFIX: &'static str = "resource";

    fn declare() -> ObjectType {
        use resource::Column as C;
        let groups = EnumType::of::<ClientGroup>();
        ObjectType::of::<Self>(
            "Something that people write together, such as a guide or a pledge; what it says stands in its versions. Read by \
             everybody once a version was published. Before that by the administrator of its owner, by the chair and facilitator \
             of the board that asked for it, by its designated signer, and by those who contribute to a version.",
        )
        .column("title", C::Title, "What it is called: once published, as its published version.")
        .one_of::<ResourceKind>("kind", C::Kind, "What sort of thing it is.")
        .one_of::<ResourceStatus>("status", C::Status, "How it stands, all its versions taken together.")
        .texts("topics", C::Topics, "What it is about, in lower case.")
        .several_of::<ClientGroup>("targetGroups", C::TargetGroups, "The people it is for.")
        .to_one::<organisation::Entity>(
            "ownerOrganisation",
            C::OwnerOrganisationId,
            "The organisation that answers for it.",
        )
        .to_one::<initiative::Entity>(
            "initiative",
            C::InitiativeId,
            "The piece of work it comes from, where you may read that.",
        )
        .to_one::<board::Entity>("board", C::BoardId, "The board that asked for it, where you may read that.")
        .to_one::<person::Entity>(
            "signerPerson",
            C::SignerPersonId,
            "Who signs its versions off, where you may see them.",
        )
        .to_many::<resource_version::Entity>(
            "versions",
            resource_version::Column::ResourceId,
            "Its versions, as far as you may read them.",
        )
        .to_many::<adoption::Entity>(
            "adoptions",
            adoption::Column::ResourceId,
            "Who adopted which version, as far as you may read it.",
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<ResourceKind>("kind", C::Kind, "Only of these kinds.")
        .filter_one_of::<ResourceStatus>("status", C::Status, "Only with these statuses.")
        .filter("topic", FilterTest::Lists("topics"), "Only about this topic, whatever its case.")
        .filter(
            "targetGroup",
            FilterTest::ListsOneOf("target_groups", groups),
            "Only for at least one of these groups of people.",
        )
        .filter(
            "ownerOrganisation",
            FilterTest::Is("owner_organisation_id", organisation::Entity::PREFIX),
            "Only of this owner.",
        )
        .filter(
            "initiative",
            FilterTest::Is("initiative_id", initiative::Entity::PREFIX),
            "Only from this piece of work.",
        )
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only what this board asked for.")
        .filter("titleContains", FilterTest::Contains("title"), "Only those whose title contains this text.")
    }
}
