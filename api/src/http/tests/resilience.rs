//! Sizes, time-outs, load, panics, and texts made to do harm.

use std::time::Duration;

use axum::body::Bytes;
use futures_util::stream;

use super::*;

fn quick() -> HttpSettings {
    HttpSettings {
        request_timeout_ms: 500,
        body_timeout_ms: 150,
        in_flight: 1,
        ..HttpSettings::default()
    }
}

#[tokio::test]
async fn a_body_is_counted_while_it_arrives() {
    let chunk = Bytes::from(vec![b' '; 64 * 1024]);
    let endless = stream::repeat_with(move || Ok::<_, std::io::Error>(chunk.clone()));
    let got = send(&door(), post(Body::from_stream(endless))).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::PAYLOAD_TOO_LARGE, "LIMIT_EXCEEDED".to_owned())
    );
    assert!(got.message().contains("262144 bytes"));
    assert_eq!(got.header(header::CONNECTION), "close");
    let got = send(
        &door(),
        post(" ".repeat(262_144 - 21) + "{\"query\":\"{ hello }\"}"),
    )
    .await;
    assert_eq!(got.status, StatusCode::OK);
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let never = stream::pending::<Result<Bytes, std::io::Error>>();
    let got = send(&door_with(quick()), post(Body::from_stream(never))).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::REQUEST_TIMEOUT, "BAD_REQUEST".to_owned())
    );
    let broken = stream::iter([Err::<Bytes, _>(std::io::Error::other("gone"))]);
    assert_eq!(
        send(&door(), post(Body::from_stream(broken))).await.status,
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn an_operation_that_takes_too_long_is_stopped() {
    let got = send(&door_with(quick()), query("{ slow(milliseconds: 5000) }")).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::GATEWAY_TIMEOUT, "TIMEOUT".to_owned())
    );
    let slow = json!({"query": "{ slow(milliseconds: 300) }"});
    let got = send(
        &door_with(quick()),
        post(json!([slow, slow, slow, slow]).to_string()),
    )
    .await;
    // One deadline for the whole batch: each by itself would have had the time.
    assert_eq!(got.json()[0]["data"]["slow"], true);
    assert_eq!(got.json()[3]["errors"][0]["extensions"]["code"], "TIMEOUT");
}

#[tokio::test]
async fn more_than_can_be_worked_on_is_turned_away() {
    let door = door_with(HttpSettings {
        request_timeout_ms: 5_000,
        ..quick()
    });
    let busy = send(&door, query("{ slow(milliseconds: 400) }"));
    let later = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        send(&door, query("{ hello }")).await
    };
    let (busy, turned_away) = tokio::join!(busy, later);
    assert_eq!(busy.status, StatusCode::OK);
    assert_eq!(
        (turned_away.status, turned_away.code()),
        (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE".to_owned())
    );
    assert_eq!(turned_away.header(header::RETRY_AFTER), "1");
    assert_eq!(
        send(&door, query("{ hello }")).await.status,
        StatusCode::OK,
        "the place is free again"
    );
}

#[tokio::test]
async fn a_slow_body_holds_no_place() {
    let door = door_with(HttpSettings {
        body_timeout_ms: 5_000,
        ..quick()
    });
    let never = stream::pending::<Result<Bytes, std::io::Error>>();
    let slow = tokio::time::timeout(
        Duration::from_millis(300),
        send(&door, post(Body::from_stream(never))),
    );
    let quick = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        send(&door, query("{ hello }")).await
    };
    let (_, quick) = tokio::join!(slow, quick);
    assert_eq!(quick.status, StatusCode::OK);
}

#[tokio::test]
async fn a_panic_is_answered_and_frees_its_place() {
    let door = door_with(quick());
    for _ in 0..3 {
        let got = send(&door, with(query("{ panics }"), "x-request-id", "p-1")).await;
        assert_eq!(
            (got.status, got.code()),
            (StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL".to_owned())
        );
        assert!(!got.text.contains("inside a resolver"));
        assert_eq!(got.header("x-request-id"), "p-1");
    }
}

#[tokio::test]
async fn hostile_bodies_are_answered_at_once() {
    let text = |text: String| json!({ "query": text }).to_string().into_bytes();
    let hostile: Vec<Vec<u8>> = vec![
        b"[".repeat(260_000),
        b"{\"a\":".repeat(50_000),
        [
            b"{\"query\":\"{hello}\",\"variables\":{\"a\":".as_slice(),
            &b"[".repeat(200_000),
        ]
        .concat(),
        br#"{"query":"{ hello(name: \"\ud800\") }"}"#.to_vec(),
        b"{\"query\":\"\xff\xfe\"}".to_vec(),
        b"{\"query\":\"{ hello }\0\"}".to_vec(),
        text("\0".repeat(1_000)),
        text("{ hello(name: \"\u{0}\") }".to_owned()),
        text("{a".repeat(60_000)),
        text(format!("{{ hello(name: {}", "[".repeat(100_000))),
        text(format!("query ($v: {}Int) {{ hello }}", "[".repeat(60_000))),
        text("\"\"\"".repeat(40_000)),
        text("#".repeat(130_000)),
        text("\u{feff}".repeat(40_000)),
        text(format!("{{ {} }}", "h: hello ".repeat(2_000))),
        b"\xef\xbb\xbf".repeat(10),
        Vec::new(),
    ];
    for body in hostile {
        let beginning = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let start = cpu_time::ThreadTime::now();
        let got = send(&door(), post(body)).await;
        assert!(
            start.elapsed() < Duration::from_millis(1_500),
            "in a debug build: {beginning}"
        );
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{beginning}: {}", got.text);
        assert!(got.text.len() < 5_000, "{beginning}");
        assert!(got.json()["errors"][0]["extensions"]["requestId"].is_string());
    }
    let got = send(&door(), post(text("\u{feff}{ hello }".to_owned()))).await;
    assert_eq!(got.status, StatusCode::OK);
}
