//! The order of an agenda.

use entity::id::AgendaItemId;
use entity::meetings::kinds::AgendaItemStatus;
use entity::meetings::{agenda_item, meeting};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, Set};

use super::life::write;
use super::mutation::MeetingAgendaOrderInput;
use super::persist::open;
use crate::domains::meetings::hold::{event, without_values};
use crate::domains::meetings::rules::agenda::places;
use crate::domains::meetings::rules::status::check_to_come;
use crate::domains::violation::Violations;
use crate::graphql::input::id_of;
use crate::graphql::patch::refused;
use crate::graphql::{Change, ChangeResult, Refused};
use crate::policy::areas::meetings as policy;
use crate::store::{WriteError, WriteSession};

pub(super) async fn order(change: Change<'_>, input: &MeetingAgendaOrderInput) -> ChangeResult {
    let session = change.session;
    let mut violations = Violations::default();
    let mut wanted = Vec::with_capacity(input.agenda_item_ids.len());
    for id in &input.agenda_item_ids {
        match id_of::<agenda_item::Entity>("agendaItemIds", id) {
            Ok(id) => wanted.push(AgendaItemId(id)),
            Err(unknown) => violations.extend(unknown.0),
        }
    }
    let named = (&input.id, input.expected_version);
    let Some((permit, board)) = open(change, &mut violations, named).await? else {
        return Err(refused(violations));
    };
    violations.keep(check_to_come(permit.model().status, "id"));
    let items = visible_items(session, permit.model()).await?;
    let places = violations.keep_all(places(&items, &wanted)).unwrap_or_default();
    violations.into_result()?;

    let (meeting, ordered) = write(
        session,
        &permit,
        &board,
        (meeting::ActiveModel::default(), "meeting.order_agenda"),
    )
    .await?;
    let mut events = vec![ordered];
    for item in items {
        let place = places
            .iter()
            .find(|(id, _)| *id == item.id)
            .map(|(_, place)| *place);
        let Some(place) = place.filter(|place| *place != item.ordinal) else {
            continue;
        };
        let permit = policy::answer_agenda_item(change.viewer, item, board.host_organisation_id)?;
        let row = agenda_item::ActiveModel {
            ordinal: Set(place),
            ..Default::default()
        };
        let before = permit.model();
        let mut changed = WriteSession::changed(Some(before), &row);
        if before.confidential {
            changed = without_values(&changed);
        }
        let item: agenda_item::Model = session
            .update::<_, _, _, Refused>(&permit, before.version, row)
            .await?;
        events.push(event(("agenda_item.order", "agenda_item"), item.id, &board).changed(changed));
    }
    Ok(session.record_all(events, meeting.id.0))
}

/// The items on the agenda that the viewer may see: those they put in order.
async fn visible_items(
    session: &WriteSession,
    meeting: &meeting::Model,
) -> Result<Vec<agenda_item::Model>, WriteError<Refused>> {
    use agenda_item::Column as C;
    let on_the_agenda = Condition::all()
        .add(C::MeetingId.eq(meeting.id))
        .add(C::Status.eq(AgendaItemStatus::Accepted));
    let mut visible = Vec::new();
    for item in session.facts::<agenda_item::Entity>(on_the_agenda).await? {
        visible.extend(session.visible::<agenda_item::Entity>(item.id).await?);
    }
    Ok(visible)
}
