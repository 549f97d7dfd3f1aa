//! Methods, media types, sign-in, parameters, statuses.

use super::*;
use crate::http::ACTING_ORGANISATION;

#[tokio::test]
async fn a_query_is_answered() {
    let got = send(&door(), query("{ hello }")).await;
    assert_eq!(
        (got.status, got.json()["data"].clone()),
        (StatusCode::OK, json!({"hello": "hello "}))
    );
    assert_eq!(
        got.header(header::CONTENT_TYPE),
        "application/graphql-response+json; charset=utf-8"
    );
}

#[tokio::test]
async fn every_answer_carries_identifier_and_security_headers() {
    let requests = [
        query("{ hello }"),
        query("{"),
        get("/livez"),
        get("/nowhere"),
        get("/schema.graphql"),
    ];
    for request in requests {
        let got = send(&door(), request).await;
        assert_eq!(got.header("x-request-id").len(), 36);
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("referrer-policy"), "no-referrer");
        assert!(
            got.header("content-security-policy")
                .contains("frame-ancestors 'none'")
        );
        assert!(!got.header("cache-control").is_empty());
    }
    let got = send(&door(), query("{ hello }")).await;
    assert_eq!(got.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_clients_identifier_comes_back_in_header_and_error() {
    let got = send(&door(), with(query("{"), "x-request-id", "abc-1")).await;
    assert_eq!(got.header("x-request-id"), "abc-1");
    assert_eq!(
        got.json()["errors"][0]["extensions"],
        json!({"code": "GRAPHQL_PARSE_FAILED", "requestId": "abc-1"})
    );
}

#[tokio::test]
async fn methods_other_than_get_and_post_are_refused() {
    for method in ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"] {
        let mut request = query("{ hello }");
        *request.method_mut() = method.parse().unwrap();
        let got = send(&door(), request).await;
        assert_eq!(
            (got.status, got.header(header::ALLOW)),
            (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"),
            "{method}"
        );
    }
    let mut request = get("/livez");
    *request.method_mut() = "POST".parse().unwrap();
    assert_eq!(
        send(&door(), request).await.status,
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn get_runs_queries_and_never_mutations() {
    let door = door();
    let got = send(
        &door,
        get("/graphql?query=query(%24n%3AString)%7Bhello(name%3A%24n)%7D&variables=%7B%22n%22%3A%22x%22%7D"),
    )
    .await;
    assert_eq!(got.json()["data"]["hello"], "hello x");
    let got = send(&door, get("/graphql?query=mutation%7Bcount%7D")).await;
    assert_eq!(
        (got.status, got.header(header::ALLOW)),
        (StatusCode::METHOD_NOT_ALLOWED, "POST")
    );
    let got = send(&door, query("mutation { count }")).await;
    assert_eq!(got.json()["data"]["count"], 1, "the one before did not run");
}

#[tokio::test]
async fn media_types_are_negotiated() {
    let got = send(&door(), with(query("{ hello }"), "content-type", "text/plain")).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_REQUEST".to_owned())
    );
    let got = send(&door(), with(query("{ hello }"), "content-encoding", "gzip")).await;
    assert_eq!(got.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let got = send(&door(), with(query("{ hello }"), "accept", "text/html")).await;
    assert_eq!(got.status, StatusCode::NOT_ACCEPTABLE);
    let got = send(&door(), with(query("{ hello }"), "accept", "*/*")).await;
    assert_eq!(
        got.header(header::CONTENT_TYPE),
        "application/json; charset=utf-8"
    );
}

#[tokio::test]
async fn a_bad_token_is_refused_and_never_anonymous() {
    for token in [
        "Bearer bad",
        "Basic good",
        "Bearer",
        "good",
        "Bearer good good",
        "",
    ] {
        for mut request in [query("{ who }"), get("/graphql?query=%7Bwho%7D")] {
            request
                .headers_mut()
                .insert(header::AUTHORIZATION, token.parse().unwrap());
            let got = send(&door(), request).await;
            assert_eq!(
                (got.status, got.code()),
                (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED".to_owned()),
                "{token}"
            );
            assert!(
                got.header(header::WWW_AUTHENTICATE)
                    .starts_with("Bearer realm=\"roundtable\", error=\"invalid_token\"")
            );
        }
    }
    let got = send(&door(), with(query("{ who }"), "authorization", "Bearer good")).await;
    assert_eq!(got.json()["data"]["who"], "good/-");
    assert_eq!(
        send(&door(), query("{ who }")).await.json()["data"]["who"],
        "anonymous/-"
    );
}

#[tokio::test]
async fn a_caller_who_is_not_as_last_known_is_asked_for_anew() {
    let asked = |acting| {
        let request = with(query("{ who }"), "authorization", "Bearer good");
        with(request, ACTING_ORGANISATION, acting)
    };
    let got = send(&door(), asked("outdated")).await;
    assert_eq!(got.json()["data"]["who"], "good/renewed");
    let got = send(&door(), asked("revoked")).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::UNAUTHORIZED, "UNAUTHENTICATED".to_owned())
    );
    assert!(got.header(header::WWW_AUTHENTICATE).contains("invalid_token"));
}

#[tokio::test]
async fn a_bad_token_is_refused_before_the_body_is_read() {
    let request = with(post("{".repeat(300_000)), "authorization", "Bearer bad");
    assert_eq!(send(&door(), request).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_acting_organisation_is_passed_on() {
    let got = send(&door(), with(query("{ who }"), ACTING_ORGANISATION, "council")).await;
    assert_eq!(got.json()["data"]["who"], "anonymous/council");
    let got = send(&door(), with(query("{ who }"), ACTING_ORGANISATION, "nobody")).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::BAD_REQUEST, "BAD_REQUEST".to_owned())
    );
    let got = send(&door(), with(query("{ who }"), "authorization", "Bearer later")).await;
    assert_eq!(
        (got.status, got.header(header::RETRY_AFTER)),
        (StatusCode::SERVICE_UNAVAILABLE, "1")
    );
}

#[tokio::test]
async fn the_status_depends_on_what_the_client_accepts() {
    for (body, graphql, json, code) in [
        (json!({"query": "{"}), 400, 200, "GRAPHQL_PARSE_FAILED"),
        (
            json!({"query": "{ nothing }"}),
            400,
            200,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (
            json!({"query": "query ($n: Int!) { rows(first: $n) { nodes { number } } }"}),
            400,
            200,
            "VARIABLES_INVALID",
        ),
        (
            json!({"query": "{ rows(first: 1000) { nodes { number } } }"}),
            400,
            200,
            "INVALID_ARGUMENT",
        ),
        (json!({"query": "{".repeat(41)}), 400, 200, "LIMIT_EXCEEDED"),
        (
            json!({"query": "subscription { hello }"}),
            400,
            200,
            "GRAPHQL_VALIDATION_FAILED",
        ),
        (json!({"nothing": 1}), 400, 400, "BAD_REQUEST"),
    ] {
        for (accept, status) in [(GRAPHQL, graphql), ("application/json", json)] {
            let got = send(&door(), with(post(body.to_string()), "accept", accept)).await;
            assert_eq!(
                (got.status.as_u16(), got.code().as_str()),
                (status, code),
                "{body}"
            );
            assert!(got.json().get("data").is_none());
        }
    }
}

#[tokio::test]
async fn errors_of_fields_come_with_data_and_200() {
    let got = send(&door(), query("{ fails hello }")).await;
    assert_eq!(got.status, StatusCode::OK);
    assert_eq!(got.json()["data"], json!({"fails": null, "hello": "hello "}));
    assert_eq!(got.json()["errors"][0]["path"], json!(["fails"]));
}

#[tokio::test]
async fn the_normal_form_is_what_is_executed() {
    let text = "query Q($x: Boolean!, $v: Int) { ...F row { number } given(value: $v) row @include(if: $x) { ...G } } \
                fragment F on Query { row { number } } fragment G on Row { label }";
    for (variables, expected) in [
        (
            json!({"x": true}),
            json!({"row": {"number": 1, "label": "one"}, "given": "absent"}),
        ),
        (
            json!({"x": false, "v": null}),
            json!({"row": {"number": 1}, "given": "null"}),
        ),
    ] {
        let body = json!({"query": text, "variables": variables, "operationName": "Q"}).to_string();
        assert_eq!(send(&door(), post(body)).await.json()["data"], expected);
    }
    let got = send(&door(), query("{ row { label @skip(if: true) } }")).await;
    assert_eq!(got.json()["data"], json!({"row": {}}), "{}", got.text);
}

#[tokio::test]
async fn introspection_is_answered() {
    let got = send(
        &door(),
        query("{ __schema { queryType { name } } __type(name: \"Row\") { name isOneOf fields { name } } }"),
    )
    .await;
    assert_eq!(
        got.json()["data"]["__type"]["fields"][1]["name"],
        "label",
        "{}",
        got.text
    );
}

#[tokio::test]
async fn batches_run_in_order_and_one_error_does_not_stop_the_others() {
    let count = json!({"query": "mutation { count }"});
    let body = json!([count, {"query": "{"}, 7, count, {"query": "{ fails }"}, count]).to_string();
    let got = send(&door(), post(body)).await;
    assert_eq!(got.status, StatusCode::OK);
    let items = got.json();
    assert_eq!(items[0]["data"]["count"], 1);
    assert_eq!(
        items[1]["errors"][0]["extensions"]["code"],
        "GRAPHQL_PARSE_FAILED"
    );
    assert_eq!(items[2]["errors"][0]["extensions"]["code"], "BAD_REQUEST");
    assert_eq!(
        (
            items[3]["data"]["count"].clone(),
            items[5]["data"]["count"].clone()
        ),
        (json!(2), json!(3))
    );
    let body = vec![count; 11];
    let got = send(&door(), post(json!(body).to_string())).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::BAD_REQUEST, "BAD_REQUEST".to_owned())
    );
}

#[tokio::test]
async fn cost_is_told_and_limited_for_each_caller() {
    let door = door_with(HttpSettings {
        points_per_minute: 30,
        ..HttpSettings::default()
    });
    let ask = || query("{ rows(first: 19) { nodes { number } } }");
    let got = send(&door, ask()).await;
    assert_eq!(
        got.json()["extensions"]["cost"],
        json!({"requested": 20, "remaining": 10})
    );
    let got = send(&door, ask()).await;
    assert_eq!(
        (got.status, got.code()),
        (StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED".to_owned())
    );
    assert!(got.header(header::RETRY_AFTER).parse::<u64>().unwrap() >= 1);
    let got = send(&door, with(ask(), "authorization", "Bearer good")).await;
    assert_eq!(got.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_they_are_now_pays() {
    let door = door_with(HttpSettings {
        points_per_minute: 30,
        ..HttpSettings::default()
    });
    let ask = |acting| {
        let request = query("{ rows(first: 19) { nodes { number } } }");
        with(
            with(request, "authorization", "Bearer good"),
            ACTING_ORGANISATION,
            acting,
        )
    };
    let moved = send(&door, ask("moved")).await;
    assert_eq!(
        moved.json()["extensions"]["cost"],
        json!({"requested": 20, "remaining": 10}),
        "of their own points, not of those whom they left"
    );
    let left = send(&door, ask("stays")).await;
    assert_eq!(
        left.status,
        StatusCode::TOO_MANY_REQUESTS,
        "those whom they left paid for the first try"
    );
    let again = send(&door, ask("moved")).await;
    assert_eq!(again.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn health_and_contract_are_served() {
    assert_eq!(send(&door(), get("/livez")).await.text, "ok\n");
    assert_eq!(send(&door(), get("/readyz")).await.status, StatusCode::OK);
    let mut toy = toy::Toy::default();
    toy.is_ready = false;
    let sick = super::super::router(toy, HttpSettings::default(), axum::Router::new());
    let got = send(&sick, get("/readyz")).await;
    assert_eq!(
        (got.status, got.text.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    );

    let got = send(&door(), get("/schema.graphql")).await;
    assert!(got.text.contains("type Query"));
    let tag = got.header(header::ETAG).to_owned();
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let got = send(&door(), with(get("/schema.graphql"), "if-none-match", &known)).await;
        assert_eq!(
            (got.status, got.text.as_str(), got.header(header::ETAG)),
            (StatusCode::NOT_MODIFIED, "", &*tag)
        );
    }
    let got = send(
        &door(),
        with(get("/schema.graphql"), "if-none-match", "\"other\""),
    )
    .await;
    assert_eq!(got.status, StatusCode::OK);
}

#[tokio::test]
async fn browsers_of_other_origins_are_let_in_only_when_configured() {
    let preflight = || {
        let mut request = with(get("/graphql"), "origin", "https://app.example.org");
        *request.method_mut() = "OPTIONS".parse().unwrap();
        with(request, "access-control-request-method", "POST")
    };
    let allowed = "access-control-allow-origin";
    assert_eq!(send(&door(), preflight()).await.header(allowed), "");
    let settings = HttpSettings {
        cors_origins: vec!["https://app.example.org".to_owned()],
        ..HttpSettings::default()
    };
    let door = door_with(settings);
    assert_eq!(
        send(&door, preflight()).await.header(allowed),
        "https://app.example.org"
    );
    let got = send(&door, with(preflight(), "origin", "https://evil.example.org")).await;
    assert_eq!(got.header(allowed), "");
}
