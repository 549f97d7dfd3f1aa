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
    /// Which tests, a bit for each.
    pub tests: u32,
    /// The values, each in its place whether it is used or not.
    pub values: Vec<Bound>,
}

const KIND: u8 = 0;
const STATUS: u8 = 1;
const OWNER: u8 = 2;
const TOPIC: u8 = 3;

/// The value of a test.
const fn value(test: u8) -> Parameter {
    Search::<resource_version::Entity>::filter(test)
}

/// Whether a test is among those asked for.
const fn asks(tests: u32, test: u8) -> bool {
    tests >> test & 1 == 1
}

impl Filters {
    pub fn of(filter: &ResourceSearchFilter) -> Self {
        let owner = filter.owner_organisation.as_ref();
        let topic = filter.topic.as_ref().map(|topic| topic.trim().to_lowercase());
        let asked = [
            (KIND, filter.kind.is_some()),
            (STATUS, filter.status.is_some()),
            (OWNER, owner.is_some()),
            (TOPIC, topic.is_some()),
        ];
        let bit = |(test, is_asked)| u32::from(is_asked) << test;
        Self {
            tests: asked.into_iter().map(bit).sum(),
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
        !asks(self.tests, STATUS)
    }

    /// The condition on versions.
    pub fn narrow(tests: u32, rows: &Rows<resource_version::Entity>, backend: DbBackend) -> Condition {
        use resource_version::Column as C;
        let status = rows.column(C::Status);
        let narrowed = Condition::all().add(if asks(tests, STATUS) {
            text_in(status, value(STATUS), backend)
        } else {
            status.is_not_in(PAST)
        });
        if asks(tests, KIND) || asks(tests, OWNER) || asks(tests, TOPIC) {
            narrowed.add(rows.exists::<resource::Entity>(|of| {
                Condition::all()
                    .add(of.matches(resource::Column::Id, rows, C::ResourceId))
                    .add(resource::Entity::scope(of).into_condition(Reached::Directly))
                    .add(Self::narrow_resource(tests, of, backend))
            }))
        } else {
            narrowed
        }
    }

    fn narrow_resource(tests: u32, of: &Rows<resource::Entity>, backend: DbBackend) -> Condition {
        use resource::Column as C;
        let mut all = Condition::all();
        if asks(tests, KIND) {
            all = all.add(text_in(of.column(C::Kind), value(KIND), backend));
        }
        if asks(tests, TOPIC) {
            all = all.add(lists_one_of(of.column(C::Topics), value(TOPIC), backend));
        }
        if asks(tests, OWNER) {
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
