//! How users are written.

use entity::id::{OrganisationId, UserId};
use entity::parties::kinds::UserStatus;
use entity::parties::{organisation, organisation_identifier, person, user_account};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::mutation::{UserCreateInput, UserResumeInput, UserSuspendInput};
use crate::domains::parties::accounts::{AccountRules, KnownIssuer, OrganisationReference};
use crate::domains::parties::facts;
use crate::domains::parties::rules::person::check_not_erased;
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, long_text, optional_long_text, text,
};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult};
use crate::policy::Permit;
use crate::policy::areas::people::{self as policy, SuspendUser};
use crate::store::{StoreError, WriteSession};

pub(super) async fn create(
    change: Change<'_>,
    input: &UserCreateInput,
    rules: &AccountRules,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let organisation =
        facts::id::<organisation::Entity>(&mut violations, "organisationId", &input.organisation_id);
    let person = facts::id::<person::Entity>(&mut violations, "personId", &input.person_id);
    let issuer = violations.keep(text("issuer", &input.issuer, 1..=500));
    let subject = violations.keep(text("subject", &input.subject, 1..=255));
    let known = issuer.as_deref().and_then(|issuer| rules.issuer(issuer));
    violations.check(
        issuer.is_none() || known.is_some(),
        Code::RuleBroken,
        "issuer",
        || "This server accepts no tokens of this issuer. Whoever runs the server can add it to the settings.".to_owned(),
    );
    violations.into_result()?;

    let organisation =
        facts::visible::<organisation::Entity>(session, "organisationId", organisation).await?;
    session.lock::<organisation::Entity>(organisation.id).await?;
    let has_administrator = facts::has_administrator(session, organisation.id).await?;
    let permit = policy::create_user(change.viewer, organisation, has_administrator)?;
    let person = facts::visible::<person::Entity>(session, "personId", person).await?;
    session.lock::<person::Entity>(person.id).await?;

    let row = user_account::ActiveModel {
        id: Set(UserId::new()),
        person_id: Set(person.id),
        issuer: Set(issuer.unwrap_or_default()),
        subject: Set(subject.unwrap_or_default()),
        status: Set(UserStatus::Active),
        ..Default::default()
    };
    check_new_user(session, &permit, &person, &row, known)
        .await?
        .into_result()?;
    let changed = WriteSession::changed::<_, user_account::Model>(None, &row);
    let user = session.insert(&permit, row).await?;
    let event = Event::new("user.create", "user_account", user.id).changed(changed);
    Ok(session.record(event, user.id.0))
}

/// What the database has to say about a new user: whether they belong here, who may vouch for them, who is there already.
async fn check_new_user(
    session: &WriteSession,
    permit: &Permit<policy::CreateUser, organisation::Model>,
    person: &person::Model,
    user: &user_account::ActiveModel,
    issuer: Option<&KnownIssuer>,
) -> Result<Violations, StoreError> {
    use user_account::Column as C;
    let organisation = permit.model();
    let mut violations = Violations::default();
    violations.keep(facts::check_open("organisationId", organisation));
    violations.keep(check_not_erased(person.anonymised_at));
    let belongs = facts::belongs(session, person.id, organisation.id).await?;
    violations.check(belongs, Code::RuleBroken, "personId", || {
        "The person does not work for this organisation or belong to it, so it cannot vouch for them."
            .to_owned()
    });
    let vouches = vouches(session, issuer, organisation.id).await?;
    violations.check(vouches, Code::RuleBroken, "issuer", || {
        "This issuer does not vouch for the people of this organisation. Choose the organisation's own."
            .to_owned()
    });
    let of_person = Condition::all().add(C::PersonId.eq(person.id));
    let has_account = session.count::<user_account::Entity>(of_person).await? > 0;
    violations.check(!has_account, Code::AlreadyExists, "personId", || {
        "The person has an account already, and each has one at most.".to_owned()
    });
    let same_identity = Condition::all()
        .add(C::Issuer.eq(user.issuer.clone().take().unwrap_or_default()))
        .add(C::Subject.eq(user.subject.clone().take().unwrap_or_default()));
    let is_taken = session.count::<user_account::Entity>(same_identity).await? > 0;
    violations.check(!is_taken, Code::AlreadyExists, "subject", || {
        "Somebody else has an account with this issuer and subject already.".to_owned()
    });
    Ok(violations)
}

