//! How agreements are drafted and changed.

use std::collections::BTreeSet;

use async_graphql::{ID, MaybeUndefined};
use entity::id::{AgreementPartyId, DataSharingAgreementId, OrganisationId};
use entity::list::EnumList;
use entity::parties::organisation;
use entity::partnerships::kinds::{AgreementStatus, DataCategory};
use entity::partnerships::{agreement_party, data_sharing_agreement, partnership};
use sea_orm::{NotSet, Set};

use super::super::persist::{Partner, at_fields, hold, is_current, partners};
use super::super::rules::agreement::{Terms, check_editable, check_terms};
use super::super::rules::standing::check_open;
use super::mutation::{PartnershipAgreementCreateInput, PartnershipAgreementUpdateInput};
use super::persist::{event, held, parties_of, party_event};
use crate::domains::violation::{
    UserErrorCode as Code, Violation, Violations, long_text, optional_text, text,
};
use crate::graphql::input::{patch, patch_nullable};
use crate::graphql::patch::refused;
use crate::graphql::{Change, ChangeResult};
use crate::planner::OneOf;
use crate::planner::declare::Declared;
use crate::planner::global_id;
use crate::policy::areas::partnerships as policy;
use crate::store::WriteSession;

/// How many parties an agreement has, at least and at most.
const PARTIES: std::ops::RangeInclusive<usize> = 2..=100;

fn listed(categories: &[OneOf<DataCategory>]) -> EnumList<DataCategory> {
    categories.iter().map(|category| category.0).collect()
}

fn checked(terms: &Terms) -> Result<(), Vec<Violation>> {
    check_terms(terms).map_err(|found| at_fields(&[("art9Condition", "specialCategoryCondition")], found))
}

fn check_number(parties: &[ID]) -> Result<(), Violation> {
    let distinct = parties.iter().collect::<BTreeSet<_>>().len();
    let (least, most) = (*PARTIES.start(), *PARTIES.end());
    let field = "partyOrganisationIds";
    if distinct < least {
        let message = format!("An agreement binds at least two organisations; this one names {distinct}.");
        return Err(Violation::new(Code::RuleBroken, field, message));
    }
    if parties.len() > most {
        let message = format!(
            "An agreement binds at most {most} organisations; this one names {}.",
            parties.len()
        );
        return Err(Violation::new(Code::TooLong, field, message));
    }
    Ok(())
}

/// The parties among the active members, each once. Whoever is none of them looks the same, whether or not it exists.
fn active_members(ids: &[ID], members: &[Partner]) -> Result<BTreeSet<OrganisationId>, Vec<Violation>> {
    let mut violations = Violations::default();
    let mut parties = BTreeSet::new();
    // More than the most there can be is told once, not id by id.
    for (place, id) in ids.iter().enumerate().take(*PARTIES.end()) {
        let id = global_id::decode_as(organisation::Entity::PREFIX, id).map(OrganisationId);
        let member = members
            .iter()
            .filter(|partner| partner.facts.takes_part())
            .map(|partner| partner.member.organisation_id)
            .find(|member| Some(*member) == id);
        match member {
            Some(member) => {
                parties.insert(member);
            }
            None => violations.push(
                Violation::new(
                    Code::NotFound,
                    &place.to_string(),
                    "No active member of this partnership has this id.",
                )
                .within("partyOrganisationIds"),
            ),
        }
    }
    violations.into_result_with(parties)
}

