//! Who lives in the demonstration world, and what they do.
//!
//! Six places, of which Oxfordshire is told most fully: there is one way on to its board for every stage. People and most
//! organisations are made up; e-mail addresses end in `example.org`, and codes of made-up organisations begin with `ZZ`.

mod build;
mod gathering;
mod hammersmith_and_fulham;
mod leeds;
mod manor;
mod norfolk;
mod nottingham;
mod oxfordshire;
mod publication;
mod ward;
mod way;

use serde_json::json;

pub(super) use oxfordshire::{SYSTEM, SYSTEM_ADMINISTRATOR};

use super::acting::FOUNDER;
use super::step::{Step, What};

/// Everything that happens, in the order in which it happens.
pub(super) fn steps() -> Vec<Step> {
    let mut steps = constituencies();
    steps.extend(areas());
    steps.extend(oxfordshire::steps());
    steps.extend(norfolk::steps());
    steps.extend(hammersmith_and_fulham::steps());
    steps.extend(leeds::steps());
    steps.extend(ward::steps());
    steps.extend(nottingham::steps());
    steps.extend(manor::steps());
    // A stable sort: what happens on one day happens in the order in which it is told.
    steps.sort_by_key(|step| step.day);
    gathering::once(steps)
}

/// The groups of people that members can speak for.
fn constituencies() -> Vec<Step> {
    [
        ("PHYSICAL_DISABILITY", "People with a physical disability"),
        ("LEARNING_DISABILITY", "People with a learning disability"),
        ("MENTAL_HEALTH", "People with mental health needs"),
        ("UNPAID_CARERS", "Unpaid carers"),
        ("YOUNG_CARERS", "Young carers"),
        ("OLDER_PEOPLE", "Older people"),
    ]
    .map(|(code, label)| {
        let name = format!("constituency.{code}");
        let input = json!({
            "code": code,
            "label": label,
            "description": build::marked("Those who have lived it speak for others who do."),
        });
        Step::make(
            build::day::ORGANISATIONS,
            FOUNDER,
            "constituencyCreate",
            name,
            input,
        )
    })
    .into()
}

/// The platform says which council answers for which area: figures about it are theirs.
fn areas() -> Vec<Step> {
    [
        ("Oxfordshire", "organisation.oxfordshire-council"),
        ("Norfolk", "organisation.norfolk-council"),
        (
            "Hammersmith and Fulham",
            "organisation.hammersmith-and-fulham-council",
        ),
        ("Leeds", "organisation.leeds-council"),
    ]
    .map(|(area, organisation)| Step {
        day: build::day::ORGANISATIONS + 10,
        actor: FOUNDER,
        what: What::AnswerForArea { area, organisation },
    })
    .into()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::demo::calendar::DAYS_AFTER_THE_VISIT;

    #[test]
    fn every_object_has_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for step in steps() {
            if let What::Make { name, .. } = &step.what {
                assert!(names.insert(name.clone()), "{name} is made twice");
            }
        }
    }

    #[test]
    fn nothing_happens_after_the_world_is_over() {
        for step in steps() {
            assert!(
                step.day <= DAYS_AFTER_THE_VISIT.try_into().unwrap(),
                "{}",
                step.label()
            );
        }
    }
}
