//! The explorer: the page at `/` on which people try the API.
//!
//! It is GraphiQL with a box for a token and a list of examples, built by `api/explorer/build.sh` into
//! `api/explorer/dist` and embedded here, so that the one binary serves it without Node, without another host and
//! without an internet connection.
//!
//! Files are embedded compressed by gzip and sent as they are; a client that does not take gzip gets them inflated.
//! Names under `assets/` contain a hash of the content, so browsers may keep them for ever; everything else is checked
//! by its `ETag` at every visit. The list of examples is embedded beside the build, so that changing an example needs no
//! rebuild of the page.

use crate::hex::hex;
use std::borrow::Cow;
use std::io::Read;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use flate2::read::GzDecoder;
use rust_embed::{EmbeddedFile, RustEmbed};

/// What the build wrote: each file compressed, `.gz` added to its name.
#[derive(RustEmbed)]
#[folder = "explorer/dist"]
struct Built;

/// The list of example queries, as it is edited.
#[derive(RustEmbed)]
#[folder = "explorer/examples"]
struct Examples;

/// Hashed names never change their content; a year is what browsers take for "for ever" (RFC 9111, RFC 8246).
const KEEP: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Keep a copy, but ask before using it.
const ASK: HeaderValue = HeaderValue::from_static("no-cache");

static POLICY: LazyLock<HeaderValue> =
    LazyLock::new(|| join_policy(include_str!("../../explorer/content_security_policy.txt")));

/// The routes of the explorer: the page at `/`, its files under `/explorer/`. They need no state, read no token and
/// answer `GET` and `HEAD` only.
pub fn explorer_routes() -> Router {
    Router::new()
        .route(
            "/",
            get(async |headers: HeaderMap| answer("index.html", &headers)),
        )
        .route("/explorer", get(async || Redirect::permanent("/")))
        .route("/explorer/", get(async || Redirect::permanent("/")))
        .route(
            "/explorer/{*path}",
            get(async |Path(path): Path<String>, headers: HeaderMap| answer(&path, &headers)),
        )
}

/// A file and whether its bytes are compressed.
struct Asset {
    file: EmbeddedFile,
    compressed: bool,
}

impl Asset {
    fn named(path: &str) -> Option<Self> {
        if let Some(file) = Built::get(&format!("{path}.gz")) {
            return Some(Self {
                file,
                compressed: true,
            });
        }
        Examples::get(path).map(|file| Self {
            file,
            compressed: false,
        })
    }

    /// Weak, because the compressed and the inflated answer share it (RFC 9110, section 8.8.1).
    fn etag(&self) -> String {
        let hash = self.file.metadata.sha256_hash();
        format!("W/\"{}\"", hex(&hash[..16]))
    }

    fn bytes(self) -> Bytes {
        match self.file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        }
    }
}

fn answer(path: &str, request: &HeaderMap) -> Response {
    let Some(asset) = Asset::named(path) else {
        return (
            StatusCode::NOT_FOUND,
            "The explorer has no such file. The explorer itself is at /\n",
        )
            .into_response();
    };
    let etag = asset.etag();
    let mut headers = headers_for(path);
    if let Ok(value) = HeaderValue::from_str(&etag) {
        headers.insert(ETAG, value);
    }
    if unchanged(request, &etag) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    if !asset.compressed {
        return (headers, Body::from(asset.bytes())).into_response();
    }
    if accepts_gzip(request) {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        return (headers, Body::from(asset.bytes())).into_response();
    }
    match inflate(&asset.bytes()) {
        Ok(bytes) => (headers, Body::from(bytes)).into_response(),
        Err(error) => {
            tracing::error!(%error, path, "an embedded file of the explorer cannot be inflated");
            (StatusCode::INTERNAL_SERVER_ERROR, "This file cannot be read.\n").into_response()
        }
    }
}

/// The headers of every answer with or about the file at `path`.
fn headers_for(path: &str) -> HeaderMap {
    let cache = if path.starts_with("assets/") { KEEP } else { ASK };
    HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static(content_type(path))),
        (CACHE_CONTROL, cache),
        (VARY, HeaderValue::from_static("accept-encoding")),
        (CONTENT_SECURITY_POLICY, POLICY.clone()),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ])
}

/// The media type by the end of the name (RFC 9239 for JavaScript, RFC 8081 for fonts).
fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("ttf") => "font/ttf",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether the client asked for gzip (RFC 9110, section 12.5.3). A client that says nothing, such as plain `curl`, could
/// be sent anything; readable text serves it best.
fn accepts_gzip(request: &HeaderMap) -> bool {
    let codings = request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut named = None;
    let mut any = None;
    for coding in codings.flat_map(|value| value.split(',')) {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let wanted = weight
            .trim()
            .strip_prefix("q=")
            .is_none_or(|q| q.parse().is_ok_and(|q: f32| q > 0.0));
        match name.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => named = Some(wanted),
            "*" => any = Some(wanted),
            _ => {}
        }
    }
    named.or(any).unwrap_or(false)
}

/// Whether the client's copy is the current one (RFC 9110, section 13.1.2: a weak comparison).
fn unchanged(request: &HeaderMap, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    request
        .get_all(IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|tag| tag.trim() == "*" || opaque(tag) == opaque(etag))
}

