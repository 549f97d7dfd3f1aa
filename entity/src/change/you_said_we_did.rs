//! What people said, what was done about it or why nothing was, and what is known of the effect (`domain.md` 2.5).
//!
//! The figures before and after are texts, as they were reported: an estimate gets no numerator and no denominator that nobody
//! has counted.

use sea_orm::entity::prelude::*;

use super::kinds::{EffectClaim, FigureKind, YouSaidWeDidStatus};
use crate::id::{OrganisationId, PersonId, UserId, YouSaidWeDidId};

/// One row of `you_said_we_did`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "you_said_we_did")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: YouSaidWeDidId,
    /// The organisation that answers for it.
    pub organisation_id: OrganisationId,
    /// What people said.
    pub said: String,
    /// What was done.
    pub did: Option<String>,
    /// Why nothing was done, or not everything.
    pub why_not: Option<String>,
    /// How far it has got.
    pub status: YouSaidWeDidStatus,
    /// What the figures are about.
    pub reported_measure: Option<String>,
    /// The figure before.
    pub reported_before: Option<String>,
    /// The figure after.
    pub reported_after: Option<String>,
    /// What sort of figures they are.
    pub figure_kind: Option<FigureKind>,
    /// What is claimed about the cause.
    pub effect_claim: Option<EffectClaim>,
    /// When it was published.
    pub published_at: Option<DateTimeUtc>,
    /// Who published it.
    pub published_by_person_id: Option<PersonId>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Why it was withdrawn.
    pub withdrawal_reason: Option<String>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `organisation_id` refers to.
    #[sea_orm(belongs_to, from = "organisation_id", to = "id")]
    pub organisation: BelongsTo<crate::parties::organisation::Entity>,
    /// The row that `published_by_person_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "PublishedByPerson",
        from = "published_by_person_id",
        to = "id"
    )]
    pub published_by_person: BelongsTo<Option<crate::parties::person::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
