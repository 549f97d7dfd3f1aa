//! Applications: when they are taken, what they hold, and how they move on (`domain.md` 2.3).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use entity::Described;
use entity::media::kinds::MediaStatus;
use entity::panels::kinds::{ApplicationStatus, EqualityAnswer, VacancyStatus};

use super::vacancies::instant;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// The longest address, in characters.
const LONGEST_ADDRESS: usize = 2_000;

/// The states that an application can reach in one step.
#[must_use]
pub const fn legal_moves(status: ApplicationStatus) -> &'static [ApplicationStatus] {
    use ApplicationStatus::{
        Accepted, Declined, Interviewed, Offered, Rejected, Shortlisted, Submitted, Withdrawn,
    };
    match status {
        Submitted => &[Shortlisted, Rejected, Withdrawn],
        Shortlisted => &[Interviewed, Withdrawn],
        Interviewed => &[Shortlisted, Offered, Rejected, Withdrawn],
        Offered => &[Accepted, Declined],
        Rejected => &[Shortlisted],
        Accepted | Declined | Withdrawn => &[],
    }
}

/// Whether an application can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: ApplicationStatus, to: ApplicationStatus) -> Result<(), Violation> {
    transition("status", "application", (from, to), legal_moves(from))
}

/// What an application depends on beside what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SubmissionFacts {
    /// How far the vacancy has got.
    pub status: VacancyStatus,
    /// From when applications are taken.
    pub opens_at: DateTime<Utc>,
    /// Until when they are taken.
    pub closes_at: DateTime<Utc>,
    /// The instant by the server's clock.
    pub now: DateTime<Utc>,
    /// Whether the person has applied already, even if they took it back.
    pub has_applied: bool,
    /// Whether the person sits on the vacancy's panel, or supports somebody who does.
    pub is_on_the_panel: bool,
}

/// Whether an application is taken now.
///
/// # Errors
/// `INACTIVE` for a vacancy that is not open or not open yet, `EXPIRED` after the closing time, `ALREADY_EXISTS` for a second
/// application, `RULE_BROKEN` for somebody of the panel.
pub fn check_submission(facts: &SubmissionFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let at = "vacancyId";
    if facts.status != VacancyStatus::Open {
        violations.push(Violation::new(
            Code::Inactive,
            at,
            format!(
                "This vacancy is {}. Applications are taken while it is OPEN.",
                facts.status
            ),
        ));
    } else if facts.now < facts.opens_at {
        let message = format!("Applications are taken from {} on.", instant(facts.opens_at));
        violations.push(Violation::new(Code::Inactive, at, message));
    } else if facts.closes_at <= facts.now {
        let message = format!("Applications were taken until {}.", instant(facts.closes_at));
        violations.push(Violation::new(Code::Expired, at, message));
    }
    violations.check(!facts.has_applied, Code::AlreadyExists, at, || {
        "You have applied for this vacancy already, and one application a person is taken, even when it was withdrawn."
            .to_owned()
    });
    violations.check(!facts.is_on_the_panel, Code::RuleBroken, at, || {
        "You take part in the panel for this vacancy, so you cannot apply for it.".to_owned()
    });
    violations.into_result()
}

/// An application says something: in writing, or by something that can be heard or seen.
///
/// # Errors
/// `REQUIRED` at the statement.
pub fn check_content(says_something: bool) -> Result<(), Violation> {
    if says_something {
        return Ok(());
    }
    let message = "Write something, or give a recording or its address: either will do.";
    Err(Violation::new(Code::Required, "statement", message))
}

/// A recording that was uploaded for an application: the applicant's own, and all of it.
///
/// # Errors
/// `RULE_BROKEN` for another's or an organisation's, `INACTIVE` until it is stored.
pub fn check_recording(is_own: bool, status: MediaStatus) -> Result<(), Violation> {
    if !is_own {
        let message = "Hand in a file that you have uploaded for yourself.";
        return Err(Violation::new(Code::RuleBroken, "mediaId", message));
    }
    if status != MediaStatus::Stored {
        let message = "The file has not been stored yet. Upload it first.";
        return Err(Violation::new(Code::Inactive, "mediaId", message));
    }
    Ok(())
}

/// The address of a recording, which opens over an encrypted connection.
///
/// # Errors
/// `TOO_LONG`, `INVALID_FORMAT`.
pub fn check_media_url(raw: &str) -> Result<Option<String>, Violation> {
    let address = raw.trim();
    if address.is_empty() {
        return Ok(None);
    }
    if address.chars().count() > LONGEST_ADDRESS {
        let message =
            format!("Media url has more than {LONGEST_ADDRESS} characters. Please give a shorter address.");
        return Err(Violation::new(Code::TooLong, "mediaUrl", message));
    }
    let host = address.strip_prefix("https://").unwrap_or_default();
    let is_plain = address.chars().all(|character| character.is_ascii_graphic());
    if is_plain && host.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Ok(Some(address.to_owned()));
    }
    let message = "Media url must be an address that begins with https://, such as https://media.example.org/interview.";
    Err(Violation::new(Code::InvalidFormat, "mediaUrl", message))
}

