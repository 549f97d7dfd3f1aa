//! What must be true of what is agreed for taking part (`domain.md` 2.9): it is agreed before the work begins, nobody takes
//! more than was offered, and nobody has to take anything.

use chrono::{DateTime, Utc};
use entity::reciprocity::kinds::{ContributionSide, ContributionStatus, Reward};
use serde::{Deserialize, Serialize};

use crate::config::{Report, Section};
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, number, transition};

#[cfg(test)]
mod tests;

/// How much can be agreed for one contribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContributionSettings {
    /// The most that can be offered for one contribution, in pence. Default 1,000,000 (£10,000).
    pub most_pence: u32,
    /// The most minutes that one contribution can take, and that can be offered as a time credit. Default 14,400: ten days and
    /// nights, which no contribution takes and a slip of the finger does.
    pub most_minutes: u32,
    /// The longest text that says what somebody takes part in, in characters. Default 500.
    pub longest_activity: u32,
}

impl Default for ContributionSettings {
    fn default() -> Self {
        Self {
            most_pence: 1_000_000,
            most_minutes: 14_400,
            longest_activity: 500,
        }
    }
}

impl Section for ContributionSettings {
    fn check(&self, report: &mut Report<'_>) {
        report.within("most_pence", self.most_pence, 1, 100_000_000, "pence");
        report.within("most_minutes", self.most_minutes, 1, 525_600, "minutes");
        report.within("longest_activity", self.longest_activity, 1, 5_000, "characters");
    }
}

fn most(setting: u32) -> i32 {
    i32::try_from(setting).unwrap_or(i32::MAX)
}

/// What is offered: a kind of reward, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// What kind.
    pub reward: Reward,
    /// How much, in pence.
    pub pence: Option<i32>,
    /// How much, in minutes.
    pub credit_minutes: Option<i32>,
}

/// An offer says how much, in the measure of its kind and in no other.
///
/// # Errors
/// `REQUIRED`, `RULE_BROKEN` and `OUT_OF_RANGE` at the fields.
pub fn check_terms(terms: &Terms, settings: &ContributionSettings) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let reward = terms.reward;
    violations.check(reward != Reward::Donated, Code::RuleBroken, "reward", || {
        "Only the person can make a donation of it: offer a payment, a time credit, a voucher or nothing."
            .to_owned()
    });
    let is_money = matches!(reward, Reward::Payment | Reward::Voucher);
    let is_time = reward == Reward::TimeCredit;
    for (field, amount, is_needed, highest) in [
        ("pence", terms.pence, is_money, settings.most_pence),
        (
            "timeCreditMinutes",
            terms.credit_minutes,
            is_time,
            settings.most_minutes,
        ),
    ] {
        match amount {
            Some(amount) if is_needed => {
                violations.keep(number(field, amount, 1..=most(highest)));
            }
            Some(_) => violations.push(Violation::new(
                Code::RuleBroken,
                field,
                format!("{reward} is not measured in this. Leave it out, or choose another reward."),
            )),
            None => violations.check(!is_needed, Code::Required, field, || {
                format!("{reward} needs an amount, so that it is agreed before the work begins.")
            }),
        }
    }
    violations.into_result()
}

/// Which one of the ways to say what it is about was chosen.
///
/// # Errors
/// `REQUIRED` for none, `RULE_BROKEN` for several.
pub fn check_activity(named: usize) -> Result<(), Violation> {
    let (code, message) = match named {
        1 => return Ok(()),
        0 => (
            Code::Required,
            "Say what it is for: a meeting, an interview panel, a training course or, in words, an activity.",
        ),
        _ => (
            Code::RuleBroken,
            "A contribution is for one thing. Name one of meeting, interview panel, training course and activity.",
        ),
    };
    Err(Violation::new(code, "activity", message))
}

/// What is agreed is agreed before the work begins, by the server's clock. Where that was missed, it can be recorded as what it
/// is: not agreed before.
///
/// # Errors
/// `RULE_BROKEN` at `agreedBefore` where it says what is not so.
pub fn check_agreed_before(
    said: Option<bool>,
    starts_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, Violation> {
    let before = now < starts_at;
    if said.unwrap_or(true) == before {
        return Ok(before);
    }
    let message = if before {
        "It has not begun, so this is agreed before. Leave agreedBefore out, or send true."
    } else {
        "It has begun already, and what somebody gets is agreed before. To record all the same what you agree on now, send \
         agreedBefore: false; both of you will see that it was not agreed before."
    };
    Err(Violation::new(Code::RuleBroken, "agreedBefore", message))
}

/// What can become of a contribution. An answer is for good.
#[must_use]
pub const fn legal(status: ContributionStatus) -> &'static [ContributionStatus] {
    use ContributionStatus::{Accepted, Declined, Donated, Offered, Withdrawn};
    match status {
        Offered => &[Accepted, Declined, Donated, Withdrawn],
        Accepted | Declined | Donated | Withdrawn => &[],
    }
}

