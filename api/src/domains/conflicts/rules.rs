//! Conflicts of interest: what is declared to a panel, to a board or about a visit, and what somebody else makes of it (`domain.md` 2.3).

use entity::meetings::kinds::MeetingStatus;
use entity::panels::kinds::{ConflictAssessment, ConflictContext, ConflictLevel, ConflictNature};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// What somebody declares. Texts are trimmed and checked before they come here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// What it is declared about.
    pub context: ConflictContext,
    /// What ties them to a candidate.
    pub nature: ConflictNature,
    /// How serious it is.
    pub level: Option<ConflictLevel>,
    /// Whether a candidate is named.
    pub names_a_candidate: bool,
    /// Whether more is said about it.
    pub has_detail: bool,
    /// Whether they declared before that there is nothing.
    pub declared_none: bool,
}

/// That there is nothing to declare says nothing else, once; everything else says how serious it is.
///
/// # Errors
/// `REQUIRED` and `RULE_BROKEN` at the fields, `ALREADY_EXISTS` for a second "nothing".
pub fn check_declaration(declared: &Declared) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    check_candidate(&mut violations, declared.context, declared.names_a_candidate);
    if declared.nature != ConflictNature::None {
        violations.check(declared.level.is_some(), Code::Required, "level", || {
            "Level is needed: say whether it is an actual, a potential or a perceived conflict.".to_owned()
        });
        return violations.into_result();
    }
    let is_panel = declared.context == ConflictContext::Panel;
    for (said, field) in [
        (declared.level.is_some(), "level"),
        (is_panel && declared.names_a_candidate, "applicationId"),
        (declared.has_detail, "detail"),
    ] {
        violations.check(!said, Code::RuleBroken, field, || {
            "NONE says that there is nothing to declare. Leave this out, or choose another nature.".to_owned()
        });
    }
    violations.check(!declared.declared_none, Code::AlreadyExists, "nature", || {
        "You have declared here already that there is nothing.".to_owned()
    });
    violations.into_result()
}

/// Candidates are named to panels alone.
fn check_candidate(violations: &mut Violations, context: ConflictContext, names_a_candidate: bool) {
    let fits = context == ConflictContext::Panel || !names_a_candidate;
    violations.check(fits, Code::RuleBroken, "applicationId", || {
        "Candidates are named in what is declared to an interview panel. Leave the application out."
            .to_owned()
    });
}

/// Interests in an agenda item are declared and assessed while they can still matter: until the minutes of its meeting are
/// approved.
///
/// # Errors
/// `INACTIVE` at the field.
pub fn check_item_open(field: &str, meeting: MeetingStatus) -> Result<(), Violation> {
    if !matches!(meeting, MeetingStatus::MinutesApproved | MeetingStatus::Cancelled) {
        return Ok(());
    }
    let message =
        format!("The meeting of this item is {meeting}, so nothing follows from an interest in it any more.");
    Err(Violation::new(Code::Inactive, field, message))
}

/// What an assessment can be changed to. A recusal is for good.
#[must_use]
pub const fn legal_assessments(assessment: ConflictAssessment) -> &'static [ConflictAssessment] {
    use ConflictAssessment::{Clear, Mitigate, Pending, Recuse};
    match assessment {
        Pending => &[Clear, Mitigate, Recuse],
        Clear => &[Mitigate, Recuse],
        Mitigate => &[Clear, Recuse],
        Recuse => &[],
    }
}

/// What somebody makes of a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assessed {
    /// What it was declared about.
    pub context: ConflictContext,
    /// What was made of it before; nothing for a declaration that there is nothing.
    pub before: Option<ConflictAssessment>,
    /// What is made of it now.
    pub now: ConflictAssessment,
    /// Whether a candidate is named, now or in the declaration.
    pub names_a_candidate: bool,
    /// Whether precautions are told.
    pub has_mitigation: bool,
}

/// An assessment says enough to be acted on.
///
/// # Errors
/// `RULE_BROKEN` where there is nothing to assess, `ILLEGAL_TRANSITION`, `REQUIRED` for a recusal without a candidate and for
/// mitigation without precautions.
pub fn check_assessment(assessed: &Assessed) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let Some(before) = assessed.before else {
        let message = "This declares that there is nothing, so there is nothing to assess.";
        return Err(vec![Violation::new(Code::RuleBroken, "id", message)]);
    };
    let legal = legal_assessments(before);
    violations.keep(transition(
        "assessment",
        "assessment",
        (before, assessed.now),
        legal,
    ));
    if assessed.now == ConflictAssessment::Recuse {
        check_recusal(&mut violations, *assessed);
    }
    if assessed.context != ConflictContext::Panel {
        check_candidate(&mut violations, assessed.context, assessed.names_a_candidate);
    }
    if assessed.now == ConflictAssessment::Mitigate {
        violations.check(assessed.has_mitigation, Code::Required, "mitigation", || {
            "Mitigation is needed: say with which precautions they take part.".to_owned()
        });
    }
    violations.into_result()
}

