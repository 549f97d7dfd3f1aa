//! The step of a script about resources that needs to look first: the version that a resource begins with comes with it.

use serde_json::json;

use super::DemoError;
use super::acting::Acting;
use super::script::Script;

impl Script {
    /// The first version of a resource is known by a name.
    pub(super) async fn first_version(
        &mut self,
        actor: &Acting,
        name: &str,
        resource: &str,
    ) -> Result<(), DemoError> {
        let id = self.id(resource, name)?.to_owned();
        let query = "query ($id: ID!) { resource(id: $id) { versions(first: 1) { nodes { id } } } }";
        let data = self.ask(actor, query, json!({ "id": id }), name).await?;
        let version = data["resource"]["versions"]["nodes"][0]["id"].as_str();
        let version = version.ok_or_else(|| DemoError::refused(name, "the version cannot be read"))?;
        self.know(name.to_owned(), version.to_owned());
        Ok(())
    }
}
