//! One full row of each table of training, vacancies and interview panels.

use entity::id::{OrganisationId, PersonId, TrainingCourseId, TrainingRecordId};
use entity::panels::{training_course, training_record};

use super::{date, id, instant};

pub fn training_course() -> training_course::Model {
    training_course::Model {
        id: TrainingCourseId(id(40)),
        organisation_id: OrganisationId(id(1)),
        code: "code".to_owned(),
        title: "title".to_owned(),
        description: Some("description".to_owned()),
        valid_months: Some(3),
        closed_at: Some(instant()),
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}

pub fn training_record() -> training_record::Model {
    training_record::Model {
        id: TrainingRecordId(id(41)),
        person_id: PersonId(id(7)),
        course_id: TrainingCourseId(id(40)),
        completed_on: date(2026, 1, 31),
        expires_on: Some(date(2026, 1, 31)),
        champion: true,
        version: 1,
        created_at: instant(),
        updated_at: instant(),
        created_by: None,
    }
}
