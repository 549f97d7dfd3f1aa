//! How an agreement to share data comes into force, what it covers, and how it ends (`domain.md` 2.1 and 3).
//!
//! It is written and signed (`DRAFT`); it is in force (`ACTIVE`) once every party that is an active member of the partnership
//! has signed, from `starts_on` to the day before `expires_on`; it ends by itself (`EXPIRED`) or by the word of any one party
//! (`TERMINATED`). What was signed cannot be changed afterwards. Special category data needs a further condition beside the
//! lawful basis: UK GDPR, article 9(2).

use chrono::NaiveDate;
use entity::id::OrganisationId;
use entity::list::EnumList;
use entity::partnerships::kinds::{AgreementStatus, DataCategory, SpecialCategoryCondition};
use entity::partnerships::{agreement_party, data_sharing_agreement};

use crate::domains::violation::{UserErrorCode as Code, Violation, Violations, day, transition};

#[cfg(test)]
mod tests;

/// Data can be shared between at least this many parties. Part of the rule, not a setting.
const LEAST_PARTIES: usize = 2;

/// Whether data of this category is special category data (UK GDPR, article 9(1)), such as health data.
#[must_use]
pub const fn is_special(category: DataCategory) -> bool {
    // Without a wildcard: whoever adds a category has to decide.
    match category {
        DataCategory::AccessNeeds => true,
        DataCategory::Boards
        | DataCategory::Memberships
        | DataCategory::PersonalContact
        | DataCategory::Monitoring
        | DataCategory::Consultations
        | DataCategory::Tenders
        | DataCategory::Resources
        | DataCategory::Feedback => false,
    }
}

/// The terms of an agreement that can be wrong in themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The kinds of data it opens.
    pub categories: EnumList<DataCategory>,
    /// The further condition for special category data.
    pub art9_condition: Option<SpecialCategoryCondition>,
    /// The first day it can hold.
    pub starts_on: NaiveDate,
    /// The day from which it no longer holds.
    pub expires_on: NaiveDate,
}

/// Whether the terms of an agreement can be agreed to.
///
/// # Errors
/// `REQUIRED` when it opens nothing, or opens special category data without a condition; `OUT_OF_RANGE` when it would end
/// before it began.
pub fn check_terms(terms: &Terms) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(!terms.categories.is_empty(), Code::Required, "categories", || {
        "Name at least one kind of data that the agreement opens.".to_owned()
    });
    for category in terms.categories.iter().filter(|category| is_special(**category)) {
        violations.check(terms.art9_condition.is_some(), Code::Required, "art9Condition", || {
            format!(
                "{category} is special category data, such as health data. It can be shared only under a condition of article \
                 9(2) of the UK GDPR: name the condition, or leave {category} out."
            )
        });
    }
    violations.check(terms.starts_on < terms.expires_on, Code::OutOfRange, "expiresOn", || {
        format!(
            "The agreement would no longer hold from {}, and would begin on {}. Choose a later day for its end.",
            day(terms.expires_on),
            day(terms.starts_on)
        )
    });
    violations.into_result()
}

/// The statuses an agreement can reach in one step. A draft that nobody wants any more is terminated too.
#[must_use]
pub const fn legal_statuses(status: AgreementStatus) -> &'static [AgreementStatus] {
    use AgreementStatus::{Active, Draft, Expired, Terminated};
    match status {
        Draft => &[Active, Terminated],
        Active => &[Expired, Terminated],
        Expired | Terminated => &[],
    }
}

/// The place of one party, with what is known of its membership.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct PartyFacts {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// Whether it has signed.
    pub has_signed: bool,
    /// Whether both it and its membership of the partnership are active.
    pub takes_part: bool,
}

impl PartyFacts {
    /// The facts of a party that was read.
    #[must_use]
    pub fn of(party: &agreement_party::Model, takes_part: bool) -> Self {
        Self {
            organisation_id: party.organisation_id,
            has_signed: party.signed_at.is_some(),
            takes_part,
        }
    }
}

/// Whether the terms and parties of an agreement may still change: only while nobody has put their name to them.
///
/// # Errors
/// `RULE_BROKEN` when it was signed or is no draft any more.
pub fn check_editable(status: AgreementStatus, parties: &[PartyFacts]) -> Result<(), Violation> {
    if status == AgreementStatus::Draft && parties.iter().all(|party| !party.has_signed) {
        return Ok(());
    }
    let message = "This agreement was signed, and what was signed does not change. End it, and start another with the new \
                   terms.";
    Err(Violation::new(Code::RuleBroken, "", message))
}

/// Plans that `organisation_id` signs: the status of the agreement with this signature. A last signature before the first
/// day leaves it a draft; [`check_activation`] holds from then on.
///
/// # Errors
/// `FORBIDDEN` for an organisation that is no party, `INACTIVE` for one that takes no part in the partnership,
/// `ALREADY_EXISTS` for a second signature, `RULE_BROKEN` when it is no draft any more, `EXPIRED` when its time is over.
pub fn plan_signature(
    agreement: &data_sharing_agreement::Model,
    parties: &[PartyFacts],
    organisation_id: OrganisationId,
    today: NaiveDate,
) -> Result<AgreementStatus, Vec<Violation>> {
    let mut violations = Violations::default();
    violations.check(
        agreement.status == AgreementStatus::Draft,
        Code::RuleBroken,
        "",
        || {
            format!(
                "This agreement is {} and takes no more signatures.",
                agreement.status
            )
        },
    );
    not_over(&mut violations, agreement, today);
    let party = parties
        .iter()
        .find(|party| party.organisation_id == organisation_id);
    violations.check(party.is_some(), Code::Forbidden, "organisationId", || {
        "Only the parties of an agreement sign it, and this organisation is none of them.".to_owned()
    });
    violations.check(party.is_none_or(|party| party.takes_part), Code::Inactive, "organisationId", || {
        "Only an active member of the partnership can sign. Accept the invitation to the partnership first.".to_owned()
    });
    violations.check(
        party.is_none_or(|party| !party.has_signed),
        Code::AlreadyExists,
        "organisationId",
        || "This organisation has signed the agreement already.".to_owned(),
    );
    violations.into_result()?;
    let with_signature: Vec<PartyFacts> = parties
        .iter()
        .map(|party| PartyFacts {
            has_signed: party.has_signed || party.organisation_id == organisation_id,
            ..*party
        })
        .collect();
    let complete = check_activation(agreement, &with_signature, today).is_ok();
    Ok(if complete {
        AgreementStatus::Active
    } else {
        AgreementStatus::Draft
    })
}

