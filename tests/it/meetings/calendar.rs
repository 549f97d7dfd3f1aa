//! Calendar feeds: their addresses, and what stands in them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use harness::{World, both_databases, id};
use http_body_util::BodyExt;
use roundtable_api::events::READ;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tower::ServiceExt;

struct Got {
    status: StatusCode,
    tag: Option<String>,
    text: String,
}

/// A calendar as a program gets it.
pub async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let got = fetch(world, path, headers).await;
    (got.status.as_u16(), got.text)
}

async fn fetch(world: &World, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::get(path).header("x-request-id", "the-same");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = world.node().router.clone();
    let response = router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let tag = response
        .headers()
        .get(header::ETAG)
        .map(|tag| tag.to_str().unwrap().to_owned());
    let status = response.status();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    Got {
        status,
        tag,
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

async fn send(world: &World, viewer: &str, mutation: &str, input: Value) -> Value {
    let kind = format!("C{}Input!", &mutation[1..]);
    let path = if mutation.ends_with("Revoke") { "" } else { "path" };
    let query = format!(
        "mutation($input: {kind}) {{ answer: {mutation}(input: $input) {{ {path} calendarFeed {{ id version revokedAt }} \
         userErrors {{ code path }} }} }}"
    );
    let answer = world
        .client(viewer)
        .query(&query, json!({ "input": input }))
        .await;
    answer.data("/answer").clone()
}

/// A new feed of somebody, and its address.
pub async fn feed(world: &World, viewer: &str) -> (Value, String) {
    let made = send(
        world,
        viewer,
        "calendarFeedCreate",
        json!({ "name": "Telephone" }),
    )
    .await;
    let path = made["path"]
        .as_str()
        .unwrap_or_else(|| panic!("{made}"))
        .to_owned();
    (made["calendarFeed"].clone(), path)
}

fn value(file: &str, name: &str) -> Vec<String> {
    let unfolded = file.replace("\r\n ", "");
    let lines = unfolded
        .split("\r\n")
        .filter_map(|line| line.strip_prefix(&format!("{name}:")));
    lines.map(str::to_owned).collect()
}

/// The names of the world's meetings and events that a calendar shows, in order.
fn shown(file: &str) -> Vec<String> {
    let titles = value(file, "SUMMARY");
    let name = |title: &String| {
        let (_, rest) = title
            .split_once("canary meeting ")
            .or_else(|| title.split_once("canary event "))?;
        rest.strip_suffix(" title.").map(str::to_owned)
    };
    titles
        .iter()
        .map(|title| name(title).unwrap_or_else(|| panic!("{title}")))
        .collect()
}

async fn execute(world: &World, sql: &str) {
    let database = world.connection();
    database
        .execute_raw(Statement::from_string(database.get_database_backend(), sql))
        .await
        .unwrap();
}

const ANNOUNCED: [&str; 5] = [
    "team-up first",
    "team-up second",
    "team-up held",
    "team-up started",
    "team-up next",
];

both_databases! {
    async fn a_calendar_shows_announced_meetings_of_ones_own(world: World) {
        let with_workshop = ["team-up first", "team-up second", "workshop", "team-up held", "team-up started", "team-up next"];
        for (viewer, expected, and_with_a_token) in [
            // Who waits for a place has none.
            ("board-member", &ANNOUNCED[..], None),
            ("board-chair", &with_workshop, None),
            // Asked to one meeting, and no more, with a place at two events.
            ("visitor", &["workshop", "team-up next", "showcase"], None),
            ("researcher", &["quiet next"], None),
            // The board's host reads its meetings, and they are not their own; what the organisation hosts is. An address opens no
            // role, and tells of none.
            ("council-admin", &[], Some(&["workshop", "showcase", "both"][..])),
            ("user-led-admin", &[], Some(&["both"])),
            ("platform-admin", &[], None),
            ("stranger", &[], Some(&["fernley"])),
        ] {
            let (_, path) = feed(&world, viewer).await;
            let by_address = fetch(&world, &path, &[]).await;
            assert_eq!(by_address.status, StatusCode::OK);
            assert_eq!(shown(&by_address.text), expected, "{viewer}");
            let token = format!("Bearer {}", world.client(viewer).token().unwrap());
            let by_token = fetch(&world, "/calendar.ics", &[("authorization", &token)]).await;
            match and_with_a_token {
                None => assert_eq!(by_token.text, by_address.text, "{viewer}"),
                Some(expected) => assert_eq!(shown(&by_token.text), expected, "{viewer}"),
            }
        }
    }

    /// Of all canaries only what boards and meetings are called, and where they meet.
    async fn nothing_confidential_stands_in_it(world: World) {
        let (_, path) = feed(&world, "board-chair").await;
        let (_, file) = get(&world, &path, &[]).await;
        let file = file.replace("\r\n ", "");
        let canaries: Vec<_> = file.match_indices("canary ").map(|(place, _)| {
            let text = &file[place + 7..];
            &text[..text.find('.').unwrap()]
        }).collect();
        assert!(canaries.len() >= 15, "{file}");
        for canary in canaries {
            let is_open = (canary.starts_with("board ") && canary.ends_with(" name"))
                || ((canary.starts_with("meeting ") || canary.starts_with("event "))
                    && (canary.ends_with(" title") || canary.ends_with(" venue")));
            assert!(is_open, "{canary}");
        }
        // The world's links are no links.
        assert!(!file.contains("URL:"), "{file}");
    }

    async fn an_address_is_shown_once_and_kept_as_a_hash(world: World) {
        let (made, path) = feed(&world, "board-member").await;
        let secret = path.trim_start_matches("/calendar/").trim_end_matches(".ics").to_owned();
        assert!(secret.starts_with("rtc_") && secret.len() == 47, "{secret}");
        let input = json!({ "name": "Tablet", "idempotencyKey": "tablet-number-1" });
        let first = send(&world, "board-member", "calendarFeedCreate", input.clone()).await;
        let again = send(&world, "board-member", "calendarFeedCreate", input).await;
        assert!(first["path"].is_string() && again["path"].is_null());
        assert_eq!(first["calendarFeed"], again["calendarFeed"]);
        let kept = format!("{:?}", world.rows().await);
        assert!(!kept.contains(&secret), "the secret itself is kept");
        let own = "{ calendarFeeds(first: 10) { nodes { id name revokedAt person { id } } } }";
        let feeds = world.client("board-member").query(own, Value::Null).await;
        let feeds = feeds.data("/calendarFeeds/nodes").as_array().unwrap().clone();
        assert_eq!(feeds.len(), 4);
        assert!(feeds.iter().any(|feed| feed["id"] == made["id"]));
        for other in ["board-chair", "platform-admin", "anonymous"] {
            let feeds = world.client(other).query(own, Value::Null).await;
            assert_eq!(feeds.data("/calendarFeeds/nodes"), &json!([]), "{other}");
        }
        let audited = world.rows().await.audit_event;
        let audited: Vec<_> = audited.iter().filter(|entry| entry.action.starts_with("calendar_feed")).collect();
        assert_eq!(audited.len(), 2);
        assert!(audited.iter().all(|entry| entry.acting_organisation_id.is_none()));
        assert!(!format!("{audited:?}").contains("Telephone"));
    }

    async fn rotation_and_revocation_count_from_the_next_request(world: World) {
        let nowhere = get(&world, "/nowhere", &[]).await;
        assert_eq!(nowhere.0, 404);
        let (made, first) = feed(&world, "board-member").await;
        assert_eq!(get(&world, &first, &[]).await.0, 200);
        let input = json!({ "id": made["id"], "expectedVersion": 1 });
        let rotated = send(&world, "board-member", "calendarFeedRotate", input).await;
        let second = rotated["path"].as_str().unwrap().to_owned();
        assert_eq!(get(&world, &first, &[]).await, nowhere);
        assert_eq!(get(&world, &second, &[]).await.0, 200);
        let input = json!({ "id": made["id"], "expectedVersion": 2 });
        let revoked = send(&world, "board-member", "calendarFeedRevoke", input).await;
        assert!(revoked["calendarFeed"]["revokedAt"].is_string(), "{revoked}");
        assert_eq!(get(&world, &second, &[]).await, nowhere);
        for mutation in ["calendarFeedRevoke", "calendarFeedRotate"] {
            let input = json!({ "id": made["id"], "expectedVersion": 3 });
            let again = send(&world, "board-member", mutation, input).await;
            assert_eq!(again["userErrors"][0]["code"], "ILLEGAL_TRANSITION", "{mutation}");
        }
        let wrong = format!("{}x.ics", &second[..second.len() - 5]);
        assert_eq!(get(&world, &wrong, &[]).await, nowhere);
    }

    /// What ends for the person ends for the calendar: a seat, the account, the person.
    async fn a_calendar_reads_as_the_person_does_now(world: World) {
        let (_, member) = feed(&world, "board-member").await;
        let (_, visitor) = feed(&world, "visitor").await;
        execute(&world, "UPDATE board_membership SET stage = 'ENDED', end_reason = 'TERM_EXPIRED', to_on = '2026-03-01' \
            WHERE stage = 'ACTIVE'").await;
        let (status, file) = get(&world, &member, &[]).await;
        assert_eq!(status, 200);
        assert!(shown(&file).iter().all(|name| name != "team-up first"), "{:?}", shown(&file));
        execute(&world, "UPDATE user_account SET status = 'SUSPENDED' WHERE subject = 'board-member'").await;
        assert_eq!(get(&world, &member, &[]).await.0, 404);
        let input = json!({ "id": id("person", "visitor"), "expectedVersion": 1 });
        let erased = world.client("visitor").query(
            "mutation($input: PersonAnonymiseInput!) { personAnonymise(input: $input) { userErrors { message } } }",
            json!({ "input": input }),
        ).await;
        assert_eq!(erased.data("/personAnonymise/userErrors"), &json!([]));
        assert_eq!(get(&world, &visitor, &[]).await.0, 404);
        let left = world.rows().await.calendar_feed;
        assert!(left.iter().all(|feed| feed.person_id != harness::uuid("person", "visitor").into()));
    }

    async fn a_calendar_changes_when_a_meeting_does(world: World) {
        let (_, path) = feed(&world, "board-member").await;
        let first = fetch(&world, &path, &[]).await;
        let tag = first.tag.unwrap();
        let same = fetch(&world, &path, &[("if-none-match", &tag)]).await;
        assert_eq!((same.status, same.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
        let input = json!({ "id": id("meeting", "team-up next"), "expectedVersion": 1, "reason": "Snow" });
        let cancelled = world.client("board-chair").query(
            "mutation($input: MeetingCancelInput!) { meetingCancel(input: $input) { userErrors { message } } }",
            json!({ "input": input }),
        ).await;
        assert_eq!(cancelled.data("/meetingCancel/userErrors"), &json!([]));
        let changed = fetch(&world, &path, &[("if-none-match", &tag)]).await;
        assert_eq!(changed.status, StatusCode::OK);
        assert_eq!(value(&changed.text, "STATUS").iter().filter(|status| *status == "CANCELLED").count(), 1);
        assert_eq!(value(&changed.text, "UID"), value(&first.text, "UID"));
        let (before, after) = (value(&first.text, "SEQUENCE"), value(&changed.text, "SEQUENCE"));
        assert_eq!((before.last().unwrap().as_str(), after.last().unwrap().as_str()), ("0", "1"));
        assert!(!changed.text.contains("Snow"));
        // A day in which nothing happens leaves it as it is, half a year shows other meetings.
        world.clock().advance_days(1);
        assert_eq!(fetch(&world, &path, &[("if-none-match", changed.tag.as_deref().unwrap())]).await.status, 304);
        world.clock().advance_days(100);
        assert_eq!(shown(&get(&world, &path, &[]).await.1), ["team-up next"]);
    }

    /// An event that does not take place says so; who gives up their place, and whose organisation hosts it no more, loses it.
    async fn a_calendar_changes_when_an_event_does(world: World) {
        let (_, visitor) = feed(&world, "visitor").await;
        let token = format!("Bearer {}", world.client("council-admin").token().unwrap());
        let of_council = async || get(&world, "/calendar.ics", &[("authorization", &token)]).await.1;
        let change = async |viewer: &str, mutation: &str, input: Value| {
            let (first, rest) = mutation.split_at(1);
            let query = format!(
                "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ userErrors {{ message }} }} }}",
                first.to_uppercase()
            );
            let answer = world.client(viewer).query(&query, json!({ "input": input })).await;
            assert_eq!(answer.data(&format!("/{mutation}/userErrors")), &json!([]), "{}", answer.text);
        };
        let cancelled = json!({ "id": id("event", "showcase"), "expectedVersion": 1, "reason": "Snow" });
        change("council-admin", "eventCancel", cancelled).await;
        let (_, file) = get(&world, &visitor, &[]).await;
        assert_eq!(shown(&file), ["workshop", "team-up next", "showcase"]);
        assert_eq!(value(&file, "STATUS"), ["CONFIRMED", "CONFIRMED", "CANCELLED"]);
        assert_eq!(value(&file, "SEQUENCE"), ["0", "0", "1"]);
        assert!(!file.contains("Snow"));
        assert_eq!(value(&of_council().await, "STATUS"), ["CONFIRMED", "CANCELLED", "CONFIRMED"]);
        change("visitor", "eventRegister", json!({ "eventId": id("event", "both") })).await;
        assert_eq!(shown(&get(&world, &visitor, &[]).await.1), ["workshop", "team-up next", "showcase", "both"]);
        let places = world.rows().await.event_attendance;
        let both = places.iter().find(|of| of.event_id == harness::uuid("event", "both").into()).unwrap();
        let place = roundtable_api::planner::global_id::encode("event_attendance", both.id.0);
        change("visitor", "eventAttendanceSendApologies", json!({ "id": place, "expectedVersion": 1 })).await;
        assert_eq!(shown(&get(&world, &visitor, &[]).await.1), ["workshop", "team-up next", "showcase"]);
        change("council-admin", "eventHostLeave", json!({ "id": id("event_host", "both ashdown-council"), "expectedVersion": 1 })).await;
        assert_eq!(shown(&of_council().await), ["workshop", "showcase"]);
        // Who administers the host no more hosts nothing.
        execute(&world, "UPDATE role_grant SET valid_to = '2026-03-01T00:00:00Z' WHERE role = 'ORGANISATION_ADMIN'").await;
        assert_eq!(shown(&of_council().await), [""; 0]);
    }

    async fn settings_say_how_much_there_is(engine: Engine) {
        let world = World::new(engine, harness::Template::World, |settings| {
            settings.calendar.past_days = 20;
            settings.calendar.future_days = 5;
            settings.calendar.page_meetings = 1;
            settings.calendar.most_meetings = 2;
            settings.calendar.feeds_per_person = 2;
        }).await;
        let (_, path) = feed(&world, "board-member").await;
        assert_eq!(shown(&get(&world, &path, &[]).await.1), ["team-up held", "team-up started"]);
        let third = send(&world, "board-member", "calendarFeedCreate", json!({ "name": "Third" })).await;
        assert_eq!(third["userErrors"][0]["code"], "LIMIT_EXCEEDED", "one was there, and one is stopped");
        world.close().await;
    }

    async fn only_people_have_calendars(world: World) {
        let query = "mutation { calendarFeedCreate(input: { name: \"x\" }) { path userErrors { code } } }";
        let service = world.client("service-account").query(query, Value::Null).await;
        assert_eq!(service.data("/calendarFeedCreate/userErrors/0/code"), "FORBIDDEN");
        assert_eq!(service.data("/calendarFeedCreate/path"), &Value::Null);
        let nobody = world.client("anonymous").query(query, Value::Null).await;
        assert_eq!(nobody.error_code(), Some("UNAUTHENTICATED"));
        let reads = world.rows().await.audit_event.iter().filter(|entry| entry.action == READ).count();
        let (_, path) = feed(&world, "board-chair").await;
        get(&world, &path, &[]).await;
        let after = world.rows().await.audit_event.iter().filter(|entry| entry.action == READ).count();
        assert_eq!(reads, after, "a calendar shows no special-category data");
    }
}
