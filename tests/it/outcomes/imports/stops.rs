//! An import goes on where it was stopped, and is done once however many work at it.

use chrono::TimeDelta;
use harness::{Engine, Template, World, both_databases, id};
use roundtable_api::jobs::{JobSettings, Jobs};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::contract::audit::verify;

fn months(count: usize) -> Vec<String> {
    let service = id("service", "birch-house-support");
    let month = |place: usize| {
        let (year, month) = (2021 + place / 12, place % 12 + 1);
        format!(
            "{service},{year}-{month:02}-01,{year}-{month:02}-28,{}",
            place % 100
        )
    };
    (0..count).map(month).collect()
}

async fn by_twos(engine: Engine, seconds: u32) -> World {
    World::new(engine, Template::World, |settings| {
        settings.imports.partner_rows_at_once = 2;
        settings.imports.partner_turn_seconds = seconds;
    })
    .await
}

/// Each figure is there once, the counts are those of the file, and the trace is whole.
async fn assert_done_once(world: &World, id: &serde_json::Value, rows: usize) {
    let done = import(world, "council-admin", id).await;
    assert_eq!(done["status"], "COMPLETED", "{done}");
    let rows = rows.to_string();
    assert_eq!(counts(&done), [rows.as_str(), "0", rows.as_str(), "0"]);
    let all = world.rows().await;
    let made = all
        .observation
        .iter()
        .filter(|row| row.import_batch_id.is_some() && row.created_by.is_some());
    assert_eq!(made.count().to_string(), rows);
    assert_eq!(verify(&all.audit_event), Ok(()));
}

