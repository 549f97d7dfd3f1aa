//! The members of a board on a past day, out of the recorded steps: the condition in a statement that [`history`] is in
//! words.
//!
//! [`history`]: super::rules::history

use entity::boards::board_membership_change;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use crate::store::{Parameter, Rows};

/// Of each membership the last step up to the instant asked for (`rules::history`): identifiers rise with time, so of two
/// steps at one instant the later identifier counts.
pub(super) fn last_step_then(alias: &str, backend: DbBackend) -> Condition {
    use board_membership_change::Column as C;
    let steps = Rows::<board_membership_change::Entity>::new(alias, backend);
    let place =
        |of: &Rows<board_membership_change::Entity>| Expr::tuple([of.column(C::ChangedAt), of.column(C::Id)]);
    let later = steps.exists::<board_membership_change::Entity>(|other| {
        Condition::all()
            .add(other.matches(C::MembershipId, &steps, C::MembershipId))
            .add(other.column(C::ChangedAt).lte(Parameter::AsOf.expr()))
            .add(place(other).gt(place(&steps)))
    });
    Condition::all()
        .add(steps.column(C::ChangedAt).lte(Parameter::AsOf.expr()))
        .add(later.not())
}
