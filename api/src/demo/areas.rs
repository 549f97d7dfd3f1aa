//! The step of a script about areas, which come with the server and not with the script.

use serde_json::json;

use super::DemoError;
use super::acting::Acting;
use super::script::Script;

impl Script {
    /// The platform says which council answers for an area. Left out where the server has no such area, or somebody answers
    /// for it already.
    pub(super) async fn answer_for_area(
        &self,
        actor: &Acting,
        (area, organisation): (&str, &str),
    ) -> Result<(), DemoError> {
        let query = "query ($name: String!) { geographies(first: 100, filter: { nameContains: $name, level: [LOCAL_AUTHORITY] }) { \
                     nodes { id version name answeringOrganisation { id } } } }";
        let data = self.ask(actor, query, json!({ "name": area }), area).await?;
        let areas = data["geographies"]["nodes"].as_array().into_iter().flatten();
        let found = areas
            .filter(|of| of["name"] == area)
            .find(|of| of["answeringOrganisation"].is_null());
        let Some(found) = found else { return Ok(()) };
        let input = json!({
            "id": found["id"],
            "expectedVersion": found["version"],
            "organisationId": self.id(organisation, area)?,
        });
        self.mutate(actor, ("geographySetOrganisation", area), input)
            .await?;
        Ok(())
    }
}
