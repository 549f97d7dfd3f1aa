//! Which versions a search looks at.

use entity::Described;
use entity::parties::organisation;
use entity::resources::{resource, resource_version};
use sea_orm::DbBackend;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, ExprTrait};

use super::types::ResourceSearchFilter;
use crate::planner::declare::Declared;
use crate::planner::{OneOf, global_id};
use crate::store::{Bound, Parameter, Reached, Rows, Scoped, Search, lists_one_of, text_in};

/// Statuses of versions that nobody means who does not say so: a later version took their place, or they were taken back.
const PAST: [&str; 2] = ["SUPERSEDED", "WITHDRAWN"];

/// The tests that a client asked for, each with its value.
#[derive(Clone, Debug)]
pub(super) struct Filters {
    tests: [bool; 4],
    /// The values, each in its place whether it is used or not.
    pub values: Vec<Bound>,
}

const KIND: usize = 0;
const STATUS: usize = 1;
const OWNER: usize = 2;
const TOPIC: usize = 3;

/// The value of a test.
const fn value(test: usize) -> Parameter {
    #[expect(clippy::cast_possible_truncation, reason = "there are four")]
    Search::<resource_version::Entity>::filter(test as u8)
}

impl Filters {
    pub fn of(filter: &ResourceSearchFilter) -> Self {
        let owner = filter.owner_organisation.as_ref();
        let topic = filter.topic.as_ref().map(|topic| topic.trim().to_lowercase());
        Self {
            tests: [
                filter.kind.is_some(),
                filter.status.is_some(),
                owner.is_some(),
                topic.is_some(),
            ],
            values: vec![
                names(filter.kind.as_deref()),
                names(filter.status.as_deref()),
                // An id of another kind matches nothing, just as the id of an organisation that does not exist.
                Bound::id(owner.map(|owner| {
                    global_id::decode_as(organisation::Entity::PREFIX, owner).unwrap_or(Uuid::nil())
                })),
                Bound::Texts(topic.into_iter().collect()),
            ],
        }
    }

    /// Whether nobody asked for past versions: [`PAST`] is what the index takes for it, too.
    pub const fn leave_out_past(&self) -> bool {
        !self.tests[STATUS]
    }

    /// The condition on versions.
    pub fn narrow(&self, rows: &Rows<resource_version::Entity>, backend: DbBackend) -> Condition {
        use resource_version::Column as C;
        let status = rows.column(C::Status);
        let narrowed = Condition::all().add(if self.tests[STATUS] {
            text_in(status, value(STATUS), backend)
        } else {
            status.is_not_in(PAST)
        });
        if self.tests[KIND] || self.tests[OWNER] || self.tests[TOPIC] {
            narrowed.add(rows.exists::<resource::Entity>(|of| {
                Condition::all()
                    .add(of.matches(resource::Column::Id, rows, C::ResourceId))
                    .add(resource::Entity::scope(of).into_condition(Reached::Directly))
                    .add(self.narrow_resource(of, backend))
            }))
        } else {
            narrowed
        }
    }

    fn narrow_resource(&self, of: &Rows<resource::Entity>, backend: DbBackend) -> Condition {
        use resource::Column as C;
        let mut all = Condition::all();
        if self.tests[KIND] {
            all = all.add(text_in(of.column(C::Kind), value(KIND), backend));
        }
        if self.tests[TOPIC] {
            all = all.add(lists_one_of(of.column(C::Topics), value(TOPIC), backend));
        }
        if self.tests[OWNER] {
            // Only an owner that the viewer may read: otherwise the filter would tell whose something is.
            let owner = of.exists::<organisation::Entity>(|owner| {
                Condition::all()
                    .add(owner.matches(organisation::Column::Id, of, C::OwnerOrganisationId))
                    .add(organisation::Entity::scope(owner).into_condition(Reached::Directly))
            });
            all = all
                .add(of.column(C::OwnerOrganisationId).eq(value(OWNER).expr()))
                .add(owner);
        }
        all
    }
}

fn names<T: Described>(values: Option<&[OneOf<T>]>) -> Bound {
    let values = values.unwrap_or_default().iter();
    Bound::Texts(values.map(|value| value.0.stored_name().to_owned()).collect())
}
