//! Training, vacancies and interview panels by chance.

use entity::Described;
use entity::panels::kinds::{
    ApplicationStatus, ConflictAssessment, EqualityAnswer, PanelCapacity, PanelOutcome, PanelStatus,
    VacancyKind, VacancyStatus,
};
use harness::{Rows, uuid, world};
use sea_orm::prelude::DateTimeUtc;

use super::{Dice, ORGANISATIONS, PEOPLE};

const VACANCIES: [&str; 4] = ["elm", "oak", "ash", "fir"];

pub fn fill(rows: &mut Rows, dice: &mut Dice<'_>) {
    training(rows, dice);
    vacancies(rows, dice);
    panels(rows, dice);
    scores(rows, dice);
}

fn now() -> DateTimeUtc {
    harness::NOW.parse().unwrap()
}

/// Courses of every organisation, and who completed them.
fn training(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in ORGANISATIONS {
        let mut course = world::training_course(name, name);
        course.closed_at = (dice.below(3) == 2).then(now);
        rows.training_course.push(course);
        for person in PEOPLE {
            if dice.below(2) == 0 {
                rows.training_record.push(world::training_record(name, person));
            }
        }
    }
}

fn vacancies(rows: &mut Rows, dice: &mut Dice<'_>) {
    use VacancyStatus as S;
    for name in VACANCIES {
        let organisation = ORGANISATIONS[dice.below(ORGANISATIONS.len())];
        let status = [S::Interviewing, S::Open, S::Draft, S::Decided, S::Withdrawn][dice.below(5)];
        let mut vacancy = world::vacancy(name, organisation, status);
        let closes_in = chrono::TimeDelta::days([-1, 0, 1][dice.below(3)]);
        vacancy.closes_at = now() + closes_in;
        let seats: Vec<_> = rows
            .board_seat
            .iter()
            .map(|seat| (seat.board_id, seat.id))
            .collect();
        if dice.below(2) == 1 && !seats.is_empty() {
            let (board, seat) = seats[dice.below(seats.len())];
            vacancy.kind = VacancyKind::BoardSeat;
            (vacancy.board_id, vacancy.seat_id) = (Some(board), Some(seat));
        }
        rows.vacancy.push(vacancy);
        for (answer, _) in EqualityAnswer::values().iter().take(3) {
            let people = [8, 7, 0, 40][dice.below(4)];
            rows.equality_tally
                .push(world::equality_tally(name, answer.parse().unwrap(), people));
        }
        applications(rows, dice, name);
    }
}

fn applications(rows: &mut Rows, dice: &mut Dice<'_>, vacancy: &str) {
    use ApplicationStatus as S;
    for person in &PEOPLE[3..] {
        let status = [
            Some(S::Shortlisted),
            Some(S::Interviewed),
            None,
            Some(S::Submitted),
            Some(S::Withdrawn),
            Some(S::Rejected),
        ][dice.below(6)];
        if let Some(status) = status {
            let mut application = world::application(vacancy, person, status);
            let whose = [Some(*person), None, Some(PEOPLE[1])][dice.below(3)];
            application.media_id = whose.map(|name| uuid("media", &format!("{name} film")).into());
            rows.application.push(application);
        }
    }
    // Now and then somebody who recruits or sits on the panel applies as well.
    if dice.below(4) == 3 {
        let person = PEOPLE[dice.below(3)];
        rows.application
            .push(world::application(vacancy, person, S::Submitted));
    }
}

fn panels(rows: &mut Rows, dice: &mut Dice<'_>) {
    use PanelStatus as S;
    for name in VACANCIES {
        let status = [S::Moderating, S::Scoring, S::Forming, S::Ready, S::Decided][dice.below(5)];
        rows.interview_panel.push(world::interview_panel(name, status));
        for ordinal in 1..=2 {
            rows.panel_question
                .push(world::panel_question(name, ordinal, 5_000));
        }
        let mut supporters = PEOPLE.iter().cycle().skip(1 + dice.below(PEOPLE.len()));
        for (place, person) in PEOPLE[..3 + dice.below(2)].iter().enumerate() {
            if dice.below(4) == 3 {
                continue;
            }
            let mut panellist = world::panellist(name, person, PanelCapacity::Carer);
            panellist.chair = place == dice.below(3);
            panellist.stood_down_at = (dice.below(5) == 4).then(now);
            let supporter = supporters.next().filter(|supporter| *supporter != person);
            panellist.supporter_person_id = supporter
                .filter(|_| dice.below(3) == 1)
                .map(|supporter| harness::uuid("person", supporter).into());
            rows.panellist.push(panellist);
            declaration(rows, dice, (name, person));
        }
    }
}

fn declaration(rows: &mut Rows, dice: &mut Dice<'_>, (panel, person): (&str, &str)) {
    use ConflictAssessment as A;
    let about: Vec<_> = rows
        .application
        .iter()
        .filter(|of| of.vacancy_id.0 == harness::uuid("vacancy", panel))
        .map(|of| of.id)
        .collect();
    let assessment = [None, Some(A::Recuse), Some(A::Pending), Some(A::Clear)][dice.below(4)];
    let mut declaration = world::conflict_declaration(panel, person, None);
    if let Some(assessment) = assessment.filter(|_| !about.is_empty()) {
        declaration = world::conflict_declaration(panel, person, Some("replaced below"));
        declaration.application_id = Some(about[dice.below(about.len())]);
        declaration.assessment = Some(assessment);
    }
    rows.conflict_declaration.push(declaration);
}

/// Scores and decisions of each panel about some of the candidates; in the database they may be there in any state.
fn scores(rows: &mut Rows, dice: &mut Dice<'_>) {
    for name in VACANCIES {
        let mut candidates = Vec::new();
        for person in PEOPLE {
            let application = harness::uuid("application", &format!("{name} {person}"));
            if rows.application.iter().any(|of| of.id.0 == application) {
                candidates.push(person);
            }
        }
        for about in candidates {
            for who in PEOPLE {
                let panellist = harness::uuid("panellist", &format!("{name} {who}"));
                let sits = rows.panellist.iter().any(|of| of.id.0 == panellist);
                if sits && dice.below(3) != 2 {
                    rows.score.push(world::score(name, who, about, 1));
                }
            }
            if dice.below(3) != 2 {
                rows.moderated_score.push(world::moderated_score(name, about, 1));
                let outcome = [PanelOutcome::Appoint, PanelOutcome::Reject][dice.below(2)];
                rows.panel_decision
                    .push(world::panel_decision(name, about, outcome));
            }
        }
    }
    // Those who record are people of the fixed world: here it is one of these.
    let recorder = harness::uuid("person", PEOPLE[0]).into();
    for row in &mut rows.moderated_score {
        row.moderated_by_person_id = recorder;
    }
    for row in &mut rows.panel_decision {
        row.decided_by_person_id = recorder;
    }
}
