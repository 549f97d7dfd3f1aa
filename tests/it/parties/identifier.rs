//! Codes of organisations and sites, end to end.

use entity::id::SiteId;
use entity::parties::kinds::{OrganisationStatus, Role};
use entity::parties::{organisation, organisation_identifier, site, site_identifier};
use harness::{World, both_databases};
use sea_orm::Set;
use sea_orm::prelude::Uuid;
use serde_json::{Value as Json, json};

use super::ground::{Ground, global};

/// Two organisations with an administrator each, the second one hidden, and a site of each.
struct Parties {
    test: Ground,
    /// Organisation and site, by what their ids are called in inputs.
    own: [(&'static str, String); 2],
    hidden: [(&'static str, String); 2],
}

impl Parties {
    async fn over(world: World) -> Self {
        let test = Ground::over(world).await;
        let own = Self::organisation(&test, "admin", OrganisationStatus::Active).await;
        let hidden = Self::organisation(&test, "newcomer", OrganisationStatus::Pending).await;
        Self { test, own, hidden }
    }

    async fn organisation(
        test: &Ground,
        admin: &str,
        status: OrganisationStatus,
    ) -> [(&'static str, String); 2] {
        let organisation = test.organisation("Speak Up", status).await;
        let scope = Some(organisation.id);
        test.user_with(admin, Role::OrganisationAdmin, scope).await;
        let row = site::ActiveModel {
            id: Set(SiteId::new()),
            organisation_id: Set(organisation.id),
            name: Set("The Old School".into()),
            ..Default::default()
        };
        let site = test.insert(row).await;
        [
            ("organisationId", global::<organisation::Entity>(organisation.id)),
            ("siteId", global::<site::Entity>(site.id)),
        ]
    }

    /// Runs a mutation of one of the two kinds of codes.
    async fn run(&self, viewer: &str, kind: usize, verb: &str, input: Json) -> (Json, Vec<String>) {
        let object = ["organisationIdentifier", "siteIdentifier"][kind];
        let fields = "id value version validTo";
        self.test
            .mutate(viewer, &format!("{object}{verb}"), object, fields, input)
            .await
    }
}

fn code(of: &(&'static str, String), value: &str) -> Json {
    json!({ of.0: of.1, "scheme": "ODS", "value": value })
}

both_databases! {
    async fn a_code_is_added_in_its_normal_form_and_ended(world: World) {
        let world = Parties::over(world).await;
        for kind in 0..2 {
            let (added, errors) = world
                .run("admin", kind, "Add", code(&world.own[kind], "a1 b2c"))
                .await;
            assert_eq!((&added["value"], errors), (&json!("A1B2C"), vec![]));
            let end = json!({ "id": added["id"], "expectedVersion": 1, "validTo": "2026-02-28" });
            let (ended, errors) = world.run("admin", kind, "End", end.clone()).await;
            assert_eq!((&ended["validTo"], errors), (&json!("2026-02-28"), vec![]));
            let (now, errors) = world.run("admin", kind, "End", end).await;
            assert_eq!(
                (&now["version"], errors),
                (&json!(2), vec!["CONFLICT expectedVersion".to_owned()])
            );
            let end = json!({ "id": added["id"], "expectedVersion": 2, "validTo": "2026-03-03" });
            let (_, errors) = world.run("admin", kind, "End", end).await;
            assert_eq!(errors, ["EXPIRED id", "OUT_OF_RANGE validTo"]);
        }
        assert_eq!(
            world.test.actions().await,
            [
                "organisation_identifier.add",
                "organisation_identifier.end",
                "site_identifier.add",
                "site_identifier.end"
            ]
        );
    }

    async fn a_code_stands_for_one_at_a_time_whoever_holds_it(world: World) {
        let world = Parties::over(world).await;
        for kind in 0..2 {
            let (held, _) = world
                .run("newcomer", kind, "Add", code(&world.hidden[kind], "A1B2C"))
                .await;
            let (_, errors) = world
                .run("admin", kind, "Add", code(&world.own[kind], "a1b2c"))
                .await;
            assert_eq!(errors, ["ALREADY_EXISTS value"]);
            let end = json!({ "id": held["id"], "expectedVersion": 1, "validTo": "2026-02-28" });
            world.run("newcomer", kind, "End", end).await;
            let mut after = code(&world.own[kind], "a1b2c");
            after["validFrom"] = json!("2026-03-01");
            let (_, errors) = world.run("admin", kind, "Add", after).await;
            assert_eq!(errors, Vec::<String>::new());
        }
    }

    async fn of_two_who_take_a_code_at_once_one_gets_it(world: World) {
        let world = Parties::over(world).await;
        for kind in 0..2 {
            // Codes that have ended are not kept apart by an index.
            let past = |of: &(&'static str, String)| {
                let mut input = code(of, "A1B2C");
                input["validTo"] = json!("2026-02-28");
                input
            };
            let (one, other) = tokio::join!(
                world.run("admin", kind, "Add", past(&world.own[kind])),
                world.run("newcomer", kind, "Add", past(&world.hidden[kind])),
            );
            let mut errors = [one.1, other.1];
            errors.sort();
            assert_eq!(errors, [vec![], vec!["ALREADY_EXISTS value".to_owned()]]);
        }
    }

    async fn everything_wrong_with_a_code_is_said_at_once(world: World) {
        let world = Parties::over(world).await;
        for kind in 0..2 {
            let mut input = code(&world.hidden[kind], "?");
            input["validFrom"] = json!("2026-03-01");
            input["validTo"] = json!("2026-02-28");
            let (_, errors) = world.run("admin", kind, "Add", input).await;
            let not_found = format!("NOT_FOUND {}", world.hidden[kind].0);
            assert_eq!(
                errors,
                [not_found.as_str(), "INVALID_FORMAT value", "OUT_OF_RANGE validTo"]
            );
        }
    }

    async fn what_is_hidden_looks_like_what_is_not_there(world: World) {
        let world = Parties::over(world).await;
        let nothing = Uuid::from_u128(7);
        let absent = [
            [
                global::<organisation::Entity>(nothing),
                global::<organisation_identifier::Entity>(nothing),
            ],
            [
                global::<site::Entity>(nothing),
                global::<site_identifier::Entity>(nothing),
            ],
        ];
        for (kind, absent) in absent.iter().enumerate() {
            let hidden = code(&world.hidden[kind], "A1B2C");
            let missing = code(&(world.hidden[kind].0, absent[0].clone()), "A1B2C");
            let hidden_answer = world.run("admin", kind, "Add", hidden.clone()).await;
            assert_eq!(hidden_answer, world.run("admin", kind, "Add", missing).await);
            assert_eq!(hidden_answer.1, [format!("NOT_FOUND {}", world.hidden[kind].0)]);

            let (held, _) = world.run("newcomer", kind, "Add", hidden).await;
            let end = |id: &Json| json!({ "id": id, "expectedVersion": 1 });
            let hidden_answer = world.run("admin", kind, "End", end(&held["id"])).await;
            assert_eq!(
                hidden_answer,
                world
                    .run("admin", kind, "End", end(&json!(absent[1])))
                    .await
            );
            assert_eq!(hidden_answer.1, ["NOT_FOUND id"]);

            let (own, _) = world
                .run("admin", kind, "Add", code(&world.own[kind], "B1B2C"))
                .await;
            let (_, errors) = world.run("newcomer", kind, "End", end(&own["id"])).await;
            assert_eq!(errors, ["FORBIDDEN "]);
            let (_, errors) = world
                .run("newcomer", kind, "Add", code(&world.own[kind], "C1B2C"))
                .await;
            assert_eq!(errors, ["FORBIDDEN "]);
        }
    }

    async fn the_same_code_sent_twice_is_added_once(world: World) {
        let world = Parties::over(world).await;
        for kind in 0..2 {
            let mut input = code(&world.own[kind], "A1B2C");
            input["idempotencyKey"] = json!("one-code-once");
            let (first, errors) = world.run("admin", kind, "Add", input.clone()).await;
            assert_eq!(errors, Vec::<String>::new());
            let (again, errors) = world.run("admin", kind, "Add", input).await;
            assert_eq!((again, errors), (first, vec![]));
        }
    }
}
