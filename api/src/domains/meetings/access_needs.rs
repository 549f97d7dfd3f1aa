//! How access needs at a meeting look to clients: totals to whoever runs it, arrangements to those they concern.

use entity::Described;
use entity::meetings::{access_need_met, attendance, meeting};
use entity::parties::kinds::AccessNeedCategory;
use entity::parties::{access_need, person};
use sea_orm::sea_query::{Condition, Expr};
use sea_orm::{DbBackend, EntityTrait};

use super::abilities::own_arrangement;
use crate::planner::declare::{Declared, ObjectType, RowTest};
use crate::planner::{Batch, BatchCompute, BatchValue, Cells, FactColumn};
use crate::policy::areas::meeting_preparation::needs_counters;
use crate::policy::areas::vacancies::FEWEST_SHOWN;
use crate::store::{Rows, Scoped, StoreError};

/// The group, over those who were asked to each meeting.
#[must_use]
pub fn totals() -> Batch {
    totals_over::<attendance::Entity>(
        "MeetingAccessNeeds",
        attendance::Column::MeetingId,
        comes,
        (may_count, categories),
        count,
        "How many of those who were asked to a meeting, and have not sent apologies, have access needs: counted, not named, for \
         the board's chair or facilitator and its host's administrator. Null for everybody else, and while nobody is asked.",
    )
}

/// The access needs of those who come to something, counted by category: over the rows of `F` that point to it by `link` and
/// fulfil `comes`. The two facts say whether the viewer may count, and which categories of needs the row's person has;
/// `count` is [`count`] or [`count_many`].
#[must_use]
pub(in crate::domains) fn totals_over<F: Scoped>(
    type_name: &'static str,
    link: F::Column,
    comes: RowTest,
    (may_count, categories): (FactColumn, FactColumn),
    count: BatchCompute,
    description: &'static str,
) -> Batch {
    let batch = Batch::over::<F>(type_name, link, comes, count, description)
        .fact(may_count)
        .fact(categories)
        .value("people", "Int", "People with at least one need.");
    AccessNeedCategory::values()
        .iter()
        .zip(FIELDS)
        .fold(batch, |batch, ((_, description), field)| {
            batch.value(field, "Int", description)
        })
}

/// The fields of the categories, in the order of [`AccessNeedCategory`].
const FIELDS: [&str; 8] = [
    "informationFormat",
    "communicationSupport",
    "contactMethod",
    "physical",
    "supportPerson",
    "timing",
    "dietary",
    "other",
];

fn comes(alias: &str, backend: DbBackend) -> Condition {
    let rows = Rows::<attendance::Entity>::new(alias, backend);
    let status = rows.column(attendance::Column::Status);
    Condition::all().add(sea_orm::sea_query::ExprTrait::is_in(
        status,
        ["INVITED", "PRESENT"],
    ))
}

/// A condition as a value, true or false and never null.
pub(in crate::domains) fn holds(condition: Condition) -> Expr {
    Expr::case(condition, true).finally(false).into()
}

fn may_count(alias: &str, backend: DbBackend) -> Expr {
    holds(needs_counters(alias, backend))
}

fn categories(alias: &str, backend: DbBackend) -> Expr {
    categories_of::<attendance::Entity>(alias, backend, attendance::Column::PersonId)
}

/// The categories of a person's needs, each as often as there are needs of it.
pub(in crate::domains) fn categories_of<E: EntityTrait>(
    alias: &str,
    backend: DbBackend,
    person: E::Column,
) -> Expr {
    let person = Rows::<E>::new(alias, backend).column(person);
    let sql = match backend {
        DbBackend::Postgres => {
            "(SELECT string_agg(n.category, ',') FROM access_need n WHERE n.person_id = $1)"
        }
        _ => "(SELECT group_concat(n.category, ',') FROM access_need n WHERE n.person_id = ?)",
    };
    Expr::cust_with_exprs(sql, [person])
}

