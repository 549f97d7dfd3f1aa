//! Organisations and people.

use entity::boards::{board, board_membership};
use entity::id::{OrganisationId, PersonId};
use entity::parties::kinds::{AffiliationKind, ConsentPurpose, OrganisationStatus};
use entity::parties::{
    access_need, affiliation, consent, organisation, organisation_identifier, person, role_grant, service,
    service_account, site, site_identifier, user_account,
};

use super::Oracle;

impl Oracle<'_> {
    /// Everybody once it was checked; before that its administrator, whoever registered it, and the platform's.
    pub(super) fn organisation(&self, row: &organisation::Model) -> bool {
        let is_theirs = row.created_by.is_some() && row.created_by == self.viewer.user;
        row.status != OrganisationStatus::Pending
            || is_theirs
            || self.viewer.administers(row.id)
            || self.viewer.runs_the_platform()
    }

    fn sees_organisation(&self, id: OrganisationId) -> bool {
        self.sees("Organisation", id.0)
    }

    /// With the organisation.
    pub(super) fn organisation_identifier(&self, row: &organisation_identifier::Model) -> bool {
        self.sees_organisation(row.organisation_id)
    }

    /// With the organisation.
    pub(super) fn site(&self, row: &site::Model) -> bool {
        self.sees_organisation(row.organisation_id)
    }

    /// With the site.
    pub(super) fn site_identifier(&self, row: &site_identifier::Model) -> bool {
        self.sees("Site", row.site_id.0)
    }

    /// With the organisation that provides it.
    pub(super) fn service(&self, row: &service::Model) -> bool {
        self.sees_organisation(row.provider_organisation_id)
    }

    /// Themselves, the administrator of an organisation they belong to, the platform's, and whoever sees a membership or an
    /// application of theirs, or a panel that they have a part in.
    pub(super) fn person(&self, row: &person::Model) -> bool {
        let mut memberships = self
            .rows
            .board_membership
            .iter()
            .filter(|of| of.person_id == row.id);
        self.viewer.is(row.id)
            || self.administers_an_organisation_of(row.id)
            || self.viewer.runs_the_platform()
            || memberships.any(|membership| self.board_membership(membership))
            || self.sees_them_at_a_panel(row.id)
            || self.sees_them_review(row.id)
            || self.was_told_by(row.id)
            || self.comes_to_own_event(row.id)
    }

    /// Working, volunteering, membership count while they last; receiving a service never does.
    fn administers_an_organisation_of(&self, person: PersonId) -> bool {
        self.rows.affiliation.iter().any(|tie| {
            tie.person_id == person
                && !is_about_receiving(tie)
                && tie.from_on <= self.today
                && tie.to_on.is_none_or(|last| last >= self.today)
                && self.viewer.administers(tie.organisation_id)
        })
    }

    /// Themselves; the administrator of an organisation they belong to; with their consent to be contacted, the chair of
    /// a board they are on.
    pub(super) fn contact(&self, row: &person::Model) -> bool {
        self.viewer.is(row.id)
            || self.administers_an_organisation_of(row.id)
            || self.chairs_with_consent(row.id, ConsentPurpose::Contact)
    }

    /// The viewer chairs a board on which the person is, or to which they are on their way, and the person's consent was
    /// given in general or to the organisation that runs this board.
    fn chairs_with_consent(&self, person: PersonId, purpose: ConsentPurpose) -> bool {
        let is_open = |of: &&board_membership::Model| of.person_id == person && !of.stage.is_closed();
        self.rows
            .board_membership
            .iter()
            .filter(is_open)
            .any(|membership| {
                let board = self
                    .rows
                    .board
                    .iter()
                    .find(|board| board.id == membership.board_id);
                board.is_some_and(|board| {
                    self.viewer.chairs(board.id) && self.consents(person, purpose, Some(board))
                })
            })
    }

    /// A consent that was not taken back; with a board, one that reaches the organisation that runs it.
    pub(super) fn consents(
        &self,
        person: PersonId,
        purpose: ConsentPurpose,
        to: Option<&board::Model>,
    ) -> bool {
        let reaches = |of: &consent::Model| {
            let grantee = of.grantee_organisation_id;
            match to {
                None => grantee.is_none(),
                Some(board) => grantee.is_none_or(|grantee| grantee == board.host_organisation_id),
            }
        };
        self.rows.consent.iter().any(|of| {
            of.person_id == person
                && of.purpose == purpose
                && of.withdrawn_at.is_none_or(|end| end > self.now)
                && reaches(of)
        })
    }

    /// Themselves, the administrator of an organisation they belong to, the platform's.
    pub(super) fn user_account(&self, row: &user_account::Model) -> bool {
        self.viewer.user == Some(row.id)
            || self.administers_an_organisation_of(row.person_id)
            || self.viewer.runs_the_platform()
    }

    /// Its organisation's administrator and the platform's.
    pub(super) fn service_account(&self, row: &service_account::Model) -> bool {
        self.viewer.administers(row.organisation_id) || self.viewer.runs_the_platform()
    }

    /// The person; the organisation's administrator, unless it says that somebody receives a service.
    pub(super) fn affiliation(&self, row: &affiliation::Model) -> bool {
        self.viewer.is(row.person_id)
            || (self.viewer.administers(row.organisation_id) && !is_about_receiving(row))
    }

    /// The person; with their consent to share needs, the chair of a board they are on. No role by itself.
    pub(super) fn access_need(&self, row: &access_need::Model) -> bool {
        self.viewer.is(row.person_id)
            || self.chairs_with_consent(row.person_id, ConsentPurpose::ShareAccessNeeds)
    }

    /// The person, and the administrator of the organisation it was given to.
    pub(super) fn consent(&self, row: &consent::Model) -> bool {
        self.viewer.is(row.person_id)
            || row
                .grantee_organisation_id
                .is_some_and(|grantee| self.viewer.administers(grantee))
    }

    /// Its holder; whoever runs what it holds for: the administrator of its organisation, of its partnership's lead, of its
    /// board's host, the chair of its board; the platform's administrator.
    pub(super) fn role_grant(&self, row: &role_grant::Model) -> bool {
        let leads = self.rows.partnership.iter().any(|partnership| {
            row.partnership_id == Some(partnership.id)
                && self.viewer.administers(partnership.lead_organisation_id)
        });
        let hosts = self.rows.board.iter().any(|board| {
            row.board_id == Some(board.id) && self.viewer.administers(board.host_organisation_id)
        });
        (row.user_id.is_some() && row.user_id == self.viewer.user)
            || row
                .organisation_id
                .is_some_and(|organisation| self.viewer.administers(organisation))
            || row.board_id.is_some_and(|board| self.viewer.chairs(board))
            || leads
            || hosts
            || self.viewer.runs_the_platform()
    }
}

const fn is_about_receiving(tie: &affiliation::Model) -> bool {
    matches!(
        tie.kind,
        AffiliationKind::ReceivesService | AffiliationKind::FamilyReceivesService
    )
}
