//! Frameworks and figures by chance.

use entity::outcomes::kinds::{DescriptorLevel, DisaggregationDimension, FrameworkStatus};
use entity::releases::kinds::ReleaseStatus;
use harness::{Rows, uuid, world};

use super::{Dice, ORGANISATIONS, PEOPLE};

const FRAMEWORKS: [&str; 3] = ["elm", "oak", "ash"];

pub fn fill(rows: &mut Rows, dice: &mut Dice<'_>) {
    use FrameworkStatus as S;
    for (name, dimension, place) in [
        ("TOTAL", DisaggregationDimension::Total, 1),
        ("FEMALE", DisaggregationDimension::Sex, 2),
    ] {
        rows.disaggregation
            .push(world::disaggregation(name, dimension, place));
    }
    for name in FRAMEWORKS {
        let status = [S::Live, S::Draft, S::Retired, S::Draft][dice.below(4)];
        let publisher = [Some(ORGANISATIONS[dice.below(4)]), None][dice.below(3) / 2];
        rows.outcome_framework
            .push(world::outcome_framework(name, publisher, status));
        rows.outcome.push(world::outcome(name, "home"));
        rows.outcome_descriptor
            .push(world::outcome_descriptor(name, "home", DescriptorLevel::Good));
        rows.indicator.push(world::indicator(name, "home", "satisfied"));
        rows.indicator_version
            .push(world::indicator_version(name, "satisfied", 1));
    }
    for name in ["first", "second", "third"] {
        let organisation = [Some(ORGANISATIONS[dice.below(4)]), None][dice.below(2)];
        let mut batch = world::import_batch(name, organisation);
        batch.file_sha256 = format!("{name:0>64}");
        batch.created_by =
            [Some(uuid("user", PEOPLE[dice.below(PEOPLE.len())]).into()), None][dice.below(3) / 2];
        rows.import_batch.push(batch);
        rows.import_error.push(world::import_error(name));
    }
    for area in &mut rows.geography {
        area.organisation_id = [
            Some(uuid("organisation", ORGANISATIONS[dice.below(4)]).into()),
            None,
        ][dice.below(3) / 2];
    }
    for organisation in ORGANISATIONS {
        for kind in ["organisation", "service", "site"] {
            figures(rows, dice, (kind, organisation));
        }
    }
    figures(rows, dice, ("geography", "area"));
    figures(rows, dice, ("geography", "lane"));
    releases(rows, dice);
}

fn figures(rows: &mut Rows, dice: &mut Dice<'_>, about: (&str, &str)) {
    let name = format!("{} {}", about.0, about.1);
    let recorder = [Some(ORGANISATIONS[dice.below(4)]), None][dice.below(3) / 2];
    let framework = FRAMEWORKS[dice.below(3)];
    let mut first = world::observation(&name, framework, about, recorder);
    let batch = ["first", "second", "third"][dice.below(3)];
    first.import_batch_id = [Some(uuid("import_batch", batch).into()), None][dice.below(2)];
    if dice.below(3) == 1 {
        first.is_current = false;
        let mut second = first.clone();
        second.id = uuid("observation", &format!("{name} again")).into();
        second.revision = 2;
        second.is_current = true;
        second.correction_reason = Some("a slip".to_owned());
        second.recorded_by_organisation_id = Some(uuid("organisation", ORGANISATIONS[dice.below(4)]).into());
        rows.observation.push(second);
    }
    rows.observation.push(first);
    let setter = ORGANISATIONS[dice.below(4)];
    rows.indicator_target
        .push(world::indicator_target(&name, framework, about, setter));
}

fn releases(rows: &mut Rows, dice: &mut Dice<'_>) {
    use ReleaseStatus as S;
    for organisation in &ORGANISATIONS[..4] {
        rows.suppression_policy
            .push(world::suppression_policy(organisation));
    }
    for (number, name) in ["first", "second", "third", "fourth"].into_iter().enumerate() {
        let publisher = [Some(ORGANISATIONS[dice.below(4)]), None][dice.below(3) / 2];
        let status = [S::Published, S::Draft, S::Discarded][dice.below(3)];
        let mut release = world::release(name, FRAMEWORKS[dice.below(3)], publisher, status);
        release.number = release.number.map(|_| i32::try_from(number).unwrap() + 1);
        rows.release.push(release);
        let figure = rows.observation[dice.below(4)].clone();
        rows.published_figure.push(world::published_figure(name, &figure));
    }
}
