//! Worlds by chance: a fixed skeleton of rows whose states, dates, ties and consents are thrown with dice.
//!
//! The dice are bytes that proptest gives and shrinks. The first choice of each throw is the open one, so that dice of
//! nothing but zeros make the world in which most is visible.

mod boards;
mod change;
mod media;
mod meetings;
mod outcomes;
mod panels;
mod parties;
mod partnerships;
mod platform;
mod resources;
mod visits;

use harness::{NOW, Rows, uuid};
use sea_orm::prelude::{Date, DateTimeUtc, Uuid};

/// How many bytes a world takes.
pub const DICE: usize = 3_900;

pub const ORGANISATIONS: [&str; 4] = ["one", "two", "three", "four"];
const PARTNERSHIPS: [&str; 2] = ["north", "south"];
pub const BOARDS: [&str; 4] = ["elm", "oak", "ash", "fir"];
/// People with an account of the same name.
pub const PEOPLE: [&str; 6] = ["ada", "ben", "cat", "dan", "eve", "fay"];
/// The system of an organisation.
pub const SERVICE: &str = "service-account-random";

/// The world in which most is visible.
pub fn everything_open() -> Rows {
    skeleton(&[0; DICE])
}

/// The world of these dice.
pub fn skeleton(dice: &[u8]) -> Rows {
    let mut dice = Dice {
        bytes: dice,
        place: 0,
    };
    let mut rows = Rows::default();
    let (into, dice) = (&mut rows, &mut dice);
    parties::parties(into, dice);
    partnerships::partnerships(into, dice);
    boards::boards(into, dice);
    boards::memberships(into, dice);
    parties::people(into, dice);
    platform::grants(into, dice);
    platform::audit(into, dice);
    meetings::meetings(into, dice);
    meetings::feeds(into, dice);
    media::fill(into, dice);
    panels::fill(into, dice);
    boards::contributions(into, dice);
    resources::fill(into, dice);
    change::feedback(into, dice);
    change::events(into, dice);
    outcomes::fill(into, dice);
    visits::fill(into, dice);
    rows
}

struct Dice<'a> {
    bytes: &'a [u8],
    place: usize,
}

impl Dice<'_> {
    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let byte = self.bytes.get(self.place).copied().unwrap_or_default();
        self.place += 1;
        from[usize::from(byte) % from.len()]
    }

    /// A number below the one given, 0 for the open choice.
    fn below(&mut self, sides: usize) -> usize {
        self.pick(&(0..sides).collect::<Vec<_>>())
    }
}

fn key<I: From<Uuid>>(kind: &str, name: &str) -> I {
    uuid(kind, name).into()
}

fn now() -> DateTimeUtc {
    NOW.parse().unwrap()
}

/// An instant so many days from now; `0` is now itself.
fn days(from_now: i64) -> DateTimeUtc {
    now() + chrono::TimeDelta::days(from_now)
}

fn day(from_now: i64) -> Date {
    days(from_now).date_naive()
}
