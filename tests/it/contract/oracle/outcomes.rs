//! Frameworks are everybody's once they are in use; figures are those of whom they are about.

use entity::id::OrganisationId;
use entity::outcomes::kinds::FrameworkStatus;
use entity::outcomes::{
    import_batch, import_error, indicator, indicator_target, indicator_version, observation, outcome,
    outcome_descriptor, outcome_framework,
};
use entity::parties::kinds::Role;
use sea_orm::prelude::Uuid;

use super::Oracle;

impl Oracle<'_> {
    /// Its administrator, a commissioner of it, a system of it.
    fn commissions_for(&self, organisation: OrganisationId) -> bool {
        self.viewer.administers(organisation)
            || self.viewer.has_role(Role::Commissioner, organisation)
            || self.viewer.has_role(Role::Integration, organisation)
    }

    /// The same, and its provider users.
    fn provides_for(&self, organisation: OrganisationId) -> bool {
        self.commissions_for(organisation) || self.viewer.has_role(Role::ProviderUser, organisation)
    }

    /// Everybody, but for drafts: those are the publisher's administrator's and commissioners'.
    pub(super) fn outcome_framework(&self, row: &outcome_framework::Model) -> bool {
        row.status != FrameworkStatus::Draft
            || row.publisher_organisation_id.is_some_and(|publisher| {
                self.viewer.administers(publisher) || self.viewer.has_role(Role::Commissioner, publisher)
            })
    }

    /// With the framework.
    pub(super) fn outcome(&self, row: &outcome::Model) -> bool {
        self.sees("OutcomeFramework", row.framework_id.0)
    }

    /// With the outcome.
    pub(super) fn outcome_descriptor(&self, row: &outcome_descriptor::Model) -> bool {
        self.sees("Outcome", row.outcome_id.0)
    }

    /// With the framework.
    pub(super) fn indicator(&self, row: &indicator::Model) -> bool {
        self.sees("OutcomeFramework", row.framework_id.0)
    }

    /// With the indicator.
    pub(super) fn indicator_version(&self, row: &indicator_version::Model) -> bool {
        self.sees("Indicator", row.indicator_id.0)
    }

    /// Whether what is about this thing is theirs: exactly one row of these tables has the id.
    fn owns_subject(&self, subject: Uuid) -> bool {
        let area = self.rows.geography.iter().find(|of| of.id.0 == subject);
        let service = self.rows.service.iter().find(|of| of.id.0 == subject);
        let site = self.rows.site.iter().find(|of| of.id.0 == subject);
        let organisation = self.rows.organisation.iter().find(|of| of.id.0 == subject);
        area.and_then(|of| of.organisation_id)
            .is_some_and(|council| self.commissions_for(council))
            || service.is_some_and(|of| {
                let by_payer = of.commissioner_organisation_id;
                self.provides_for(of.provider_organisation_id)
                    || by_payer.is_some_and(|payer| self.commissions_for(payer))
            })
            || site.is_some_and(|of| self.provides_for(of.organisation_id))
            || organisation.is_some_and(|of| self.provides_for(of.id))
    }

    /// Whom it is about, and whoever recorded it: whatever its revision and its quality.
    pub(super) fn observation(&self, row: &observation::Model) -> bool {
        let recorder = row.recorded_by_organisation_id;
        self.owns_subject(row.subject_id) || recorder.is_some_and(|of| self.commissions_for(of))
    }

    /// Whom it is about, and whoever set it.
    pub(super) fn indicator_target(&self, row: &indicator_target::Model) -> bool {
        self.owns_subject(row.subject_id) || self.commissions_for(row.set_by_organisation_id)
    }

    /// Whoever commissions for the organisation that imports, and the provider user who asked; what nobody in particular did, whoever runs
    /// the platform.
    pub(super) fn import_batch(&self, row: &import_batch::Model) -> bool {
        row.organisation_id.map_or_else(
            || self.viewer.runs_the_platform(),
            |of| {
                let asked = row.created_by.is_some() && row.created_by == self.viewer.user;
                self.commissions_for(of) || asked && self.provides_for(of)
            },
        )
    }

    /// Whoever reads the import.
    pub(super) fn import_error(&self, row: &import_error::Model) -> bool {
        let batch = self
            .rows
            .import_batch
            .iter()
            .find(|batch| batch.id == row.import_batch_id);
        batch.is_some_and(|batch| self.import_batch(batch))
    }
}