/// A contribution takes this step.
///
/// # Errors
/// `ILLEGAL_TRANSITION` at `id`.
pub fn check_step(from: ContributionStatus, to: ContributionStatus) -> Result<(), Violation> {
    transition("id", "contribution", (from, to), legal(from))
}

/// How much of an offer the person takes: all of it unless they say less.
///
/// # Errors
/// `RULE_BROKEN` for more than was offered and in another measure, `OUT_OF_RANGE` for nothing.
pub fn plan_acceptance(
    offered: &Terms,
    (pence, credit_minutes): (Option<i32>, Option<i32>),
) -> Result<Terms, Vec<Violation>> {
    let mut violations = Violations::default();
    for (field, taken, offer) in [
        ("pence", pence, offered.pence),
        ("timeCreditMinutes", credit_minutes, offered.credit_minutes),
    ] {
        match (taken, offer) {
            (Some(_), None) => violations.push(Violation::new(
                Code::RuleBroken,
                field,
                format!(
                    "{} was offered, which is not measured in this. Leave it out.",
                    offered.reward
                ),
            )),
            (Some(taken), Some(offer)) if taken > offer => violations.push(Violation::new(
                Code::RuleBroken,
                field,
                format!(
                    "{offer} was offered, and {taken} is more. Take that or less, or ask for another offer."
                ),
            )),
            (Some(taken), Some(_)) if taken < 1 => violations.push(Violation::new(
                Code::OutOfRange,
                field,
                "To take nothing, decline the offer (contributionDecline) or donate it (contributionDonate).",
            )),
            _ => {}
        }
    }
    violations.into_result_with(Terms {
        reward: offered.reward,
        pence: offered.pence.map(|offer| pence.unwrap_or(offer)),
        credit_minutes: offered
            .credit_minutes
            .map(|offer| credit_minutes.unwrap_or(offer)),
    })
}

/// What is known when minutes are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinutesFacts {
    /// How far the agreement has got.
    pub status: ContributionStatus,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Whether the other has confirmed what was recorded.
    pub confirmed: bool,
}

/// Minutes are recorded after the work, and stand once both agree on them.
///
/// # Errors
/// `RULE_BROKEN` and `INACTIVE` at `id`, `OUT_OF_RANGE` at `minutes`.
pub fn check_minutes(
    facts: &MinutesFacts,
    minutes: i32,
    now: DateTime<Utc>,
    settings: &ContributionSettings,
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep(number("minutes", minutes, 0..=most(settings.most_minutes)));
    violations.keep(check_at_work(facts.status));
    violations.check(facts.starts_at <= now, Code::RuleBroken, "id", || {
        "It has not begun yet. Record the minutes afterwards.".to_owned()
    });
    violations.check(!facts.confirmed, Code::RuleBroken, "id", || {
        "Both of you have agreed on the minutes, so they stand.".to_owned()
    });
    violations.into_result()
}

/// The person has answered, and takes part.
fn check_at_work(status: ContributionStatus) -> Result<(), Violation> {
    let message = match status {
        ContributionStatus::Offered => {
            "The offer has not been answered yet. Minutes are recorded once it is."
        }
        ContributionStatus::Withdrawn => "This offer was taken back, so nothing about it changes any more.",
        _ => return Ok(()),
    };
    Err(Violation::new(Code::Inactive, "id", message))
}

/// Minutes are confirmed once, as they were recorded.
///
/// # Errors
/// `RULE_BROKEN` at `id`.
pub fn check_confirmation(recorded_by: Option<ContributionSide>, confirmed: bool) -> Result<(), Violation> {
    let message = match (recorded_by, confirmed) {
        (None, _) => "No minutes are recorded yet, so there is nothing to confirm.",
        (Some(_), true) => "The minutes are confirmed already.",
        (Some(_), false) => return Ok(()),
    };
    Err(Violation::new(Code::RuleBroken, "id", message))
}
