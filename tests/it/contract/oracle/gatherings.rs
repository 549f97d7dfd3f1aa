//! Events, hosts, and who comes.

use entity::gatherings::kinds::{EventAttendanceStatus, EventAudience, EventHostStatus};
use entity::gatherings::{event, event_attendance, event_host, event_outcome};
use entity::id::{EventId, PersonId};

use super::Oracle;

impl Oracle<'_> {
    fn hosts(&self, id: EventId) -> impl Iterator<Item = &event_host::Model> {
        self.rows
            .event_host
            .iter()
            .filter(move |host| host.event_id == id)
    }

    /// The viewer administers a host that has accepted.
    fn runs_event(&self, id: EventId) -> bool {
        self.hosts(id).any(|host| {
            host.status == EventHostStatus::Accepted && self.viewer.administers(host.organisation_id)
        })
    }

    fn own_place(&self, id: EventId) -> Option<&event_attendance::Model> {
        let mut all = self.rows.event_attendance.iter();
        all.find(|of| of.event_id == id && self.viewer.is(of.person_id))
    }

    /// Once announced, whom it is for; in any case the administrators of its hosts and of who was asked, and whoever asked for
    /// a place.
    pub(super) fn event(&self, row: &event::Model) -> bool {
        let is_of_a_host = self.hosts(row.id).any(|host| {
            host.status == EventHostStatus::Accepted && self.viewer.acting == Some(host.organisation_id)
        });
        let is_for_them = match row.audience {
            EventAudience::Everybody => true,
            EventAudience::Partnership => row
                .partnership_id
                .is_some_and(|partnership| self.viewer.is_partner_in(self.rows, partnership)),
            EventAudience::Hosts => false,
        };
        let is_asked = self.hosts(row.id).any(|host| {
            matches!(host.status, EventHostStatus::Invited | EventHostStatus::Accepted)
                && self.viewer.administers(host.organisation_id)
        });
        (row.published_at.is_some() && (is_for_them || is_of_a_host))
            || is_asked
            || self.own_place(row.id).is_some()
    }

    /// Whoever has a place, and the administrators of the hosts.
    pub(super) fn event_joining(&self, row: &event::Model) -> bool {
        use EventAttendanceStatus::{Came, Registered};
        let has_a_place = self
            .own_place(row.id)
            .is_some_and(|place| matches!(place.status, Registered | Came));
        has_a_place || self.runs_event(row.id)
    }

    /// With the event, once it accepted; before that its own administrator and those of the hosts.
    pub(super) fn event_host(&self, row: &event_host::Model) -> bool {
        self.sees("Event", row.event_id.0)
            && (row.status == EventHostStatus::Accepted
                || self.viewer.administers(row.organisation_id)
                || self.runs_event(row.event_id))
    }

    /// The person, and the administrators of the hosts.
    pub(super) fn event_attendance(&self, row: &event_attendance::Model) -> bool {
        self.viewer.is(row.person_id) || self.runs_event(row.event_id)
    }

    /// With the event.
    pub(super) fn event_outcome(&self, row: &event_outcome::Model) -> bool {
        self.sees("Event", row.event_id.0)
    }

    /// The person has a place at an event that the viewer runs: confirmed, or the event is not over and they come.
    pub(super) fn comes_to_own_event(&self, person: PersonId) -> bool {
        let mut all = self.rows.event_attendance.iter();
        let is_over = |id: EventId| {
            let mut events = self.rows.event.iter();
            events.any(|event| event.id == id && event.ends_at <= self.now)
        };
        all.any(|of| {
            let comes = of.status != EventAttendanceStatus::Apologies && !is_over(of.event_id);
            of.person_id == person && self.runs_event(of.event_id) && (comes || of.confirmed_at.is_some())
        })
    }
}
