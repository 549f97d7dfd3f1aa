//! The directory of providers and locations: loaded once and again, month after month, and never over what somebody looks after.

use std::path::{Path, PathBuf};

use entity::outcomes::kinds::ImportStatus;
use entity::outcomes::{import_batch, import_error};
use entity::parties::kinds::{CqcRating, IdentifierScheme, OrganisationKind, OrganisationStatus};
use entity::parties::{organisation, organisation_identifier, service, site, site_identifier};
use harness::{Engine, Rows, World, both_databases, uuid};
use roundtable_api::domains::imports::directory::load::{Asked, Report, load};
use roundtable_api::domains::imports::directory::synthetic::{Edition, location_code, provider_code, write};
use roundtable_api::domains::imports::load::errors;
use roundtable_api::domains::imports::settings::ImportSettings;
use roundtable_api::domains::parties;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, Set};

pub const EDITION: Edition = Edition {
    locations: 400,
    month: 0,
    churn: 10,
    seed: 7,
    faults_bp: 0,
};

const HEADINGS: &str = "location id,LOCATION NAME,Provider ID,Provider Name,Registered manager,Location Local Authority,Care homes beds,\
                        Location Latest Overall Rating,Publication Date,Inherited Rating (Y/N),Provider Companies House Number";

/// A world with nothing in it but the areas that come with the server.
pub async fn empty(engine: Engine) -> World {
    let world = World::of(engine, &Rows::default(), |_| ()).await;
    let (store, now) = (world.node().app.store(), world.clock().now());
    parties::reference::load(store, now).await.unwrap();
    world
}

pub fn edition(folder: &Path, edition: Edition) -> PathBuf {
    let path = folder.join(format!("{}-{}.csv", edition.month, edition.faults_bp));
    let mut text = Vec::new();
    write(edition, &mut text).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

fn lines(folder: &Path, name: &str, lines: &[&str]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("{HEADINGS}\n{}\n", lines.join("\n"))).unwrap();
    path
}

pub async fn import(world: &World, file: PathBuf, close_departed: bool) -> Report {
    let asked = Asked {
        file,
        source: "Where this is from.".to_owned(),
        close_departed,
        settings: ImportSettings {
            rows_at_once: 150,
            ..ImportSettings::default()
        },
    };
    load(world.node().app.store(), world.clock().now(), asked, |_| ())
        .await
        .unwrap()
}

pub async fn sites(world: &World) -> Vec<site::Model> {
    site::Entity::find().all(world.connection()).await.unwrap()
}

async fn code(world: &World, value: &str) -> Option<site_identifier::Model> {
    let of = site_identifier::Entity::find().filter(site_identifier::Column::Value.eq(value));
    of.one(world.connection()).await.unwrap()
}

