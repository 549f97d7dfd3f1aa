//! A person: a member, a visitor, somebody who was nominated. Not everyone has an account (`domain.md`
//! 2.1).
//!
//! Erasure replaces the name, clears the contact details and sets `anonymised_at`; what the person decided
//! stays.

use sea_orm::entity::prelude::*;

use super::kinds::{ContactChannel, InformationFormat};
use crate::id::{PersonId, UserId};
use crate::private::Private;

/// One row of `person`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    /// The name others see.
    pub display_name: String,
    /// The full name, for contracts and payments.
    pub legal_name: Option<Private<String>>,
    /// An email address.
    pub email: Option<Private<String>>,
    /// A telephone number.
    pub phone: Option<Private<String>>,
    /// The format in which the person can use written information.
    pub preferred_format: InformationFormat,
    /// How the person would like to be reached.
    pub preferred_channel: ContactChannel,
    /// The language the person prefers, as a tag of BCP 47, for example `en` or `cy`.
    pub language: String,
    /// When the personal details were erased.
    pub anonymised_at: Option<DateTimeUtc>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
}

impl ActiveModelBehavior for ActiveModel {}
