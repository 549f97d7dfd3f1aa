//! Vacancies, and who applied for them.

use entity::Described;
use entity::panels::kinds::{ApplicationStatus, EqualityAnswer, VacancyKind, VacancyStatus};
use entity::panels::{application, equality_tally, vacancy};
use entity::private::Private;

use super::{at, canary, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    all(rows);
    applications(rows);
}

fn all(rows: &mut Rows) {
    use VacancyStatus as S;
    for (name, organisation, status) in [
        ("co-ordinator", "ashdown-council", S::Interviewing),
        ("seat", "ashdown-council", S::Open),
        ("over", "ashdown-council", S::Open),
        ("draft", "ashdown-council", S::Draft),
        ("mentor", "ashdown-council", S::Decided),
        ("fernley-post", "fernley-council", S::Open),
        ("fernley-draft", "fernley-council", S::Draft),
    ] {
        let mut vacancy = vacancy(name, organisation, status);
        if name == "seat" {
            vacancy.kind = VacancyKind::BoardSeat;
            vacancy.board_id = Some(key("board", "team-up"));
            vacancy.seat_id = Some(key("board_seat", "team-up vacant"));
        }
        if ["co-ordinator", "over", "mentor"].contains(&name) {
            vacancy.closes_at = at("2026-02-20T09:00:00Z");
        }
        if status != S::Draft {
            for (place, (answer, _)) in EqualityAnswer::values().iter().enumerate() {
                let people = i32::try_from(place).unwrap() * 2;
                rows.equality_tally
                    .push(equality_tally(name, answer.parse().unwrap(), people));
            }
        }
        rows.vacancy.push(vacancy);
    }
}

fn applications(rows: &mut Rows) {
    use ApplicationStatus as S;
    for (vacancy, person, status) in [
        ("co-ordinator", "visitor", S::Shortlisted),
        ("co-ordinator", "former-member", S::Shortlisted),
        ("co-ordinator", "nominated", S::Submitted),
        ("co-ordinator", "withdrawn", S::Withdrawn),
        ("seat", "user-led-admin", S::Submitted),
        ("over", "invited", S::Submitted),
        ("mentor", "former-member", S::Offered),
        ("mentor", "declined", S::Rejected),
        ("fernley-post", "fernley-member", S::Submitted),
    ] {
        let mut row = application(vacancy, person, status);
        if (vacancy, person) == ("co-ordinator", "visitor") {
            row.media_id = Some(key("media", "interview"));
        }
        rows.application.push(row);
    }
}

/// A vacancy for a post, which takes applications until the end of March.
pub fn vacancy(name: &str, organisation: &str, status: VacancyStatus) -> vacancy::Model {
    vacancy::Model {
        id: key("vacancy", name),
        organisation_id: key("organisation", organisation),
        kind: VacancyKind::StaffPost,
        title: canary("vacancy", name, "title"),
        description: Some(canary("vacancy", name, "description")),
        board_id: None,
        seat_id: None,
        opens_at: at("2026-02-01T09:00:00Z"),
        closes_at: at("2026-03-31T09:00:00Z"),
        status,
        announced_at: (status != VacancyStatus::Draft).then(|| at("2026-01-20T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// An application; its name in the world is the vacancy's and the person's.
pub fn application(vacancy: &str, person: &str, status: ApplicationStatus) -> application::Model {
    use ApplicationStatus as S;
    let name = format!("{vacancy} {person}");
    let private = |column| Some(Private::new(canary("application", &name, column)));
    let was_sifted = matches!(status, S::Submitted | S::Withdrawn);
    application::Model {
        id: key("application", &name),
        vacancy_id: key("vacancy", vacancy),
        person_id: key("person", person),
        statement: private("statement"),
        media_url: private("media_url"),
        media_id: None,
        contact: private("contact"),
        status,
        submitted_at: at("2026-02-10T09:00:00Z"),
        shortlisted_at: (!was_sifted).then(|| at("2026-02-23T09:00:00Z")),
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// How many applicants of a vacancy gave an answer.
pub fn equality_tally(vacancy: &str, answer: EqualityAnswer, people: i32) -> equality_tally::Model {
    equality_tally::Model {
        id: key("equality_tally", &format!("{vacancy} {answer}")),
        vacancy_id: key("vacancy", vacancy),
        answer,
        people,
    }
}