/// Whether an issuer may vouch for the people of an organisation.
async fn vouches(
    session: &WriteSession,
    issuer: Option<&KnownIssuer>,
    organisation: OrganisationId,
) -> Result<bool, StoreError> {
    use organisation_identifier::Column as C;
    let Some(issuer) = issuer else { return Ok(false) };
    Ok(match &issuer.organisation {
        None => true,
        Some(OrganisationReference::Id(id)) => *id == organisation.0,
        Some(OrganisationReference::Unknown) => false,
        Some(OrganisationReference::Code { scheme, value }) => {
            let code = Condition::all()
                .add(C::OrganisationId.eq(organisation))
                .add(C::Scheme.eq(*scheme))
                .add(C::Value.eq(value.as_str()))
                .add(C::ValidTo.is_null());
            session.count::<organisation_identifier::Entity>(code).await? > 0
        }
    })
}

pub(super) async fn suspend(change: Change<'_>, input: &UserSuspendInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<user_account::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(long_text("reason", &input.reason, 1..=2_000));
    violations.into_result()?;

    let user = facts::visible::<user_account::Entity>(session, "id", id).await?;
    let permit = policy::suspend_user(session, user).await??;
    let user = permit.model();
    facts::check_version(user.version, input.expected_version)?;
    let mut violations = Violations::default();
    violations.keep(check_status(user, UserStatus::Active, "be suspended"));
    let is_self = change.viewer.user() == Some(user.id.0);
    violations.check(!is_self, Code::RuleBroken, "id", || {
        "You cannot suspend yourself: nobody might be left to let you in again. Ask another administrator.".to_owned()
    });
    for grant in facts::open_roles(session, user.id).await? {
        violations.keep_all(facts::plan_end_of_role(session, &grant).await?);
    }
    violations.into_result()?;
    change_status(
        session,
        &permit,
        input.expected_version,
        UserStatus::Suspended,
        reason,
    )
    .await
}

pub(super) async fn resume(change: Change<'_>, input: &UserResumeInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let id = facts::id::<user_account::Entity>(&mut violations, "id", &input.id);
    let reason = violations.keep(optional_long_text("reason", input.reason.as_deref(), 2_000));
    violations.into_result()?;

    let user = facts::visible::<user_account::Entity>(session, "id", id).await?;
    let permit = policy::suspend_user(session, user).await??;
    facts::check_version(permit.model().version, input.expected_version)?;
    check_status(permit.model(), UserStatus::Suspended, "return")?;
    change_status(
        session,
        &permit,
        input.expected_version,
        UserStatus::Active,
        reason.flatten(),
    )
    .await
}

fn check_status(user: &user_account::Model, from: UserStatus, what: &str) -> Result<(), Violation> {
    if user.status == from {
        return Ok(());
    }
    let message = format!(
        "The account is {}; only one that is {from} can {what}.",
        user.status
    );
    Err(Violation::new(Code::IllegalTransition, "id", message))
}

async fn change_status(
    session: &WriteSession,
    permit: &Permit<SuspendUser, user_account::Model>,
    expected_version: i32,
    status: UserStatus,
    reason: Option<String>,
) -> ChangeResult {
    let row = user_account::ActiveModel {
        status: Set(status),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(permit.model()), &row);
    let user = session.update(permit, expected_version, row).await?;
    let action = match status {
        UserStatus::Active => "user.resume",
        _ => "user.suspend",
    };
    let event = Event::new(action, "user_account", user.id)
        .changed(changed)
        .because(reason);
    Ok(session.record(event, user.id.0))
}
