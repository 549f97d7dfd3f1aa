//! Somebody agrees that their story is told.

use serde_json::json;

use super::DemoError;
use super::acting::Acting;
use super::script::Script;

impl Script {
    /// The consent is named for the feedback, unless one is already: the words of feedback are found through it.
    pub(super) async fn agree_to_story(
        &self,
        actor: &Acting,
        (feedback, consent): (&str, &str),
    ) -> Result<(), DemoError> {
        let label = format!("feedbackAccountConsentToStory on {feedback}");
        let id = self.id(feedback, &label)?.to_owned();
        let query = "query ($id: ID!) { feedback(id: $id) { accounts { nodes { id version storyConsent { id } } } } }";
        let data = self.ask(actor, query, json!({ "id": id }), &label).await?;
        let account = &data["feedback"]["accounts"]["nodes"][0];
        if account.is_null() {
            return Err(DemoError::refused(&label, "the words cannot be read"));
        }
        if !account["storyConsent"].is_null() {
            return Ok(());
        }
        let input = json!({
            "id": account["id"],
            "expectedVersion": account["version"],
            "consentId": self.id(consent, &label)?,
        });
        self.mutate(actor, ("feedbackAccountConsentToStory", feedback), input)
            .await?;
        Ok(())
    }
}
