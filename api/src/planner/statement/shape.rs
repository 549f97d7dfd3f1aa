//! What the text of a level's statement depends on.

use crate::planner::page::PageRequest;
use crate::store::Known;

/// What changes the text of a level's statement.
#[expect(clippy::struct_excessive_bools, reason = "a key: any combination may come")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::planner) struct Shape {
    /// The rows, or only their number.
    pub counting: bool,
    /// One key or none, or many.
    pub many: bool,
    pub order: u8,
    pub descending: bool,
    pub backward: bool,
    pub positioned: bool,
    /// One bit for each filter given.
    pub filters: u32,
    /// Of those that say whether a condition holds, one bit for each that is to hold.
    pub holding: u32,
    /// What is known of the viewer and the parents.
    pub known: Known,
    /// Whether the last column says how many changes there have been to what accounts may reach.
    pub asks_for_access: bool,
}

impl Shape {
    pub fn of(page: Option<&PageRequest>, many: bool, counting: bool, known: Known) -> Self {
        let page = page.map(|page| {
            let filters = page
                .filters
                .iter()
                .fold(0_u32, |bits, (place, _)| bits | (1 << place));
            (
                page.order,
                page.descending,
                page.backward,
                page.position.is_some(),
                filters,
                page.holding,
            )
        });
        let (order, descending, backward, positioned, filters, holding) = page.unwrap_or_default();
        let order = u8::try_from(order).unwrap_or_default();
        if counting {
            return Self {
                counting,
                many,
                order: 0,
                descending: false,
                backward: false,
                positioned: false,
                filters,
                holding,
                known,
                asks_for_access: false,
            };
        }
        Self {
            counting,
            many,
            order,
            descending,
            backward,
            positioned,
            filters,
            holding,
            known,
            asks_for_access: false,
        }
    }

    /// The same, asking for the number of changes beside.
    pub const fn asking_for_access(mut self, asks: bool) -> Self {
        self.asks_for_access = asks;
        self
    }
}
