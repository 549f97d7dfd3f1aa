//! What clients can do to figures.

use async_graphql::{Context, ID, InputObject, Object, Result};
use entity::outcomes::kinds::{ObservationMarker, ObservationQuality};
use entity::outcomes::{import_batch, observation};

use super::{bulk, persist, revisions};
use crate::domains::boards::input::action_input;
use crate::domains::outcomes::Written;
use crate::domains::outcomes::rules::observations::Figure;
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{Together, mutate, mutate_together, payload};
use crate::planner::declare::Declared;
use crate::planner::{Date, Decimal, OneOf, global_id};

/// Mutations of figures.
#[derive(Default)]
pub struct ObservationMutation {
    recorded: Together<ObservationRecordInput>,
}

#[Object]
impl ObservationMutation {
    /// Records a figure. Needs: an administrator, commissioner, provider user or system of whoever the figure is about: the
    /// organisation, the provider of the service, whoever runs the site; or, but for provider users, the council that answers for
    /// the area, or whoever pays for the service.
    async fn observation_record(
        &self,
        ctx: &Context<'_>,
        input: ObservationRecordInput,
    ) -> Result<ObservationRecordPayload> {
        let key = input.idempotency_key.clone();
        let together = (&self.recorded, area_settings(ctx)?.outcomes.gathering());
        Ok(
            mutate_together(ctx, key.as_ref(), input, together, |change, inputs| {
                Box::pin(persist::record(change, inputs))
            })
            .await?
            .into(),
        )
    }

    /// Records many figures at once, up to 1,000 unless this server is set otherwise: all of them, or none. What is wrong is said
    /// of every row. Needs, for each of them: as for `observationRecord`.
    async fn observations_record(
        &self,
        ctx: &Context<'_>,
        input: ObservationsRecordInput,
    ) -> Result<ObservationsRecordPayload> {
        let key = input.idempotency_key.clone();
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), None, &written, |change, written| {
            Box::pin(bulk::record(change, written))
        })
        .await?
        .into())
    }

    /// Corrects a figure by another revision of it. The revision before keeps its numbers, and is no longer the current one; the new
    /// one is marked as final anew. Needs: as for `observationRecord`.
    async fn observation_correct(
        &self,
        ctx: &Context<'_>,
        input: ObservationCorrectInput,
    ) -> Result<ObservationCorrectPayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(observation::Entity::PREFIX, &input.id);
        let written = Written::of(ctx, input)?;
        Ok(mutate(ctx, key.as_ref(), about, &written, |change, written| {
            Box::pin(revisions::correct(change, written))
        })
        .await?
        .into())
    }

    /// Marks a provisional figure as final. Needs: a person who did not record it, and as for `observationRecord`.
    async fn observation_finalise(
        &self,
        ctx: &Context<'_>,
        input: ObservationFinaliseInput,
    ) -> Result<ObservationFinalisePayload> {
        let key = input.idempotency_key.clone();
        let about = global_id::decode_as(observation::Entity::PREFIX, &input.id);
        Ok(mutate(ctx, key.as_ref(), about, &input, |change, input| {
            Box::pin(revisions::finalise(change, &input.id, input.expected_version))
        })
        .await?
        .into())
    }
}

/// The numbers of a figure.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationFigureInput {
    /// How many of the denominator.
    pub numerator: Option<Decimal>,
    /// Of how many.
    pub denominator: Option<Decimal>,
    /// How many were asked, for surveys.
    pub base: Option<Decimal>,
    /// The figure. Left out where numerator and denominator are given for a percentage or a rate: it is worked out of them.
    pub value: Option<Decimal>,
    /// The margin of error: in 95 of 100 such surveys the true value is within so much of the figure, either way.
    pub margin: Option<Decimal>,
    /// Why it is not there, or what has to be minded about it.
    pub marker: Option<OneOf<ObservationMarker>>,
    /// What it is worth; `PROVISIONAL` when it is left out. `FINAL` is what a second person makes of it.
    pub quality: Option<OneOf<ObservationQuality>>,
}

impl ObservationFigureInput {
    /// As the rules take it.
    pub(super) fn figure(&self) -> Figure {
        let number = |given: &Option<Decimal>| given.map(|given| given.0);
        Figure {
            numerator: number(&self.numerator),
            denominator: number(&self.denominator),
            base: number(&self.base),
            value: number(&self.value),
            margin: number(&self.margin),
            marker: self.marker.map(|marker| marker.0),
            quality: self
                .quality
                .map_or(ObservationQuality::Provisional, |quality| quality.0),
        }
    }
}

/// What a figure or a target is about: one of these, and no other.
#[derive(Clone, Debug, InputObject)]
pub struct SubjectInput {
    /// An area.
    pub geography_id: Option<ID>,
    /// An organisation.
    pub organisation_id: Option<ID>,
    /// A service.
    pub service_id: Option<ID>,
    /// A site.
    pub site_id: Option<ID>,
}

/// A figure: of what, about what, for which period, of whom.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationInput {
    /// The wording of the indicator that was measured.
    pub indicator_version_id: ID,
    /// What it is about.
    #[graphql(flatten)]
    pub subject: SubjectInput,
    /// The first day of the period.
    pub period_start: Date,
    /// The last day of the period, which is over.
    pub period_end: Date,
    /// Whom of the people there it is about; all of them when it is left out.
    pub disaggregation_id: Option<ID>,
    /// The numbers.
    #[graphql(flatten)]
    pub figure: ObservationFigureInput,
}

/// A figure to record.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationRecordInput {
    /// The figure.
    #[graphql(flatten)]
    pub observation: ObservationInput,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// Figures to record together.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationsRecordInput {
    /// Where they are from: 1 to 200 characters.
    pub source: String,
    /// The figures: 1 to 1,000, unless this server is set otherwise. No two of the same indicator, subject, period and people.
    pub rows: Vec<ObservationInput>,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// How a figure is to read.
#[derive(Clone, Debug, InputObject)]
pub struct ObservationCorrectInput {
    /// The current revision of the figure.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// All its numbers as they are to be: what is left out is not there.
    #[graphql(flatten)]
    pub figure: ObservationFigureInput,
    /// Why it is corrected: 1 to 5,000 characters, unless this server is set otherwise.
    pub reason: String,
    /// Makes repeating the request safe.
    pub idempotency_key: Option<IdempotencyKey>,
}

action_input! {
    /// Which figure is final.
    ObservationFinaliseInput("The current revision of the figure.") {}
}

payload! {
    /// What became of a figure.
    ObservationRecordPayload { observation: observation::Entity }
}

payload! {
    /// What became of figures recorded together: `importBatch` lists them.
    ObservationsRecordPayload { import_batch: import_batch::Entity }
}

payload! {
    /// What became of a correction: the new revision.
    ObservationCorrectPayload { observation: observation::Entity }
}

payload! {
    /// What became of a figure that is final.
    ObservationFinalisePayload { observation: observation::Entity }
}
