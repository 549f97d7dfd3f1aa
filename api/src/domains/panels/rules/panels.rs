//! Interview panels: who and what makes one complete, and how it moves on (`domain.md` 2.3).
//!
//! `FORMING` → `READY` → `SCORING` → `MODERATING` → `DECIDED`. The chair marks it ready and begins the scoring; the server
//! goes on to moderation when all scores are in, and to the end with the last decision. A panel is complete with at least two
//! people, one of whom has lived experience or is a carer; for a board seat with a sitting member of the board; when
//! everybody has declared their interests and what they declared was assessed; when the training that is asked for is
//! current; and when the weights of its questions make exactly 10,000 basis points.

use entity::panels::kinds::{PanelCapacity, PanelStatus, VacancyKind, VacancyStatus};

use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, alternatives, in_state, transition,
};

/// All of the result, in basis points.
pub const WHOLE: i32 = 10_000;
/// Fewer people do not make a panel.
const FEWEST_PANELLISTS: usize = 2;

/// The states that a panel can reach in one step.
#[must_use]
pub const fn legal_moves(status: PanelStatus) -> &'static [PanelStatus] {
    use PanelStatus::{Decided, Forming, Moderating, Ready, Scoring};
    match status {
        Forming => &[Ready],
        Ready => &[Scoring],
        Scoring => &[Moderating],
        Moderating => &[Decided],
        Decided => &[],
    }
}

/// Whether a panel can come to this state.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, with the states that could be reached.
pub fn check_move(from: PanelStatus, to: PanelStatus) -> Result<(), Violation> {
    transition("id", "panel", (from, to), legal_moves(from))
}

/// Whether something can still be changed in this state of the panel.
///
/// # Errors
/// `INACTIVE` at the field, with the states in which it could be.
pub fn check_state(
    field: &str,
    what: &str,
    status: PanelStatus,
    allowed: &[PanelStatus],
) -> Result<(), Violation> {
    in_state(field, ("panel", what), status, allowed)
}

/// The states in which a panel is still put together: nothing has been scored.
pub const BEFORE_SCORING: &[PanelStatus] = &[PanelStatus::Forming, PanelStatus::Ready];
/// The states in which a panel has work to do.
pub const AT_WORK: &[PanelStatus] = &[
    PanelStatus::Forming,
    PanelStatus::Ready,
    PanelStatus::Scoring,
    PanelStatus::Moderating,
];

/// Whether a panel can be formed for a vacancy in this state. The first round is formed before the interviews; another one
/// when the last has decided, for what was decided is not changed.
///
/// # Errors
/// `INACTIVE`, and `ALREADY_EXISTS` while another round is under way.
pub fn check_new_round(status: VacancyStatus, rounds: i32, is_under_way: bool) -> Result<(), Violation> {
    use VacancyStatus::{Closed, Decided, Draft, Open};
    if is_under_way {
        let message =
            "This vacancy has a panel that has not decided yet. Another round can begin when it has.";
        return Err(Violation::new(Code::AlreadyExists, "vacancyId", message));
    }
    let allowed: &[VacancyStatus] = if rounds == 0 {
        &[Draft, Open, Closed]
    } else {
        &[Decided]
    };
    if allowed.contains(&status) {
        return Ok(());
    }
    let message = format!(
        "This vacancy is {status}. A panel is formed while it is {}.",
        alternatives(allowed)
    );
    Err(Violation::new(Code::Inactive, "vacancyId", message))
}

/// What is known of somebody on a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts, each of which holds or does not hold by itself"
)]
pub struct PanellistFacts {
    /// As whom they sit there.
    pub capacity: PanelCapacity,
    /// Whether they lead it.
    pub chair: bool,
    /// Whether they are a sitting member of the board whose seat it is about.
    pub is_member: bool,
    /// Whether they declared their interests, or that there are none.
    pub has_declared: bool,
    /// Whether something they declared waits to be assessed.
    pub is_unassessed: bool,
    /// Whether the training that the panel asks for is current.
    pub is_trained: bool,
}

/// The people of a panel suffice.
///
/// # Errors
/// `RULE_BROKEN` at the object, for each rule that is not kept.
pub fn check_people(kind: VacancyKind, people: &[PanellistFacts]) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let mut rule = |holds: bool, message: &str| {
        violations.check(holds, Code::RuleBroken, "id", || message.to_owned());
    };
    rule(
        people.len() >= FEWEST_PANELLISTS,
        "A panel has at least two panellists. Add somebody.",
    );
    let lives_it = |who: &PanellistFacts| {
        matches!(
            who.capacity,
            PanelCapacity::LivedExperience | PanelCapacity::Carer
        )
    };
    rule(
        people.iter().any(lives_it),
        "At least one panellist has lived experience or is a carer. Add somebody who does or is.",
    );
    rule(
        people.iter().any(|who| who.chair),
        "Somebody leads the panel. Make one of the panellists its chair.",
    );
    rule(
        kind != VacancyKind::BoardSeat || people.iter().any(|who| who.is_member),
        "A sitting member of the board interviews for its seats. Add one.",
    );
    violations.into_result()
}