/// What an answer is about: answers that begin alike exclude each other.
fn question(answer: EqualityAnswer) -> &'static str {
    let name = answer.stored_name();
    name.split_once('_').map_or(name, |(question, _)| question)
}

/// One answer at most to each question about equality.
///
/// # Errors
/// `RULE_BROKEN` at each answer that is one too many.
pub fn check_answers(answers: &[EqualityAnswer]) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let mut answered = BTreeSet::new();
    for (place, answer) in answers.iter().enumerate() {
        let is_first = answered.insert(question(*answer));
        if !is_first {
            let message = "There is another answer to the same question. Choose one, or none.";
            let violation = Violation::new(Code::RuleBroken, "", message);
            violations.push(violation.within(place.to_string()).within("equality"));
        }
    }
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use ApplicationStatus::*;

    use super::*;

    const STATES: [ApplicationStatus; 8] = [
        Submitted,
        Shortlisted,
        Interviewed,
        Offered,
        Accepted,
        Rejected,
        Declined,
        Withdrawn,
    ];

    #[test]
    fn every_move_that_is_not_in_the_table_is_illegal_and_answered_with_the_legal_ones() {
        assert_eq!(STATES.len(), ApplicationStatus::values().len());
        let table: [&[ApplicationStatus]; 8] = [
            &[Shortlisted, Rejected, Withdrawn],
            &[Interviewed, Withdrawn],
            &[Shortlisted, Offered, Rejected, Withdrawn],
            &[Accepted, Declined],
            &[],
            &[Shortlisted],
            &[],
            &[],
        ];
        for (from, legal) in STATES.into_iter().zip(table) {
            for to in STATES {
                let outcome = check_move(from, to);
                assert_eq!(outcome.is_ok(), legal.contains(&to), "{from} to {to}");
                let Err(violation) = outcome else { continue };
                for way in legal {
                    assert!(violation.message.contains(&way.to_string()), "{violation}");
                }
            }
        }
    }

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hour)
    }

    fn codes(facts: &SubmissionFacts) -> Vec<Code> {
        let found = check_submission(facts).err().unwrap_or_default();
        found.into_iter().map(|violation| violation.code).collect()
    }

    #[test]
    fn applications_are_taken_from_the_opening_up_to_the_closing_time() {
        let facts = |now| SubmissionFacts {
            status: VacancyStatus::Open,
            opens_at: hour(1),
            closes_at: hour(2),
            now,
            has_applied: false,
            is_on_the_panel: false,
        };
        assert_eq!(codes(&facts(hour(0))), [Code::Inactive]);
        assert_eq!(codes(&facts(hour(1))), []);
        assert_eq!(codes(&facts(hour(2))), [Code::Expired]);
        let draft = SubmissionFacts {
            status: VacancyStatus::Draft,
            has_applied: true,
            is_on_the_panel: true,
            ..facts(hour(1))
        };
        assert_eq!(
            codes(&draft),
            [Code::Inactive, Code::AlreadyExists, Code::RuleBroken]
        );
    }

    #[test]
    fn an_application_can_be_heard_instead_of_read() {
        assert_eq!(check_content(true), Ok(()));
        assert_eq!(check_content(false).unwrap_err().code, Code::Required);
        let stored = MediaStatus::Stored;
        assert_eq!(check_recording(true, stored), Ok(()));
        assert_eq!(check_recording(false, stored).unwrap_err().code, Code::RuleBroken);
        assert_eq!(
            check_recording(true, MediaStatus::Expected).unwrap_err().code,
            Code::Inactive
        );
        let good = "https://media.example.org/a?b=c";
        assert_eq!(check_media_url(good), Ok(Some(good.to_owned())));
        assert_eq!(check_media_url("  "), Ok(None));
        for bad in [
            "http://example.org",
            "javascript:alert(1)",
            "https://",
            "https://a b",
        ] {
            assert_eq!(
                check_media_url(bad).unwrap_err().code,
                Code::InvalidFormat,
                "{bad}"
            );
        }
    }

    #[test]
    fn each_question_about_equality_has_one_answer_at_most() {
        use EqualityAnswer::{AgeUnder25, CarerYes, DisabledNo, DisabledYes};
        assert_eq!(check_answers(&[AgeUnder25, CarerYes, DisabledYes]), Ok(()));
        let found = check_answers(&[DisabledYes, CarerYes, DisabledNo]).unwrap_err();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, ["equality", "2"]);
    }
}
