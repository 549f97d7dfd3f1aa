//! How codes are written.

use chrono::NaiveDate;
use entity::id::{OrganisationId, OrganisationIdentifierId, SiteIdentifierId};
use entity::parties::kinds::IdentifierScheme;
use entity::parties::{organisation, organisation_identifier, site, site_identifier};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, Set};

use super::mutation::{
    OrganisationIdentifierAddInput, OrganisationIdentifierEndInput, SiteIdentifierAddInput,
    SiteIdentifierEndInput,
};
use crate::domains::parties::rules::identifier::{Period, check_period, normalise};
use crate::domains::parties::rules::standing::plan_end;
use crate::domains::violation::{Violation, Violations};
use crate::events::Event;
use crate::graphql::{Change, ChangeResult, patch};
use crate::planner::Date;
use crate::policy::areas::organisations as policy;
use crate::store::{StoreError, WriteSession};

/// A code as the client sent it.
#[derive(Clone, Copy, Debug)]
pub(in crate::domains::parties) struct Code<'a> {
    pub scheme: IdentifierScheme,
    pub value: &'a str,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
}

impl Code<'_> {
    fn period(&self) -> Period {
        Period {
            from: self.valid_from.map(|day| day.0),
            to: self.valid_to.map(|day| day.0),
        }
    }

    fn judge(
        &self,
        normal_form: Result<String, Violation>,
        others: &[Period],
    ) -> Result<String, Vec<Violation>> {
        let mut violations = Violations::default();
        let value = violations.keep(normal_form);
        violations.keep_all(check_period(self.period(), others));
        violations.into_result_with(value.unwrap_or_default())
    }

    /// The row of an organisation's code in its normal form.
    pub fn of_organisation(
        &self,
        organisation: OrganisationId,
        value: String,
    ) -> organisation_identifier::ActiveModel {
        let Period { from, to } = self.period();
        organisation_identifier::ActiveModel {
            id: Set(OrganisationIdentifierId::new()),
            organisation_id: Set(organisation),
            scheme: Set(self.scheme),
            value: Set(value),
            valid_from: Set(from),
            valid_to: Set(to),
            ..Default::default()
        }
    }
}

const fn period(valid_from: Option<NaiveDate>, valid_to: Option<NaiveDate>) -> Period {
    Period {
        from: valid_from,
        to: valid_to,
    }
}

/// The normal form of a code that an organisation is to have, or everything that is wrong with it. Until the transaction
/// ends, nobody else takes the code.
pub(in crate::domains::parties) async fn check_organisation_code(
    session: &WriteSession,
    code: &Code<'_>,
) -> Result<Result<String, Vec<Violation>>, StoreError> {
    use organisation_identifier::{Column as C, Entity, Model};
    let held = |row: &Model| period(row.valid_from, row.valid_to);
    check_code::<Entity>(session, "organisation", code, ([C::Scheme, C::Value], held)).await
}

/// The same for a code that a site is to have.
async fn check_site_code(
    session: &WriteSession,
    code: &Code<'_>,
) -> Result<Result<String, Vec<Violation>>, StoreError> {
    use site_identifier::{Column as C, Entity, Model};
    let held = |row: &Model| period(row.valid_from, row.valid_to);
    check_code::<Entity>(session, "site", code, ([C::Scheme, C::Value], held)).await
}

/// The same among the rows of an entity: in which columns they keep the code, and for how long they hold it.
async fn check_code<E: EntityTrait>(
    session: &WriteSession,
    holders: &str,
    code: &Code<'_>,
    ([scheme, value], held): ([E::Column; 2], impl Fn(&E::Model) -> Period),
) -> Result<Result<String, Vec<Violation>>, StoreError> {
    let normal_form = normalise(code.scheme, code.value);
    let mut others = Vec::new();
    if let Ok(normal) = &normal_form {
        let name = format!("{holders} code {} {normal}", code.scheme);
        session.hold(&name).await?;
        let same = Condition::all()
            .add(scheme.eq(code.scheme))
            .add(value.eq(normal.as_str()));
        others.extend(session.facts::<E>(same).await?.iter().map(held));
    }
    Ok(code.judge(normal_form, &others))
}

