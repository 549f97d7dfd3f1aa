//! What clients can do to imports.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::outcomes::import_batch;
use entity::outcomes::kinds::ImportColumn;

use super::{Imports, persist};
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, OneOf, global_id};

/// Mutations of imports.
#[derive(Default)]
pub struct ImportMutation;

#[Object]
impl ImportMutation {
    /// Imports a file of figures that was uploaded and found clean: CSV, packed with gzip or not, in UTF-8 or Windows-1252, as
    /// `/exports/observations.csv` writes it or with columns that you name. The answer comes at once; `importBatch` tells how far it has
    /// got, and `errors` what was wrong with rows: each is recorded, or refused by the same rules as `observationRecord`, as you may
    /// record it at that moment. What is recorded already stays as it is. The same bytes, asked for once more in the same way, are the same
    /// import, unless that one failed, or refused rows of somebody else's. Needs: an administrator, commissioner, provider user or system of the organisation, and for each
    /// row as for `observationRecord`.
    async fn observation_import(
        &self,
        ctx: &Context<'_>,
        input: ObservationImportInput,
    ) -> Result<ObservationImportPayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        let outcome = mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
            Box::pin(persist::start(change, input, settings))
        })
        .await?;
        if let (true, Some(imports)) = (outcome.user_errors.is_empty(), ctx.data_opt::<Imports>()) {
            imports.ring();
        }
        Ok(outcome.into())
    }

    /// Ends an import that is under way, after the rows that are being written. What it brought stays. Needs: an administrator, commissioner
    /// or system of the organisation that imports, or the provider user who asked for it.
    async fn observation_import_cancel(
        &self,
        ctx: &Context<'_>,
        input: ObservationImportCancelInput,
    ) -> Result<ObservationImportCancelPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(import_batch::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(persist::cancel(change, input))
        })
        .await?
        .into())
    }
}

/// A column that a file calls otherwise than our own export does.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationImportColumnInput {
    /// The column.
    pub column: OneOf<ImportColumn>,
    /// What the file calls it, in letters of any size: 1 to 200 characters.
    pub heading: String,
}

/// A file of figures to import.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationImportInput {
    /// The uploaded file: `text/csv` or `application/gzip`, the organisation's or your own.
    pub media_id: ID,
    /// The organisation that imports: the one that you act for.
    pub organisation_id: ID,
    /// Where the figures are from: 1 to 200 characters.
    pub source: String,
    /// Columns that the file calls otherwise than our own export does: `VALUE` is `value` there, `AREA_GSS` is `area_gss`. Each once.
    pub columns: Option<Vec<ObservationImportColumnInput>>,
    /// The first day of the period of rows that name none.
    pub period_start: Option<Date>,
    /// The last day of that period.
    pub period_end: Option<Date>,
    /// Why figures are corrected that the file says otherwise: 1 to 5,000 characters, unless this server is set otherwise. Without it such
    /// rows are refused.
    pub correction_reason: Option<String>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Which import to end.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationImportCancelInput {
    /// The import. Its version is not asked for: it changes with every part that is read.
    pub id: ID,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

payload! {
    /// What became of the request to import a file.
    ObservationImportPayload { import_batch: import_batch::Entity }
}

payload! {
    /// What became of an import that was ended.
    ObservationImportCancelPayload { import_batch: import_batch::Entity }
}
