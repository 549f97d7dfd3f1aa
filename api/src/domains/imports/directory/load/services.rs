//! What becomes of the services at a site when an edition says what its location is registered to do.
//!
//! A service that a directory brought is known by its site and kind, and by having been made by nobody. Services that users made are theirs: they are
//! left alone, and where one of a kind is at a site, none of that kind is added.

use std::collections::HashSet;

use chrono::NaiveDate;
use entity::id::{OrganisationId, ServiceId, SiteId};
use entity::list::EnumList;
use entity::parties::kinds::{ClientGroup, ServiceDelivery, ServiceKind};
use entity::parties::service;
use sea_orm::Set;

use super::super::super::load::ImportFailure;
use super::super::entry::{Location, Told};
use super::Leave;
use crate::policy::areas::imports::update_listed;
use crate::store::WriteSession;

/// What an edition says of a site.
#[derive(Copy, Clone, Debug)]
pub(super) struct Said<'a> {
    pub location: &'a Location,
    pub site: SiteId,
    pub provider: OrganisationId,
    pub today: NaiveDate,
}

/// What is to be done about services.
#[derive(Debug, Default)]
pub(super) struct Steps {
    pub begin: Vec<service::ActiveModel>,
    pub change: Vec<(service::Model, service::ActiveModel)>,
    pub end: Vec<service::Model>,
    sites: HashSet<SiteId>,
}

impl Said<'_> {
    /// What is to be done about the services that are `there`, at the site.
    pub fn steps(self, there: &[service::Model]) -> Steps {
        let mut steps = Steps::default();
        for (kind, is_provided) in &self.location.services {
            let of_kind = || there.iter().filter(|row| row.kind == *kind);
            let current = || of_kind().filter(|row| is_listed(row) && !is_over(row, self.today));
            let stays = |row: &service::Model| *is_provided && row.provider_organisation_id == self.provider;
            // A service that another organisation provides now is another one: what was said of the first is not about the second.
            steps.end.extend(
                current()
                    .filter(|row| !stays(row) && can_end(row, self.today))
                    .cloned(),
            );
            match current().find(|row| stays(row)) {
                Some(row) => steps
                    .change
                    .extend(self.differing(row).map(|said| (row.clone(), said))),
                None if *is_provided && of_kind().all(is_listed) => {
                    steps.begin.push(self.arrival(*kind, there.iter().any(is_listed)));
                }
                None => {}
            }
        }
        steps
    }

    /// A service that is new here. One that its location takes up later, or again, begins now, and not when the location was registered.
    fn arrival(self, kind: ServiceKind, is_later: bool) -> service::ActiveModel {
        let since = self.location.since.filter(|_| !is_later);
        service::ActiveModel {
            id: Set(ServiceId::new()),
            provider_organisation_id: Set(self.provider),
            site_id: Set(Some(self.site)),
            commissioner_organisation_id: Set(None),
            name: Set(self.location.name.clone()),
            kind: Set(kind),
            delivery: Set(ServiceDelivery::NotStated),
            client_groups: Set(groups(&EnumList::default(), &self.location.groups)),
            starts_on: Set(since.unwrap_or(self.today)),
            ends_on: Set(None),
            ..Default::default()
        }
    }

    /// What is said otherwise of a service; nothing where the same is said.
    fn differing(self, before: &service::Model) -> Option<service::ActiveModel> {
        let mut row = service::ActiveModel::default();
        if before.name != self.location.name {
            row.name = Set(self.location.name.clone());
        }
        let groups = groups(&before.client_groups, &self.location.groups);
        if before.client_groups != groups {
            row.client_groups = Set(groups);
        }
        (row.name.is_set() || row.client_groups.is_set()).then_some(row)
    }
}

impl Steps {
    pub fn is_empty(&self) -> bool {
        self.begin.is_empty() && self.change.is_empty() && self.end.is_empty()
    }

