//! What an organisation reaches of another's rows (`domain.md` 3): both are active, both are active members of an active
//! partnership, and both have signed an agreement of it that is in force and names the category.
//!
//! Who shares with the acting organisation is gathered with the viewer's other facts, which are remembered while they hold;
//! a statement only looks up each row's partnership and holder among them.

use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;

use crate::store::{Rows, ViewerFact};

/// The rows' holder shares them with the viewer's acting organisation in the rows' partnership. `sharers` are those who do
/// under an agreement that names the category of the rows.
pub(super) fn shared<E: EntityTrait>(
    rows: &Rows<E>,
    (partnership, holder): (E::Column, E::Column),
    sharers: ViewerFact,
) -> Expr {
    rows.pair_among((partnership, holder), sharers)
}
