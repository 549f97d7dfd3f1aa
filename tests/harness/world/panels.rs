//! Training, vacancies and interview panels.

use entity::panels::{training_course, training_record};

use super::{canary, day, key, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    for (name, organisation) in [
        ("panel-skills", "ashdown-council"),
        ("fernley-skills", "fernley-council"),
    ] {
        rows.training_course.push(training_course(name, organisation));
    }
    for (course, person) in [
        ("panel-skills", "board-chair"),
        ("panel-skills", "board-member"),
        ("panel-skills", "researcher"),
        ("fernley-skills", "fernley-member"),
    ] {
        rows.training_record.push(training_record(course, person));
    }
}

/// A course whose completion counts for a year.
pub fn training_course(name: &str, organisation: &str) -> training_course::Model {
    training_course::Model {
        id: key("training_course", name),
        organisation_id: key("organisation", organisation),
        code: canary("training_course", name, "code"),
        title: canary("training_course", name, "title"),
        description: Some(canary("training_course", name, "description")),
        valid_months: Some(12),
        closed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// That somebody completed a course; its name in the world is the course's and theirs.
pub fn training_record(course: &str, person: &str) -> training_record::Model {
    training_record::Model {
        id: key("training_record", &format!("{course} {person}")),
        person_id: key("person", person),
        course_id: key("training_course", course),
        completed_on: day("2026-01-15"),
        expires_on: Some(day("2027-01-15")),
        champion: false,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
