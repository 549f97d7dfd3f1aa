//! Registering, changing and closing organisations, end to end.

use entity::parties::kinds::{OrganisationStatus, Role};
use entity::parties::{organisation, organisation_identifier};
use entity::platform::audit_event;
use harness::{World, both_databases};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};
use serde_json::{Value as Json, json};

use super::ground::{Ground, global};

const FIELDS: &str = "id name status version summary parent { id } successor { id } closedOn";

/// A platform administrator, and an active and a pending organisation with their administrators.
struct Parties {
    test: Ground,
    active: organisation::Model,
    pending: organisation::Model,
}

impl Parties {
    async fn over(world: World) -> Self {
        let test = Ground::over(world).await;
        let active = test.organisation("Speak Up", OrganisationStatus::Active).await;
        let pending = test.organisation("New Voices", OrganisationStatus::Pending).await;
        test.user_with("platform", Role::PlatformAdmin, None).await;
        for (name, organisation) in [("admin", &active), ("newcomer", &pending)] {
            let scope = Some(organisation.id);
            test.user_with(name, Role::OrganisationAdmin, scope).await;
        }
        test.user("somebody").await;
        Self {
            test,
            active,
            pending,
        }
    }

    async fn run(&self, viewer: &str, mutation: &str, input: Json) -> (Json, Vec<String>) {
        self.test
            .mutate(viewer, mutation, "organisation", FIELDS, input)
            .await
    }

    async fn code(&self, organisation: &organisation::Model) {
        let row = organisation_identifier::ActiveModel {
            id: Set(entity::id::OrganisationIdentifierId::new()),
            organisation_id: Set(organisation.id),
            scheme: Set(entity::parties::kinds::IdentifierScheme::Ods),
            value: Set("A1B2C".into()),
            ..Default::default()
        };
        self.test.insert(row).await;
    }
}

fn id(organisation: &organisation::Model) -> String {
    global::<organisation::Entity>(organisation.id)
}

fn register() -> Json {
    json!({
        "name": "  Our Say ", "kind": "USER_LED", "nation": "ENGLAND",
        "identifier": { "scheme": "COMPANIES_HOUSE", "value": "123456" },
        "idempotencyKey": "register-our-say",
    })
}

