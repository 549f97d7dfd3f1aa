//! What clients can do to media.

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, Result, SimpleObject};
use entity::media::kinds::MediaStatus;
use entity::media::media;

use super::{Transfers, may_manage, persist};
use crate::domains::settings::area_settings;
use crate::events::IdempotencyKey;
use crate::graphql::{Outcome, UserError, mutate, payload, removal};
use crate::planner::declare::Declared;
use crate::planner::{Planned, global_id};
use crate::policy::Viewer;
use crate::store::ReadSession;

/// Mutations of media.
#[derive(Default)]
pub struct MediaMutation;

#[Object]
impl MediaMutation {
    /// Announces a file and gives the address to which its bytes are sent, until `uploadExpiresAt`: by the tus protocol (1.0.0),
    /// which resumes what was interrupted, or whole with PUT. Once all bytes have arrived they are checked against what was
    /// announced; a file that is something else is refused, and nothing of it is kept. Needs: a person, for themselves; the
    /// administrator or a system of an organisation, for the organisation.
    async fn media_upload_start(
        &self,
        ctx: &Context<'_>,
        input: MediaUploadStartInput,
    ) -> Result<MediaUploadStartPayload> {
        let key = input.idempotency_key.clone();
        let both = (input, area_settings(ctx)?);
        let outcome = mutate(ctx, key.as_ref(), None, &both, |change, (input, settings)| {
            Box::pin(persist::start(change, input, &settings.media))
        })
        .await?;
        Ok(MediaUploadStartPayload {
            upload_url: upload_url(ctx, &outcome).await?,
            media: outcome.id.map(Planned::new),
            user_errors: outcome.user_errors,
        })
    }

    /// Says what a file is: its name, its language, how long it plays, its captions and its transcript. The bytes of a file never
    /// change: upload another. Needs: who uploads it, or the administrator of the organisation that it belongs to; a system of that, where a
    /// system uploaded it.
    async fn media_update(&self, ctx: &Context<'_>, input: MediaUpdateInput) -> Result<MediaUpdatePayload> {
        let about = global_id::decode_as(media::Entity::PREFIX, &input.id);
        let both = (input, area_settings(ctx)?);
        Ok(mutate(ctx, None, about, &both, |change, (input, settings)| {
            Box::pin(persist::update(change, input, &settings.media))
        })
        .await?
        .into())
    }

    /// Removes a file to which nothing points, row and bytes, whether all of it has arrived or not. Needs: who uploads it, or the
    /// administrator of the organisation that it belongs to; a system of that, where a system uploaded it.
    async fn media_delete(&self, ctx: &Context<'_>, input: MediaDeleteInput) -> Result<MediaDeletePayload> {
        let about = global_id::decode_as(media::Entity::PREFIX, &input.id);
        let outcome = mutate(ctx, None, about, &input, |change, input| {
            Box::pin(persist::delete(change, input))
        })
        .await?;
        if outcome.user_errors.is_empty()
            && let Some(transfers) = ctx.data_opt::<Transfers>()
        {
            transfers.sweep().await;
        }
        Ok(MediaDeletePayload::new(input.id, outcome))
    }
}

/// The address for the bytes of a file that was just announced; the same for a repeated request, while bytes are expected.
async fn upload_url(ctx: &Context<'_>, outcome: &Outcome) -> Result<Option<String>> {
    let (Some(id), Some(transfers)) = (outcome.id, ctx.data_opt::<Transfers>()) else {
        return Ok(None);
    };
    let viewer = ctx.data::<Arc<Viewer>>()?;
    let found = ctx.data::<ReadSession>()?.find::<media::Entity>(id).await;
    let found = found.map_err(|error| {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "a file could not be read"
        );
        crate::error::ErrorCode::Internal.description()
    })?;
    Ok(found
        .filter(|media| media.status == MediaStatus::Expected && may_manage(viewer, media))
        .and_then(|media| transfers.upload_address(media.id.0, viewer, media.upload_expires_at)))
}

/// A file that you are about to send.
#[derive(Debug, InputObject)]
pub struct MediaUploadStartInput {
    /// The organisation that it belongs to; without it, it is yours.
    pub organisation_id: Option<ID>,
    /// What the file is called, without folders: up to 255 characters.
    pub file_name: String,
    /// Its media type, such as `video/mp4`. Its content must be of that type. Taken are common types of video, audio and pictures,
    /// PDF, documents of Word, Excel, PowerPoint and OpenDocument without macros, EPUB, plain text, Markdown, CSV (which
    /// may be in Windows-1252, or packed: `application/gzip`), and captions (`text/vtt`).
    pub media_type: String,
    /// How long it is, in bytes: a whole number as text, such as `"1048576"`.
    pub bytes: String,
    /// Its SHA-256 in hexadecimal: then a file that arrives damaged is refused.
    pub sha256: Option<String>,
    /// For audio and video: how long it plays, in seconds.
    pub duration_seconds: Option<i32>,
    /// The language of what it says, as a tag of BCP 47, such as `en` or `cy`; `bfi` for British Sign Language.
    pub language: Option<String>,
    /// Makes repeating the request safe: the repeated answer has the same address.
    pub idempotency_key: Option<IdempotencyKey>,
}

/// What to change of a file. A field that is left out stays; null empties it.
#[derive(Debug, InputObject)]
pub struct MediaUpdateInput {
    /// The file.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
    /// What the file is called, without folders: up to 255 characters.
    pub file_name: MaybeUndefined<String>,
    /// For audio and video: how long it plays, in seconds.
    pub duration_seconds: MaybeUndefined<i32>,
    /// The language of what it says, as a tag of BCP 47.
    pub language: MaybeUndefined<String>,
    /// For audio and video: its captions, a stored file of the kind `CAPTIONS` that you may change, too.
    pub caption_media_id: MaybeUndefined<ID>,
    /// For audio and video: what is said and shown, as a text of up to 200,000 characters, unless the server is set otherwise.
    pub transcript: MaybeUndefined<String>,
    /// The same as a stored file of the kind `DOCUMENT` that you may change, too; instead of `transcript`.
    pub transcript_media_id: MaybeUndefined<ID>,
}

/// Which file to remove.
#[derive(Debug, InputObject)]
pub struct MediaDeleteInput {
    /// The file.
    pub id: ID,
    /// Its version as you read it.
    pub expected_version: i32,
}

/// What became of an announced file.
#[derive(Debug, SimpleObject)]
pub struct MediaUploadStartPayload {
    /// The file as it is now; null when it was not announced, or you may not read it.
    media: Option<Planned<media::Entity>>,
    /// Where to send its bytes: a path on this server, unless the server is set otherwise. Whoever knows it can send them, until
    /// `uploadExpiresAt`. Null when nothing was announced, and when all of it has arrived already.
    upload_url: Option<String>,
    /// The rules that the input does not keep, all at once. When there are any, nothing has changed.
    user_errors: Vec<UserError>,
}

payload! {
    /// What became of a change to a file.
    MediaUpdatePayload { media: media::Entity }
}

removal! {
    /// What became of a deletion.
    MediaDeletePayload {
        /// The global id of the file that is gone; null when nothing was deleted.
        deleted_media_id,
        /// The file as it is now, when it was not deleted and you may read it; null once it is gone.
        media: media::Entity,
    }
}
