//! What clients can do to series: make one.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::meetings::meeting_series;

use super::persist;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{mutate, payload};

/// Mutations of series.
#[derive(Default)]
pub struct MeetingSeriesMutation;

#[Object]
impl MeetingSeriesMutation {
    /// Makes the next meetings of a series out of its first one: with its title, place and length, each `DRAFT`, to be changed
    /// and announced by itself. Needs: the board's chair or facilitator, or the administrator of its host.
    async fn meeting_series_create(
        &self,
        ctx: &Context<'_>,
        input: MeetingSeriesCreateInput,
    ) -> Result<MeetingSeriesCreatePayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        Ok(
            mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
                Box::pin(persist::create(change, input, &settings.meetings))
            })
            .await?
            .into(),
        )
    }
}

/// A series of meetings.
#[derive(Debug, InputObject)]
pub struct MeetingSeriesCreateInput {
    /// The first meeting, which belongs to no series yet.
    pub meeting_id: ID,
    /// How meetings follow each other, as an RRULE (RFC 5545, 3.3.10) with FREQ (WEEKLY or MONTHLY) and, if you like, INTERVAL,
    /// BYDAY, BYMONTHDAY and BYSETPOS: `FREQ=MONTHLY;BYDAY=2TU` is the second Tuesday of each month. It is read in the time of
    /// the United Kingdom: a meeting at ten stays at ten when the clocks change.
    pub recurrence_rule: String,
    /// How many more meetings to make: 1 to 24, if the server has its defaults.
    pub count: i32,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

payload! {
    /// What became of a series.
    MeetingSeriesCreatePayload { meeting_series: meeting_series::Entity }
}
