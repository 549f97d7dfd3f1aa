//! What prepares meetings: papers, and what is arranged for those who come.

use entity::meetings::{access_need_met, paper};
use entity::parties::kinds::InformationFormat;
use entity::private::Private;

use super::{canary, key, meetings, nobody, recorded};
use crate::Rows;

pub(super) fn fill(rows: &mut Rows) {
    for (board, item) in [
        ("team-up", ("next", "open")),
        ("team-up", ("next", "secret")),
        ("team-up", ("next", "proposed")),
        ("team-up", ("started", "paper")),
        ("quiet", ("next", "open")),
    ] {
        if item.0 == "started" {
            rows.agenda_item
                .push(meetings::agenda_item(board, item.0, item.1, false));
        }
        rows.paper.push(paper(board, item, "plan"));
    }
    let mut easy = paper("team-up", ("next", "open"), "easy");
    easy.format = InformationFormat::EasyRead;
    easy.original_id = Some(key("paper", "team-up next open plan"));
    rows.paper.push(easy);
    let mut gone = paper("team-up", ("next", "open"), "gone");
    gone.withdrawn_at = Some(recorded());
    rows.paper.push(gone);
    rows.paper
        .push(version_as_paper("team-up", ("next", "open"), "guide 2"));
    for (board, person) in [("team-up", "visitor"), ("quiet", "quiet-member")] {
        rows.access_need_met
            .push(access_need_met((board, "next"), person, person));
    }
}

/// A standard paper with a link; its name in the world is the item's and its own.
pub fn paper(board: &str, (meeting, item): (&str, &str), name: &str) -> paper::Model {
    let meeting = format!("{board} {meeting}");
    let item = format!("{meeting} {item}");
    let name = format!("{item} {name}");
    paper::Model {
        id: key("paper", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        agenda_item_id: key("agenda_item", &item),
        original_id: None,
        title: canary("paper", &name, "title"),
        format: InformationFormat::Standard,
        media_type: Some("application/pdf".to_owned()),
        url: Some(canary("paper", &name, "url")),
        body: None,
        resource_version_id: None,
        withdrawn_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}

/// A version of a resource as a paper; its name in the world is the item's and the version's.
pub fn version_as_paper(board: &str, item: (&str, &str), version: &str) -> paper::Model {
    paper::Model {
        media_type: None,
        url: None,
        resource_version_id: Some(key("resource_version", version)),
        ..paper(board, item, version)
    }
}

/// What is arranged for a need of somebody; its name in the world is the meeting's and the need's.
pub fn access_need_met((board, meeting): (&str, &str), person: &str, need: &str) -> access_need_met::Model {
    let meeting = format!("{board} {meeting}");
    let name = format!("{meeting} {need}");
    access_need_met::Model {
        id: key("access_need_met", &name),
        board_id: key("board", board),
        meeting_id: key("meeting", &meeting),
        access_need_id: key("access_need", need),
        person_id: key("person", person),
        arrangement: Private::new(canary("access_need_met", &name, "arrangement")),
        confirmed_at: None,
        version: 1,
        created_at: recorded(),
        updated_at: recorded(),
        created_by: nobody(),
    }
}
