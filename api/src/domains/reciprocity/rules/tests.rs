use super::*;

fn codes<T>(found: Result<T, Vec<Violation>>) -> Vec<(Code, String)> {
    let found = found.err().unwrap_or_default();
    found
        .into_iter()
        .map(|violation| (violation.code, violation.path.join(".")))
        .collect()
}

fn terms(reward: Reward, pence: Option<i32>, credit_minutes: Option<i32>) -> Terms {
    Terms {
        reward,
        pence,
        credit_minutes,
    }
}

#[test]
fn an_offer_is_measured_in_the_measure_of_its_kind() {
    let settings = ContributionSettings::default();
    let check = |reward, pence, minutes| codes(check_terms(&terms(reward, pence, minutes), &settings));
    assert_eq!(check(Reward::Payment, Some(2_500), None), []);
    assert_eq!(check(Reward::Voucher, Some(1), None), []);
    assert_eq!(check(Reward::TimeCredit, None, Some(120)), []);
    assert_eq!(check(Reward::None, None, None), []);
    let at = |code, field: &str| (code, field.to_owned());
    assert_eq!(check(Reward::Payment, None, None), [at(Code::Required, "pence")]);
    assert_eq!(
        check(Reward::TimeCredit, Some(100), None),
        [
            at(Code::RuleBroken, "pence"),
            at(Code::Required, "timeCreditMinutes")
        ]
    );
    assert_eq!(
        check(Reward::None, Some(1), None),
        [at(Code::RuleBroken, "pence")]
    );
    assert_eq!(
        check(Reward::Payment, Some(0), None),
        [at(Code::OutOfRange, "pence")]
    );
    assert_eq!(
        check(Reward::Payment, Some(1_000_001), None),
        [at(Code::OutOfRange, "pence")]
    );
    assert_eq!(
        check(Reward::Donated, None, None),
        [at(Code::RuleBroken, "reward")]
    );
}

#[test]
fn a_contribution_is_for_one_thing() {
    assert_eq!(check_activity(1), Ok(()));
    assert_eq!(check_activity(0).unwrap_err().code, Code::Required);
    assert_eq!(check_activity(2).unwrap_err().code, Code::RuleBroken);
}

/// The clock decides, to the instant: at the beginning it is too late.
#[test]
fn what_is_not_agreed_before_says_so() {
    let starts_at: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
    let check =
        |said, seconds| check_agreed_before(said, starts_at, starts_at + chrono::TimeDelta::seconds(seconds));
    assert_eq!(check(None, -1), Ok(true));
    assert_eq!(check(Some(true), -1), Ok(true));
    assert_eq!(check(Some(false), 0), Ok(false));
    for (said, seconds) in [(None, 0), (Some(true), 0), (None, 3_600), (Some(false), -1)] {
        let refused = check(said, seconds).unwrap_err();
        assert_eq!(
            (refused.code, refused.path),
            (Code::RuleBroken, vec!["agreedBefore".to_owned()])
        );
    }
}

#[test]
fn nobody_takes_more_than_was_offered() {
    let offered = terms(Reward::Payment, Some(2_500), None);
    let plan = |pence, minutes| plan_acceptance(&offered, (pence, minutes));
    assert_eq!(plan(None, None).unwrap().pence, Some(2_500));
    assert_eq!(plan(Some(2_500), None).unwrap().pence, Some(2_500));
    assert_eq!(plan(Some(1), None).unwrap().pence, Some(1));
    assert_eq!(
        codes(plan(Some(2_501), None)),
        [(Code::RuleBroken, "pence".to_owned())]
    );
    assert_eq!(
        codes(plan(Some(0), None)),
        [(Code::OutOfRange, "pence".to_owned())]
    );
    assert_eq!(
        codes(plan(None, Some(10))),
        [(Code::RuleBroken, "timeCreditMinutes".to_owned())]
    );
}

#[test]
fn an_answer_is_for_good() {
    use ContributionStatus::{Accepted, Declined, Donated, Offered, Withdrawn};
    for to in [Accepted, Declined, Donated, Withdrawn] {
        assert_eq!(check_step(Offered, to), Ok(()));
        for from in [Accepted, Declined, Donated, Withdrawn] {
            assert_eq!(check_step(from, to).unwrap_err().code, Code::IllegalTransition);
        }
    }
}

#[test]
fn minutes_are_recorded_after_the_work_until_both_agree_on_them() {
    let starts_at: DateTime<Utc> = "2026-03-02T10:00:00Z".parse().unwrap();
    let settings = ContributionSettings::default();
    let facts = MinutesFacts {
        status: ContributionStatus::Declined,
        starts_at,
        confirmed: false,
    };
    assert_eq!(check_minutes(&facts, 90, starts_at, &settings), Ok(()));
    let early = check_minutes(&facts, -1, starts_at - chrono::TimeDelta::seconds(1), &settings);
    assert_eq!(
        codes(early),
        [
            (Code::OutOfRange, "minutes".to_owned()),
            (Code::RuleBroken, "id".to_owned())
        ]
    );
    for (status, confirmed, code) in [
        (ContributionStatus::Offered, false, Code::Inactive),
        (ContributionStatus::Withdrawn, false, Code::Inactive),
        (ContributionStatus::Accepted, true, Code::RuleBroken),
    ] {
        let facts = MinutesFacts {
            status,
            confirmed,
            ..facts
        };
        assert_eq!(
            codes(check_minutes(&facts, 90, starts_at, &settings)),
            [(code, "id".to_owned())]
        );
    }
    assert_eq!(check_confirmation(Some(ContributionSide::Person), false), Ok(()));
    assert!(check_confirmation(Some(ContributionSide::Person), true).is_err());
    assert!(check_confirmation(None, false).is_err());
}
