//! What prepares a meeting: series, papers and when they are late, access needs (domain.md 2.1, 2.2 and 3).

use harness::{Client, both_databases, id};
use serde_json::{Value, json};

use super::{does, existing, on, refused, titles};

fn paper(item: &str, format: &str) -> Value {
    json!({
        "agendaItemId": id("agenda_item", item), "title": format!("In {format}"), "format": format,
        "mediaType": "text/plain", "body": "The same worker each visit.",
    })
}

async fn needs(client: &Client) -> Value {
    let query =
        "query($id: ID!) { meeting(id: $id) { accessNeeds { people communicationSupport dietary } } }";
    let answer = client
        .query(query, json!({ "id": id("meeting", "team-up next") }))
        .await;
    answer.data("/meeting/accessNeeds").clone()
}

both_databases! {
    async fn the_next_meetings_are_made_from_one(world: World) {
        let chair = world.client("board-chair");
        let input = json!({ "meetingId": id("meeting", "team-up next"), "recurrenceRule": "freq=monthly;byday=3mo", "count": 2 });
        let series = does(&chair, "meetingSeriesCreate", input.clone()).await;
        assert_eq!(series["recurrenceRule"], "FREQ=MONTHLY;BYDAY=3MO");
        let meetings = series["meetings"]["nodes"].as_array().unwrap();
        let times: Vec<_> = meetings.iter().map(|meeting| (meeting["startsAt"].clone(), meeting["endsAt"].clone(), meeting["status"].clone())).collect();
        // The clocks go forward on 29 March: ten o'clock is nine in UTC.
        assert_eq!(json!(times), json!([
            ["2026-03-16T10:00:00Z", "2026-03-16T12:00:00Z", "PUBLISHED"],
            ["2026-04-20T09:00:00Z", "2026-04-20T11:00:00Z", "DRAFT"],
            ["2026-05-18T09:00:00Z", "2026-05-18T11:00:00Z", "DRAFT"],
        ]));
        assert_eq!(meetings[2]["venue"], "canary meeting team-up next venue.");
        assert_eq!(refused(&chair, "meetingSeriesCreate", input).await, ["ALREADY_EXISTS at input.meetingId"]);
        let seen = world.client("anonymous").query(
            "query($id: ID!) { meetingSeries(id: $id) { meetings { totalCount } } }", json!({ "id": series["id"] })).await;
        assert_eq!(seen.data("/meetingSeries/meetings/totalCount"), 1, "drafts are the board's own");
    }

    /// Due a week before the meeting: what is not there in an accessible format by then is late, and stays so.
    async fn papers_are_due_in_an_accessible_format(world: World) {
        let chair = world.client("board-chair");
        let query = format!("{{ papers(filter: {{ isLate: true, meeting: \"{}\" }}) {{ nodes {{ title }} }} }}", id("meeting", "team-up next"));
        let standard = does(&chair, "paperAdd", paper("team-up next second", "STANDARD")).await;
        assert_eq!(titles(&chair, &query, "/papers").await, [""; 0], "it is not due yet");
        world.clock().advance_days(8);
        let late = ["canary paper team-up next proposed plan title.", "canary paper team-up next secret plan title.", "In STANDARD"];
        let mut found = titles(&chair, &query, "/papers").await;
        found.sort();
        let mut expected = late.map(ToOwned::to_owned).to_vec();
        expected.sort();
        assert_eq!(found, expected, "the open item has its easy-read version in time");
        let mut easy = paper("team-up next second", "EASY_READ");
        easy["originalId"] = standard["id"].clone();
        let easy = does(&chair, "paperAdd", easy).await;
        assert_eq!(titles(&chair, &query, "/papers").await.len(), 3, "too late is late");
        let mut again = paper("team-up next second", "AUDIO");
        again["originalId"] = easy["id"].clone();
        assert_eq!(refused(&chair, "paperAdd", again).await, ["RULE_BROKEN at input.originalId"]);
        let public = titles(&world.client("anonymous"), &query, "/papers").await;
        assert_eq!(public, ["In STANDARD"], "the public does not hear of the confidential one");
    }

    async fn what_is_taken_back_is_gone_for_the_public(world: World) {
        let member = world.client("board-member");
        let own = does(&member, "paperAdd", paper("team-up next proposed", "EASY_READ")).await;
        let elsewhere = refused(&member, "paperAdd", paper("team-up next open", "EASY_READ")).await;
        assert_eq!(elsewhere, ["FORBIDDEN at input"], "members add to what they put forward");
        let gone = does(&member, "paperWithdraw", on(&own, json!({}))).await;
        assert_eq!(gone["withdrawnAt"], "2026-03-02T09:00:00Z");
        assert_eq!(refused(&member, "paperWithdraw", on(&gone, json!({}))).await, ["ILLEGAL_TRANSITION at input.id"]);
        let plan = does(&world.client("board-chair"), "paperWithdraw", on(&existing("paper", "team-up next open plan"), json!({}))).await;
        let query = "query($id: ID!) { paper(id: $id) { title } }";
        let public = world.client("anonymous").query(query, json!({ "id": plan["id"] })).await;
        assert!(public.data("/paper").is_null(), "{}", public.text);
    }

    /// Two members and a visitor come, each with a need: counted for whoever runs the meeting, and for nobody else.
    async fn access_needs_are_totals_to_whoever_runs_the_meeting(world: World) {
        let totals = json!({ "people": 3, "communicationSupport": 3, "dietary": 0 });
        let nothing = json!({ "people": null, "communicationSupport": null, "dietary": null });
        for (viewer, found) in [
            ("board-chair", &totals), ("council-admin", &totals),
            ("board-member", &nothing), ("visitor", &nothing), ("anonymous", &nothing), ("platform-admin", &nothing),
        ] {
            assert_eq!(needs(&world.client(viewer)).await, *found, "{viewer}");
        }
        let sorry = on(&existing("attendance", "team-up next visitor"), json!({}));
        does(&world.client("visitor"), "attendanceSendApologies", sorry).await;
        assert_eq!(needs(&world.client("board-chair")).await["people"], 2, "who does not come is not counted");
    }

    /// With consent the chair arranges for a named need, and the person says whether it is met; without it there is nothing.
    async fn arrangements_are_confirmed_by_the_person(world: World) {
        let (chair, member) = (world.client("board-chair"), world.client("board-member"));
        let arrange = |person: &str| json!({
            "meetingId": id("meeting", "team-up next"), "accessNeedId": id("access_need", person), "arrangement": "Booked.",
        });
        let met = does(&chair, "accessNeedMetArrange", arrange("board-member")).await;
        assert_eq!(refused(&chair, "accessNeedMetArrange", arrange("board-member")).await, ["ALREADY_EXISTS at input.accessNeedId"]);
        assert_eq!(refused(&chair, "accessNeedMetArrange", arrange("visitor")).await, ["NOT_FOUND at input.accessNeedId"]);
        assert_eq!(refused(&chair, "accessNeedMetConfirm", on(&met, json!({}))).await, ["FORBIDDEN at input"]);
        let confirmed = does(&member, "accessNeedMetConfirm", on(&met, json!({}))).await;
        assert_eq!(confirmed["confirmedAt"], "2026-03-02T09:00:00Z");

        let withdraw = "mutation($input: ConsentWithdrawInput!) { consentWithdraw(input: $input) { userErrors { code path } } }";
        let consent = json!({ "input": { "id": id("consent", "board-member SHARE_ACCESS_NEEDS"), "expectedVersion": 1 } });
        assert_eq!(member.query(withdraw, consent).await.user_errors("consentWithdraw"), [""; 0]);
        let query = "query($id: ID!) { accessNeedMet(id: $id) { arrangement } }";
        let read = chair.query(query, json!({ "id": met["id"] })).await;
        assert!(read.data("/accessNeedMet").is_null(), "withdrawn consent hides it from the next query");

        let delete = "mutation($input: AccessNeedDeleteInput!) { accessNeedDelete(input: $input) { userErrors { code path } } }";
        let need = json!({ "input": { "id": id("access_need", "board-member"), "expectedVersion": 1 } });
        assert_eq!(member.query(delete, need).await.user_errors("accessNeedDelete"), [""; 0]);
        assert_eq!(world.rows().await.access_need_met.len(), 2, "what was arranged goes with the need");
    }
}