both_databases! {
    async fn whoever_registers_an_organisation_sees_and_administers_it(world: World) {
        let world = Parties::over(world).await;
        let (made, errors) = world.run("somebody", "organisationCreate", register()).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (&made["name"], &made["status"]),
            (&json!("Our Say"), &json!("PENDING"))
        );
        assert_eq!(
            world.test.actions().await,
            [
                "organisation.create",
                "role_grant.create",
                "organisation_identifier.add"
            ]
        );
        let change = json!({ "id": made["id"], "expectedVersion": 1, "summary": "We speak up." });
        let (changed, errors) = world.run("somebody", "organisationUpdate", change).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (&changed["summary"], &changed["version"]),
            (&json!("We speak up."), &json!(2))
        );

        let query = "query($id: ID!) { organisation(id: $id) { name identifiers { nodes { value } } } }";
        let variables = json!({ "id": made["id"] });
        let seen = world
            .test
            .execute(Some("somebody"), query, variables.clone())
            .await;
        assert_eq!(
            seen["data"]["organisation"]["identifiers"]["nodes"],
            json!([{ "value": "00123456" }])
        );
        for viewer in [None, Some("admin")] {
            let hidden = world.test.execute(viewer, query, variables.clone()).await;
            assert_eq!(hidden["data"]["organisation"], Json::Null, "until it was checked");
        }
    }

    async fn the_same_registration_sent_twice_happens_once(world: World) {
        let world = Parties::over(world).await;
        // The first has no organisation yet and the second has one: registering changes which one they act for.
        for viewer in ["somebody", "admin"] {
            let mut input = register();
            input["identifier"] = Json::Null;
            let (first, _) = world.run(viewer, "organisationCreate", input.clone()).await;
            let (again, errors) = world.run(viewer, "organisationCreate", input.clone()).await;
            assert_eq!((&first["id"], errors), (&again["id"], vec![]), "{viewer}");
            input["name"] = json!("Another");
            let (_, errors) = world.run(viewer, "organisationCreate", input).await;
            assert_eq!(errors, ["CONFLICT idempotencyKey"], "{viewer}");
        }
        assert_eq!(
            world.test.actions().await,
            ["organisation.create", "role_grant.create"].repeat(2)
        );
    }

    async fn everything_wrong_with_a_registration_is_said_at_once(world: World) {
        let world = Parties::over(world).await;
        world.code(&world.active).await;
        let input = json!({
            "name": " ", "kind": "VCSE", "nation": "WALES", "summary": "x".repeat(2_001),
            "parentId": id(&world.pending),
            "identifier": { "scheme": "ODS", "value": "a1b2c" },
        });
        let (made, errors) = world.run("somebody", "organisationCreate", input).await;
        assert_eq!(made, Json::Null);
        assert_eq!(
            errors,
            [
                "REQUIRED name",
                "TOO_LONG summary",
                "NOT_FOUND parentId",
                "ALREADY_EXISTS identifier.value"
            ]
        );
        assert_eq!(world.test.actions().await, Vec::<String>::new());
    }

    async fn the_public_registers_nothing(world: World) {
        let world = Parties::over(world).await;
        let query = "mutation($input: OrganisationCreateInput!) { organisationCreate(input: $input) { userErrors { code } } }";
        let answer = world
            .test
            .execute(None, query, json!({ "input": register() }))
            .await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }

    async fn a_change_says_everything_wrong_at_once(world: World) {
        let world = Parties::over(world).await;
        let input = json!({
            "id": id(&world.active), "expectedVersion": 1, "name": null, "summary": "x".repeat(2_001),
            "parentId": id(&world.active), "successorId": id(&world.pending),
        });
        let (_, errors) = world.run("admin", "organisationUpdate", input).await;
        assert_eq!(
            errors,
            [
                "NOT_FOUND successorId",
                "REQUIRED name",
                "TOO_LONG summary",
                "RULE_BROKEN parentId"
            ]
        );
    }

    async fn what_is_hidden_looks_like_what_is_not_there(world: World) {
        let world = Parties::over(world).await;
        let absent = global::<organisation::Entity>(sea_orm::prelude::Uuid::from_u128(7));
        for (mutation, more) in [
            ("organisationUpdate", json!({ "name": "Mine" })),
            ("organisationActivate", json!({})),
            ("organisationSuspend", json!({ "reason": "?" })),
            ("organisationResume", json!({ "reason": "?" })),
            ("organisationClose", json!({ "reason": "?" })),
        ] {
            let input = |id: &str| {
                let mut input = more.clone();
                input["id"] = json!(id);
                input["expectedVersion"] = json!(1);
                input
            };
            let hidden = world.run("admin", mutation, input(&id(&world.pending))).await;
            let nothing = world.run("admin", mutation, input(&absent)).await;
            assert_eq!(hidden, nothing, "{mutation}");
            assert_eq!(hidden.1, ["NOT_FOUND id"], "{mutation}");
            let (_, visible) = world.run("newcomer", mutation, input(&id(&world.active))).await;
            assert_eq!(visible, ["FORBIDDEN "], "{mutation}");
        }
    }

    async fn a_stale_change_is_answered_with_the_organisation_as_it_is(world: World) {
        let world = Parties::over(world).await;
        for (mutation, more) in [
            ("organisationUpdate", json!({ "name": "Mine" })),
            ("organisationActivate", json!({})),
            ("organisationSuspend", json!({ "reason": "?" })),
            ("organisationResume", json!({ "reason": "?" })),
            ("organisationClose", json!({ "reason": "?" })),
        ] {
            let mut input = more;
            input["id"] = json!(id(&world.active));
            input["expectedVersion"] = json!(7);
            let (now, errors) = world.run("platform", mutation, input).await;
            assert_eq!(
                (&now["version"], errors),
                (&json!(1), vec!["CONFLICT expectedVersion".into()])
            );
        }
    }

    async fn an_organisation_is_admitted_by_the_platform_once_a_code_holds(world: World) {
        let world = Parties::over(world).await;
        let activate = json!({ "id": id(&world.pending), "expectedVersion": 1 });
        let (_, errors) = world
            .run("newcomer", "organisationActivate", activate.clone())
            .await;
        assert_eq!(errors, ["FORBIDDEN "]);
        let (_, errors) = world
            .run("platform", "organisationActivate", activate.clone())
            .await;
        assert_eq!(errors, ["RULE_BROKEN id"]);
        world.code(&world.pending).await;
        let (now, errors) = world.run("platform", "organisationActivate", activate).await;
        assert_eq!((&now["status"], errors), (&json!("ACTIVE"), vec![]));
        let query = "query($id: ID!) { organisation(id: $id) { name } }";
        let public = world
            .test
            .execute(None, query, json!({ "id": id(&world.pending) }))
            .await;
        assert_eq!(public["data"]["organisation"]["name"], "New Voices");
    }

    async fn an_organisation_is_suspended_resumed_and_closed_with_a_reason(world: World) {
        let world = Parties::over(world).await;
        let step = |version: i32, reason: &str| json!({ "id": id(&world.active), "expectedVersion": version, "reason": reason });
        let (_, errors) = world.run("platform", "organisationResume", step(1, " ")).await;
        assert_eq!(errors, ["REQUIRED reason", "ILLEGAL_TRANSITION id"]);
        for (version, mutation, status) in [
            (1, "organisationSuspend", "SUSPENDED"),
            (2, "organisationResume", "ACTIVE"),
        ] {
            let (now, errors) = world.run("platform", mutation, step(version, "As agreed.")).await;
            assert_eq!((&now["status"], errors), (&json!(status), vec![]));
        }
        let mut close = step(3, "It merged.");
        close["closedOn"] = json!("2026-03-03");
        close["successorId"] = json!(id(&world.active));
        let (_, errors) = world.run("admin", "organisationClose", close.clone()).await;
        assert_eq!(errors, ["OUT_OF_RANGE closedOn", "RULE_BROKEN successorId"]);
        let heir = world
            .test
            .organisation("Louder Together", OrganisationStatus::Active)
            .await;
        close["closedOn"] = json!("2026-03-01");
        close["successorId"] = json!(id(&heir));
        let (now, errors) = world.run("admin", "organisationClose", close).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (&now["status"], &now["closedOn"], &now["successor"]["id"]),
            (&json!("CLOSED"), &json!("2026-03-01"), &json!(id(&heir)))
        );
        let closing = Condition::all().add(audit_event::Column::Action.eq("organisation.close"));
        let events = world.test.rows::<audit_event::Entity>(closing).await;
        assert_eq!(events[0].reason.as_deref(), Some("It merged."));
    }

    async fn no_line_of_parents_leads_back(world: World) {
        let world = Parties::over(world).await;
        let part = world
            .test
            .organisation("A part", OrganisationStatus::Active)
            .await;
        let belongs = |part: &organisation::Model, whole: &organisation::Model| json!({ "id": id(part), "expectedVersion": 1, "parentId": id(whole) });
        let (now, errors) = world
            .run("platform", "organisationUpdate", belongs(&part, &world.active))
            .await;
        assert_eq!(
            (&now["parent"]["id"], errors),
            (&json!(id(&world.active)), vec![])
        );
        let (_, errors) = world
            .run("platform", "organisationUpdate", belongs(&world.active, &part))
            .await;
        assert_eq!(errors, ["RULE_BROKEN parentId"]);
    }

    async fn two_changes_at_once_do_not_close_a_circle(world: World) {
        let world = Parties::over(world).await;
        let other = world.test.organisation("Another", OrganisationStatus::Active).await;
        let belongs = |part: &organisation::Model, whole: &organisation::Model| {
            json!({ "id": id(part), "expectedVersion": 1, "parentId": id(whole) })
        };
        let (one, two) = tokio::join!(
            world.run("platform", "organisationUpdate", belongs(&world.active, &other)),
            world.run("platform", "organisationUpdate", belongs(&other, &world.active)),
        );
        let mut errors = [one.1, two.1];
        errors.sort();
        assert_eq!(errors, [vec![], vec!["RULE_BROKEN parentId".to_owned()]]);
    }

    async fn the_viewer_is_told_what_they_can_do(world: World) {
        let world = Parties::over(world).await;
        let query = "query($id: ID!) { organisation(id: $id) { viewerCan { update activate close } } }";
        for (viewer, update, activate) in [
            (Some("admin"), true, false),
            (Some("newcomer"), false, false),
            (Some("platform"), true, true),
            (None, false, false),
        ] {
            let answer = world
                .test
                .execute(viewer, query, json!({ "id": id(&world.active) }))
                .await;
            assert_eq!(
                answer["data"]["organisation"]["viewerCan"],
                json!({ "update": update, "activate": activate, "close": update }),
                "{viewer:?}"
            );
        }
    }
}
