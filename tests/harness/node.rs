//! A node under test, in a world.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use roundtable_api::clock::Clock;
use roundtable_api::config::{DatabaseUrl, Settings};
use roundtable_api::node::Node;
use sea_orm::DatabaseConnection;

use crate::{Client, Engine, NOW, Place, Rows, Template, VIEWERS};

/// A node of Roundtable over a database of its own. Cheap to clone.
#[derive(Clone)]
pub struct World(Arc<Inner>);

struct Inner {
    place: Place,
    clock: Clock,
    node: Node,
    connection: DatabaseConnection,
}

impl World {
    /// The fixed world: see [`world`](crate::world).
    pub async fn fixed(engine: Engine) -> Self {
        Self::new(engine, Template::World, |_| ()).await
    }

    /// A world of these rows and no others.
    pub async fn of(engine: Engine, rows: &Rows, settings: impl FnOnce(&mut Settings)) -> Self {
        let world = Self::new(engine, Template::Empty, settings).await;
        rows.insert(world.connection()).await;
        world
    }

    /// A world with settings of its own.
    ///
    /// # Panics
    /// When the node does not start.
    pub async fn new(engine: Engine, template: Template, change: impl FnOnce(&mut Settings)) -> Self {
        let place = Place::new(engine, template).await;
        let clock = Clock::fixed(now());
        let mut settings = Settings::default();
        settings.server.data_dir = place.folder().to_owned();
        settings.database.url = Some(DatabaseUrl::from(place.address().to_owned()));
        settings.database.max_connections = 6;
        settings.http.points_per_minute = 0;
        change(&mut settings);
        let node = Node::assemble(&settings, clock.clone()).await.unwrap();
        let connection = place.connect().await;
        Self(Arc::new(Inner {
            place,
            clock,
            node,
            connection,
        }))
    }

    /// One of the [`VIEWERS`], or `anonymous`, or the subject of any other account there is in the world.
    #[must_use]
    pub fn client(&self, viewer: &str) -> Client {
        match viewer {
            "anonymous" => Client::new(self.clone(), None, false),
            name => Client::new(self.clone(), Some(name), name.starts_with("service-account")),
        }
    }

    /// Every viewer by name, `anonymous` among them.
    pub fn clients(&self) -> impl Iterator<Item = (&'static str, Client)> + '_ {
        VIEWERS.iter().map(|name| (*name, self.client(name)))
    }

    /// The clock of the node, which stands still at [`NOW`] until a test moves it.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The node.
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.0.node
    }

    /// The database it stands on.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// A connection past every rule: for tests, to arrange and to look.
    #[must_use]
    pub fn connection(&self) -> &DatabaseConnection {
        &self.0.connection
    }

    /// Every row there is now.
    pub async fn rows(&self) -> Rows {
        Rows::load(self.connection()).await
    }

    /// Ends the node and removes its database; tests that are given their world need not.
    pub async fn close(self) {
        self.0.place.remove().await;
    }
}

/// [`NOW`] as an instant.
fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}
