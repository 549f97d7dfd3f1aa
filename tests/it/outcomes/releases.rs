//! Releases: what everybody reads of figures, and what nobody does (`domain.md` 4, disclosure control).

use std::fmt::Write;

use entity::decimal::Decimal;
use entity::outcomes::kinds::DisaggregationDimension;
use entity::releases::kinds::{FigureChange, PublishedAs};
use entity::releases::{published_figure, release};
use harness::{Client, World, both_databases, id, uuid};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{count, does, figure, on, refused};

/// A figure about the service that the council pays for: the council records it, and the provider marks it as final.
pub async fn final_figure(world: &World, more: Value) -> Value {
    let recorded = does(&world.client("council-admin"), "observationRecord", figure(more)).await;
    let provider = world.client("provider-user");
    does(&provider, "observationFinalise", on(&recorded, json!({}))).await
}

fn of_the_council(more: Value) -> Value {
    let mut input = json!({
        "frameworkId": id("outcome_framework", "live"),
        "publisherOrganisationId": id("organisation", "ashdown-council"),
        "title": "What matters to you",
    });
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// Makes a release and publishes it.
pub async fn publish(client: &Client, more: Value) -> Value {
    let draft = does(client, "releaseMake", of_the_council(more)).await;
    assert_eq!(
        (&draft["status"], &draft["number"]),
        (&json!("DRAFT"), &Value::Null)
    );
    does(client, "releasePublish", on(&draft, json!({}))).await
}

const FIGURES: &str = "query($filter: PublishedFigureFilter) { publishedFigures(filter: $filter, first: 100) { totalCount nodes { \
    periodStart service { id } geography { id } disaggregation { code } change release { number } \
    numerator numeratorAs denominator denominatorAs value valueAs } } }";

async fn figures(client: &Client, filter: Value) -> Vec<Value> {
    let answer = client.query(FIGURES, json!({ "filter": filter })).await;
    let nodes = answer.data("/publishedFigures/nodes").as_array().unwrap().clone();
    assert_eq!(*answer.data("/publishedFigures/totalCount"), json!(nodes.len()));
    nodes
}

/// The numerator, the denominator and the figure, each as it is shown or why it is not.
fn shown(figure: &Value) -> [String; 3] {
    ["numerator", "denominator", "value"].map(|part| {
        let number = figure[part].as_str().map(str::to_owned);
        number.unwrap_or_else(|| figure[format!("{part}As")].as_str().unwrap().to_owned())
    })
}

fn latest_of_the_service() -> Value {
    json!({ "isLatest": true, "service": id("service", "birch-house-support") })
}

both_databases! {
    /// Three of forty: everybody reads that there is a figure, and nobody how many; those whom it is about read the three.
    async fn small_numbers_are_withheld_from_everybody_else(world: World) {
        final_figure(&world, json!({ "numerator": "3", "denominator": "40" })).await;
        let (council, public) = (world.client("council-admin"), world.client("anonymous"));
        assert!(figures(&public, latest_of_the_service()).await.is_empty());
        let release = publish(&council, json!({})).await;
        assert_eq!((&release["status"], &release["number"]), (&json!("PUBLISHED"), &json!(2)));
        for reader in ["anonymous", "stranger", "researcher", "council-admin"] {
            let client = world.client(reader);
            let read = figures(&client, latest_of_the_service()).await;
            assert_eq!(read.len(), 1, "{reader}");
            assert_eq!(shown(&read[0]), ["SUPPRESSED", "40", "SUPPRESSED"], "{reader}");
            // A figure that is withheld is found by nothing but that.
            for (stands, found) in [("SUPPRESSED", 1), ("ROUNDED", 0), ("NOT_AVAILABLE", 0)] {
                let mut filter = latest_of_the_service();
                filter["valueAs"] = json!([stands]);
                assert_eq!(figures(&client, filter).await.len(), found, "{reader} {stands}");
            }
        }
        let of_the_service = json!({ "service": id("service", "birch-house-support"), "quality": ["FINAL"] });
        assert_eq!(count(&public, of_the_service.clone()).await, 0);
        assert_eq!(count(&council, of_the_service).await, 1);
        // It is not in the table either.
        let stored = published_figure::Entity::find()
            .filter(published_figure::Column::ServiceId.eq(uuid("service", "birch-house-support")))
            .filter(published_figure::Column::ReleaseId.ne(uuid("release", "draft")))
            .all(world.connection())
            .await
            .unwrap();
        assert_eq!((stored.len(), stored[0].numerator, stored[0].value), (1, None, None));
    }

    /// What is shown is rounded, and a percentage is worked out from what is shown; another policy shows it as it is.
    async fn a_policy_says_what_is_small_and_how_the_rest_is_rounded(world: World) {
        final_figure(&world, json!({ "numerator": "13", "denominator": "42" })).await;
        let council = world.client("council-admin");
        let release = publish(&council, json!({})).await;
        let read = figures(&world.client("anonymous"), latest_of_the_service()).await;
        assert_eq!(shown(&read[0]), ["15", "40", "37.5"]);
        assert_eq!(read[0]["numeratorAs"], "ROUNDED");
        let policy = json!({
            "organisationId": id("organisation", "ashdown-council"), "name": "Under six", "suppressMin": 1, "suppressMax": 5, "roundTo": 1,
        });
        let policy = does(&council, "suppressionPolicyCreate", policy).await;
        let again = publish(&council, json!({ "suppressionPolicyId": policy["id"] })).await;
        assert_ne!(release["sha256"], again["sha256"]);
        let read = figures(&world.client("anonymous"), latest_of_the_service()).await;
        assert_eq!(read[0]["numeratorAs"], "EXACT");
        assert_eq!(shown(&read[0]), ["13", "42", "31"]);
    }

    /// Releases never change; the next one says what changed, and takes the place of the one before.
    async fn a_correction_is_another_release(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        let first = final_figure(&world, json!({ "numerator": "20", "denominator": "40" })).await;
        let second = publish(&council, json!({})).await;
        // The release of the fixed world showed an area of which there is no final figure.
        let of = |release: &Value, change: &str| json!({ "release": release["id"], "change": [change] });
        assert_eq!(figures(&council, of(&second, "REMOVED")).await.len(), 1);
        assert_eq!(figures(&council, of(&second, "ADDED")).await.len(), 1);
        let gone = json!({ "isLatest": true, "geography": id("geography", "ashdown") });
        assert!(figures(&council, gone).await.is_empty(), "what was removed does not hold");
        let correction = json!({ "numerator": "30", "denominator": "40", "reason": "A slip of the pen." });
        let corrected = does(&council, "observationCorrect", on(&first, correction)).await;
        does(&provider, "observationFinalise", on(&corrected, json!({}))).await;
        let later = json!({ "numerator": "25", "denominator": "50", "periodStart": "2025-10-01", "periodEnd": "2025-12-31" });
        final_figure(&world, later).await;
        let third = publish(&council, json!({})).await;
        assert_eq!(third["number"], 3);
        let public = world.client("anonymous");
        let changed = figures(&public, of(&third, "CHANGED")).await;
        assert_eq!((changed.len(), shown(&changed[0])), (1, ["30", "40", "75"].map(str::to_owned)));
        assert_eq!(figures(&public, of(&third, "ADDED")).await.len(), 1);
        assert!(figures(&public, of(&third, "REMOVED")).await.is_empty());
        let before = figures(&public, json!({ "release": second["id"], "service": id("service", "birch-house-support") })).await;
        assert_eq!(shown(&before[0]), ["20", "40", "50"]);
        let latest = figures(&public, latest_of_the_service()).await;
        assert!(latest.len() == 2 && latest.iter().all(|figure| figure["release"]["number"] == 3), "{latest:?}");
    }

    /// What one release withheld stays withheld in the next, even where it was corrected: the two together would tell.
    async fn what_was_withheld_stays_withheld(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        let first = final_figure(&world, json!({ "numerator": "3", "denominator": "40" })).await;
        publish(&council, json!({})).await;
        let correction = json!({ "numerator": "30", "denominator": "40", "reason": "A slip of the pen." });
        let corrected = does(&council, "observationCorrect", on(&first, correction)).await;
        does(&provider, "observationFinalise", on(&corrected, json!({}))).await;
        publish(&council, json!({})).await;
        let read = figures(&world.client("anonymous"), latest_of_the_service()).await;
        assert_eq!((read.len(), shown(&read[0])[0].as_str()), (1, "SUPPRESSED"));
    }

    /// What is left over for somebody whom nobody tells of is a small number, too.
    async fn what_others_leave_over_is_not_small(world: World) {
        let policy = json!({
            "organisationId": id("organisation", "ashdown-council"), "name": "As they are", "suppressMin": 1, "suppressMax": 7, "roundTo": 1,
        });
        let council = world.client("council-admin");
        let policy = does(&council, "suppressionPolicyCreate", policy).await;
        final_figure(&world, json!({ "numerator": "22", "denominator": "63" })).await;
        let women = json!({ "numerator": "20", "denominator": "60", "disaggregationId": id("disaggregation", "FEMALE") });
        final_figure(&world, women).await;
        entity::outcomes::disaggregation::Entity::insert(
            harness::world::disaggregation("MALE", DisaggregationDimension::Sex, 3).into_active_model(),
        )
        .exec(world.connection())
        .await
        .unwrap();
        publish(&council, json!({ "suppressionPolicyId": policy["id"] })).await;
        let read = figures(&world.client("anonymous"), latest_of_the_service()).await;
        let denominators: Vec<_> = read.iter().map(|figure| shown(figure)[1].clone()).collect();
        assert!(denominators.iter().any(|shown| shown == "SUPPRESSED"), "63 less 60 is 3: {denominators:?}");
    }

    /// A draft was checked against the releases before it: one that was published since could give its small numbers away.
    async fn a_draft_is_stale_once_another_is_published(world: World) {
        final_figure(&world, json!({ "numerator": "3", "denominator": "40" })).await;
        let council = world.client("council-admin");
        let one = does(&council, "releaseMake", of_the_council(json!({}))).await;
        let other = does(&council, "releaseMake", of_the_council(json!({}))).await;
        does(&council, "releasePublish", on(&one, json!({}))).await;
        assert_eq!(refused(&council, "releasePublish", on(&other, json!({}))).await, ["CONFLICT at input.id"]);
        let discarded = does(&council, "releaseDiscard", on(&other, json!({}))).await;
        assert_eq!(discarded["status"], "DISCARDED");
        let gone = json!({ "release": other["id"] });
        assert!(figures(&world.client("anonymous"), gone.clone()).await.is_empty());
        assert!(!figures(&council, gone).await.is_empty());
    }

    /// What was found to be wrong since a draft was made is not published by it, nor is a policy that is not the publisher's.
    async fn a_draft_is_stale_once_a_figure_is_corrected(world: World) {
        let (council, provider) = (world.client("council-admin"), world.client("provider-user"));
        let figure = final_figure(&world, json!({ "numerator": "20", "denominator": "40" })).await;
        let draft = does(&council, "releaseMake", of_the_council(json!({}))).await;
        does(&provider, "observationCorrect", on(&figure, json!({ "marker": "C", "reason": "Somebody was recognised." }))).await;
        assert_eq!(refused(&council, "releasePublish", on(&draft, json!({}))).await, ["CONFLICT at input.id"]);
        final_figure(&world, json!({ "numerator": "20", "denominator": "40", "periodEnd": "2025-12-31" })).await;
        let of_others = of_the_council(json!({ "suppressionPolicyId": id("suppression_policy", "fernley-council") }));
        assert_eq!(refused(&council, "releaseMake", of_others).await, ["RULE_BROKEN at input.suppressionPolicyId"]);
    }

    /// Whoever does not answer for an organisation's figures does not publish them, and what nobody checked is not published.
    async fn only_the_publisher_publishes_and_only_what_is_final(world: World) {
        let council = world.client("council-admin");
        assert_eq!(refused(&council, "releaseMake", of_the_council(json!({}))).await, ["RULE_BROKEN at input.frameworkId"]);
        final_figure(&world, json!({ "numerator": "20", "denominator": "40" })).await;
        for other in ["provider-user", "board-chair", "stranger", "platform-admin"] {
            let answer = refused(&world.client(other), "releaseMake", of_the_council(json!({}))).await;
            assert_eq!(answer, ["FORBIDDEN at input"], "{other}");
        }
        // What the server's operator loaded is the platform's administrator's.
        let loaded = json!({ "frameworkId": id("outcome_framework", "national"), "title": "Loaded" });
        assert_eq!(refused(&council, "releaseMake", loaded.clone()).await, ["FORBIDDEN at input"]);
        does(&world.client("platform-admin"), "releaseMake", loaded).await;
    }

    /// The hash is that of the lines that the guide describes.
    async fn the_hash_can_be_worked_out_again(world: World) {
        final_figure(&world, json!({ "numerator": "3", "denominator": "40" })).await;
        let later = json!({ "numerator": "13", "denominator": "42", "periodStart": "2025-10-01", "periodEnd": "2025-12-31" });
        final_figure(&world, later).await;
        let made = publish(&world.client("council-admin"), json!({})).await;
        let row = release::Entity::find().filter(release::Column::Number.eq(2)).one(world.connection()).await.unwrap().unwrap();
        let said = published_figure::Entity::find()
            .filter(published_figure::Column::ReleaseId.eq(row.id))
            .filter(published_figure::Column::Change.ne(FigureChange::Removed))
            .all(world.connection())
            .await
            .unwrap();
        let mut lines: Vec<String> = said.iter().map(line).collect();
        lines.sort_unstable();
        assert_eq!(lines.len(), 2);
        let text = format!("policy,1,7,5,true\n{}", lines.concat());
        let hash = Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hash, byte| {
            write!(hash, "{byte:02x}").unwrap();
            hash
        });
        assert_eq!(made["sha256"], hash, "{text}");
    }
}

/// A line of what a release says.
fn line(row: &published_figure::Model) -> String {
    let part = |number: Option<Decimal>, stands: PublishedAs| match stands {
        PublishedAs::Exact | PublishedAs::Rounded => number.unwrap().to_string(),
        PublishedAs::Suppressed => "[c]".to_owned(),
        PublishedAs::NotAvailable => "[x]".to_owned(),
        PublishedAs::NotApplicable => "[z]".to_owned(),
    };
    format!(
        "{},{},{},{},{},{},{},{}\n",
        row.indicator_version_id.0,
        row.period_start,
        row.period_end,
        row.disaggregation_id.0,
        row.subject_id,
        part(row.numerator, row.numerator_as),
        part(row.denominator, row.denominator_as),
        part(row.value, row.value_as)
    )
}