/// Somebody is recused from one matter, not from a board or a panel as a whole.
fn check_recusal(violations: &mut Violations, assessed: Assessed) {
    match assessed.context {
        ConflictContext::Panel => violations.check(
            assessed.names_a_candidate,
            Code::Required,
            "applicationId",
            || "A panellist is recused from one candidate. Name the application.".to_owned(),
        ),
        ConflictContext::Board => violations.push(Violation::new(
            Code::RuleBroken,
            "assessment",
            "Nobody is recused from a whole board. Ask them to declare it about the agenda item it touches, and recuse them from \
             that.",
        )),
        ConflictContext::AgendaItem | ConflictContext::MonitoringVisit => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(found: Result<(), Vec<Violation>>) -> Vec<(Code, String)> {
        let found = found.err().unwrap_or_default();
        found
            .into_iter()
            .map(|violation| (violation.code, violation.path.join(".")))
            .collect()
    }

    #[test]
    fn nothing_is_declared_alone_and_once() {
        let none = Declared {
            context: ConflictContext::Panel,
            nature: ConflictNature::None,
            level: None,
            names_a_candidate: false,
            has_detail: false,
            declared_none: false,
        };
        assert_eq!(codes(check_declaration(&none)), []);
        let wordy = Declared {
            level: Some(ConflictLevel::Actual),
            names_a_candidate: true,
            has_detail: true,
            declared_none: true,
            ..none
        };
        let fields: Vec<_> = codes(check_declaration(&wordy))
            .into_iter()
            .map(|(_, field)| field)
            .collect();
        assert_eq!(fields, ["level", "applicationId", "detail", "nature"]);
        let family = Declared {
            nature: ConflictNature::Family,
            ..none
        };
        assert_eq!(
            codes(check_declaration(&family)),
            [(Code::Required, "level".to_owned())]
        );
    }

    #[test]
    fn a_recusal_names_a_candidate_and_is_for_good() {
        use ConflictAssessment::{Clear, Mitigate, Pending, Recuse};
        let assessed = |before, now| Assessed {
            context: ConflictContext::Panel,
            before,
            now,
            names_a_candidate: false,
            has_mitigation: false,
        };
        let code = |before, now| codes(check_assessment(&assessed(before, now)));
        assert_eq!(code(Some(Pending), Clear), []);
        assert_eq!(
            code(Some(Pending), Recuse),
            [(Code::Required, "applicationId".to_owned())]
        );
        assert_eq!(
            code(Some(Clear), Mitigate),
            [(Code::Required, "mitigation".to_owned())]
        );
        assert_eq!(code(Some(Recuse), Clear)[0].0, Code::IllegalTransition);
        assert_eq!(code(Some(Clear), Pending)[0].0, Code::IllegalTransition);
        assert_eq!(code(None, Clear), [(Code::RuleBroken, "id".to_owned())]);
    }

    #[test]
    fn members_are_recused_from_items_and_visits_and_not_from_boards() {
        let recused = |context, names_a_candidate| {
            codes(check_assessment(&Assessed {
                context,
                before: Some(ConflictAssessment::Pending),
                now: ConflictAssessment::Recuse,
                names_a_candidate,
                has_mitigation: false,
            }))
        };
        assert_eq!(recused(ConflictContext::AgendaItem, false), []);
        assert_eq!(recused(ConflictContext::MonitoringVisit, false), []);
        assert_eq!(
            recused(ConflictContext::AgendaItem, true),
            [(Code::RuleBroken, "applicationId".to_owned())]
        );
        assert_eq!(
            recused(ConflictContext::Board, false),
            [(Code::RuleBroken, "assessment".to_owned())]
        );
    }

    #[test]
    fn interests_in_an_item_matter_until_the_minutes_are_approved() {
        use MeetingStatus::{Cancelled, Draft, Held, MinutesApproved, MinutesDraft, Published};
        for status in [Draft, Published, Held, MinutesDraft] {
            assert_eq!(check_item_open("id", status), Ok(()));
        }
        for status in [MinutesApproved, Cancelled] {
            assert_eq!(check_item_open("id", status).unwrap_err().code, Code::Inactive);
        }
    }
}
