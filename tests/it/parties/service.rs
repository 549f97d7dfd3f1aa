//! Services, end to end.

use entity::id::SiteId;
use entity::parties::kinds::{OrganisationStatus, Role};
use entity::parties::{organisation, service, site};
use harness::{World, both_databases};
use sea_orm::Set;
use sea_orm::prelude::Uuid;
use serde_json::{Value as Json, json};

use super::ground::{Ground, global};

const FIELDS: &str =
    "id name version clientGroups startsOn endsOn site { id } commissioner { name } viewerCan { update }";

struct Parties {
    test: Ground,
    provider: String,
    site: String,
    hidden: String,
    council: String,
    council_site: String,
}

impl Parties {
    async fn over(world: World) -> Self {
        let test = Ground::over(world).await;
        let mut ids = Vec::new();
        for (admin, status) in [
            ("admin", OrganisationStatus::Active),
            ("newcomer", OrganisationStatus::Pending),
            ("council", OrganisationStatus::Active),
        ] {
            let organisation = test.organisation(admin, status).await;
            let scope = Some(organisation.id);
            test.user_with(admin, Role::OrganisationAdmin, scope).await;
            let row = site::ActiveModel {
                id: Set(SiteId::new()),
                organisation_id: Set(organisation.id),
                name: Set("Hall".into()),
                ..Default::default()
            };
            ids.push(global::<organisation::Entity>(organisation.id));
            ids.push(global::<site::Entity>(test.insert(row).await.id));
        }
        let [provider, site, hidden, _, council, council_site] = ids.try_into().unwrap();
        Self {
            test,
            provider,
            site,
            hidden,
            council,
            council_site,
        }
    }

    fn service(&self) -> Json {
        json!({
            "providerOrganisationId": self.provider, "siteId": self.site, "commissionerOrganisationId": self.council,
            "name": "Day club", "kind": "DAY", "delivery": "COMMISSIONED", "startsOn": "2026-02-01",
            "clientGroups": ["CARERS", "DEMENTIA", "CARERS"], "idempotencyKey": "the-day-club",
        })
    }

    async fn create(&self, viewer: &str, input: Json) -> (Json, Vec<String>) {
        self.test
            .mutate(viewer, "serviceCreate", "service", FIELDS, input)
            .await
    }

    async fn update(&self, viewer: &str, input: Json) -> (Json, Vec<String>) {
        self.test
            .mutate(viewer, "serviceUpdate", "service", FIELDS, input)
            .await
    }
}

both_databases! {
    async fn a_service_is_added_once_changed_and_ended(world: World) {
        let world = Parties::over(world).await;
        let (made, errors) = world.create("admin", world.service()).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (
                &made["clientGroups"],
                &made["commissioner"]["name"],
                &made["viewerCan"]["update"]
            ),
            (&json!(["DEMENTIA", "CARERS"]), &json!("council"), &json!(true))
        );
        assert_eq!(
            world.create("admin", world.service()).await,
            (made.clone(), vec![])
        );

        let change = json!({
            "id": made["id"], "expectedVersion": 1, "siteId": null, "endsOn": "2026-03-31", "clientGroups": [],
        });
        let (changed, errors) = world.update("admin", change.clone()).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (
                &changed["site"],
                &changed["endsOn"],
                &changed["clientGroups"],
                &changed["name"]
            ),
            (&Json::Null, &json!("2026-03-31"), &json!([]), &json!("Day club"))
        );
        let (now, errors) = world.update("admin", change).await;
        assert_eq!(
            (&now["version"], errors),
            (&json!(2), vec!["CONFLICT expectedVersion".to_owned()])
        );
        assert_eq!(world.test.actions().await, ["service.create", "service.update"]);
    }

    /// Whoever adds a service and does not know how it is paid for says so, and whoever learns it later corrects it.
    async fn nobody_need_know_how_a_service_is_paid_for(world: World) {
        let world = Parties::over(world).await;
        let mut input = world.service();
        input["delivery"] = json!("NOT_STATED");
        let fields = "id delivery";
        let (made, errors) = world.test.mutate("admin", "serviceCreate", "service", fields, input).await;
        assert_eq!((errors, &made["delivery"]), (vec![], &json!("NOT_STATED")));
        let learnt = json!({"id": made["id"], "expectedVersion": 1, "delivery": "GRANT"});
        let (known, errors) = world.test.mutate("admin", "serviceUpdate", "service", fields, learnt).await;
        assert_eq!((errors, &known["delivery"]), (vec![], &json!("GRANT")));
    }

    async fn everything_wrong_with_a_service_is_said_at_once(world: World) {
        let world = Parties::over(world).await;
        let mut input = world.service();
        input["name"] = json!(" ");
        input["endsOn"] = json!("2026-01-31");
        input["siteId"] = json!(world.council_site);
        input["commissionerOrganisationId"] = json!(world.hidden);
        let (_, errors) = world.create("admin", input).await;
        assert_eq!(
            errors,
            [
                "REQUIRED name",
                "OUT_OF_RANGE endsOn",
                "NOT_FOUND commissionerOrganisationId",
                "RULE_BROKEN siteId"
            ]
        );
        let (made, _) = world.create("admin", world.service()).await;
        let change = json!({
            "id": made["id"], "expectedVersion": 1, "name": null, "kind": null, "endsOn": "2026-01-31",
            "siteId": world.council_site, "commissionerOrganisationId": world.hidden,
        });
        let (_, errors) = world.update("admin", change).await;
        assert_eq!(
            errors,
            [
                "NOT_FOUND commissionerOrganisationId",
                "REQUIRED name",
                "REQUIRED kind",
                "OUT_OF_RANGE endsOn",
                "RULE_BROKEN siteId"
            ]
        );
    }

    async fn what_is_hidden_looks_like_what_is_not_there(world: World) {
        let world = Parties::over(world).await;
        let nothing = Uuid::from_u128(7);
        let mut input = json!({
            "providerOrganisationId": world.hidden, "name": "Club", "kind": "DAY", "delivery": "GRANT", "startsOn": "2026-02-01",
        });
        let hidden = world.create("admin", input.clone()).await;
        let (theirs, errors) = world.create("newcomer", input.clone()).await;
        assert_eq!(errors, Vec::<String>::new(), "while it waits to be checked");
        input["providerOrganisationId"] = json!(global::<organisation::Entity>(nothing));
        assert_eq!(hidden, world.create("admin", input).await);
        assert_eq!(hidden.1, ["NOT_FOUND providerOrganisationId"]);

        let change = |id: &Json| json!({ "id": id, "expectedVersion": 1, "name": "Mine" });
        let hidden = world.update("admin", change(&theirs["id"])).await;
        let absent = world
            .update("admin", change(&json!(global::<service::Entity>(nothing))))
            .await;
        assert_eq!((&hidden, &hidden.1), (&absent, &vec!["NOT_FOUND id".to_owned()]));

        let (own, _) = world.create("admin", world.service()).await;
        let (_, errors) = world.update("council", change(&own["id"])).await;
        assert_eq!(errors, ["FORBIDDEN "], "who pays for it does not change it");
    }
}