both_databases! {
    /// Everything of an edition is there, by its codes, and nothing is there twice.
    async fn an_edition_is_loaded_once(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let file = edition(folder.path(), EDITION);
        let report = import(&world, file.clone(), false).await;
        assert_eq!((report.rows_read, report.rows_refused), (400, 0));
        assert_eq!((report.done.organisations, report.done.sites, report.done.changed), (200, 400, 0));
        let again = import(&world, file, false).await;
        assert!(again.was_there && again.batch == report.batch);
        assert_eq!(sites(&world).await.len(), 400);
        let held = organisation_identifier::Entity::find()
            .filter(organisation_identifier::Column::Value.eq(provider_code(3)))
            .one(world.connection())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(held.scheme, IdentifierScheme::CqcProvider);
        let provider = organisation::Entity::find_by_id(held.organisation_id).one(world.connection()).await.unwrap().unwrap();
        assert_eq!((provider.name.as_str(), provider.kind), ("SYN Care 000003", OrganisationKind::CareProvider));
        assert_eq!(provider.status, OrganisationStatus::Active);
        let held = code(&world, &location_code(6)).await.unwrap();
        assert_eq!((held.scheme, held.valid_from), (IdentifierScheme::CqcLocation, "2010-10-01".parse().ok()));
        let home = site::Entity::find_by_id(held.site_id).one(world.connection()).await.unwrap().unwrap();
        assert_eq!((home.organisation_id, home.postcode.as_deref(), home.beds), (provider.id, Some("ZZ99 6ZZ"), Some(6)));
        world.close().await;
    }

    /// A month later: what came is added, what is said otherwise is changed, and what is gone ends only where that is asked for.
    async fn a_later_edition_changes_what_it_says_otherwise(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        import(&world, edition(folder.path(), EDITION), false).await;
        let second = import(&world, edition(folder.path(), Edition { month: 5, churn: 2, ..EDITION }), false).await;
        assert_eq!((second.done.sites, second.done.organisations, second.done.ended), (10, 5, 0));
        assert!(second.done.changed > 50, "{:?}", second.done);
        assert_eq!(code(&world, &location_code(0)).await.unwrap().valid_to, None);
        let third = import(&world, edition(folder.path(), Edition { month: 6, churn: 2, ..EDITION }), true).await;
        assert_eq!((third.done.sites, third.done.ended), (2, 12));
        let ended = code(&world, &location_code(0)).await.unwrap();
        assert_eq!(ended.valid_to, Some(world.clock().now().date_naive()));
        assert_eq!(sites(&world).await.len(), 412, "a site whose code ended stays");
        world.close().await;
    }

    /// Faults are kept by row and can be read again; while rows cannot be read, no location is taken to be gone.
    async fn what_was_wrong_is_kept_by_row(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let first = lines(folder.path(), "first.csv", &[
            "1-990000000,SYN Home,1-990000001,SYN Care,SYN Somebody,Leeds,12,Good,01/02/2024,,01234567",
            "1-990000002,SYN House,1-990000001,SYN Care,SYN Somebody,Nowhere,12,Splendid,01/02/2024,,01234567",
            "990000003,SYN Hut,1-990000001,SYN Care,SYN Somebody,Leeds,many,Good,30/02/2024,Y,01234567",
            "1-990000004,SYN Inn,1-990000005,SYN Other Care,SYN Somebody,-,many,Good,01/02/2024,Y,1234567",
        ]);
        let report = import(&world, first, true).await;
        assert_eq!((report.rows_read, report.rows_refused, report.done.sites), (4, 1, 3));
        let expected = [
            ("CELL_LEFT_OUT", 1), ("CODE_TAKEN", 1), ("INHERITED_RATING", 1), ("MALFORMED_CODE", 1), ("PADDED", 1),
            ("UNKNOWN_AUTHORITY", 1), ("UNKNOWN_RATING", 1),
        ];
        assert_eq!(report.reasons, expected.map(|(code, count)| (code.to_owned(), count)));
        assert!(report.done.is_unsure && report.done.ended == 0, "{:?}", report.done);
        let told = errors(world.node().app.store(), world.clock().now(), report.batch).await.unwrap();
        let malformed = told.iter().find(|fault| fault.row == 4).unwrap();
        assert_eq!(malformed.column.as_deref(), Some("location id"));
        let rated: Vec<_> = sites(&world).await.into_iter().map(|site| (site.name, site.cqc_rating, site.beds)).collect();
        assert!(rated.contains(&("SYN Home".to_owned(), Some(CqcRating::Good), Some(12))), "{rated:?}");
        assert!(rated.contains(&("SYN House".to_owned(), None, Some(12))), "{rated:?}");
        assert!(rated.contains(&("SYN Inn".to_owned(), Some(CqcRating::NotRated), None)), "{rated:?}");
        let leeds = sites(&world).await.into_iter().find(|site| site.name == "SYN Home").unwrap();
        assert!(leeds.local_authority_id.is_some());
        world.close().await;
    }

    /// A load that was stopped goes on, and brings everything once.
    async fn a_load_that_was_stopped_goes_on(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let file = edition(folder.path(), Edition { faults_bp: 300, ..EDITION });
        let whole = import(&world, file.clone(), false).await;
        let said = import_error::Entity::find().count(world.connection()).await.unwrap();
        assert!(said > 5, "{:?}", whole.reasons);
        let last = sites(&world).await.into_iter().max_by_key(|site| site.name.clone()).unwrap();
        site_identifier::Entity::delete_many()
            .filter(site_identifier::Column::SiteId.eq(last.id))
            .exec(world.connection())
            .await
            .unwrap();
        let provided = service::Entity::delete_many().filter(service::Column::SiteId.eq(last.id));
        let provided = provided.exec(world.connection()).await.unwrap().rows_affected;
        site::Entity::delete_by_id(last.id).exec(world.connection()).await.unwrap();
        let stopped = import_batch::ActiveModel {
            id: Set(whole.batch),
            status: Set(ImportStatus::Running),
            finished_at: Set(None),
            ..Default::default()
        };
        import_batch::Entity::update(stopped).exec(world.connection()).await.unwrap();
        let again = import(&world, file, false).await;
        assert_eq!((again.batch, again.was_there), (whole.batch, false));
        assert_eq!((again.done.sites, again.done.organisations, again.done.changed), (1, 0, 0));
        assert_eq!((again.done.services, again.done.services_ended), (provided, 0));
        assert!(provided > 0);
        assert_eq!(import_error::Entity::find().count(world.connection()).await.unwrap(), said);
        world.close().await;
    }

    /// An organisation with users of its own edits its own rows: no edition changes them, adds to them or ends anything of theirs.
    async fn what_somebody_looks_after_stays(world: World) {
        let birch = uuid("organisation", "birch-care");
        let before = organisation::Entity::find_by_id(birch).one(world.connection()).await.unwrap().unwrap();
        let mut held = organisation_identifier::Entity::find().one(world.connection()).await.unwrap().unwrap();
        held.id = uuid("organisation_identifier", "cqc").into();
        held.organisation_id = birch.into();
        held.scheme = IdentifierScheme::CqcProvider;
        held.value = "1-990000001".to_owned();
        held.valid_to = None;
        organisation_identifier::Entity::insert(held.into_active_model()).exec(world.connection()).await.unwrap();
        let sites_before = sites(&world).await;
        let folder = tempfile::tempdir().unwrap();
        let file = lines(folder.path(), "first.csv", &[
            "1-990000000,SYN Home,1-990000001,SYN Care,SYN Somebody,Leeds,12,Good,01/02/2024,,01234567",
        ]);
        let report = import(&world, file, true).await;
        assert_eq!((report.done.organisations, report.done.sites, report.done.changed, report.done.ended), (0, 0, 0, 0));
        assert!(report.reasons.iter().any(|(code, _)| code == "KEPT_BY_ORGANISATION"), "{:?}", report.reasons);
        let after = organisation::Entity::find_by_id(birch).one(world.connection()).await.unwrap().unwrap();
        assert_eq!(after, before);
        assert_eq!(sites(&world).await, sites_before);
    }

    /// The names of managers and nominated individuals are in no table, and neither is a brand that is a dash.
    async fn nothing_of_a_person_is_stored(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let report = import(&world, edition(folder.path(), Edition { faults_bp: 2_000, ..EDITION }), false).await;
        assert!(report.done.sites > 100);
        let (sites, organisations) = (sites(&world).await, organisation::Entity::find().all(world.connection()).await.unwrap());
        let errors = import_error::Entity::find().all(world.connection()).await.unwrap();
        let batches = import_batch::Entity::find().all(world.connection()).await.unwrap();
        let services = service::Entity::find().all(world.connection()).await.unwrap();
        let stored = format!("{sites:?} {services:?} {organisations:?} {errors:?} {batches:?}");
        for word in ["Manager", "Nominee"] {
            assert!(!stored.contains(word), "{word} is stored");
        }
        world.close().await;
    }

    /// Files come in Windows-1252, too.
    async fn names_keep_their_letters(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.csv");
        let mut bytes = b"Location ID,Location Name,Provider ID,Provider Name\n1-990000000,SYN Caf".to_vec();
        bytes.extend(b"\xe9,1-990000001,SYN M\xf4n \x96 Care\n");
        std::fs::write(&path, bytes).unwrap();
        import(&world, path, false).await;
        assert_eq!(sites(&world).await[0].name, "SYN Caf\u{e9}");
        world.close().await;
    }
}
