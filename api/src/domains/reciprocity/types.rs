//! How contributions look to clients.

use entity::meetings::meeting;
use entity::panels::{interview_panel, training_course};
use entity::parties::{organisation, person};
use entity::reciprocity::contribution;
use entity::reciprocity::kinds::{ContributionSide, ContributionStatus, Reward};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, ExprTrait};

use crate::planner::Catalogue;
use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType};
use crate::policy::areas::reciprocity::{may_answer_contribution, may_confirm_minutes, may_offer, side_of};
use crate::store::Rows;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<contribution::Entity>()
        .roots::<contribution::Entity>(
            "contribution",
            "A contribution by its id.",
            "contributions",
            "The contributions that you may read: your own, and those that your organisation pays for.",
        )
}

/// Contributions of which it is known, or not known, that they were not agreed before.
fn was_agreed_before(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<contribution::Entity>::new(alias, backend);
    Condition::all().add(rows.column(contribution::Column::AgreedBefore).eq(true))
}

/// What the two may do: the one who offers, the one who answers, and each of them with the minutes.
fn abilities() -> Vec<Ability> {
    use contribution::Column as C;
    let both = [C::PersonId, C::OrganisationId];
    let answers = |name, description| {
        Ability::new(name, &[C::PersonId], description, |row, viewer| {
            Ok(may_answer_contribution(viewer, row.id(0)?).into())
        })
    };
    vec![
        answers("accept", "Take what is offered, or a part of it."),
        answers("decline", "Take nothing."),
        answers("donate", "Give it to the organisation."),
        Ability::new("withdraw", &both, "Take the offer back.", |row, viewer| {
            Ok(may_offer(viewer, row.id(0)?, row.id(1)?).into())
        }),
        Ability::new(
            "recordMinutes",
            &both,
            "Record how long it took.",
            |row, viewer| Ok(side_of(viewer, row.id(0)?, row.id(1)?).is_some().into()),
        ),
        Ability::new(
            "confirmMinutes",
            &[C::PersonId, C::OrganisationId, C::MinutesRecordedBy],
            "Confirm what the other recorded.",
            |row, viewer| {
                let recorded_by = row.text(2)?.parse().ok();
                Ok(may_confirm_minutes(viewer, (row.id(0)?, row.id(1)?), recorded_by).into())
            },
        ),
    ]
}

impl Declared for contribution::Entity {
    const NAME: &'static str = "Contribution";
    const PREFIX: &'static str = "contribution";

    fn declare() -> ObjectType {
        use contribution::Column as C;
        ObjectType::of::<Self>(
            "What somebody gets for taking part in something, agreed before it begins, and how long it took. Read by the person \
             and by the administrator of the organisation that pays, and by nobody else.",
        )
        .to_one::<person::Entity>("person", C::PersonId, "Who takes part.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that pays.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting, where it is one that you may read.")
        .to_one::<interview_panel::Entity>(
            "interviewPanel",
            C::InterviewPanelId,
            "The interview panel, where it is one that you may read.",
        )
        .to_one::<training_course::Entity>(
            "trainingCourse",
            C::TrainingCourseId,
            "The training course, where it is one.",
        )
        .column("activity", C::Activity, "What it is, in words, where it is none of these.")
        .column(
            "startsAt",
            C::StartsAt,
            "When it begins, as it was known at the offer. A meeting can be moved: its own time counts.",
        )
        .column("expectedMinutes", C::ExpectedMinutes, "How long it is thought to take, in minutes.")
        .one_of::<Reward>("offeredReward", C::OfferedReward, "What kind of reward is offered.")
        .column("offeredPence", C::OfferedPence, "How much is offered, in pence, as a payment or a voucher.")
        .column(
            "offeredTimeCreditMinutes",
            C::OfferedCreditMinutes,
            "How much is offered, in minutes, as a time credit.",
        )
        .one_of::<ContributionStatus>("status", C::Status, "How far the agreement has got.")
        .one_of::<Reward>(
            "reward",
            C::Reward,
            "What the person gets in the end: what was offered, `NONE` when they declined, `DONATED` when they gave it to the \
             organisation; null until they answer.",
        )
        .column("acceptedPence", C::AcceptedPence, "How much of it they take, in pence; never more than was offered.")
        .column(
            "acceptedTimeCreditMinutes",
            C::AcceptedCreditMinutes,
            "How much of it they take, in minutes; never more than was offered.",
        )
        .column(
            "agreedBefore",
            C::AgreedBefore,
            "Whether they agreed before it began, by the server's clock; null until the person answers, unless the offer came too \
             late already.",
        )
        .column("answeredAt", C::AnsweredAt, "When the person answered.")
        .column("minutes", C::Minutes, "How long it took, in minutes; null until it is recorded.")
        .one_of::<ContributionSide>("minutesRecordedBy", C::MinutesRecordedBy, "Who of the two recorded the minutes.")
        .column("minutesConfirmedAt", C::MinutesConfirmedAt, "When the other confirmed the minutes; they stand from then on.")
        .viewer_can("ContributionViewerCan", abilities())
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("STARTS_AT", C::StartsAt, "By when it begins.")
        .order("CREATED_AT", C::CreatedAt, "By when it was offered.")
        .filter_one_of::<ContributionStatus>("status", C::Status, "Only with these statuses.")
        .filter("person", FilterTest::Is("person_id", person::Entity::PREFIX), "Only of this person.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only those that this organisation pays for.",
        )
        .filter("meeting", FilterTest::Is("meeting_id", meeting::Entity::PREFIX), "Only for this meeting.")
        .filter(
            "agreedBefore",
            FilterTest::Holds(was_agreed_before),
            "Only those that were agreed before the work began, or only the others.",
        )
    }
}
