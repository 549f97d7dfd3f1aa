//! A viewer, restated: who they are now, for one request that acts for one organisation.

use std::collections::BTreeSet;

use entity::boards::kinds::MembershipStage;
use entity::id::{BoardId, OrganisationId, PartnershipId, PersonId, UserId};
use entity::parties::kinds::{OrganisationStatus, Role, ScopeType, UserStatus};
use entity::parties::{organisation, role_grant};
use entity::partnerships::kinds::{
    AgreementStatus, DataCategory, PartnershipMemberStatus, PartnershipStatus,
};
use harness::Rows;
use sea_orm::prelude::{DateTimeUtc, Uuid};

/// Who asks, with what they may do now.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The account; none for the public and for systems.
    pub user: Option<UserId>,
    /// Whether it is anybody at all, and not the public.
    pub is_known: bool,
    /// Their person.
    pub person: Option<PersonId>,
    /// The organisation the request acts for.
    pub acting: Option<OrganisationId>,
    /// The organisations it could act for.
    pub organisations: BTreeSet<Uuid>,
    grants: Vec<role_grant::Model>,
}

impl Seen {
    /// The owner of a subject or client id, acting for an organisation or, by default, for their only one. None when the
    /// account is not active.
    pub fn of(rows: &Rows, subject: &str, acting: Option<Uuid>, now: DateTimeUtc) -> Option<Self> {
        if subject == "anonymous" {
            return Some(Self::default());
        }
        let user = rows
            .user_account
            .iter()
            .find(|user| user.subject == subject && user.status == UserStatus::Active);
        let service = rows.service_account.iter().find(|service| {
            service.client_id == subject && service.revoked_at.is_none() && service.expires_at > now
        });
        if user.is_none() && service.is_none() {
            return None;
        }
        let holds = |grant: &&role_grant::Model| {
            let is_theirs = user.map(|user| user.id) == grant.user_id
                && service.map(|service| service.id) == grant.service_account_id;
            is_theirs && grant.valid_from <= now && grant.valid_to.is_none_or(|end| end > now)
        };
        let grants: Vec<_> = rows.role_grant.iter().filter(holds).cloned().collect();
        let mut organisations: BTreeSet<_> = grants
            .iter()
            .filter_map(|grant| grant.organisation_id)
            .map(|id| id.0)
            .collect();
        organisations.extend(service.map(|service| service.organisation_id.0));
        let acting = match acting {
            Some(named) => organisations.get(&named).copied(),
            None => organisations
                .iter()
                .next()
                .copied()
                .filter(|_| organisations.len() == 1),
        };
        let acting = acting.map(OrganisationId);
        let counts =
            |grant: &role_grant::Model| grant.organisation_id.is_none() || grant.organisation_id == acting;
        Some(Self {
            user: user.map(|user| user.id),
            is_known: true,
            person: user.map(|user| user.person_id),
            acting,
            organisations,
            grants: grants.into_iter().filter(counts).collect(),
        })
    }

    pub(super) fn runs_the_platform(&self) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == Role::PlatformAdmin && grant.scope_type == ScopeType::Platform)
    }

    pub(super) fn administers(&self, organisation: OrganisationId) -> bool {
        let administers = |grant: &role_grant::Model| {
            grant.role == Role::OrganisationAdmin && grant.organisation_id == Some(organisation)
        };
        self.grants.iter().any(administers)
    }

    pub(super) fn has_role(&self, role: Role, organisation: OrganisationId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.organisation_id == Some(organisation))
    }

    pub(super) fn chairs(&self, board: BoardId) -> bool {
        let chairs = |grant: &role_grant::Model| {
            matches!(grant.role, Role::Chair | Role::Facilitator) && grant.board_id == Some(board)
        };
        self.grants.iter().any(chairs)
    }

    pub(super) fn is(&self, person: PersonId) -> bool {
        self.person == Some(person)
    }

    pub(super) fn sits_on(&self, rows: &Rows, board: BoardId) -> bool {
        rows.board_membership.iter().any(|membership| {
            self.is(membership.person_id)
                && membership.board_id == board
                && matches!(
                    membership.stage,
                    MembershipStage::Active | MembershipStage::OnLeave
                )
        })
    }

    /// Their organisation takes part in the partnership, or they hold a role in it.
    pub(super) fn is_partner_in(&self, rows: &Rows, partnership: PartnershipId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.partnership_id == Some(partnership))
            || self
                .acting
                .is_some_and(|acting| takes_part(rows, acting, partnership))
    }

    /// What `holder` has in a partnership is shared with their organisation: both take part, and both have signed an
    /// agreement in force that covers the category.
    pub(super) fn is_shown(
        &self,
        rows: &Rows,
        (partnership, holder): (PartnershipId, OrganisationId),
        category: DataCategory,
        now: DateTimeUtc,
    ) -> bool {
        let Some(acting) = self.acting else { return false };
        let has_signed = |agreement, organisation| {
            rows.agreement_party.iter().any(|party| {
                party.agreement_id == agreement
                    && party.organisation_id == organisation
                    && party.signed_at.is_some()
            })
        };
        let covers = rows.data_sharing_agreement.iter().any(|agreement| {
            agreement.partnership_id == partnership
                && agreement.status == AgreementStatus::Active
                && agreement.starts_on <= now.date_naive()
                && now.date_naive() <= agreement.expires_on
                && agreement.categories.contains(&category)
                && has_signed(agreement.id, acting)
                && has_signed(agreement.id, holder)
        });
        covers && takes_part(rows, acting, partnership) && takes_part(rows, holder, partnership)
    }
}

/// An active organisation is an active member of an active partnership.
fn takes_part(rows: &Rows, organisation: OrganisationId, partnership: PartnershipId) -> bool {
    let is_active =
        |of: &organisation::Model| of.id == organisation && of.status == OrganisationStatus::Active;
    rows.organisation.iter().any(is_active)
        && rows
            .partnership
            .iter()
            .any(|of| of.id == partnership && of.status == PartnershipStatus::Active)
        && rows.partnership_member.iter().any(|member| {
            member.partnership_id == partnership
                && member.organisation_id == organisation
                && member.status == PartnershipMemberStatus::Active
        })
}
