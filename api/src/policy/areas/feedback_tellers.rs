//! Whom feedback opens to the administrator of the organisation that deals with it: that there is such a person, and what they are
//! called (`domain.md` 2.5 and 3).
//!
//! | | while it is dealt with | after something was done | after `NO_ACTION` |
//! |---|---|---|---|
//! | who said it themself | read | read | while they consent to it |
//! | in whose name somebody else recorded it | read | until it is closed | – |
//!
//! Where an organisation has decided to do nothing, it has no more to do with the person than they want: consent to be contacted
//! (`CONTACT`), to be known to the organisation (`SHARE_WITH_ORGANISATION`) or to be named (`PUBLISH_NAME`), in general or to this
//! organisation. Taken back, it ends with the next read. Then nothing that others record in their name opens them either. Agreeing to the use of an anonymised story says nothing of that.

use entity::change::{feedback, feedback_account, feedback_step};
use entity::parties::{consent, user_account};
use sea_orm::EntityTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait};

use super::feedback::is_dealt_with;
use super::parties::in_force;
use crate::store::{Rows, ViewerFact, has};

/// What a person consents to who lets an organisation know who they are.
const LETS_KNOW: [&str; 3] = ["CONTACT", "SHARE_WITH_ORGANISATION", "PUBLISH_NAME"];

/// The feedback stands in one of these states.
fn stands(account: &Rows<feedback_account::Entity>, statuses: &[&'static str]) -> Expr {
    account.exists::<feedback::Entity>(|feedback| {
        Condition::all()
            .add(feedback.matches(
                feedback::Column::Id,
                account,
                feedback_account::Column::FeedbackId,
            ))
            .add(
                feedback
                    .column(feedback::Column::Status)
                    .is_in(statuses.iter().copied()),
            )
    })
}

/// Nothing was done about the feedback, whether it is closed by now or not.
fn ended_without_action(account: &Rows<feedback_account::Entity>) -> Expr {
    let decided = account.exists::<feedback_step::Entity>(|step| {
        Condition::all()
            .add(step.matches(
                feedback_step::Column::FeedbackId,
                account,
                feedback_account::Column::FeedbackId,
            ))
            .add(step.column(feedback_step::Column::ToStatus).eq("NO_ACTION"))
    });
    stands(account, &["NO_ACTION"]).or(decided)
}

/// The person wrote the words down themself.
fn is_said_themself(account: &Rows<feedback_account::Entity>) -> Expr {
    account.exists::<user_account::Entity>(|author| {
        Condition::all()
            .add(author.matches(
                user_account::Column::Id,
                account,
                feedback_account::Column::CreatedBy,
            ))
            .add(author.matches(
                user_account::Column::PersonId,
                account,
                feedback_account::Column::PersonId,
            ))
    })
}

/// The organisation did nothing about other feedback of the same person, who does not let it know who they are.
fn was_refused_before(account: &Rows<feedback_account::Entity>) -> Expr {
    use feedback_account::Column as C;
    account.exists::<feedback_account::Entity>(|other| {
        Condition::all()
            .add(other.matches(C::PersonId, account, C::PersonId))
            .add(is_dealt_with(other, C::FeedbackId))
            .add(ended_without_action(other))
            .add(lets_know(other).not())
    })
}

/// The person lets the organisation that dealt with the feedback know who they are.
fn lets_know(account: &Rows<feedback_account::Entity>) -> Expr {
    account.exists::<consent::Entity>(|given| {
        let to_it = given.exists::<feedback::Entity>(|feedback| {
            Condition::all()
                .add(feedback.matches(
                    feedback::Column::Id,
                    account,
                    feedback_account::Column::FeedbackId,
                ))
                .add(feedback.matches(
                    feedback::Column::OrganisationId,
                    given,
                    consent::Column::GranteeOrganisationId,
                ))
        });
        Condition::all()
            .add(given.matches(
                consent::Column::PersonId,
                account,
                feedback_account::Column::PersonId,
            ))
            .add(given.column(consent::Column::Purpose).is_in(LETS_KNOW))
            .add(in_force(given))
            .add(
                Condition::any()
                    .add(given.column(consent::Column::GranteeOrganisationId).is_null())
                    .add(to_it),
            )
    })
}

/// The person has told an organisation something that the viewer deals with, and is known to them for that: see the table above.
/// What somebody else recorded in their name counts while it is dealt with, so that nobody opens a person to themselves for good.
pub(super) fn has_told_own_organisation<E: EntityTrait>(rows: &Rows<E>, person: E::Column) -> Expr {
    let told = rows.exists::<feedback_account::Entity>(|account| {
        let is_known = Condition::any()
            .add(
                stands(account, &["RECEIVED", "ACKNOWLEDGED", "INVESTIGATING", "ACTED"])
                    .and(is_said_themself(account).or(was_refused_before(account).not())),
            )
            .add(is_said_themself(account).and(ended_without_action(account).not().or(lets_know(account))));
        Condition::all()
            .add(account.matches(feedback_account::Column::PersonId, rows, person))
            .add(is_dealt_with(account, feedback_account::Column::FeedbackId))
            .add(is_known)
    });
    has(ViewerFact::AdministeredOrganisations).and(told)
}