/// A panel is complete: its people, their declarations, their training, its questions.
///
/// # Errors
/// `RULE_BROKEN` at the object, for each rule that is not kept.
pub fn check_complete(
    kind: VacancyKind,
    people: &[PanellistFacts],
    weights: &[i32],
) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.keep_all(check_people(kind, people));
    let mut lacking = |is_lacking: fn(&PanellistFacts) -> bool, message: fn(usize) -> String| {
        let number = people.iter().filter(|who| is_lacking(who)).count();
        violations.check(number == 0, Code::RuleBroken, "id", || message(number));
    };
    lacking(
        |who| !who.has_declared,
        |number| {
            format!("Each panellist declares their interests, or that there are none. {number} have yet to.")
        },
    );
    lacking(
        |who| who.is_unassessed,
        |number| {
            format!("What panellists declared is assessed by somebody else. That of {number} is not yet.")
        },
    );
    lacking(
        |who| !who.is_trained,
        |number| {
            format!("The panel asks for training, and that of {number} panellists is missing or has run out.")
        },
    );
    let sum: i64 = weights.iter().copied().map(i64::from).sum();
    violations.check(sum == i64::from(WHOLE), Code::RuleBroken, "id", || {
        format!("The weights of the questions make 10,000 basis points together; at present they make {sum}.")
    });
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use PanelStatus::*;
    use entity::Described;

    use super::*;

    const STATES: [PanelStatus; 5] = [Forming, Ready, Scoring, Moderating, Decided];

    #[test]
    fn a_panel_goes_from_state_to_state_and_never_back() {
        assert_eq!(STATES.len(), PanelStatus::values().len());
        for (place, from) in STATES.into_iter().enumerate() {
            for to in STATES {
                let legal = STATES.get(place + 1) == Some(&to);
                let outcome = check_move(from, to);
                assert_eq!(outcome.is_ok(), legal, "{from} to {to}");
                if let (Err(violation), Some(next)) = (outcome, STATES.get(place + 1)) {
                    assert!(violation.message.contains(&next.to_string()), "{violation}");
                }
            }
        }
    }

    const GOOD: PanellistFacts = PanellistFacts {
        capacity: PanelCapacity::LivedExperience,
        chair: true,
        is_member: true,
        has_declared: true,
        is_unassessed: false,
        is_trained: true,
    };

    fn broken(kind: VacancyKind, people: &[PanellistFacts], weights: &[i32]) -> String {
        let found = check_complete(kind, people, weights).err().unwrap_or_default();
        found.into_iter().map(|violation| violation.message).collect()
    }

    #[test]
    fn a_complete_panel_keeps_every_rule() {
        let staff = PanellistFacts {
            capacity: PanelCapacity::Staff,
            chair: false,
            is_member: false,
            ..GOOD
        };
        assert_eq!(
            broken(VacancyKind::BoardSeat, &[GOOD, staff], &[4_000, 6_000]),
            ""
        );
    }

    #[test]
    fn each_rule_is_told_when_it_is_not_kept() {
        let with = |change: fn(&mut PanellistFacts)| {
            let mut both = [GOOD, GOOD];
            both.iter_mut().for_each(change);
            both
        };
        let told = |people: &[PanellistFacts]| broken(VacancyKind::BoardSeat, people, &[WHOLE]);
        assert!(told(&[GOOD]).contains("at least two"));
        assert!(told(&with(|who| who.capacity = PanelCapacity::Staff)).contains("lived experience"));
        assert!(told(&with(|who| who.chair = false)).contains("Somebody leads"));
        assert!(told(&with(|who| who.is_member = false)).contains("sitting member"));
        assert!(told(&with(|who| who.has_declared = false)).contains("2 have yet to"));
        assert!(told(&with(|who| who.is_unassessed = true)).contains("is not yet"));
        assert!(told(&with(|who| who.is_trained = false)).contains("of 2 panellists"));
        let post = broken(
            VacancyKind::StaffPost,
            &with(|who| who.is_member = false),
            &[WHOLE],
        );
        assert_eq!(post, "", "only a board seat asks for a member");
    }

    #[test]
    fn weights_make_the_whole_exactly() {
        for weights in [&[9_999][..], &[5_000, 5_001], &[]] {
            let told = broken(VacancyKind::StaffPost, &[GOOD, GOOD], weights);
            assert!(told.contains("10,000 basis points"), "{weights:?}: {told}");
        }
    }

    #[test]
    fn another_round_begins_when_the_last_has_decided() {
        use VacancyStatus::{Closed, Decided, Filled};
        let code = |status, rounds, under_way| {
            check_new_round(status, rounds, under_way)
                .err()
                .map(|violation| violation.code)
        };
        assert_eq!(code(Closed, 0, false), None);
        assert_eq!(code(Closed, 1, true), Some(Code::AlreadyExists));
        assert_eq!(code(Decided, 1, false), None);
        assert_eq!(code(Filled, 1, false), Some(Code::Inactive));
        assert_eq!(code(Decided, 0, false), Some(Code::Inactive));
    }
}