both_databases! {
    /// Stopped after each part, it goes on with the next, and never begins again.
    async fn it_goes_on_where_it_was_stopped(engine: Engine) {
        let world = by_twos(engine, 0).await;
        let media = upload(&world, "council-admin", "text/csv", csv(&months(7)).as_bytes()).await;
        let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        for read in ["2", "4", "6"] {
            turn(&world).await;
            let now = import(&world, "council-admin", &begun["id"]).await;
            assert_eq!((now["status"].as_str(), now["rowsRead"].as_str()), (Some("RUNNING"), Some(read)));
        }
        turn(&world).await;
        assert_done_once(&world, &begun["id"], 7).await;
        world.close().await;
    }

    /// A row that comes twice is known by what was read before the stop.
    async fn a_stop_does_not_hide_a_row_that_comes_twice(engine: Engine) {
        let world = by_twos(engine, 0).await;
        let mut rows = months(4);
        rows.push(rows[0].clone());
        let more = json!({ "correctionReason": "Counted again." });
        let done = imported(&world, "council-admin", "ashdown-council", &csv(&rows), more).await;
        assert_eq!(counts(&done), ["5", "1", "4", "0"]);
        assert_eq!(errors(&world, "council-admin", &done["id"]).await, ["6 - DUPLICATE"]);
        world.close().await;
    }

    /// Two that work at once do each part once.
    async fn two_at_once_do_it_once(engine: Engine) {
        let world = by_twos(engine, 60).await;
        let media = upload(&world, "council-admin", "text/csv", csv(&months(40)).as_bytes()).await;
        let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        let imports = world.node().app.imports().unwrap();
        let stop = CancellationToken::new();
        let (here, there) = (Mutex::new(()), Mutex::new(()));
        let (one, other) = tokio::join!(imports.turn(&stop, &here), imports.turn(&stop, &there));
        one.unwrap();
        other.unwrap();
        work(&world).await;
        assert_done_once(&world, &begun["id"], 40).await;
        world.close().await;
    }

    /// A node begins at once when somebody asks, without waiting for its rhythm; told to stop, it brings its part to the end.
    async fn a_node_begins_at_once(engine: Engine) {
        let world = by_twos(engine, 60).await;
        let stop = CancellationToken::new();
        let settings = JobSettings { period_seconds: 86_400 };
        let jobs = Jobs::start(&world.node().app, &settings, &stop);
        let media = upload(&world, "council-admin", "text/csv", csv(&months(9)).as_bytes()).await;
        let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        for _ in 0..600 {
            if import(&world, "council-admin", &begun["id"]).await["status"] != "RUNNING" {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_done_once(&world, &begun["id"], 9).await;
        stop.cancel();
        jobs.ended().await;
        world.close().await;
    }

    /// Too many refusals end an import, so that a file of nonsense does not fill the database.
    async fn a_file_of_nonsense_is_ended(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.imports.partner_rows_at_once = 2;
            settings.imports.most_refused = 3;
        }).await;
        let rows: Vec<_> = (0..20).map(|row| format!("nothing{row},2025-01-01,2025-01-31,60")).collect();
        let done = imported(&world, "council-admin", "ashdown-council", &csv(&rows), json!({})).await;
        assert_eq!((done["status"].as_str(), counts(&done)), (Some("FAILED"), ["4", "4", "0", "0"]));
        assert!(done["failure"].as_str().unwrap().starts_with("More than 3 rows were refused."), "{done}");
        world.close().await;
    }

    /// What keeps failing on our side is tried some times, and ended then; a part that is read begins the count anew.
    async fn what_keeps_failing_is_ended(engine: Engine) {
        let world = World::new(engine, Template::World, |settings| {
            settings.imports.partner_rows_at_once = 2;
            settings.imports.partner_turn_seconds = 0;
            settings.imports.partner_attempts = 2;
        }).await;
        let table = csv(&months(7));
        let media = upload(&world, "council-admin", "text/csv", table.as_bytes()).await;
        let begun = begin(&world, "council-admin", &media, "ashdown-council", json!({})).await;
        let objects = world.node().app.media().unwrap().objects().clone();
        let name = objects.names().await.unwrap().pop().unwrap();
        let state = async || {
            let now = import(&world, "council-admin", &begun["id"]).await;
            [&now["status"], &now["rowsRead"], &now["failure"]].map(|value| value.as_str().unwrap_or("-").to_owned())
        };
        objects.remove(&name).await.unwrap();
        turn(&world).await;
        assert_eq!(state().await, ["RUNNING", "0", "-"]);
        objects.put(&name, table.clone().into_bytes().into()).await.unwrap();
        turn(&world).await;
        assert_eq!(state().await, ["RUNNING", "0", "-"], "it rests");
        world.clock().advance(TimeDelta::seconds(30));
        turn(&world).await;
        objects.remove(&name).await.unwrap();
        turn(&world).await;
        assert_eq!(state().await, ["RUNNING", "2", "-"], "it has got on since it failed before");
        world.clock().advance(TimeDelta::seconds(30));
        turn(&world).await;
        assert_eq!(state().await, ["FAILED", "2", "Something went wrong on our side. Ask again."]);
        world.close().await;
    }

    /// One organisation after the other: many imports of one do not make another wait.
    async fn organisations_take_turns(engine: Engine) {
        let world = by_twos(engine, 0).await;
        let mut first = Vec::new();
        for number in 0..3 {
            let mut rows = months(4);
            rows.rotate_left(number);
            let media = upload(&world, "council-admin", "text/csv", csv(&rows).as_bytes()).await;
            first.push(begin(&world, "council-admin", &media, "ashdown-council", json!({})).await);
        }
        let media = upload(&world, "provider-user", "text/csv", csv(&months(4)).as_bytes()).await;
        let other = begin(&world, "provider-user", &media, "birch-care", json!({})).await;
        turn(&world).await;
        assert_eq!(import(&world, "provider-user", &other["id"]).await["rowsRead"], "2");
        for (batch, read) in first.iter().zip(["2", "0", "0"]) {
            assert_eq!(import(&world, "council-admin", &batch["id"]).await["rowsRead"], read);
        }
        work(&world).await;
        for batch in &first {
            assert_eq!(import(&world, "council-admin", &batch["id"]).await["status"], "COMPLETED");
        }
        world.close().await;
    }
}
