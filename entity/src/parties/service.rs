//! A care or support service (`domain.md` 2.1).

use sea_orm::entity::prelude::*;

use super::kinds::{ClientGroup, ServiceDelivery, ServiceKind};
use crate::id::{OrganisationId, ServiceId, SiteId, UserId};
use crate::list::EnumList;

/// One row of `service`.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ServiceId,
    /// The organisation that provides it.
    pub provider_organisation_id: OrganisationId,
    /// The place it is provided at, when there is one.
    pub site_id: Option<SiteId>,
    /// The organisation that pays for it.
    pub commissioner_organisation_id: Option<OrganisationId>,
    /// The name it is known by.
    pub name: String,
    /// What it does.
    pub kind: ServiceKind,
    /// How it is paid for and run.
    pub delivery: ServiceDelivery,
    /// The people it is for.
    pub client_groups: EnumList<ClientGroup>,
    /// The first day.
    pub starts_on: Date,
    /// The last day.
    pub ends_on: Option<Date>,
    /// The optimistic lock: 1 at first, and 1 more with every update.
    pub version: i32,
    /// When the row was made.
    pub created_at: DateTimeUtc,
    /// When the row last changed.
    pub updated_at: DateTimeUtc,
    /// The user who made the row; absent when a service or the system did.
    pub created_by: Option<UserId>,
    /// The row that `provider_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "ProviderOrganisation",
        from = "provider_organisation_id",
        to = "id"
    )]
    pub provider_organisation: BelongsTo<super::organisation::Entity>,
    /// The row that `site_id` refers to.
    #[sea_orm(belongs_to, from = "site_id", to = "id")]
    pub site: BelongsTo<Option<super::site::Entity>>,
    /// The row that `commissioner_organisation_id` refers to.
    #[sea_orm(
        belongs_to,
        relation_enum = "CommissionerOrganisation",
        from = "commissioner_organisation_id",
        to = "id"
    )]
    pub commissioner_organisation: BelongsTo<Option<super::organisation::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
