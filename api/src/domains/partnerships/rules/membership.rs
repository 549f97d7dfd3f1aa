//! How organisations join, lead and leave a partnership (`domain.md` 2.1 and 2.10). That only an organisation's own
//! administrator accepts and leaves for it is a matter of `policy`.

use chrono::NaiveDate;
use entity::parties::kinds::{OrganisationKind, OrganisationStatus};
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipRole, PartnershipStatus};
use entity::partnerships::partnership_member;

use super::life::PartnerFacts;
use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, transition};

#[cfg(test)]
mod tests;

/// The statuses a membership can reach in one step: an invitation is accepted or declined, and a member leaves. An
/// organisation that left can be invited anew, which begins another membership.
#[must_use]
pub const fn legal_statuses(status: PartnershipMemberStatus) -> &'static [PartnershipMemberStatus] {
    use PartnershipMemberStatus::{Active, Invited, Left};
    match status {
        Invited => &[Active, Left],
        Active => &[Left],
        Left => &[],
    }
}

/// Whether an organisation of this kind can play this part: the user-led part belongs to user-led organisations, or the
/// word would mean nothing.
///
/// # Errors
/// `RULE_BROKEN`.
pub fn check_role(role: PartnershipRole, kind: OrganisationKind) -> Result<(), Violation> {
    if role == PartnershipRole::UserLed && kind != OrganisationKind::UserLed {
        let message = format!(
            "Only an organisation run by the people it is for can take the part USER_LED, and this one is {kind}. Choose \
             another part, such as ADVISOR."
        );
        return Err(Violation::new(Code::RuleBroken, "role", message));
    }
    Ok(())
}

/// What an invitation depends on.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct InvitationFacts {
    /// How far the partnership has got.
    pub partnership_status: PartnershipStatus,
    /// What sort of body the invited organisation is.
    pub kind: OrganisationKind,
    /// Whether it takes part on the platform.
    pub organisation_status: OrganisationStatus,
    /// The part it is invited to play.
    pub role: PartnershipRole,
    /// Whether it is invited already, or a member.
    pub has_open_membership: bool,
}

/// Whether an organisation can be invited; the membership then begins at `INVITED`.
///
/// # Errors
/// `INACTIVE` for a closed partnership or an organisation that is not active, `ALREADY_EXISTS` for a second membership at a
/// time, `RULE_BROKEN` for a part it cannot play.
pub fn check_invitation(facts: &InvitationFacts) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    partnership_is_open(&mut violations, facts.partnership_status);
    organisation_is_active(&mut violations, facts.organisation_status);
    violations.check(
        !facts.has_open_membership,
        Code::AlreadyExists,
        "organisationId",
        || "This organisation is invited to the partnership already, or is a member of it.".to_owned(),
    );
    violations.check(facts.role != PartnershipRole::Lead, Code::RuleBroken, "role", || {
        "A partnership has one lead. Invite the organisation to another part; the lead can be handed over to it once it has \
         joined."
            .to_owned()
    });
    violations.keep(check_role(facts.role, facts.kind));
    violations.into_result()
}

/// A membership after a move.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct MemberPlan {
    /// The status after.
    pub status: PartnershipMemberStatus,
    /// The day the organisation joined.
    pub joined_on: Option<NaiveDate>,
    /// The day it left, or declined.
    pub left_on: Option<NaiveDate>,
}

/// Plans that an organisation accepts its invitation, declines it, or leaves.
///
/// `leads` says whether the partnership names it as its lead.
///
/// # Errors
/// `ILLEGAL_TRANSITION` with the statuses that could be reached, `INACTIVE` when it cannot join a closed partnership or is
/// not active itself, `RULE_BROKEN` when the lead leaves without handing over.
pub fn plan_move(
    member: &partnership_member::Model,
    to: PartnershipMemberStatus,
    leads: bool,
    (partnership_status, organisation_status): (PartnershipStatus, OrganisationStatus),
    today: NaiveDate,
) -> Result<MemberPlan, Vec<Violation>> {
    transition(
        "status",
        "membership",
        (member.status, to),
        legal_statuses(member.status),
    )
    .map_err(|illegal| vec![illegal])?;
    let mut violations = Violations::default();
    let mut plan = MemberPlan {
        status: to,
        joined_on: member.joined_on,
        left_on: member.left_on,
    };
    if to == PartnershipMemberStatus::Active {
        partnership_is_open(&mut violations, partnership_status);
        organisation_is_active(&mut violations, organisation_status);
        plan.joined_on = Some(today);
    } else {
        let is_lead = leads || member.role == PartnershipRole::Lead;
        violations.check(!is_lead, Code::RuleBroken, "status", || {
            "The lead answers for the partnership, so it cannot leave before another organisation leads. Hand the lead over \
             first, or close the partnership."
                .to_owned()
        });
        plan.left_on = Some(member.joined_on.map_or(today, |joined_on| joined_on.max(today)));
    }
    violations.into_result_with(plan)
}

/// The parts after the lead was handed over.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The part of the organisation that led.
    pub former_lead: PartnershipRole,
    /// The part of the organisation that leads from now on.
    pub new_lead: PartnershipRole,
}

/// Plans that the lead hands over to another member and takes `former_lead_role` itself.
///
/// # Errors
/// `INACTIVE` when the partnership is closed or the heir does not take part in it, `CONFLICT` when the heir leads already,
/// `RULE_BROKEN` when the former lead keeps the lead or takes a part it cannot play.
pub fn plan_handover(
    lead: &PartnerFacts,
    former_lead_role: PartnershipRole,
    heir: &PartnerFacts,
    partnership_status: PartnershipStatus,
) -> Result<Handover, Vec<Violation>> {
    let mut violations = Violations::default();
    partnership_is_open(&mut violations, partnership_status);
    let is_other = lead.organisation_id != heir.organisation_id;
    violations.check(is_other, Code::Conflict, "newLeadOrganisationId", || {
        "This organisation leads the partnership already. Choose another member.".to_owned()
    });
    violations.check(heir.takes_part(), Code::Inactive, "newLeadOrganisationId", || {
        "Only an active member of the partnership can lead it. Choose an organisation that has joined and is active."
            .to_owned()
    });
    violations.check(
        former_lead_role != PartnershipRole::Lead,
        Code::RuleBroken,
        "formerLeadRole",
        || "A partnership has one lead. Choose the part that the former lead plays from now on.".to_owned(),
    );
    violations.keep(check_role(former_lead_role, lead.kind).map_err(|mut found| {
        found.path = vec!["formerLeadRole".to_owned()];
        found
    }));
    violations.into_result_with(Handover {
        former_lead: former_lead_role,
        new_lead: PartnershipRole::Lead,
    })
}

fn partnership_is_open(violations: &mut Violations, status: PartnershipStatus) {
    violations.check(status != PartnershipStatus::Closed, Code::Inactive, "", || {
        "This partnership is closed, so its members stay as they were. Start another partnership instead."
            .to_owned()
    });
}

fn organisation_is_active(violations: &mut Violations, status: OrganisationStatus) {
    violations.check(
        status == OrganisationStatus::Active,
        Code::Inactive,
        "organisationId",
        || format!("Only an active organisation can join a partnership, and this one is {status}."),
    );
}
