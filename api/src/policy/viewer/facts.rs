//! What the facts of an account come to, for the conditions of a statement.

use std::collections::{BTreeSet, HashMap};

use entity::Described;
use entity::boards::kinds::MembershipStage;
use entity::parties::kinds::Role;
use entity::partnerships::kinds::DataCategory;
use sea_orm::prelude::Uuid;

use super::{Account, Grant, GrantScope};
use crate::store::{AccountFact, Bound, FactKind, ViewerFact};

/// The facts of one account, seen from one acting organisation.
pub(super) struct Facts<'a> {
    pub(super) all: &'a [AccountFact],
    pub(super) grants: &'a BTreeSet<Grant>,
    pub(super) acting: Option<Uuid>,
}

impl Facts<'_> {
    pub(super) fn boards(&self, counts: impl Fn(MembershipStage) -> bool) -> Vec<Uuid> {
        let seats = self.all.iter().filter(|fact| fact.kind == FactKind::Seat);
        seats
            .filter(|fact| fact.name.parse().is_ok_and(&counts))
            .filter_map(|fact| fact.first)
            .collect()
    }

    fn scopes(&self, counts: impl Fn(&Grant) -> Option<Uuid>) -> Bound {
        let ids: BTreeSet<Uuid> = self.grants.iter().filter_map(counts).collect();
        Bound::Ids(ids.into_iter().collect())
    }

    /// Partnerships in which the acting organisation is an active member.
    pub(super) fn memberships(&self) -> impl Iterator<Item = Uuid> {
        self.all
            .iter()
            .filter(|fact| fact.kind == FactKind::Partnership)
            .filter(|fact| self.acting.is_some() && fact.third == self.acting)
            .filter_map(|fact| fact.first)
    }

    fn partnerships(&self) -> Vec<Uuid> {
        let granted = self.grants.iter().filter_map(|grant| match grant.scope {
            GrantScope::Partnership(id) => Some(id),
            _ => None,
        });
        self.memberships()
            .chain(granted)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// Partnership and organisation, of those with whom the acting organisation has an agreement in force that shares a
    /// category: see `policy::reach`.
    fn sharers(&self, category: DataCategory) -> Vec<(Uuid, Uuid)> {
        let signed = self.all.iter().filter(|fact| {
            fact.kind == FactKind::Agreement && self.acting.is_some() && fact.third == self.acting
        });
        let agreements: HashMap<Uuid, Uuid> = signed
            .filter(|fact| {
                let categories: Vec<&str> = serde_json::from_str(&fact.name).unwrap_or_default();
                categories.contains(&category.stored_name())
            })
            .filter_map(|fact| fact.first.zip(fact.second))
            .collect();
        let parties = self.all.iter().filter(|fact| fact.kind == FactKind::Party);
        let mut pairs: Vec<(Uuid, Uuid)> = parties
            .filter_map(|fact| fact.first.zip(fact.third))
            .filter_map(|(agreement, organisation)| Some((*agreements.get(&agreement)?, organisation)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    pub(super) fn bound(&self, account: Account, fact: ViewerFact) -> Bound {
        let (user, person) = match account {
            Account::User { user, person } => (Some(user), Some(person)),
            _ => (None, None),
        };
        let with_role = |role: Role| {
            self.scopes(|grant: &Grant| match grant.scope {
                GrantScope::Organisation(id) if grant.role == role => Some(id),
                _ => None,
            })
        };
        let chaired = |grant: &Grant| match (grant.role, grant.scope) {
            (Role::Chair | Role::Facilitator, GrantScope::Board(id)) => Some(id),
            _ => None,
        };
        let platform = Grant {
            role: Role::PlatformAdmin,
            scope: GrantScope::Platform,
        };
        match fact {
            ViewerFact::Person => Bound::id(person),
            ViewerFact::User => Bound::id(user),
            ViewerFact::ActingOrganisation => Bound::id(self.acting),
            ViewerFact::IsPlatformAdministrator => Bound::Value(self.grants.contains(&platform).into()),
            ViewerFact::IsKnown => Bound::Value((account != Account::Public).into()),
            ViewerFact::AdministeredOrganisations => with_role(Role::OrganisationAdmin),
            ViewerFact::ProviderUserOrganisations => with_role(Role::ProviderUser),
            ViewerFact::CommissionerOrganisations => with_role(Role::Commissioner),
            ViewerFact::IntegratedOrganisations => with_role(Role::Integration),
            ViewerFact::OwnOrganisations => Bound::Ids(self.acting.into_iter().collect()),
            ViewerFact::OwnPartnerships => Bound::Ids(self.partnerships()),
            ViewerFact::BoardSharers => Bound::Pairs(self.sharers(DataCategory::Boards)),
            ViewerFact::MembershipSharers => Bound::Pairs(self.sharers(DataCategory::Memberships)),
            ViewerFact::FeedbackSharers => {
                let sharers = self.sharers(DataCategory::Feedback);
                let organisations: BTreeSet<Uuid> = sharers.into_iter().map(|(_, of)| of).collect();
                Bound::Ids(organisations.into_iter().collect())
            }
            ViewerFact::ChairedBoards => self.scopes(chaired),
            ViewerFact::SeatedBoards => Bound::Ids(
                self.boards(|stage| matches!(stage, MembershipStage::Active | MembershipStage::OnLeave)),
            ),
            ViewerFact::ProspectiveBoards => Bound::Ids(
                self.boards(|stage| !matches!(stage, MembershipStage::Active | MembershipStage::OnLeave)),
            ),
        }
    }
}
