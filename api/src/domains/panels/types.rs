//! How training, vacancies and interview panels look to clients.

mod training;

use entity::panels::{training_course, training_record};

use crate::planner::Catalogue;

/// Adds this area's types and where their reads begin.
#[must_use]
pub fn declare(catalogue: Catalogue) -> Catalogue {
    catalogue
        .with::<training_course::Entity>()
        .with::<training_record::Entity>()
        .roots::<training_course::Entity>(
            "trainingCourse",
            "A course by its id.",
            "trainingCourses",
            "The courses that organisations give.",
        )
        .roots::<training_record::Entity>(
            "trainingRecord",
            "A completed course by its id.",
            "trainingRecords",
            "The completed courses that you may read: yours, and those of the courses that your organisation gives.",
        )
}
