//! Training, vacancies and interview panels by chance: see `random`.

use harness::{Rows, world};
use sea_orm::prelude::DateTimeUtc;

use super::random::{ORGANISATIONS, PEOPLE};

/// A throw among so many choices, of which the first is the open one.
type Throw<'a> = dyn FnMut(usize) -> usize + 'a;

pub fn fill(rows: &mut Rows, throw: &mut Throw<'_>) {
    training(rows, throw);
}

fn now() -> DateTimeUtc {
    harness::NOW.parse().unwrap()
}

/// Courses of every organisation, and who completed them.
fn training(rows: &mut Rows, throw: &mut Throw<'_>) {
    for name in ORGANISATIONS {
        let mut course = world::training_course(name, name);
        course.closed_at = (throw(3) == 2).then(now);
        rows.training_course.push(course);
        for person in PEOPLE {
            if throw(2) == 0 {
                rows.training_record.push(world::training_record(name, person));
            }
        }
    }
}
