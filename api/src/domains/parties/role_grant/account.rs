//! Whose account a role is given to, and whether it can be.

use entity::boards::board_membership;
use entity::boards::kinds::MembershipStage;
use entity::id::{OrganisationId, PartnershipId, PersonId};
use entity::parties::kinds::{Role, UserStatus};
use entity::parties::{affiliation, person, role_grant, service_account, user_account};
use entity::partnerships::kinds::PartnershipMemberStatus;
use entity::partnerships::partnership_member;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use crate::domains::parties::facts;
use crate::domains::parties::rules::access::AccountKind;
use crate::domains::violation::{UserErrorCode as Code, Violations};
use crate::graphql::ChangeError;
use crate::policy::areas::access::RoleScope;
use crate::policy::areas::people::is_about_receiving;
use crate::store::{StoreError, WriteSession};

/// The account that a role is given to.
#[derive(Debug)]
pub(super) enum Holder {
    /// A person's, if they have one.
    Person {
        person: person::Model,
        user: Option<user_account::Model>,
    },
    /// A computer system's.
    Service(service_account::Model),
}

impl Holder {
    /// Finds the account and holds it, so that the same role is not given twice at once.
    pub(super) async fn find(
        session: &WriteSession,
        kind: AccountKind,
        id: Uuid,
    ) -> Result<Self, ChangeError> {
        if kind == AccountKind::Service {
            let account = facts::visible::<service_account::Entity>(session, "serviceAccountId", id).await?;
            session.lock::<service_account::Entity>(account.id).await?;
            return Ok(Self::Service(account));
        }
        let person = facts::visible::<person::Entity>(session, "personId", id).await?;
        session.lock::<person::Entity>(person.id).await?;
        let own = Condition::all().add(user_account::Column::PersonId.eq(person.id));
        let user = session
            .facts::<user_account::Entity>(own)
            .await?
            .into_iter()
            .next();
        Ok(Self::Person { person, user })
    }

    /// Makes the account the holder of a grant.
    pub(super) fn hold(&self, grant: &mut role_grant::ActiveModel) {
        match self {
            Self::Person { user, .. } => grant.user_id = Set(user.as_ref().map(|user| user.id)),
            Self::Service(account) => grant.service_account_id = Set(Some(account.id)),
        }
    }

    /// Whether the account works, belongs where the role holds, and does not hold it already.
    pub(super) async fn check(
        &self,
        session: &WriteSession,
        role: Role,
        scope: &RoleScope,
    ) -> Result<Violations, StoreError> {
        let mut violations = Violations::default();
        match self {
            Self::Person { person, user } => {
                let is_active = user
                    .as_ref()
                    .is_some_and(|user| user.status == UserStatus::Active);
                violations.check(is_active, Code::Inactive, "personId", || {
                    "The person has no account with which they can sign in. Give them one first, by userCreate.".to_owned()
                });
                let belongs = person_belongs(session, person.id, scope).await?;
                violations.check(belongs, Code::RuleBroken, "personId", || not_of(scope).to_owned());
            }
            Self::Service(account) => {
                let works = account.revoked_at.is_none() && account.expires_at > session.now();
                violations.check(works, Code::Inactive, "serviceAccountId", || {
                    "This service account works no longer. Create another.".to_owned()
                });
                let belongs =
                    matches!(scope, RoleScope::Organisation(of) if of.id == account.organisation_id);
                violations.check(belongs, Code::RuleBroken, "serviceAccountId", || {
                    "A service account acts for its own organisation only.".to_owned()
                });
            }
        }
        let has_it = session
            .count::<role_grant::Entity>(self.same(session, role, scope))
            .await?
            > 0;
        violations.check(!has_it, Code::AlreadyExists, "role", || {
            "The account has this role already, now or from a later day on.".to_owned()
        });
        Ok(violations)
    }

    /// Grants of the same role in the same scope that have not ended.
    fn same(&self, session: &WriteSession, role: Role, scope: &RoleScope) -> Condition {
        use role_grant::Column as C;
        let holder = match self {
            Self::Person { user, .. } => C::UserId.eq(user.as_ref().map(|user| user.id)),
            Self::Service(account) => C::ServiceAccountId.eq(account.id),
        };
        let scope = match scope {
            RoleScope::Platform => C::ScopeType.eq("PLATFORM"),
            RoleScope::Organisation(of) => C::OrganisationId.eq(of.id),
            RoleScope::Partnership(of) => C::PartnershipId.eq(of.id),
            RoleScope::Board(of) => C::BoardId.eq(of.id),
        };
        let open = Condition::any()
            .add(C::ValidTo.is_null())
            .add(C::ValidTo.gt(session.now()));
        Condition::all()
            .add(C::Role.eq(role))
            .add(holder)
            .add(scope)
            .add(open)
    }
}

fn not_of(scope: &RoleScope) -> &'static str {
    match scope {
        RoleScope::Platform => "",
        RoleScope::Organisation(_) => {
            "The person does not work for this organisation or belong to it, so they cannot act for it."
        }
        RoleScope::Partnership(_) => {
            "The person does not work for an organisation that takes part in this partnership, or belong to one."
        }
        RoleScope::Board(_) => {
            "The person neither sits on this board nor works for the organisation that runs it, or belongs to it."
        }
    }
}

async fn person_belongs(
    session: &WriteSession,
    person: PersonId,
    scope: &RoleScope,
) -> Result<bool, StoreError> {
    match scope {
        RoleScope::Platform => Ok(true),
        RoleScope::Organisation(of) => facts::belongs(session, person, of.id).await,
        RoleScope::Partnership(of) => belongs_to_member(session, person, of.id).await,
        RoleScope::Board(board) => {
            use board_membership::Column as C;
            let sits = Condition::all()
                .add(C::BoardId.eq(board.id))
                .add(C::PersonId.eq(person))
                .add(C::Stage.is_in([MembershipStage::Active, MembershipStage::OnLeave]));
            Ok(session.count::<board_membership::Entity>(sits).await? > 0
                || facts::belongs(session, person, board.host_organisation_id).await?)
        }
    }
}

async fn belongs_to_member(
    session: &WriteSession,
    person: PersonId,
    partnership: PartnershipId,
) -> Result<bool, StoreError> {
    use partnership_member::Column as C;
    let active = Condition::all()
        .add(C::PartnershipId.eq(partnership))
        .add(C::Status.eq(PartnershipMemberStatus::Active));
    let members = session.facts::<partnership_member::Entity>(active).await?;
    let members: Vec<OrganisationId> = members.into_iter().map(|member| member.organisation_id).collect();
    let today = session.now().date_naive();
    let runs = Condition::any()
        .add(affiliation::Column::ToOn.is_null())
        .add(affiliation::Column::ToOn.gte(today));
    let ties = Condition::all()
        .add(affiliation::Column::PersonId.eq(person))
        .add(affiliation::Column::OrganisationId.is_in(members))
        .add(runs);
    let ties = session.facts::<affiliation::Entity>(ties).await?;
    Ok(ties.into_iter().any(|tie| !is_about_receiving(tie.kind)))
}
