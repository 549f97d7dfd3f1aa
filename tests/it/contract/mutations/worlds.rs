//! Worlds for one case after the other.

use harness::{Engine, World};

use super::Case;

/// What one case did must not help another; what was refused did nothing, so its world is good for the next.
pub struct Worlds {
    engine: Engine,
    present: Option<World>,
}

impl Worlds {
    /// None yet.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            present: None,
        }
    }

    /// The fixed world, ready for a case.
    pub async fn for_case(&mut self, case: &Case) -> World {
        if case.arrange.is_some() {
            self.changed().await;
        }
        let world = match &self.present {
            Some(world) => world.clone(),
            None => World::fixed(self.engine).await,
        };
        self.present = Some(world.clone());
        case.arrange(&world).await;
        world
    }

    /// The present world is not the fixed one any more.
    pub async fn changed(&mut self) {
        if let Some(world) = self.present.take() {
            world.close().await;
        }
    }

    /// A case was tried in the present world, which is good for another unless something was done or arranged.
    pub async fn used(&mut self, case: &Case, is_unchanged: bool) {
        if !is_unchanged || case.arrange.is_some() {
            self.changed().await;
        }
    }
}
