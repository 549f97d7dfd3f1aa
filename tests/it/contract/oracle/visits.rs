//! Visits of peer reviewers are everybody's once they are published; before that they are the matter of those who review, of whoever
//! asked for the review, and from a time on of the provider.

use entity::id::{MonitoringVisitId, OrganisationId, PersonId};
use entity::panels::conflict_declaration;
use entity::panels::kinds::ConflictAssessment;
use entity::parties::kinds::Role;
use entity::visits::kinds::VisitStatus;
use entity::visits::{monitoring_visit, peer_reviewer, visit_rating};

use super::Oracle;

impl Oracle<'_> {
    fn visit_of(&self, id: MonitoringVisitId) -> &monitoring_visit::Model {
        self.rows
            .monitoring_visit
            .iter()
            .find(|visit| visit.id == id)
            .unwrap()
    }

    fn am_recused_from_visit(&self, visit: MonitoringVisitId) -> bool {
        self.rows.conflict_declaration.iter().any(|of| {
            self.viewer.is(of.person_id)
                && of.monitoring_visit_id == Some(visit)
                && of.assessment == Some(ConflictAssessment::Recuse)
        })
    }

    fn reviews(&self, visit: MonitoringVisitId, in_the_lead: bool) -> bool {
        let own = |who: &peer_reviewer::Model| {
            who.visit_id == visit && self.viewer.is(who.person_id) && (who.lead || !in_the_lead)
        };
        self.rows.peer_reviewer.iter().any(own) && !self.am_recused_from_visit(visit)
    }

    fn organises(&self, visit: &monitoring_visit::Model) -> bool {
        let of = visit.responsible_organisation_id;
        self.viewer.administers(of) || self.viewer.has_role(Role::Commissioner, of)
    }

    fn provider_of(&self, visit: &monitoring_visit::Model) -> OrganisationId {
        let visited = self
            .rows
            .service
            .iter()
            .find(|service| service.id == visit.service_id);
        visited.unwrap().provider_organisation_id
    }

    /// Those who review, whoever asked for it, and the provider, once it was sent to them: its administrator, and where `staff` may,
    /// its provider users.
    fn is_insider(&self, visit: &monitoring_visit::Model, staff: bool) -> bool {
        let provider = self.provider_of(visit);
        let provides = self.viewer.administers(provider)
            || (staff && self.viewer.has_role(Role::ProviderUser, provider));
        self.reviews(visit.id, false)
            || self.organises(visit)
            || (provides && visit.sent_to_provider_at.is_some())
    }

    /// Everybody, once it is published; before that the insiders.
    pub(super) fn monitoring_visit(&self, row: &monitoring_visit::Model) -> bool {
        row.status == VisitStatus::Published || self.is_insider(row, true)
    }

    /// The insiders, never the public.
    pub(super) fn text_for_provider(&self, row: &monitoring_visit::Model) -> bool {
        self.is_insider(row, true)
    }

    /// With the visit.
    pub(super) fn visit_rating(&self, row: &visit_rating::Model) -> bool {
        self.monitoring_visit(self.visit_of(row.visit_id))
    }

    /// The insiders, but no staff of the provider.
    pub(super) fn evidence(&self, row: &visit_rating::Model) -> bool {
        self.is_insider(self.visit_of(row.visit_id), false)
    }

    /// Those who review, and whoever asked for it.
    pub(super) fn peer_reviewer(&self, row: &peer_reviewer::Model) -> bool {
        self.reviews(row.visit_id, false) || self.organises(self.visit_of(row.visit_id))
    }

    /// Somebody goes on a visit, as far as the viewer may read that.
    pub(super) fn sees_them_review(&self, person: PersonId) -> bool {
        let theirs = |who: &&peer_reviewer::Model| who.person_id == person;
        self.rows
            .peer_reviewer
            .iter()
            .filter(theirs)
            .any(|who| self.peer_reviewer(who))
    }

    /// Who leads the visit, and whoever asked for it; nobody who is recused from it.
    pub(super) fn declared_to_visit(&self, row: &conflict_declaration::Model) -> bool {
        row.monitoring_visit_id.is_some_and(|visit| {
            let chooses = self.reviews(visit, true) || self.organises(self.visit_of(visit));
            chooses && !self.am_recused_from_visit(visit)
        })
    }
}