    /// Takes over what is to be done at one site. Two locations may be one site here: the first counts.
    pub fn add(&mut self, site: SiteId, more: Self) {
        if !self.sites.insert(site) {
            return;
        }
        self.begin.extend(more.begin);
        self.change.extend(more.change);
        self.end.extend(more.end);
    }

    /// Does all of it.
    pub async fn write(self, session: &WriteSession, permit: &Leave) -> Result<(), ImportFailure> {
        session.insert_all(permit, self.begin).await?;
        for (before, row) in self.change {
            change(session, before, row).await?;
        }
        for row in self.end {
            end(session, row).await?;
        }
        Ok(())
    }
}

/// Ends a service as of today.
pub(super) async fn end(session: &WriteSession, row: service::Model) -> Result<(), ImportFailure> {
    let over = service::ActiveModel {
        ends_on: Set(Some(session.now().date_naive())),
        ..Default::default()
    };
    change(session, row, over).await
}

async fn change(
    session: &WriteSession,
    before: service::Model,
    row: service::ActiveModel,
) -> Result<(), ImportFailure> {
    let version = before.version;
    let _: service::Model = session
        .update::<_, _, _, std::convert::Infallible>(&update_listed(before, false)?, version, row)
        .await?;
    Ok(())
}

/// Whether a directory brought it.
pub(super) const fn is_listed(row: &service::Model) -> bool {
    row.created_by.is_none()
}

fn is_over(row: &service::Model, today: NaiveDate) -> bool {
    row.ends_on.is_some_and(|day| day <= today)
}

/// Whether it goes on beyond today: what ends does not end before it starts.
pub(super) fn can_end(row: &service::Model, today: NaiveDate) -> bool {
    !is_over(row, today) && row.starts_on <= today
}

/// Whom a service is for, when an edition says so of some groups. Of the others what was known stays.
fn groups(before: &EnumList<ClientGroup>, told: &Told<ClientGroup>) -> EnumList<ClientGroup> {
    let stay = before.iter().filter(|group| !told.contains_key(group));
    let come = told.iter().filter(|(_, is_so)| **is_so).map(|(group, _)| group);
    stay.chain(come).copied().collect()
}

#[cfg(test)]
mod tests {
    use entity::id::UserId;
    use sea_orm::prelude::{DateTimeUtc, Uuid};

    use super::*;

    fn provider() -> OrganisationId {
        OrganisationId(Uuid::nil())
    }

    const TODAY: &str = "2026-11-23";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn location(services: &[(ServiceKind, bool)]) -> Location {
        Location {
            code: "1-990000000".to_owned(),
            since: Some(day("2010-10-01")),
            name: "SYN Home".to_owned(),
            ods: None,
            uprn: None,
            postcode: None,
            position: None,
            local_authority: None,
            beds: None,
            rating: None,
            rating_on: None,
            services: services.iter().copied().collect(),
            groups: Told::from([(ClientGroup::Dementia, true), (ClientGroup::Children, false)]),
        }
    }

    fn there(kind: ServiceKind) -> service::Model {
        service::Model {
            id: ServiceId::new(),
            provider_organisation_id: provider(),
            site_id: Some(SiteId(Uuid::nil())),
            commissioner_organisation_id: None,
            name: "SYN Home".to_owned(),
            kind,
            delivery: ServiceDelivery::Commissioned,
            client_groups: EnumList::new([ClientGroup::Dementia]),
            starts_on: day("2010-10-01"),
            ends_on: None,
            version: 1,
            created_at: DateTimeUtc::UNIX_EPOCH,
            updated_at: DateTimeUtc::UNIX_EPOCH,
            created_by: None,
        }
    }

    fn by_hand(kind: ServiceKind) -> service::Model {
        service::Model {
            created_by: Some(UserId(Uuid::nil())),
            ..there(kind)
        }
    }

