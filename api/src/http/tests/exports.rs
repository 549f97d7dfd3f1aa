//! Lists as files.

use super::*;

async fn get(router: &Router, path: &str) -> Got {
    let request = Request::get(path).header("authorization", "Bearer good");
    send(router, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_file_is_made_of_pages_for_its_reader() {
    let got = get(&door(), "/exports/list.csv").await;
    assert_eq!(
        (got.status, got.text.as_str()),
        (StatusCode::OK, "good/-\ngood/-\n")
    );
    assert_eq!(got.header(header::CONTENT_TYPE), "text/csv");
    assert_eq!(
        got.header(header::CONTENT_DISPOSITION),
        "attachment; filename=\"list.csv\""
    );
    assert_eq!(got.header(header::CACHE_CONTROL), "private, no-store");
    let description = get(&door(), "/exports/list.csv-metadata.json").await;
    assert_eq!(
        (description.status, description.text.as_str()),
        (StatusCode::OK, "{}")
    );
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_with_a_reason() {
    let got = get(&door(), "/exports/list.csv?colour=red").await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::BAD_REQUEST, "INVALID_ARGUMENT".to_owned())
    );
    assert!(got.text.contains("`colour` is no filter."), "{}", got.text);
    assert_eq!(
        get(&door(), "/exports/list.pdf").await.status,
        StatusCode::NOT_FOUND
    );
    let bad = Request::get("/exports/list.csv").header("authorization", "Bearer old");
    let got = send(&door(), bad.body(Body::empty()).unwrap()).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_file_that_has_begun_waits_for_points_and_is_broken_off_when_they_do_not_come() {
    let costs_one_page = |export_wait_seconds| HttpSettings {
        points_per_minute: 1,
        export_wait_seconds,
        ..HttpSettings::default()
    };
    let router = door_with(costs_one_page(0));
    let request = Request::get("/exports/list.csv").header("authorization", "Bearer good");
    let response = router
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK, "the first page came");
    let broken = response.into_body().collect().await;
    assert!(broken.is_err(), "a part was passed off as the whole");
    let refused = get(&router, "/exports/list.csv").await;
    assert_eq!(
        refused.status,
        StatusCode::TOO_MANY_REQUESTS,
        "before it has begun it is refused"
    );
}
