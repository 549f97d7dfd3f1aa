//! Calendars: by token, by secret address, and by an address that opens nothing.

use super::*;

async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(router, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_calendar_is_made_of_answers_to_its_reader() {
    for (path, headers, reader) in [
        ("/calendar.ics", &[("authorization", "Bearer good")][..], "good/-"),
        ("/calendar/good-ann.ics", &[], "ann"),
        // A program that sends a token all the same reads what the address says.
        (
            "/calendar/good-ann.ics",
            &[("authorization", "Bearer bad")],
            "ann",
        ),
    ] {
        let got = get(&door(), path, headers).await;
        assert_eq!(
            (got.status, got.text),
            (StatusCode::OK, format!("{reader}\r\n{reader}"))
        );
        let header = |name| got.headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(header(header::CONTENT_TYPE), "text/calendar; charset=utf-8");
        assert_eq!(header(header::CACHE_CONTROL), "private, no-cache");
    }
}

#[tokio::test]
async fn who_has_the_file_already_is_told_so() {
    let first = get(&door(), "/calendar/good-ann.ics", &[]).await;
    let tag = first.header(header::ETAG).to_owned();
    let known = get(
        &door(),
        "/calendar/good-ann.ics",
        &[("if-none-match", &format!("\"x\", W/{tag}"))],
    )
    .await;
    assert_eq!(
        (known.status, known.text.as_str()),
        (StatusCode::NOT_MODIFIED, "")
    );
    assert_eq!(known.header(header::ETAG), tag);
    let other = get(&door(), "/calendar/good-ben.ics", &[("if-none-match", &tag)]).await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn an_address_that_opens_nothing_is_like_any_other() {
    let id = ("x-request-id", "the-same");
    let nowhere = get(&door(), "/nowhere", &[id]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    for path in [
        "/calendar/bad.ics",
        "/calendar/good-ann",
        "/calendar/.ics",
        "/calendar/a/b.ics",
        "/calendar/%ff.ics",
    ] {
        let got = get(&door(), path, &[id]).await;
        assert_eq!(
            (got.status, got.text),
            (StatusCode::NOT_FOUND, nowhere.text.clone()),
            "{path}"
        );
        assert!(!got.headers.contains_key(header::ETAG));
    }
}

#[tokio::test]
async fn a_calendar_without_a_reader_is_refused() {
    let got = get(&door(), "/calendar.ics", &[]).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED".to_owned())
    );
    assert_eq!(
        got.header(header::WWW_AUTHENTICATE),
        "Bearer realm=\"roundtable\""
    );
    let got = get(&door(), "/calendar.ics", &[("authorization", "Bearer old")]).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    let got = get(&door(), "/calendar/later.ics", &[]).await;
    assert_eq!(got.status, StatusCode::SERVICE_UNAVAILABLE);
    let post = Request::post("/calendar/good-ann.ics")
        .body(Body::empty())
        .unwrap();
    assert_eq!(send(&door(), post).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn calendars_and_wrong_addresses_cost_points() {
    let few = HttpSettings {
        points_per_minute: 2,
        ..HttpSettings::default()
    };
    let router = door_with(few);
    let got = get(&router, "/calendar/good-ann.ics", &[]).await;
    assert_eq!(
        got.status,
        StatusCode::OK,
        "two questions cost two points: {}",
        got.text
    );
    let got = get(&router, "/calendar/good-ann.ics", &[]).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED".to_owned())
    );
    assert!(!got.header(header::RETRY_AFTER).is_empty());
    let few = HttpSettings {
        points_per_minute: 2,
        ..HttpSettings::default()
    };
    let router = door_with(few);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(get(&router, "/calendar/bad.ics", &[]).await.status.as_u16());
    }
    assert_eq!(statuses, [404, 404, 429]);
}

#[tokio::test]
async fn calendars_wait_for_a_place_like_everybody() {
    let full = HttpSettings {
        in_flight: 0,
        ..HttpSettings::default()
    };
    let router = door_with(full);
    for path in ["/calendar/good-ann.ics", "/calendar/bad.ics"] {
        assert_eq!(
            get(&router, path, &[]).await.status,
            StatusCode::SERVICE_UNAVAILABLE,
            "{path}"
        );
    }
}
