//! Files that people upload.

use harness::id;
use serde_json::json;

use super::{Case, first};

/// One case for each mutation of these.
pub fn cases() -> Vec<Case> {
    vec![
        Case::new("mediaUploadStart", "media { id status version } uploadUrl")
            .by("council-admin")
            .input(json!({
                "organisationId": id("organisation", "ashdown-council"),
                "fileName": "A day at the centre.mp4",
                "mediaType": "video/mp4",
                "bytes": "1000",
                "durationSeconds": 60,
                "language": "bfi"
            }))
            .wrong(
                json!({
                    "fileName": "../film.mp4",
                    "bytes": "many",
                    "sha256": "abc",
                    "durationSeconds": -1,
                    "language": "not a language"
                }),
                &[
                    "INVALID_FORMAT at input.fileName",
                    "INVALID_FORMAT at input.bytes",
                    "INVALID_FORMAT at input.sha256",
                    "OUT_OF_RANGE at input.durationSeconds",
                    "INVALID_FORMAT at input.language",
                ],
            )
            .hidden_from("stranger", "organisationId", "organisation", "elm-care"),
        Case::new("mediaUpdate", "media { id fileName version }")
            .by("council-admin")
            .input(first(
                "media",
                "film",
                json!({ "fileName": "A day at the centre.mp4" }),
            ))
            .wrong(
                json!({ "fileName": null, "durationSeconds": -1, "captionMediaId": "x" }),
                &[
                    "REQUIRED at input.fileName",
                    "OUT_OF_RANGE at input.durationSeconds",
                    "NOT_FOUND at input.captionMediaId",
                ],
            )
            .hidden_from("stranger", "id", "media", "film"),
        Case::new("mediaDelete", "media { id version } deletedMediaId")
            .by("council-admin")
            .input(first("media", "film", json!({})))
            .deletes("deletedMediaId")
            .wrong(json!({ "id": "x" }), &["NOT_FOUND at input.id"])
            .hidden_from("stranger", "id", "media", "film"),
    ]
}
