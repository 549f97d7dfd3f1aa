//! Loading files into a database, once and again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use entity::outcomes::kinds::ImportKind;
use entity::outcomes::{import_batch, import_error, observation};
use harness::{Engine, Rows, World, both_databases};
use roundtable_api::domains::imports::layout::Layout;
use roundtable_api::domains::imports::load::{Asked, Report, errors, load};
use roundtable_api::domains::imports::period::financial_year;
use roundtable_api::domains::imports::settings::ImportSettings;
use roundtable_api::domains::{outcomes, parties};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

const HEADINGS: &str = "Geographical Code,Geographical Level,ONS Code,ASCOF Measure Code,Disaggregation Level,Measure Type,\
                        Measure Value";

/// A world with nothing in it but what comes with the server.
async fn reference(engine: Engine) -> World {
    let world = World::of(engine, &Rows::default(), |_| ()).await;
    let (store, now) = (world.node().app.store(), world.clock().now());
    parties::reference::load(store, now).await.unwrap();
    outcomes::reference::load(store, now).await.unwrap();
    world
}

fn asked(file: PathBuf, rows_at_once: u32) -> Asked {
    Asked {
        file,
        layout: Arc::new(Layout::ascof().unwrap()),
        kind: ImportKind::Ascof,
        period: financial_year("2020-21"),
        source: "Where these figures are from.".to_owned(),
        settings: ImportSettings {
            rows_at_once,
            ..ImportSettings::default()
        },
    }
}

/// Loads the whole open-data release.
pub async fn import_release(world: &World) -> Report {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ascof-2020-21.csv.gz");
    import(world, asked(file, 2_000)).await
}

async fn import(world: &World, asked: Asked) -> Report {
    load(world.node().app.store(), world.clock().now(), asked, |_| ())
        .await
        .unwrap()
}

fn file(folder: &Path, name: &str, lines: &[&str]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("{HEADINGS}\n{}\n", lines.join("\n"))).unwrap();
    path
}

async fn figures(world: &World) -> Vec<observation::Model> {
    observation::Entity::find().all(world.connection()).await.unwrap()
}

both_databases! {
    /// Everything of the real file is there, and nothing is there twice.
    async fn the_whole_release_is_loaded_once(engine: Engine) {
        let world = reference(engine).await;
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ascof-2020-21.csv.gz");
        let report = import(&world, asked(file.clone(), 2_000)).await;
        assert_eq!((report.rows_read, report.rows_refused, report.observations), (48_970, 0, 13_114));
        let again = import(&world, asked(file, 2_000)).await;
        assert!(again.was_there);
        assert_eq!((again.batch, again.observations), (report.batch, 13_114));
        let count = observation::Entity::find().count(world.connection()).await.unwrap();
        assert_eq!(count, 13_114);
        let masked = observation::Entity::find()
            .filter(observation::Column::Marker.eq("C"))
            .count(world.connection());
        assert_eq!(masked.await.unwrap(), 22);
        world.close().await;
    }

    /// What another file says otherwise is a further revision; what it says alike is left alone.
    async fn a_correction_is_a_revision_and_nothing_is_written_over(engine: Engine) {
        let world = reference(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let first = file(folder.path(), "first.csv", &[
            "211,Council,E08000034,1F,Total,Outcome,5",
            "212,Council,E08000035,1F,Total,Outcome,[c]",
        ]);
        let second = file(folder.path(), "second.csv", &[
            "211,Council,E08000034,1F,Total,Outcome,5.5",
            "212,Council,E08000035,1F,Total,Outcome,[c]",
        ]);
        import(&world, asked(first, 10)).await;
        let report = import(&world, asked(second, 10)).await;
        assert_eq!((report.observations, report.unchanged), (1, 1));
        let mut told: Vec<_> = figures(&world).await.iter().map(|row| {
            let value = row.value.map(|value| value.to_string());
            (value, row.revision, row.is_current, row.correction_reason.is_some())
        }).collect();
        told.sort();
        assert_eq!(told, [
            (None, 1, true, false),
            (Some("5".to_owned()), 1, false, false),
            (Some("5.5".to_owned()), 2, true, true),
        ]);
        world.close().await;
    }

    /// An import that was stopped halfway goes on, and brings each figure and each fault once.
    async fn an_import_that_was_stopped_goes_on(engine: Engine) {
        let world = reference(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "figures.csv", &[
            "211,Council,E08000034,1F,Total,Outcome,5",
            "212,Council,E08000035,1F,Total,Outcome,about 6",
            "999,Council,,1F,Total,Outcome,7",
            "213,Council,E08000036,1F,Total,Outcome,8",
        ]);
        let whole = import(&world, asked(path.clone(), 1)).await;
        assert_eq!((whole.rows_read, whole.rows_refused, whole.observations), (4, 2, 2));
        // As a stop would leave it: the last figure is not there, and the import has not ended.
        let rows = figures(&world).await;
        let last = rows.iter().max_by_key(|row| row.value).unwrap();
        observation::Entity::delete_by_id(last.id).exec(world.connection()).await.unwrap();
        let stopped = import_batch::ActiveModel {
            id: sea_orm::Set(whole.batch),
            status: sea_orm::Set(entity::outcomes::kinds::ImportStatus::Running),
            finished_at: sea_orm::Set(None),
            ..Default::default()
        };
        import_batch::Entity::update(stopped).exec(world.connection()).await.unwrap();
        let again = import(&world, asked(path, 2)).await;
        assert_eq!((again.batch, again.was_there), (whole.batch, false));
        assert_eq!((again.rows_read, again.rows_refused, again.observations), (4, 2, 2));
        assert_eq!(figures(&world).await.len(), 2);
        let said = import_error::Entity::find().count(world.connection()).await.unwrap();
        assert_eq!(said, 2);
        world.close().await;
    }

    /// An area that a file names in two ways is still one area.
    async fn one_area_by_two_codes_is_told_once(engine: Engine) {
        let world = reference(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "figures.csv", &[
            "NE,Region,E12000001,1F,Total,Outcome,5",
            "North East,Region,E12000001,1F,Total,Outcome,6",
        ]);
        let report = import(&world, asked(path, 10)).await;
        assert_eq!(report.reasons, [("DUPLICATE".to_owned(), 1)]);
        assert_eq!((report.rows_refused, report.observations), (1, 1));
        world.close().await;
    }

    /// What was wrong can be read again, by row.
    async fn what_was_wrong_is_kept_by_row(engine: Engine) {
        let world = reference(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let path = file(folder.path(), "figures.csv", &[
            "999,Council,,1F,Total,Outcome,7",
            "211,Council,E08000034,1E,Total,Numerator,3",
            "211,Council,E08000034,1E,Total,Denominator,40",
            "211,Council,E08000034,1E,Total,Outcome,7.5",
            "211,Council,E08000034,1ZZ,Total,Outcome,7",
        ]);
        let report = import(&world, asked(path, 10)).await;
        let expected = [("TINY_CELL", 1), ("UNKNOWN_INDICATOR", 1), ("UNKNOWN_PLACE", 1)];
        assert_eq!(report.reasons, expected.map(|(code, count)| (code.to_owned(), count)));
        assert_eq!(report.rows_refused, 2);
        let told = errors(world.node().app.store(), world.clock().now(), report.batch).await.unwrap();
        let rows: Vec<_> = told.iter().map(|fault| fault.row).collect();
        assert_eq!(rows, [2, 3, 6]);
        assert_eq!(told[0].message, "No area of this level has the code 999.");
        world.close().await;
    }
}
