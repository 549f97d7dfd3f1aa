//! The steps of a script about meetings that need to look first: who was invited, and what is to come.

use chrono::Days;
use serde_json::{Value as Json, json};

use super::DemoError;
use super::acting::Acting;
use super::script::Script;

/// How long after the world is loaded its next meeting is.
const TO_COME: Days = Days::new(14);

impl Script {
    /// Records whoever was invited to a meeting as present, but for those who sent apologies.
    pub(super) async fn attend(
        &self,
        actor: &Acting,
        meeting: &str,
        apologies: &[&str],
    ) -> Result<(), DemoError> {
        let label = format!("attendance of {meeting}");
        let id = self.id(meeting, &label)?.to_owned();
        let query = "query ($id: ID!) { meeting(id: $id) { \
                     attendances(first: 100, filter: { status: [INVITED] }) { nodes { id version person { id } } } } }";
        let data = self.ask(actor, query, json!({ "id": id }), &label).await?;
        let away = apologies
            .iter()
            .map(|subject| self.id(&format!("person.{subject}"), &label))
            .collect::<Result<Vec<_>, _>>()?;
        let invited = data["meeting"]["attendances"]["nodes"].as_array();
        for attendance in invited.into_iter().flatten() {
            let is_away = away.iter().any(|person| attendance["person"]["id"] == **person);
            let input = json!({
                "id": attendance["id"],
                "expectedVersion": attendance["version"],
                "status": if is_away { "APOLOGIES" } else { "PRESENT" },
            });
            self.mutate(actor, ("attendanceRecord", meeting), input).await?;
        }
        Ok(())
    }

    /// Prepares a meeting two weeks after the world is loaded, unless there is one of that title.
    pub(super) async fn meeting_to_come(
        &mut self,
        actor: &Acting,
        (name, called): (&str, &str),
        board: &str,
    ) -> Result<(), DemoError> {
        let board = self.id(board, name)?.to_owned();
        let query =
            "query ($board: ID!) { meetings(first: 100, filter: { board: $board }) { nodes { id title } } }";
        let data = self.ask(actor, query, json!({ "board": board }), name).await?;
        let found = data["meetings"]["nodes"].as_array().into_iter().flatten();
        let mut ids = found
            .filter(|meeting| meeting["title"] == called)
            .filter_map(|meeting| meeting["id"].as_str());
        let id = if let Some(id) = ids.next() {
            id.to_owned()
        } else {
            let day = self.loaded_at.date_naive() + TO_COME;
            let input: Json = json!({
                "boardId": board,
                "title": called,
                "startsAt": format!("{day}T10:00:00Z"),
                "endsAt": format!("{day}T12:30:00Z"),
                "venue": "The library, room with step-free access",
                "onlineUrl": "https://meet.example.org/team-up",
            });
            self.mutate(actor, ("meetingCreate", name), input).await?
        };
        self.know(name.to_owned(), id);
        Ok(())
    }
}
