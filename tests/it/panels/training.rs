//! Courses, and who completed them (domain.md 2.9).

use harness::{both_databases, id};
use serde_json::{Value, json};

use super::{does, on, refused};

fn completed(course: &Value, on: &str) -> Value {
    json!({ "courseId": course["id"], "personId": id("person", "visitor"), "completedOn": on })
}

both_databases! {
    async fn a_completion_counts_as_long_as_the_course_says_by_the_servers_clock(world: World) {
        let (council, visitor) = (world.client("council-admin"), world.client("visitor"));
        let course = does(&council, "trainingCourseCreate", json!({
            "organisationId": id("organisation", "ashdown-council"),
            "code": "CHAMPIONS", "title": "Champions of Easy Read", "validMonths": 1,
        })).await;
        let record = does(&council, "trainingRecordCreate", completed(&course, "2026-02-02")).await;
        assert_eq!((&record["expiresOn"], &record["champion"]), (&json!("2026-03-02"), &json!(false)));
        let too_long = on(&record, json!({ "expiresOn": "2026-03-03" }));
        assert_eq!(refused(&council, "trainingRecordUpdate", too_long).await, ["OUT_OF_RANGE at input.expiresOn"]);
        let record = does(&council, "trainingRecordUpdate", on(&record, json!({ "champion": true }))).await;
        assert_eq!((&record["champion"], &record["expiresOn"]), (&json!(true), &json!("2026-03-02")));

        let count = "query($current: Boolean) { trainingRecords(filter: { current: $current }) { totalCount } }";
        let current = async |current: bool| {
            let answer = visitor.query(count, json!({ "current": current })).await;
            answer.data("/trainingRecords/totalCount").clone()
        };
        assert_eq!((current(true).await, current(false).await), (json!(1), json!(0)));
        world.clock().advance(chrono::TimeDelta::days(1));
        assert_eq!((current(true).await, current(false).await), (json!(0), json!(1)));
    }

    async fn nobody_records_their_own_training(world: World) {
        let own = json!({
            "courseId": id("training_course", "panel-skills"),
            "personId": id("person", "council-admin"),
            "completedOn": "2026-03-01",
        });
        assert_eq!(refused(&world.client("council-admin"), "trainingRecordCreate", own).await, ["FORBIDDEN at input"]);
    }

    async fn a_completion_is_recorded_once(world: World) {
        let council = world.client("council-admin");
        let course = json!({ "id": id("training_course", "panel-skills") });
        does(&council, "trainingRecordCreate", completed(&course, "2026-03-01")).await;
        let again = refused(&council, "trainingRecordCreate", completed(&course, "2026-03-01")).await;
        assert_eq!(again, ["ALREADY_EXISTS at input.completedOn"]);
    }

    /// What was completed before the end of a course can still be recorded, and nothing else about it changes.
    async fn a_course_is_given_up(world: World) {
        let council = world.client("council-admin");
        let course = json!({ "id": id("training_course", "panel-skills"), "version": 1 });
        let course = does(&council, "trainingCourseClose", on(&course, json!({}))).await;
        assert_eq!(refused(&council, "trainingCourseClose", on(&course, json!({}))).await, ["INACTIVE at input.id"]);
        let renamed = on(&course, json!({ "title": "Another" }));
        assert_eq!(refused(&council, "trainingCourseUpdate", renamed).await, ["INACTIVE at input.id"]);
        does(&council, "trainingRecordCreate", completed(&course, "2026-03-01")).await;
        world.clock().advance(chrono::TimeDelta::days(2));
        let later = refused(&council, "trainingRecordCreate", completed(&course, "2026-03-03")).await;
        assert_eq!(later, ["INACTIVE at input.completedOn"]);
    }

    async fn a_code_names_one_course_of_an_organisation(world: World) {
        let council = world.client("council-admin");
        let course = json!({
            "organisationId": id("organisation", "ashdown-council"), "code": "ONCE", "title": "Once",
        });
        does(&council, "trainingCourseCreate", course.clone()).await;
        assert_eq!(refused(&council, "trainingCourseCreate", course).await, ["ALREADY_EXISTS at input.code"]);
    }
}
