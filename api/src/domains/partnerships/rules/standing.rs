//! What has to stand before something can be done in a partnership (`domain.md` 2.1 and 2.10).

use entity::parties::kinds::OrganisationStatus;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipStatus};

use crate::domains::violation::{UserErrorCode as Code, Violation};

/// Only an active organisation leads a partnership.
///
/// # Errors
/// `INACTIVE` at `leadOrganisationId`.
pub fn check_lead(status: OrganisationStatus) -> Result<(), Violation> {
    if status == OrganisationStatus::Active {
        return Ok(());
    }
    let message = format!("Only an active organisation can lead a partnership, and this one is {status}.");
    Err(Violation::new(Code::Inactive, "leadOrganisationId", message))
}

/// What a closed partnership agreed on stays as it was.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_open(status: PartnershipStatus, field: &str) -> Result<(), Violation> {
    if status != PartnershipStatus::Closed {
        return Ok(());
    }
    let message = "This partnership is closed and stays as it was. Start another partnership instead.";
    Err(Violation::new(Code::Inactive, field, message))
}

/// Work is done by a partnership that has the partners it needs.
///
/// # Errors
/// `INACTIVE` at `field`.
pub fn check_at_work(status: PartnershipStatus, field: &str) -> Result<(), Violation> {
    check_open(status, field)?;
    if status == PartnershipStatus::Active {
        return Ok(());
    }
    let message = "This partnership is still forming. Activate it first: it needs at least two active organisations, one of \
                   them user-led.";
    Err(Violation::new(Code::Inactive, field, message))
}

/// An invitation is declined, a membership is left: each from its own status, so that nobody leaves who meant to decline.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with what can be done instead.
pub fn check_way_out(
    status: PartnershipMemberStatus,
    from: PartnershipMemberStatus,
) -> Result<(), Violation> {
    use PartnershipMemberStatus::{Active, Invited, Left};
    if status == from {
        return Ok(());
    }
    let message = match status {
        Invited => "This organisation is only invited. Decline the invitation instead of leaving.",
        Active => {
            "This organisation has accepted the invitation. Leave the partnership instead of declining."
        }
        Left => "This organisation has left the partnership, or declined, already.",
    };
    Err(Violation::new(Code::IllegalTransition, "status", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pending_organisation_leads_nothing() {
        assert_eq!(check_lead(OrganisationStatus::Active), Ok(()));
        for status in [
            OrganisationStatus::Pending,
            OrganisationStatus::Suspended,
            OrganisationStatus::Closed,
        ] {
            assert_eq!(check_lead(status).unwrap_err().code, Code::Inactive);
        }
    }

    #[test]
    fn a_closed_partnership_stays_as_it_was_and_a_forming_one_does_no_work() {
        use PartnershipStatus::{Active, Closed, Forming};
        let open = [Forming, Active, Closed].map(|status| check_open(status, "id").is_ok());
        assert_eq!(open, [true, true, false]);
        let at_work = [Forming, Active, Closed].map(|status| check_at_work(status, "id").is_ok());
        assert_eq!(at_work, [false, true, false]);
    }

    #[test]
    fn who_is_invited_declines_and_who_is_a_member_leaves() {
        use PartnershipMemberStatus::{Active, Invited, Left};
        for status in [Invited, Active, Left] {
            assert_eq!(check_way_out(status, Invited).is_ok(), status == Invited);
            assert_eq!(check_way_out(status, Active).is_ok(), status == Active);
        }
    }
}
