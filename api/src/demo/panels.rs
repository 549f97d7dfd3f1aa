//! The steps of a script about interview panels that need to look first: whether somebody has applied, and what is asked.

use serde_json::json;

use super::DemoError;
use super::acting::Acting;
use super::script::Script;
use super::step::Sheet;

impl Script {
    /// Somebody applies, unless they have. An application takes no key that would make repeating it safe.
    pub(super) async fn apply(
        &mut self,
        actor: &Acting,
        name: &str,
        (vacancy, statement): (&str, &str),
    ) -> Result<(), DemoError> {
        let vacancy = self.id(vacancy, name)?.to_owned();
        let query = "query ($vacancy: ID!) { applications(filter: { vacancy: $vacancy }) { nodes { id } } }";
        let data = self
            .ask(actor, query, json!({ "vacancy": vacancy }), name)
            .await?;
        // Whoever has applied sees their own, and no other.
        let id = if let Some(id) = data["applications"]["nodes"][0]["id"].as_str() {
            id.to_owned()
        } else {
            let input = json!({ "vacancyId": vacancy, "statement": statement });
            self.mutate(actor, ("applicationSubmit", name), input).await?
        };
        self.know(name.to_owned(), id);
        Ok(())
    }

    /// Somebody hands in a score for each question of their panel.
    pub(super) async fn hand_in(&mut self, actor: &Acting, sheet: &Sheet) -> Result<(), DemoError> {
        let panel = self.id(&sheet.panel, &sheet.name)?;
        let query = "query ($panel: ID!) { interviewPanel(id: $panel) { questions { nodes { id } } } }";
        let data = self
            .ask(actor, query, json!({ "panel": panel }), &sheet.name)
            .await?;
        let questions = data["interviewPanel"]["questions"]["nodes"].as_array();
        let scores: Vec<_> = questions
            .into_iter()
            .flatten()
            .zip(sheet.scores)
            .map(|(question, score)| {
                json!({
                    "questionId": question["id"],
                    "score": score,
                    "evidence": "Demonstration data. What the candidate said about it.",
                })
            })
            .collect();
        let input = json!({
            "panellistId": self.id(&sheet.panellist, &sheet.name)?,
            "applicationId": self.id(&sheet.application, &sheet.name)?,
            "scores": scores,
        });
        self.make(actor, "scoreSheetSubmit", &sheet.name, input).await
    }
}
