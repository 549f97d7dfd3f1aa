//! The rules of roles and accounts, as sentences.

use entity::Described;

use super::*;

fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap()
}

fn validity(from: i64, to: Option<i64>) -> Validity {
    Validity {
        from: at(from),
        to: to.map(at),
    }
}

fn request(role: Role, scope_type: ScopeType) -> GrantRequest {
    GrantRequest {
        role,
        scope_type,
        names_organisation: scope_type == ScopeType::Organisation,
        names_partnership: scope_type == ScopeType::Partnership,
        names_board: scope_type == ScopeType::Board,
        account: if role == Role::Integration {
            AccountKind::Service
        } else {
            AccountKind::User
        },
        validity: validity(10, None),
    }
}

fn broken<T>(outcome: Result<T, Vec<Violation>>) -> Vec<(Code, String)> {
    let violations = outcome.err().unwrap_or_default();
    violations
        .into_iter()
        .map(|violation| (violation.code, violation.path.join(".")))
        .collect()
}

fn at_field(code: Code, field: &str) -> (Code, String) {
    (code, field.to_owned())
}

#[test]
fn every_role_goes_with_its_scopes_and_no_others() {
    use ScopeType::{Board, Organisation, Partnership, Platform};
    for (name, _) in Role::values() {
        let role: Role = name.parse().unwrap();
        let fits: &[ScopeType] = match *name {
            "PLATFORM_ADMIN" => &[Platform],
            "CHAIR" | "FACILITATOR" => &[Board],
            "RESEARCHER" | "ANALYST" => &[Organisation, Partnership],
            _ => &[Organisation],
        };
        for scope in [Platform, Organisation, Partnership, Board] {
            let expected = if fits.contains(&scope) {
                vec![]
            } else {
                vec![at_field(Code::RuleBroken, "scopeType")]
            };
            assert_eq!(
                broken(check_grant(&request(role, scope), at(10))),
                expected,
                "{role} {scope}"
            );
        }
    }
}

#[test]
fn a_role_names_the_one_place_it_applies_in() {
    let mut chair = request(Role::Chair, ScopeType::Board);
    (chair.names_board, chair.names_organisation) = (false, true);
    let expected = [
        at_field(Code::RuleBroken, "organisationId"),
        at_field(Code::Required, "boardId"),
    ];
    assert_eq!(broken(check_grant(&chair, at(10))), expected);
    let mut platform = request(Role::PlatformAdmin, ScopeType::Platform);
    platform.names_partnership = true;
    assert_eq!(
        broken(check_grant(&platform, at(10))),
        [at_field(Code::RuleBroken, "partnershipId")]
    );
}

#[test]
fn computer_systems_have_one_role_and_people_the_others() {
    let mut administrator = request(Role::OrganisationAdmin, ScopeType::Organisation);
    administrator.account = AccountKind::Service;
    assert_eq!(
        broken(check_grant(&administrator, at(10))),
        [at_field(Code::RuleBroken, "role")]
    );
    let mut integration = request(Role::Integration, ScopeType::Organisation);
    integration.account = AccountKind::User;
    assert_eq!(
        broken(check_grant(&integration, at(10))),
        [at_field(Code::RuleBroken, "role")]
    );
}

#[test]
fn a_role_holds_at_some_time_to_come() {
    let grant = |from, to| {
        let request = GrantRequest {
            validity: validity(from, to),
            ..request(Role::Chair, ScopeType::Board)
        };
        broken(check_grant(&request, at(10)))
    };
    assert_eq!(grant(10, Some(11)), []);
    assert_eq!(grant(50, None), [], "it may begin later");
    assert_eq!(grant(5, Some(10)), [at_field(Code::Expired, "validTo")]);
    assert_eq!(grant(20, Some(20)), [at_field(Code::OutOfRange, "validTo")]);
    assert_eq!(
        grant(9, Some(8)),
        [
            at_field(Code::OutOfRange, "validTo"),
            at_field(Code::Expired, "validTo")
        ]
    );
}

#[test]
fn an_organisation_keeps_an_administrator() {
    let revoke = |role, has_another_holder| {
        let facts = RevocationFacts {
            role,
            validity: validity(5, None),
            has_another_holder,
        };
        broken(plan_revocation(&facts, at(10)))
    };
    assert_eq!(
        revoke(Role::OrganisationAdmin, false),
        [at_field(Code::RuleBroken, "id")]
    );
    assert_eq!(
        revoke(Role::PlatformAdmin, false),
        [at_field(Code::RuleBroken, "id")]
    );
    assert_eq!(revoke(Role::OrganisationAdmin, true), []);
    assert_eq!(revoke(Role::Chair, false), []);
}

#[test]
fn a_role_is_taken_back_once_and_at_once() {
    let revoke = |validity| {
        plan_revocation(
            &RevocationFacts {
                role: Role::OrganisationAdmin,
                validity,
                has_another_holder: true,
            },
            at(10),
        )
    };
    assert_eq!(revoke(validity(5, None)), Ok(at(10)));
    assert_eq!(revoke(validity(5, Some(11))), Ok(at(10)));
    assert_eq!(
        broken(revoke(validity(5, Some(10)))),
        [at_field(Code::Expired, "id")]
    );
    let unborn = RevocationFacts {
        role: Role::OrganisationAdmin,
        validity: validity(20, None),
        has_another_holder: false,
    };
    let ends = plan_revocation(&unborn, at(10)).unwrap();
    assert!(
        !validity(20, Some(ends.timestamp())).contains(at(20)),
        "one that has not begun never holds"
    );
}

#[test]
fn a_service_account_is_renewed_in_time() {
    let settings = AccessSettings {
        longest_service_account_days: 2,
        longest_secret_days: 1,
        longest_secret_overlap_hours: 1,
    };
    let day = 86_400;
    let check =
        |second| check_service_account_expiry(at(second), at(10), &settings).map_err(|found| found.code);
    assert_eq!(check(11), Ok(()));
    assert_eq!(check(10 + 2 * day), Ok(()));
    assert_eq!(check(11 + 2 * day), Err(Code::OutOfRange));
    assert_eq!(check(10), Err(Code::OutOfRange));
    let forever = AccessSettings {
        longest_service_account_days: u32::MAX,
        longest_secret_days: 1,
        longest_secret_overlap_hours: 1,
    };
    assert_eq!(
        check_service_account_expiry(DateTime::<Utc>::MAX_UTC, at(10), &forever),
        Ok(())
    );
}

#[test]
fn a_secret_does_not_outlive_its_account() {
    let settings = AccessSettings::default();
    let check = |second, account| broken(check_secret_expiry(at(second), account, at(10), &settings));
    assert_eq!(check(50, validity(0, Some(50))), []);
    assert_eq!(
        check(51, validity(0, Some(50))),
        [at_field(Code::OutOfRange, "expiresAt")]
    );
    let over = [
        at_field(Code::Expired, "serviceAccountId"),
        at_field(Code::OutOfRange, "expiresAt"),
    ];
    assert_eq!(check(50, validity(0, Some(9))), over);
}

#[test]
fn settings_are_read_with_their_defaults_and_without_unknown_names() {
    let settings: AccessSettings = toml::from_str("longest_secret_days = 30").unwrap();
    assert_eq!(
        settings,
        AccessSettings {
            longest_secret_days: 30,
            ..AccessSettings::default()
        }
    );
    assert!(toml::from_str::<AccessSettings>("longest_secrets = 30").is_err());
}
