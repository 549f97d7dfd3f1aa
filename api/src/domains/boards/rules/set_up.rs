//! Where a board can be set up (`domain.md` 2.2): in a partnership, by an organisation that takes part in it.

use entity::parties::kinds::OrganisationStatus;
use entity::partnerships::kinds::PartnershipStatus;

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations};

/// What the setting up of a board depends on.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct NewBoardFacts {
    /// How far the partnership has got.
    pub partnership_status: PartnershipStatus,
    /// How far the organisation that will host the board has got.
    pub host_status: OrganisationStatus,
    /// Whether that organisation is an active member of the partnership.
    pub host_takes_part: bool,
    /// Whether a piece of work was named that belongs to another partnership.
    pub initiative_is_elsewhere: bool,
}

/// Whether a board can be set up.
///
/// # Errors
/// `INACTIVE` for a closed partnership and for a host that is not active, `RULE_BROKEN` for a host that takes no part in the
/// partnership and for a piece of work of another partnership.
pub fn check_new_board(facts: &NewBoardFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    let is_open = facts.partnership_status != PartnershipStatus::Closed;
    violations.check(is_open, Code::Inactive, "partnershipId", || {
        "This partnership is closed, so no boards are set up in it any more.".to_owned()
    });
    let is_active = facts.host_status == OrganisationStatus::Active;
    violations.check(is_active, Code::Inactive, "hostOrganisationId", || {
        "Only an active organisation can host a board.".to_owned()
    });
    violations.check(facts.host_takes_part, Code::RuleBroken, "hostOrganisationId", || {
        "The organisation that hosts a board is an active member of its partnership, and this one is not. Let it accept an \
         invitation to the partnership first."
            .to_owned()
    });
    violations.check(
        !facts.initiative_is_elsewhere,
        Code::RuleBroken,
        "initiativeId",
        || {
            "This piece of work belongs to another partnership. Choose one of the board's own partnership."
                .to_owned()
        },
    );
    violations.into_result()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_hosted_by_an_active_member_of_an_open_partnership() {
        let fine = NewBoardFacts {
            partnership_status: PartnershipStatus::Forming,
            host_status: OrganisationStatus::Active,
            host_takes_part: true,
            initiative_is_elsewhere: false,
        };
        assert_eq!(check_new_board(&fine), Ok(()));
        let broken = NewBoardFacts {
            partnership_status: PartnershipStatus::Closed,
            host_status: OrganisationStatus::Suspended,
            host_takes_part: false,
            initiative_is_elsewhere: true,
        };
        let codes: Vec<Code> = check_new_board(&broken)
            .unwrap_err()
            .iter()
            .map(|violation| violation.code)
            .collect();
        assert_eq!(
            codes,
            [Code::Inactive, Code::Inactive, Code::RuleBroken, Code::RuleBroken]
        );
    }
}