    fn ended(kind: ServiceKind) -> service::Model {
        service::Model {
            ends_on: Some(day("2026-10-01")),
            ..there(kind)
        }
    }

    fn steps(services: &[(ServiceKind, bool)], there: &[service::Model]) -> Steps {
        let said = Said {
            location: &location(services),
            site: SiteId(Uuid::nil()),
            provider: provider(),
            today: day(TODAY),
        };
        said.steps(there)
    }

    const NURSING: ServiceKind = ServiceKind::Nursing;

    #[test]
    fn what_is_provided_begins_when_its_location_was_registered() {
        let steps = steps(&[(NURSING, true), (ServiceKind::Other, false)], &[]);
        assert_eq!(
            (steps.begin.len(), steps.change.len(), steps.end.len()),
            (1, 0, 0)
        );
        let made = &steps.begin[0];
        assert_eq!(
            (&made.kind, &made.delivery),
            (&Set(NURSING), &Set(ServiceDelivery::NotStated))
        );
        assert_eq!(made.starts_on, Set(day("2010-10-01")));
        assert_eq!(made.client_groups, Set(EnumList::new([ClientGroup::Dementia])));
    }

    #[test]
    fn what_is_taken_up_later_or_again_begins_today() {
        for there in [there(ServiceKind::Homecare), ended(NURSING)] {
            let steps = steps(&[(NURSING, true)], &[there]);
            assert_eq!(steps.begin[0].starts_on, Set(day(TODAY)));
            assert!(steps.end.is_empty() && steps.change.is_empty());
        }
    }

    #[test]
    fn what_is_said_to_be_there_stays_and_what_is_said_not_to_be_ends() {
        let (nursing, homecare) = (there(NURSING), there(ServiceKind::Homecare));
        let steps = steps(
            &[(NURSING, true), (ServiceKind::Homecare, false)],
            &[nursing, homecare.clone()],
        );
        assert!(steps.begin.is_empty() && steps.change.is_empty());
        assert_eq!(steps.end, [homecare]);
    }

    #[test]
    fn what_an_edition_does_not_speak_of_stays() {
        assert!(steps(&[], &[there(NURSING)]).is_empty());
    }

    #[test]
    fn what_is_over_does_not_end_again() {
        assert!(steps(&[(NURSING, false)], &[ended(NURSING)]).is_empty());
    }

    #[test]
    fn what_users_made_is_left_alone_and_not_doubled() {
        assert!(steps(&[(NURSING, true)], &[by_hand(NURSING)]).is_empty());
        assert!(steps(&[(NURSING, false)], &[by_hand(NURSING)]).is_empty());
        assert_eq!(
            steps(&[(NURSING, true)], &[by_hand(ServiceKind::Homecare)])
                .begin
                .len(),
            1
        );
    }

    #[test]
    fn what_another_organisation_provides_now_is_another_service() {
        let before = service::Model {
            provider_organisation_id: OrganisationId::new(),
            ..there(NURSING)
        };
        let steps = steps(&[(NURSING, true)], std::slice::from_ref(&before));
        assert_eq!((steps.end.as_slice(), steps.begin.len()), (&[before][..], 1));
        assert_eq!(steps.begin[0].starts_on, Set(day(TODAY)));
    }

    #[test]
    fn names_and_groups_follow_and_groups_of_which_nothing_is_said_stay() {
        let before = service::Model {
            name: "SYN Old Home".to_owned(),
            client_groups: EnumList::new([ClientGroup::Children, ClientGroup::Carers]),
            ..there(NURSING)
        };
        let steps = steps(&[(NURSING, true)], &[before]);
        let said = &steps.change[0].1;
        assert_eq!(said.name, Set("SYN Home".to_owned()));
        assert_eq!(
            said.client_groups,
            Set(EnumList::new([ClientGroup::Dementia, ClientGroup::Carers]))
        );
        assert!(
            said.delivery.is_not_set(),
            "how it is paid for is not the directory's to say"
        );
    }
}
