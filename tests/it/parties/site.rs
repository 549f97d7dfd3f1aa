//! Sites, end to end.

use entity::id::GeographyId;
use entity::parties::kinds::{GeographyLevel, OrganisationStatus, Role};
use entity::parties::{geography, organisation, site};
use harness::{World, both_databases};
use sea_orm::Set;
use sea_orm::prelude::Uuid;
use serde_json::{Value as Json, json};

use super::ground::{Ground, global};

const FIELDS: &str = "id name version postcode uprn beds latitude cqcRating localAuthority { name }";

struct Parties {
    test: Ground,
    organisation: String,
    hidden: String,
    council: String,
    region: String,
}

impl Parties {
    async fn over(world: World) -> Self {
        let test = Ground::over(world).await;
        let mut ids = Vec::new();
        for (admin, status) in [
            ("admin", OrganisationStatus::Active),
            ("newcomer", OrganisationStatus::Pending),
        ] {
            let organisation = test.organisation("Speak Up", status).await;
            let scope = Some(organisation.id);
            test.user_with(admin, Role::OrganisationAdmin, scope).await;
            ids.push(global::<organisation::Entity>(organisation.id));
        }
        for level in [GeographyLevel::LocalAuthority, GeographyLevel::Region] {
            let row = geography::ActiveModel {
                id: Set(GeographyId::new()),
                name: Set("Leeds".into()),
                level: Set(level),
                ..Default::default()
            };
            ids.push(global::<geography::Entity>(test.insert(row).await.id));
        }
        let [organisation, hidden, council, region] = ids.try_into().unwrap();
        Self {
            test,
            organisation,
            hidden,
            council,
            region,
        }
    }

    fn site(&self) -> Json {
        json!({
            "organisationId": self.organisation, "name": "The Old School", "postcode": "ls11ur", "uprn": "0072339345",
            "latitude": 53.8, "longitude": -1.5, "localAuthorityId": self.council, "beds": 12,
            "cqcRating": "GOOD", "ratingOn": "2026-02-01", "idempotencyKey": "the-old-school",
        })
    }

    async fn create(&self, viewer: &str, input: Json) -> (Json, Vec<String>) {
        self.test
            .mutate(viewer, "siteCreate", "site", FIELDS, input)
            .await
    }

    async fn update(&self, viewer: &str, input: Json) -> (Json, Vec<String>) {
        self.test
            .mutate(viewer, "siteUpdate", "site", FIELDS, input)
            .await
    }
}

both_databases! {
    async fn a_site_is_added_once_and_changed(world: World) {
        let world = Parties::over(world).await;
        let (made, errors) = world.create("admin", world.site()).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (&made["postcode"], &made["uprn"], &made["localAuthority"]["name"]),
            (&json!("LS1 1UR"), &json!("72339345"), &json!("Leeds"))
        );
        let again = world.create("admin", world.site()).await;
        assert_eq!(again, (made.clone(), vec![]));

        let change = json!({
            "id": made["id"], "expectedVersion": 1, "name": "The New School", "localAuthorityId": null, "beds": null,
        });
        let (changed, errors) = world.update("admin", change.clone()).await;
        assert_eq!(errors, Vec::<String>::new());
        assert_eq!(
            (
                &changed["name"],
                &changed["beds"],
                &changed["localAuthority"],
                &changed["postcode"]
            ),
            (
                &json!("The New School"),
                &Json::Null,
                &Json::Null,
                &json!("LS1 1UR")
            )
        );
        let (now, errors) = world.update("admin", change).await;
        assert_eq!(
            (&now["version"], errors),
            (&json!(2), vec!["CONFLICT expectedVersion".to_owned()])
        );
        assert_eq!(world.test.actions().await, ["site.create", "site.update"]);
    }

    async fn everything_wrong_with_a_site_is_said_at_once(world: World) {
        let world = Parties::over(world).await;
        let wrong = json!({
            "name": "", "postcode": "Leeds", "uprn": "x", "latitude": 0.0, "beds": -1, "ratingOn": "2026-03-03",
            "localAuthorityId": world.region,
        });
        let mut create = wrong.clone();
        create["organisationId"] = json!(world.hidden);
        let (_, mut errors) = world.create("admin", create).await;
        errors.sort();
        assert_eq!(
            errors,
            [
                "INVALID_FORMAT postcode",
                "INVALID_FORMAT uprn",
                "NOT_FOUND organisationId",
                "OUT_OF_RANGE beds",
                "OUT_OF_RANGE latitude",
                "OUT_OF_RANGE ratingOn",
                "REQUIRED cqcRating",
                "REQUIRED longitude",
                "REQUIRED name",
                "RULE_BROKEN localAuthorityId",
            ]
        );
        let (made, _) = world
            .create(
                "admin",
                json!({ "organisationId": world.organisation, "name": "Hall" }),
            )
            .await;
        let mut update = wrong;
        update["id"] = made["id"].clone();
        update["expectedVersion"] = json!(1);
        let (_, mut of_update) = world.update("admin", update).await;
        of_update.sort();
        errors.retain(|error| error != "NOT_FOUND organisationId");
        assert_eq!(of_update, errors);
    }

    async fn what_is_hidden_looks_like_what_is_not_there(world: World) {
        let world = Parties::over(world).await;
        let nothing = Uuid::from_u128(7);
        let mut input = world.site();
        input["organisationId"] = json!(world.hidden);
        let hidden = world.create("admin", input.clone()).await;
        input["organisationId"] = json!(global::<organisation::Entity>(nothing));
        assert_eq!(hidden, world.create("admin", input).await);
        assert_eq!(hidden.1, ["NOT_FOUND organisationId"]);

        let theirs = json!({ "organisationId": world.hidden, "name": "Hall" });
        let (theirs, _) = world.create("newcomer", theirs).await;
        let change = |id: &Json| json!({ "id": id, "expectedVersion": 1, "name": "Mine" });
        let hidden = world.update("admin", change(&theirs["id"])).await;
        let absent = world
            .update("admin", change(&json!(global::<site::Entity>(nothing))))
            .await;
        assert_eq!((&hidden, &hidden.1), (&absent, &vec!["NOT_FOUND id".to_owned()]));

        let (own, _) = world.create("admin", world.site()).await;
        let (_, errors) = world.update("newcomer", change(&own["id"])).await;
        assert_eq!(errors, ["FORBIDDEN "]);
    }

    async fn a_suspended_organisation_gets_no_new_sites(world: World) {
        let world = Parties::over(world).await;
        let organisation = world
            .test
            .organisation("Stopped", OrganisationStatus::Suspended)
            .await;
        let scope = Some(organisation.id);
        world
            .test
            .user_with("stopped", Role::OrganisationAdmin, scope)
            .await;
        let input = json!({ "organisationId": global::<organisation::Entity>(organisation.id), "name": "Hall" });
        let (_, errors) = world.create("stopped", input).await;
        assert_eq!(errors, ["INACTIVE organisationId"]);
    }
}
