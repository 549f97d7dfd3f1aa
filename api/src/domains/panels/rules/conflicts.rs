//! Conflicts of interest: what is declared to a panel, and what somebody else makes of it (`domain.md` 2.3).

use entity::panels::kinds::{ConflictAssessment, ConflictLevel, ConflictNature};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

/// What somebody declares. Texts are trimmed and checked before they come here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
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
    if declared.nature != ConflictNature::None {
        violations.check(declared.level.is_some(), Code::Required, "level", || {
            "Level is needed: say whether it is an actual, a potential or a perceived conflict.".to_owned()
        });
        return violations.into_result();
    }
    for (said, field) in [
        (declared.level.is_some(), "level"),
        (declared.names_a_candidate, "applicationId"),
        (declared.has_detail, "detail"),
    ] {
        violations.check(!said, Code::RuleBroken, field, || {
            "NONE says that there is nothing to declare. Leave this out, or choose another nature.".to_owned()
        });
    }
    violations.check(!declared.declared_none, Code::AlreadyExists, "nature", || {
        "You have declared to this panel already that there is nothing.".to_owned()
    });
    violations.into_result()
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
        violations.check(
            assessed.names_a_candidate,
            Code::Required,
            "applicationId",
            || "A panellist is recused from one candidate. Name the application.".to_owned(),
        );
    }
    if assessed.now == ConflictAssessment::Mitigate {
        violations.check(assessed.has_mitigation, Code::Required, "mitigation", || {
            "Mitigation is needed: say with which precautions the panellist takes part.".to_owned()
        });
    }
    violations.into_result()
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
}
