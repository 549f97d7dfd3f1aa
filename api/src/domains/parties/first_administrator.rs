//! The first administrator of an empty platform. Roles are given by those who have them, so somebody has to begin: whoever
//! runs the server, on its command line.

use entity::id::{PersonId, RoleGrantId, UserId};
use entity::parties::kinds::{ContactChannel, InformationFormat, Role, ScopeType, UserStatus};
use entity::parties::{person, role_grant, user_account};
use sea_orm::prelude::DateTimeUtc;
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::accounts::AccountRules;
use super::facts;
use crate::domains::violation::{UserErrorCode as Code, Violations, text};
use crate::events::{Actor, Event};
use crate::graphql::{ChangeError, Refusal};
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::areas::access as policy;
use crate::policy::{Denied, Viewer};
use crate::store::{Recorded, Store, StoreError, WriteError, WriteSession};

/// Who is to be the first administrator.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    /// The name they want to be called by.
    pub name: String,
    /// The issuer of their tokens.
    pub issuer: String,
    /// Who they are to that issuer.
    pub subject: String,
}

/// The global ids of what was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The person.
    pub person: String,
    /// Their account.
    pub user: String,
    /// Their role.
    pub role_grant: String,
}

/// Why there is no first administrator now.
#[derive(Debug, thiserror::Error)]
pub enum FirstAdministratorError {
    /// The platform has one, who can give the role to others.
    #[error(
        "the platform has an administrator already, who can give the role to others by the mutation roleGrantCreate"
    )]
    AlreadyThere,
    /// The arguments cannot be used.
    #[error("{0}")]
    Arguments(String),
    /// The database failed.
    #[error("the database failed")]
    Store(#[from] StoreError),
}

impl From<ChangeError> for FirstAdministratorError {
    fn from(error: ChangeError) -> Self {
        match error {
            WriteError::Refused(refused) => Self::from(refused.into_refusal()),
            WriteError::Stale => Self::AlreadyThere,
            WriteError::Store(error) => Self::Store(error),
        }
    }
}

impl From<Refusal> for FirstAdministratorError {
    fn from(Refusal(violations): Refusal) -> Self {
        let messages: Vec<_> = violations
            .into_iter()
            .map(|violation| violation.message)
            .collect();
        Self::Arguments(messages.join(" "))
    }
}

/// Makes a person, their account and the role `PLATFORM_ADMIN`, while nobody has that role. The audit names the system as
/// the actor.
///
/// # Errors
/// See [`FirstAdministratorError`]; then nothing has happened.
pub async fn make(
    store: &Store,
    rules: &AccountRules,
    now: DateTimeUtc,
    asked: &FirstAdministrator,
) -> Result<Made, FirstAdministratorError> {
    let viewer = Viewer::public();
    let actor = Actor::system("admin create");
    let session = store.begin(viewer.values(), actor, now).await?;
    let recorded = found(&session, rules, asked).await?;
    Ok(session.commit(recorded).await?)
}

async fn found(
    session: &WriteSession,
    rules: &AccountRules,
    asked: &FirstAdministrator,
) -> Result<Recorded<Made>, FirstAdministratorError> {
    let mut violations = Violations::default();
    let name = violations.keep(text("name", &asked.name, 1..=200));
    let subject = violations.keep(text("subject", &asked.subject, 1..=255));
    let everybodys: Vec<_> = rules
        .issuers
        .iter()
        .filter(|known| known.organisation.is_none())
        .collect();
    let is_known = everybodys.iter().any(|known| known.issuer == asked.issuer);
    violations.check(is_known, Code::RuleBroken, "issuer", || {
        let names: Vec<_> = everybodys.iter().map(|known| known.issuer.as_str()).collect();
        let choice = if names.is_empty() { "none: enable auth.local".to_owned() } else { names.join(", ") };
        format!("An administrator of the platform needs an issuer that is not bound to one organisation; there is {choice}.")
    });
    violations.into_result().map_err(Refusal::from)?;

    let administrators = facts::holders(session, Role::PlatformAdmin, None).await?;
    let permit = policy::found_platform(!administrators.is_empty())
        .map_err(|Denied| FirstAdministratorError::AlreadyThere)?;
    let same_identity = Condition::all()
        .add(user_account::Column::Issuer.eq(asked.issuer.as_str()))
        .add(user_account::Column::Subject.eq(subject.as_deref()));
    if session.count::<user_account::Entity>(same_identity).await? > 0 {
        let message = "Somebody has an account with this issuer and subject already. Choose another subject.";
        return Err(FirstAdministratorError::Arguments(message.to_owned()));
    }

    let person = person::ActiveModel {
        id: Set(PersonId::new()),
        display_name: Set(name.unwrap_or_default()),
        legal_name: Set(None),
        email: Set(None),
        phone: Set(None),
        preferred_format: Set(InformationFormat::Standard),
        preferred_channel: Set(ContactChannel::Email),
        language: Set("en".into()),
        anonymised_at: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, person::Model>(None, &person);
    let person = session.insert(&permit, person).await?;
    let mut events = vec![Event::new("person.create", "person", person.id).changed(changed)];
    let user = user_account::ActiveModel {
        id: Set(UserId::new()),
        person_id: Set(person.id),
        issuer: Set(asked.issuer.clone()),
        subject: Set(subject.unwrap_or_default()),
        status: Set(UserStatus::Active),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, user_account::Model>(None, &user);
    let user = session.insert(&permit, user).await?;
    events.push(Event::new("user.create", "user_account", user.id).changed(changed));
    let grant = platform_role(user.id, session.now());
    let changed = WriteSession::changed::<_, role_grant::Model>(None, &grant);
    let grant = session.insert(&permit, grant).await?;
    events.push(Event::new("role_grant.create", "role_grant", grant.id).changed(changed));
    let made = Made {
        person: global_id::encode(person::Entity::PREFIX, person.id.0),
        user: global_id::encode(user_account::Entity::PREFIX, user.id.0),
        role_grant: global_id::encode(role_grant::Entity::PREFIX, grant.id.0),
    };
    Ok(session.record_all(events, made))
}

fn platform_role(user: UserId, now: DateTimeUtc) -> role_grant::ActiveModel {
    role_grant::ActiveModel {
        id: Set(RoleGrantId::new()),
        user_id: Set(Some(user)),
        service_account_id: Set(None),
        role: Set(Role::PlatformAdmin),
        scope_type: Set(ScopeType::Platform),
        organisation_id: Set(None),
        partnership_id: Set(None),
        board_id: Set(None),
        valid_from: Set(now),
        valid_to: Set(None),
        reason: Set(Some("The first administrator of the platform.".into())),
        ..Default::default()
    }
}