fn inflate(compressed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(compressed).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// One header from one directive a line; lines that begin with `#` are for readers. A policy that is not a header
/// forbids everything.
fn join_policy(lines: &str) -> HeaderValue {
    let directives: Vec<&str> = lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    HeaderValue::from_str(&directives.join("; ")).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
#[expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the build writes lower case"
)]
mod tests {
    use axum::http::Request;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    use super::*;

    async fn get(path: &str, headers: &[(HeaderName, &str)]) -> (StatusCode, HeaderMap, Bytes) {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        let response = explorer_routes()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        let (head, body) = response.into_parts();
        (
            head.status,
            head.headers,
            body.collect().await.unwrap().to_bytes(),
        )
    }

    fn accepting(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))])
    }

    /// The files the page names, such as its script.
    fn files_of(page: &str) -> Vec<String> {
        page.split('"')
            .filter(|text| text.starts_with("/explorer/"))
            .map(str::to_owned)
            .collect()
    }

    #[tokio::test]
    async fn the_page_is_readable_text_for_a_client_that_names_no_coding() {
        let (status, headers, body) = get("/", &[]).await;
        let page = String::from_utf8(body.to_vec()).unwrap();
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(headers[CACHE_CONTROL], "no-cache");
        assert!(!headers.contains_key(CONTENT_ENCODING));
        assert!(page.contains("<title>Roundtable explorer</title>"));
    }

    #[tokio::test]
    async fn a_browser_gets_the_embedded_bytes_and_they_inflate_to_the_same_page() {
        let (_, headers, compressed) = get("/", &[(ACCEPT_ENCODING, "gzip, deflate, br")]).await;
        let (_, _, plain) = get("/", &[]).await;
        assert_eq!(headers[CONTENT_ENCODING], "gzip");
        assert_eq!(headers[VARY], "accept-encoding");
        assert_eq!(inflate(&compressed).unwrap(), plain);
    }

    #[tokio::test]
    async fn every_file_the_page_names_exists_and_hashed_names_are_kept_for_ever() {
        let (_, _, body) = get("/", &[]).await;
        let files = files_of(std::str::from_utf8(&body).unwrap());
        assert!(
            files.iter().any(|path| path.ends_with(".js")) && files.iter().any(|path| path.ends_with(".css"))
        );
        for path in files {
            let (status, headers, _) = get(&path, &[]).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            let kept = headers[CACHE_CONTROL] == KEEP;
            assert_eq!(kept, path.starts_with("/explorer/assets/"), "{path}");
        }
    }

    #[test]
    fn every_embedded_file_has_a_known_type_and_names_no_inline_script() {
        for name in Built::iter() {
            let name = name.strip_suffix(".gz").unwrap();
            assert_ne!(content_type(name), "application/octet-stream", "{name}");
        }
        let page = inflate(&Built::get("index.html.gz").unwrap().data).unwrap();
        for script in String::from_utf8(page).unwrap().split("<script").skip(1) {
            assert!(
                script.contains("src=") && script.contains("></script>"),
                "inline script: {script}"
            );
        }
    }

    #[tokio::test]
    async fn an_unchanged_file_is_not_sent_again() {
        let (_, first, _) = get("/", &[]).await;
        let etag = first[ETAG].to_str().unwrap();
        let (status, headers, body) = get("/", &[(IF_NONE_MATCH, etag), (ACCEPT_ENCODING, "gzip")]).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(headers[ETAG], etag);
        let (status, _, _) = get("/", &[(IF_NONE_MATCH, "\"another\"")]).await;
        assert_eq!(status, StatusCode::OK);
    }

    #[tokio::test]
    async fn the_policy_allows_no_inline_script_no_eval_and_no_other_host() {
        let (_, headers, _) = get("/", &[]).await;
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'; "),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe-eval") && !policy.contains("http") && !policy.contains('#'),
            "{policy}"
        );
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[tokio::test]
    async fn the_examples_are_a_list_with_viewer_title_and_query() {
        let (status, headers, body) = get("/explorer/examples.json", &[]).await;
        assert_eq!(
            (status, &headers[CONTENT_TYPE]),
            (StatusCode::OK, &HeaderValue::from_static("application/json"))
        );
        let examples: Vec<serde_json::Value> = serde_json::from_slice(&body).unwrap();
        assert!(examples.iter().any(|example| example["viewer"] == "Anonymous"));
        for example in examples {
            for key in ["viewer", "title", "query"] {
                assert!(
                    example[key].as_str().is_some_and(|text| !text.is_empty()),
                    "{key} of {example}"
                );
            }
            assert!(example["variables"].is_object(), "variables of {example}");
        }
    }

    #[tokio::test]
    async fn unknown_files_and_ways_out_of_the_folder_are_not_found() {
        for path in [
            "/explorer/nothing.js",
            "/explorer/../Cargo.toml",
            "/explorer/%2e%2e/Cargo.toml",
            "/other",
        ] {
            assert_eq!(get(path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(get("/explorer", &[]).await.0, StatusCode::PERMANENT_REDIRECT);
    }

    #[test]
    fn gzip_is_sent_only_to_those_who_take_it() {
        for value in ["gzip", "br, GZIP;q=0.5", "*", "deflate, *;q=0.1"] {
            assert!(accepts_gzip(&accepting(value)), "{value}");
        }
        for value in ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, *", "*;q=0"] {
            assert!(!accepts_gzip(&accepting(value)), "{value}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
