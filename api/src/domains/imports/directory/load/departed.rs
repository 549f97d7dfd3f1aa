//! Locations that stood in an edition before and do not in this one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use entity::id::SiteId;
use entity::outcomes::import_batch;
use entity::parties::kinds::IdentifierScheme;
use entity::parties::{organisation, service, site, site_identifier};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::super::super::load::{ImportFailure, change};
use super::Done;
use super::known::looked_after;
use super::services::{can_end, end, is_listed};
use crate::policy::areas::imports::update_listed;
use crate::store::WriteSession;

/// Ends the codes of locations that an edition no longer has, and the services there, as of today: of those that nobody looks after.
pub(super) async fn end_departed(
    session: WriteSession,
    batch: import_batch::Model,
    seen: &HashSet<String>,
    done: &mut Done,
) -> Result<import_batch::Model, ImportFailure> {
    use site_identifier::Column as C;
    let held = Condition::all()
        .add(C::Scheme.eq(IdentifierScheme::CqcLocation))
        .add(C::ValidTo.is_null());
    let held = session.facts::<site_identifier::Entity>(held).await?;
    let (there, gone): (Vec<_>, Vec<_>) = held.into_iter().partition(|row| seen.contains(&row.value));
    // Two locations may be one site here, of which one is still there.
    let there: HashSet<_> = there.into_iter().map(|row| row.site_id).collect();
    let today = session.now().date_naive();
    // In parts, so that no statement has more values than a database takes.
    for part in gone.chunks(1_000) {
        let ids = part.iter().map(|row| row.site_id);
        let sites = Condition::all().add(site::Column::Id.is_in(ids));
        let sites: BTreeMap<_, _> = session
            .facts::<site::Entity>(sites)
            .await?
            .into_iter()
            .map(|row| (row.id, row))
            .collect();
        let of = sites.values().map(|row| row.organisation_id);
        let organisations = Condition::all().add(organisation::Column::Id.is_in(of));
        let organisations = session.facts::<organisation::Entity>(organisations).await?;
        let own = looked_after(&session, organisations.iter()).await?;
        let mut left = BTreeSet::new();
        for row in part {
            let site = sites.get(&row.site_id);
            let is_kept =
                site.is_none_or(|site| site.created_by.is_some() || own.contains(&site.organisation_id));
            if is_kept || row.valid_from.is_some_and(|from| from > today) {
                continue;
            }
            let over = site_identifier::ActiveModel {
                valid_to: Set(Some(today)),
                ..Default::default()
            };
            let _: site_identifier::Model = session
                .update::<_, _, _, std::convert::Infallible>(
                    &update_listed(row.clone(), false)?,
                    row.version,
                    over,
                )
                .await?;
            done.ended += 1;
            left.insert(row.site_id);
        }
        left.retain(|site| !there.contains(site));
        done.services_ended += end_services(&session, left).await?;
    }
    let row = import_batch::ActiveModel {
        records_made: Set(batch.records_made),
        ..Default::default()
    };
    change(session, batch, row, "import_batch.advance").await
}

/// Ends what a directory brought of the services at some sites, and answers how many.
async fn end_services(session: &WriteSession, sites: BTreeSet<SiteId>) -> Result<u64, ImportFailure> {
    let today = session.now().date_naive();
    let at = Condition::all().add(service::Column::SiteId.is_in(sites));
    let mut there = session.facts::<service::Entity>(at).await?;
    there.retain(|row| is_listed(row) && can_end(row, today));
    let count = there.len() as u64;
    for row in there {
        end(session, row).await?;
    }
    Ok(count)
}