/// Every number, however small.
fn count(_: &Cells<'_>, attendances: &[Cells<'_>]) -> Result<Vec<BatchValue>, StoreError> {
    count_and_tell(attendances, Some)
}

/// Only numbers that tell nobody apart.
pub(in crate::domains) fn count_many(
    _: &Cells<'_>,
    attendances: &[Cells<'_>],
) -> Result<Vec<BatchValue>, StoreError> {
    let everybody = i32::try_from(attendances.len()).unwrap_or(i32::MAX);
    count_and_tell(attendances, |number| told_of_many(number, everybody))
}

/// What is told of a number among so many people (`domain.md` 4, disclosure control): nothing of small ones and of what
/// concerns nearly everybody, and the others to the nearest 5, so that one person more or less mostly changes nothing.
fn told_of_many(number: i32, everybody: i32) -> Option<i32> {
    const STEP: i32 = 5;
    let rounded = (number + STEP / 2) / STEP * STEP;
    (number >= FEWEST_SHOWN && rounded < everybody).then_some(rounded)
}

fn count_and_tell(
    attendances: &[Cells<'_>],
    told_of: impl Fn(i32) -> Option<i32>,
) -> Result<Vec<BatchValue>, StoreError> {
    let values = AccessNeedCategory::values();
    let mut people = 0;
    let mut totals = vec![0; values.len()];
    let mut may_count = false;
    for attendance in attendances {
        may_count |= attendance.boolean(0)?;
        let needs: Vec<&str> = attendance
            .text(1)?
            .split(',')
            .filter(|name| !name.is_empty())
            .collect();
        people += i32::from(!needs.is_empty());
        for (total, (name, _)) in totals.iter_mut().zip(values) {
            *total += i32::from(needs.contains(name));
        }
    }
    let counted = std::iter::once(people).chain(totals);
    let told = |number: i32| serde_json::Value::from(may_count.then(|| told_of(number)).flatten());
    Ok(counted.map(|number| BatchValue::Json(told(number))).collect())
}

impl Declared for access_need_met::Entity {
    const NAME: &'static str = "AccessNeedMet";
    const PREFIX: &'static str = "access_need_met";

    fn declare() -> ObjectType {
        use access_need_met::Column as C;
        ObjectType::of::<Self>(
            "What is arranged at a meeting for an access need. Read by the person and, while they consent to share their needs, by \
             the board's chair and facilitator.",
        )
        .column("arrangement", C::Arrangement, "What is arranged.")
        .column("confirmedAt", C::ConfirmedAt, "When the person confirmed that it meets their need.")
        .to_one::<access_need::Entity>("accessNeed", C::AccessNeedId, "The need.")
        .to_one::<person::Entity>("person", C::PersonId, "Whose need it is.")
        .to_one::<meeting::Entity>("meeting", C::MeetingId, "The meeting.")
        .to_one::<entity::boards::board::Entity>("board", C::BoardId, "The board.")
        .viewer_can(
            "AccessNeedMetViewerCan",
            vec![own_arrangement("confirm", "Confirm that it meets your need.")],
        )
        .bookkeeping(C::Version, C::CreatedAt, C::UpdatedAt)
        .order("CREATED_AT", C::CreatedAt, "By when it was recorded.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_and_everybody_are_not_told_and_others_are_rounded() {
        let of_twenty = |number| told_of_many(number, 20);
        assert_eq!([0, 1, 7].map(of_twenty), [None, None, None]);
        assert_eq!([8, 9, 12].map(of_twenty), [Some(10), Some(10), Some(10)]);
        assert_eq!([13, 17].map(of_twenty), [Some(15), Some(15)]);
        assert_eq!([18, 20].map(of_twenty), [None, None]);
        assert_eq!(told_of_many(8, 10), None);
    }

    #[test]
    fn each_category_has_its_field() {
        for ((name, _), field) in AccessNeedCategory::values().iter().zip(FIELDS) {
            assert_eq!(name.replace('_', "").to_lowercase(), field.to_lowercase());
        }
        assert_eq!(AccessNeedCategory::values().len(), FIELDS.len());
    }
}
