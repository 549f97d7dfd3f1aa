//! Feedback, what came of it, and events by chance.

use entity::change::kinds::{FeedbackStatus, YouSaidWeDidStatus};
use entity::gatherings::kinds::{EventAttendanceStatus, EventAudience, EventHostStatus, EventStatus};
use harness::{Rows, uuid, world};
use sea_orm::prelude::DateTimeUtc;

use super::{BOARDS, Dice, ORGANISATIONS, PEOPLE};

fn now() -> DateTimeUtc {
    harness::NOW.parse().unwrap()
}

/// Two pieces of feedback of each person, now and then without a name, with their stories and what came of them.
pub fn feedback(rows: &mut Rows, dice: &mut Dice<'_>) {
    use YouSaidWeDidStatus as S;
    for name in ["elm", "oak", "ash"] {
        let status = [S::Published, S::Draft, S::Withdrawn][dice.below(3)];
        let mut row = world::you_said_we_did(name, ORGANISATIONS[dice.below(ORGANISATIONS.len())], status);
        row.published_by_person_id = row
            .published_by_person_id
            .map(|_| uuid("person", PEOPLE[0]).into());
        rows.you_said_we_did.push(row);
    }
    for person in PEOPLE {
        let mut consent = world::story_consent(person);
        let end = [None, None, Some(now()), Some(now() + chrono::TimeDelta::days(1))][dice.below(4)];
        consent.withdrawn_at = end;
        let named = ORGANISATIONS[dice.below(ORGANISATIONS.len())];
        consent.grantee_organisation_id =
            [None, None, Some(uuid("organisation", named).into())][dice.below(3)];
        rows.consent.push(consent);
        for number in 0..2 {
            one(rows, dice, (person, &format!("{person} {number}")));
        }
    }
}

fn one(rows: &mut Rows, dice: &mut Dice<'_>, (person, name): (&str, &str)) {
    let organisation = ORGANISATIONS[dice.below(ORGANISATIONS.len())];
    use FeedbackStatus as F;
    let status = [F::Acknowledged, F::Closed, F::NoAction, F::Closed][dice.below(4)];
    let mut row = world::feedback(name, organisation, status);
    row.board_id = [None, Some(uuid("board", BOARDS[dice.below(BOARDS.len())]).into())][dice.below(2)];
    row.service_id = [
        None,
        Some(uuid("service", ORGANISATIONS[dice.below(ORGANISATIONS.len())]).into()),
    ][dice.below(2)];
    rows.feedback.push(row);
    let teller = [Some(person), Some(person), None][dice.below(3)];
    let mut account = world::feedback_account(name, teller);
    account.created_by = [Some(uuid("user", person).into()), None][dice.below(2)];
    if teller.is_some() && dice.below(3) != 2 {
        account.story_consent_id = Some(uuid("consent", &format!("{person} SHARE_STORY")).into());
    }
    rows.feedback_account.push(account);
    let mut step = world::feedback_step(name, F::Received);
    step.by_user_id = teller.map(|teller| uuid("user", teller).into());
    rows.feedback_step.push(step);
    if status == F::NoAction || (status == F::Closed && dice.below(2) == 1) {
        rows.feedback_step.push(world::feedback_step(name, F::NoAction));
    }
    let of = ["elm", "oak", "ash"][dice.below(3)];
    let has_story = dice.below(4) != 3;
    if has_story {
        let checker = [Some(PEOPLE[1]), None][dice.below(2)];
        rows.feedback_story
            .push(world::feedback_story(name, PEOPLE[0], checker));
    }
    if dice.below(3) != 2 {
        rows.you_said_we_did_source
            .push(world::from_feedback(of, name, has_story && dice.below(3) != 2));
    }
}

/// Events for all sorts of people, with hosts and guests.
pub fn events(rows: &mut Rows, dice: &mut Dice<'_>) {
    use EventAttendanceStatus as A;
    use EventHostStatus as H;
    for name in ["elm", "oak", "ash", "fir"] {
        let audience = [
            EventAudience::Everybody,
            EventAudience::Partnership,
            EventAudience::Hosts,
        ][dice.below(3)];
        let status = [EventStatus::Published, EventStatus::Published, EventStatus::Draft][dice.below(3)];
        let starts_at = ["2026-03-20T10:00:00Z", "2026-02-20T10:00:00Z"][dice.below(2)];
        let mut row = world::event(name, starts_at, status, audience);
        if audience == EventAudience::Partnership {
            row.partnership_id = Some(uuid("partnership", ["north", "south"][dice.below(2)]).into());
        }
        rows.event.push(row);
        for organisation in ORGANISATIONS {
            let part = [
                Some(H::Accepted),
                None,
                Some(H::Invited),
                Some(H::Declined),
                Some(H::Left),
            ][dice.below(5)];
            if let Some(part) = part {
                rows.event_host.push(world::event_host(name, organisation, part));
            }
        }
        for person in PEOPLE {
            let status = [Some(A::Registered), None, Some(A::Waiting), Some(A::Apologies)][dice.below(4)];
            if let Some(status) = status {
                let mut place = world::event_attendance(name, person, status);
                place.confirmed_at = [Some(place.registered_at), None][dice.below(2)];
                place.registered_by_person_id = [Some(uuid("person", person).into()), None][dice.below(2)];
                rows.event_attendance.push(place);
            }
        }
        for outcome in ["first", "second"] {
            let mut row = world::event_outcome(name, outcome);
            row.you_said_we_did_id = [Some(uuid("you_said_we_did", "elm").into()), None][dice.below(2)];
            rows.event_outcome.push(row);
        }
    }
}
