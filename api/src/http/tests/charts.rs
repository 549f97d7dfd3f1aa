//! Charts: asked for by anybody, kept for a while, and refused with every reason.

use super::*;

async fn ask(router: &Router, query: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(format!("/charts/hello.svg{query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn anybody_gets_a_chart_and_caches_may_keep_it() {
    let got = ask(&door(), "", &[]).await;
    assert_eq!(
        (got.status, got.text.as_str()),
        (StatusCode::OK, "<svg>\"anonymous/-\"</svg>")
    );
    assert_eq!(got.header(header::CONTENT_TYPE), "image/svg+xml");
    assert_eq!(got.header(header::CACHE_CONTROL), "public, max-age=60");
    assert_eq!(
        got.header(header::VARY),
        "authorization, roundtable-acting-organisation"
    );
    assert_eq!(
        got.header(header::CONTENT_SECURITY_POLICY),
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    );
    let tag = got.header(header::ETAG).to_owned();
    let known = ask(&door(), "", &[("if-none-match", &tag)]).await;
    assert_eq!(
        (known.status, known.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    assert_eq!(known.header(header::CACHE_CONTROL), "public, max-age=60");
    let with_token = ask(
        &door(),
        "",
        &[("authorization", "Bearer good"), ("if-none-match", &tag)],
    )
    .await;
    assert_eq!(
        (with_token.status, with_token.header(header::CACHE_CONTROL)),
        (StatusCode::OK, "private, max-age=60")
    );
}

#[tokio::test]
async fn a_style_sheet_is_let_in_by_its_hash() {
    let got = ask(&door(), "?of=style", &[]).await;
    let policy = got.header(header::CONTENT_SECURITY_POLICY);
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"),
        "{policy}"
    );
}

#[tokio::test]
async fn every_reason_is_told_at_once() {
    let got = ask(&door(), "?colour=red&size=9", &[]).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::BAD_REQUEST, "INVALID_ARGUMENT".to_owned())
    );
    let messages: Vec<_> = got.json()["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["message"].clone())
        .collect();
    assert_eq!(messages, ["`colour` is no parameter.", "`size` is no parameter."]);
    assert_eq!(got.header(header::CACHE_CONTROL), "no-store");
    let got = ask(&door(), "?of=refused", &[]).await;
    assert_eq!(
        (got.status, got.message()),
        (StatusCode::BAD_REQUEST, "There are too many.".to_owned())
    );
}

#[tokio::test]
async fn what_is_not_there_is_like_any_other_address() {
    let id = ("x-request-id", "the-same");
    let nowhere = send(&door(), with(get("/nowhere"), "x-request-id", "the-same")).await;
    let nothing = ask(&door(), "?of=nothing", &[id]).await;
    assert_eq!(
        (nothing.status, nothing.text),
        (StatusCode::NOT_FOUND, nowhere.text)
    );
    assert_eq!(
        send(&door(), get("/charts/hello.pdf")).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn faults_and_limits_are_those_of_every_query() {
    for of in ["?of=failing", "?of=fault"] {
        let got = ask(&door(), of, &[]).await;
        assert_eq!(
            (got.status, got.code()),
            (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL".to_owned()),
            "{of}"
        );
    }
    let bad = ask(&door(), "", &[("authorization", "Bearer old")]).await;
    assert_eq!(bad.status, StatusCode::UNAUTHORIZED);
    let few = door_with(HttpSettings {
        points_per_minute: 1,
        ..HttpSettings::default()
    });
    assert_eq!(ask(&few, "", &[]).await.status, StatusCode::OK);
    let limited = ask(&few, "", &[]).await;
    assert_eq!(limited.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!limited.header(header::RETRY_AFTER).is_empty());
    let full = door_with(HttpSettings {
        in_flight: 0,
        ..HttpSettings::default()
    });
    assert_eq!(ask(&full, "", &[]).await.status, StatusCode::SERVICE_UNAVAILABLE);
}
