//! Courses and who completed them.

use entity::panels::{training_course, training_record};
use entity::parties::{organisation, person};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::training::{may_manage_training, may_record_training};
use crate::store::{Parameter, Rows};

impl Declared for training_course::Entity {
    const NAME: &'static str = "TrainingCourse";
    const PREFIX: &'static str = "training_course";

    fn declare() -> ObjectType {
        use training_course::Column as C;
        ObjectType::of::<Self>(
            "A course that an organisation gives. Read by everybody who signs in: an interview panel can ask for it.",
        )
        .column("code", C::Code, "Its short name.")
        .column("title", C::Title, "What it is called.")
        .column("description", C::Description, "What it is about.")
        .column(
            "validMonths",
            C::ValidMonths,
            "How many months a completion counts; null when it counts for good.",
        )
        .column("closedAt", C::ClosedAt, "When it was given up; null while it is given.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that gives it.")
        .to_many::<training_record::Entity>(
            "records",
            training_record::Column::CourseId,
            "Who completed it, as far as you may read it.",
        )
        .viewer_can(
            "TrainingCourseViewerCan",
            vec![
                manage("update", "Change it, and give it up."),
                manage("record", "Record that somebody else completed it."),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only of this organisation.",
        )
    }
}

fn manage(name: &'static str, description: &str) -> Ability {
    Ability::new(
        name,
        &[training_course::Column::OrganisationId],
        description,
        |row, viewer| Ok(may_manage_training(viewer, row.id(0)?).into()),
    )
}

/// The completion counts on the day of the request.
fn counts_today(alias: &str, backend: DbBackend) -> Condition {
    use training_record::Column as C;
    let rows = Rows::<training_record::Entity>::new(alias, backend);
    let today = || Parameter::Today.expr();
    let has_not_expired = rows
        .column(C::ExpiresOn)
        .is_null()
        .or(rows.column(C::ExpiresOn).gte(today()));
    Condition::all()
        .add(rows.column(C::CompletedOn).lte(today()))
        .add(has_not_expired)
}

/// The person has become a champion.
fn made_a_champion(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<training_record::Entity>::new(alias, backend);
    Condition::all().add(rows.column(training_record::Column::Champion).eq(true))
}

impl Declared for training_record::Entity {
    const NAME: &'static str = "TrainingRecord";
    const PREFIX: &'static str = "training_record";

    fn declare() -> ObjectType {
        use training_record::Column as C;
        let update = Ability::new("update", &[C::PersonId], "Change it.", |row, viewer| {
            Ok(may_record_training(viewer, row.id(1)?, row.id(0)?).into())
        });
        ObjectType::of::<Self>(
            "That somebody completed a course. Read by the person and by the administrator of the organisation that gives it.",
        )
        .column("completedOn", C::CompletedOn, "The day of completion.")
        .column("expiresOn", C::ExpiresOn, "The last day on which it counts; null when it counts for good.")
        .column(
            "champion",
            C::Champion,
            "Whether the person has become a champion, who passes on what they learned.",
        )
        .to_one::<person::Entity>("person", C::PersonId, "The person.")
        .to_one::<training_course::Entity>("course", C::CourseId, "The course.")
        .viewer_can(
            "TrainingRecordViewerCan",
            vec![update.and_of::<training_course::Entity>(
                C::CourseId,
                training_course::Column::OrganisationId,
            )],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("COMPLETED_ON", C::CompletedOn, "By the day of completion.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter(
            "course",
            FilterTest::Is("course_id", training_course::Entity::PREFIX),
            "Only of this course.",
        )
        .filter(
            "person",
            FilterTest::Is("person_id", person::Entity::PREFIX),
            "Only of this person.",
        )
        .filter(
            "current",
            FilterTest::Holds(counts_today),
            "Only those that count today, or only those that do not.",
        )
        .filter(
            "champion",
            FilterTest::Holds(made_a_champion),
            "Only those that made the person a champion, or only the others.",
        )
    }
}
