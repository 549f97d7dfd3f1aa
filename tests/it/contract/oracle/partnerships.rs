//! Partnerships and agreements.

use entity::id::PartnershipId;
use entity::partnerships::kinds::{PartnershipMemberStatus, PartnershipStatus};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership, partnership_member};

use super::Oracle;

impl Oracle<'_> {
    /// The name of one that has begun: everybody. Of one that is forming: whoever reads its terms.
    pub(super) fn partnership(&self, row: &partnership::Model) -> bool {
        row.status != PartnershipStatus::Forming || self.terms(row)
    }

    /// Those who take part, lead it or are invited to it.
    pub(super) fn terms(&self, row: &partnership::Model) -> bool {
        let is_invited = self.rows.partnership_member.iter().any(|member| {
            member.partnership_id == row.id
                && member.status != PartnershipMemberStatus::Left
                && self.viewer.administers(member.organisation_id)
        });
        self.takes_part(row.id) || self.viewer.administers(row.lead_organisation_id) || is_invited
    }

    /// The people of its members, those who sit on or chair a board of it, and the platform's administrator.
    fn takes_part(&self, partnership: PartnershipId) -> bool {
        let is_on_a_board = self.rows.board.iter().any(|board| {
            board.partnership_id == partnership
                && (self.viewer.chairs(board.id) || self.viewer.sits_on(self.rows, board.id))
        });
        self.viewer.is_partner_in(self.rows, partnership) || is_on_a_board || self.viewer.runs_the_platform()
    }

    fn leads(&self, partnership: PartnershipId) -> bool {
        let mut partnerships = self.rows.partnership.iter();
        partnerships.any(|of| of.id == partnership && self.viewer.administers(of.lead_organisation_id))
    }

    /// Those who take part, the lead's administrator, and the organisation's own.
    pub(super) fn partnership_member(&self, row: &partnership_member::Model) -> bool {
        self.takes_part(row.partnership_id)
            || self.leads(row.partnership_id)
            || self.viewer.administers(row.organisation_id)
    }

    /// Those who take part, and the administrators of the lead and of each party.
    pub(super) fn data_sharing_agreement(&self, row: &data_sharing_agreement::Model) -> bool {
        let is_party = self.rows.agreement_party.iter().any(|party| {
            party.agreement_id == row.id && self.viewer.administers(party.organisation_id)
        });
        self.takes_part(row.partnership_id) || self.leads(row.partnership_id) || is_party
    }

    /// With the agreement.
    pub(super) fn agreement_party(&self, row: &agreement_party::Model) -> bool {
        self.sees("DataSharingAgreement", row.agreement_id.0)
    }
}
