//! Vacancies, applications, and how many applicants said what about themselves.

use entity::boards::{board, board_seat};
use entity::media::media;
use entity::panels::kinds::{ApplicationStatus, EqualityAnswer, VacancyKind, VacancyStatus};
use entity::panels::{application, equality_tally, interview_panel, panel_decision, score, vacancy};
use entity::parties::{organisation, person};

use crate::planner::declare::{Ability, Declared, FilterTest, ObjectType, PrivateGroup, Scalar};
use crate::policy::areas::panels::{application_contact_readers, may_shortlist};
use crate::policy::areas::vacancies::{may_answer_application, may_apply, may_manage_vacancies};

impl Declared for vacancy::Entity {
    const NAME: &'static str = "Vacancy";
    const PREFIX: &'static str = "vacancy";

    fn declare() -> ObjectType {
        use vacancy::Column as C;
        ObjectType::of::<Self>(
            "A place that an organisation seeks somebody for. Read by everybody who signs in, once it was announced; a draft by \
             the administrator of the organisation that recruits, and by the chair of the board whose seat it is.",
        )
        .one_of::<VacancyKind>("kind", C::Kind, "What somebody is sought for.")
        .one_of::<VacancyStatus>("status", C::Status, "How far it has got.")
        .column("title", C::Title, "What the place is called.")
        .column("description", C::Description, "What it is about.")
        .column("opensAt", C::OpensAt, "From when applications are taken.")
        .column("closesAt", C::ClosesAt, "Until when applications are taken, by the server's clock.")
        .column("announcedAt", C::AnnouncedAt, "When it was announced; null for a draft.")
        .to_one::<organisation::Entity>("organisation", C::OrganisationId, "The organisation that recruits.")
        .to_one::<board::Entity>("board", C::BoardId, "The board of the seat, for a board seat.")
        .to_one::<board_seat::Entity>("seat", C::SeatId, "The seat, for a board seat.")
        .to_many::<application::Entity>(
            "applications",
            application::Column::VacancyId,
            "The applications, as far as you may read them.",
        )
        .to_many::<interview_panel::Entity>(
            "panels",
            interview_panel::Column::VacancyId,
            "Its interview panels, one a round, as far as you may read them.",
        )
        .to_many::<equality_tally::Entity>(
            "equality",
            equality_tally::Column::VacancyId,
            "How many applicants said what about themselves, after the closing time and where there are at least eight. Read \
             by the administrator of the organisation that recruits.",
        )
        .viewer_can(
            "VacancyViewerCan",
            vec![
                Ability::new(
                    "manage",
                    &[C::OrganisationId],
                    "Change it, open it, close it, call it off.",
                    |row, viewer| Ok(may_manage_vacancies(viewer, row.id(0)?).into()),
                ),
                Ability::new("apply", &[] as &[C], "Apply for it, for yourself.", |_, viewer| {
                    Ok(may_apply(viewer).into())
                }),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CLOSES_AT", C::ClosesAt, "By the closing time.")
        .order("TITLE", C::Title, "By title.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<VacancyKind>("kind", C::Kind, "Only of these kinds.")
        .filter_one_of::<VacancyStatus>("status", C::Status, "Only in these states.")
        .filter(
            "organisation",
            FilterTest::Is("organisation_id", organisation::Entity::PREFIX),
            "Only of this organisation.",
        )
        .filter("board", FilterTest::Is("board_id", board::Entity::PREFIX), "Only for seats of this board.")
    }
}

impl Declared for application::Entity {
    const NAME: &'static str = "Application";
    const PREFIX: &'static str = "application";

    fn declare() -> ObjectType {
        use application::Column as C;
        ObjectType::of::<Self>(
            "What somebody sent in for a vacancy. Read by the applicant, by the administrator of the organisation that recruits, \
             and by the panel: its chair, and from the scoring on its panellists and who supports them. Nobody reads that of a \
             candidate from whom they are recused, or that of a rival.",
        )
        .one_of::<ApplicationStatus>("status", C::Status, "How far it has got.")
        .column("statement", C::Statement, "What they write.")
        .column("mediaUrl", C::MediaUrl, "Where what they say or show can be heard or seen.")
        .private(
            "contact",
            PrivateGroup::new(
                "ApplicationContact",
                "How to reach the applicant about this application. Read by the applicant, by the administrator of the \
                 organisation that recruits, and by the panel's chair; by nobody else on the panel.",
                application_contact_readers,
            )
            .column("details", C::Contact, "How to reach them, in their words."),
        )
        .column("submittedAt", C::SubmittedAt, "When it was handed in.")
        .column("shortlistedAt", C::ShortlistedAt, "When they became a candidate; null until then.")
        .to_one::<vacancy::Entity>("vacancy", C::VacancyId, "The vacancy.")
        .to_one::<person::Entity>("person", C::PersonId, "Who applies.")
        .to_one::<media::Entity>("media", C::MediaId, "A recording of theirs that was uploaded here.")
        .to_many::<score::Entity>(
            "scores",
            score::Column::ApplicationId,
            "The scores of the candidate, as far as you may read them: never by the candidate.",
        )
        .to_many::<panel_decision::Entity>(
            "decisions",
            panel_decision::Column::ApplicationId,
            "What panels decided about the candidate, one a round, as far as you may read it.",
        )
        .viewer_can(
            "ApplicationViewerCan",
            vec![
                Ability::new(
                    "answer",
                    &[C::PersonId],
                    "Take it back, and answer an offer.",
                    |row, viewer| Ok(may_answer_application(viewer, row.id(0)?).into()),
                ),
                Ability::when("shortlist", "Make them a candidate, as the panel's chair.", may_shortlist),
            ],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("SUBMITTED_AT", C::SubmittedAt, "By when it was handed in.")
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
        .filter_one_of::<ApplicationStatus>("status", C::Status, "Only in these states.")
        .filter("vacancy", FilterTest::Is("vacancy_id", vacancy::Entity::PREFIX), "Only for this vacancy.")
        .filter("person", FilterTest::Is("person_id", person::Entity::PREFIX), "Only of this person.")
    }
}

impl Declared for equality_tally::Entity {
    const NAME: &'static str = "EqualityTally";
    const PREFIX: &'static str = "equality_tally";

    fn declare() -> ObjectType {
        use equality_tally::Column as C;
        ObjectType::of::<Self>(
            "How many applicants of a vacancy gave an answer about themselves: a number without names. Read by the administrator \
             of the organisation that recruits, after the closing time, where there are at least eight.",
        )
        .one_of::<EqualityAnswer>("answer", C::Answer, "The answer.")
        .computed(
            "people",
            "Int!",
            vec![("people", Scalar::Int)],
            |row, _| Ok(rounded(row.integer(0)?).into()),
            "How many gave it, to the nearest five: the exact number could tell on somebody who is the only one.",
        )
        .to_one::<vacancy::Entity>("vacancy", C::VacancyId, "The vacancy.")
        .order("ANSWER", C::Answer, "By answer, in the alphabet's order.")
    }
}

/// To the nearest five (`domain.md` 4, disclosure control).
const fn rounded(people: i32) -> i32 {
    (people + 2) / 5 * 5
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_are_told_to_the_nearest_five() {
        assert_eq!([8, 12, 13, 17, 18].map(rounded), [10, 10, 15, 15, 20]);
    }
}
