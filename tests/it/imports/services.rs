//! The services of a directory: one a location and kind, month after month, and never over what somebody made by hand.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use entity::id::{OrganisationId, ServiceId, UserId};
use entity::list::EnumList;
use entity::outcomes::import_batch;
use entity::parties::kinds::{ClientGroup, IdentifierScheme, ServiceDelivery, ServiceKind};
use entity::parties::{organisation_identifier, service, site, site_identifier};
use harness::{World, both_databases, uuid};
use roundtable_api::domains::imports::directory::synthetic::Edition;
use roundtable_api::domains::imports::load::errors;
use sea_orm::prelude::Date;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set};

use super::directory::{EDITION, edition, empty, import, sites};

const HEADINGS: &str = "Location ID,Location HSCA start date,Location Name,Provider ID,Provider Name,\
                        SERVICE TYPE \u{2013} Domiciliary Care Service,Service type - Care home service with nursing,\
                        Service type - Shared Lives,Service type - Extra Care housing services,\
                        Service user band - Dementia,Service user band - Older People";

/// An edition of one provider's locations. Each line goes on after the provider: homecare, nursing, shared lives, extra care, dementia, older people.
fn lines(folder: &Path, name: &str, lines: &[(&str, &str)]) -> PathBuf {
    let path = folder.join(name);
    let rows = lines.iter().map(|(location, flags)| {
        format!("1-99000000{location},01/10/2010,SYN Home {location},1-990000100,SYN Care,{flags}\n")
    });
    std::fs::write(&path, format!("{HEADINGS}\n{}", rows.collect::<String>())).unwrap();
    path
}

async fn services(world: &World) -> Vec<service::Model> {
    let mut found = service::Entity::find().all(world.connection()).await.unwrap();
    found.sort_by_key(|row| (row.name.clone(), row.kind, row.id));
    found
}

async fn change(world: &World, row: service::ActiveModel) {
    service::Entity::update(row)
        .exec(world.connection())
        .await
        .unwrap();
}

fn today(world: &World) -> Date {
    world.clock().now().date_naive()
}

/// What each row shows: its name, its kind, when it starts, and whether it is over.
fn shown(rows: &[service::Model]) -> Vec<(&str, ServiceKind, String, bool)> {
    rows.iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.kind,
                row.starts_on.to_string(),
                row.ends_on.is_some(),
            )
        })
        .collect()
}

/// Services of an edition by kind, counted from its text alone.
fn counted(file: &Path) -> BTreeMap<ServiceKind, usize> {
    use ServiceKind as K;
    let names = [
        ("Care home service with nursing", K::Nursing),
        ("Care home service without nursing", K::Residential),
        ("Domiciliary care service", K::Homecare),
        ("Supported living service", K::SupportedLiving),
        ("Community healthcare service", K::CommunityHealth),
        ("Acute services with overnight beds", K::Hospital),
        ("Extra Care housing services", K::Other),
        ("Shared Lives", K::Other),
    ];
    let text = std::fs::read_to_string(file).unwrap();
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let headings = rows.next().unwrap();
    let mut counts = BTreeMap::new();
    for row in rows {
        let mut provided: Vec<_> = names
            .iter()
            .filter(|(name, _)| {
                let heading = format!("Service type - {name}");
                row[headings.iter().position(|written| *written == heading).unwrap()] == "Y"
            })
            .map(|(_, kind)| *kind)
            .collect();
        provided.sort_unstable();
        provided.dedup();
        for kind in provided {
            *counts.entry(kind).or_insert(0) += 1;
        }
    }
    counts
}

async fn open(world: &World) -> BTreeMap<ServiceKind, usize> {
    let mut counts = BTreeMap::new();
    for row in services(world).await.iter().filter(|row| row.ends_on.is_none()) {
        *counts.entry(row.kind).or_insert(0) += 1;
    }
    counts
}

