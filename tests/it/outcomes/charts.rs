//! Charts of what is published: the same for everybody, well-formed whatever partners call themselves, and never more than releases say.

use axum::body::Body;
use axum::http::{Request, header};
use entity::outcomes::indicator_version;
use entity::parties::service;
use entity::releases::kinds::PublishedAs;
use entity::releases::published_figure;
use harness::world::indicator_version as wording;
use harness::{World, both_databases, id, uuid};
use http_body_util::BodyExt;
use quick_xml::Reader;
use quick_xml::events::Event;
use sea_orm::prelude::Date;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::releases::{final_figure, publish};
use super::{does, figure};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An answer: its status, its headers by name, its text.
struct Got {
    status: u16,
    tag: String,
    cache: String,
    policy: String,
    text: String,
}

async fn get(world: &World, viewer: &str, path: &str, known: Option<&str>) -> Got {
    let mut request = Request::get(path).header("x-request-id", "the-same");
    if let Some(token) = world.client(viewer).token() {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    if let Some(tag) = known {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let router = world.node().router.clone();
    let response = router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let of = |name: header::HeaderName| {
        let value = parts.headers.get(name);
        value.map_or(String::new(), |value| value.to_str().unwrap().to_owned())
    };
    Got {
        status: parts.status.as_u16(),
        tag: of(header::ETAG),
        cache: of(header::CACHE_CONTROL),
        policy: of(header::CONTENT_SECURITY_POLICY),
        text: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

fn path(format: &str, subject: &str) -> String {
    let indicator = id("indicator", "live satisfied");
    format!("/charts/published-series.{format}?indicator={indicator}&subject={subject}")
}

fn of_the_service(format: &str) -> String {
    path(format, &id("service", "birch-house-support"))
}

/// Reads a document to its end as XML, and answers with the names of its tags.
fn tags(document: &str) -> Vec<String> {
    let mut reader = Reader::from_str(document);
    let (mut names, mut depth) = (Vec::new(), 0);
    loop {
        match reader
            .read_event()
            .unwrap_or_else(|error| panic!("{error}: {document}"))
        {
            Event::Start(tag) => {
                depth += 1;
                names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
            }
            Event::End(_) => depth -= 1,
            Event::Empty(tag) => names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap()),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{document}");
    names
}

fn of_the_year(start: i32, more: Value) -> Value {
    let mut more = more;
    more["periodStart"] = json!(format!("{start}-04-01"));
    more["periodEnd"] = json!(format!("{}-03-31", start + 1));
    more
}

async fn is_drawn(world: &World, word: &str) -> bool {
    let got = get(world, "anonymous", &of_the_service("svg"), None).await;
    let page = get(world, "anonymous", &of_the_service("html"), None).await;
    assert_eq!(
        got.text.contains(word),
        page.text.contains(word),
        "{word}: {}",
        page.text
    );
    got.text.contains(word)
}

both_databases! {
    /// What is recorded and what is drafted is nobody's; once it is published, everybody sees it, and whoever has the chart before asks again.
    async fn what_is_not_published_never_shows(world: World) {
        let council = world.client("council-admin");
        final_figure(&world, of_the_year(2020, json!({ "numerator": "20", "denominator": "40" }))).await;
        publish(&council, json!({})).await;
        let before = get(&world, "anonymous", &of_the_service("svg"), None).await;
        assert_eq!((before.status, before.cache.as_str()), (200, "public, max-age=300"), "{}", before.text);
        assert!(before.text.contains("50%") && before.text.contains("2020-21"), "{}", before.text);
        assert_eq!(tags(&before.text)[0], "svg");
        final_figure(&world, of_the_year(2021, json!({ "numerator": "30", "denominator": "40" }))).await;
        does(&council, "observationRecord", figure(of_the_year(2022, json!({ "numerator": "25", "denominator": "40" })))).await;
        let draft = json!({
            "frameworkId": id("outcome_framework", "live"), "title": "A draft", "publisherOrganisationId": id("organisation", "ashdown-council"),
        });
        does(&council, "releaseMake", draft).await;
        for viewer in ["anonymous", "stranger", "council-admin"] {
            let again = get(&world, viewer, &of_the_service("svg"), Some(&before.tag)).await;
            assert_eq!(again.status, 304, "{viewer} sees something else: {}", again.text);
        }
        assert!(!is_drawn(&world, "2021-22").await && !is_drawn(&world, "2022-23").await);
        publish(&council, json!({})).await;
        let after = get(&world, "anonymous", &of_the_service("svg"), Some(&before.tag)).await;
        assert_eq!(after.status, 200);
        assert!(after.text.contains("75%") && after.text.contains("2021-22"), "{}", after.text);
        assert!(!is_drawn(&world, "2022-23").await && !is_drawn(&world, "62.5").await);
        let own = get(&world, "council-admin", &of_the_service("svg"), None).await;
        assert_eq!((own.text, own.cache.as_str()), (after.text, "private, max-age=300"));
    }

    /// A small number is marked and said as withheld, and neither it nor what it is a part of stands anywhere.
    async fn what_is_withheld_is_said_to_be(world: World) {
        let council = world.client("council-admin");
        final_figure(&world, of_the_year(2020, json!({ "numerator": "20", "denominator": "40" }))).await;
        final_figure(&world, of_the_year(2021, json!({ "numerator": "3", "denominator": "40" }))).await;
        publish(&council, json!({})).await;
        assert!(is_drawn(&world, "[c] withheld, so that nobody can be recognised. It is not zero.").await);
        assert!(is_drawn(&world, "That of 2021-22 is withheld.").await);
        assert!(!is_drawn(&world, "7.5").await && is_drawn(&world, "50%").await);
        let page = get(&world, "anonymous", &of_the_service("html"), None).await;
        assert!(page.text.contains("</th><td>withheld</td></tr>"), "{}", page.text);
        assert!(!page.text.contains("<td>0%</td>") && !page.text.contains("7.5"), "{}", page.text);
        let picture = get(&world, "anonymous", &of_the_service("svg"), None).await;
        // The one figure that is shown, and the mark of the row of signs.
        assert_eq!(picture.text.matches("<circle").count(), 2, "{}", picture.text);
        assert!(!picture.text.contains("7.5"), "{}", picture.text);
    }

    /// Nothing published, nobody's, hidden or no id at all: the same bytes as an address at which there never was anything.
    async fn hidden_is_absent(world: World) {
        let nowhere = get(&world, "anonymous", "/nowhere", None).await;
        assert_eq!(nowhere.status, 404);
        // The draft of a release says something of this service.
        for subject in [
            id("service", "birch-house-support"),
            id("site", "elm-house"),
            id("site", "that-never-was"),
            id("organisation", "fernley-council"),
            "no-id".to_owned(),
            String::new(),
        ] {
            for format in ["svg", "html"] {
                let got = get(&world, "anonymous", &path(format, &subject), None).await;
                assert_eq!((got.status, &got.text), (404, &nowhere.text), "{subject}");
                assert!(got.tag.is_empty(), "{subject}");
            }
        }
        // It is published of a site whose organisation nobody has checked yet: its name is not to be known.
        let (release, site) = (uuid("release", "first"), uuid("site", "elm-house"));
        published_figure::Entity::update_many()
            .col_expr(published_figure::Column::SubjectType, Expr::value("SITE"))
            .col_expr(published_figure::Column::SubjectId, Expr::value(site))
            .col_expr(published_figure::Column::GeographyId, Expr::value(None::<sea_orm::prelude::Uuid>))
            .col_expr(published_figure::Column::SiteId, Expr::value(site))
            .filter(published_figure::Column::ReleaseId.eq(release))
            .exec(world.connection())
            .await
            .unwrap();
        let got = get(&world, "anonymous", &path("svg", &id("site", "elm-house")), None).await;
        assert_eq!((got.status, &got.text), (404, &nowhere.text));
        let got = get(&world, "platform-admin", &path("svg", &id("site", "elm-house")), None).await;
        assert_eq!(got.status, 200, "whoever may see the organisation sees the chart: {}", got.text);
        let wrong_kind = path("svg", &id("organisation", "ashdown-council")).replace("indicator=", "indicator=x");
        assert_eq!(get(&world, "anonymous", &wrong_kind, None).await.text, nowhere.text);
        assert_eq!(get(&world, "anonymous", "/charts/observations.svg", None).await.text, nowhere.text);
    }

    /// A line stops where the wording changed, on the picture and in the table.
    async fn a_changed_wording_stops_the_line(world: World) {
        let council = world.client("council-admin");
        final_figure(&world, of_the_year(2020, json!({ "numerator": "20", "denominator": "40" }))).await;
        final_figure(&world, of_the_year(2021, json!({ "numerator": "30", "denominator": "40" }))).await;
        publish(&council, json!({})).await;
        assert!(!is_drawn(&world, "wording changed").await);
        let mut second = wording("live", "satisfied", 2);
        second.valid_from = day("2021-04-01");
        indicator_version::Entity::insert(second.into_active_model()).exec(world.connection()).await.unwrap();
        published_figure::Entity::update_many()
            .col_expr(published_figure::Column::IndicatorVersionId, Expr::value(uuid("indicator_version", "live satisfied 2")))
            .filter(published_figure::Column::PeriodStart.eq(day("2021-04-01")))
            .filter(published_figure::Column::ServiceId.eq(uuid("service", "birch-house-support")))
            .exec(world.connection())
            .await
            .unwrap();
        assert!(is_drawn(&world, "The wording changed between 2020-21 and 2021-22: the line stops there.").await);
        let page = get(&world, "anonymous", &of_the_service("html"), None).await;
        assert!(page.text.contains("<td>75% (wording changed)</td>"), "{}", page.text);
    }

    /// A partner may be called anything: the file stays well-formed, runs nothing, and may do nothing in a browser.
    async fn names_are_texts(world: World) {
        let evil = "<script>alert(1)</script> ]]> & \"'";
        service::Entity::update_many()
            .col_expr(service::Column::Name, Expr::value(evil))
            .filter(service::Column::Id.eq(uuid("service", "birch-house-support")))
            .exec(world.connection())
            .await
            .unwrap();
        final_figure(&world, of_the_year(2020, json!({ "numerator": "20", "denominator": "40" }))).await;
        publish(&world.client("council-admin"), json!({})).await;
        for format in ["svg", "html"] {
            let got = get(&world, "anonymous", &of_the_service(format), None).await;
            assert_eq!(got.status, 200, "{}", got.text);
            assert!(!tags(&got.text).iter().any(|tag| tag == "script"), "{}", got.text);
            assert!(got.text.contains("&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;"), "{}", got.text);
            assert!(got.policy.starts_with("default-src 'none';") && got.policy.ends_with("sandbox"), "{}", got.policy);
            assert!(!got.policy.contains("unsafe") && !got.policy.contains("script-src"), "{}", got.policy);
            assert!(got.text.contains("role=\"img\""), "{}", got.text);
        }
    }

    /// What cannot be asked for is refused in words, everything at once; so is more than a picture holds.
    async fn what_cannot_be_drawn_is_refused(world: World) {
        let got = get(&world, "anonymous", "/charts/published-series.svg?colour=red&periodFrom=yesterday", None).await;
        let errors: Value = serde_json::from_str(&got.text).unwrap();
        let messages: Vec<_> = errors["errors"].as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap()).collect();
        assert_eq!(got.status, 400, "{messages:?}");
        assert_eq!(messages.len(), 4, "{messages:?}");
        assert!(messages[0].starts_with("`colour` is no parameter of a chart."), "{messages:?}");
        assert!(messages[1].starts_with("`periodFrom` is a day"), "{messages:?}");
        assert!(messages[2].starts_with("`indicator` is missing") && messages[3].starts_with("`subject` is missing"), "{messages:?}");
        let first = published_figure::Entity::find()
            .filter(published_figure::Column::ReleaseId.eq(uuid("release", "first")))
            .one(world.connection())
            .await
            .unwrap()
            .unwrap();
        let days = (1..=61).map(|place: u32| {
            let mut row = first.clone();
            row.id = uuid("published_figure", &format!("day {place}")).into();
            row.period_start = day("2025-01-01") + chrono::Days::new(place.into());
            row.period_end = row.period_start;
            row.value = Some("50".parse().unwrap());
            row.value_as = PublishedAs::Exact;
            row.into_active_model()
        });
        published_figure::Entity::insert_many(days).exec(world.connection()).await.unwrap();
        let area = path("svg", &id("geography", "ashdown"));
        let got = get(&world, "anonymous", &area, None).await;
        assert_eq!(got.status, 400, "{}", got.text);
        assert!(got.text.contains("more figures than a chart holds, which is 60 on a line"), "{}", got.text);
        let fewer = format!("{area}&periodFrom=2025-01-20");
        let got = get(&world, "anonymous", &fewer, None).await;
        assert_eq!(got.status, 200, "{}", got.text);
        assert_eq!(tags(&got.text)[0], "svg");
    }
}