/// Whether an agreement can come into force: its terms stand, today lies within its dates, and every party that takes part in
/// the partnership has signed, at least two of them. A party that left does not hold up the others.
///
/// # Errors
/// `ILLEGAL_TRANSITION`, what [`check_terms`] finds, `OUT_OF_RANGE` before its first day, `EXPIRED` after its last,
/// `RULE_BROKEN` for missing parties and signatures.
pub fn check_activation(
    agreement: &data_sharing_agreement::Model,
    parties: &[PartyFacts],
    today: NaiveDate,
) -> Result<(), Vec<Violation>> {
    moves_to(agreement, AgreementStatus::Active)?;
    let mut violations = Violations::default();
    violations.keep_all(check_terms(&Terms {
        categories: agreement.categories.clone(),
        art9_condition: agreement.art9_condition,
        starts_on: agreement.starts_on,
        expires_on: agreement.expires_on,
    }));
    violations.check(agreement.starts_on <= today, Code::OutOfRange, "startsOn", || {
        format!(
            "This agreement holds from {} and cannot come into force before.",
            day(agreement.starts_on)
        )
    });
    not_over(&mut violations, agreement, today);
    let present = parties.iter().filter(|party| party.takes_part);
    let (all, signed) = (
        present.clone().count(),
        present.filter(|party| party.has_signed).count(),
    );
    violations.check(all >= LEAST_PARTIES, Code::RuleBroken, "parties", || {
        format!("Data is shared between at least two active members of the partnership, and {all} of the parties are.")
    });
    violations.check(signed == all, Code::RuleBroken, "parties", || {
        format!(
            "{signed} of {all} parties have signed. The agreement comes into force when all of them have."
        )
    });
    violations.into_result()
}

/// Whether an agreement is to become `EXPIRED`: it is active, and the day from which it no longer holds has come.
#[must_use]
pub fn is_due_to_expire(agreement: &data_sharing_agreement::Model, today: NaiveDate) -> bool {
    agreement.status == AgreementStatus::Active && agreement.expires_on <= today
}

/// Whether `organisation_id` can end the agreement: any one party can, at any time, whether or not it still takes part.
///
/// # Errors
/// `ILLEGAL_TRANSITION` when it is over already, `FORBIDDEN` for an organisation that is no party.
pub fn check_termination(
    agreement: &data_sharing_agreement::Model,
    parties: &[PartyFacts],
    organisation_id: OrganisationId,
) -> Result<(), Vec<Violation>> {
    moves_to(agreement, AgreementStatus::Terminated)?;
    let mut violations = Violations::default();
    let is_party = parties
        .iter()
        .any(|party| party.organisation_id == organisation_id);
    violations.check(is_party, Code::Forbidden, "organisationId", || {
        "Only a party of the agreement can end it, and this organisation is none of them.".to_owned()
    });
    violations.into_result()
}

/// Whether an agreement opens data of `category` on the day `on`: it is active, the day lies within its dates, it names the
/// category, and for special category data it names a condition as well.
#[must_use]
pub fn covers(agreement: &data_sharing_agreement::Model, category: DataCategory, on: NaiveDate) -> bool {
    agreement.status == AgreementStatus::Active
        && agreement.terminated_at.is_none()
        && (agreement.starts_on..agreement.expires_on).contains(&on)
        && agreement.categories.contains(&category)
        && (!is_special(category) || agreement.art9_condition.is_some())
}

/// Whether an agreement opens data of `category` of one organisation to the other on the day `on`: it [`covers`] it, and both
/// are parties that take part and have signed (`domain.md` 3).
#[must_use]
pub fn covers_between(
    agreement: &data_sharing_agreement::Model,
    parties: &[PartyFacts],
    (one, other): (OrganisationId, OrganisationId),
    category: DataCategory,
    on: NaiveDate,
) -> bool {
    let is_bound = |organisation_id| {
        parties
            .iter()
            .any(|party| party.organisation_id == organisation_id && party.takes_part && party.has_signed)
    };
    is_bound(one) && is_bound(other) && covers(agreement, category, on)
}

fn moves_to(agreement: &data_sharing_agreement::Model, to: AgreementStatus) -> Result<(), Vec<Violation>> {
    transition(
        "status",
        "agreement",
        (agreement.status, to),
        legal_statuses(agreement.status),
    )
    .map_err(|illegal| vec![illegal])
}

fn not_over(violations: &mut Violations, agreement: &data_sharing_agreement::Model, today: NaiveDate) {
    violations.check(today < agreement.expires_on, Code::Expired, "expiresOn", || {
        format!(
            "This agreement no longer holds since {}. Start another.",
            day(agreement.expires_on)
        )
    });
}