both_databases! {
    /// Each location has one service of each kind that it is registered for; nobody has said how it is paid for.
    async fn every_location_gets_its_services_once(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let file = edition(folder.path(), EDITION);
        let report = import(&world, file.clone(), false).await;
        let expected = counted(&file);
        assert_eq!(expected.len(), 7);
        assert_eq!(open(&world).await, expected);
        assert_eq!(report.done.services, expected.values().sum::<usize>() as u64);
        let batch = import_batch::Entity::find_by_id(report.batch).one(world.connection()).await.unwrap().unwrap();
        assert_eq!(batch.records_made, (200 + 400 + report.done.services).cast_signed());
        let again = import(&world, file, false).await;
        assert_eq!((again.was_there, again.done.services), (true, 0));
        let places: BTreeMap<_, _> = sites(&world).await.into_iter().map(|site| (site.id, site)).collect();
        for row in services(&world).await {
            let site = &places[&row.site_id.unwrap()];
            assert_eq!((&row.name, row.provider_organisation_id), (&site.name, site.organisation_id));
            assert_eq!((row.delivery, row.commissioner_organisation_id), (ServiceDelivery::NotStated, None));
            assert_eq!((row.starts_on, row.ends_on), ("2010-10-01".parse().unwrap(), None));
            assert_eq!(row.created_by, None);
        }
        world.close().await;
    }

    /// Month after month what is open is what the edition says, whatever it said before.
    async fn later_editions_are_followed(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let (mut made, mut ended) = (0, 0);
        for month in 0..3 {
            let file = edition(folder.path(), Edition { month, ..EDITION });
            let report = import(&world, file.clone(), true).await;
            assert_eq!(open(&world).await, counted(&file), "month {month}");
            made += report.done.services;
            ended += report.done.services_ended;
            assert_eq!(report.done.services_ended > 0, month > 0, "{:?}", report.done);
        }
        let all = services(&world).await;
        assert_eq!(all.len() as u64, made);
        assert_eq!(all.iter().filter(|row| row.ends_on == Some(today(&world))).count() as u64, ended);
        world.close().await;
    }

    /// Several types of one kind are one service; what is given up ends, what is taken up begins, what comes back is another one.
    async fn what_a_location_gives_up_ends_and_what_it_takes_up_begins(engine: Engine) {
        use ServiceKind::{Homecare, Nursing, Other};
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let (since, now) = ("2010-10-01".to_owned(), today(&world).to_string());
        let first = import(&world, lines(folder.path(), "1.csv", &[("1", "Y,,Y,Y,Y,")]), false).await;
        assert_eq!(shown(&services(&world).await), [
            ("SYN Home 1", Homecare, since.clone(), false), ("SYN Home 1", Other, since.clone(), false),
        ]);
        assert_eq!((first.done.services, first.done.services_ended, first.done.changed), (2, 0, 0));
        let before = services(&world).await;
        assert!(before.iter().all(|row| row.client_groups == EnumList::new([ClientGroup::Dementia])));
        // The administrator corrects what the directory does not know: that stays.
        change(&world, service::ActiveModel {
            id: Set(before[1].id),
            delivery: Set(ServiceDelivery::Commissioned),
            client_groups: Set(EnumList::new([ClientGroup::Dementia, ClientGroup::Carers])),
            ..Default::default()
        }).await;

        let second = import(&world, lines(folder.path(), "2.csv", &[("1", ",Y,Y,,,Y")]), false).await;
        assert_eq!((second.done.services, second.done.services_ended, second.done.changed), (1, 1, 1));
        let after = services(&world).await;
        assert_eq!(shown(&after), [
            ("SYN Home 1", Homecare, since.clone(), true), ("SYN Home 1", Nursing, now.clone(), false),
            ("SYN Home 1", Other, since.clone(), false),
        ]);
        assert_eq!((after[0].id, after[0].ends_on), (before[0].id, Some(today(&world))));
        assert_eq!((after[2].id, after[2].version, after[2].delivery), (before[1].id, 2, ServiceDelivery::Commissioned));
        assert_eq!(after[2].client_groups, EnumList::new([ClientGroup::OlderPeople, ClientGroup::Carers]));

        let third = import(&world, lines(folder.path(), "3.csv", &[("1", "Y,Y,Y,,,Y")]), false).await;
        assert_eq!((third.done.services, third.done.services_ended, third.done.changed), (1, 0, 0));
        let open = services(&world).await.into_iter().filter(|row| row.ends_on.is_none()).collect::<Vec<_>>();
        assert_eq!(shown(&open), [
            ("SYN Home 1", Homecare, now.clone(), false), ("SYN Home 1", Nursing, now, false),
            ("SYN Home 1", Other, since, false),
        ]);
        world.close().await;
    }

    /// The services of a location that is gone end with its code, where that is asked for.
    async fn services_end_with_their_location(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        import(&world, lines(folder.path(), "1.csv", &[("1", "Y,Y,,,,"), ("2", "Y,,,,,")]), true).await;
        let kept = import(&world, lines(folder.path(), "2.csv", &[("2", "Y,,,,,Y")]), false).await;
        assert_eq!((kept.done.ended, kept.done.services_ended), (0, 0));
        let closed = import(&world, lines(folder.path(), "3.csv", &[("2", "Y,,,,Y,Y")]), true).await;
        assert_eq!((closed.done.ended, closed.done.services_ended), (1, 2));
        let over: Vec<_> = services(&world).await.into_iter().map(|row| (row.name, row.ends_on)).collect();
        let (gone, there) = ("SYN Home 1".to_owned(), "SYN Home 2".to_owned());
        assert_eq!(over, [(gone.clone(), Some(today(&world))), (gone, Some(today(&world))), (there, None)]);
        world.close().await;
    }

    /// A service that a user made at such a site is neither changed nor ended, nor is there a second one of its kind.
    async fn what_was_made_by_hand_is_neither_touched_nor_doubled(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        import(&world, lines(folder.path(), "1.csv", &[("1", "Y,,,,,")]), true).await;
        let listed = services(&world).await.remove(0);
        let by_hand = service::Model {
            id: ServiceId::new(),
            name: "By hand".to_owned(),
            kind: ServiceKind::Nursing,
            delivery: ServiceDelivery::SelfFunded,
            created_by: Some(UserId::new()),
            ..listed
        };
        service::Entity::insert(by_hand.clone().into_active_model()).exec(world.connection()).await.unwrap();
        for (name, flags, close) in [("2.csv", "Y,Y,,,,Y", false), ("3.csv", "Y,,,,,Y", false)] {
            let report = import(&world, lines(folder.path(), name, &[("1", flags)]), close).await;
            assert_eq!((report.done.services, report.done.services_ended), (0, 0), "{name}");
        }
        let closed = import(&world, lines(folder.path(), "4.csv", &[("2", "Y,,,,,")]), true).await;
        assert_eq!((closed.done.services, closed.done.services_ended), (1, 1));
        let found = service::Entity::find_by_id(by_hand.id).one(world.connection()).await.unwrap();
        assert_eq!(found, Some(by_hand));
        world.close().await;
    }

    /// A cell that is no flag is said, with its column, and changes nothing; so does a column that is gone.
    async fn a_cell_that_is_no_flag_is_said_and_changes_nothing(engine: Engine) {
        let world = empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        import(&world, lines(folder.path(), "1.csv", &[("1", "Y,Y,,,Y,")]), false).await;
        let before = services(&world).await;
        let report = import(&world, lines(folder.path(), "2.csv", &[("1", "perhaps,Y,,,1,")]), false).await;
        assert_eq!(report.reasons, [("CELL_LEFT_OUT".to_owned(), 2)]);
        assert_eq!((report.rows_refused, report.done.services, report.done.services_ended), (0, 0, 0));
        let told = errors(world.node().app.store(), world.clock().now(), report.batch).await.unwrap();
        let columns: Vec<_> = told.iter().filter_map(|fault| fault.column.clone()).collect();
        assert_eq!(columns, ["SERVICE TYPE \u{2013} Domiciliary Care Service", "Service user band - Dementia"]);
        assert!(told[0].message.contains("Y or blank"), "{}", told[0].message);
        let bare = folder.path().join("3.csv");
        let text = "Location ID,Location Name,Provider ID,Provider Name,Service user band - Martians\n\
                    1-990000001,SYN Home 1,1-990000100,SYN Care,Y\n";
        std::fs::write(&bare, text).unwrap();
        let report = import(&world, bare, false).await;
        assert_eq!(report.reasons, [("CELL_LEFT_OUT".to_owned(), 1)]);
        assert_eq!(services(&world).await, before);
        world.close().await;
    }

    /// An organisation with users of its own keeps its own list of services; each difference is said.
    async fn an_organisation_with_users_keeps_its_services(world: World) {
        let house = site::Entity::find_by_id(uuid("site", "birch-house")).one(world.connection()).await.unwrap().unwrap();
        claim(&world, house.organisation_id, &house).await;
        let before = services(&world).await;
        let folder = tempfile::tempdir().unwrap();
        let report = import(&world, lines(folder.path(), "1.csv", &[("1", "Y,Y,,,,")]), true).await;
        assert_eq!((report.done.services, report.done.services_ended, report.done.changed), (0, 0, 0));
        assert_eq!(report.reasons.iter().find(|(code, _)| code == "KEPT_BY_ORGANISATION").map(|(_, count)| *count), Some(3));
        assert_eq!(services(&world).await, before);
    }
}

/// Gives an organisation and its site the codes that the lines of a test have.
async fn claim(world: &World, organisation: OrganisationId, site: &site::Model) {
    let held = organisation_identifier::Entity::find();
    let mut held = held.one(world.connection()).await.unwrap().unwrap();
    held.id = uuid("organisation_identifier", "cqc").into();
    held.organisation_id = organisation;
    (held.scheme, held.value, held.valid_to) =
        (IdentifierScheme::CqcProvider, "1-990000100".to_owned(), None);
    let held = organisation_identifier::Entity::insert(held.into_active_model());
    held.exec(world.connection()).await.unwrap();
    let place = site_identifier::Entity::find().filter(site_identifier::Column::SiteId.eq(site.id));
    let mut place = place.one(world.connection()).await.unwrap().unwrap();
    place.id = uuid("site_identifier", "cqc").into();
    (place.scheme, place.value, place.valid_to) =
        (IdentifierScheme::CqcLocation, "1-990000001".to_owned(), None);
    let place = site_identifier::Entity::insert(place.into_active_model());
    place.exec(world.connection()).await.unwrap();
}