pub(super) async fn add_to_organisation(
    change: Change<'_>,
    input: &OrganisationIdentifierAddInput,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let organisation = patch::seen::<organisation::Entity>(
        session,
        &mut violations,
        "organisationId",
        &input.organisation_id,
    )
    .await?;
    let permit = organisation
        .map(|found| policy::update_organisation(change.viewer, found))
        .transpose()?;
    let code = Code {
        scheme: input.scheme.0,
        value: &input.value,
        valid_from: input.valid_from,
        valid_to: input.valid_to,
    };
    let value = violations.keep_all(check_organisation_code(session, &code).await?);
    let (Some(permit), Some(value)) = (permit, value) else {
        return Err(patch::refused(violations));
    };
    let row = code.of_organisation(permit.model().id, value);
    let changed = WriteSession::changed::<_, organisation_identifier::Model>(None, &row);
    let identifier = session.insert(&permit, row).await?;
    let event = Event::new(
        "organisation_identifier.add",
        "organisation_identifier",
        identifier.id,
    )
    .changed(changed)
    .of_organisation(identifier.organisation_id);
    Ok(session.record(event, identifier.id.0))
}

pub(super) async fn end_of_organisation(
    change: Change<'_>,
    input: &OrganisationIdentifierEndInput,
) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found =
        patch::seen::<organisation_identifier::Entity>(session, &mut violations, "id", &input.id).await?;
    let Some(found) = found else {
        return Err(patch::refused(violations));
    };
    let permit = policy::end_organisation_identifier(change.viewer, found)?;
    let before = permit.model();
    patch::fresh(input.expected_version, before.version)?;
    let last = plan_end(
        period(before.valid_from, before.valid_to),
        input.valid_to.map(|day| day.0),
        session.now().date_naive(),
    )?;
    let row = organisation_identifier::ActiveModel {
        valid_to: Set(Some(last)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let identifier = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new(
        "organisation_identifier.end",
        "organisation_identifier",
        identifier.id,
    )
    .changed(changed)
    .of_organisation(identifier.organisation_id);
    Ok(session.record(event, identifier.id.0))
}

pub(super) async fn add_to_site(change: Change<'_>, input: &SiteIdentifierAddInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let site = patch::seen::<site::Entity>(session, &mut violations, "siteId", &input.site_id).await?;
    let permit = site
        .map(|found| policy::update_site(change.viewer, found))
        .transpose()?;
    let code = Code {
        scheme: input.scheme.0,
        value: &input.value,
        valid_from: input.valid_from,
        valid_to: input.valid_to,
    };
    let value = violations.keep_all(check_site_code(session, &code).await?);
    let (Some(permit), Some(value)) = (permit, value) else {
        return Err(patch::refused(violations));
    };
    let site = permit.model();
    let Period { from, to } = code.period();
    let row = site_identifier::ActiveModel {
        id: Set(SiteIdentifierId::new()),
        site_id: Set(site.id),
        scheme: Set(code.scheme),
        value: Set(value),
        valid_from: Set(from),
        valid_to: Set(to),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, site_identifier::Model>(None, &row);
    let identifier = session.insert(&permit, row).await?;
    let event = Event::new("site_identifier.add", "site_identifier", identifier.id)
        .changed(changed)
        .of_organisation(site.organisation_id);
    Ok(session.record(event, identifier.id.0))
}

pub(super) async fn end_of_site(change: Change<'_>, input: &SiteIdentifierEndInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let found = patch::seen::<site_identifier::Entity>(session, &mut violations, "id", &input.id).await?;
    let site = match &found {
        Some(found) => session.visible::<site::Entity>(found.site_id).await?,
        None => None,
    };
    let (Some(found), Some(site)) = (found, site) else {
        return Err(patch::refused(violations));
    };
    let permit = policy::end_site_identifier(change.viewer, site.organisation_id, found)?;
    let before = permit.model();
    patch::fresh(input.expected_version, before.version)?;
    let last = plan_end(
        period(before.valid_from, before.valid_to),
        input.valid_to.map(|day| day.0),
        session.now().date_naive(),
    )?;
    let row = site_identifier::ActiveModel {
        valid_to: Set(Some(last)),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let identifier = session.update(&permit, input.expected_version, row).await?;
    let event = Event::new("site_identifier.end", "site_identifier", identifier.id)
        .changed(changed)
        .of_organisation(site.organisation_id);
    Ok(session.record(event, identifier.id.0))
}