pub(super) async fn create(change: Change<'_>, input: &PartnershipAgreementCreateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let field = "partnershipId";
    let partnership = hold::<partnership::Entity>(session, &mut violations, field, &input.partnership_id);
    let partnership = partnership.await?;
    let title = violations.keep(text("title", &input.title, 1..=200));
    let purpose = violations.keep(long_text("purpose", &input.purpose, 1..=5_000));
    let reference = violations.keep(optional_text(
        "dpiaReference",
        input.dpia_reference.as_deref(),
        500,
    ));
    let terms = Terms {
        categories: listed(&input.categories),
        art9_condition: input.special_category_condition.map(|condition| condition.0),
        starts_on: input.starts_on.0,
        expires_on: input.expires_on.0,
    };
    violations.keep_all(checked(&terms));
    violations.keep(check_number(&input.party_organisation_ids));
    let Some(partnership) = partnership else {
        return Err(refused(violations));
    };
    let permit = policy::lead_partnership(change.viewer, partnership)?;
    let members = partners(session, permit.model().id).await?;
    violations.keep(check_open(permit.model().status, field));
    let parties = violations.keep_all(active_members(&input.party_organisation_ids, &members));
    violations.into_result()?;
    let row = data_sharing_agreement::ActiveModel {
        id: Set(DataSharingAgreementId::new()),
        partnership_id: Set(permit.model().id),
        title: Set(title.unwrap_or_default()),
        purpose: Set(purpose.unwrap_or_default()),
        categories: Set(terms.categories),
        lawful_basis: Set(input.lawful_basis.0),
        art9_condition: Set(terms.art9_condition),
        dpia_reference: Set(reference.flatten()),
        status: Set(AgreementStatus::Draft),
        starts_on: Set(terms.starts_on),
        expires_on: Set(terms.expires_on),
        terminated_at: Set(None),
        terminated_by_organisation_id: Set(None),
        ..Default::default()
    };
    let changed = WriteSession::changed::<_, data_sharing_agreement::Model>(None, &row);
    let agreement = session.insert(&permit, row).await?;
    let mut events = vec![event("data_sharing_agreement.create", &agreement, changed)];
    for organisation in parties.unwrap_or_default() {
        let row = agreement_party::ActiveModel {
            id: Set(AgreementPartyId::new()),
            agreement_id: Set(agreement.id),
            organisation_id: Set(organisation),
            signed_at: Set(None),
            signed_by_user_id: Set(None),
            ..Default::default()
        };
        let changed = WriteSession::changed::<_, agreement_party::Model>(None, &row);
        let party = session.insert(&permit, row).await?;
        events.push(party_event("agreement_party.create", &agreement, &party, changed));
    }
    Ok(session.record_all(events, agreement.id.0))
}

pub(super) async fn update(change: Change<'_>, input: &PartnershipAgreementUpdateInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let held = held(session, &mut violations, &input.id).await?;
    let title = input.title.as_deref().map(|title| text("title", title, 1..=200));
    let title = violations.keep(title.transpose());
    let purpose = input
        .purpose
        .as_deref()
        .map(|purpose| long_text("purpose", purpose, 1..=5_000));
    let purpose = violations.keep(purpose.transpose());
    let reference = input.dpia_reference.value().map(String::as_str);
    let reference = violations.keep(optional_text("dpiaReference", reference, 500));
    let Some((agreement, partnership)) = held else {
        return Err(refused(violations));
    };
    let lead = policy::lead_partnership(change.viewer, partnership)?;
    let permit = policy::write_agreement(&lead, agreement)?;
    let before = permit.model();
    is_current(before.version, input.expected_version)?;
    let parties = parties_of(session, before).await?;
    let terms = Terms {
        categories: input
            .categories
            .as_deref()
            .map_or_else(|| before.categories.clone(), listed),
        art9_condition: input
            .special_category_condition
            .as_opt_ref()
            .map_or(before.art9_condition, |condition| {
                condition.map(|condition| condition.0)
            }),
        starts_on: input.starts_on.map_or(before.starts_on, |day| day.0),
        expires_on: input.expires_on.map_or(before.expires_on, |day| day.0),
    };
    violations.keep(check_open(lead.model().status, "id"));
    violations.keep(check_editable(before.status, &parties.facts()));
    violations.keep_all(checked(&terms));
    violations.into_result()?;
    let row = data_sharing_agreement::ActiveModel {
        title: patch(title.flatten(), std::convert::identity),
        purpose: patch(purpose.flatten(), std::convert::identity),
        categories: patch(input.categories.as_deref(), listed),
        lawful_basis: patch(input.lawful_basis, |basis| basis.0),
        art9_condition: patch_nullable(input.special_category_condition, |condition| condition.0),
        dpia_reference: match input.dpia_reference {
            MaybeUndefined::Undefined => NotSet,
            _ => Set(reference.flatten()),
        },
        starts_on: patch(input.starts_on, |day| day.0),
        expires_on: patch(input.expires_on, |day| day.0),
        ..Default::default()
    };
    let changed = WriteSession::changed(Some(before), &row);
    let agreement = session.update(&permit, input.expected_version, row).await?;
    let event = event("data_sharing_agreement.update", &agreement, changed);
    Ok(session.record(event, agreement.id.0))
}
