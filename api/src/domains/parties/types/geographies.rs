//! Areas.

use entity::outcomes::observation;
use entity::parties::kinds::GeographyLevel;
use entity::parties::{geography, organisation, site};
use entity::resources::adoption;

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::observations::may_answer_for_areas;

impl Declared for geography::Entity {
    const NAME: &'static str = "Geography";
    const PREFIX: &'static str = "geography";

    fn declare() -> ObjectType {
        use geography::Column as C;
        ObjectType::of::<Self>(
            "An area: a country, a region, a council area. Reference data that everybody may read.",
        )
        .column("name", C::Name, "What the area is called.")
        .one_of::<GeographyLevel>("level", C::Level, "What kind of area it is.")
        .column(
            "gss",
            C::Gss,
            "Its nine-character code of the Office for National Statistics.",
        )
        .column(
            "cassr",
            C::Cassr,
            "Its three-digit code as a council with adult social services responsibilities.",
        )
        .column(
            "localCode",
            C::LocalCode,
            "The code a data release gives to areas that have no other.",
        )
        .column("validFrom", C::ValidFrom, "The first day of its present code.")
        .column(
            "validTo",
            C::ValidTo,
            "The last day, when another area took its place.",
        )
        .to_one::<Self>("parent", C::ParentId, "The area it lies in.")
        .to_one::<Self>("successor", C::SuccessorId, "The area that took its place.")
        .to_many::<Self>("children", C::ParentId, "The areas that lie in it.")
        .to_many::<site::Entity>(
            "sites",
            site::Column::LocalAuthorityId,
            "The sites that lie in it.",
        )
        .to_many::<adoption::Entity>(
            "adoptions",
            adoption::Column::GeographyId,
            "What is adopted in it, as far as you may read it.",
        )
        .to_one::<organisation::Entity>(
            "answeringOrganisation",
            C::OrganisationId,
            "The council that answers for it: whose figures those about the area are. The platform's administrator says which.",
        )
        .to_many::<observation::Entity>(
            "observations",
            observation::Column::GeographyId,
            "The figures about it, where you read those.",
        )
        .viewer_can(
            "GeographyViewerCan",
            vec![Ability::new(
                "setOrganisation",
                &[C::Id],
                "Say which council answers for it.",
                |_, viewer| Ok(may_answer_for_areas(viewer).into()),
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("NAME", C::Name, "By name.")
        .filter_one_of::<GeographyLevel>("level", C::Level, "Only these kinds of area.")
        .filter(
            "answeringOrganisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only the areas for which this organisation answers.",
        )
        .filter(
            "nameContains",
            FilterTest::Contains("name"),
            "Only those whose name contains this text.",
        )
    }
}
